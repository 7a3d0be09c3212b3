"""The items of a posting's lists: what it asks for, what is welcome, what one does, what it offers."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, takewhile, zip_longest
from statistics import fmean
from typing import NamedTuple

from bot.text.document import BULLET, PROSE, Document, Line, read_once
from bot.text.headings import (
    BENEFITS,
    LEGAL,
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
from bot.text.lexicon import compile_later, holds_any, read_lexicon, split_words
from bot.text.line_model import ClassedLine, LineClass, classify_some, read_line_classes, reasons_of
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
    begins_as_offer,
    count_offers,
    is_about_pay,
    is_amount,
    is_asked_for,
    is_closing,
    is_legal,
    is_offer,
    is_only_preferred,
    is_row_of_demands,
    names_offer,
    names_years,
    read_wording,
)

# Paragraphs that are items: where a section has no bullets, beside them, or in any place by their own words.

LABEL_WORDS = 3
"""A bullet of so few words with a colon behind them is a label."""

LONG_PARAGRAPH = 180
"""Characters: a paragraph that is longer than this may be talk around a list, so its wording must speak for it."""

_HASHTAGS = compile_later(r"#\S+(?:\s+#\S+)*$")
_ADDRESS = compile_later(r"https?://\S+")
_AND_MORE = compile_later(r"\W{0,3}(?:and|plus)?\s?(?:so |much |many |lots |a lot )?more\W{0,3}$", re.IGNORECASE)
_OFFER_CUES = (*("dental", "medical", "vision", "401", "insurance", "paid", "leave"), *read_lexicon("wording")["benefits"]["cues"])
"""A sentence that lists benefits holds one of these words; most paragraphs hold none and are passed by."""

_DUTY = compile_later(
    r"(?:^|[.!?]\s{1,2})(?:(?:as|in|for|on|with|reporting to|working (?:in|with|closely)) [^.!?]{2,120}?,? )?(?:you(?:['’]ll| will)"
    r"(?! (?:be (?:an? )?part|be (?:joining|able|just|reporting)|join|report|have|get (?!to)|need|love|find|receive|also have|enjoy)\b)"
    r"|(?:the|this) (?:[^\s.!?]{1,20} ){1,8}(?:is responsible for|will be responsible for|will report to|reports (?:directly )?to"
    r"|will perform|will serve as)\b"
    r"|you are responsible for|we expect you to|your (?:primary|main) (?:focus|responsibilit)|your day begins"
    r"|responsibilities (?:will )?include\b)",
    re.IGNORECASE,
)
_OTHER_FIELDS = frozenset({OTHER, PAY, LEGAL, PROCESS})
"""What the label of a line says that is no item of the list it stands in."""

_TALKED_AROUND = frozenset({RESPONSIBILITIES, BENEFITS})
"""Lists that come with paragraphs of the same wording, or under a heading of the same name: what the team does, the terms of the job."""

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
    if "://" in text:
        text = _ADDRESS.sub("", text)
    return text[:1].isalnum() or (any(map(str.isalnum, text)) and (text.lstrip()[0] != "#" or _HASHTAGS.match(text.strip()) is None))


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
    if not beside and not (section.kind is BENEFITS and BENEFITS in headed) and _is_list_without_marks(section):
        headed = frozenset()
    talked = False
    for line in section.lines:
        talked = talked and line.kind is PROSE
        is_asking = section.kind is BENEFITS and line.text.rstrip().endswith("?")
        if line.kind is not PROSE or not says_something(line.text) or _is_other_field(line) or is_asking:
            continue
        words = split_words(line.text)
        opening = split_words(line.text[:LONG_PARAGRAPH]) if line is section.lines[0] and section.own else words
        if is_closing(opening) or (is_about_pay(words) and not is_offer(words)):
            beside = True
        elif _stands_beside(section.kind, line, talked=talked) if beside else _stands_alone(section.kind, line, words, headed):
            yield line
        else:
            talked = talked or len(line.text) > LONG_PARAGRAPH


def _is_other_field(line: Line) -> bool:
    """Tell whether a paragraph is a labelled line about something else: the working hours, the seniority, how to apply."""
    return line.label is not None and read_section_kind(line.label) in _OTHER_FIELDS and not names_offer(split_words(line.text))


def _is_list_without_marks(section: Section) -> bool:
    """Tell whether the paragraphs of a section are short ones below each other, as bullets are that lost their marks."""
    return len(section.lines) > LEAST_LIST and all(len(line.text) <= LONG_PARAGRAPH for line in section.lines)


def _stands_beside(kind: SectionKind | None, line: Line, *, talked: bool) -> bool:
    """Tell whether a paragraph beside bullets is one of them: a picture stands before it, or it is short and worded as they are."""
    if not talked and unicodedata.category(line.text.lstrip()[0]) == "So":
        return True
    return kind not in _TALKED_AROUND and len(line.text) <= LONG_PARAGRAPH and fits_kind(kind, read_wording(line.text))


def _stands_alone(kind: SectionKind | None, line: Line, words: list[str], headed: frozenset[SectionKind | None]) -> bool:
    """Tell whether a paragraph where no bullets are is an item: a short one is, a long one by its wording."""
    of_anyone = words[0] in _TO_ANYONE
    if kind is BENEFITS and kind in headed:
        return names_offer(words)
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
    if is_row_of_demands(line.text):
        return REQUIREMENTS
    return BENEFITS if holds_any(line.text, _OFFER_CUES) and _tells_offer(split_words(line.text)) else None


def _tells_offer(words: list[str]) -> bool:
    """Tell whether a paragraph in any place tells what is offered: it opens so and names it, or lists benefits."""
    return (begins_as_offer(words) and names_offer(words)) or (is_offer(words) and not is_legal(words))


class Item(NamedTuple):
    """One line that is an item, and of which list."""

    kind: SectionKind
    line: Line
    told_by: str = "its heading"
    """What told the list: the heading, its own words, or what was learned from other postings."""


def items_of(document: Document, *kinds: SectionKind) -> tuple[Line, ...]:
    """Return the lines of a document that are items of these kinds, in its order."""
    return tuple(item.line for item in read_items(document) if item.kind in kinds)


@read_once
def read_items(document: Document) -> tuple[Item, ...]:
    """Return the items of a document's lists, in its order; what is in no list is not among them."""
    sections, items = _read_by_rules(document)
    items = _retell_tails(document, items)
    learned = _learn_the_rest(document, sections, items)
    if not learned:
        return items
    order = {id(line): at for at, line in enumerate(document.lines)}
    return tuple(sorted((*items, *learned), key=lambda item: order[id(item.line)]))


def _retell_tails(document: Document, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Tell the last ones of a list of duties as requirements where none are headed, and they sound unlike the duties before them."""
    if any(item.kind is REQUIREMENTS for item in items):
        return items
    told: list[Item] = []
    for (kind, _), run in groupby(items, key=lambda item: (item.kind, item.line.headings)):
        every = list(run)
        lines = [item.line for item in every]
        at = _tail_of(document, lines) if kind is RESPONSIBILITIES and len(lines) > 2 * LEAST_LIST else len(lines)
        told += every[:at] + [Item(_weigh(REQUIREMENTS, line.text), line, BY_MODEL) for line in lines[at:]]
    return tuple(told)


def _tail_of(document: Document, lines: Sequence[Line]) -> int:
    """Return where what one must know begins in a list of duties, its end where that is not sure."""
    scores = [read_line_classes(document)[id(line)].scores for line in lines]
    margins = [each[LineClass.DUTY] - each[LineClass.REQUIREMENT] - each[LineClass.PREFERRED] for each in scores]
    cuts = range(LEAST_LIST, len(lines) - LEAST_LIST)
    at = max(cuts, key=lambda cut: fmean(margins[:cut]) - fmean(margins[cut:]))
    return at if fmean(margins[:at]) >= _LIKE_A_DUTY and fmean(margins[at:]) <= -_UNLIKE else len(lines)


_LIKE_A_DUTY, _UNLIKE = 0.4, 0.1


def read_items_by_rules(document: Document) -> tuple[Item, ...]:
    """Return the items that headings and plain wordings tell; the model of lines is trained on these."""
    return _read_by_rules(document)[1]


def explain_lines(document: Document) -> Iterator[tuple[Line, str]]:
    r"""
    Yield what each line of a body was read as, by which rule or model, and why: the heading, or what weighed most.

    >>> from bot.text.lines import read_lines
    >>> document = Document(None, None, None, None, read_lines("## Duties\n* Bake bread"))
    >>> [told for _, told in explain_lines(document)]
    ['responsibilities, by its heading "Duties"']
    """
    items = {id(item.line): item for item in read_items(document)}
    for line in document.statements:
        item = items.get(id(line))
        if item is None or item.told_by == BY_MODEL:
            kind = item.kind.value if item else read_line_classes(document)[id(line)].kind.value
            yield line, f"{kind if item else f'no item ({kind})'}, by {BY_MODEL}: {', '.join(reasons_of(document, line))}"
        else:
            told_by = BY_LEAD if item.told_by == BY_HEADING and read_section_kind(line.heading or "") is None else item.told_by
            yield line, f"{item.kind.value}, by {told_by}" + (f' "{line.heading}"' if told_by == BY_HEADING else "")


def _read_by_rules(document: Document) -> tuple[list[Section], tuple[Item, ...]]:
    sections = list(split_sections(document))
    swap_headings(sections)
    ask_for_what_stands_out(sections)
    items = tuple(_items_among(sections))
    if not any(item.kind is RESPONSIBILITIES for item in items) and _name_duties(sections):
        items = tuple(_items_among(sections))
    return sections, items


def _headed_kinds(sections: list[Section]) -> frozenset[SectionKind | None]:
    return frozenset(section.kind for section in sections if section.kind in LISTED and section.has_bullets)


def _items_among(sections: list[Section]) -> Iterator[Item]:
    headed = _headed_kinds(sections)
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
                named = BY_LABEL if line.label is not None and is_section_name(line.label) else BY_WORDS
                yield Item(kind=kind, line=line, told_by=BY_HEADING if section.kind in LISTED else named)


# What no heading tells: lines read by what was learned of others.

BY_HEADING, BY_LEAD, BY_LABEL, BY_WORDS = "its heading", "what leads in to it", "its label", "its words"
BY_MODEL, IN_PASSING = "the model of lines", "what it asks in passing"
"""What an item's list was told by."""

_KIND_OF = {
    LineClass.REQUIREMENT: REQUIREMENTS,
    LineClass.PREFERRED: PREFERRED,
    LineClass.DUTY: RESPONSIBILITIES,
    LineClass.BENEFIT: BENEFITS,
}
_CLASS_OF = {kind: learned for learned, kind in _KIND_OF.items()}
_SURE_OF_BULLET, _SURE_OF_PROSE, _SURE_IN_ROLE, _SURE_OF_REASON = 0.5, 0.65, 0.65, 0.95
_SURE_OF_OFFER = 0.8
"""What a paragraph needs to be a benefit: where one works and what one is paid sound alike."""

_SURE_BESIDE_BULLET, _SURE_BESIDE_PROSE = 0.9, 0.97
"""Scores that a line's best class needs. On 47 postings of other shapes and 60 of the usual one: lower ones took in talk about the
team, and a line beside a list of its kind under a heading of its own is seldom one more item."""

_FITS_HEADING = 0.25
"""What a paragraph needs to be an item of the list that its own heading names, where that has no bullets."""

_FEWEST_TO_JOIN = 3
_FITS_LIST = 0.1
"""What a bullet needs to be of the kind that most bullets of its list are."""

_SHARED = 0.4
_SOUGHT = frozenset(read_lexicon("wording")["requirements"]["sought"])
_MAIN = frozenset({REQUIREMENTS, RESPONSIBILITIES})


def _learn_the_rest(document: Document, sections: list[Section], items: tuple[Item, ...]) -> list[Item]:
    """Return the items among the lines that the rules leave open; nothing where they leave none."""
    headed = _headed_kinds(sections)
    asks_prose = not headed >= _MAIN
    known = {id(item.line) for item in items}
    seen = {item.line.folded for item in items}
    open_lines = [
        (section, line)
        for section in sections
        if _is_open(section, headed)
        for line in (_before_closing(section) if section.kind in LISTED else section.lines)
        if id(line) not in known and (line.kind is BULLET or asks_prose or section.kind in LISTED) and says_something(line.text)
    ]
    if not open_lines:
        return []
    read_sections = {id(section): section for section, _ in open_lines}.values()
    read = classify_some(document, {id(line) for section in read_sections for line in section.lines})
    found: list[Item] = []
    for section, line in open_lines:
        kind = _learned_kind(section, line, read[id(line)], headed)
        if kind is None or line.folded in seen:
            continue
        run = section.run_of(line) if line.kind is BULLET else []
        alone = bool(run) and not _is_shared(kind, run, read) and not (_is_short(run) and read_wording(line.text) is kind)
        words = split_words(line.text)
        is_other = _is_other_field(line) or _is_term(section, line, read) or (is_about_pay(words) and not is_offer(words))
        is_other = is_other or (kind is BENEFITS and line.text.rstrip().endswith("?"))
        if alone or is_other or is_closing(words):
            continue
        seen.add(line.folded)
        is_learned = section.kind in LISTED or _KIND_OF.get(read[id(line)].kind) is kind
        found.append(Item(_weigh(kind, line.text), line, BY_MODEL if is_learned else BY_WORDS))
    by_line = {id(item.line): item for item in found}
    for section, line in open_lines:
        if id(line) in by_line and line.kind is BULLET and not section.own:
            by_line |= {id(item.line): item for item in _join_the_rest(section.run_of(line), by_line, read)}
    found = list(by_line.values())
    if not any(item.kind is REQUIREMENTS for item in (*items, *found)):
        taken = {id(item.line) for item in found}
        found += [Item(REQUIREMENTS, line, IN_PASSING) for _, line in open_lines if id(line) not in taken and _asks_in_passing(line)]
    return found


def _is_short(bullets: Sequence[Line]) -> bool:
    """Tell whether a list is too short for its lines to bear each other out."""
    return len(bullets) <= _FEWEST_TO_JOIN


def _join_the_rest(run: Sequence[Line], found: Mapping[int, Item], read: Mapping[int, ClassedLine]) -> Iterator[Item]:
    """Yield the bullets of a list that are of its kind after all, where most of the others are."""
    bullets = [line for line in run if says_something(line.text)]
    if len(bullets) < _FEWEST_TO_JOIN:
        return
    common = Counter(found[id(line)].kind for line in bullets if id(line) in found).most_common(1)
    if not common or common[0][1] < SHARE * len(bullets):
        return
    kind = common[0][0]
    for line in bullets:
        told = found.get(id(line))
        is_open = told is None or (told.kind is PREFERRED and kind is REQUIREMENTS)
        fits = is_open and read[id(line)].scores[_CLASS_OF[kind]] >= _FITS_LIST
        if fits and not is_closing(split_words(line.text)) and not _is_other_field(line):
            yield Item(_weigh(kind, line.text), line, BY_MODEL)


def _is_shared(kind: SectionKind, bullets: Sequence[Line], read: Mapping[int, ClassedLine]) -> bool:
    """Tell whether enough bullets of a list are of a kind: one among many of other kinds is none."""
    alike = sum(
        fits_kind(kind, _KIND_OF.get(read[id(line)].kind)) or fits_kind(_KIND_OF.get(read[id(line)].kind), kind) for line in bullets
    )
    return alike >= _SHARED * len(bullets)


def _is_term(section: Section, line: Line, read: Mapping[int, ClassedLine]) -> bool:
    """Tell whether a paragraph that sounds like an offer is the only one under a heading beside what is paid: it tells where one works."""
    own = read[id(line)]
    if section.kind is not None or not section.path or line.kind is not PROSE or own.kind is not LineClass.BENEFIT:
        return False
    beside = {read[id(other)].kind for other in section.lines if other is not line}
    return LineClass.PAY in beside and LineClass.BENEFIT not in beside and own.scores[own.kind] < _SURE_OF_REASON


def _asks_in_passing(line: Line) -> bool:
    """Tell whether a paragraph names years or a degree of the one who is sought, where a posting has no list of requirements."""
    words = split_words(line.text)
    return not _SOUGHT.isdisjoint(words) and asks_something(words, of_anyone=True)


def _before_closing(section: Section) -> Iterator[Line]:
    """Yield a section's lines up to its closing words."""
    first = section.lines[:1]
    yield from first
    yield from takewhile(lambda line: not is_closing(split_words(line.text)), section.lines[1:])


def _is_open(section: Section, headed: frozenset[SectionKind | None]) -> bool:
    """Tell whether the rules leave lines of a section to the model: where its heading is unknown, or heads paragraphs alone."""
    if section.kind in LISTED:
        return not section.own or (not section.has_bullets and section.kind not in headed)
    return section.kind in (None, ROLE, TRAITS) or (section.kind is WHY and BENEFITS not in headed)


def _learned_kind(section: Section, line: Line, read: ClassedLine, headed: frozenset[SectionKind | None]) -> SectionKind | None:
    """Return the list that a line belongs to by what was learned, where that is sure enough for the place where it stands."""
    if section.kind in LISTED and section.own and section.kind not in headed:
        return section.kind if read.scores[_CLASS_OF[section.kind]] >= _FITS_HEADING and not is_legal(split_words(line.text)) else None
    kind = _KIND_OF.get(read.kind)
    is_open = section.kind is None and not section.path and RESPONSIBILITIES not in headed and line.kind is BULLET
    may_be_duty = is_open and read.scores[LineClass.DUTY] >= _FITS_HEADING and read_wording(line.text) is RESPONSIBILITIES
    if may_be_duty and _is_short(section.bullets):
        return RESPONSIBILITIES  # the few lines of a chat's advert
    if kind is None or (section.kind is WHY and kind is not BENEFITS):
        return None
    is_bullet = line.kind is BULLET
    needed = _SURE_OF_BULLET if is_bullet else _SURE_OF_OFFER if kind is BENEFITS else _SURE_OF_PROSE
    if section.kind in (ROLE, TRAITS):
        needed = max(needed, _SURE_IN_ROLE)
    elif section.kind is WHY:
        needed = _SURE_OF_REASON
    if kind in headed:
        needed = _SURE_BESIDE_BULLET if is_bullet else _SURE_BESIDE_PROSE
    return kind if read.scores[read.kind] >= needed else None


def _name_duties(sections: list[Section]) -> bool:
    """Where no list holds the duties, take for them what the description of the job says that one will do; False where it says nothing."""
    told = [(section, duties) for section in sections if section.kind is ROLE and (duties := find_duties(section))]
    if not told:
        told = [(section, duties) for section in sections if section.kind is None and (duties := find_duties(section))]
    for section, duties in told:
        taken = set(map(id, duties))
        rest = [line for line in section.lines if id(line) not in taken]
        sections.append(Section(kind=section.kind, own=section.own, path=section.path, lines=rest))
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
    leads = leads and len(section.lines) <= LEAST_LIST and not any(_asks_in_passing(line) for line in section.lines)
    if section.kind in LISTED and kind == section.kind and not leads:
        chosen |= dict.fromkeys(map(id, prose_items(section, headed)), section.kind)
    for line in section.lines:
        own = chosen.get(id(line)) if id(line) in chosen else kind_of_stray(line)
        if own is not None and not (own is BENEFITS and is_amount(line.text)):
            yield _weigh(own, line.text), line


def _weigh(kind: SectionKind, text: str) -> SectionKind:
    """Return which list a line belongs to: years and "is a plus" come before its heading."""
    if kind in _TALKED_AROUND and names_years(text) and not is_offer(split_words(text)):
        kind = REQUIREMENTS
    if kind is REQUIREMENTS and is_only_preferred(text):
        return PREFERRED
    return REQUIREMENTS if kind is PREFERRED and is_asked_for(text) else kind
