"""A document cut into sections, each with what its headings say about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from bot.text.clean import fold_space
from bot.text.document import BULLET, HEADING, Document, Line
from bot.text.item_wording import is_offer
from bot.text.phrases import split_words
from bot.text.section_kind import (
    BENEFITS,
    COMPANY,
    PREFERRED,
    REQUIREMENTS,
    RESPONSIBILITIES,
    ROLE,
    TRAITS,
    WHY,
    SectionKind,
    read_section_kind,
)

LISTED = frozenset({REQUIREMENTS, PREFERRED, RESPONSIBILITIES, BENEFITS})
"""The kinds whose lines are items."""

_READ = 300
"""Characters of a heading or lead-in that are read."""

MARKS = "*_: "
"""Signs around a heading's words that are no part of them."""


_TRAITS_OF = frozenset({PREFERRED, BENEFITS})
"""Under these, "Skills" or "You will have" go on with what the heading above them began."""


_TALK = frozenset({COMPANY, ROLE, WHY, TRAITS})
"""What a sentence before a list may sound like without changing what the list's heading says."""


@dataclass(slots=True)
class Section:
    """The lines under one heading or lead-in, up to the next."""

    kind: SectionKind | None
    own: bool
    """Whether its own heading told the kind, not one above it."""

    path: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)

    @property
    def bullets(self) -> list[Line]:
        """Its bullets, in order."""
        return [line for line in self.lines if line.kind is BULLET]

    @property
    def has_bullets(self) -> bool:
        """Whether one of its lines is a bullet."""
        return any(line.kind is BULLET for line in self.lines)


def split_sections(document: Document) -> Iterator[Section]:
    """Yield the sections of a document's body that hold lines, in order; a line that only leads in to others is left out."""
    reader = _Reader()
    body = document.body
    for line, after in zip_longest(body, body[1:]):
        path = (*line.headings, fold_space(line.text).strip(MARKS)) if line.kind is HEADING else line.headings
        if path != reader.section.path:
            yield from _filled(reader.section)
            reader.begin(path)
        if line.kind is HEADING:
            continue
        if line.kind is BULLET:
            if after is not None and after.depth > line.depth:
                reader.spoken.add(fold_space(line.text).strip(MARKS))
            reader.section.lines.append(line)
            continue
        opens = line.text.rstrip("*_ ").endswith(":")
        led = _lead_of(line, after, within=reader.section, opens=opens)
        if led is not None or (opens and reader.section.has_bullets):
            yield from _filled(reader.section)
            reader.section = Section(kind=led or reader.section.kind, own=led is not None, path=path)
        if not opens or is_offer(split_words(line.text)):
            reader.section.lines.append(line)
    yield from _filled(reader.section)


class _Reader:
    """Where the reading of a document's sections stands."""

    def __init__(self) -> None:
        self.section = Section(kind=None, own=False)
        self.spoken: set[str] = set()
        """Bullets that head others: items, and no headings."""

        self.ended: set[tuple[str, ...]] = set()
        """Headings whose section is over, because one of another kind follows one step below them."""

    def begin(self, path: tuple[str, ...]) -> None:
        """Begin the section under these headings."""
        read = tuple(words for words in path if words not in self.spoken)
        kind, depth = _kind_of(read)
        own = depth == len(read) - 1
        if own and kind not in LISTED:
            self.ended.update(read[:length] for length in range(1, len(read)))
        elif not own and read[: depth + 1] in self.ended:
            kind = None
        before = self.section
        if kind is None and before.own and before.kind in LISTED and not before.lines and len(before.path) == len(path):
            kind = before.kind
        self.section = Section(kind=kind, own=own and kind is not None, path=path)


def _lead_of(line: Line, after: Line | None, *, within: Section, opens: bool) -> SectionKind | None:
    """Return what a paragraph says about the lines below it: one that ends with a colon, or that stands before a second list."""
    if opens:
        kind = read_section_kind(line.text[:_READ])
        return None if kind in _TALK and within.kind in LISTED and not within.has_bullets else kind
    begins_list = after is not None and after.kind is BULLET and (within.has_bullets or line.marked.raw.startswith("**"))
    if not begins_list:
        return None
    kind = read_section_kind(line.text[:_READ])
    return None if kind in LISTED else kind


def _filled(section: Section) -> Iterator[Section]:
    if section.lines:
        yield section


def _kind_of(path: tuple[str, ...]) -> tuple[SectionKind | None, int]:
    """Return what the headings say, the innermost first, and how deep the one stands that says it."""
    for depth in range(len(path) - 1, -1, -1):
        kind = read_section_kind(path[depth][:_READ])
        if kind is TRAITS:
            outer, _ = _kind_of(path[:depth])
            kind = outer if outer in _TRAITS_OF else REQUIREMENTS
        if kind is not None:
            return kind, depth
    return None, -1
