"""What somebody asks, and who they are as far as an answer needs it."""

from typing import NamedTuple

from pydantic import Field

from bot.domain.facts import Model
from bot.domain.posting import EVERYONE


class Asker(Model):
    """Whose question it is: decides what may be seen and which conversation goes on."""

    scopes: frozenset[str] = frozenset({EVERYONE})
    """The scopes that the asker may see."""

    conversation: str | None = None
    """Names the conversation that follow-ups belong to, the person last: "ann", "lobby:ann"; None where each question stands alone."""

    locale: str = "en"
    """In which form numbers and countries are written, as a BCP 47 tag: "de", "pt-BR"."""


class Question(Model):
    """
    A question in free words, or put together from a command's options.

    Whatever option is given is taken as it is; the rest is found in the text.
    """

    text: str = ""
    topic: str | None = None
    """A topic's name."""

    company: str | None = None
    """A typed name, perhaps with typos, perhaps with the role behind a colon."""

    country: str | None = None
    """A typed country, perhaps with typos."""

    posting: int | None = None
    """The id of the one posting that is meant, where it was chosen and not typed."""


# What a search across postings goes by: keys that facts are filed under, and the criteria that ask for them.


class SearchKey(NamedTuple):
    """
    One word that a fact is filed under within its topic, with an amount or a range where there is one.

    An open end of a range ("from", "up to") counts as the end that is stated.

    >>> SearchKey("USD/year", low=90_000).high is None
    True
    """

    key: str
    low: float | None = None
    high: float | None = None


class Criterion(Model):
    """
    What a posting must state on one topic to be found.

    >>> Criterion(topic="pay", keys=("USD/year",), at_least=200_000).at_most is None
    True
    """

    topic: str
    """A topic's name."""

    keys: tuple[str, ...] = Field(min_length=1, max_length=100)
    """The posting is filed under any of these."""

    without: tuple[str, ...] = Field(default=(), max_length=100)
    """The posting is filed under none of these."""

    at_least: float | None = None
    """Its range, under one of the keys, reaches up to this or beyond; in the topic's unit."""

    at_most: float | None = None
    """Its range, under that same key, begins at this or below."""
