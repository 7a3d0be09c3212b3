"""A posting as rows and back: what is stored of it, and how it is read again over an open connection."""

import asyncio
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Executable, RowMapping, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.facts import Fact, Quote
from bot.domain.person import Actor
from bot.domain.posting import HEAD_FIELDS, Correction, HeadField, KeptPosting, Posting
from bot.domain.query import SearchKey
from bot.storage.records import FactCodec, RowState
from bot.storage.tables import correction, fact, fact_key, in_chunks, is_sound, leave_out
from bot.text.clean import bound_marks

Stored = TypeVar("Stored", bound=NamedTuple)
Given = TypeVar("Given")

# Text as both databases can hold it.

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL's text refuses NUL, and a lone surrogate has no UTF-8."""

_LONGEST_NAME = 100
"""Characters that an Actor's id and name may have."""


def to_storable(text: str) -> str:
    r"""
    Return the text with each character that cannot be stored replaced, one for one, so that quotes are still found in it.

    >>> to_storable("a\x00b") == f"a{REPLACEMENT}b"
    True
    >>> to_storable("naïve 工程师")
    'naïve 工程师'
    """
    return _UNSTORABLE.sub(REPLACEMENT, text)


def _to_storable_or_none(text: str | None) -> str | None:
    return None if text is None else to_storable(text)


def to_columns(actor: Actor) -> dict[str, str]:
    """Return the columns of an actor; what was put past the model is cut to its length."""
    return {"actor_id": to_storable(actor.id)[:_LONGEST_NAME], "actor_name": to_storable(actor.name)[:_LONGEST_NAME]}


def to_actor(row: Mapping[Any, Any]) -> Actor:
    """Read the columns of an actor."""
    return Actor(id=row["actor_id"], name=row["actor_name"])


# Facts, the keys that they are searched by, and corrections.


class FactRow(NamedTuple):
    """A fact as it is stored, its value as JSON."""

    topic: str
    position: int
    value: Any
    quote: str
    heading: str | None


class KeyRow(NamedTuple):
    """A search key as it is stored."""

    topic: str
    key: str
    position: int
    """Counts the ranges under one key, as in pay that differs by place."""

    low: float | None
    high: float | None


class CorrectionRow(NamedTuple):
    """A correction as it is stored."""

    field: str
    words: str | None
    read_words: str | None
    actor_id: str
    actor_name: str
    at: datetime
    facts: list[dict[str, Any]]
    read: list[dict[str, Any]]


class Found(NamedTuple):
    """What belongs to one row of the posting table."""

    facts: Sequence[FactRow] = ()
    """By topic and position."""

    corrections: Sequence[CorrectionRow] = ()
    keys: Sequence[KeyRow] = ()


def to_fact_rows(facts: Mapping[str, Sequence[Fact[Any]]], codec: FactCodec) -> Iterator[FactRow]:
    """Yield facts as they are stored."""
    for topic, found in facts.items():
        for position, (value, quote) in enumerate((one.value, one.quote) for one in found):
            written = codec.write_value(topic, value)
            yield FactRow(topic, position, written, to_storable(quote.text), _to_storable_or_none(quote.heading))


def _read_fact(row: FactRow, codec: FactCodec) -> Fact[Any]:
    """Read a fact of a topic that is known; ValueError for a value that this Rolecall cannot read."""
    return Fact(value=codec.read_value(row.topic, row.value), quote=Quote(text=row.quote, heading=row.heading))


LONGEST_KEY = 100
"""Characters: PostgreSQL indexes no value above some 2,700 bytes, and nobody searches for more."""


def to_key_rows(facts: Mapping[str, Sequence[Fact[Any]]], codec: FactCodec) -> tuple[KeyRow, ...]:
    """Return the keys that facts are filed under, each range once; an empty or very long key is left out."""
    rows = []
    for topic, found in facts.items():
        taken: Counter[str] = Counter()
        keys = (key for one in found for key in codec.find_keys(topic, one.value) if 0 < len(key.key) <= LONGEST_KEY)
        # An open end of a range becomes the stated one.
        stored = (SearchKey(to_storable(key), high if low is None else low, low if high is None else high) for key, low, high in keys)
        for key, low, high in dict.fromkeys(stored):
            rows.append(KeyRow(topic, key, taken[key], low, high))
            taken[key] += 1
    return tuple(rows)


OWN_NAMES = "own_names"
"""Under this, in place of a topic, stand the names that a posting calls its company by beside the one in its head."""


def to_name_rows(posting: Posting, codec: FactCodec) -> Iterator[KeyRow]:
    """Yield the keys that a posting's own names are filed under."""
    names = {to_storable(name.key) for name in codec.find_keys(OWN_NAMES, posting)}
    yield from (KeyRow(OWN_NAMES, name, 0, None, None) for name in sorted(names) if 0 < len(name) <= LONGEST_KEY)


def to_correction_rows(corrections: Iterable[Correction], codec: FactCodec) -> tuple[CorrectionRow, ...]:
    """Return corrections as they are stored, by field; of several for one the last."""
    rows = {}
    for made in corrections:
        is_head = made.field in HEAD_FIELDS
        row = CorrectionRow(
            field=to_storable(made.field),
            words=_to_storable_or_none(made.words),
            read_words=_to_storable_or_none(made.read_words),
            **to_columns(made.by),
            at=made.at.astimezone(UTC),
            facts=[] if is_head else _write_facts(made.field, made.facts, codec=codec),
            read=[] if is_head else _write_facts(made.field, made.read, codec=codec),
        )
        rows[row.field] = row
    return tuple(sorted(rows.values(), key=lambda row: row.field))


def to_corrections(rows: Iterable[CorrectionRow], codec: FactCodec, *, number: int | None = None) -> dict[str, Correction]:
    """Return the corrections of known fields by field, without those that this Rolecall cannot read."""
    found = {}
    for row in rows:
        if row.field not in HEAD_FIELDS and not codec.knows(row.field):
            continue
        try:
            facts, read = (_read_facts(row.field, written, codec=codec) for written in (row.facts, row.read))
            head = {"words": row.words, "read_words": row.read_words}
            found[row.field] = Correction(field=row.field, facts=facts, read=read, by=to_actor(row._asdict()), at=row.at, **head)
        except (ValueError, TypeError, KeyError):
            leave_out("a stored correction of", row.field, "that this version cannot read, of the posting table's", number)
    return found


def _write_facts(topic: str, facts: Sequence[Fact[Any]], *, codec: FactCodec) -> list[dict[str, Any]]:
    return [{"value": row.value, "quote": row.quote, "heading": row.heading} for row in to_fact_rows({topic: facts}, codec)]


def _read_facts(topic: str, written: Iterable[Mapping[str, Any]], *, codec: FactCodec) -> tuple[Fact[Any], ...]:
    rows = (FactRow(topic, place, item["value"], item["quote"], item["heading"]) for place, item in enumerate(written))
    return tuple(_read_fact(row, codec) for row in rows)


# When two texts are the same posting, and when a text is a new revision of a posting.

DROPPED = "*_`~\\\ufeff\u200b\u200c\u200d\u2060"
"""Emphasis, code and escape marks, and characters of no width; replaced one by one, which is quickest."""

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
    return _digest(fold_words(posting.text))


def identity(posting: Posting) -> str:
    """
    Return 64 hexadecimal digits that stay the same when a posting's text is revised: its link, or else its source, company and title.

    One link is not one posting: what has the same link is only a candidate, which `may_be_one_job` decides on. A digest and not the words
    themselves, because PostgreSQL indexes no value above some 2,700 bytes.
    """
    if posting.link:
        return _digest("link", posting.link.strip())
    return _digest("source", posting.source.strip(), fold_words(posting.company or ""), fold_words(posting.title or ""))


def link_identities(link: str) -> list[str]:
    """
    Return what postings are known by that have a link to the same page: with another scheme, a slash at its end, a place on the page.

    >>> [len(set(link_identities(link)) & set(link_identities("http://a.example/jobs/"))) > 0 for link in ("https://a.example/jobs#a", "x")]
    [True, False]
    """
    page = link.strip().partition("#")[0].rstrip("/")
    schemes = ("https://", "http://")
    rest = next((page.removeprefix(scheme) for scheme in schemes if page.startswith(scheme)), None)
    pages = [page] if rest is None else [f"{scheme}{rest}" for scheme in schemes]
    return [_digest("link", each) for each in dict.fromkeys((link.strip(), *pages, *(f"{page}/" for page in pages)))]


def fold_words(text: str) -> str:
    """Return the words of a text, by which it is compared: without white space, case and markdown."""
    # Line by line, so that a thread that does this lets others have their turn between.
    return " ".join(words for line in text.split("\n") if (words := _words_of_line(line)))


def _words_of_line(text: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", bound_marks(text)).casefold())
    for sign in DROPPED:
        folded = folded.replace(sign, "")
    lines = folded.replace("|", " ").splitlines()  # a table's bars stand between words
    return " ".join(" ".join(line.lstrip(_LINE_MARKS) for line in lines).split())


def _digest(*parts: str) -> str:
    return sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()


def identities(posting: Posting, corrections: Iterable[CorrectionRow]) -> tuple[str, ...]:
    """Return what a posting is known by as it came, and then by its link, where a person put that right."""
    read = {HeadField(row.field).attribute: row.read_words for row in corrections if row.field in HEAD_FIELDS}
    own = identity(posting.model_copy(update=read))
    return (own, identity(posting)) if "link" in read and posting.link else (own,)


# A posting with all that belongs to it.

_LONG = 1_000
"""Characters: to fold and look through longer texts can hold everybody else up for over 5 ms."""

_HEAD = ("source", "title", "company", "link", "location", "text")


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

    called: str = ""
    """What it is found by in the index of names; empty where that is not worked out."""


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
    head = {name: _to_storable_or_none(getattr(posting, name)) for name in _HEAD}
    clean = posting.model_copy(update={**head, "facts": {}, "corrections": ()})
    corrections, names = to_correction_rows(posting.corrections, codec), tuple(to_name_rows(clean, codec))
    return Reading(
        posting=clean,
        facts=tuple(to_fact_rows(posting.facts, codec)),
        keys=(*to_key_rows(posting.facts, codec), *names),
        corrections=corrections,
        fingerprint=fingerprint(clean),
        identities=identities(clean, corrections),
        called=to_storable(codec.call(clean, [row.key for row in names])),
    )


async def beside_the_loop(work: Callable[[], Given], postings: Iterable[Posting]) -> Given:
    """Return what a function makes of postings: in a thread where their texts are long."""
    length = sum(len(getattr(posting, name) or "") for posting in postings for name in _HEAD)
    return await asyncio.to_thread(work) if length > _LONG else work()


async def to_readings(postings: Sequence[Posting], codec: FactCodec) -> list[Reading]:
    """Make postings storable, without holding the event loop for long ones."""
    return await beside_the_loop(lambda: [to_reading(posting, codec) for posting in postings], postings)


def to_draft(row: RowMapping, found: Found) -> Draft:
    """Read a row of the posting table, to work on it."""
    posting, corrections = to_head(row), tuple(found.corrections)
    known_by = (row["identity"], *identities(posting, corrections)[1:])
    reading = Reading(posting, tuple(found.facts), tuple(found.keys), corrections, row["fingerprint"], known_by)
    return Draft(row["id"], row["lineage"], row["revision"], RowState(row["state"]), row["scope"], row["read_at"], reading)


def to_head(row: Mapping[Any, Any]) -> Posting:
    """Read a posting without facts and corrections."""
    return Posting(**{name: row[name] for name in _HEAD})


class StoredFacts(Mapping[str, tuple[Fact[Any], ...]]):
    """A posting's facts by topic as they are stored: those of a topic are read when it is asked for, as most answers tell of one only."""

    def __init__(self, rows: Iterable[FactRow], codec: FactCodec, number: int | None) -> None:
        self._codec, self._number = codec, number
        self._rows: dict[str, list[FactRow]] = defaultdict(list)
        for row in rows:
            self._rows[row.topic].append(row)
        self._read: dict[str, tuple[Fact[Any], ...]] = {}

    def __getitem__(self, topic: str) -> tuple[Fact[Any], ...]:
        if topic not in self._read:
            self._read[topic] = tuple(self._read_topic(topic))
        if not self._read[topic]:
            raise KeyError(topic)
        return self._read[topic]

    def __iter__(self) -> Iterator[str]:
        return (topic for topic in self._rows if topic in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)

    def _read_topic(self, topic: str) -> Iterator[Fact[Any]]:
        """Read what is stored on a topic; left out is what this Rolecall does not know or cannot read."""
        for row in self._rows.get(topic, ()) if self._codec.knows(topic) else ():
            try:
                yield _read_fact(row, self._codec)
            except ValueError:
                unread = ("that this version cannot read, of the posting table's", self._number)
                leave_out("a stored value of the topic", topic, row.position, *unread)

    @property
    def rows(self) -> Iterator[FactRow]:
        """All that is stored, unread."""
        return chain.from_iterable(self._rows.values())


def quoted_in(facts: Mapping[str, tuple[Fact[Any], ...]]) -> Iterator[str]:
    """Yield all words that facts quote; no stored value is read for it."""
    return (row.quote for row in facts.rows) if isinstance(facts, StoredFacts) else (one.quote.text for of in facts.values() for one in of)


def to_posting(head: Posting, found: Found, *, codec: FactCodec, number: int | None = None, is_whole: bool = True) -> Posting:
    """
    Return a posting with its facts and corrections, those left out that this Rolecall does not know or cannot read.

    `number` is what its row is called in the log. Without `is_whole` facts are read when they are asked for.
    """
    facts = StoredFacts(found.facts, codec, number)
    corrections = to_corrections(found.corrections, codec, number=number)
    return head.model_copy(update={"facts": dict(facts) if is_whole else facts, "corrections": tuple(corrections.values())})


def to_kept(row: RowMapping, found: Found, *, codec: FactCodec, is_whole: bool = True) -> KeptPosting | None:
    """Read a row of the posting table as the domain knows it; None, and a line in the log, for one that cannot be read."""
    try:
        posting = to_posting(to_head(row), found, codec=codec, number=row["id"], is_whole=is_whole)
        own = {name: row[name] for name in ("scope", "revision", "read_at")}
        stated = frozenset(filter(None, (row.get("stated") or "").split(",")))
        return KeptPosting(id=row["lineage"], posting=posting, stated=stated, **own)
    except ValueError:
        leave_out("the posting table's", row["id"])
        return None


# Rows read over an open connection.


async def read_rows(connection: AsyncConnection, statement: Executable) -> list[tuple[RowMapping, Found]]:
    """Return rows of the posting table, each with its facts and corrections."""
    asked = (await connection.execute(statement)).mappings().all()
    rows = [row for row in asked if is_sound(row.values(), "the posting table's", row["id"])]
    ids = [row["id"] for row in rows]
    facts = await _read_of(connection, ids, fact, to=FactRow)
    corrections = await _read_of(connection, ids, correction, to=CorrectionRow)
    # Sorted here: databases do not agree on the order of letters.
    return [(row, Found(facts[row["id"]], sorted(corrections[row["id"]], key=lambda made: made.field))) for row in rows]


async def read_drafts(connection: AsyncConnection, statement: Executable) -> list[Draft]:
    """Return rows to work on, with all their facts and keys."""
    rows = await read_rows(connection, statement)
    keys = await _read_of(connection, [row["id"] for row, _ in rows], fact_key, to=KeyRow)
    return [to_draft(row, found._replace(keys=keys[row["id"]])) for row, found in rows]


async def _read_of(connection: AsyncConnection, ids: Collection[int], table: Table, *, to: type[Stored]) -> dict[int, list[Stored]]:
    """Return what a table holds of rows that were found by their scopes, in order."""
    found: dict[int, list[Stored]] = defaultdict(list)
    own = list(table.primary_key.columns)
    for chunk in in_chunks(ids):
        statement = select(table).where(table.c.posting_id.in_(chunk)).order_by(*own)
        for row in (await connection.execute(statement)).mappings():
            if is_sound(row.values(), f"the {table.name} table's", *(row[column.name] for column in own)):
                found[row["posting_id"]].append(read_as(to, row))
    return found


def read_as(to: type[Stored], row: RowMapping) -> Stored:
    """Return the columns of a row that a tuple has."""
    return to(*(row[name] for name in to._fields))
