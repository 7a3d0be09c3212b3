"""A message as plain values: a card, and the controls below it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

LONGEST_TITLE = 256
LONGEST_FOOTER = 400
LONGEST_LABEL = 80
"""Characters that Discord takes in a title and a button; a footer would take 2,048."""

BUTTONS_IN_ROW = 5
MOST_ROWS = 5


class Tone(StrEnum):
    """What kind of message it is; shown by its colour."""

    ANSWER = "answer"
    SILENT = "silent"
    """The posting does not say."""

    ASKING = "asking"
    """Something is missing or went wrong."""


class Look(StrEnum):
    """What a button looks like."""

    PLAIN = "plain"
    GOOD = "good"
    """It does what one has come for."""

    DANGER = "danger"
    """It takes something away."""


class Pressable(Protocol):
    """What pressing a button means."""

    @property
    def id(self) -> str:
        """The button's id: at most 100 characters, understood after a restart."""
        ...


@dataclass(frozen=True)
class Control:
    """A button: it is pressed, or leads to an address."""

    label: str
    press: Pressable | None = None
    link: str | None = None
    is_current: bool = False
    """What it leads to is shown already."""

    look: Look = Look.PLAIN


@dataclass(frozen=True)
class CardFile:
    """A file below a message."""

    name: str
    data: bytes


Row = tuple[Control, ...]


@dataclass(frozen=True)
class Card:
    """One message: markdown that is harmless, cut to what a chat takes."""

    body: str
    title: str | None = None
    link: str | None = None
    footer: str | None = None
    tone: Tone = Tone.ANSWER
    rows: tuple[Row, ...] = ()
    is_personal: bool = False
    """It concerns the one who asked and nobody else."""

    is_aside: bool = False
    """What it answers stays as it is: it is shown beside that, even where a button would answer in place."""

    files: tuple[CardFile, ...] = ()


def in_rows(controls: list[Control], most: int = MOST_ROWS) -> tuple[Row, ...]:
    """
    Put controls in rows of five, as many as there is room for.

    >>> [len(row) for row in in_rows([Control("x")] * 7)]
    [5, 2]
    """
    return tuple(tuple(controls[start : start + BUTTONS_IN_ROW]) for start in range(0, len(controls), BUTTONS_IN_ROW))[:most]


def turning_row(number: int, pages: int, *, press_to: Callable[[int], Pressable]) -> tuple[Row, ...]:
    """
    Return the row that turns pages, where there are several: `number` is the page that is shown, from 0.

    The two buttons always name different pages, since a button's id must be the only one of its message.
    """
    if pages == 1:
        return ()
    back, on = max(number - 1, 0), min(number + 1, pages - 1)
    return ((
        Control("◀ Back", press=press_to(back), is_current=number == 0),
        Control("Next ▶", press=press_to(on), is_current=number + 1 == pages),
    ),)  # fmt: skip
