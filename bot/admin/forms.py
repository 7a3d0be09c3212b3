"""A form that a person fills in, and what they sent, as plain values."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.domain.errors import RolecallError
from bot.intake.reading import Upload
from bot.presentation.buttons import ButtonId
from bot.presentation.card import Card, CardFile, Tone, escaped_within
from bot.presentation.notices import as_sentence

LONGEST_FORM_TITLE, LONGEST_FORM_LABEL, LONGEST_HINT, LONGEST_TEXT = 45, 45, 100, 4000
"""Characters that Discord takes in a form's title, a field's label, its description and its text."""

MOST_FIELDS = 5

Fetch: TypeAlias = Callable[[], Awaitable[Sequence[Upload]]]
"""Fetches what was attached, once it is clear that the person may do what they want; raises UnreadablePosting."""


async def fetch_nothing() -> Sequence[Upload]:
    """Return no files."""
    return ()


@dataclass(frozen=True)
class TextField:
    """A box to type in."""

    id: str
    label: str
    text: str = ""
    """What stands in it at first."""

    hint: str = ""
    is_long: bool = False
    """Several lines."""


@dataclass(frozen=True)
class FileField:
    """A place to put files."""

    id: str
    label: str
    hint: str = ""
    most: int = 1


@dataclass(frozen=True)
class Form:
    """A form; it is shown as the first answer to a command or a button."""

    button: ButtonId
    """What sending it means."""

    title: str
    fields: tuple[TextField | FileField, ...]
    """At most five."""


@dataclass(frozen=True)
class SubmittedForm:
    """What was sent with a form."""

    button: ButtonId
    """What sending it means."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """By the ids of the fields; whoever sends it may have left some out or made some up."""

    fetch: Fetch = fetch_nothing


# What somebody typed, given back where it could not be taken, so that it is not lost.

_LONGEST_REASON_GIVEN_BACK = 1_000


def give_back(error: RolecallError, filled: SubmittedForm) -> Card:
    """Return the card that says what was wrong, with a file of what was typed."""
    files = typed_files(filled.texts)
    also = "\nWhat you typed is in the file." if files else ""
    return Card(
        f"{escaped_within(as_sentence(str(error)), _LONGEST_REASON_GIVEN_BACK)}{also}",
        tone=Tone.ASKING,
        files=files,
        is_personal=True,
        is_aside=True,
    )


def typed_files(texts: Mapping[str, str]) -> tuple[CardFile, ...]:
    r"""
    Return what was typed as a file to copy it from; none where nothing was.

    >>> typed_files({"head_title:0:0123abcd": "Cook", "visa": " "})[0].data
    b'[Title]\nCook\n'
    """
    boxes = [f"[{_name_box(name)}]\n{text}\n" for name, text in texts.items() if text.strip()]
    return (CardFile("typed.txt", "\n".join(boxes).encode("utf-8", "replace")),) if boxes else ()


def _name_box(box: str) -> str:
    """Return what a box is for, read from its id."""
    return box.partition(":")[0].removeprefix("head_").replace("_", " ").capitalize()
