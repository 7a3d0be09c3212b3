"""What runs in the process of an upload: the files are read to their end there, and handed over in parts."""

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import PurePosixPath

from bot.intake.archive import UPLOADED
from bot.intake.process_limits import time_limit
from bot.intake.reading import Failure
from bot.intake.source import Excess, Refusal, Source, to_label
from bot.intake.sources import read_opened

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
            if (reason := _find_excess(len(found), length)) is not None:
                return [Excess(name_all(files), f"{name_all(files)} {reason}")]
    return found


def _find_excess(count: int, length: int) -> str | None:
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
