"""What people type, made plain: phones turn quotes, dashes and spaces into others, and that changes nothing."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from bot.text.clean import fold_space, repair

_ALIKE = str.maketrans(
    dict.fromkeys("’‘‛`´′", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("\t\n\r\x0b\x0c\x85", " ")
)
"""One sign for one sign: a place in the one text is the same place in the other."""

_JOINER = "\N{ZERO WIDTH JOINER}"
"""Makes one picture of several, as most of those of people are."""

_DASHES = re.compile(r"-{2,}")
_DOTS = re.compile(r"\.*…[.…]*|\.{3,}")


class TypedLine(NamedTuple):
    """One line of what a person typed."""

    number: int
    """Counts from 1, blank lines too."""

    text: str
    """With single spaces, without control and invisible characters."""


def read_typed_lines(typed: str) -> list[TypedLine]:
    r"""
    Return the lines that are not blank.

    >>> read_typed_lines("Go\r\n\r\n Rust\u00a0")
    [TypedLine(number=1, text='Go'), TypedLine(number=3, text='Rust')]
    """
    return [TypedLine(number, text) for number, line in enumerate(repair(typed).split("\n"), 1) if (text := to_plain_line(line))]


def to_plain_line(words: str) -> str:
    r"""
    Return words as one printable line with single spaces.

    >>> to_plain_line(" Chef\u202e \n de\u00a0cuisine ")
    'Chef de cuisine'
    """
    line = fold_space(repair(words))
    return line if line.isprintable() else fold_space("".join(sign for sign in line if sign.isprintable() or sign == _JOINER))


def straighten(words: str) -> str:
    r"""
    Return words with straight quotes and short dashes, as long as they were.

    >>> straighten("the chef’s “special” – now")
    'the chef\'s "special" - now'
    """
    return words.translate(_ALIKE)


def to_key(line: str) -> str:
    """
    Return what is the same for all the ways in which a keyboard may change a line that nobody changed.

    >>> to_key("It’s 5 – 6…") == to_key("It's 5 -- 6...  ")
    True
    """
    return _DOTS.sub("…", _DASHES.sub("-", unicodedata.normalize("NFC", straighten(to_plain_line(line)))))


def spellings_of(line: str) -> Iterator[str]:
    """
    Yield a line and the other spellings in which a text may hold it, without what a keyboard or a copy put there.

    >>> list(spellings_of("Wait..."))
    ['Wait...', 'Wait…', 'Wait']
    """
    yield line
    for other in (_DOTS.sub("…", line), line.replace("…", "..."), _DASHES.sub("-", line), line.rstrip(" .,;:…")):
        if other != line:
            yield other
