"""A markdown or plain text cut into lines with their headings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.text.clean import fold
from bot.text.document import Line, LineKind
from bot.text.headings import HASHES, LABEL_LEVEL, read_heading
from bot.text.markup import read_markup

_BULLET = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>\\?[*+\-•·●○◦▪■□‣∙–—✓✔➢➤►▶❖✦➔]|o(?=[ \t]{1,8}[A-Z0-9]|[ \t]{2})|\d{1,2}\\?[.)])\ufe0f?[ \t]+(?=\S)"
    r"|(?P<tight>[ \t]*)[•●▪‣✓✔➢](?=\S)"
)
_SECOND_MARK = re.compile(r"\A(?:[*•·●○◦▪][ \t]+)+(?=\S)")
"""Marks behind a bullet's own: an outer bullet that says nothing itself."""

_RULE = re.compile(r"[ \t]*(?:[*_\-=#~] ?){3,}[ \t]*$|[ \t]*(?:#{1,6}|[*_]{2})[ \t]*$")
_LABEL = re.compile(r"([^\W\d_][^:.!?\n]{1,38}?)\s?:\s+(?=\S)")
_WRAPPED_AT = 60
"""A line at least this long may go on in the next; shorter ones are lines of their own."""

_LONG_ENOUGH_TO_KNOW = 40
"""Characters: a line this long that stands twice is the same passage; shorter ones repeat by chance."""


@dataclass(frozen=True, slots=True)
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
        if not whole.strip() or _RULE.match(whole):
            if raws:
                raws[-1] = replace(raws[-1], hard_end=True)
            continue
        bullet = _BULLET.match(whole)
        words = whole[bullet.end() :] if bullet else whole
        inner = _SECOND_MARK.match(words) if bullet else None
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
            joined[-1] = replace(joined[-1], hard_end=line.hard_end)
            continue
        if joined:
            joined[-1] = replace(joined[-1], raw=" ".join(pieces))
        pieces = [line.raw]
        joined.append(line)
    if joined:
        joined[-1] = replace(joined[-1], raw=" ".join(pieces))
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


def _under_headings(raws: list[_RawLine]) -> Iterator[Line]:
    """Give each line the headings above it; a heading ends those of its own level and deeper."""
    path: list[tuple[int, str]] = []
    for index, raw in enumerate(raws):
        marked = read_markup(HASHES.sub("", raw.raw, count=1) if raw.kind is LineKind.PROSE else raw.raw)
        if not marked.plain.strip():
            continue
        after = raws[index + 1] if index + 1 < len(raws) else None
        bullet_depth = raw.depth if raw.kind is LineKind.BULLET else None
        if bullet_depth is not None:
            _end_headings(path, LABEL_LEVEL + 1 + bullet_depth)
        heading = read_heading(
            raw.raw,
            marked.plain,
            bullet_depth=bullet_depth,
            next_bullet_depth=after.depth if after and after.kind is LineKind.BULLET else None,
            is_last=after is None,
        )
        headings = tuple(words for _, words in path)
        if heading is None:
            label = _LABEL.match(marked.plain)
            yield Line(raw.number, marked, raw.kind, headings, raw.depth, label[1] if label else None)
            continue
        _end_headings(path, heading.level)
        kind = raw.kind if heading.says_something else LineKind.HEADING
        yield Line(raw.number, marked, kind, tuple(words for _, words in path), raw.depth)
        path.append((heading.level, heading.words))


def _end_headings(path: list[tuple[int, str]], level: int) -> None:
    while path and path[-1][0] >= level:
        path.pop()


def _read_once(lines: Iterable[Line]) -> Iterator[Line]:
    """Leave out a long line that stood before, and a short one that follows the same line as before."""
    seen: set[str] = set()
    seen_after: set[tuple[str, str]] = set()
    before = ""
    for line in lines:
        words = fold(line.text)
        pair = (before, words)
        before = words
        if words in seen if len(words) >= _LONG_ENOUGH_TO_KNOW else pair in seen_after:
            continue
        seen.add(words)
        seen_after.add(pair)
        yield line
