"""What keeping, removing and restoring postings comes to, and how rows change, by who has the turn to write."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.posting import ActionKind, HeadField
from bot.storage.corrections import came_with, carry_over, say_the_same, with_link, with_unread
from bot.storage.database import Turn
from bot.storage.records import FactCodec, Kept, Outcome, RowState, Same, Sameness
from bot.storage.rows import OWN_NAMES, CorrectionRow, Draft, Reading, beside_the_loop, fold_words, identities, read_drafts, to_corrections
from bot.storage.search import refiled
from bot.storage.tables import called, correction, fact, fact_key, in_chunks, is_current, is_removed, possible_ids, posting, seen

LONGEST_NAME = 200
"""Characters of a company or title in the history; the posting itself has it whole."""

_NEVER = datetime.min.replace(tzinfo=UTC)


def to_action_row(kind: ActionKind, row: Any, *, before: int | None = None, after: int | None = None) -> dict[str, Any]:
    """Return what is stored of an action on a draft or a row of the posting table: it led to a revision, or removed one."""
    head = row.reading.posting if isinstance(row, Draft) else row
    names = {"company": _cut(head.company), "title": _cut(head.title)}
    return {"deed": kind.value, "lineage": row.lineage, "scope": row.scope, **names, "before": before, "after": after}


def _cut(name: str | None) -> str | None:
    return name if name is None or len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


# When a text is a new revision of a posting.

_WORDS_TO_COMPARE = 60
"""Words of a text, each counted once: shorter ones do not tell by their words whether they are of one job."""

_LEAST_SHARED = 0.35
"""Of the shorter text's words: revisions of real postings share 0.8 and more, postings of two jobs in one frame 0.3 to 0.7."""


def may_be_one_job(first: Reading, second: Reading) -> bool:
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
    here, there = (set(fold_words(each.posting.text).split()) for each in (first, second))
    fewest = min(len(here), len(there))
    return fewest < _WORDS_TO_COMPARE or len(here & there) >= _LEAST_SHARED * fewest


def known_as(reading: Reading, field: HeadField) -> frozenset[str]:
    """Return what stands in a field of a posting's head, as words: what it came with, and what a person put in its place."""
    came = [row.read_words for row in reading.corrections if row.field == field]
    return frozenset(fold_words(words) for words in (getattr(reading.posting, field.attribute), *came) if words and words.strip())


def from_source(reading: Reading, source: str) -> Reading:
    """Return a reading under another source."""
    posting = reading.posting.model_copy(update={"source": source})
    return replace(reading, posting=posting, identities=identities(posting, reading.corrections))


def is_found_the_same(first: Reading, second: Reading) -> bool:
    """Tell whether the facts are the same and filed alike, whatever the order of topics; 1, 1.0 and true are three values."""
    spelt, other = (sorted(json.dumps(row, sort_keys=True) for row in one.facts) for one in (first, second))
    return set(first.keys) == set(second.keys) and spelt == other


def only_known(reading: Reading, codec: FactCodec) -> Reading:
    """Return a reading without the facts and keys of topics that this Rolecall does not know: they are neither compared nor written."""
    facts = tuple(row for row in reading.facts if codec.knows(row.topic))
    return replace(reading, facts=facts, keys=tuple(key for key in reading.keys if _is_filed(key.topic, codec)))


def with_unknown(reading: Reading, before: Reading, *, codec: FactCodec) -> Reading:
    """Return a reading of the same words with the facts and keys of topics that this Rolecall does not know."""
    facts = tuple(row for row in before.facts if not codec.knows(row.topic))
    keys = tuple(key for key in before.keys if not _is_filed(key.topic, codec))
    return replace(reading, facts=(*reading.facts, *facts), keys=(*reading.keys, *keys))


def _is_filed(topic: str, codec: FactCodec) -> bool:
    """Tell whether this Rolecall files postings under keys of a topic; what a text calls its company is no topic, and is filed by all."""
    return topic == OWN_NAMES or codec.knows(topic)


# What keeping a batch of postings comes to, worked out before anything is written.


class Plan:
    """
    The current and removed rows that a batch may touch, and what becomes of them; `keep` takes one posting after the other.

    Facts of topics that are not known are not compared; they stay with a row's words.
    """

    def __init__(self, rows: Iterable[Draft], *, scope: str, codec: FactCodec, last_id: int = 0, now: datetime = _NEVER) -> None:
        self._last_id = last_id
        self._scope = scope
        self._now = now
        self._codec = codec
        self.drafts = sorted(rows, key=lambda row: row.id)
        self._by_words: dict[str, Draft] = {}
        self._by_identity: dict[str, dict[int, Draft]] = defaultdict(dict)
        """By what they came with: of a link that several share all of them, by their rows."""

        self._by_corrected_link: dict[str, dict[int, Draft]] = defaultdict(dict)
        self._shared: frozenset[str] = frozenset()
        """Links that stand in several of the postings to be kept, and join nothing."""

        for row in self.drafts:
            if row.state is RowState.CURRENT:
                self._remember(row)
        self._removed = {row.reading.fingerprint: row for row in self.drafts if row.state is RowState.REMOVED}
        self.actions: list[dict[str, Any]] = []
        """What was done, in order."""

    def keep(self, reading: Reading) -> Kept:
        """Plan for one posting and say what becomes of it."""
        if same := self._by_words.get(reading.fingerprint):
            return self._repeat(same, reading)
        if before := self._find_identity(reading):
            return self._revise(before, reading, kind=ActionKind.UPDATED)
        if gone := self._removed.pop(reading.fingerprint, None):
            return self._revise(gone, reading, kind=ActionKind.ADDED)
        return self._append(reading, None, kind=ActionKind.ADDED)

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

    def _find_identity(self, reading: Reading) -> Draft | None:
        """Find what a posting revises: what came under its link goes before what a person gave that link."""
        if not reading.posting.link and not came_with(None, reading.corrections):
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
            return self._append(with_unknown(reading, same.reading, codec=self._codec), same, kind=ActionKind.CORRECTED)
        self._refresh(same, reading)
        return Kept(Outcome.UNCHANGED, same.lineage, same.revision)

    def _refresh(self, row: Draft, reading: Reading) -> None:
        is_same = reading.posting == row.reading.posting and reading.corrections == row.reading.corrections
        if is_same and is_found_the_same(reading, only_known(row.reading, self._codec)):
            return
        self._forget(row)
        row.reading = reading
        row.is_refreshed = True
        self._remember(row)

    def _revise(self, before: Draft, reading: Reading, *, kind: ActionKind) -> Kept:
        self._forget(before)
        carried = carry_over(with_link(reading, before.reading), before.reading, codec=self._codec)
        kept = self._append(carried.reading, before, kind=kind)
        before.state = RowState.SUPERSEDED
        return kept

    def _append(self, reading: Reading, before: Draft | None, *, kind: ActionKind) -> Kept:
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
        self.drafts.append(row)
        self._remember(row)
        was_current = before is not None and kind is not ActionKind.ADDED
        self.actions.append(to_action_row(kind, row, before=before.revision if before and was_current else None, after=row.revision))
        return Kept(Outcome.ADDED if kind is ActionKind.ADDED else Outcome.UPDATED, row.lineage, row.revision)

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


async def keep(turn: Turn, readings: Sequence[Reading], *, scope: str) -> tuple[Kept, ...]:
    """Store a batch and say what became of each."""
    rows = await _read_touched(turn.connection, readings, scope=scope)
    plan = Plan(rows, scope=scope, codec=turn.codec, last_id=turn.last_id, now=turn.now)
    kept = await beside_the_loop(lambda: plan.keep_all(readings), [reading.posting for reading in readings])
    stored = [row for row in plan.drafts if not row.is_new]
    await mark(turn, [row.id for row in stored if row.state is RowState.SUPERSEDED], state=RowState.SUPERSEDED)
    for row in stored:
        if row.is_refreshed:
            await _refresh(turn, row)
    await _insert(turn, [row for row in plan.drafts if row.is_new])
    turn.actions += plan.actions
    return kept


async def plan_for(connection: AsyncConnection, reading: Reading, *, scope: str, codec: FactCodec) -> Plan:
    """Return a plan to be asked what keeping a posting would come to; nothing is kept by it."""
    return Plan(await _read_touched(connection, [reading], scope=scope), scope=scope, codec=codec)


async def revise(turn: Turn, target: Target, *, reading: Reading, carries: bool = False) -> Kept | None:
    """
    Store a reading as the newest revision of a posting; None where there is no such posting.

    It has its own corrections only, and where it `carries` those that were made before too.
    """
    rows = await _read_lineage(turn.connection, target.number, target.scopes)
    if not rows or rows[-1].state is not RowState.CURRENT or target.base not in (None, rows[-1].revision):
        return None
    before = rows[-1]
    reading = carry_over(reading, before.reading, codec=turn.codec).reading if carries else reading
    if twin := await _find_twin(turn.connection, reading, before):
        return Kept(Outcome.UNCHANGED, twin.lineage, twin.revision)
    reading = with_unread(reading, before.reading, codec=turn.codec)
    if is_repeated := reading.fingerprint == before.reading.fingerprint:
        # The same words may be given from another source; the first stays, as where they are kept.
        reading = from_source(with_link(reading, before.reading), before.reading.posting.source)
        reading = with_unknown(reading, before.reading, codec=turn.codec)
        if say_the_same(*(to_corrections(one.corrections, turn.codec).values() for one in (reading, before.reading))):
            return await _read_anew(turn, before, reading)
    after = replace(before, id=turn.last_id + 1, revision=before.revision + 1, read_at=turn.now, reading=reading)
    await mark(turn, [before.id], state=RowState.SUPERSEDED)
    await _insert(turn, [after])
    kind = ActionKind.CORRECTED if is_repeated else ActionKind.UPDATED
    turn.actions.append(to_action_row(kind, after, before=before.revision, after=after.revision))
    return Kept(Outcome.UPDATED, after.lineage, after.revision)


async def remove(turn: Turn, number: int, *, scopes: Collection[str]) -> bool:
    """Mark a current posting as removed; False where there is none."""
    rows = await _read_lineage(turn.connection, number, scopes)
    if not rows or rows[-1].state is not RowState.CURRENT:
        return False
    await mark(turn, [rows[-1].id], state=RowState.REMOVED)
    turn.actions.append(to_action_row(ActionKind.REMOVED, rows[-1], before=rows[-1].revision))
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
        await _insert(turn, [wanted])
    turn.actions.append(to_action_row(ActionKind.RESTORED, wanted, before=before, after=wanted.revision))
    return wanted.lineage


async def _read_anew(turn: Turn, row: Draft, reading: Reading) -> Kept:
    is_same = (reading.posting, reading.corrections) == (row.reading.posting, row.reading.corrections)
    if not is_same or not is_found_the_same(reading, row.reading):
        row.reading = only_known(reading, turn.codec)
        await _refresh(turn, row)
    return Kept(Outcome.UNCHANGED, row.lineage, row.revision)


# Rows that such work is about.


_ASKED_AT_ONCE = 4
"""Questions in one statement, each with an index of its own; SQLite bounds how much one may name."""


async def _read_touched(connection: AsyncConnection, readings: Sequence[Reading], *, scope: str) -> list[Draft]:
    """Return every row that the batch may touch, each once: of the same words, or of the same link or its like."""
    conditions: list[tuple[sa.ColumnElement[bool], ...]] = []
    for words in in_chunks(dict.fromkeys(reading.fingerprint for reading in readings)):
        conditions += [(posting.c.fingerprint.in_(words), state) for state in (is_current, is_removed)]
    for known_by in in_chunks(dict.fromkeys(identity for reading in readings for identity in reading.identities)):
        put_right = sa.select(correction.c.posting_id).where(correction.c.identity.in_(known_by))
        conditions += [(one, is_current) for one in (posting.c.identity.in_(known_by), posting.c.id.in_(put_right))]
    asked = [sa.select(posting).where(posting.c.scope == scope, *condition) for condition in conditions]
    found: dict[int, Draft] = {}
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        rows = await read_drafts(connection, sa.union_all(*asked[start : start + _ASKED_AT_ONCE]))
        found.update((row.id, row) for row in rows)
    return list(found.values())


async def _read_lineage(connection: AsyncConnection, number: int, scopes: Collection[str]) -> list[Draft]:
    lineage = sa.select(posting).where(posting.c.lineage == number, seen(scopes)).order_by(posting.c.revision)
    return await read_drafts(connection, lineage) if possible_ids([number]) else []


async def _find_twin(connection: AsyncConnection, reading: Reading, row: Draft) -> Draft | None:
    """Return the posting other than this row's that has the words of a reading now."""
    same_words = sa.select(posting).where(posting.c.scope == row.scope, posting.c.fingerprint == reading.fingerprint, is_current)
    return next((twin for twin in await read_drafts(connection, same_words) if twin.lineage != row.lineage), None)


# The few ways in which rows change.


async def mark(turn: Turn, row_ids: Sequence[int], *, state: RowState) -> None:
    """Give rows another state; only current ones are found by a search."""
    for chunk in in_chunks(row_ids):
        turn.has_changed = True
        async with refiled(turn.connection, chunk):
            changed = sa.update(posting).where(posting.c.id.in_(chunk)).values(state=state.value, **_stamp(turn))
            await turn.connection.execute(changed)


async def _refresh(turn: Turn, row: Draft) -> None:
    """Write a row's content anew, with what it is called by; facts and keys of topics that are not known stay."""
    turn.has_changed = True
    async with refiled(turn.connection, [row.id]):
        await turn.connection.execute(sa.update(posting).where(posting.c.id == row.id).values(**_stamp(turn), **_content(row)))
        topics = (await turn.connection.execute(sa.select(fact.c.topic).where(fact.c.posting_id == row.id).distinct())).scalars()
        replaced = [OWN_NAMES, *(topic for topic in topics if turn.codec.knows(topic))]
        for table in (fact, fact_key):
            await turn.connection.execute(sa.delete(table).where(table.c.posting_id == row.id, table.c.topic.in_(replaced)))
        for table in (correction, called):
            await turn.connection.execute(sa.delete(table).where(table.c.posting_id == row.id))
        await _insert_found(turn, [row])


async def _insert(turn: Turn, rows: Sequence[Draft]) -> None:
    """Store new rows with what was found in them and put right."""
    if not rows:
        return
    turn.has_changed = True
    turn.last_id = max(turn.last_id, *(row.id for row in rows))
    own = ("id", "lineage", "revision", "scope", "read_at")
    values = [{**{name: getattr(row, name) for name in own}, "state": row.state.value, **_stamp(turn), **_content(row)} for row in rows]
    async with refiled(turn.connection, [row.id for row in rows], are_new=True):
        await turn.connection.execute(sa.insert(posting), values)
        await _insert_found(turn, rows)


async def _insert_found(turn: Turn, rows: Sequence[Draft]) -> None:
    facts = [{"posting_id": row.id, **found._asdict()} for row in rows for found in row.reading.facts]
    keys = [{"posting_id": row.id, **key._asdict()} for row in rows for key in row.reading.keys]
    corrections = [
        {"posting_id": row.id, "identity": _link_identity(row, made), **made._asdict()} for row in rows for made in row.reading.corrections
    ]
    names = [{"posting_id": row.id, "words": row.reading.called} for row in rows if row.reading.called]
    for table, values in ((fact, facts), (fact_key, keys), (correction, corrections), (called, names)):
        if values:
            await turn.connection.execute(sa.insert(table), values)


def _link_identity(row: Draft, made: CorrectionRow) -> str | None:
    """Return what a posting is found by besides, where this is the correction of its link."""
    return row.reading.identities[-1] if made.field == HeadField.LINK and len(row.reading.identities) > 1 else None


def _stamp(turn: Turn) -> dict[str, Any]:
    return {"change": turn.version, "changed_at": turn.now}


def _content(row: Draft) -> dict[str, Any]:
    reading = row.reading
    head = reading.posting.model_dump(exclude={"facts", "corrections"})
    size = len(reading.posting.text.encode())
    return {"identity": reading.identities[0], "fingerprint": reading.fingerprint, "size": size, **head}
