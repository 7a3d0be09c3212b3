"""A form that a person fills in, and what they sent, as plain values."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.admin.buttons import ManagingPress
from bot.domain.errors import RolecallError
from bot.intake.reading import Upload
from bot.presentation.card import Card, CardFile, Tone, clip, escaped_within
from bot.presentation.notices import as_sentence

LONGEST_FORM_TITLE, LONGEST_FORM_LABEL, LONGEST_HINT, LONGEST_TEXT = 45, 45, 100, 4000
"""Characters that Discord takes in a form's title, a field's label, its description and its text."""

MOST_FIELDS = 5
_LABEL, _TEXT, _FILES = 18, 4, 19
_SHORT, _LONG = 1, 2

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

    is_required: bool = False


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

    press: ManagingPress
    """What sending it means."""

    title: str
    fields: tuple[TextField | FileField, ...]
    """At most five."""


@dataclass(frozen=True)
class Filled:
    """What was sent with a form."""

    press: ManagingPress
    """What sending it means."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """By the ids of the fields; whoever sends it may have left some out or made some up."""

    fetch: Fetch = fetch_nothing


def to_form_components(form: Form) -> list[dict[str, Any]]:
    """Return a form's fields as Discord's API takes them."""
    return [
        {
            "type": _LABEL,
            "label": clip(one.label, LONGEST_FORM_LABEL),
            **({"description": clip(one.hint, LONGEST_HINT)} if one.hint else {}),
            "component": _to_file_upload(one) if isinstance(one, FileField) else _to_text_input(one),
        }
        for one in form.fields
    ]


def _to_text_input(text_field: TextField) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": _TEXT,
        "custom_id": text_field.id,
        "style": _LONG if text_field.is_long else _SHORT,
        "required": text_field.is_required,
        "max_length": LONGEST_TEXT,
    }
    return component | {"value": clip(text_field.text, LONGEST_TEXT)} if text_field.text else component


def _to_file_upload(file_field: FileField) -> dict[str, Any]:
    return {"type": _FILES, "custom_id": file_field.id, "required": False, "min_values": 0, "max_values": file_field.most}


# What somebody typed, given back where it could not be taken, so that it is not lost.

_LONGEST_REASON_GIVEN_BACK = 1_000


def give_back(error: RolecallError, filled: Filled) -> Card:
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
