"""What somebody typed, given back where it could not be taken, so that it is not lost."""

from collections.abc import Mapping

from bot.domain.errors import RolecallError
from bot.interfaces.chat.card import Card, CardFile, Tone
from bot.interfaces.chat.escaping import escaped_within
from bot.interfaces.chat.notices import as_sentence
from bot.interfaces.managing.form import Filled

_LONGEST_REASON = 1_000


def give_back(error: RolecallError, filled: Filled) -> Card:
    """Return the card that says what was wrong, with a file of what was typed."""
    files = typed_files(filled.texts)
    also = "\nWhat you typed is in the file." if files else ""
    return Card(
        f"{escaped_within(as_sentence(str(error)), _LONGEST_REASON)}{also}", tone=Tone.ASKING, files=files, is_personal=True, is_aside=True
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
