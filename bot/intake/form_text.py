"""A posting's fields as text that a person edits in a form: one item or statement a line, in parts where it is long."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.domain.correction import HeadField
from bot.domain.fact import Fact
from bot.domain.posting import Posting
from bot.intake.form_groups import HEAD_LABELS, MOST_FIELDS, FormGroup
from bot.intake.typed_text import to_key, to_plain_line
from bot.topics import BY_NAME
from bot.topics.topic import Topic

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
_HEAD_HINT = "Empty: not known"


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


def write_field(posting: Posting, field: str) -> str:
    """Return the whole text of a head field or topic, one line for each fact; "" where there is none."""
    return "\n".join(write_lines(posting, field))


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
    for number, part in enumerate(parts):
        shown = [lines[index] for index in part]
        yield FormField(
            id=f"{field}:{number}:{digest_lines(shown)}",
            label=label_of(field, number, parts=len(parts)),
            text="\n".join(shown),
            hint=_hint_of(field)[:100],
            is_long=field not in HEAD_LABELS,
        )


def _hint_of(field: str) -> str:
    if field in HEAD_LABELS:
        return _HEAD_HINT
    form = BY_NAME[field].form
    return form.hint or form.example


def _cut(line: str, longest: int) -> str:
    """Return a line that is neither blank nor longer than that many characters."""
    return (line if len(line) <= longest else f"{line[: longest - 1].rstrip()}{_CUT}") or _CUT
