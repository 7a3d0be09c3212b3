"""A posting's fields as text that a person edits in a form: one item or statement a line, in parts where it is long."""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from bot.domain.facts import Fact, Quote
from bot.domain.posting import HeadField, Posting
from bot.parsing.parse import read_document
from bot.text.clean import bound_marks, fold_space, repair
from bot.text.document import Line
from bot.text.markup import strip_markup
from bot.text.prefilter import to_lower
from bot.text.words import find_whole
from bot.topics import BY_NAME, TOPICS
from bot.topics.topic import Topic

# What people type, made plain: phones turn quotes, dashes and spaces into others, and that changes nothing.

_ALIKE = str.maketrans(
    dict.fromkeys("’‘‛`´′", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("\t\n\r\x0b\x0c\x85", " ")
)
"""One sign for one sign: a place in the one text is the same place in the other."""

_JOINER = "\N{ZERO WIDTH JOINER}"
"""Makes one picture of several, as most of those of people are."""

_DASHES = re.compile(r"-{2,}")
_DOTS = re.compile(r"\.*…[.…]*|\.{3,}")


class TypedLine(NamedTuple):
    """One line of what a person typed."""

    number: int
    """Counts from 1, blank lines too."""

    text: str
    """With single spaces, without control and invisible characters."""


def read_typed_lines(typed: str) -> list[TypedLine]:
    r"""
    Return the lines that are not blank.

    >>> read_typed_lines("Go\r\n\r\n Rust\u00a0")
    [TypedLine(number=1, text='Go'), TypedLine(number=3, text='Rust')]
    """
    return [TypedLine(number, text) for number, line in enumerate(repair(typed).split("\n"), 1) if (text := to_plain_line(line))]


def to_plain_line(words: str) -> str:
    r"""
    Return words as one printable line with single spaces.

    >>> to_plain_line(" Chef\u202e \n de\u00a0cuisine ")
    'Chef de cuisine'
    """
    line = fold_space(repair(words))
    if line.isprintable():
        return line
    return fold_space(bound_marks("".join(sign for sign in line if sign.isprintable() or sign == _JOINER)))


def straighten(words: str) -> str:
    r"""
    Return words with straight quotes and short dashes, as long as they were.

    >>> straighten("the chef’s “special” – now")
    'the chef\'s "special" - now'
    """
    return words.translate(_ALIKE)


def to_key(line: str) -> str:
    """
    Return what is the same for all the ways in which a keyboard may change a line that nobody changed.

    >>> to_key("It’s 5 – 6…") == to_key("It's 5 -- 6...  ")
    True
    """
    return _DOTS.sub("…", _DASHES.sub("-", unicodedata.normalize("NFC", straighten(to_plain_line(line)))))


def spellings_of(line: str) -> Iterator[str]:
    """
    Yield a line and the other spellings in which a text may hold it, without what a keyboard or a copy put there.

    >>> list(spellings_of("Wait..."))
    ['Wait...', 'Wait…', 'Wait']
    """
    yield line
    for other in (_DOTS.sub("…", line), line.replace("…", "..."), _DASHES.sub("-", line), line.rstrip(" .,;:…")):
        if other != line:
            yield other


# Which fields of a posting stand together in one form.

MOST_FIELDS = 5
"""What fits in a form on Discord."""


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Fields that are corrected together."""

    name: str
    """One word, never changed: it stands in the ids of buttons."""

    label: str
    """What its button and its form are called, at most 45 characters."""

    fields: tuple[str, ...]
    """HeadFields and names of topics, at most five."""


HEAD_LABELS = {HeadField.TITLE: "Title", HeadField.COMPANY: "Company's name", HeadField.LINK: "Link", HeadField.LOCATION: "Location"}

_LABELS = {
    "terms": "Pay, contract, benefits, visa",
    "where": "Countries, workplace, time zone, rights",
    "asked": "What is asked for",
    "job": "Responsibilities, how to apply",
    "more": "More",
}
"""The forms in their order; which one a topic is in is said where the topic is."""


def to_groups(topics: Sequence[Topic[Any]]) -> Iterator[FormGroup]:
    """Yield the forms: that of the head, and those that the topics name, with five fields each."""
    yield FormGroup("head", "Title, company, link, location", tuple(HEAD_LABELS))
    for name in dict.fromkeys([*_LABELS, *(topic.form_group for topic in topics)]):
        fields = [topic.name for topic in topics if topic.form_group == name]
        for number, start in enumerate(range(0, len(fields), MOST_FIELDS), 1):
            suffix = "" if number == 1 else str(number)
            label = f"{_LABELS.get(name, name.capitalize())} {suffix}".strip()
            yield FormGroup(f"{name}{suffix}", label, tuple(fields[start : start + MOST_FIELDS]))


FORM_GROUPS: tuple[FormGroup, ...] = tuple(to_groups(TOPICS))
"""Every head field and every topic once."""

HEAD_LONGEST = {HeadField.TITLE: 300, HeadField.COMPANY: 300, HeadField.LINK: 2_000, HeadField.LOCATION: 300}
"""Characters of a head field."""

BAR = " | "
"""Stands between a value and the posting's own words for it."""

_LONGEST_LINE = 1_800
"""Characters: a longer one is shown cut; left as it is, it stands for the whole."""

_LEAST_WORDS = 100
"""Characters of a line that are left for the posting's words, the bar included."""

_LONGEST_PART = 3_700
"""Of 4,000 that a field on Discord takes, counted as Discord counts. Of 1,565 real postings one has a field (3,630 characters) near it."""

_CUT = "…"
_ID = re.compile(r"(?P<field>[^:]{1,60})(?::(?P<part>\d{1,6}):(?P<digest>[0-9a-f]{8}))?")


@dataclass(frozen=True, slots=True)
class FormField:
    """One box of a form."""

    id: str
    """Says which part of which field it is, and what stood in it when it was shown."""

    label: str
    """At most 45 characters."""

    text: str
    """What stands in it, at most 4,000 characters."""

    hint: str
    """At most 100 characters."""

    is_long: bool
    """Several lines."""


class FieldId(NamedTuple):
    """What the id of a box says."""

    field: str
    part: int | None
    """Counts from 0; None for the whole field."""

    digest: str | None


def write_lines(posting: Posting, field: str) -> tuple[str, ...]:
    """Return a field's lines, one for each fact and never a blank one."""
    if field in HEAD_LABELS:
        words = getattr(posting, HeadField(field).attribute)
        return (write_head(HeadField(field), words),) if words else ()
    topic = BY_NAME[field]
    return tuple(write_fact(topic, fact) for fact in topic.facts_in(posting))


def write_head(field: HeadField, words: str) -> str:
    """Return the words of a head field on one line, cut where they are too long."""
    return _cut(to_plain_line(words), HEAD_LONGEST[field])


def write_fact(topic: Topic[Any], fact: Fact[Any]) -> str:
    """Return a fact as a line: the value and, where it does not speak for itself, the posting's words."""
    value = _write_value(topic, fact)
    return f"{value}{BAR}{write_quote(topic, fact)}" if topic.form.is_quoted else value


def write_quote(topic: Topic[Any], fact: Fact[Any]) -> str:
    """Return the posting's words for a fact as they stand on its line."""
    return _cut(to_plain_line(fact.quote.text), _LONGEST_LINE - len(_write_value(topic, fact)) - len(BAR))


def _write_value(topic: Topic[Any], fact: Fact[Any]) -> str:
    return _cut(to_plain_line(topic.form.write(fact.value)), _LONGEST_LINE - (_LEAST_WORDS if topic.form.is_quoted else 0))


def split_parts(lines: Sequence[str]) -> list[range]:
    """
    Return which lines each part of a field holds, so that none is too long for a form; one part at least.

    >>> split_parts(["short", "x" * 3_700, "short"])
    [range(0, 1), range(1, 2), range(2, 3)]
    """
    parts, start, length = [], 0, 0
    for index, line in enumerate(lines):
        more = len(line.encode("utf-16-le")) // 2 + 1
        if index > start and length + more > _LONGEST_PART:
            parts.append(range(start, index))
            start, length = index, 0
        length += more
    return [*parts, range(start, len(lines))]


def digest_lines(lines: Iterable[str]) -> str:
    """Return eight letters that tell other lines, but not the ways in which a keyboard changes them."""
    return hashlib.sha256("\n".join(map(to_key, lines)).encode("utf-8", "replace")).hexdigest()[:8]


def read_field_id(written: str) -> FieldId | None:
    """
    Take the id of a box apart; the mere name of a field means all of it.

    >>> read_field_id("pay:0:0123abcd"), read_field_id("pay")
    (FieldId(field='pay', part=0, digest='0123abcd'), FieldId(field='pay', part=None, digest=None))
    """
    found = _ID.fullmatch(written)
    if found is None or (found["field"] not in HEAD_LABELS and found["field"] not in BY_NAME):
        return None
    return FieldId(found["field"], None if found["part"] is None else int(found["part"]), found["digest"])


def label_of(field: str, part: int | None = None, *, parts: int = 1) -> str:
    """
    Return what a field is called, and which part of it.

    >>> label_of("head_title"), label_of("benefits", 1, parts=3)
    ('Title', 'Benefits 2 of 3')
    """
    label = HEAD_LABELS[HeadField(field)] if field in HEAD_LABELS else BY_NAME[field].label[:30]
    return label if part is None or parts == 1 else f"{label} {part + 1} of {parts}"


def form_pages(posting: Posting, group: FormGroup) -> tuple[tuple[FormField, ...], ...]:
    """Return the boxes of a group's form, as many pages as it takes with five on each; every posting has at least one page."""
    boxes = [box for field in group.fields for box in _write_boxes(posting, field)]
    return tuple(tuple(boxes[start : start + MOST_FIELDS]) for start in range(0, len(boxes), MOST_FIELDS))


def _write_boxes(posting: Posting, field: str) -> Iterator[FormField]:
    lines = write_lines(posting, field)
    parts = split_parts(lines)
    hint = "Empty: not known" if field in HEAD_LABELS else BY_NAME[field].form.hint or BY_NAME[field].form.example
    for number, part in enumerate(parts):
        shown = [lines[index] for index in part]
        yield FormField(
            id=f"{field}:{number}:{digest_lines(shown)}",
            label=label_of(field, number, parts=len(parts)),
            text="\n".join(shown),
            hint=hint[:100],
            is_long=field not in HEAD_LABELS,
        )


def _cut(line: str, longest: int) -> str:
    """Return a line that is neither blank nor longer than that many characters."""
    return (line if len(line) <= longest else f"{line[: longest - 1].rstrip()}{_CUT}") or _CUT


# Finding words that a person typed in a posting's text, to quote them as they stand there.

_BULLET = re.compile(r"(?:[*+\-•·●○◦▪■□‣∙–—✓✔➢➤►▶❖✦➔]|\d{1,2}[.)])\s+")
_WORD = re.compile(r"\S+")


class FoundWords(NamedTuple):
    """Words of the posting."""

    plain: str
    """As the posting spells them, without markup."""

    quote: Quote
    """As they stand in the text, with their heading."""


class OwnWords:
    """The words of one posting's text; it is read when the first words are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, words: str) -> FoundWords | None:
        r"""
        Return the words as the text has them, or None.

        Space, markup, bullets, case, and the shapes of quotes and dashes need not be the same; the same case is preferred.

        >>> found = OwnWords("# Cook\n\n## Needs\n* **Five** years of Go").find("five years")
        >>> found.plain, found.quote.text, found.quote.heading
        ('Five years', '**Five** years', 'Needs')
        >>> OwnWords("We use Google Docs").find("Go") is None
        True
        """
        spellings = dict.fromkeys(straighten(fold_space(each)) for each in _all_spellings(words))
        wanted = [each for each in spellings if any(map(str.isalnum, each))]
        found = (find(each) for find in (self._find_in_lines, self._find_anywhere) for each in wanted)
        return next(filter(None, found), None)

    def _find_in_lines(self, wanted: str) -> FoundWords | None:
        """Find the words within a line as it was read, without marks and with its heading."""
        at = _find_words(*self._in_lines, wanted)
        if at is None:
            return None
        index = bisect_right(self._starts, at) - 1
        line = self._lines[index]
        start, end = _find_span(line.text, at - self._starts[index], len(wanted))
        quote = line.quote(start, end)
        if fold_space(quote.text) not in self._plain_text:
            return None
        return FoundWords(fold_space(line.text[start:end]), quote)

    def _find_anywhere(self, wanted: str) -> FoundWords | None:
        """Find the words in the text as it stands, also over the ends of lines."""
        at = _find_words(*self._anywhere, wanted)
        if at is None:
            return None
        start, end = _find_span(self._text, at, len(wanted))
        words = self._text[start:end]
        return FoundWords(fold_space(strip_markup(words)), Quote(text=words))

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        return read_document(self._text).lines

    @cached_property
    def _folded_lines(self) -> list[str]:
        return [straighten(fold_space(line.text)) for line in self._lines]

    @cached_property
    def _in_lines(self) -> tuple[str, str]:
        folded = "\n".join(self._folded_lines)
        return folded, to_lower(folded)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the folded text."""
        return list(accumulate((len(line) + 1 for line in self._folded_lines), initial=0))

    @cached_property
    def _plain_text(self) -> str:
        return fold_space(self._text)

    @cached_property
    def _anywhere(self) -> tuple[str, str]:
        folded = straighten(self._plain_text)
        return folded, to_lower(folded)


def _all_spellings(words: str) -> Iterator[str]:
    """Yield the words in the ways that the text may have them, the likeliest first."""
    bare = _BULLET.sub("", words, count=1) if _BULLET.match(words) else words
    for each in (words, strip_markup(words), bare, strip_markup(bare)):
        yield from spellings_of(each)


def _find_words(text: str, lowered: str, wanted: str) -> int | None:
    """Return where whole words stand in a text, in the same case if they do."""
    at = find_whole(text, wanted)
    return at if at is not None else find_whole(lowered, to_lower(wanted))


def _find_span(text: str, at: int, length: int) -> tuple[int, int]:
    """Return the span in a text of what stands at a place of the same text with single spaces."""
    begin = stop = folded = 0
    for word in _WORD.finditer(text):
        size = word.end() - word.start()
        if folded <= at < folded + size:
            begin = word.start() + at - folded
        if folded < at + length <= folded + size:
            stop = word.start() + at + length - folded
            break
        folded += size + 1
    return begin, stop


# Whether a text holds the words that its facts quote.

_SEARCH_BOUND = 2_000_000_000
"""Characters searched for all the quotes of one posting, about a second; quotes in their order need two passes a topic."""


def find_missing_quote(text: str, facts: Mapping[str, Iterable[Fact[Any]]]) -> str | None:
    """
    Return the first quote that is not in the text, white space folded, or None if all are there.

    A record made to be slow, whose many quotes stand far apart in a long text, has its rest taken for missing.

    >>> from bot.domain.facts import Quote
    >>> find_missing_quote("Pay:  5 an hour", {"pay": [Fact(value=5, quote=Quote(text="Pay: 5"))]}) is None
    True
    >>> find_missing_quote("Pay: 5 an hour", {"pay": [Fact(value=6, quote=Quote(text="Pay: 6"))]})
    'Pay: 6'
    """
    folded = fold_space(text)
    at = searched = 0
    for fact in (fact for found in facts.values() for fact in found):
        quote = fold_space(fact.quote.text)
        # Quotes mostly stand in the text's order: look on from the last one, and only then from the beginning.
        here = folded.find(quote, at)
        if here < 0:
            here = folded.find(quote, 0, at + len(quote))
            searched += len(folded)
        if here < 0 or not quote or searched > _SEARCH_BOUND:
            return fact.quote.text
        searched += max(here - at, 0)
        at = here
    return None
