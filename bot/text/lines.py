"""A markdown or plain text cut into lines with their headings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest

from bot.text.clean import fold
from bot.text.document import BULLET, HEADING, PROSE, Line, LineKind
from bot.text.headings import (
    HASHES,
    LABEL_LEVEL,
    PLAIN_LEVEL,
    Heading,
    SectionKind,
    is_section_name,
    read_heading,
    read_heading_apart,
    read_section_kind,
)
from bot.text.lexicon import compile_later, read_lexicon
from bot.text.markup import read_markup
from bot.text.words import are_two_words, spelt_with_capitals

_BULLET_SIGNS = frozenset("\\*+-•·●○◦▪■□‣∙–—✓✔➢➤►▶❖✦➔o0123456789")
"""The first characters of those, for a quick look."""

_SECOND_MARK = compile_later(r"\A(?:[*•·●○◦▪][ \t]+)+(?=\S)")
"""Marks behind a bullet's own: an outer bullet that says nothing itself."""

_LONE_MARKS = frozenset("-•·●○◦▪■‣∙–")
"""A bullet's mark on a line of its own: its words stand in the next line that has any."""

_SECOND_SIGNS = frozenset("*•·●○◦▪")

_RULE = compile_later(r"[ \t]*(?:[*_\-=#~] ?){3,}[ \t]*$|[ \t]*(?:#{1,6}|[*_]{2})[ \t]*$")
_QUOTING = compile_later(r"[ \t]*(?:>[ \t]?)+(?!\s*\d)")  # in "> 5 years" it counts
_LABEL = compile_later(r"([^\W\d_][^:.!?\n]{1,38}?)\??\s?:\s+(?=\S)")
_LABEL_LONGEST = 42
"""Characters within which a label's colon stands."""

_NO_ITEM = frozenset(("", *"#*+-•·●○◦▪■□‣∙–—"))
"""How a line begins that no mark on a line of its own makes an item."""

_INTERFACE_LONGEST, _FEWEST_INTERFACE, _BEGINNING = 120, 2, 3
_AROUND, _HARD_ENDS = " .:…*_", ("  ", "\\")
_RULE_MARKS = frozenset("*_-=#~")
_OPEN_END = compile_later(
    r"(?:,|\b(?:and|or|of|the|with|in|for|to|an?|und|oder|mit|für|der|die|das|et|ou|de|des|du|la|le|les|y|o|con|e|com|em))$"
)
"""The end of a line that goes on in the next one, whatever that begins with."""

_DEMAND = compile_later(r"\d{1,2}\s?\+\s?(?:years?|yrs?|jahre|ans|años|anos)\b", re.IGNORECASE)
"""How a line begins that asks for something of its own, whatever stood before."""

_GAP = compile_later(r"\w\s{8,}\S")
"""Columns beside each other: the next line does not carry on the second one."""

_GOES_ON_FROM, _WRAPPED_AT = 30, 60
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
    return tuple(_read_once(_under_headings(_join_wrapped(_without_interface(_raw_lines(text, first_number))))))


def _without_interface(raws: list[_RawLine]) -> list[_RawLine]:
    """Leave out the lines of a job board's interface, and what goes on behind the posting, where several such lines were copied along."""
    telling, begin = _interface("telling"), _interface("telling", _BEGINNING)
    quick = (raw.raw for raw in raws if (head := raw.raw[:_BEGINNING].lower()) in begin or not (head.isascii() and head.isalnum()))
    if len({key for raw in quick if len(raw) <= _INTERFACE_LONGEST and (key := fold(raw).strip(_AROUND)) in telling}) < _FEWEST_INTERFACE:
        return raws
    words = _interface("whole")
    kept: list[_RawLine] = []
    for at, raw in enumerate(raws):
        key = fold(raw.raw).strip(_AROUND)
        if key in _interface("ends") and at * 2 > len(raws):
            break
        if key in _interface("heads"):
            kept.append(_RawLine(raw.number, f"## {raw.raw}", PROSE, 0, hard_end=True))
        elif key not in words and not (len(raw.raw) <= _INTERFACE_LONGEST and key.startswith(tuple(_interface("begins")))):
            kept.append(raw)
    return kept


@cache
def _interface(which: str, letters: int | None = None) -> frozenset[str]:
    return frozenset(words[:letters] for words in read_lexicon("interface_words")[which].replace("\n", "|").split("|") if words)


def _raw_lines(text: str, first_number: int) -> list[_RawLine]:
    raws: list[_RawLine] = []
    mark = ""
    repeated = _repeated_pictures(text)
    is_inline = text.count("•") + text.count("·") >= _FEWEST_INLINE
    for number, written in _number_lines(text, first_number):
        line = _QUOTING.sub("", written, count=1) if written.lstrip()[:1] == ">" else written
        stripped = line.strip()
        if stripped in _LONE_MARKS:
            mark = "- "
            continue
        whole, stripped = (mark + stripped,) * 2 if mark and stripped[:1] not in _NO_ITEM else (line, stripped)
        mark = ""
        if not stripped or (stripped[0] in _RULE_MARKS and stripped[-1] in _RULE_MARKS and _RULE.match(whole)):
            if raws:
                raws[-1].hard_end = True
            continue
        hard_end = whole.endswith(_HARD_ENDS)
        if (is_inline or len(stripped) >= _GLUED_FROM) and (items := _split_line(stripped, text)):
            raws += [_RawLine(number, words, kind, 0, hard_end=True) for kind, words in items]
            continue
        mark_of = _BULLET if stripped[0] in _BULLET_SIGNS else _PICTURE_BULLET if stripped[0] in repeated else None
        bullet = mark_of.match(whole) if mark_of else None
        raws.append(_RawLine(number, stripped, PROSE, 0, hard_end) if bullet is None else _raw_bullet(number, bullet, hard_end=hard_end))
    return raws


_PICTURE = compile_later(r"[^\x00-\u218f](?<=[\u2190-\u2bff\U0001F300-\U0001FAFF])")  # one range is quicker to look for than two
_PICTURED = compile_later(r"\s*(?:([\u2190-\u2bff\U0001F300-\U0001FAFF])\ufe0f?[ \t]*(?=\w)|\S)")
_PICTURE_BULLET = compile_later(r"(?P<indent>[ \t]*)(?P<mark>\S\ufe0f?)(?P<tight>)[ \t]*(?=\w)")


def _repeated_pictures(text: str) -> frozenset[str]:
    """Return the pictures that lines below each other begin with: they mark bullets; one alone tells what its line is about."""
    found = (
        ()
        if text.isascii() or _PICTURE.search(text) is None
        else (begun[1] for line in text.split("\n") if (begun := _PICTURED.match(line)))
    )
    return frozenset(sign for sign, below in pairwise(found) if sign is not None and sign == below)


def _raw_bullet(number: int, bullet: re.Match[str], *, hard_end: bool) -> _RawLine:
    words = bullet.string[bullet.end() :]
    inner = _SECOND_MARK.match(words) if words[0] in _SECOND_SIGNS else None
    depth = _depth(bullet["indent"] or bullet["tight"] or "")
    return _RawLine(number, (words[inner.end() :] if inner else words).strip(), BULLET, depth + 1 if inner else depth, hard_end)


def _depth(indent: str) -> int:
    return min(len(indent.expandtabs(4)) // 2, 8) if indent else 0


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
        line.kind is PROSE
        and not before.hard_end
        and len(last_piece) >= _WRAPPED_AT
        and last_piece[-1] not in ".!?:"
        and (line.raw[0].islower() or line.raw[0].isdigit() or line.raw[0] in "(,$€£&" or _is_open(last_piece, line.raw))
        and not (_DEMAND.match(line.raw) or _GAP.search(last_piece))
    )


def _is_open(piece: str, following: str) -> bool:
    """Tell whether a long line stops in the middle of a sentence; short lines after it, as in addresses, stand alone."""
    return len(following) >= _GOES_ON_FROM and _OPEN_END.search(piece) is not None


class _Path:
    """The headings above a line, outermost first, with their levels."""

    def __init__(self) -> None:
        self.words: tuple[str, ...] = ()
        self._levels: list[int] = []

    def end(self, level: int) -> None:
        """End the headings of a level and deeper."""
        levels = self._levels
        if not levels or levels[-1] < level:
            return
        while levels and levels[-1] >= level:
            levels.pop()
        self.words = self.words[: len(levels)]

    def add(self, level: int, words: str) -> None:
        """Begin a heading below those that are open."""
        self._levels.append(level)
        self.words = (*self.words, words)


def _under_headings(raws: list[_RawLine]) -> Iterator[Line]:
    """
    Give each line the headings above it; a heading ends those of its own level and deeper.

    A label stands under an unmarked heading only where it follows it at once, and so do the labels after that one.
    """
    path = _Path()
    apart, nests = True, False
    last: int | None = None
    for raw, after in zip_longest(raws, raws[1:]):
        marked = read_markup(HASHES.sub("", raw.raw, count=1) if raw.kind is PROSE and raw.raw[0] == "#" else raw.raw)
        if not marked.plain or marked.plain.isspace():
            continue
        if raw.kind is BULLET:
            path.end(LABEL_LEVEL + 1 + raw.depth)
        heading = _heading_of(raw, marked.plain, after=after)
        if heading is None and raw.kind is PROSE and (apart or raw.hard_end) and after is not None and after.kind is PROSE:
            heading = read_heading_apart(marked.plain, alone=apart and raw.hard_end, before=len(after.raw))
        apart = raw.hard_end
        if heading is None:
            label = _LABEL.match(marked.plain) if ":" in marked.plain[:_LABEL_LONGEST] else None
            yield Line(raw.number, marked, raw.kind, path.words, raw.depth, label[1] if label else None)
            last = None
            continue
        follows = last is not None and last < LABEL_LEVEL
        nests = heading.level > LABEL_LEVEL or (heading.level == LABEL_LEVEL and (follows or nests))
        path.end(heading.level if nests else min(heading.level, PLAIN_LEVEL))
        last = heading.level
        kind = raw.kind if heading.says_something else HEADING
        yield Line(raw.number, marked, kind, path.words, raw.depth)
        path.add(heading.level, heading.words)


def _heading_of(raw: _RawLine, plain: str, *, after: _RawLine | None) -> Heading | None:
    """Return the heading that a line is; a bullet heads only deeper ones."""
    next_bullet_depth = after.depth if after is not None and after.kind is BULLET else None
    if raw.kind is not BULLET:
        return read_heading(raw.raw, plain, bullet_depth=None, next_bullet_depth=next_bullet_depth, is_last=after is None)
    return read_heading(raw.raw, plain, bullet_depth=raw.depth, next_bullet_depth=next_bullet_depth, is_last=False)


def _read_once(lines: Iterable[Line]) -> Iterator[Line]:
    """Leave out a long line that stood before, and a short one that follows the same line as before."""
    seen: set[str] = set()
    seen_after: set[tuple[str, str]] = set()
    before = ""
    for line in lines:
        words = line.folded
        pair = (before, words)
        before = words
        if words in seen if len(words) >= _LONG_ENOUGH_TO_KNOW else pair in seen_after:
            continue
        seen.add(words)
        seen_after.add(pair)
        yield line


# Line breaks that a text lost when it was copied: sentences glued together, lists in one line, columns beside each other.

_BULLET = compile_later(
    r"(?P<indent>[ \t]*)(?P<mark>\\?[*+\-•·●○◦▪■□‣∙–—✓✔➢➤►▶❖✦➔]|o(?=[ \t]{1,8}[A-Z0-9]|[ \t]{2})|\d{1,2}\\?[.)])\ufe0f?[ \t]+(?=\S)"
    r"|(?P<tight>[ \t]*)(?:[•●▪‣✓✔➢](?=\S)|[-–·](?=[A-Z0-9]))"
)
_Numbered = tuple[int, str]
_GLUED = compile_later(  # begins with the sign that sticks to others, as those below: where none is, nothing is looked for before it
    r"[^\x00-/:-@\[-\xbf](?<=[A-ZÀ-Þ\d])(?:(?<=[a-zß-ÿ-][a-zß-ÿ][a-zß-ÿ)].)|(?<=[a-zß-ÿ-][a-zß-ÿ][a-zß-ÿ)][.!?:;].))"
    r"(?:(?<=[A-ZÀ-Þ])(?=[a-zß-ÿ]+(?:[ ,.:’'/-]|$))|(?<=A)(?= [a-z])|(?<=\d)(?=\d?(?:-\d{1,2})?\+? [Yy]ears))"
)
_TIGHT_COLON = compile_later(r":(?=[A-ZÀ-Þ0-9])")
_GLUED_NAME = compile_later(r"(?<![^\W\d_])(?P<left>[A-ZÀ-Þ][a-zß-ÿ]{2,})(?=(?P<right>[A-ZÀ-Þ][a-zß-ÿ]+|[A-Z]{2,3}(?=/))(?:[ ,.:/-]|$))")
_STAR = compile_later(r"\*(?<=[^\s*]\*)(?= [A-ZÀ-Þ])")
_RATE_END = compile_later(r"/(?<=\d/)[HhYy]r(?=[A-ZÀ-Þ])")
_COLON = compile_later(r":(?=\s)")
_GLUED_FROM, _FEWEST_GLUED = 150, 3
"""A line so long with so many sentences stuck together lost its line breaks when it was copied."""

_FEWEST_LABELS, _LABEL_WORDS = 2, 4
"""A long line in which so many sections are named is several; their names are no longer than this."""

_LISTS = frozenset(
    {SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.RESPONSIBILITIES, SectionKind.BENEFITS, SectionKind.TRAITS}
)
_FIELD_LONGEST = 80
"""Lists in such a line may be long; what another name leads in to is a field of the posting, and short."""


def _number_lines(text: str, first_number: int) -> Iterator[_Numbered]:
    """Yield the lines of a text with their numbers, those parted that were copied into one: a lead with its first bullet, columns."""
    numbered = list(enumerate(text.split("\n"), first_number))
    lines = _without_leads(numbered) if _MAY_LEAD.search(text) or " •" in text or " ▪" in text else numbered
    return _without_columns(lines) if "   " in text or "\t" in text else iter(lines)


def _split_line(text: str, whole: str) -> list[tuple[LineKind, str]]:
    """Return the lines that a line of a text (the `whole`) held before its breaks were lost, nothing for a line that lost none."""
    pieces = (_split_glued(text, whole) or _split_labels(text)) if len(text) >= _GLUED_FROM else []
    if not pieces and text.count("•") + text.count("·") < _FEWEST_INLINE:
        return []
    return [item for piece in pieces or [text] for item in _split_bullets(piece) or ([(PROSE, piece)] if pieces else [])]


_MAY_LEAD = compile_later(r":[^\S\n]?[+*•▪-][ \t]")  # cheap: a text without it has no lead that ends with a colon
_LEAD_AND_BULLET = compile_later(r"(?P<lead>[^:\n]{3,160}:|[^:•▪\n]{3,40}(?=[ ][•▪]))\s?(?P<bullet>(?P<sign>[+*•▪-])[ \t]+\S.*)")


def _without_leads(lines: list[_Numbered]) -> list[_Numbered]:
    """Return the lines with their numbers, what leads in to a list parted from its first bullet: "We pay:+ well", "+ weekly"."""
    parted: list[_Numbered] = []
    after = ""
    for number, line in reversed(lines):
        may_lead = after and after[0] in _LEAD_SIGNS and f"{after[0]} " in line and (":" in line or "•" in line or "▪" in line)
        found = _LEAD_AND_BULLET.fullmatch(line) if may_lead else None
        is_lead = found is not None and found["sign"] == after[0] and (found["lead"][-1] == ":" or is_section_name(found["lead"]))
        parted += ((number, found["bullet"]), (number, found["lead"])) if found and is_lead else ((number, line),)
        after = line.lstrip() or after
    return parted[::-1]


_LEAD_SIGNS = frozenset("+*•▪-")
_TWO_CELLS = compile_later(r"[ \t]*(?P<left>\S(?:[^\t]*?\S)??)(?:[ ]{3,}|\t+)(?P<right>\S[^\t]*)")
_FEWEST_BELOW, _MOST_ROWS = 2, 60
"""Rows with a right cell, below the first, that make two columns of lines; rows that are read."""


def _without_columns(lines: list[_Numbered]) -> Iterator[_Numbered]:
    """
    Yield the lines with two columns that were copied beside each other below each other, the left one first.

    >>> rows = enumerate(("Duties    Benefits", "- Bake    - Bread", "- Clean   - Rolls"))
    >>> [line.strip() for _, line in _without_columns(list(rows))]
    ['Duties', '- Bake', '- Clean', 'Benefits', '- Bread', '- Rolls']
    """
    at = 0
    while at < len(lines):
        rows = _read_columns(lines, at) if "   " in lines[at][1] or "\t" in lines[at][1] else ()
        for side in (0, 1) if rows else ():
            # A cell goes on in no other row: its words would not stand in the text as they do together.
            yield from ((number, f"{cells[side]}  ") for (number, _), cells in zip(lines[at:], rows, strict=False))
        if not rows:
            yield lines[at]
        at += len(rows) or 1


def _read_columns(lines: Sequence[_Numbered], at: int) -> list[tuple[str, str]]:
    """Return the cells of the rows from a place on, where they begin with two headings or bullets beside each other; none elsewhere."""
    first = _TWO_CELLS.fullmatch(lines[at][1])
    if first is None or first["left"].endswith(":"):
        return []
    named = [is_section_name(first[side].rstrip(":")) for side in ("left", "right")]
    if not any(named) and not all(_BULLET.match(first[side]) for side in ("left", "right")):
        return []
    column, width = first.start("right"), 0
    rows: list[tuple[str, str]] = []
    for _, line in lines[at : at + _MOST_ROWS]:
        cells = _cells_at(line, column)
        if cells is None:
            break
        rows.append(cells)
        width = len(rows) if cells[1] else width
    below = [cells for cells in rows[1:width] if cells[1]]
    are_bullets = bool(below) and all(_BULLET.match(cell) for cell in below[0])
    return rows[:width] if (all(named) or are_bullets) and len(below) >= _FEWEST_BELOW - (not any(named)) else []


def _cells_at(line: str, column: int) -> tuple[str, str] | None:
    """Return what stands left and right of a column, or between tabs; None for a line that goes on across it."""
    if "\t" in line.strip():
        left, _, right = line.rstrip().rpartition("\t")
        return (left.rstrip(), right.strip()) if "\t" not in left.strip() else None
    left, right = line[:column], line[column:]
    return (left.rstrip(), right.strip()) if not right.strip() or not left.strip() or left.endswith("  ") else None


_FEWEST_INLINE, _ITEM_LONG = 2, 40
_INLINE = compile_later(r"•+|·(?=\s)")
_LEAD_BEHIND = compile_later(r"(?<=[.;!?])\s+(?=[A-ZÀ-Þ¿][^.:;!?]{2,40}:$)")


def _split_bullets(text: str) -> list[tuple[LineKind, str]]:
    """
    Return the items that stand in one line behind what leads in to them, each lead too; nothing of another line, as one of a head.

    >>> [words for _, words in _split_bullets("You do: • bake • clean. We pay: • well")]
    ['You do:', 'bake', 'clean.', 'We pay:', 'well']
    >>> _split_bullets("Acme • Lyon • Remote")
    []
    """
    lead, *items = map(str.strip, _INLINE.split(text))
    is_long = len(items) > _FEWEST_INLINE and (not lead or sum(map(len, items)) > _ITEM_LONG * len(items))
    if len(items) < _FEWEST_INLINE or not (lead.endswith(":") or is_long or is_section_name(lead)):
        return []
    found = [(PROSE, lead)] if lead else []
    for item in items:
        parted = _LEAD_BEHIND.split(item, maxsplit=1)
        found += [(kind, words) for kind, words in zip((BULLET, PROSE), parted, strict=False) if words]
    return found


def _split_labels(text: str) -> list[str]:
    """
    Return the parts of a text of one line in which several sections begin with their names, nothing for another text.

    >>> _split_labels("Requirements: five years as a cook Nice to have: pastry")
    ['Requirements: five years as a cook', 'Nice to have: pastry']
    """
    labels = [label for colon in _COLON.finditer(text) if (label := _label_before(text, colon.start())) is not None]
    marked = [*labels, (len(text), None)]
    cuts = [start for (start, kind), (end, _) in pairwise(marked) if kind in _LISTS or end - start <= _FIELD_LONGEST]
    if len(cuts) < _FEWEST_LABELS:
        return []
    return [piece for start, end in pairwise(sorted({0, *cuts, len(text)})) if (piece := text[start:end].strip())]


def _label_before(text: str, colon: int) -> tuple[int, SectionKind | None] | None:
    """Return where the name of a section begins that ends at a colon, and what it says; None where none does."""
    before = text[max(0, colon - _LABEL_LONGEST) : colon].split()
    for length in range(min(_LABEL_WORDS, len(before)), 0, -1):
        words = " ".join(before[-length:])
        if words[0].isupper() and is_section_name(words):
            start = text.rfind(words, 0, colon)
            return (start, read_section_kind(words)) if start >= 0 else None
    return None


def _split_glued(text: str, whole: str = "") -> list[str]:
    """
    Return the lines of a text that was pasted without its line breaks, nothing for another; `whole` is what it stands in.

    >>> _split_glued("We need a cook.Good with peopleAble to liftHonest and kindFast")
    ['We need a cook.', 'Good with people', 'Able to lift', 'Honest and kind', 'Fast']
    """
    cuts = [at for glued in _GLUED.finditer(text) if not (_is_spelt_so(text, at := glued.start()) or _is_again(text, at, whole))]
    stars = [cut.start() for cut in _STAR.finditer(text)] if "*" in text else []
    stars += [cut.end() for cut in _RATE_END.finditer(text)] if "/" in text else []
    if len(cuts) + len(stars) < _FEWEST_GLUED:
        return []
    found = (glued for glued in _GLUED_NAME.finditer(text) if are_two_words(glued["left"], glued["right"]))
    names = [glued.end() for glued in found if not _is_again(text, glued.end(), whole)]
    sections = (at for glued in _HUMP.finditer(text) for at in _ends_of_name(text, glued.end()))
    pieces = (text[start:end].strip(" *") for start, end in pairwise(sorted({0, *cuts, *stars, *names, *sections, len(text)})))
    return [part for piece in pieces for part in _part_label(piece) if part]


def _ends_of_name(text: str, at: int) -> tuple[int, ...]:
    """Return where a section's name begins and ends to which the words on either side stick: "tax officeBenefitsTwo"."""
    words = text[max(0, at - _LABEL_LONGEST) : at].split()[-_LABEL_WORDS:]
    for first in range(len(words)):
        begin = _CAPITALISED_END.search(words[first]) if first == len(words) - 1 else _CAPITALISED_START.search(words[first])
        name = " ".join((begin[0], *words[first + 1 :])) if begin else ""
        if name and is_section_name(name) and read_section_kind(name) in _LISTS - {SectionKind.TRAITS}:
            start = text.rfind(name, 0, at)
            return (start, at) if text[start - 1 : start] != " " or text[max(0, start - 4) : start].rstrip()[-1:] in ".!?:;)" else ()
    return ()


def _part_label(piece: str) -> tuple[str, ...]:
    """Part a section's name from the words that stick to its colon: "Needs:Five years"."""
    colon = _TIGHT_COLON.search(piece, 0, _LABEL_LONGEST)
    return (piece[: colon.end()], piece[colon.end() :]) if colon and is_section_name(piece[: colon.start()]) else (piece,)


def _is_again(text: str, at: int, whole: str) -> bool:
    """Tell whether two words that stand together stand so in the whole text again, as a name does."""
    left, right = _CAPITALISED_END.search(text, max(0, at - _LABEL_LONGEST), at), _CAPITALISED.match(text, at)
    return left is not None and right is not None and whole.count(left[0] + right[0]) > 1


_CAPITALISED = compile_later(r"[A-ZÀ-Þ][a-zß-ÿ]+")
_CAPITALISED_END = compile_later(r"[A-ZÀ-Þ][a-zß-ÿ]+$")
_CAPITALISED_START = compile_later(r"(?:^|(?<=[a-zß-ÿ.)]))[A-ZÀ-Þ][a-zß-ÿ]*(?:['’][a-z]{1,3})?$")
_HUMP = compile_later(r"(?<=[a-zß-ÿ]{3})(?=[A-ZÀ-Þ0-9])")


def _is_spelt_so(text: str, at: int) -> bool:
    """Tell whether a capital inside a word belongs there: "JavaScript", and any name that begins with one."""
    start = text.rfind(" ", 0, at) + 1
    if text[start : start + 1].isupper() and text[at - 1].isalpha():
        return True
    end = text.find(" ", at)
    word = text[start : end if end >= 0 else len(text)].strip(".,;:()/").casefold()
    return word in spelt_with_capitals() or "/" in word or "@" in word
