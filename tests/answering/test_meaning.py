"""What is asked in other words than the posting's: the sentence that means it, told as what is nearest; and what is not told for it."""

from datetime import UTC, datetime
from functools import cache

import pytest
from builders_answering import posting_text

from bot.answering.replies import reply_to
from bot.answering.reply import Reply, Subject
from bot.domain.answer import State
from bot.domain.person import EVERYONE
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form
from bot.parsing.parse import parse_posting

BODY = """Crumb bakes bread for the whole town. This job is remote in the United States.

## What you will do

* Participate in an on-call rotation to respond to alerts of the ovens
* Write tests in Python

## What else there is

* Company shuttles are offered to employees for roundtrip travel from the harbour to our bakery
* The whole company comes together each quarter for an offsite
* Up to $1500 towards IT set up for your home
* Our bakers publish what they find in journals
"""


@cache
def keep() -> KeptPosting:
    posting = parse_posting(posting_text("Crumb", "Baker", BODY), "a.md")
    return KeptPosting(id=1, scope=EVERYONE, revision=1, read_at=datetime.now(UTC), posting=posting)


def reply(topic: str, words: str, locale: str = "en") -> Reply:
    return reply_to(Subject(keep(), Ask(topic=topic, words=words), locale=locale))


@pytest.mark.parametrize(
    ("topic", "words", "said"),
    [
        ("company", "do they drive people over from the harbour", "shuttles"),
        ("responsibilities", "will they ring me at 3am", "on-call rotation"),
        ("workplace", "how much do they chip in for a desk at home", "$1500"),
        ("workplace", "how often does everybody get together in person", "offsite"),
        ("other", "would they let me put out papers", "journals"),
    ],
)
def test_what_is_asked_in_other_words_is_told_by_the_sentence_that_means_it(topic: str, words: str, said: str) -> None:
    told = reply(topic, words)
    assert told.state is State.ANSWERED
    assert any(said in quote.text for quote in told.quotes)
    assert any(said in one for one in (told.rendered.sentence, *told.rendered.items))


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("other", "do they pay for parental leave"),
        ("visa", "will they get me a work permit"),
        ("pay", "what is the money like"),
        ("other", "how many ovens are there"),
        ("other", "is there a dress code"),
    ],
)
def test_what_has_a_name_of_its_own_or_exact_rules_is_not_told_by_what_lies_near(topic: str, words: str) -> None:
    assert reply(topic, words).state is State.NOT_STATED


def test_what_shares_no_word_is_told_as_what_is_nearest_in_the_askers_language() -> None:
    english, german = (reply("other", "would they let me put out papers", locale).rendered.sentence for locale in ("en", "de"))
    assert english == "Nearest to what is asked: Our bakers publish what they find in journals"
    assert german == "Dem Gefragten am nächsten: Our bakers publish what they find in journals"


def test_what_shares_no_word_decides_no_yes_or_no() -> None:
    ask = Ask(topic="other", words="would they let me put out papers", form=Form.YES_NO, is_own=True)
    told = reply_to(Subject(keep(), ask))
    assert (told.state, told.verdict) == (State.ANSWERED, None)


def test_what_shares_its_words_is_told_as_it_stands() -> None:
    assert reply("other", "are company shuttles offered").rendered.sentence.startswith("Company shuttles are offered")


def test_the_topics_answer_stays_before_what_is_told_beside_it() -> None:
    told = reply("workplace", "how often does everybody get together in person")
    assert told.rendered.sentence == "The job is remote."
    assert "offsite" in told.rendered.items[-1]
