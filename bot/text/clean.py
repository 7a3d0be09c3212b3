"""Text as it came, made readable: broken encodings repaired, line ends made one kind."""

import re
import unicodedata
from typing import Any

_CONTROL_SIGNS = "\x00-\x08\x0b\x0e-\x1f\x7f\u206a-\u206f\ufeff\ufff9-\ufffc"
_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\u00ad]")
_LINE_END = re.compile("[\r\u2028\u2029\x85\x0b\x0c]")
_CONTROL = re.compile(f"[{_CONTROL_SIGNS}]")
_ODD = re.compile(f"[\u200b\u200c\u2060\ufeff\u00ad\r\u2028\u2029\x85\x0b\x0c\ud800-\udfff{_CONTROL_SIGNS}]")
"""All that is taken out or made one kind: most texts hold none of it, and are looked through once."""

_SUSPECT = re.compile("[^\x00-\x7f](?:(?<=[\x80-\x9fÂÃ])|[^\x00-\x7f])")  # what it is not takes a hundredth of the time to compile
"""What every line has that ftfy finds broken: two letters beyond ASCII side by side, or one of those that mojibake begins with."""

_HALVED, _MENDED = re.compile("€([¢™˜œ])"), str.maketrans("¢™˜œ", "•’‘“")
"""Mojibake that lost its first letter: "we€™re"."""

_COMBINING = re.compile("[\u0300-\u036f]")

_MOST_MARKS = 10
"""On one letter: Tibetan and pointed Hebrew have up to eight, and to put marks in their order takes time by the square of their number."""

_SIGN = r"[^\x00-\x7f\w\s]"
_MAY_BE_MARKS = re.compile(rf"{_SIGN}{_SIGN}{{{_MOST_MARKS},}}")
"""
Marks are no letters, digits or spaces: few texts have a run of other signs in which so many of them could stand.

It begins with one sign by itself, so that all other characters are passed by at once.
"""


_PIECE = 10_000
"""Signs that are looked through in half a millisecond."""

_REPAIRS: dict[str, Any] = {
    "unescape_html": False,
    "fix_latin_ligatures": False,
    "fix_character_width": False,
    "uncurl_quotes": False,
    "normalization": None,
    "explain": False,
}
"""Only what is broken is changed: quotes, ligatures and wide letters are the posting's own."""


def repair(text: str) -> str:
    r"""
    Return the text with broken encoding repaired, without control and invisible characters and heaped marks, lines ended by ``\n``.

    >>> repair("weâ€™re hiring\r\n")
    'we’re hiring\n'
    >>> repair("we€™re hiring. You do: €¢ bake")
    'we’re hiring. You do: • bake'
    >>> repair("naïve “quotes” stay")
    'naïve “quotes” stay'
    """
    is_odd = _ODD.search(text) is not None
    if is_odd:
        text = _INVISIBLE.sub("", _LINE_END.sub("\n", text.replace("\r\n", "\n")))
    is_suspect = not text.isascii() and _SUSPECT.search(text) is not None
    if not (is_odd or is_suspect):
        return bound_marks(text)
    import ftfy  # most texts are whole, and a first answer need not wait for it
    from ftfy.badness import is_bad

    if is_suspect:
        text = "\n".join(ftfy.fix_text(line, **_REPAIRS) if _SUSPECT.search(line) and is_bad(line) else line for line in text.split("\n"))
        text = _HALVED.sub(lambda halved: halved[1].translate(_MENDED), text)
    return bound_marks(_CONTROL.sub("", ftfy.fixes.fix_surrogates(text)))


def bound_marks(text: str) -> str:
    r"""
    Return the text with at most ten marks on each letter: to be done before any normalising of what people send.

    >>> len(bound_marks("e" + "\u0301" * 50 + "a" + "\u0323" * 9))
    21
    """
    if text.isascii():
        return text
    if len(text) <= _PIECE:
        return _MAY_BE_MARKS.sub(_without_excess, text)
    # Piece by piece, so that a thread that does this lets others have their turn between; each begins with the signs before it.
    kept, before = [], ""
    for start in range(0, len(text), _PIECE):
        kept.append(_MAY_BE_MARKS.sub(_without_excess, before + text[start : start + _PIECE])[len(before) :])
        before = (before + kept[-1])[-_MOST_MARKS:]
    return "".join(kept)


def _without_excess(run: re.Match[str]) -> str:
    marks = {sign for sign in set(run[0]) if unicodedata.category(sign).startswith("M")}
    if not marks:
        return run[0]
    kept = []
    count = 0
    for sign in run[0]:
        count = count + 1 if sign in marks else 0
        if count <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def fold_space(text: str) -> str:
    r"""
    Return the text with every run of white space as one space.

    >>> fold_space(" a\n  b ")
    'a b'
    """
    # Most texts are folded already: only the plain space is white space and printable, and to ask takes half as long as to split.
    if text.isprintable() and "  " not in text and text.strip() == text:
        return text
    return " ".join(text.split())


def begin_large(text: str) -> str:
    """
    Return the text with a capital letter at its beginning; its other letters stay as they are.

    >>> begin_large("einmal am Tag"), begin_large("")
    ('Einmal am Tag', '')
    """
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """
    Return the text for comparing: lower case, straight quotes, no accents on Latin letters, one space.

    >>> fold("Año  “Ília”")
    'ano "ilia"'
    """
    if not text.isascii():
        for sign, straight in _STRAIGHT:
            text = text.replace(sign, straight)
    if text.isascii():
        return fold_space(text.lower())
    lowered = bound_marks(text).casefold()
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFC", _COMBINING.sub("", unicodedata.normalize("NFD", lowered)))
    return fold_space(lowered)


_STRAIGHT = tuple(zip("’‘‛“”„–—‑\xa0", "'''\"\"\"--- ", strict=True))
"""Exchanged one after the other: a table is looked into for every letter, and most texts have no other sign that is not plain."""


def part_sentences(text: str) -> str:
    """
    Return a text with a space between sentences that were joined without one, as texts copied from pages often are.

    >>> part_sentences("We bake bread.Shopwerk is hiring. Node.js, Booking.Com")
    'We bake bread. Shopwerk is hiring. Node.js, Booking.Com'
    """
    return _JOINED.sub(" ", text)


_JOINED = re.compile(r"(?<=[a-zà-ÿ)]{3}[.!?])(?=[A-ZÀ-Þ][\w-]* [a-z])")
