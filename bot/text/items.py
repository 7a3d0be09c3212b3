"""The items of a posting's lists: what it asks for, what is welcome, what one does, what it offers."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from bot.text.document import Document, Line, read_once
from bot.text.item_wording import is_about_pay, is_offer, names_years, read_wording
from bot.text.list_kind import LEAST_LIST, ask_for_what_stands_out, find_list_kind, swap_headings
from bot.text.paragraphs import LONG_PARAGRAPH, find_duties, kind_of_stray, list_lines, prose_items
from bot.text.phrases import split_words
from bot.text.preference import is_asked_for, is_only_preferred
from bot.text.section_kind import BENEFITS, PREFERRED, REQUIREMENTS, RESPONSIBILITIES, ROLE, SectionKind
from bot.text.sections import LISTED, Section, split_sections

_AMOUNTS = re.compile(
    r"[^$£€]{0,60}(?:[$£€]|\b[A-Z]{3})\s?\d[\d.,]{0,12}\s?[kK]?(?:\s?(?:/|per)\s?\w{1,6})?\s?(?:-|–|—|to)\s?[A-Z$£€]{0,4}\s?\d"
)


class Item(NamedTuple):
    """One line that is an item, and of which list."""

    kind: SectionKind
    line: Line


def items_of(document: Document, *kinds: SectionKind) -> tuple[Line, ...]:
    """Return the lines of a document that are items of these kinds, in its order."""
    return tuple(item.line for item in read_items(document) if item.kind in kinds)


@read_once
def read_items(document: Document) -> tuple[Item, ...]:
    """Return the items of a document's lists, in its order; what is in no list is not among them."""
    sections = list(split_sections(document))
    swap_headings(sections)
    ask_for_what_stands_out(sections)
    items = tuple(_items_among(sections))
    if any(item.kind is RESPONSIBILITIES for item in items) or not _name_duties(sections):
        return items
    return tuple(_items_among(sections))


def _items_among(sections: list[Section]) -> Iterator[Item]:
    headed = frozenset(section.kind for section in sections if section.kind in LISTED and section.has_bullets)
    seen: set[tuple[SectionKind, str]] = set()
    last: SectionKind | None = None
    for section, after in zip_longest(sections, sections[1:]):
        going_on = last if section.kind is None else None
        leads = after is not None and after.kind == section.kind and after.path[: len(section.path)] == section.path and after.has_bullets
        last = section.kind
        for kind, line in _items_in(section, headed - {going_on}, going_on=going_on, leads=leads):
            last = kind if section.kind is None else last
            key = kind, line.folded
            if key not in seen:
                seen.add(key)
                yield Item(kind=kind, line=line)


def _name_duties(sections: list[Section]) -> bool:
    """Where no list holds the duties, take for them what the description of the job says that one will do; False where it says nothing."""
    told = [(section, duties) for section in sections if section.kind is ROLE and (duties := find_duties(section))]
    for section, duties in told:
        section.kind, section.own, section.lines = RESPONSIBILITIES, True, duties
    return bool(told)


def _items_in(
    section: Section, headed: frozenset[SectionKind | None], *, going_on: SectionKind | None, leads: bool
) -> Iterator[tuple[SectionKind, Line]]:
    """Yield the items of a section with their kinds, in order; one that leads in to a list holds none of its own."""
    listed = list_lines(section)
    kind = find_list_kind(section, listed, headed=headed)
    if kind is None and len(listed) == 1 and read_wording(listed[0].text) is going_on:
        kind = going_on
    chosen = {line.number: kind for line in listed} if kind is not None else {}
    if section.kind in LISTED and kind == section.kind and not (leads and len(section.lines) <= LEAST_LIST):
        chosen |= dict.fromkeys((line.number for line in prose_items(section, headed)), section.kind)
    for line in section.lines:
        own = chosen.get(line.number) if line.number in chosen else kind_of_stray(line)
        if own is not None and not (own is BENEFITS and _is_amount(line.text)):
            yield _weigh(own, line.text), line


def _weigh(kind: SectionKind, text: str) -> SectionKind:
    """Return which list a line belongs to: years and "is a plus" come before its heading."""
    if kind is RESPONSIBILITIES and names_years(text):
        kind = REQUIREMENTS
    if kind is REQUIREMENTS and is_only_preferred(text):
        return PREFERRED
    return REQUIREMENTS if kind is PREFERRED and is_asked_for(text) else kind


def _is_amount(text: str) -> bool:
    """Tell whether a line under benefits states the pay."""
    if _AMOUNTS.match(text):
        return True
    states = any(map(str.isdigit, text)) or len(text) > LONG_PARAGRAPH
    return states and is_about_pay(words := split_words(text)) and not is_offer(words)
