"""What a search across postings goes by: keys that facts are filed under, and the criteria that ask for them."""

from typing import NamedTuple

from pydantic import Field

from bot.domain.model import Model


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
