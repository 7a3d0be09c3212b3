"""A document cut into sections, each with what its headings say about it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from bot.text.clean import fold_space
from bot.text.document import BULLET, HEADING, PROSE, Document, Line
from bot.text.headings import (
    BENEFITS,
    COMPANY,
    OTHER,
    PAY,
    PREFERRED,
    PROCESS,
    REQUIREMENTS,
    RESPONSIBILITIES,
    ROLE,
    TRAITS,
    WHY,
    SectionKind,
    is_section_name,
    read_section_kind,
)
from bot.text.lexicon import read_lexicon, split_words
from bot.text.wording import asks_something, is_offer, names_offer, names_years, read_wording

LISTED = frozenset({REQUIREMENTS, PREFERRED, RESPONSIBILITIES, BENEFITS})
"""The kinds whose lines are items."""

_READ = 300
"""Characters of a heading or lead-in that are read."""

MARKS = "*_: "
"""Signs around a heading's words that are no part of them."""


_LONG_TALK = 180
"""Characters of a paragraph behind a list that is no more of it."""

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

    def run_of(self, bullet: Line) -> list[Line]:
        """Return the bullets that stand below each other with this one, no paragraph between them."""
        runs = (list(run) for kind, run in groupby(self.lines, key=lambda line: line.kind) if kind is BULLET)
        return next((run for run in runs if any(line is bullet for line in run)), [])


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
        if reader.talks_on(line):
            yield from _filled(reader.section)
            reader.end_section()
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

    def talks_on(self, line: Line) -> bool:
        """Tell whether a second long paragraph in a row stands behind a list, which is over then."""
        lines = self.section.lines
        return (
            len(line.text) >= _LONG_TALK
            and len(lines) > 1
            and lines[-1].kind is PROSE
            and len(lines[-1].text) >= _LONG_TALK
            and self.section.kind in LISTED
            and self.section.has_bullets
        )

    def end_section(self) -> None:
        """Go on without a kind: neither the lines that follow nor the headings below say what the list said."""
        path = self.section.path
        self.ended.add(path)
        self.section = Section(kind=None, own=False, path=path)

    def begin(self, path: tuple[str, ...]) -> None:
        """Begin the section under these headings."""
        read = tuple(words for words in path if words not in self.spoken)
        kind, depth = _kind_of(read)
        own = depth == len(read) - 1
        if own and (kind not in LISTED or _kind_of(read[:-1])[0] in LISTED - {kind}):
            self.ended.update(read[:length] for length in range(1, len(read)))
        elif not own and read[: depth + 1] in self.ended:
            kind = None
        before = self.section
        if kind is None and before.own and before.kind in LISTED and not before.lines and len(before.path) == len(path):
            kind = before.kind
        opens_offers = before.own and before.kind is BENEFITS and not before.lines and path[: len(before.path)] == before.path
        if opens_offers and (kind is COMPANY or (kind is BENEFITS and not own)):
            kind, own = BENEFITS, True
        self.section = Section(kind=kind, own=own and kind is not None, path=path)


def _lead_of(line: Line, after: Line | None, *, within: Section, opens: bool) -> SectionKind | None:
    """Return what a paragraph says about the lines below it: one that ends with a colon, or that stands before a second list."""
    if opens:
        said = fold_space(line.text)
        kind = read_section_kind(said[:_READ])
        if kind is None or kind in _TALK:
            kind = read_section_kind(said.rpartition(". ")[2][:_READ]) or kind
        kind = _end_of_lead(said) or kind
        is_talk = kind in _TALK and within.kind in LISTED and not within.has_bullets
        return None if is_talk or (kind in LISTED and within.own and within.kind is PROCESS and not is_section_name(said)) else kind
    begins_list = after is not None and after.kind is BULLET and (within.has_bullets or line.marked.raw.startswith("**"))
    if not begins_list:
        return None
    kind = read_section_kind(line.text[:_READ])
    return None if kind in LISTED else kind


def _end_of_lead(said: str) -> SectionKind | None:
    """Return what the last words of a long lead say where they tell what one must have: its first ones may speak of anything."""
    words = split_words(said)
    last = words[-_LAST_WORDS:] if len(words) > _LONG_LEAD else []
    asks = read_section_kind(" ".join(last)) in (REQUIREMENTS, TRAITS) and _GAINING.isdisjoint(last)
    return REQUIREMENTS if asks else None


_LONG_LEAD, _LAST_WORDS = 20, 8
_GAINING = frozenset(read_lexicon("wording")["gaining"]["words"])


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
        elif kind is PREFERRED and depth and _kind_of(path[:depth])[0] is BENEFITS:
            kind = BENEFITS
        elif kind in LISTED and depth and not is_section_name(path[depth]) and _kind_of(path[:depth])[0] is PROCESS:
            kind = PROCESS
        if kind is not None:
            return kind, depth
    return None, -1


# Which list the bullets of a section are: by its heading, else by how most of them are worded.

LEAST_LIST = 2
"""Bullets that an unnamed list needs at least to be told by its wording."""

SHARE = 0.6
"""Of the bullets of an unnamed list, how many must be worded alike; at a half, lists of company facts came in."""

_CONTRARY_SHARE = 0.75
"""Of the bullets under a heading that says nothing, how many must contradict the heading above it."""

_SWAPPED_SHARE = 0.7
"""The same under a heading of the list's own, where two lists stand under each other's heading."""

_FEW = 0.34
"""Offers are worded in so many ways that fewer of them tell, where as few fit the heading above."""

_MIXED_SHARE = 0.4
"""The same in a description of the job where the requirements have their own heading."""

_TOLD_BY_WORDING = frozenset({None, ROLE, COMPANY})
_ONLY_WELCOME = frozenset({"preferred", "bonus", "nice", "plus", "pluses", "optional", "asset", "assets", "points", "great"})
"""Words of headings whose lists are welcome only, whatever they hold."""

_OPEN = frozenset({None, ROLE})

_OFFERS_AMONG = {PAY: 0.5, WHY: 0.2, COMPANY: 0.6, OTHER: 0.6}
"""Of the lines of such a list, how many must name a benefit: reasons to join come with many other words."""

PAYING = frozenset({PAY, WHY})
"""Headings whose paragraphs, too, are offers where their wording says so."""


def find_list_kind(section: Section, listed: Sequence[Line], *, headed: frozenset[SectionKind | None]) -> SectionKind | None:
    """Return which list a section's bullets are, or None; `headed` are the kinds of list that have headings elsewhere."""
    kind = section.kind
    if kind in LISTED:
        is_clear = section.own or len(listed) <= LEAST_LIST
        return kind if is_clear else _contrary_of(kind, listed) or kind
    if len(listed) < LEAST_LIST:
        return None
    if kind in _OPEN | {COMPANY} and _share_that_asks(listed) >= _CONTRARY_SHARE:
        return REQUIREMENTS
    if kind is WHY and not section.has_bullets and BENEFITS in headed:
        return None
    if kind in _OFFERS_AMONG and _share_of_offers(listed) >= _OFFERS_AMONG[kind]:
        return BENEFITS
    return None if section.own and kind not in _TOLD_BY_WORDING else _kind_by_wording(kind, listed, headed)


def swap_headings(sections: Sequence[Section]) -> None:
    """Give two lists that stand under each other's heading their right kinds: what one does, and what one must know."""
    asked = [section for section in sections if section.kind is REQUIREMENTS and len(section.bullets) > LEAST_LIST]
    done = [section for section in sections if section.kind is RESPONSIBILITIES and len(section.bullets) > LEAST_LIST]
    if len(asked) != 1 or len(done) != 1 or not _share_worded(done[0].bullets[:LEAST_LIST], REQUIREMENTS):
        return
    as_duties = _share_worded(asked[0].bullets, RESPONSIBILITIES)
    as_abilities = _share_worded(done[0].bullets, REQUIREMENTS)
    if as_duties >= _SWAPPED_SHARE and as_abilities >= _SWAPPED_SHARE:
        asked[0].kind, done[0].kind = done[0].kind, asked[0].kind


def ask_for_what_stands_out(sections: Sequence[Section]) -> None:
    """Where no list holds the requirements, take for it the one under "What sets you apart" that asks for years."""
    if any(section.kind is REQUIREMENTS and section.has_bullets for section in sections):
        return
    for section in sections:
        is_soft = section.kind is PREFERRED and _ONLY_WELCOME.isdisjoint(split_words(" ".join(section.path)))
        if is_soft and any(names_years(line.text) for line in section.bullets):
            section.kind = REQUIREMENTS


def _kind_by_wording(kind: SectionKind | None, listed: Sequence[Line], headed: frozenset[SectionKind | None]) -> SectionKind | None:
    """Return which list unnamed bullets are by their wording, unless a heading names another list of that kind."""
    duties = RESPONSIBILITIES
    if kind is ROLE:
        needed = _CONTRARY_SHARE if duties in headed else _MIXED_SHARE if REQUIREMENTS in headed else SHARE
        if _share_worded(listed, duties) >= needed:
            return duties
        if _share_worded(listed, REQUIREMENTS) >= _CONTRARY_SHARE:
            return REQUIREMENTS
    worded = _common_wording(listed, SHARE if kind in _OPEN else _CONTRARY_SHARE)
    if kind is COMPANY and worded is duties and _speak_of_it(listed):
        return None  # "Embraces change", below what an employer is like, is said of that
    return worded if worded in LISTED and worded not in headed else None


def _speak_of_it(lines: Sequence[Line]) -> bool:
    """Tell whether lines begin with what somebody does, and not with what to do: "Embraces", "Promotes"."""
    return sum(line.text.split(None, 1)[0].endswith("s") for line in lines) >= SHARE * len(lines)


def _contrary_of(kind: SectionKind | None, listed: Sequence[Line]) -> SectionKind | None:
    """Return what a list under a silent heading is by its wording, where that is clearly not what the heading above it says."""
    wordings = Counter(read_wording(line.text) for line in listed)
    common, count = wordings.most_common(1)[0]
    if common not in LISTED or fits_kind(kind, common):
        return None
    fitting = sum(times for worded, times in wordings.items() if fits_kind(kind, worded))
    is_offered = common is BENEFITS and fitting <= _FEW * len(listed)
    return common if count >= (_FEW if is_offered else _CONTRARY_SHARE) * len(listed) else None


def _common_wording(lines: Sequence[Line], share: float) -> SectionKind | None:
    kind, count = Counter(read_wording(line.text) for line in lines).most_common(1)[0]
    return kind if count >= share * len(lines) else None


def _share_worded(lines: Sequence[Line], kind: SectionKind) -> float:
    return sum(read_wording(line.text) is kind for line in lines) / len(lines)


def _share_that_asks(lines: Sequence[Line]) -> float:
    """Return how many of the lines are worded as requirements and name what is asked for."""
    worded = (line for line in lines if read_wording(line.text) is REQUIREMENTS)
    return sum(asks_something(split_words(line.text), of_anyone=False) for line in worded) / len(lines)


def _share_of_offers(lines: Sequence[Line]) -> float:
    return sum(names_offer(split_words(line.text)) for line in lines) / len(lines)


def fits_kind(kind: SectionKind | None, worded: SectionKind | None) -> bool:
    """Tell whether a wording fits a kind of list; what is welcome is worded as a requirement is."""
    return kind == worded or (kind is PREFERRED and worded is REQUIREMENTS)
