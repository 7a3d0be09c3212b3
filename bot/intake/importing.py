"""Texts in, postings in the Store: read beside the event loop, kept in batches, told of when they are safe."""

import asyncio
import itertools
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import NamedTuple

from bot.intake.destination import Destination
from bot.intake.failures import refuse_failure
from bot.intake.readers import Batch, Readers, ThreadReaders, open_readers
from bot.intake.reading import Failure, Packed, Result, unpack
from bot.intake.source import Refusal, Source
from bot.storage.records import Outcome

_BATCH_COUNT = 50
_BATCH_LENGTH = 1_000_000
"""Characters: with the count it bounds what is in memory, whatever the size of the import."""

_KEPT_COUNT = 10
_KEPT_WEIGHT = 200
"""Facts: more at once, and the event loop would be held for over 5 ms while the Store prepares them (50 postings: 65 ms)."""

_FEW = 8
"""Fewer texts than this are read before a process has started."""

_AHEAD = 4
"""Batches that are read while one is kept."""


class Progress(NamedTuple):
    """How far an import is; everything that it counts is safely stored."""

    done: int
    """Texts kept or refused."""

    added: int
    updated: int
    unchanged: int
    refused: int


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import came to."""

    added: int
    updated: int
    unchanged: int
    refused: tuple[Refusal, ...]


async def import_sources(
    into: Destination,
    sources: Iterable[Source | Refusal],
    *,
    on_progress: Callable[[Progress], None] | None = None,
    workers: int | None = None,
) -> ImportSummary:
    """
    Keep every posting among the sources, and say what became of each.

    `sources` may be endless in size: some hundred are in memory at a time. `on_progress` is called after each batch is
    committed: what it counts survives a crash. A text that Rolecall fails on is refused under an error id, with the cause in the log.
    `workers` is how many processes read, one beside a bot; without it as many as there are cores, and a few texts are read in a thread.
    Raises StorageError where the database fails; what was told of before stays.
    """
    keeping = _Keeping(into, on_progress)
    texts = iter(sources)
    head = await asyncio.to_thread(lambda: list(itertools.islice(texts, _FEW)))
    if not head or (workers is None and len(head) < _FEW):
        await keeping.keep(await ThreadReaders(into.by).read(head))
        return keeping.summary
    batches = _cut(itertools.chain(head, texts))
    async with open_readers(workers=workers, by=into.by) as readers, aclosing(_read_in_order(readers, batches)) as read:
        async for batch in read:
            await keeping.keep(batch)
    return keeping.summary


class _Keeping:
    """Keeps batches and counts."""

    def __init__(self, into: Destination, on_progress: Callable[[Progress], None] | None) -> None:
        self._into = into
        self._on_progress = on_progress
        self._counts: Counter[Outcome] = Counter()
        self._refused: list[Refusal] = []

    @property
    def summary(self) -> ImportSummary:
        """What the import came to so far."""
        return ImportSummary(*self._kept, tuple(self._refused))

    @property
    def _kept(self) -> tuple[int, int, int]:
        counts = self._counts
        return counts[Outcome.ADDED], counts[Outcome.UPDATED], counts[Outcome.UNCHANGED]

    async def keep(self, batch: Sequence[Result]) -> None:
        """Keep the postings of a batch in parts, and tell of each."""
        for part in _cut_to_keep(batch):
            await self._keep_part(part)

    async def _keep_part(self, part: Sequence[Result]) -> None:
        postings = [unpack(result) for result in part if isinstance(result, Packed)]
        await asyncio.sleep(0)
        if postings:
            kept = await self._into.store.keep(postings, scope=self._into.scope, by=self._into.by)
            self._counts.update(each.outcome for each in kept)
        self._refused += [
            refuse_failure(result) if isinstance(result, Failure) else result for result in part if not isinstance(result, Packed)
        ]
        if self._on_progress:
            refused = len(self._refused)
            self._on_progress(Progress(sum(self._kept) + refused, *self._kept, refused))


def _cut(texts: Iterable[Source | Refusal]) -> Iterator[Batch]:
    """Cut into batches, bounded in number and in length."""
    batch: list[Source | Refusal] = []
    length = 0
    for found in texts:
        batch.append(found)
        length += len(found.text) if isinstance(found, Source) else 0
        if len(batch) >= _BATCH_COUNT or length >= _BATCH_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _cut_to_keep(batch: Iterable[Result]) -> Iterator[Sequence[Result]]:
    """Cut into parts that are kept in one transaction each."""
    part: list[Result] = []
    weight = 0
    for result in batch:
        more = result.weight if isinstance(result, Packed) else 0
        if part and (len(part) >= _KEPT_COUNT or weight + more > _KEPT_WEIGHT):
            yield part
            part, weight = [], 0
        part.append(result)
        weight += more
    if part:
        yield part


async def _read_in_order(readers: Readers, batches: Iterator[Batch]) -> AsyncGenerator[list[Result], None]:
    """Yield what the batches hold, in order, while some more are being read."""
    reading: deque[asyncio.Task[list[Result]]] = deque()
    try:
        while True:
            while len(reading) < _AHEAD and (batch := await asyncio.to_thread(next, batches, ())):
                reading.append(asyncio.create_task(readers.read(batch)))
            if not reading:
                return
            yield await reading.popleft()
    finally:
        for task in reading:
            task.cancel()
