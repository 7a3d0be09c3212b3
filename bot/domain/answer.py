"""What is said back: a statement of the posting with its quote, or that it does not say."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.domain.facts import Eligibility, Eligible, Model, Period, Quote
from bot.domain.person import Actor
from bot.domain.posting import Sighting
from bot.domain.query import Verdict


class State(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_STATED = "not_stated"
    AMBIGUOUS = "ambiguous"
    NO_SUCH_COMPANY = "no_such_company"
    NOT_UNDERSTOOD = "not_understood"
    TALK = "talk"
    """A greeting, thanks, an insult, talk about the bot: nothing is asked about postings."""


class PostingReference(Model):
    """Which posting an answer is about, with what is shown of it."""

    id: int
    source: str
    title: str | None
    company: str | None
    link: str | None
    read_at: datetime
    sighting: Sighting = Sighting()


def count_of(number: int, noun: str) -> str:
    """
    Return a number of things, with an s where there is not one.

    >>> count_of(1, "posting"), count_of(2_000, "posting")
    ('1 posting', '2,000 postings')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class Rendered(Model):
    """How a topic tells what it found: a sentence, then a list where there is one."""

    sentence: str
    """Plain words, without markup."""

    items: tuple[str, ...] = ()


class Bar(Model):
    """One statement of pay, as a bar on an axis."""

    name: str
    low: float | None
    """In units of the currency; None for "up to"."""

    high: float | None
    """None for "from"."""

    told: str


class Chart(Model):
    """Statements of pay that are alike, side by side, and what could not be put beside them."""

    currency: str
    per: Period
    bars: tuple[Bar, ...]
    left_out: tuple[str, ...] = ()
    """Statements in another currency or for another period, in words."""


class Listing(Model):
    """What a list of postings came to, of which an answer shows a page."""

    fitting: int
    silent: int
    """That leave open whether they fit."""

    total: int
    page: int
    pages: int
    is_silent: bool = False
    """Whether those are shown that leave it open."""

    beyond: tuple[PostingReference, ...] = ()
    """Those that are named because they are open to more than the place that was asked for."""

    others: tuple[PostingReference, ...] = ()
    """Those of the next pages, as far as a conversation remembers them; none where nobody asked for them (`Assistant.names_all`)."""


class Answer(Model):
    """One answer, whole enough for any interface to show."""

    question: str
    state: State
    topic: str | None = None
    """The name of the topic asked about, `other` for a free question; None if it was not understood."""

    topics: tuple[str, ...] = ()
    """All topics that are asked about, in the message's order; `topic` is the first of them."""

    verdict: Verdict | None = None
    """Yes, no or unclear, where the question asks for that and the posting speaks to it."""

    language: str = "en"
    """ISO 639-1 code of the language that the answer is worded in; quotes stay as they stand."""

    postings: tuple[PostingReference, ...] = ()
    """What the answer is about, the best first; where ambiguous, what to choose from."""

    company: str | None = None
    """As the posting spells it; for an unknown company, as it was typed."""

    country: str | None = None
    eligible: Eligible | None = None
    eligibility: Eligibility | None = None
    """What the posting says of countries, where all of it is told."""

    rendered: Rendered

    further: tuple[Rendered, ...] = ()
    """What is said to further topics of the same question, each after the other."""

    quotes: tuple[Quote, ...] = ()
    corrected_by: Actor | None = None
    nearest: tuple[str, ...] = ()
    """Names that come near an unknown one, best first."""

    listing: Listing | None = None
    chart: Chart | None = None
    """Pay to look at, where there are several statements of it."""

    is_own: bool = False
    """Whether it goes by what the asker told of themselves."""

    stated: tuple[str, ...] = ()
    """The topics that the first posting says something on, where all that are given say the same; empty where each says its own."""

    whole: str = ""
    """The posting's text, where all of it is asked for."""

    suggested: tuple[PostingReference, ...] = ()
    """The postings of the nearest names, which the answer is not about."""

    @property
    def is_about_one(self) -> bool:
        """Whether it is about one posting, or several of a company that say the same: the first one's name may stand above it."""
        return len(self.postings) == 1 or (bool(self.stated) and len({posting.company for posting in self.postings}) == 1)

    @property
    def text(self) -> str:
        """The answer as a person reads it, without markup."""
        told = (
            line for rendered in (self.rendered, *self.further) for line in (rendered.sentence, *(f"• {item}" for item in rendered.items))
        )
        return "\n".join((*told, self.whole) if self.whole else told)


# A question that could not be answered, without a trace of who asked it.


class UnansweredQuestion(NamedTuple):
    """What was missing: countable, so that the people who add postings see what is asked for in vain."""

    topic: str
    """A topic's name, `other` for a free question, empty where none was made out."""

    company: str
    """The company's key, empty where none was named."""

    reason: State
    """not_stated, no_such_company or not_understood."""


class CountedQuestion(NamedTuple):
    """A question that could not be answered, how often it was asked, and when last (UTC)."""

    question: UnansweredQuestion
    times: int
    last_at: datetime
