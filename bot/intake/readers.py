"""Postings read beside the event loop: a few in a thread, many in processes."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import Protocol, TypeAlias

from bot.intake.reading import Failure, Result, begin_worker, read_batch
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

    async def read(self, batch: Batch) -> list[Result]:
        """Return what became of each text, in order."""
        return await asyncio.to_thread(read_batch, batch)


class ProcessReaders:
    """Reads in processes; a text that ends its process is found out and is the only one that is lost."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool
        self._alone = asyncio.Lock()

    async def read(self, batch: Batch) -> list[Result]:
        """Return what became of each text, in order."""
        try:
            return await _submit(self._pool, batch)
        except BrokenProcessPool:
            async with self._alone:
                return [result for found in batch for result in await self._read_alone(found)]

    async def _read_alone(self, found: Source | Refusal) -> list[Result]:
        """Read one text in a process of its own."""
        if isinstance(found, Refusal):
            return [found]
        pool = await asyncio.to_thread(open_pool, 1)
        try:
            return await _submit(pool, [found])
        except BrokenProcessPool:
            return [Failure(found.name, "the process that read it ended")]
        finally:
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)


@asynccontextmanager
async def open_readers(*, workers: int | None) -> AsyncIterator[Readers]:
    """Start reading processes, or fall back to a thread where this system or program cannot have any; stop them at the end."""
    pool = await asyncio.to_thread(open_pool, workers or min(_MOST_WORKERS, os.cpu_count() or 1))
    try:
        try:
            await _submit(pool, [])
        except (BrokenProcessPool, OSError, ImportError):
            yield ThreadReaders()
        else:
            yield ProcessReaders(pool)
    finally:
        await asyncio.to_thread(pool.shutdown, cancel_futures=True)


def open_pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool that starts its processes anew, because a fork would copy locks that threads hold."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=begin_worker)


async def _submit(pool: ProcessPoolExecutor, batch: Batch) -> list[Result]:
    # Submitting may start a process, which takes some ms: the event loop does not wait for it.
    future = await asyncio.to_thread(pool.submit, read_batch, batch)
    return await asyncio.wrap_future(future)
