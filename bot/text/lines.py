"""A markdown or plain text cut into lines with their headings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from bot.text.document import Line, LineKind
from bot.text.headings import HASHES, LABEL_LEVEL, read_heading
from bot.text.markup import read_markup

_BULLET = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>\\?[*+\-•·●○◦▪■□‣∙–—✓✔➢➤►▶❖✦➔]|o(?=[ \t]{1,8}[A-Z0-9]|[ \t]{2})|\d{1,2}\\?[.)])\ufe0f?[ \t]+(?=\S)"
    r"|(?P<tight>[ \t]*)(?:[•●▪‣✓✔➢](?=\S)|[-–·](?=[A-Z0-9]))"
)
_BULLET_SIGNS = frozenset("\\*+-•·●○◦▪■□‣∙–—✓✔➢➤►▶❖✦➔o0123456789")
"""The first characters of those, for a quick look."""

_SECOND_MARK = re.compile(r"\A(?:[*•·●○◦▪][ \t]+)+(?=\S)")
"""Marks behind a bullet's own: an outer bullet that says nothing itself."""

_SECOND_SIGNS = frozenset("*•·●○◦▪")

_RULE = re.compile(r"[ \t]*(?:[*_\-=#~] ?){3,}[ \t]*$|[ \t]*(?:#{1,6}|[*_]{2})[ \t]*$")
_LABEL = re.compile(r"([^\W\d_][^:.!?\n]{1,38}?)\s?:\s+(?=\S)")
_LABEL_LONGEST = 42
"""Characters within which a label's colon stands."""

_RULE_MARKS = frozenset("*_-=#~")
_WRAPPED_AT = 60
"""A line at least this long may go on in the next; shorter ones are lines of their own."""

_LONG_ENOUGH_TO_KNOW = 40
"""Characters: a line this long that stands twice is the same passage; shorter ones repeat by chance."""


@dataclass(slots=True)
class _RawLine:
    number: int
    raw: str
    kind: LineKind
    depth: int
    hard_end: bool
    """Ended by two spaces, a backslash or a blank line: the next line does not carry on."""


def read_lines(text: str, *, first_number: int = 1) -> tuple[Line, ...]:
    r"""
    Cut a body into lines: headings found, wrapped lines joined, a passage that stands twice read once.

    >>> [(line.kind.value, line.heading, line.text) for line in read_lines("## Needs\n* Go\n* SQL")]
    [('heading', None, 'Needs'), ('bullet', 'Needs', 'Go'), ('bullet', 'Needs', 'SQL')]
    """
    return tuple(_read_once(_under_headings(_join_wrapped(_raw_lines(text, first_number)))))


def _raw_lines(text: str, first_number: int) -> list[_RawLine]:
    raws: list[_RawLine] = []
    for number, whole in enumerate(text.split("\n"), first_number):
        stripped = whole.strip()
        if not stripped or (stripped[0] in _RULE_MARKS and _RULE.match(whole)):
            if raws:
                raws[-1].hard_end = True
            continue
        bullet = _BULLET.match(whole) if stripped[0] in _BULLET_SIGNS else None
        words = whole[bullet.end() :] if bullet else stripped
        inner = _SECOND_MARK.match(words) if bullet and words[0] in _SECOND_SIGNS else None
        depth = _depth(bullet["indent"] if bullet["indent"] is not None else bullet["tight"]) if bullet else 0
        raws.append(
            _RawLine(
                number=number,
                raw=(words[inner.end() :] if inner else words).strip(),
                kind=LineKind.BULLET if bullet else LineKind.PROSE,
                depth=depth + 1 if inner else depth,
                hard_end=whole.endswith(("  ", "\\")),
            )
        )
    return raws


def _depth(indent: str) -> int:
    return min(len(indent.expandtabs(4)) // 2, 8)


def _join_wrapped(raws: Iterable[_RawLine]) -> list[_RawLine]:
    joined: list[_RawLine] = []
    pieces: list[str] = []
    for line in raws:
        if joined and _carries_on(joined[-1], pieces[-1], line):
            pieces.append(line.raw)
            joined[-1].hard_end = line.hard_end
            continue
        if len(pieces) > 1:
            joined[-1].raw = " ".join(pieces)
        pieces = [line.raw]
        joined.append(line)
    if len(pieces) > 1:
        joined[-1].raw = " ".join(pieces)
    return joined


def _carries_on(before: _RawLine, last_piece: str, line: _RawLine) -> bool:
    """Tell whether a line is the rest of the one before: that one was long and open, this one starts in lower case."""
    return (
        line.kind is LineKind.PROSE
        and not before.hard_end
        and len(last_piece) >= _WRAPPED_AT
        and last_piece[-1] not in ".!?:"
        and (line.raw[0].islower() or line.raw[0].isdigit() or line.raw[0] in "(,$€£&")
    )


class _Path:
    """The headings above a line, outermost first, with their levels."""

    def __init__(self) -> None:
        self.words: tuple[str, ...] = ()
        self._levels: list[int] = []

    def end(self, level: int) -> None:
        """End the headings of a level and deeper."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        if len(self.words) > len(self._levels):
            self.words = self.words[: len(self._levels)]

    def add(self, level: int, words: str) -> None:
        """Begin a heading below those that are open."""
        self._levels.append(level)
        self.words = (*self.words, words)


def _under_headings(raws: list[_RawLine]) -> Iterator[Line]:
    """Give each line the headings above it; a heading ends those of its own level and deeper."""
    path = _Path()
    for raw, after in zip_longest(raws, raws[1:]):
        marked = read_markup(HASHES.sub("", raw.raw, count=1) if raw.kind is LineKind.PROSE and raw.raw[0] == "#" else raw.raw)
        if not marked.plain or marked.plain.isspace():
            continue
        bullet_depth = raw.depth if raw.kind is LineKind.BULLET else None
        if bullet_depth is not None:
            path.end(LABEL_LEVEL + 1 + bullet_depth)
        heading = read_heading(
            raw.raw,
            marked.plain,
            bullet_depth=bullet_depth,
            next_bullet_depth=after.depth if after is not None and after.kind is LineKind.BULLET else None,
            is_last=after is None,
        )
        if heading is None:
            label = _LABEL.match(marked.plain) if ":" in marked.plain[:_LABEL_LONGEST] else None
            yield Line(raw.number, marked, raw.kind, path.words, raw.depth, label[1] if label else None)
            continue
        path.end(heading.level)
        kind = raw.kind if heading.says_something else LineKind.HEADING
        yield Line(raw.number, marked, kind, path.words, raw.depth)
        path.add(heading.level, heading.words)


def _read_once(lines: Iterable[Line]) -> Iterator[Line]:
    """Leave out a long line that stood before, and a short one that follows the same line as before."""
    seen: set[str] = set()
    seen_after: set[tuple[str, str]] = set()
    before = ""
    for line in lines:
        words = " ".join(line.text.casefold().split())
        pair = (before, words)
        before = words
        if words in seen if len(words) >= _LONG_ENOUGH_TO_KNOW else pair in seen_after:
            continue
        seen.add(words)
        seen_after.add(pair)
        yield line
