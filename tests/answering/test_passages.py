"""The passage that answers is found by its words, their forms, synonyms and translations; where none is, nothing is."""

import pytest
from builders import document

from bot.answering.passages import find_answers, find_passages, read_wanted
from bot.domain.query import Ask
from bot.text.words import find_subjects, read_words

POSTING = document(
    """## The team

You report to the Head of Kitchens. Our cooks travel to two fairs a year.

## Interviews

* A phone call of 30 minutes
* A trial shift with the team

## Life here

We offer stock options from the first day. Background screening is part of every offer.
The role joins the on-call rotation every sixth week. You get 25 days of vacation.

## Equal opportunity

We consider all applicants regardless of age, family or parental leave, and offer reasonable accommodation in the kitchen.

Posted at https://jobs.example/kitchen, closes never."""
)


def best(words: str) -> str | None:
    passages = find_answers(POSTING, read_wanted(Ask(topic="other", words=words)))
    return passages[0].sentence.text if passages else None


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("who would be my boss", "You report to the Head of Kitchens."),
        ("any shares?", "We offer stock options from the first day."),
        ("is there a background check", "Background screening is part of every offer."),
        ("do i get paged", None),
        ("on-call?", "The role joins the on-call rotation every sixth week."),
        ("how much travelling", "Our cooks travel to two fairs a year."),
        ("how is the interview", "A phone call of 30 minutes"),
        ("do they have a gym", None),
        ("what is the dress code", None),
        ("how many days of pto exactly", "You get 25 days of vacation."),
        ("wie viele urlaubstage gibt es", "You get 25 days of vacation."),
        ("cuántos días de vacaciones dan", "You get 25 days of vacation."),
        ("combien de jours de congés", "You get 25 days of vacation."),
        ("quantos dias de férias", "You get 25 days of vacation."),
        ("hay que viajar?", "Our cooks travel to two fairs a year."),
        ("gibt es bereitschaft", "The role joins the on-call rotation every sixth week."),
    ],
)
def test_the_best_passage_is_found_or_none(question: str, passage: str | None) -> None:
    assert best(question) == passage


def test_small_print_answers_only_who_asks_for_it() -> None:
    assert best("is there parental leave") is None
    assert "accommodation" in (best("do they make adjustments for a disability") or "")


def test_the_layouts_own_footer_is_no_answer() -> None:
    assert best("when does it close") is None


def test_the_company_and_the_role_are_no_words_of_a_question() -> None:
    wanted = read_wanted(Ask(topic="other", words="who does the kitchen cook report to"), leave_out={"kitchen", "cook"})
    assert not {"kitchen", "cook"} & {part for term in wanted.terms for wording in term.own for part in wording}


def test_what_is_named_in_particular_is_looked_for_though_it_is_in_the_title() -> None:
    wanted = read_wanted(Ask(topic="skills", words="do they use python", about=("python",)), leave_out={"python"})
    assert frozenset({("python",)}) in [term.own for term in wanted.terms]


def test_subjects_are_named_in_five_languages() -> None:
    assert find_subjects(read_words("seguro médico")) == find_subjects(read_words("health insurance"))
    assert "interview" in find_subjects(read_words("como es el proceso de entrevistas"))


def test_nothing_is_found_in_nothing() -> None:
    assert find_passages(document(""), read_wanted(Ask(topic="other", words="pay"))) == ()
    assert find_passages(POSTING, read_wanted(Ask(topic="other"))) == ()


def test_who_asks_to_share_something_asks_for_no_shares() -> None:
    assert find_subjects(read_words("kindly share the leave policy")) == ("vacation",)
    assert find_subjects(read_words("do i get shares")) == ("equity",)


def test_until_when_one_may_apply_is_no_length_of_a_contract() -> None:
    assert find_subjects(read_words("until when can one apply")) == ("deadline",)
    assert find_subjects(read_words("until when does it run")) == ("contract_length",)
