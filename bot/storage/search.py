"""
Search the keys that facts are filed under, over an open connection: each key has the postings filed under it as bits.

A bit is a posting's id. Bits are kept in blocks, so that keeping a posting writes some hundred bytes a key and a search reads some
kilobytes, however many postings there are; sets are then put together by Python's own whole numbers, a microsecond each.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache, reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import BindParameter, ColumnElement, RowMapping, Select, bindparam, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.posting import Openness
from bot.domain.query import Criterion
from bot.storage.database import Part
from bot.storage.records import FactCodec, Listed
from bot.storage.rows import CorrectionRow, FactRow, Found, read_rows, to_head, to_key_rows, to_posting
from bot.storage.tables import bits, correction, fact, fact_key, in_chunks, is_current, is_sound, posting, same_job, seen, sighting

BLOCK = 8192
"""Bits of one row: a kilobyte at most."""

_BITS_OF_FIGURE = 40
"""Figures are whole hundredths of a topic's unit, up to some ten thousand million: pay in rupiah, hours in cents."""

_HUNDREDTH = 100
_MOST_KEYS = 500
FILED_AS = 1
"""Rises when topics file their facts under other keys: what an older Rolecall filed is then filed anew from the facts."""

Filing = tuple[str, str]
"""A topic and a key; ("", "") is what all current postings of a scope are filed under."""

Filed = tuple[str, int, str, str]
"""A scope, a posting in it, a topic and a key that it is filed under."""

EVERY: Filing = ("", "")
CLOSED: Filing = ("", "closed")
"""Those of them that are known to be closed."""

_MARK = {"scope": "", "topic": "", "key": "filed as"}


# A set of ids as one whole number.


def to_bits(ids: Iterable[int]) -> int:
    """
    Return the set of these ids.

    >>> to_bits([1, 3]), list(newest_of(to_bits([1, 3]), 1))
    (10, [3])
    """
    known = list(ids)
    made = bytearray(max(known, default=0) // 8 + 1)
    for number in known:
        made[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(made, "little")


def newest_of(found: int, most: int) -> Iterator[int]:
    """Yield the highest ids of a set, the highest first."""
    for _ in range(most):
        if not found:
            return
        yield (top := found.bit_length() - 1)
        found ^= 1 << top


class Figures(NamedTuple):
    """The figures of postings under one key, as sets: whose figure has which binary digit."""

    present: int
    digits: tuple[int, ...]
    """The lowest first."""

    def reaching(self, least: float) -> int:
        """Return whose figure is this or more."""
        wanted = max(0, -int(-least * _HUNDREDTH // 1))
        more, same = 0, self.present
        for place in range(len(self.digits) - 1, -1, -1):
            if wanted >> place & 1:
                same &= self.digits[place]
            else:
                more |= same & self.digits[place]
                same &= ~self.digits[place]
        return more | same if wanted >> len(self.digits) == 0 else 0

    def highest(self, among: int, most: int) -> list[int]:
        """Return the ids with the highest figures, the highest first, the newest of those that are alike."""
        more, same = 0, among & self.present
        for digit in reversed(self.digits):
            if (more | same & digit).bit_count() >= most:
                same &= digit
            else:
                more |= same & digit
                same &= ~digit
        ids = [*newest_of(more, most), *newest_of(same, most - more.bit_count())]
        return sorted(ids, key=lambda number: (-self.of(number), -number))

    def of(self, number: int) -> float:
        """Return one posting's figure."""
        return sum(1 << place for place, digit in enumerate(self.digits) if digit >> number & 1) / _HUNDREDTH


class Weighed(NamedTuple):
    """How all postings stand to some criteria."""

    here: int
    """All that may be seen."""

    each: tuple[tuple[int, int], ...]
    """For each criterion those that fit, and those that are known not to."""


class Search(Part):
    """What current postings are found by; every method may raise StorageError."""

    async def weigh(self, criteria: Sequence[Criterion], *, scopes: Collection[str], with_closed: bool = False) -> Weighed:
        """Return how all current postings stand to each criterion, as sets of their ids; closed ones only where they are wanted."""
        wanted = {EVERY, CLOSED} | {filing for criterion in criteria for filing in _filings_of(criterion)}
        found = await self._read_sets(wanted, scopes)
        here = found[EVERY] & (-1 if with_closed else ~found[CLOSED])
        return Weighed(here, tuple(_weigh(criterion, found, here) for criterion in criteria))

    async def read_figures(self, topic: str, keys: Sequence[str], *, scopes: Collection[str]) -> dict[str, Figures]:
        """Return the highest figures of all current postings under some keys of a topic, to put postings in their order."""
        found = await self._read_sets({filing for key in keys for filing in _digits(topic, key, ">")}, scopes)
        return {key: _figures(found, topic, key, ">") for key in keys if found[topic, f"{key}>"]}

    async def list_keys(self, topic: str, beginning: str, *, scopes: Collection[str]) -> list[tuple[str, int]]:
        """Return keys of a topic that begin so, with how many postings are filed under each; the most frequent of the first ones first."""
        counts: dict[str, int] = defaultdict(int)
        for scope in sorted(set(scopes)):
            asked = select(bits.c.key, bits.c.bits).where(bits.c.scope == scope, bits.c.topic == topic)
            asked = asked.where(bits.c.key >= beginning, bits.c.key < f"{beginning}\U0010ffff").order_by(bits.c.key).limit(_MOST_KEYS)
            for key, packed in await self._database.read(asked):
                counts[key] += int.from_bytes(packed, "little").bit_count()
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    async def _read_sets(self, wanted: Iterable[Filing], scopes: Collection[str]) -> dict[Filing, int]:
        """Return the sets of postings under these keys, over all scopes."""
        by_topic: dict[str, list[str]] = defaultdict(list)
        for topic, key in wanted:
            by_topic[topic].append(key)
        of_topic = [(topic, chunk) for topic, keys in by_topic.items() for chunk in in_chunks(keys)]
        own = (bits.c.topic, bits.c.key, bits.c.block, bits.c.bits)
        asked = [select(*own).where(seen(scopes, bits.c.scope), bits.c.topic == topic, bits.c.key.in_(chunk)) for topic, chunk in of_topic]
        packed: dict[Filing, bytearray] = defaultdict(bytearray)
        # In one statement: each takes its turn with the database's thread.
        for topic, key, block, part in await self._database.read(sa.union_all(*asked)):
            _lay(packed[topic, key], block * BLOCK // 8, part)
        return defaultdict(int, {filing: int.from_bytes(laid, "little") for filing, laid in packed.items()})


def _weigh(criterion: Criterion, found: Mapping[Filing, int], here: int) -> tuple[int, int]:
    def under(keys: Sequence[str]) -> int:
        return here if "*" in keys else reduce(or_, (found[criterion.topic, key] for key in keys), 0)

    fitting = under(criterion.keys)
    if criterion.at_least is not None:
        fitting = reduce(or_, (_figures(found, criterion.topic, key, ">").reaching(criterion.at_least) for key in criterion.keys))
    if criterion.at_most is not None:
        above = criterion.at_most + 1 / _HUNDREDTH
        low = (_figures(found, criterion.topic, key, "<") for key in criterion.keys)
        fitting &= reduce(or_, (figures.present & ~figures.reaching(above) for figures in low))
    without = under(criterion.without)
    fitting &= ~without & here
    return fitting, (under(criterion.against) & ~fitting & ~under(criterion.unsure) | without) & here


def _filings_of(criterion: Criterion) -> Iterator[Filing]:
    for key in (*criterion.keys, *criterion.without, *criterion.against, *criterion.unsure):
        yield criterion.topic, key
    for key in criterion.keys:
        if criterion.at_least is not None:
            yield from _digits(criterion.topic, key, ">")
        if criterion.at_most is not None:
            yield from _digits(criterion.topic, key, "<")


def _digits(topic: str, key: str, end: str) -> list[Filing]:
    """Return what the figures at one end of a key's ranges are filed under: that there is one, and its digits."""
    return [(topic, f"{key}{end}"), *((topic, f"{key}{end}{place}") for place in range(_BITS_OF_FIGURE))]


def _figures(found: Mapping[Filing, int], topic: str, key: str, end: str) -> Figures:
    present, *digits = (found[filing] for filing in _digits(topic, key, end))
    return Figures(present, tuple(digits))


def _lay(whole: bytearray, start: int, part: bytes) -> None:
    """Put a block in its place; the ids of two scopes may share one."""
    whole.extend(bytes(max(0, start + len(part) - len(whole))))
    there = int.from_bytes(whole[start : start + len(part)], "little") | int.from_bytes(part, "little")
    whole[start : start + len(part)] = there.to_bytes(len(part), "little")


# What is written: the keys of rows that become current, or cease to be, or are filed otherwise.

_OF_PLACE = ("in_scope", "in_topic", "in_key", "in_block")
_CLEARED = sa.delete(bits).where(*(column == sa.bindparam(name) for column, name in zip(bits.primary_key, _OF_PLACE, strict=True)))


@asynccontextmanager
async def refiled(connection: AsyncConnection, row_ids: Collection[int], *, are_new: bool = False) -> AsyncIterator[None]:
    """Bring the bits into step with what is done to rows meanwhile; those that are new were not there before."""
    before = set() if are_new else await _read_filings(connection, row_ids)
    yield
    after = await _read_filings(connection, row_ids)
    await _write(connection, gone=before - after, new=after - before)


async def _read_filings(connection: AsyncConnection, row_ids: Collection[int]) -> set[Filed]:
    """Return under what rows that are current are filed: scope, posting, topic and key."""
    filed: set[Filed] = set()
    figures: dict[Filed, list[tuple[float, float]]] = defaultdict(list)
    for chunk in in_chunks(row_ids):
        columns = (posting.c.id, posting.c.lineage, posting.c.scope, sighting.c.openness)
        asked = select(*columns).outerjoin(sighting, sighting.c.lineage == posting.c.lineage)
        rows = (await connection.execute(asked.where(posting.c.id.in_(chunk), is_current))).all()
        current = {row.id: (row.scope, row.lineage) for row in rows}
        if not current:
            continue
        filed.update((*own, *EVERY) for own in current.values())
        filed.update((row.scope, row.lineage, *CLOSED) for row in rows if row.openness == Openness.CLOSED)
        for row in (await connection.execute(select(fact_key).where(fact_key.c.posting_id.in_(list(current))))).all():
            own = (*current[row.posting_id], row.topic, row.key)
            filed.add(own)
            if row.low is not None and row.high is not None:
                figures[own].append((row.low, row.high))
    for (scope, number, topic, key), ranges in figures.items():
        for end, figure in (("<", min(low for low, _ in ranges)), (">", max(high for _, high in ranges))):
            filed.add((scope, number, topic, f"{key}{end}"))
            whole = min(int(figure * _HUNDREDTH), (1 << _BITS_OF_FIGURE) - 1)
            filed.update((scope, number, topic, f"{key}{end}{place}") for place in range(_BITS_OF_FIGURE) if whole >> place & 1)
    return filed


async def _write(connection: AsyncConnection, *, gone: Collection[Filed], new: Collection[Filed]) -> None:
    """Take out of the sets what is no longer filed so, and in what is now."""
    cleared, added = _to_masks(gone), _to_masks(new)
    by_block: dict[tuple[str, int], dict[tuple[str, str], None]] = defaultdict(dict)
    for scope, topic, key, block in (*cleared, *added):
        by_block[scope, block][topic, key] = None
    for (scope, block), filings in by_block.items():
        for chunk in in_chunks(filings):
            there = await _read_block(connection, chunk, scope=scope, block=block)
            places = {filing: (scope, *filing, block) for filing in chunk}
            made = {
                filing: int.from_bytes(there.get(filing, b""), "little") & ~cleared.get(place, 0) | added.get(place, 0)
                for filing, place in places.items()
            }
            if there:
                await connection.execute(_CLEARED, [dict(zip(_OF_PLACE, places[filing], strict=True)) for filing in there])
            rows = [
                {"scope": scope, "topic": topic, "key": key, "block": block, "bits": one.to_bytes((one.bit_length() + 7) // 8, "little")}
                for (topic, key), one in made.items()
                if one
            ]
            if rows:
                await connection.execute(sa.insert(bits), rows)


async def _read_block(connection: AsyncConnection, filings: Collection[Filing], *, scope: str, block: int) -> dict[Filing, bytes]:
    """Return what is in one scope's block under some of its keys."""
    # Each of these topics with each of these keys is looked up, in one statement: more than are wanted, and few of the rest are there.
    of_both = bits.c.topic.in_({topic for topic, _ in filings}) & bits.c.key.in_({key for _, key in filings})
    asked = select(bits.c.topic, bits.c.key, bits.c.bits).where(bits.c.scope == scope, bits.c.block == block, of_both)
    found = (await connection.execute(asked)).all()
    wanted = frozenset(filings)
    return {(topic, key): packed for topic, key, packed in found if (topic, key) in wanted}


def _to_masks(filed: Iterable[Filed]) -> dict[tuple[str, str, str, int], int]:
    masks: dict[tuple[str, str, str, int], int] = defaultdict(int)
    for scope, number, topic, key in filed:
        masks[scope, topic, key, number // BLOCK] |= 1 << number % BLOCK
    return masks


async def are_filed(connection: AsyncConnection) -> bool:
    """Tell whether all is filed as this Rolecall does."""
    asked = select(bits.c.block).where(*(bits.c[name] == value for name, value in _MARK.items()))
    return (await connection.execute(asked)).scalar() == FILED_AS


async def refile(connection: AsyncConnection, codec: FactCodec) -> None:
    """File all revisions anew by their facts; what topics are filed under that this Rolecall does not know stays."""
    for chunk in await _all_rows(connection):
        for row, found in await read_rows(connection, select(posting).where(posting.c.id.in_(chunk))):
            facts = to_posting(to_head(row), found, codec=codec, number=row["id"]).facts
            topics = sorted({one.topic for one in found.facts if codec.knows(one.topic)})
            own = sa.and_(fact_key.c.posting_id == row["id"], fact_key.c.topic.in_(topics))
            await connection.execute(sa.delete(fact_key).where(own))
            if keys := [{"posting_id": row["id"], **key._asdict()} for key in to_key_rows(facts, codec)]:
                await connection.execute(sa.insert(fact_key), keys)
    await rebuild(connection, is_new=True)


async def rebuild(connection: AsyncConnection, *, is_new: bool) -> None:
    """Make all bits anew from the keys; `is_new` is whether those are this Rolecall's own."""
    await connection.execute(sa.delete(bits))
    for chunk in await _all_rows(connection):
        await _write(connection, gone=(), new=await _read_filings(connection, chunk))
    if is_new:
        await connection.execute(sa.insert(bits).values(**_MARK, block=FILED_AS, bits=b""))


async def _all_rows(connection: AsyncConnection) -> Iterator[list[int]]:
    return in_chunks((await connection.execute(select(posting.c.id).order_by(posting.c.id))).scalars().all())


# Postings with the facts of some topics, in one statement.

LISTED = (posting.c.lineage, *(posting.c[name] for name in Listed._fields[1:]))
"""What is told of a posting without its text."""


_FACT = slice(1, 1 + len(FactRow._fields))
_CORRECTION = slice(_FACT.stop, _FACT.stop + len(CorrectionRow._fields))
"""Where both stand in a row of a sketch, behind the row's own id."""


@cache
def select_sketch(*, with_text: bool, has_ids: bool, has_topics: bool = True) -> Select[Any]:
    """Select postings beside facts of some topics or all; texts, where they are wanted, stand beside the first fact of each topic."""
    names: BindParameter[Any] = bindparam("topics", expanding=True)
    scopes: BindParameter[Any] = bindparam("scopes", expanding=True)
    is_first = func.coalesce(fact.c.position, 0) == 0
    text: ColumnElement[str] = case((is_first, posting.c.text), else_="") if with_text else literal("")
    beside = posting.outerjoin(fact, sa.and_(fact.c.posting_id == posting.c.id, *([fact.c.topic.in_(names)] if has_topics else ())))
    columns: list[Any] = [fact.c[name] for name in FactRow._fields]
    more: list[Any] = []
    if with_text:
        of_topics = [correction.c.field.in_(names)] if has_topics else ()
        beside = beside.outerjoin(correction, sa.and_(correction.c.posting_id == posting.c.id, *of_topics))
        beside = beside.outerjoin(sighting, sa.and_(sighting.c.lineage == posting.c.lineage, sighting.c.scope.in_(scopes)))
        columns += [correction.c[name] for name in CorrectionRow._fields]
        is_elsewhere = select(literal(1)).where(same_job.c.lineage == posting.c.lineage).exists()
        more = [case((is_first, sighting.c[name])).label(label) for name, label in SEEN.items()]
        more = [*more, case((is_first, is_elsewhere)).label("is_elsewhere")]
    if with_text and has_topics:
        every = fact.alias()
        stated = select(func.aggregate_strings(every.c.topic, ",")).where(every.c.posting_id == posting.c.id, every.c.position == 0)
        more.append(stated.scalar_subquery().label("stated"))
    listed = (case((is_first, column)).label(column.name) if column is posting.c.read_at else column for column in LISTED)
    asked = select(posting.c.id, *columns, *listed, posting.c.revision, text.label("text"), *more).select_from(beside)
    asked = asked.where(is_current, posting.c.scope.in_(scopes))
    return asked.where(posting.c.lineage.in_(bindparam("ids", expanding=True))) if has_ids else asked


SEEN = {"openness": "openness", "evidence": "evidence", "at": "found_at", "seen_at": "seen_at"}
"""What is told of whether a posting is open, as columns and what they are called beside a posting's own."""


def sketched_in(rows: Iterable[Any], *, with_corrections: bool) -> Iterator[tuple[RowMapping, Found]]:
    """Yield each posting of a sketch, by id, with what stands beside it, each fact and correction once."""
    # Sorted here: to be answered from an index, the statement has no order.
    for _, group in groupby(sorted(rows, key=lambda row: (row[0], row[1] or "", row[2] or 0)), key=itemgetter(0)):
        found = list(group)
        facts = {row[1:3]: FactRow(*row[_FACT]) for row in found if _is_fact(row)}
        made = {row[_CORRECTION][0]: CorrectionRow(*row[_CORRECTION]) for row in found if with_corrections and _is_correction(row)}
        row = found[0]._mapping  # noqa: SLF001 -- public: its name hides no column
        yield row, Found(list(facts.values()), [made[field] for field in sorted(made)])


def _is_fact(row: Any) -> bool:
    return row[1] is not None and is_sound(row[_FACT], "the fact table's", *row[:3])


def _is_correction(row: Any) -> bool:
    own = row[_CORRECTION]
    return own[0] is not None and is_sound(own, "the correction table's", row[0], own[0])
