"""What keeping a batch of postings comes to, worked out before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.storage.fingerprint import identity
from bot.storage.records import Kept, Outcome, RowState
from bot.storage.rows import Draft, Reading, found_the_same


class Plan:
    """
    The current and removed rows that a batch may touch, and what becomes of them; `keep` takes one posting after the other.

    The rows given hold only facts of known topics: others are neither compared nor written.
    """

    def __init__(self, rows: Iterable[Draft], *, scope: str, last_id: int, now: datetime) -> None:
        self._last_id = last_id
        self._scope = scope
        self._now = now
        self._drafts = sorted(rows, key=lambda row: row.id)
        current = [row for row in self._drafts if row.state is RowState.CURRENT]
        self._by_words = {row.reading.fingerprint: row for row in current}
        # Several current postings may have come to share a link: the newest is revised.
        self._by_identity = {identity(row.reading.posting): row for row in current}
        self._removed = {row.reading.fingerprint: row for row in self._drafts if row.state is RowState.REMOVED}

    def keep(self, reading: Reading) -> Kept:
        """Plan for one posting and say what becomes of it."""
        if same := self._by_words.get(reading.fingerprint):
            self._refresh(same, reading)
            return Kept(Outcome.UNCHANGED, same.lineage, same.revision)
        if before := self._by_identity.get(identity(reading.posting)):
            return self._revise(before, reading, outcome=Outcome.UPDATED)
        if gone := self._removed.pop(reading.fingerprint, None):
            return self._revise(gone, reading, outcome=Outcome.ADDED)
        return self._append(reading, lineage=None, revision=1, outcome=Outcome.ADDED)

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

    def _refresh(self, row: Draft, reading: Reading) -> None:
        # The same words may be kept under several sources; the first stays.
        posting = reading.posting.model_copy(update={"source": row.reading.posting.source})
        if posting == row.reading.posting and found_the_same(reading, row.reading):
            return
        self._forget(row)
        row.reading = replace(reading, posting=posting)
        row.is_refreshed = True
        self._remember(row)

    def _revise(self, before: Draft, reading: Reading, *, outcome: Outcome) -> Kept:
        self._forget(before)
        before.state = RowState.SUPERSEDED
        return self._append(reading, lineage=before.lineage, revision=before.revision + 1, outcome=outcome)

    def _append(self, reading: Reading, *, lineage: int | None, revision: int, outcome: Outcome) -> Kept:
        self._last_id += 1
        row = Draft(
            id=self._last_id,
            lineage=lineage or self._last_id,
            revision=revision,
            state=RowState.CURRENT,
            scope=self._scope,
            read_at=self._now,
            reading=reading,
            is_new=True,
        )
        self._drafts.append(row)
        self._remember(row)
        return Kept(outcome, row.lineage, revision)

    def _remember(self, row: Draft) -> None:
        self._by_words[row.reading.fingerprint] = row
        self._by_identity[identity(row.reading.posting)] = row

    def _forget(self, row: Draft) -> None:
        for index, key in ((self._by_words, row.reading.fingerprint), (self._by_identity, identity(row.reading.posting))):
            if index.get(key) is row:
                del index[key]
