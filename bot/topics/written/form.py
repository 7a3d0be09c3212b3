"""What a written form is: a value as words on one line that a person can edit, and back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from bot.text.alternation import one_of

Value = TypeVar("Value")

Spell: TypeAlias = Callable[[str], str]
"""Takes some of the posting's words as typed and returns them as the posting spells them; Miswritten where it has no such words."""


class Miswritten(ValueError):
    """What was typed is no value; the message says why, and goes on after a line number and a colon."""


def keep_spelling(value: Value, _spell: Spell) -> Value:
    """Return the value as it is: nothing in it is the posting's own words."""
    return value


@dataclass(frozen=True, slots=True)
class WrittenForm(Generic[Value]):
    """
    How the values of a topic are written for correcting them: one line each.

    `read` takes back whatever `write` makes, and is forgiving about case, spaces and habits, but guesses nothing.
    """

    write: Callable[[Value], str]
    """Returns the value in words, without the posting's own words behind it."""

    read: Callable[[str], Value]
    """Takes words with single spaces, straight quotes and short dashes; raises Miswritten (or any ValueError) for what is no value."""

    example: str
    """A line that is right, under 100 characters."""

    hint: str = ""
    """All that may be written, where the example does not tell; under 100 characters."""

    spell: Callable[[Value, Spell], Value] = keep_spelling
    """Returns the value with those of its parts that are the posting's own words as the posting spells them."""

    is_quoted: bool = True
    """Whether the posting's words that state the value stand behind it: `5 years | 5+ years with Go`."""

    is_words: bool = False
    """Whether the value is the posting's own words and nothing else, so that it needs no quote besides."""


def pattern_of(words: Iterable[str]) -> str:
    r"""
    Return the source of a pattern for one of these words, in one group, not as a part of a longer word.

    >>> import re
    >>> re.sub(pattern_of(["min.", "min"]), "_", "min. 5 minutes")
    '_ 5 minutes'
    """
    return rf"(?<!\w)(?:{one_of(words)})(?!\w)"
