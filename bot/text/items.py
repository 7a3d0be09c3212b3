"""The items of a posting's lists: what it asks for, what is welcome, what one does, what it offers."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from bot.text.document import PROSE, Document, Line, read_once
from bot.text.headings import (
    BENEFITS,
    PREFERRED,
    REQUIREMENTS,
    RESPONSIBILITIES,
    ROLE,
    TRAITS,
    SectionKind,
    is_section_name,
    read_section_kind,
)
from bot.text.lexicon import holds_any, split_words
from bot.text.sections import (
    LEAST_LIST,
    LISTED,
    PAYING,
    SHARE,
    Section,
    ask_for_what_stands_out,
    find_list_kind,
    fits_kind,
    split_sections,
    swap_headings,
)
from bot.text.wording import (
    asks_something,
    count_offers,
    is_about_pay,
    is_asked_for,
    is_closing,
    is_legal,
    is_offer,
    is_only_preferred,
    names_years,
    read_wording,
)

# Paragraphs that are items: where a section has no bullets, beside them, or in any place by their own words.

LABEL_WORDS = 3
"""A bullet of so few words with a colon behind them is a label."""

LONG_PARAGRAPH = 180
"""Characters: a paragraph that is longer than this may be talk around a list, so its wording must speak for it."""

_HASHTAGS = re.compile(r"#\S+(?:\s+#\S+)*$")
_AND_MORE = re.compile(r"\W{0,3}(?:and|plus)?\s?(?:so |much |many |lots |a lot )?more\W{0,3}$", re.IGNORECASE)
_OFFER_CUES = ("dental", "medical", "vision", "401", "insurance", "paid", "leave")
"""A sentence that lists benefits holds one of these words; most paragraphs hold none and are passed by."""

_DUTY = re.compile(
    r"(?:^|[.!?]\s{1,2})(?:(?:as|in|for|on|with) [^.!?]{2,120}?,? )?(?:you(?:['’]ll| will)"
    r"(?! (?:be (?:an? )?part|be (?:joining|able|just|reporting)|join|report|have|get (?!to)|need|love|find|receive|also have|enjoy)\b)"
    r"|you are responsible for|we expect you to|your (?:primary|main) (?:focus|responsibilit)|your day begins"
    r"|responsibilities (?:will )?include\b)",
    re.IGNORECASE,
)
_TALKED_AROUND = frozenset({RESPONSIBILITIES, BENEFITS})
"""Lists that come with paragraphs of the same wording: what the team does, how pay is set."""

_TALK = 400
"""Characters of a paragraph under benefits for which it must name one more of them."""

_TO_ANYONE = frozenset({"we", "our", "as", "at", "in", "the"})
"""A paragraph that begins so tells what the employer looks for: an item where it names years or a degree."""

_DANGLING = frozenset({"with", "in", "including", "of", "for"})


def says_something(text: str) -> bool:
    """Tell whether a line is more than a label, a hashtag, signs or "and more"."""
    words = text.split(None, LABEL_WORDS + 1)
    if len(words) <= LABEL_WORDS and (
        text.rstrip("*_ ").endswith(":") or (words and words[-1].casefold() in _DANGLING) or _AND_MORE.match(text)
    ):
        return False
    return any(map(str.isalnum, text)) and (text.lstrip()[0] != "#" or _HASHTAGS.match(text.strip()) is None)


def list_lines(section: Section) -> list[Line]:
    """Return a section's bullets; where paragraphs stand for them, as under pay and reasons to join, those if they are short."""
    bullets = [line for line in section.bullets if says_something(line.text)]
    if bullets or section.kind not in PAYING:
        return bullets
    lines = [line for line in section.lines if len(line.text) <= 2 * LONG_PARAGRAPH and _is_of_list(line)]
    short = sum(len(line.text) <= LONG_PARAGRAPH for line in lines)
    return lines if short > LEAST_LIST and short >= SHARE * len(section.lines) else []


def _is_of_list(line: Line) -> bool:
    return says_something(line.text) and not is_closing(split_words(line.text))


def find_duties(section: Section) -> list[Line]:
    """Return the paragraphs of a description of the job that say what one will do."""
    return [line for line in section.lines if _DUTY.search(line.text)]


def prose_items(section: Section, headed: frozenset[SectionKind | None]) -> Iterator[Line]:
    """Yield the paragraphs of a listed section that are items: all where it has no bullets, up to its closing words."""
    beside = section.has_bullets or not section.own
    for line in section.lines:
        if line.kind is not PROSE or not says_something(line.text):
            continue
        words = split_words(line.text)
        if is_closing(words) or (is_about_pay(words) and not is_offer(words)):
            beside = True
        elif _stands_beside(section.kind, line) if beside else _stands_alone(section.kind, line, words, headed):
            yield line


def _stands_beside(kind: SectionKind | None, line: Line) -> bool:
    """Tell whether a paragraph beside bullets is one of them: it begins with a picture, or is a short one of their wording."""
    if unicodedata.category(line.text.lstrip()[0]) == "So":
        return True
    return kind not in _TALKED_AROUND and len(line.text) <= LONG_PARAGRAPH and fits_kind(kind, read_wording(line.text))


def _stands_alone(kind: SectionKind | None, line: Line, words: list[str], headed: frozenset[SectionKind | None]) -> bool:
    """Tell whether a paragraph where no bullets are is an item: a short one is, a long one by its wording."""
    of_anyone = words[0] in _TO_ANYONE
    if kind is RESPONSIBILITIES and kind in headed:
        return read_wording(line.text) is kind and len(line.text) <= LONG_PARAGRAPH
    if len(line.text) <= LONG_PARAGRAPH and not (of_anyone and kind is REQUIREMENTS):
        return True
    if kind is BENEFITS:
        return count_offers(words) >= LEAST_LIST + len(line.text) // _TALK
    return kind is RESPONSIBILITIES or asks_something(words, of_anyone=of_anyone) or line.marked.raw.startswith("**")


def kind_of_stray(line: Line) -> SectionKind | None:
    """Return what a paragraph in any place is: `Requirements: ...` by its label, a sentence that lists benefits by its wording."""
    if line.label is not None and is_section_name(line.label):
        kind = read_section_kind(line.label)
        if kind is TRAITS and asks_something(split_words(line.text), of_anyone=True):
            return REQUIREMENTS
        return kind if kind in LISTED else None
    if line.kind is not PROSE:
        return None
    if not holds_any(line.text, _OFFER_CUES):
        return None
    words = split_words(line.text)
    return BENEFITS if is_offer(words) and not is_legal(words) else None


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
    chosen = {id(line): kind for line in listed} if kind is not None else {}
    if section.kind in LISTED and kind == section.kind and not (leads and len(section.lines) <= LEAST_LIST):
        chosen |= dict.fromkeys(map(id, prose_items(section, headed)), section.kind)
    for line in section.lines:
        own = chosen.get(id(line)) if id(line) in chosen else kind_of_stray(line)
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
