"""Files that people upload: read in a process of their own, within bounds, and all of them refused where a bound is broken."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from bot.domain.actor import ROLECALL, Actor
from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.intake.failures import refuse_failure
from bot.intake.processes import Processes, open_processes
from bot.intake.reading import Failure, Packed, read_batch_in_process, read_one, unpack
from bot.intake.source import Excess, Refusal, Source
from bot.intake.unpacking import SECONDS, Upload, begin_reading, name_all, take_part

BYTES_BOUND = 10_000_000
"""Of a file, and of all files of one upload together: what Discord takes."""

_AT_ONCE = 2
"""Uploads that are read at the same time; others wait, so that many at once do not fill the memory."""

_SHORT = 20_000
"""Characters that are read in some ms: a thread does, and no process need start."""

_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def read_uploads(files: Sequence[Upload]) -> list[Source | Refusal]:
    """
    Return each posting's text that uploaded files hold, or why there is none; an Excess alone where a bound is broken.

    The bounds are 10 MB, 2,000 postings, 50 MB unpacked, 60 seconds and 1 GB of memory. A process starts for each upload, which takes
    half a second, and ends with it: nothing of one person's files is there when another's are read, and what hangs or eats memory is
    ended without harm to anybody.
    """
    if (excess := _find_excess(files)) is not None:
        return [excess]
    if not files:
        return []
    try:
        async with _process() as process:
            found: list[Source | Refusal] = []
            for part in range(await process.call(begin_reading, files)):
                found += [refuse_failure(each) if isinstance(each, Failure) else each for each in await process.call(take_part, part)]
            return found
    except (BrokenProcessPool, UnreadablePosting) as error:
        name = name_all(files)
        return [Excess(name, f"{name} {_tell(error)}")]


async def read_to_propose(source: Source, *, by: Actor = ROLECALL) -> Posting:
    """
    Return one posting, read outside of the event loop; UnreadablePosting says in one line why there is none.

    Where it is a record, its corrections become those of `by`, who gives it.
    """
    result = await _read(source, by)
    if isinstance(result, Packed):
        return await asyncio.to_thread(unpack, result)
    raise UnreadablePosting(refuse_failure(result).reason if isinstance(result, Failure) else result.reason)


async def _read(source: Source, by: Actor) -> Packed | Refusal | Failure:
    if len(source.text) <= _SHORT:
        return await asyncio.to_thread(read_one, source, by)
    try:
        async with _process() as process:
            (result,) = await process.call(read_batch_in_process, [source], by)
            return result
    except (BrokenProcessPool, UnreadablePosting) as error:
        return Refusal(source.name, f"{source.name} {_tell(error)}")


@asynccontextmanager
async def _process() -> AsyncIterator[Processes]:
    """Give a process that has started; UnreadablePosting where this system or program cannot have any."""
    turn = _TURNS.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
    async with turn, open_processes(1) as process:
        try:
            await process.call(read_batch_in_process, [])
        except (BrokenProcessPool, OSError) as error:
            raise UnreadablePosting(
                "cannot be read now, because no process could be started for it; try again, or tell the host"
            ) from error
        yield process


def _tell(error: Exception) -> str:
    ended = f"takes more than {SECONDS:.0f} seconds or too much memory to read; give the posting's text alone"
    return str(error) if isinstance(error, UnreadablePosting) else ended


def _find_excess(files: Sequence[Upload]) -> Excess | None:
    """Look at the sizes, before anything is read."""
    bound = f"{BYTES_BOUND // 1_000_000} MB"
    for file in files:
        if len(file.data) > BYTES_BOUND:
            name = name_all([file])
            return Excess(name, f"{name} is larger than {bound}, which is all that is taken at once; give it in parts")
    if sum(len(file.data) for file in files) > BYTES_BOUND:
        name = name_all(files)
        return Excess(name, f"{name} are larger than {bound} together, which is all that is taken at once; give them one after the other")
    return None
