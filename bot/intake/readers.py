"""Postings read beside the event loop: a few in a thread, many in processes."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from typing import Protocol, TypeAlias

from bot.domain.actor import Actor
from bot.intake.processes import Processes, open_processes
from bot.intake.reading import Failure, Result, read_batch, read_batch_in_process
from bot.intake.source import Refusal, Source

Batch: TypeAlias = Sequence[Source | Refusal]

_MOST_WORKERS = 4
"""More do not help: one event loop keeps what they read."""


class Readers(Protocol):
    """Reads batches, several at a time."""

    async def read(self, batch: Batch) -> list[Result]:
        """Return what became of each text, in order."""


class ThreadReaders:
    """Reads in a thread: starts at once, and on one core."""

    def __init__(self, by: Actor) -> None:
        self._by = by

    async def read(self, batch: Batch) -> list[Result]:
        """Return what became of each text, in order."""
        return await asyncio.to_thread(read_batch, batch, self._by)


class ProcessReaders:
    """Reads in processes; a text that ends its process is found out and is the only one that is lost."""

    def __init__(self, together: Processes, alone: Processes, *, by: Actor) -> None:
        self._together = together
        self._alone = alone
        self._by = by
        self._turn = asyncio.Lock()

    async def read(self, batch: Batch) -> list[Result]:
        """Return what became of each text, in order."""
        try:
            return await self._together.call(read_batch_in_process, batch, self._by)
        except BrokenProcessPool:
            # It may have been another batch's text: each is read in a process that nobody else uses meanwhile.
            async with self._turn:
                return [result for found in batch for result in await self._read_alone(found)]

    async def _read_alone(self, found: Source | Refusal) -> list[Result]:
        """Read one text by itself."""
        if isinstance(found, Refusal):
            return [found]
        try:
            return await self._alone.call(read_batch_in_process, [found], self._by)
        except BrokenProcessPool:
            return [Failure(found.name, "the process that read it ended: it took too long or too much memory, or a library failed")]


@asynccontextmanager
async def open_readers(*, workers: int | None, by: Actor) -> AsyncIterator[Readers]:
    """Start reading processes, or fall back to a thread where this system or program cannot have any; stop them at the end."""
    async with open_processes(workers or min(_MOST_WORKERS, os.cpu_count() or 1)) as together, open_processes(1) as alone:
        try:
            await together.call(read_batch_in_process, [])
        except (BrokenProcessPool, OSError, ImportError):
            yield ThreadReaders(by)
        else:
            yield ProcessReaders(together, alone, by=by)
