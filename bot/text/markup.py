"""Inline markdown taken off a text, with the way back to the words as they stood."""

import re
from dataclasses import dataclass

_MARKS = re.compile(
    r"""
    (?P<escape>\\(?=[!-/:-@\[-`{-~]))                                           # \*  \-  \.
    |(?P<link>!?\[(?P<words>[^\[\]\n]{0,400})\]\(<?(?P<target>[^()\s<>]{0,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?)>?
        (?:\s{1,3}"[^"\n]{0,200}")?\))                                          # [words](target "title")
    |(?P<emphasis>(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|_{2,3}(?!\w)          # _so_, and stray ones; never snake_case
        |\*{2,6}|(?<!\s)\*(?!\s)|(?<=\s)\*(?=\S)|(?<=\S)\*(?=\s|$)|^\*(?=\S)
        |~~|`{1,3})
    """,
    re.VERBOSE,
)
_MARK_CHARACTERS = frozenset("*_`[\\~")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text without its inline marks, and where each of its characters stood."""

    raw: str
    plain: str
    starts: tuple[int, ...] | None
    """For each character of plain, where it begins in raw, opening marks included; None where nothing was marked."""

    ends: tuple[int, ...] | None
    """For each character of plain, where it ends in raw, closing marks included."""

    def words_between(self, start: int, end: int) -> str:
        """Return the raw words of plain[start:end], with the marks around them."""
        if self.starts is None or self.ends is None:
            return self.raw[start:end]
        return self.raw[self.starts[start] : self.ends[end - 1]] if start < end else ""


def read_markup(raw: str) -> MarkedText:
    """
    Take the inline marks off one line.

    >>> read_markup("**Pay:** up to 5\\\\+ [days](http://x.org)").plain
    'Pay: up to 5+ days'
    >>> read_markup("snake_case and 3 * 4").plain
    'snake_case and 3 * 4'
    """
    if _MARK_CHARACTERS.isdisjoint(raw):
        return MarkedText(raw=raw, plain=raw, starts=None, ends=None)
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    _strip_marks(raw, 0, len(raw), plain, starts, ends)
    return MarkedText(raw=raw, plain="".join(plain), starts=tuple(starts), ends=tuple(ends))


def strip_markup(raw: str) -> str:
    """
    Return the text without inline marks.

    >>> strip_markup("_Nice_ **to** have")
    'Nice to have'
    """
    return read_markup(raw).plain


def _strip_marks(raw: str, at: int, stop: int, plain: list[str], starts: list[int], ends: list[int]) -> None:  # noqa: PLR0913
    """Append raw[at:stop] to the lists, character by character, leaving marks out; links are read inside once."""
    opening = at
    while at < stop:
        mark = _MARKS.match(raw, at, stop) if raw[at] in "*_`[\\~!" else None
        if mark is None:
            plain.append(raw[at])
            starts.append(opening)
            ends.append(at + 1)
            at += 1
            opening = at
            continue
        if mark["link"] is not None:
            before = len(plain)
            _strip_marks(raw, mark.start("words"), mark.end("words"), plain, starts, ends)
            if len(plain) > before:
                starts[before] = min(opening, mark.start())
                ends[-1] = mark.end()
        elif mark["emphasis"] is not None and plain and _closes(raw, mark, stop):
            ends[-1] = mark.end()
        else:
            at = mark.end()
            continue
        at = opening = mark.end()


def _closes(raw: str, mark: re.Match[str], stop: int) -> bool:
    """Tell whether an emphasis mark ends something: no space before it, and a space, a sign or nothing after it."""
    before = raw[mark.start() - 1] if mark.start() else " "
    after = raw[mark.end()] if mark.end() < stop else " "
    return not before.isspace() and not after.isalnum()
