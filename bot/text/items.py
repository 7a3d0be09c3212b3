"""The items of a posting's lists: what it asks for, what is welcome, what one does, what it offers."""

import re
import unicodedata
import weakref
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.text.clean import fold_space
from bot.text.document import Document, Line, LineKind
from bot.text.item_wording import asks_something, count_offers, is_about_pay, is_closing, is_legal, is_offer, read_wording
from bot.text.phrases import split_words
from bot.text.preference import is_asked_for, is_only_preferred
from bot.text.section_kind import SectionKind, is_section_name, read_section_kind
from bot.text.sections import LISTED, Section, split_sections

_LABEL_WORDS = 3
"""A bullet of so few words with a colon behind them is a label."""

_LEAST_LIST = 2
"""Bullets that an unnamed list needs at least to be told by its wording."""

_SHARE = 0.6
"""Of the bullets of an unnamed list, how many must be worded alike; at a half, lists of company facts came in."""

_CONTRARY_SHARE = 0.75
"""Of the bullets under a heading that says nothing, how many must contradict the heading above it."""

_FEW = 0.34
"""Offers are worded in so many ways that fewer of them tell, where as few fit the heading above."""

_MIXED_SHARE = 0.4
"""The same in a description of the job where the requirements have their own heading."""

_LONG_PARAGRAPH = 180
"""Characters: a paragraph that is longer than this may be talk around a list, so its wording must speak for it."""

_HASHTAGS = re.compile(r"#\S+(?:\s+#\S+)*$")
_AMOUNTS = re.compile(r"[^$£€]{0,40}[$£€]\s?\d[\d.,]{0,12}\s?[kK]?(?:\s?(?:/|per)\s?\w{1,6})?\s?(?:-|–|—|to)\s?[A-Z$£€]{0,4}\s?\d")
_OFFER_CUE = re.compile(r"\b(?:dental|medical|vision|401|insurance|paid|leave)", re.IGNORECASE)
"""A sentence that lists benefits holds one of these words; most paragraphs hold none and are passed by."""

_DUTY = re.compile(
    r"You(?:['’]ll| will)(?! (?:be part|be joining|join|report|have|get|need|love|find|receive|be a part|be able|be just)\b)", re.IGNORECASE
)

_OPEN = frozenset({None, SectionKind.ROLE})
_PAYING = frozenset({SectionKind.PAY, SectionKind.WHY})
"""Headings whose lists are offers where their wording says so."""

_OFFERS_AMONG = {SectionKind.PAY: 0.5, SectionKind.WHY: 0.2}
"""Of the lines of such a list, how many must name a benefit: reasons to join come with many other words."""

_TALKED_AROUND = frozenset({SectionKind.RESPONSIBILITIES, SectionKind.BENEFITS})
"""Lists that come with paragraphs of the same wording: what the team does, how pay is set."""

_TALK = 400
"""Characters of a paragraph under benefits for which it must name one more of them."""

_TO_ANYONE = frozenset({"we", "our", "as", "at", "in", "the"})
"""A paragraph that begins so tells what the employer looks for: an item where it names years or a degree."""

_DANGLING = frozenset({"with", "in", "including", "of", "for"})


@dataclass(frozen=True, slots=True)
class Item:
    """One line that is an item, and of which list."""

    kind: SectionKind
    line: Line


class _Last:
    """What was read last: five topics ask for the items of one document, one after the other."""

    reading: "tuple[weakref.ref[Document], tuple[Item, ...]] | None" = None


def items_of(document: Document, *kinds: SectionKind) -> tuple[Line, ...]:
    """Return the lines of a document that are items of these kinds, in its order."""
    return tuple(item.line for item in read_items(document) if item.kind in kinds)


def read_items(document: Document) -> tuple[Item, ...]:
    """Return the items of a document's lists, in its order; what is in no list is not among them."""
    if _Last.reading is not None and _Last.reading[0]() is document:
        return _Last.reading[1]
    items = tuple(_find_items(document))
    _Last.reading = weakref.ref(document), items
    return items


def _find_items(document: Document) -> list[Item]:
    sections = list(split_sections(document))
    items = list(_items_among(sections))
    if any(item.kind is SectionKind.RESPONSIBILITIES for item in items):
        return items
    return list(_items_among(_name_duties(sections)))


def _items_among(sections: list[Section]) -> Iterator[Item]:
    headed = frozenset(section.kind for section in sections if section.kind in LISTED and section.bullets)
    seen: set[tuple[SectionKind, str]] = set()
    for before, section, after in zip((None, *sections), sections, (*sections[1:], None), strict=False):
        going_on = before.kind if before is not None and section.kind is None else None
        leads = after is not None and after.kind == section.kind and after.path[: len(section.path)] == section.path and bool(after.bullets)
        for kind, line in _items_in(section, headed - {going_on}, leads=leads):
            key = kind, fold_space(line.text).casefold()
            if key not in seen:
                seen.add(key)
                yield Item(kind=kind, line=line)


def _name_duties(sections: list[Section]) -> list[Section]:
    """Where no list holds the duties, take for them what the description of the job says that one will do."""
    told = [section for section in sections if section.kind is SectionKind.ROLE and not section.bullets]
    for section in told:
        duties = [line for line in section.lines if _DUTY.match(line.text)]
        if duties:
            section.kind, section.own, section.lines = SectionKind.RESPONSIBILITIES, True, duties
    return sections


def _items_in(section: Section, headed: frozenset[SectionKind | None], *, leads: bool) -> Iterator[tuple[SectionKind, Line]]:
    """Yield the items of a section with their kinds, in order; one that leads in to a list holds none of its own."""
    listed = _list_lines(section)
    kind = _kind_of_list(section, listed, headed)
    chosen = {line.number: kind for line in listed} if kind is not None else {}
    if section.kind in LISTED and kind == section.kind and not (leads and len(section.lines) <= _LEAST_LIST):
        chosen |= dict.fromkeys((line.number for line in _prose_items(section, headed)), section.kind)
    for line in section.lines:
        own = chosen.get(line.number) if line.number in chosen else _kind_of_stray(line)
        if own is not None and not (own is SectionKind.BENEFITS and _is_amount(line.text)):
            yield _weigh(own, line.text), line


def _weigh(kind: SectionKind, text: str) -> SectionKind:
    """Return which of the two lists of abilities a line belongs to: its own words come before its heading."""
    if kind is SectionKind.REQUIREMENTS and is_only_preferred(text):
        return SectionKind.PREFERRED
    return SectionKind.REQUIREMENTS if kind is SectionKind.PREFERRED and is_asked_for(text) else kind


def _list_lines(section: Section) -> list[Line]:
    """Return a section's bullets; where paragraphs stand for them, as under pay and reasons to join, those if they are short."""
    bullets = [line for line in section.bullets if _says_something(line.text)]
    if bullets or section.kind not in _PAYING:
        return bullets
    lines = [line for line in section.lines if len(line.text) <= 2 * _LONG_PARAGRAPH and _is_of_list(line)]
    short = sum(len(line.text) <= _LONG_PARAGRAPH for line in lines)
    return lines if short > _LEAST_LIST and short >= _SHARE * len(section.lines) else []


def _is_of_list(line: Line) -> bool:
    return _says_something(line.text) and not is_closing(split_words(line.text))


def _kind_of_list(section: Section, listed: Sequence[Line], headed: frozenset[SectionKind | None]) -> SectionKind | None:
    """Return which list a section's bullets are: by its heading, else by how most of them are worded."""
    kind = section.kind
    if kind in LISTED:
        is_clear = section.own or len(listed) <= _LEAST_LIST
        return kind if is_clear else _contrary_of(kind, listed) or kind
    if len(listed) < _LEAST_LIST:
        return None
    if kind in _OPEN | {SectionKind.COMPANY} and _share_that_asks(listed) >= _CONTRARY_SHARE:
        return SectionKind.REQUIREMENTS
    if kind in _PAYING:
        return SectionKind.BENEFITS if _share_of_offers(listed) >= _OFFERS_AMONG[kind] else None
    return None if section.own and kind not in _OPEN else _kind_by_wording(kind, listed, headed)


def _kind_by_wording(kind: SectionKind | None, listed: Sequence[Line], headed: frozenset[SectionKind | None]) -> SectionKind | None:
    """Return which list unnamed bullets are by their wording, unless a heading names another list of that kind."""
    duties = SectionKind.RESPONSIBILITIES
    if (
        kind is SectionKind.ROLE
        and duties not in headed
        and SectionKind.REQUIREMENTS in headed
        and _share_worded(listed, duties) >= _MIXED_SHARE
    ):
        return duties
    worded = _common_wording(listed, _SHARE if kind in _OPEN else _CONTRARY_SHARE)
    return worded if worded in LISTED and worded not in headed else None


def _contrary_of(kind: SectionKind | None, listed: Sequence[Line]) -> SectionKind | None:
    """Return what a list under a silent heading is by its wording, where that is clearly not what the heading above it says."""
    wordings = Counter(read_wording(line.text) for line in listed)
    common, count = wordings.most_common(1)[0]
    if common not in LISTED or _is_of(kind, common):
        return None
    fitting = sum(times for worded, times in wordings.items() if _is_of(kind, worded))
    is_offered = common is SectionKind.BENEFITS and fitting <= _FEW * len(listed)
    return common if count >= (_FEW if is_offered else _CONTRARY_SHARE) * len(listed) else None


def _common_wording(lines: Sequence[Line], share: float) -> SectionKind | None:
    kind, count = Counter(read_wording(line.text) for line in lines).most_common(1)[0]
    return kind if count >= share * len(lines) else None


def _share_worded(lines: Sequence[Line], kind: SectionKind) -> float:
    return sum(read_wording(line.text) is kind for line in lines) / len(lines)


def _share_that_asks(lines: Sequence[Line]) -> float:
    """Return how many of the lines are worded as requirements and name what is asked for."""
    asking = (line for line in lines if asks_something(split_words(line.text), of_anyone=False))
    return sum(read_wording(line.text) is SectionKind.REQUIREMENTS for line in asking) / len(lines)


def _share_of_offers(lines: Sequence[Line]) -> float:
    return sum(count_offers(split_words(line.text)) > 0 for line in lines) / len(lines)


def _is_of(kind: SectionKind | None, worded: SectionKind | None) -> bool:
    """Tell whether a wording fits a kind of list; what is welcome is worded as a requirement is."""
    return kind == worded or (kind is SectionKind.PREFERRED and worded is SectionKind.REQUIREMENTS)


def _prose_items(section: Section, headed: frozenset[SectionKind | None]) -> Iterator[Line]:
    """Yield the paragraphs of a listed section that are items: all where it has no bullets, up to its closing words."""
    beside = bool(section.bullets) or not section.own
    for line in section.lines:
        if line.kind is not LineKind.PROSE or not _says_something(line.text):
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
    return kind not in _TALKED_AROUND and len(line.text) <= _LONG_PARAGRAPH and _is_of(kind, read_wording(line.text))


def _stands_alone(kind: SectionKind | None, line: Line, words: Sequence[str], headed: frozenset[SectionKind | None]) -> bool:
    """Tell whether a paragraph where no bullets are is an item: a short one is, a long one by its wording."""
    of_anyone = words[0] in _TO_ANYONE
    if kind is SectionKind.RESPONSIBILITIES and kind in headed:
        return read_wording(line.text) is kind and len(line.text) <= _LONG_PARAGRAPH
    if len(line.text) <= _LONG_PARAGRAPH and not (of_anyone and kind is SectionKind.REQUIREMENTS):
        return True
    if kind is SectionKind.BENEFITS:
        return count_offers(words) >= _LEAST_LIST + len(line.text) // _TALK
    return kind is SectionKind.RESPONSIBILITIES or asks_something(words, of_anyone=of_anyone) or line.marked.raw.startswith("**")


def _kind_of_stray(line: Line) -> SectionKind | None:
    """Return what a paragraph in any place is: `Requirements: ...` by its label, a sentence that lists benefits by its wording."""
    if line.kind is not LineKind.PROSE:
        return None
    if line.label is not None and is_section_name(line.label):
        kind = read_section_kind(line.label)
        return kind if kind in LISTED else None
    if _OFFER_CUE.search(line.text) is None:
        return None
    words = split_words(line.text)
    return SectionKind.BENEFITS if is_offer(words) and not is_legal(words) else None


def _says_something(text: str) -> bool:
    """Tell whether a line is more than a label, a hashtag or signs."""
    words = text.split()
    if len(words) <= _LABEL_WORDS and (text.rstrip("*_ ").endswith(":") or (words and words[-1].casefold() in _DANGLING)):
        return False
    return any(map(str.isalnum, text)) and _HASHTAGS.match(text.strip()) is None


def _is_amount(text: str) -> bool:
    """Tell whether a line under benefits states the pay."""
    if _AMOUNTS.match(text):
        return True
    states = any(map(str.isdigit, text)) or len(text) > _LONG_PARAGRAPH
    return states and is_about_pay(words := split_words(text)) and not is_offer(words)
