"""A fact is a value and the posting's own words that state it."""

from typing import Generic, TypeVar

from bot.domain.model import Model

Value = TypeVar("Value")


class Quote(Model):
    """The posting's own words, as they stand in its text (after encoding repair)."""

    text: str
    """The words, markup included; found in the posting's text when white space is folded."""

    heading: str | None = None
    """The heading that they stand under, as the posting spells it; None above the first heading."""


class Fact(Model, Generic[Value]):
    """
    One thing that a posting states.

    >>> Fact[int](value=5, quote=Quote(text="5+ years with Python")).value
    5
    """

    value: Value
    quote: Quote
