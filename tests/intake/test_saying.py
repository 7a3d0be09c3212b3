import pytest
from builders_intake import invent_text
from builders_records import ADA, READ_AT

from bot.domain.errors import UnreadablePosting
from bot.domain.person import Actor
from bot.domain.posting import HeadField, Posting
from bot.intake.corrections import StatedHead, state_head
from bot.parsing.parse import parse_posting

EVE = Actor(id="discord:666", name="eve")
READ = parse_posting(invent_text(), "message")
BARE = parse_posting("We are looking for somebody who mends clocks, early in the morning, with a steady hand.", "message")


def say(posting: Posting, said: StatedHead, by: Actor = ADA) -> Posting:
    return state_head(posting, said, by=by, at=READ_AT)


def test_what_is_said_stands_in_for_what_the_text_leaves_out() -> None:
    assert (BARE.company, BARE.link, BARE.title, BARE.location) == (None, None, None, None)
    posting = say(BARE, StatedHead(company=" Tick  & Tock ", link="https://jobs.example/7", title="Clockmaker", location="Bern"))
    assert (posting.company, posting.link, posting.title, posting.location) == (
        "Tick & Tock",
        "https://jobs.example/7",
        "Clockmaker",
        "Bern",
    )
    assert [(made.field, made.read_words, made.by) for made in posting.corrections] == [(field, None, ADA) for field in HeadField]


def test_what_is_said_goes_before_what_the_text_states() -> None:
    posting = say(READ, StatedHead(company="Tock Holding"))
    assert posting.company == "Tock Holding"
    (made,) = posting.corrections
    assert (made.field, made.words, made.read_words, made.at) == (HeadField.COMPANY, "Tock Holding", READ.company, READ_AT)


@pytest.mark.parametrize(
    "said", [StatedHead(), StatedHead(company="", link="  "), StatedHead(title=READ.title, company=READ.company, link=READ.link)]
)
def test_what_is_said_as_the_text_says_it_corrects_nothing(said: StatedHead) -> None:
    assert say(READ, said) == READ


def test_the_last_word_holds_and_what_had_been_read_stays_known() -> None:
    posting = say(say(READ, StatedHead(title="Watchmaker")), StatedHead(title="Head Watchmaker"), by=EVE)
    assert posting.title == "Head Watchmaker"
    (made,) = posting.corrections
    assert (made.words, made.read_words, made.by) == ("Head Watchmaker", READ.title, EVE)


def test_what_is_said_back_to_what_was_read_takes_the_correction_back() -> None:
    assert say(say(READ, StatedHead(title="Watchmaker")), StatedHead(title=READ.title)) == READ


@pytest.mark.parametrize("link", ["javascript:alert(1)", "jobs.example", "https://", "see\nbelow", "https://a b.example"])
def test_a_link_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(UnreadablePosting, match=r"^[^\n]* is no web address; give [^\n]*$"):
        say(READ, StatedHead(link=link))
