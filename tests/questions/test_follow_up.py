"""What a message goes on about: the posting spoken of, those listed, or nothing of it all."""

import pytest
from builders_queries import WORLD, essentials, read
from company_rows import HERE

from bot.domain.query import Form, Query, Reach
from bot.questions.read_question import read_question


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("compare flex and nomad", "and the second one, is it remote", "what does the first one pay"), "one Flex: pay"),
        (("compare flex and nomad", "is the second one remote", "do they sponsor", "and the first one?"), "one Flex: visa"),
        (("compare flex, lime and simple", "the last one, which degree", "and the second one"), "one Lime: education"),
        (("flex vs nomad pay", "where's the second one"), "one Nomad Health: countries"),
        (("flex vs nomad pay", "ok and the first, do they give stock"), "one Flex: benefits"),
    ],
)
def test_one_of_those_compared_may_be_asked_about_after_the_other(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay", "anything in canada"), "all list: countries(CA)"),
        (("what does flex pay", "got anything in kenya"), "all list: countries(KE)"),
        (("what does flex pay", "whos remote"), "all list: workplace(remote)"),
        (("what does flex pay", "whos sponsoring visas"), "all list: visa"),
        (("was zahlt flex?", "irgendwas in polen"), "all list: countries(PL)"),
        (("who wants python", "anything in canada"), "all list: countries(CA)"),
        (("who wants python", "how many are in the us"), "all how_many: countries(US)"),
        (("who wants python", "any accounting jobs"), "all list of=accounting: nothing"),
        (("remote jobs", "and in europe?"), "all list: workplace(remote); countries(EUROPE)"),
    ],
)
def test_a_search_of_its_own_takes_nothing_from_what_was_before(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay", "who would i work with"), "one Flex: other"),
        (("what does flex pay", "who will be my boss"), "one Flex: other"),
        (("what does flex pay", "who do i send my resume to"), "one Flex: apply"),
        (("was zahlt flex?", "gibt es homeoffice"), "one Flex: workplace(remote)"),
        (("was zahlt flex?", "darf ich von zu hause arbeiten"), "one Flex: workplace(remote)"),
        (("combien paie flex ?", "y a une mutuelle"), "one Flex: benefits"),
        (("what does flex pay", "can anyone apply"), "one Flex: apply"),
        (("was zahlt flex?", "darf ich aus österreich arbeiten"), "one Flex: countries(AT)"),
        (("cuánto paga flex?", "puedo trabajar desde chile"), "one Flex: countries(CL)"),
        (("what does flex pay", "damn"), "talk off_topic"),
    ],
)
def test_what_only_one_posting_can_answer_is_asked_of_the_one_spoken_of(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


def test_who_asks_of_all_after_a_list_of_one_posting() -> None:
    last = Query(text="who pays in pounds", reach=Reach.ALL, form=Form.LIST, within=(3,))
    assert essentials(read_question("who doesnt say what they pay", WORLD, scopes=HERE, last=last)) == "all list: pay(not)"


@pytest.mark.parametrize("message", ["do i need japanese", "is it remote", "how many years", "what happens after the interview"])
def test_a_list_of_one_posting_is_gone_on_about_as_that_posting(message: str) -> None:
    last = Query(text="who sponsors visas", reach=Reach.ALL, form=Form.LIST, within=(3,))
    query = read_question(message, WORLD, scopes=HERE, last=last)
    assert [target.company for target in query.targets] == ["Flex"]
