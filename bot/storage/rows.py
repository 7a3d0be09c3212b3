"""Rows as domain values and back; nothing here touches a database."""

import asyncio
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import RowMapping

from bot.domain.facts import Fact, Quote
from bot.domain.person import Actor
from bot.domain.posting import Correction, HeadField, KeptPosting, Posting
from bot.domain.query import SearchKey
from bot.storage.corrections import HEAD_FIELDS
from bot.storage.damage import leave_out
from bot.storage.records import FactCodec, RowState
from bot.text.clean import bound_marks

# Text as both databases can hold it.

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL's text refuses NUL, and a lone surrogate has no UTF-8."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    r"""
    Return the text with each character that cannot be stored replaced, one for one, so that quotes are still found in it.

    >>> storable("a\x00b") == f"a{REPLACEMENT}b"
    True
    >>> storable("naïve 工程师")
    'naïve 工程师'
    """
    return _UNSTORABLE.sub(REPLACEMENT, text)


def storable_or_none(text: str | None) -> str | None:
    """Return storable text, or None for None."""
    return None if text is None else storable(text)


# Search keys as rows; nothing here touches a database.

LONGEST_KEY = 100
"""Characters: PostgreSQL indexes no value above some 2,700 bytes, and nobody searches for more."""


class KeyRow(NamedTuple):
    """A search key as it is stored."""

    topic: str
    key: str
    position: int
    """Counts the ranges under one key, as in pay that differs by place."""

    low: float | None
    high: float | None


def to_key_rows(facts: Mapping[str, Sequence[Fact[Any]]], codec: FactCodec) -> tuple[KeyRow, ...]:
    """Return the keys that facts are filed under, each range once; an empty or very long key is left out."""
    return tuple(row for topic, found in facts.items() for row in _number(topic, _find_keys(topic, found, codec=codec)))


def to_key_row(row: RowMapping) -> KeyRow:
    """Read a row of the table of keys."""
    return KeyRow(row["topic"], row["key"], row["position"], row["low"], row["high"])


def _find_keys(topic: str, found: Sequence[Fact[Any]], *, codec: FactCodec) -> Iterator[SearchKey]:
    """Yield the keys as they are stored; an open end of a range becomes the stated one."""
    for fact in found:
        for key, low, high in codec.find_keys(topic, fact.value):
            if 0 < len(key) <= LONGEST_KEY:
                yield SearchKey(storable(key), high if low is None else low, low if high is None else high)


def _number(topic: str, keys: Iterable[SearchKey]) -> Iterator[KeyRow]:
    taken: Counter[str] = Counter()
    for key, low, high in dict.fromkeys(keys):
        yield KeyRow(topic, key, taken[key], low, high)
        taken[key] += 1


# Facts as plain JSON, for where they are stored beside the fact table.


class FactRow(NamedTuple):
    """A fact as it is stored, its value as JSON."""

    topic: str
    position: int
    value: Any
    quote: str
    heading: str | None


def to_fact_rows(facts: Mapping[str, Sequence[Fact[Any]]], codec: FactCodec) -> Iterator[FactRow]:
    """Yield facts as they are stored."""
    for topic, found in facts.items():
        for position, fact in enumerate(found):
            value = codec.write_value(topic, fact.value)
            yield FactRow(topic, position, value, storable(fact.quote.text), storable_or_none(fact.quote.heading))


def read_fact(row: FactRow, codec: FactCodec) -> Fact[Any]:
    """Read a fact of a topic that is known; ValueError for a value that this Rolecall cannot read."""
    return Fact(value=codec.read_value(row.topic, row.value), quote=Quote(text=row.quote, heading=row.heading))


def write_facts(topic: str, facts: Sequence[Fact[Any]], *, codec: FactCodec) -> list[dict[str, Any]]:
    """Return a topic's facts as JSON."""
    return [{"value": row.value, "quote": row.quote, "heading": row.heading} for row in to_fact_rows({topic: facts}, codec)]


def read_rows(topic: str, written: Iterable[Mapping[str, Any]]) -> Iterator[FactRow]:
    """Yield what `write_facts` wrote; ValueError for what it did not."""
    try:
        for position, item in enumerate(written):
            yield FactRow(topic, position, item["value"], item["quote"], item["heading"])
    except (TypeError, KeyError) as error:
        raise ValueError(f"no facts of the topic {topic}") from error


def read_facts(topic: str, written: Iterable[Mapping[str, Any]], *, codec: FactCodec) -> tuple[Fact[Any], ...]:
    """Read what `write_facts` wrote; ValueError if a value cannot be read."""
    return tuple(read_fact(row, codec) for row in read_rows(topic, written))


# Who did something, as columns of a row and back.

_LONGEST = 100
"""Characters that an Actor's id and name may have."""


def to_columns(actor: Actor) -> dict[str, str]:
    """Return the columns of an actor; what was put past the model is cut to its length."""
    return {"actor_id": storable(actor.id)[:_LONGEST], "actor_name": storable(actor.name)[:_LONGEST]}


def to_actor(row: RowMapping) -> Actor:
    """Read the columns of an actor."""
    return Actor(id=row["actor_id"], name=row["actor_name"])


# When two texts are the same posting, and when a text is a new revision of a posting.

_DROPPED = dict.fromkeys(map(ord, "*_`~\\\ufeff\u200b\u200c\u200d\u2060"))
"""Emphasis, code and escape marks, and characters of no width."""

_SPACED = {ord("|"): " "}
"""A table's bars stand between words."""

_LINE_MARKS = "#>-+=•·▪◦‣–— \t"
"""Headings, citations, bullets and rules, where a line begins; elsewhere "C#" and "C++" need theirs."""


def fingerprint(posting: Posting) -> str:
    r"""
    Return 64 hexadecimal digits that are the same for every text of the same words (white space, case and markdown aside).

    >>> first, second, third = (
    ...     Posting(source=text, title=None, company=None, link=None, location=None, text=text)
    ...     for text in ("## Baker\n* **Early** shifts", "Baker\n\n- early  shifts", "Baker\n- late shifts")
    ... )
    >>> fingerprint(first) == fingerprint(second)
    True
    >>> fingerprint(first) == fingerprint(third)
    False
    """
    return _digest(_words(posting.text))


def identity(posting: Posting) -> str:
    """
    Return 64 hexadecimal digits that stay the same when a posting's text is revised: its link, or else its source, company and title.

    One link is not one posting: what has the same link is only a candidate, which `may_be_one_job` decides on. A digest and not the words
    themselves, because PostgreSQL indexes no value above some 2,700 bytes.
    """
    if posting.link:
        return _digest("link", posting.link.strip())
    return _digest("source", posting.source.strip(), _words(posting.company or ""), _words(posting.title or ""))


_WORDS_TO_COMPARE = 60
"""Words of a text, each counted once: shorter ones do not tell by their words whether they are of one job."""

_LEAST_SHARED = 0.35
"""Of the shorter text's words: revisions of real postings share 0.8 and more, postings of two jobs in one frame 0.3 to 0.7."""


def may_be_one_job(first: "Reading", second: "Reading") -> bool:
    """
    Tell whether two postings under one link are revisions of one job: their titles are the same and nothing else says otherwise.

    Careers pages, forms and notices stand in the postings of many jobs. Without a title, with another place or company, and where two long
    texts have few words in common, they are taken for two: one more is named as a likely duplicate, one less would be lost.
    """
    if known_as(first, HeadField.TITLE).isdisjoint(known_as(second, HeadField.TITLE)):
        return False
    for field in (HeadField.COMPANY, HeadField.LOCATION):
        one, other = known_as(first, field), known_as(second, field)
        if one and other and one.isdisjoint(other):
            return False
    here, there = (set(_words(each.posting.text).split()) for each in (first, second))
    fewest = min(len(here), len(there))
    return fewest < _WORDS_TO_COMPARE or len(here & there) >= _LEAST_SHARED * fewest


def known_as(reading: "Reading", field: HeadField) -> frozenset[str]:
    """Return what stands in a field of a posting's head, as words: what it came with, and what a person put in its place."""
    came = [row.read_words for row in reading.corrections if row.field == field]
    return frozenset(_words(words) for words in (getattr(reading.posting, field.attribute), *came) if words and words.strip())


def _words(text: str) -> str:
    # Line by line, so that a thread that does this lets others have their turn between.
    return " ".join(words for line in text.split("\n") if (words := _words_of_line(line)))


def _words_of_line(text: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", bound_marks(text)).casefold())
    lines = folded.translate(_DROPPED).translate(_SPACED).splitlines()
    return " ".join(" ".join(line.lstrip(_LINE_MARKS) for line in lines).split())


def _digest(*parts: str) -> str:
    return sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()


# Corrections as rows and back; nothing here touches a database.


class CorrectionRow(NamedTuple):
    """A correction as it is stored."""

    field: str
    words: str | None
    read_words: str | None
    actor_id: str
    actor_name: str
    at: datetime
    """UTC."""

    facts: list[dict[str, Any]]
    read: list[dict[str, Any]]


def to_correction_rows(corrections: Iterable[Correction], codec: FactCodec) -> tuple[CorrectionRow, ...]:
    """Return corrections as they are stored, by field; of several for one the last."""
    rows = {row.field: row for row in (_to_row(correction, codec) for correction in corrections)}
    return tuple(rows[field] for field in sorted(rows))


def to_corrections(rows: Iterable[CorrectionRow], codec: FactCodec, *, number: int | None = None) -> dict[str, Correction]:
    """Return the corrections of known fields by field, without those that this Rolecall cannot read."""
    found = ((row.field, _to_correction(row, codec, number=number)) for row in rows)
    return {field: correction for field, correction in found if correction is not None}


def to_correction_row(row: RowMapping) -> CorrectionRow:
    """Read a row of the correction table."""
    return CorrectionRow(*(row[name] for name in CorrectionRow._fields))


def identities(posting: Posting, corrections: Iterable[CorrectionRow]) -> tuple[str, ...]:
    """Return what a posting is known by as it came, and then by its link, where a person put that right."""
    read = {HeadField(row.field).attribute: row.read_words for row in corrections if row.field in HEAD_FIELDS}
    own = identity(posting.model_copy(update=read))
    return (own, identity(posting)) if "link" in read and posting.link else (own,)


def _to_row(correction: Correction, codec: FactCodec) -> CorrectionRow:
    topic = correction.field
    is_head = topic in HEAD_FIELDS
    return CorrectionRow(
        field=storable(topic),
        words=storable_or_none(correction.words),
        read_words=storable_or_none(correction.read_words),
        **to_columns(correction.by),
        at=correction.at.astimezone(UTC),
        facts=[] if is_head else write_facts(topic, correction.facts, codec=codec),
        read=[] if is_head else write_facts(topic, correction.read, codec=codec),
    )


def _to_correction(row: CorrectionRow, codec: FactCodec, *, number: int | None) -> Correction | None:
    if row.field not in HEAD_FIELDS and not codec.knows(row.field):
        return None
    try:
        facts, read = (read_facts(row.field, written, codec=codec) for written in (row.facts, row.read))
        return Correction(
            field=row.field,
            facts=facts,
            words=row.words,
            read=read,
            read_words=row.read_words,
            by=Actor(id=row.actor_id, name=row.actor_name),
            at=row.at,
        )
    except ValueError:
        leave_out("a stored correction of", row.field, "that this version cannot read, of the posting table's", number)
        return None


_LONG = 20_000
"""Characters: to fold and look through longer texts would hold everybody else up for over 5 ms."""

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Reading:
    """A posting as it can be stored."""

    posting: Posting
    """Storable, and without its facts and corrections."""

    facts: tuple[FactRow, ...]
    keys: tuple[KeyRow, ...]
    corrections: tuple[CorrectionRow, ...]
    fingerprint: str
    identities: tuple[str, ...]
    """What it is known by: first as it came, then by its link, where a person put that right."""


@dataclass(slots=True)
class Draft:
    """One revision's row while it is being worked on; `is_new` and `is_refreshed` say what has to be written."""

    id: int
    lineage: int
    revision: int
    state: RowState
    scope: str
    read_at: datetime
    reading: Reading
    is_new: bool = False
    is_refreshed: bool = False


def to_reading(posting: Posting, codec: FactCodec) -> Reading:
    """Make a posting storable: its texts cleaned of what no database holds, its values as JSON."""
    clean = posting.model_copy(
        update={
            "source": storable(posting.source),
            "title": storable_or_none(posting.title),
            "company": storable_or_none(posting.company),
            "link": storable_or_none(posting.link),
            "location": storable_or_none(posting.location),
            "text": storable(posting.text),
            "facts": {},
            "corrections": (),
        }
    )
    corrections = to_correction_rows(posting.corrections, codec)
    return Reading(
        posting=clean,
        facts=tuple(to_fact_rows(posting.facts, codec)),
        keys=to_key_rows(posting.facts, codec),
        corrections=corrections,
        fingerprint=fingerprint(clean),
        identities=identities(clean, corrections),
    )


async def beside_the_loop(work: Callable[[], Given], postings: Iterable[Posting]) -> Given:
    """Return what a function makes of postings: in a thread where their texts are long."""
    return await asyncio.to_thread(work) if sum(len(posting.text) for posting in postings) > _LONG else work()


async def to_readings(postings: Sequence[Posting], codec: FactCodec) -> list[Reading]:
    """Make postings storable, without holding the event loop for long ones."""
    return await beside_the_loop(lambda: [to_reading(posting, codec) for posting in postings], postings)


def from_source(reading: Reading, source: str) -> Reading:
    """Return a reading under another source."""
    posting = reading.posting.model_copy(update={"source": source})
    return replace(reading, posting=posting, identities=identities(posting, reading.corrections))


def found_the_same(first: Reading, second: Reading) -> bool:
    """Tell whether the facts are the same and filed alike, whatever the order of topics; 1, 1.0 and true are three values."""
    return set(first.keys) == set(second.keys) and sorted(map(_spell, first.facts)) == sorted(map(_spell, second.facts))


def _spell(row: FactRow) -> str:
    return json.dumps(row, sort_keys=True)


def to_fact_row(row: RowMapping) -> FactRow:
    """Read a row of the fact table."""
    return FactRow(row["topic"], row["position"], row["value"], row["quote"], row["heading"])


class Found(NamedTuple):
    """What belongs to one row of the posting table."""

    facts: Sequence[FactRow] = ()
    """By topic and position."""

    corrections: Sequence[CorrectionRow] = ()
    keys: Sequence[KeyRow] = ()


def to_draft(row: RowMapping, found: Found) -> Draft:
    """Read a row of the posting table, to work on it."""
    posting, corrections = _to_posting(row), tuple(found.corrections)
    return Draft(
        id=row["id"],
        lineage=row["lineage"],
        revision=row["revision"],
        state=RowState(row["state"]),
        scope=row["scope"],
        read_at=row["read_at"],
        reading=Reading(
            posting=posting,
            facts=tuple(found.facts),
            keys=tuple(found.keys),
            corrections=corrections,
            fingerprint=row["fingerprint"],
            identities=(row["identity"], *identities(posting, corrections)[1:]),
        ),
    )


def to_kept(row: RowMapping, found: Found, *, codec: FactCodec) -> KeptPosting:
    """Read a row of the posting table as the domain knows it."""
    posting = to_posting(_to_posting(row), found, codec=codec, number=row["id"])
    return KeptPosting(id=row["lineage"], scope=row["scope"], revision=row["revision"], read_at=row["read_at"], posting=posting)


def to_posting(posting: Posting, found: Found, *, codec: FactCodec, number: int | None = None) -> Posting:
    """
    Return a posting with its facts and corrections, those left out that this Rolecall does not know or cannot read.

    `number` is what its row is called in the log.
    """
    facts: dict[str, tuple[Fact[Any], ...]] = {}
    for row in found.facts:
        if (read := _to_fact(row, codec, number=number)) is not None:
            facts[row.topic] = (*facts.get(row.topic, ()), read)
    corrections = to_corrections(found.corrections, codec, number=number)
    return posting.model_copy(update={"facts": facts, "corrections": tuple(corrections.values())})


def _to_fact(row: FactRow, codec: FactCodec, *, number: int | None) -> Fact[Any] | None:
    if not codec.knows(row.topic):
        return None
    try:
        return read_fact(row, codec)
    except ValueError:
        leave_out("a stored value of the topic", row.topic, row.position, "that this version cannot read, of the posting table's", number)
        return None


def _to_posting(row: RowMapping) -> Posting:
    return Posting(
        source=row["source"], title=row["title"], company=row["company"], link=row["link"], location=row["location"], text=row["text"]
    )
