"""What keeping a batch of postings comes to, worked out before anything is written."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.domain.action import Deed
from bot.storage.carrying import carry_over, only_known, with_link, with_unknown
from bot.storage.codec import FactCodec
from bot.storage.noting import Note, note_of
from bot.storage.records import Kept, Outcome, RowState, Same, Sameness
from bot.storage.rows import Draft, Reading, found_the_same, from_source


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
        self._by_identity: dict[str, Draft] = {}
        self._by_corrected_link: dict[str, Draft] = {}
        # Several current postings may have come to share a link: the newest is revised.
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
        found = (index.get(key) for key in reading.identities for index in (self._by_identity, self._by_corrected_link))
        return next((row for row in found if row is not None), None)

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
        for index, key in self._places(row):
            index[key] = row

    def _forget(self, row: Draft) -> None:
        for index, key in self._places(row):
            if index.get(key) is row:
                del index[key]

    def _places(self, row: Draft) -> Iterator[tuple[dict[str, Draft], str]]:
        """Yield what a current row is found by."""
        yield self._by_words, row.reading.fingerprint
        own, *corrected = row.reading.identities
        yield self._by_identity, own
        yield from ((self._by_corrected_link, link) for link in corrected)
