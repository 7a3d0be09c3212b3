"""Files that people upload: read in a process of their own, within bounds, and all of them refused where a bound is broken."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import PurePosixPath
from weakref import WeakKeyDictionary

from bot.domain.errors import UnreadablePosting
from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import Posting
from bot.intake.files import UPLOADED, read_opened
from bot.intake.isolated import Processes, open_processes, time_limit
from bot.intake.reading import Failure, Packed, read_batch_in_process, read_one, refuse_failure, unpack
from bot.intake.sources import Excess, Refusal, Source, to_label

# What runs in the process of an upload: the files are read to their end there, and handed over in parts.

SECONDS = 60.0
"""2,000 postings in an archive are unpacked in one, a PDF at its bound of drawing steps is read in ten; others may be busy beside it."""

POSTINGS_BOUND = 2_000
"""Of one upload; what is refused counts like what is read."""

_MEGABYTE = 1_000_000
_PART_LENGTH = 500_000
"""Characters that are handed over at once: what takes them in holds the event loop for a millisecond."""

_TRACEBACK_LINES = 30
_LONGEST_NAME = 100

Read = Source | Refusal | Failure
_parts: list[list[Read]] = []
"""What this process has read."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody uploaded it."""

    name: str
    """As they call it; its ending tells its kind where its content does not."""

    data: bytes


def name_all(files: Sequence[Upload]) -> str:
    """
    Return how files are called towards people: the last part of a single one's path, on one line.

    >>> name_all([Upload("../../etc/cook.md", b"")]), name_all([Upload("", b"")]), name_all([Upload("a", b""), Upload("b", b"")])
    ('cook.md', 'the file', 'the 2 files')
    """
    if len(files) != 1:
        return f"the {len(files)} files"
    (file,) = files
    return to_label(PurePosixPath(file.name.replace("\\", "/")).name, longest=_LONGEST_NAME) or "the file"


def begin_reading(files: Sequence[Upload]) -> int:
    """Read all files, and return in how many parts `take_part` hands over what they hold."""
    with time_limit(SECONDS):
        _parts[:] = _cut(read_within_bounds(files))
    return len(_parts)


def take_part(number: int) -> list[Read]:
    """Return a part of what was read, and drop it."""
    part, _parts[number] = _parts[number], []
    return part


def read_within_bounds(files: Sequence[Upload]) -> list[Read]:
    """Return what files hold, in order; an Excess alone where they break a bound."""
    found: list[Read] = []
    length = 0
    for file in files:
        for each in _read_file(file):
            if isinstance(each, Excess):
                return [each]
            found.append(each)
            length += len(each.text) if isinstance(each, Source) else 0
            if (reason := _find_excess_unpacked(len(found), length)) is not None:
                return [Excess(name_all(files), f"{name_all(files)} {reason}")]
    return found


def _find_excess_unpacked(count: int, length: int) -> str | None:
    if count > POSTINGS_BOUND:
        return f"came to more than {POSTINGS_BOUND:,} postings, which is all that is taken at once; give them in parts"
    if length > UPLOADED.total:
        return f"came to more than {UPLOADED.total // _MEGABYTE} MB of text, which is all that is taken at once; give them in parts"
    return None


def _read_file(file: Upload) -> Iterator[Read]:
    name = name_all([file])
    try:
        with BytesIO(file.data) as data:
            yield from read_opened(name, BufferedReader(data), bounds=UPLOADED)
    except MemoryError:
        yield Excess(name, f"{name} takes too much memory to read; give the posting's text")
    except Exception:  # noqa: BLE001  the outermost handler of an upload: what trips a bug is told of as such
        yield Failure(name, "".join(traceback.format_exc().splitlines(keepends=True)[-_TRACEBACK_LINES:]))


def _cut(found: Sequence[Read]) -> list[list[Read]]:
    parts: list[list[Read]] = [[]]
    length = 0
    for each in found:
        size = len(each.text) if isinstance(each, Source) else 0
        if length + size > _PART_LENGTH and parts[-1]:
            parts.append([])
            length = 0
        parts[-1].append(each)
        length += size
    return parts


BYTES_BOUND = 10_000_000
"""Of a file, and of all files of one upload together: what Discord takes."""

_AT_ONCE = 2
"""Uploads that are read at the same time; others wait, so that many at once do not fill the memory."""

_SHORT, _FEW_TAGS = 20_000, 400
"""Characters and tags that are read in some ms: a thread does, and no process need start; tags that nest badly come to their square."""

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
    if len(source.text) <= _SHORT and source.text.count("<") <= _FEW_TAGS:
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
