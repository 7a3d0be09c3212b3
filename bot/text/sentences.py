"""Sentences in a line."""

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?…][\"'”’)\]*_]{0,4}\s+(?=[\"'“‘(¿¡\[*_$€£\d]{0,3}[^\W\d_])|[。！？]")
_LAST_WORD = re.compile(r"(\S{1,12})\s*$")
_ABBREVIATIONS = frozenset(
    {
        "e.g.",
        "i.e.",
        "eg.",
        "ie.",
        "vs.",
        "approx.",
        "etc.",
        "inc.",
        "ltd.",
        "co.",
        "corp.",
        "sr.",
        "jr.",
        "st.",
        "dr.",
        "mr.",
        "ms.",
        "mrs.",
    }
    | {
        "no.",
        "nr.",
        "z.b.",
        "d.h.",
        "bzw.",
        "ca.",
        "inkl.",
        "p.ej.",
        "max.",
        "min.",
        "u.s.",
        "u.k.",
        "u.s.a.",
        "e.u.",
        "ph.d.",
        "b.s.",
        "m.s.",
    }
    | {"b.a.", "m.a.", "bs.", "b.sc.", "m.sc.", "a.m.", "p.m.", "dept.", "yrs.", "mos.", "hrs.", "incl.", "min.", "est."}
)
"""Words whose full stop seldom ends a sentence; matched in lower case, opening brackets aside."""


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield the start and end of each sentence, without the white space around it.

    >>> text = "We pay well, e.g. $5. Apply now!"
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['We pay well, e.g. $5.', 'Apply now!']
    """
    start = 0
    for end in _END.finditer(text):
        stop = end.end()
        if _is_abbreviation(text[max(start, end.start() - 12) : end.start() + 1]):
            continue
        yield from _trimmed(text, start, stop)
        start = stop
    yield from _trimmed(text, start, len(text))


def _is_abbreviation(before: str) -> bool:
    word = _LAST_WORD.search(before)
    return word is not None and word[1].lower().lstrip("(\"'“") in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    if stripped := words.strip():
        first = start + len(words) - len(words.lstrip())
        yield first, first + len(stripped)
