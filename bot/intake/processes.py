"""Processes that read, beside the one that answers."""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, ParamSpec, TypeVar

from bot.intake.process_limits import collect_seldom, limit_process

Arguments = ParamSpec("Arguments")
Returned = TypeVar("Returned")


class _Spawning(SpawnContext):
    """Starts processes anew, because a fork would copy locks that threads hold; remembers them, for a pool cannot end one that works."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *given: Any, **named: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802 - a class there, called here
        process = SpawnProcess(*given, **named)
        self.started.append(process)
        return process


class Processes:
    """
    So many processes, started when they are first needed, and anew after one of them ended.

    Get them with `async with open_processes(number) as processes`.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._spawning = _Spawning()
        self._pool: ProcessPoolExecutor | None = None

    async def call(self, work: Callable[Arguments, Returned], *given: Arguments.args, **named: Arguments.kwargs) -> Returned:
        """Return what a function gives that runs in one of them; raise BrokenProcessPool where one ends meanwhile."""
        pool = self._pool = self._pool or ProcessPoolExecutor(self._number, mp_context=self._spawning, initializer=_begin)
        try:
            # Submitting may start a process, which takes some ms: the event loop does not wait for it.
            future = await asyncio.to_thread(pool.submit, work, *given, **named)
            return await asyncio.wrap_future(future)
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = None
            await asyncio.to_thread(pool.shutdown)
            raise

    async def close(self) -> None:
        """End them at once, whatever they do."""
        if self._pool is not None:
            await asyncio.to_thread(self._end, self._pool)

    def _end(self, pool: ProcessPoolExecutor) -> None:
        for process in self._spawning.started:
            with contextlib.suppress(ValueError, OSError, AttributeError):  # it has ended already, or could not be started
                process.kill()
        pool.shutdown(cancel_futures=True)


@asynccontextmanager
async def open_processes(number: int) -> AsyncIterator[Processes]:
    """Give processes, and end them."""
    processes = Processes(number)
    try:
        yield processes
    finally:
        await processes.close()


def _begin() -> None:
    """
    Prepare a process: it stands back behind others, and it ends with its parent, even one that was killed.

    Ctrl-C is its parent's to handle.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_process()
    collect_seldom()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
