"""Texts and uploaded files read as postings, in this process or another one, and what became of each."""

import asyncio
import logging
import secrets
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple, TypeAlias, TypeVar

from bot.domain.errors import UnreadablePosting
from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import Posting
from bot.intake.files import UPLOADED, read_opened
from bot.intake.isolated import NoProcess, ProcessEnded, is_quick, run_isolated
from bot.intake.records import parse_record, read_untrusted_record
from bot.intake.sources import Excess, Refusal, Source, to_label
from bot.parsing.parse import parse_posting, render_markup
from bot.text.clean import repair

_TRACEBACK_LINES = 30
TEXT_SECONDS = 60.0
"""A text of 100,000 characters of the hardest shapes takes one; a process that takes so much longer is hung."""

_OWN_MARK = '"rolecall'
"""Stands in every record that Rolecall exported."""


class Failure(NamedTuple):
    """A text that Rolecall itself failed on: a bug, for whoever runs it."""

    source: str
    cause: str
    """The traceback."""


Result: TypeAlias = Posting | Refusal | Failure
"""What became of one text."""


def read_batch(batch: Sequence[Source | Refusal], by: Actor = ROLECALL) -> list[Result]:
    """Read each text of a batch on somebody's behalf; what is refused already stays so, in its place."""
    return [found if isinstance(found, Refusal) else read_one(found, by) for found in batch]


def read_one(source: Source, by: Actor = ROLECALL) -> Result:
    """Read one text; whatever goes wrong with it concerns this one only."""
    try:
        return read_posting(source, by)
    except UnreadablePosting as error:
        return Refusal(source.name, str(error))
    except MemoryError:
        return Refusal(source.name, f"{source.name} takes more memory than any posting; give the posting's text alone")
    except Exception:  # noqa: BLE001  the outermost handler of an import: one posting that trips a bug must not end the others
        return to_failure(source.name)


def read_posting(source: Source, by: Actor = ROLECALL) -> Posting:
    """
    Return the posting of one text; a record is our own, or JSON of a known layout. Raises UnreadablePosting for any other.

    A record that the host does not vouch for is read anew, and its corrections become `by`'s.
    """
    if not source.is_record:
        posting = parse_posting(source.text, source.name)
        return posting if source.link is None else posting.model_copy(update={"link": source.link})
    rendered = None if _OWN_MARK in source.text else render_markup(repair(source.text))
    if rendered is not None:
        return parse_posting(rendered, source.name)
    return parse_record(source.text, source.name) if source.is_vouched_for else read_untrusted_record(source.text, source.name, by=by)


def to_failure(name: str) -> Failure:
    """Return the failure that the exception being handled is."""
    return Failure(name, "".join(traceback.format_exc().splitlines(keepends=True)[-_TRACEBACK_LINES:]))


# What a person is told of a text that Rolecall itself failed on.

_LOG = logging.getLogger(__name__)
_Read = TypeVar("_Read")


def refuse_failure(result: _Read | Failure) -> _Read | Refusal:
    """Return what was read as it is; of a failure log the cause under an error id, and return the refusal that names the id."""
    if not isinstance(result, Failure):
        return result
    error_id = secrets.token_hex(3).upper()
    _LOG.error("the posting %s could not be read (error id %s): %s", result.source, error_id, result.cause)
    told = f"{result.source} could not be read because of a fault in Rolecall; report it with the error id {error_id}"
    return Refusal(result.source, told)


# Files that people upload: read in a process of their own, within bounds, and all of them refused where a bound is broken.

BYTES_BOUND = 10_000_000
"""Of a file, and of all files of one upload together: what Discord takes."""

POSTINGS_BOUND = 2_000
"""Of one upload; what is refused counts like what is read."""

UPLOAD_SECONDS = 60.0
"""2,000 postings in an archive are unpacked in one, a PDF at its bound of drawing steps is read in ten; others may be busy beside it."""

_MEGABYTE = 1_000_000
_LONGEST_NAME = 100

Read = Source | Refusal | Failure


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


async def read_uploads(files: Sequence[Upload]) -> list[Source | Refusal]:
    """
    Return each posting's text that uploaded files hold, or why there is none; an Excess alone where a bound is broken.

    The bounds are 10 MB, 2,000 postings, 50 MB unpacked, 60 seconds and 1 GB of memory. A process starts for each upload and ends with
    it: nothing of one person's files is there when another's are read, and what hangs or eats memory is ended without harm to anybody.
    """
    if (excess := _find_excess(files)) is not None:
        return [excess]
    if not files:
        return []
    try:
        found = await run_isolated(read_within_bounds, files, seconds=UPLOAD_SECONDS)
    except (ProcessEnded, NoProcess) as error:
        name = name_all(files)
        return [Excess(name, f"{name} {_tell(error)}")]
    return [refuse_failure(each) for each in found]


async def read_to_propose(source: Source, *, by: Actor = ROLECALL) -> Posting:
    """
    Return one posting, read outside of the event loop; UnreadablePosting says in one line why there is none.

    Where it is a record, its corrections become those of `by`, who gives it.
    """
    try:
        if is_quick(source.text):
            result = await asyncio.to_thread(read_one, source, by)
        else:
            result = await run_isolated(read_one, source, by, seconds=UPLOAD_SECONDS)
    except (ProcessEnded, NoProcess) as error:
        raise UnreadablePosting(f"{source.name} {_tell(error)}") from None
    told: Posting | Refusal = refuse_failure(result)
    if isinstance(told, Refusal):
        raise UnreadablePosting(told.reason)
    return told


def _tell(error: ProcessEnded | NoProcess) -> str:
    if isinstance(error, NoProcess):
        return "cannot be read now, because no process could be started for it; try again, or tell the host"
    return f"takes more than {UPLOAD_SECONDS:.0f} seconds or too much memory to read; give the posting's text alone"


def _find_excess(files: Sequence[Upload]) -> Excess | None:
    """Look at the sizes, before anything is read."""
    bound = f"{BYTES_BOUND // _MEGABYTE} MB"
    for file in files:
        if len(file.data) > BYTES_BOUND:
            name = name_all([file])
            return Excess(name, f"{name} is larger than {bound}, which is all that is taken at once; give it in parts")
    if sum(len(file.data) for file in files) > BYTES_BOUND:
        name = name_all(files)
        return Excess(name, f"{name} are larger than {bound} together, which is all that is taken at once; give them one after the other")
    return None


# What runs in the process of an upload.


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
        yield to_failure(name)
