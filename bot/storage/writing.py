"""What keeping, removing and restoring postings comes to, by who has the turn to write."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.administration import Deed
from bot.domain.posting import HeadField
from bot.storage.changes import Note, Turn, insert, mark, note_of, refresh
from bot.storage.corrections import apply_corrections, say_the_same, says_the_same
from bot.storage.reading import (
    in_chunks,
    possible_ids,
    read_drafts,
    select_lineage,
    select_removed_words,
    select_same_identity,
    select_same_link,
    select_same_words,
)
from bot.storage.records import FactCodec, Kept, Knows, Outcome, RowState, Same, Sameness
from bot.storage.rows import (
    CorrectionRow,
    Draft,
    Found,
    Reading,
    beside_the_loop,
    found_the_same,
    from_source,
    identities,
    known_as,
    may_be_one_job,
    to_corrections,
    to_posting,
    to_reading,
)

# What people put right in one revision, carried on to the next.


class Carried(NamedTuple):
    """A reading with the corrections of the one before it."""

    reading: Reading
    is_corrected: bool
    """Whether it brings corrections of its own that say something else."""


def carry_over(reading: Reading, before: Reading, *, codec: FactCodec) -> Carried:
    """
    Let a reading take over the corrections of the one before it, except for fields that it has its own for.

    Where its own says the same as the one before, that one stays, with who made it. Corrections that this Rolecall cannot read rest.
    """
    if not before.corrections:
        return Carried(reading, is_corrected=bool(reading.corrections))
    old = to_corrections(before.corrections, codec)
    posting = to_posting(reading.posting, Found(reading.facts, reading.corrections), codec=codec)
    own = [one for one in posting.corrections if one.field not in old or not says_the_same(one, old[one.field])]
    repeated = {one.field: one for one in posting.corrections if one not in own}
    kept = [old[field].model_copy(update={"read": one.read, "read_words": one.read_words}) for field, one in repeated.items()]
    corrected = apply_corrections(posting.model_copy(update={"corrections": (*own, *kept)}), old.values())
    return Carried(with_unread(to_reading(corrected, codec), before, codec=codec), is_corrected=bool(own))


def with_link(reading: Reading, before: Reading) -> Reading:
    """
    Return a reading that came without a link under the one that its posting came with before.

    A link may stand beside the text, as the address of a page does; the same text pasted or from a file has none, and goes on to be found
    by it. A link within the same words is left to the reader, who may have become better.
    """
    came = _came_with(before.posting.link, before.corrections)
    is_read_anew = reading.fingerprint == before.fingerprint and came is not None and came in reading.posting.text
    if came is None or is_read_anew or _came_with(reading.posting.link, reading.corrections) is not None:
        return reading
    corrections = tuple(row._replace(read_words=came) if row.field == HeadField.LINK else row for row in reading.corrections)
    is_corrected = any(row.field == HeadField.LINK for row in corrections)
    posting = reading.posting if is_corrected else reading.posting.model_copy(update={"link": came})
    return replace(reading, posting=posting, corrections=corrections, identities=identities(posting, corrections))


def _came_with(link: str | None, corrections: Iterable[CorrectionRow]) -> str | None:
    """Return the link that a posting came with, whatever a person put in its place."""
    return next((row.read_words for row in corrections if row.field == HeadField.LINK), link)


def with_unread(reading: Reading, before: Reading, *, codec: FactCodec) -> Reading:
    """Return a reading with the corrections of the one before it that this Rolecall cannot read, as they stand."""
    known = to_corrections(before.corrections, codec).keys() | {row.field for row in reading.corrections}
    unread = [row for row in before.corrections if row.field not in known]
    return replace(reading, corrections=tuple(sorted((*reading.corrections, *unread), key=lambda row: row.field))) if unread else reading


def only_known(reading: Reading, knows: Knows) -> Reading:
    """Return a reading without the facts and keys of topics that this Rolecall does not know: they are neither compared nor written."""
    facts = tuple(row for row in reading.facts if knows(row.topic))
    return replace(reading, facts=facts, keys=tuple(key for key in reading.keys if knows(key.topic)))


def with_unknown(reading: Reading, before: Reading, *, codec: FactCodec) -> Reading:
    """Return a reading of the same words with the facts and keys of topics that this Rolecall does not know."""
    facts = tuple(row for row in before.facts if not codec.knows(row.topic))
    keys = tuple(key for key in before.keys if not codec.knows(key.topic))
    return replace(reading, facts=(*reading.facts, *facts), keys=(*reading.keys, *keys))


# What keeping a batch of postings comes to, worked out before anything is written.


class Plan:
    """
    The current and removed rows that a batch may touch, and what becomes of them; `keep` takes one posting after the other.

    Facts of topics that are not known are not compared; they stay with a row's words.
    """

    def __init__(self, rows: Iterable[Draft], *, scope: str, last_id: int, now: datetime, codec: FactCodec) -> None:
        self._last_id = last_id
        self._scope = scope
        self._now = now
        self._codec = codec
        self._drafts = sorted(rows, key=lambda row: row.id)
        self._by_words: dict[str, Draft] = {}
        self._by_identity: dict[str, dict[int, Draft]] = defaultdict(dict)
        """By what they came with: of a link that several share all of them, by their rows."""

        self._by_corrected_link: dict[str, dict[int, Draft]] = defaultdict(dict)
        self._shared: frozenset[str] = frozenset()
        """Links that stand in several of the postings to be kept, and join nothing."""

        for row in self._drafts:
            if row.state is RowState.CURRENT:
                self._remember(row)
        self._removed = {row.reading.fingerprint: row for row in self._drafts if row.state is RowState.REMOVED}
        self.notes: list[Note] = []
        """What was done, in order."""

    def keep(self, reading: Reading) -> Kept:
        """Plan for one posting and say what becomes of it."""
        if same := self._by_words.get(reading.fingerprint):
            return self._repeat(same, reading)
        if before := self._find_identity(reading):
            return self._revise(before, reading, deed=Deed.UPDATED)
        if gone := self._removed.pop(reading.fingerprint, None):
            return self._revise(gone, reading, deed=Deed.ADDED)
        return self._append(reading, None, deed=Deed.ADDED)

    def keep_all(self, readings: Sequence[Reading]) -> tuple[Kept, ...]:
        """Plan for a batch, one after the other; a link under which it has several titles is nobody's own, whatever the order."""
        self._shared = frozenset(_shared_links(readings))
        return tuple(map(self.keep, readings))

    def find_same(self, reading: Reading) -> Same | None:
        """Return what `keep` would leave unchanged or revise."""
        if same := self._by_words.get(reading.fingerprint):
            return Same(Sameness.SAME_WORDS, same.lineage, same.revision)
        if before := self._find_identity(reading):
            return Same(Sameness.SAME_IDENTITY, before.lineage, before.revision)
        return None

    def find_removed(self, reading: Reading) -> Draft | None:
        """Return the removed row that `keep` would bring back."""
        return None if self.find_same(reading) else self._removed.get(reading.fingerprint)

    @property
    def superseded(self) -> Iterator[Draft]:
        """Stored rows that another revision has taken the place of."""
        return (row for row in self._drafts if not row.is_new and row.state is RowState.SUPERSEDED)

    @property
    def refreshed(self) -> Iterator[Draft]:
        """Stored rows that are read anew."""
        return (row for row in self._drafts if not row.is_new and row.is_refreshed)

    @property
    def added(self) -> Iterator[Draft]:
        """Rows to be stored."""
        return (row for row in self._drafts if row.is_new)

    def _find_identity(self, reading: Reading) -> Draft | None:
        """Find what a posting revises: what came under its link goes before what a person gave that link."""
        if not reading.posting.link and not _came_with(None, reading.corrections):
            return next(reversed(self._by_identity.get(reading.identities[0], {}).values()), None)
        found = (self._find_under_link(key, reading) for key in reading.identities)
        return next((row for row in found if row is not None), None)

    def _find_under_link(self, link: str, reading: Reading) -> Draft | None:
        """Return the posting under a link that is of the same job; a link that several share joins nothing."""
        rows = list((self._by_identity.get(link) or self._by_corrected_link.get(link) or {}).values())
        if link in self._shared or len(rows) != 1 or not may_be_one_job(rows[0].reading, reading):
            return None
        return rows[0]

    def _repeat(self, same: Draft, reading: Reading) -> Kept:
        carried = carry_over(with_link(reading, same.reading), same.reading, codec=self._codec)
        # The same words may be kept under several sources; the first stays.
        reading = from_source(carried.reading, same.reading.posting.source)
        if carried.is_corrected:
            self._forget(same)
            same.state = RowState.SUPERSEDED
            return self._append(with_unknown(reading, same.reading, codec=self._codec), same, deed=Deed.CORRECTED)
        self._refresh(same, reading)
        return Kept(Outcome.UNCHANGED, same.lineage, same.revision)

    def _refresh(self, row: Draft, reading: Reading) -> None:
        is_same = reading.posting == row.reading.posting and reading.corrections == row.reading.corrections
        if is_same and found_the_same(reading, only_known(row.reading, self._codec.knows)):
            return
        self._forget(row)
        row.reading = reading
        row.is_refreshed = True
        self._remember(row)

    def _revise(self, before: Draft, reading: Reading, *, deed: Deed) -> Kept:
        self._forget(before)
        carried = carry_over(with_link(reading, before.reading), before.reading, codec=self._codec)
        kept = self._append(carried.reading, before, deed=deed)
        before.state = RowState.SUPERSEDED
        return kept

    def _append(self, reading: Reading, before: Draft | None, *, deed: Deed) -> Kept:
        self._last_id += 1
        row = Draft(
            id=self._last_id,
            lineage=before.lineage if before else self._last_id,
            revision=before.revision + 1 if before else 1,
            state=RowState.CURRENT,
            scope=self._scope,
            read_at=self._now,
            reading=reading,
            is_new=True,
        )
        self._drafts.append(row)
        self._remember(row)
        was_current = before is not None and deed is not Deed.ADDED
        self.notes.append(note_of(deed, row, before=before.revision if before and was_current else None, after=row.revision))
        return Kept(Outcome.ADDED if deed is Deed.ADDED else Outcome.UPDATED, row.lineage, row.revision)

    def _remember(self, row: Draft) -> None:
        self._by_words[row.reading.fingerprint] = row
        for index, key in self._places(row):
            index[key][row.id] = row

    def _forget(self, row: Draft) -> None:
        if self._by_words.get(row.reading.fingerprint) is row:
            del self._by_words[row.reading.fingerprint]
        for index, key in self._places(row):
            index[key].pop(row.id, None)

    def _places(self, row: Draft) -> Iterator[tuple[dict[str, dict[int, Draft]], str]]:
        """Yield what a current row is found by besides its words."""
        own, *corrected = row.reading.identities
        yield self._by_identity, own
        yield from ((self._by_corrected_link, link) for link in corrected)


def _shared_links(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the identities under which a batch has postings of several titles: links that are not one job's own."""
    titles: dict[str, set[frozenset[str]]] = defaultdict(set)
    for reading in readings:
        if reading.posting.link:
            titles[reading.identities[-1]].add(known_as(reading, HeadField.TITLE))
    return (identity for identity, found in titles.items() if len(found) > 1)


class Target(NamedTuple):
    """The posting that gets a new revision."""

    number: int
    scopes: Collection[str]
    base: int | None = None
    """Only if this is its revision."""


async def keep(turn: Turn, readings: Sequence[Reading], *, scope: str, codec: FactCodec) -> tuple[Kept, ...]:
    """Store a batch and say what became of each."""
    rows = await _read_touched(turn.connection, readings, scope=scope)
    plan = Plan(rows, scope=scope, last_id=turn.last_id, now=turn.now, codec=codec)
    kept = await beside_the_loop(lambda: plan.keep_all(readings), [reading.posting for reading in readings])
    await mark(turn, [row.id for row in plan.superseded], state=RowState.SUPERSEDED)
    for row in plan.refreshed:
        await refresh(turn, row, knows=codec.knows)
    await insert(turn, list(plan.added))
    turn.notes += plan.notes
    return kept


async def find_same(connection: AsyncConnection, reading: Reading, *, scope: str, codec: FactCodec) -> Same | None:
    """Return what keeping a posting would leave unchanged or revise."""
    return (await _plan_for(connection, reading, scope=scope, codec=codec)).find_same(reading)


async def find_removed(connection: AsyncConnection, reading: Reading, *, scope: str, codec: FactCodec) -> int | None:
    """Return the id of the removed posting that keeping a posting would bring back."""
    gone = (await _plan_for(connection, reading, scope=scope, codec=codec)).find_removed(reading)
    return gone.lineage if gone else None


async def revise(turn: Turn, target: Target, *, reading: Reading, codec: FactCodec) -> Kept | None:
    """Store a reading as the newest revision of a posting, with its own corrections only; None where there is no such posting."""
    rows = await _read_lineage(turn.connection, target.number, target.scopes)
    if not rows or rows[-1].state is not RowState.CURRENT or target.base not in (None, rows[-1].revision):
        return None
    before = rows[-1]
    if twin := await _find_twin(turn.connection, reading, before):
        return Kept(Outcome.UNCHANGED, twin.lineage, twin.revision)
    reading = with_unread(reading, before.reading, codec=codec)
    if is_repeated := reading.fingerprint == before.reading.fingerprint:
        # The same words may be given from another source; the first stays, as where they are kept.
        reading = from_source(with_link(reading, before.reading), before.reading.posting.source)
        reading = with_unknown(reading, before.reading, codec=codec)
        if _says_the_same(reading, before.reading, codec=codec):
            return await _refresh(turn, before, reading=reading, knows=codec.knows)
    after = replace(before, id=turn.last_id + 1, revision=before.revision + 1, read_at=turn.now, reading=reading)
    await mark(turn, [before.id], state=RowState.SUPERSEDED)
    await insert(turn, [after])
    turn.notes.append(note_of(Deed.CORRECTED if is_repeated else Deed.UPDATED, after, before=before.revision, after=after.revision))
    return Kept(Outcome.UPDATED, after.lineage, after.revision)


async def remove(turn: Turn, number: int, *, scopes: Collection[str]) -> bool:
    """Mark a current posting as removed; False where there is none."""
    rows = await _read_lineage(turn.connection, number, scopes)
    if not rows or rows[-1].state is not RowState.CURRENT:
        return False
    await mark(turn, [rows[-1].id], state=RowState.REMOVED)
    turn.notes.append(note_of(Deed.REMOVED, rows[-1], before=rows[-1].revision))
    return True


async def restore(turn: Turn, number: int, *, scopes: Collection[str], revision: int | None) -> int | None:
    """Make a revision current again and return the id under which its words are current now; None where there is no such revision."""
    rows = await _read_lineage(turn.connection, number, scopes)
    wanted = next((row for row in reversed(rows) if revision in (None, row.revision)), None)
    if wanted is None:
        return None
    if wanted.state is RowState.CURRENT:
        return wanted.lineage
    if twin := await _find_twin(turn.connection, wanted.reading, wanted):
        return twin.lineage
    newest = rows[-1]
    before = newest.revision if newest.state is RowState.CURRENT else None
    if wanted is newest:
        await mark(turn, [wanted.id], state=RowState.CURRENT)
    else:
        await mark(turn, [newest.id], state=RowState.SUPERSEDED)
        wanted = replace(wanted, id=turn.last_id + 1, revision=newest.revision + 1, state=RowState.CURRENT)
        await insert(turn, [wanted])
    turn.notes.append(note_of(Deed.RESTORED, wanted, before=before, after=wanted.revision))
    return wanted.lineage


async def _plan_for(connection: AsyncConnection, reading: Reading, *, scope: str, codec: FactCodec) -> Plan:
    """Return a plan to be asked what keeping a posting would come to; nothing is kept by it."""
    rows = await _read_touched(connection, [reading], scope=scope)
    return Plan(rows, scope=scope, last_id=0, now=datetime.min.replace(tzinfo=UTC), codec=codec)


async def _find_twin(connection: AsyncConnection, reading: Reading, row: Draft) -> Draft | None:
    """Return the posting other than this row's that has the words of a reading now."""
    twins = await read_drafts(connection, select_same_words([reading.fingerprint], row.scope))
    return next((twin for twin in twins if twin.lineage != row.lineage), None)


def _says_the_same(reading: Reading, before: Reading, *, codec: FactCodec) -> bool:
    """Tell whether nothing was put right in a reading that had not been before."""
    made, earlier = (to_corrections(one.corrections, codec).values() for one in (reading, before))
    return say_the_same(made, earlier)


async def _refresh(turn: Turn, row: Draft, *, reading: Reading, knows: Knows) -> Kept:
    if (reading.posting, reading.corrections) != (row.reading.posting, row.reading.corrections) or not found_the_same(reading, row.reading):
        row.reading = only_known(reading, knows)
        await refresh(turn, row, knows=knows)
    return Kept(Outcome.UNCHANGED, row.lineage, row.revision)


async def _read_touched(connection: AsyncConnection, readings: Sequence[Reading], *, scope: str) -> list[Draft]:
    """Return every row that the batch may touch, each once."""
    words = list(dict.fromkeys(reading.fingerprint for reading in readings))
    identities = list(dict.fromkeys(identity for reading in readings for identity in reading.identities))
    asked = (
        (select_same_words, words),
        (select_removed_words, words),
        (select_same_identity, identities),
        (select_same_link, identities),
    )
    found: dict[int, Draft] = {}
    for build, keys in asked:
        for chunk in in_chunks(keys):
            found.update((row.id, row) for row in await read_drafts(connection, build(chunk, scope)))
    return list(found.values())


async def _read_lineage(connection: AsyncConnection, number: int, scopes: Collection[str]) -> list[Draft]:
    return await read_drafts(connection, select_lineage(number, scopes)) if possible_ids([number]) else []
