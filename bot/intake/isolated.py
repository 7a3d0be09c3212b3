"""The one way to run something apart: in a process with limits on time and memory, beside the one that answers."""

import asyncio
import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary, WeakValueDictionary

# What a reading process may take: less of the processor than the answers, so much memory and so much time.

_NICER = 5
"""How much lower its priority is: beside it a process of ordinary priority gets three quarters of a core, and it is not starved."""

_MEMORY_BOUND = 1_000_000_000
"""Bytes of addresses: 140 MB are the program itself, and 10 MB of JSON in small pieces become 300 MB of values."""

_COLLECTED_AFTER = (50_000, 20, 100)
"""
Python's own are (700, 10, 10): reading makes many small objects, hardly any of them garbage that refers to itself, and took a tenth longer.
"""

_FIRST_TO_END = "900"
"""Where the memory of the whole machine runs out, Linux ends such a process, and not the one that answers."""


def collect_seldom() -> None:
    """Let the garbage collector look less often through what reading postings makes."""
    gc.set_threshold(*_COLLECTED_AFTER)


def limit_process() -> None:
    """Lower the priority of this process and bound its memory, as far as the system has ways to do so."""
    if hasattr(os, "nice"):
        os.nice(_NICER)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_END, encoding="ascii")
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = _MEMORY_BOUND if hard == resource.RLIM_INFINITY else min(_MEMORY_BOUND, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """
    End this process if what is done inside takes longer; only for processes that do nothing else.

    Where there are alarms the system itself ends it, also while one long step holds the interpreter; elsewhere a thread does.
    """
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


_START_SECONDS = 60.0
"""For the first call, which does nothing."""

Given = TypeVarTuple("Given")
Returned = TypeVar("Returned")


class ProcessEnded(Exception):
    """A process ended in the middle of its work: it took too long or too much memory, or a library failed."""


class NoProcess(Exception):
    """This system or program cannot have another process."""


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
    So many processes, started anew after one of them ended; a call may take so many seconds.

    Get them with `async with open_processes(number, seconds=60) as processes`.
    """

    def __init__(self, number: int, *, seconds: float) -> None:
        self._number = number
        self._seconds = seconds
        self._spawning = _Spawning()
        self._pool: ProcessPoolExecutor | None = None

    async def start(self) -> None:
        """Start the first process; raise NoProcess where there can be none."""
        try:
            await self._call(_START_SECONDS, os.getpid)
        except (ProcessEnded, OSError, ImportError) as error:
            raise NoProcess from error

    async def call(self, work: Callable[[*Given], Returned], *given: *Given) -> Returned:
        """Return what a function gives that runs in one of them; raise ProcessEnded where one ends meanwhile."""
        return await self._call(self._seconds, work, *given)

    async def _call(self, seconds: float, work: Callable[[*Given], Returned], *given: *Given) -> Returned:
        pool = self._pool = self._pool or ProcessPoolExecutor(self._number, mp_context=self._spawning, initializer=_begin)
        try:
            # Submitting may start a process, which takes some ms: the event loop does not wait for it.
            future = await asyncio.to_thread(pool.submit, _work_within, seconds, work, given)
            return await asyncio.wrap_future(future)
        except BrokenProcessPool as error:
            if self._pool is pool:
                self._pool = None
                await asyncio.to_thread(pool.shutdown)
            raise ProcessEnded from error
        except MemoryError as error:  # there was none left for the result
            raise ProcessEnded from error

    async def close(self) -> None:
        """End them at once, whatever they do."""
        pool, self._pool = self._pool, None  # whoever takes the pool shuts it down, and nobody else does
        if pool is not None:
            await asyncio.to_thread(self._end, pool)

    def _end(self, pool: ProcessPoolExecutor) -> None:
        for process in self._spawning.started:
            with contextlib.suppress(ValueError, OSError, AttributeError):  # it has ended already, or could not be started
                process.kill()
        # Who is killed while it hands over a result leaves a half of it, and the pool would wait for the other one for ever.
        results: Any = vars(pool)["_result_queue"]
        results._writer.close()  # noqa: SLF001 -- there is no other way to tell the pool that nobody writes any more
        pool.shutdown(cancel_futures=True)


@asynccontextmanager
async def open_processes(number: int, *, seconds: float) -> AsyncIterator[Processes]:
    """Start processes, and end them; raise NoProcess where there can be none."""
    processes = Processes(number, seconds=seconds)
    try:
        await processes.start()
        yield processes
    finally:
        await processes.close()


class KeptProcess:
    """One process that starts when it is first needed, serves one call after the other, and ends when nobody needs it any more."""

    def __init__(self, *, seconds: float) -> None:
        self._processes = Processes(1, seconds=seconds)
        self._turn = asyncio.Lock()
        self._is_started = False

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Processes]:
        """Have it alone for a while; raise NoProcess where there can be none."""
        async with self._turn:
            if not self._is_started:
                await self._processes.start()
                self._is_started = True
            yield self._processes

    async def close(self) -> None:
        """End it, as soon as who has it lets it go; it may be needed again."""
        async with self._turn:
            self._is_started = False
            await self._processes.close()


_AT_ONCE = 3
"""Processes of `run_isolated` at the same time; others wait, so that many at once do not fill the memory."""

_whose: ContextVar[str] = ContextVar("whose", default="")


@contextmanager
def on_behalf_of(somebody: str) -> Iterator[None]:
    """Let what is run apart within count as somebody's, such as a server's: each has one process at a time."""
    before = _whose.set(somebody)
    try:
        yield
    finally:
        _whose.reset(before)


class FairTurns:
    """Lets in so many, and of each one alone: who has much to do waits for themselves, and comes once in each round with the others."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._own: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Have a turn, when it is that of whoever this is on behalf of."""
        own = self._own.setdefault(_whose.get(), asyncio.Lock())
        async with own, self._places:
            yield


_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, FairTurns] = WeakKeyDictionary()


async def run_isolated(work: Callable[[*Given], Returned], *given: *Given, seconds: float) -> Returned:
    """
    Return what a function gives in a process of its own, which starts in half a second and ends with it.

    Nothing of what one call read is there for the next. Raises ProcessEnded, NoProcess, and whatever the function raises.
    """
    turns = _TURNS.setdefault(asyncio.get_running_loop(), FairTurns())
    async with turns.take(), open_processes(1, seconds=seconds) as process:
        return await process.call(work, *given)


_SHORT, _FEW_TAGS = 20_000, 400


def is_quick(written: str | bytes) -> bool:
    """
    Tell whether a text is read in some ms, so that a thread does and no process need start; tags that nest badly come to their square.

    In a thread one of 200,000 characters holds the event loop for 40 ms, and one of 5 million for 100 to 200.
    """
    return len(written) <= _SHORT and (written.count("<") if isinstance(written, str) else written.count(b"<")) <= _FEW_TAGS


def _work_within(seconds: float, work: Callable[[*Given], Returned], given: tuple[*Given]) -> Returned:
    with time_limit(seconds):
        return work(*given)


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
