"""Zip archives: hostile until checked. Nothing is ever unpacked to disk, and a member's name is only shown."""

import io
import stat
import zlib
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bot.intake.decoding import ZIP, name_kind
from bot.intake.kinds import is_posting_name, read_stream
from bot.intake.source import POSTING_BOUND, Excess, Found, Refusal, to_label


class ArchiveBounds(NamedTuple):
    """What an archive may come to."""

    total: int
    """Bytes of all members together, and of the archive itself."""

    members: int
    tells_of_others: bool = False
    """Whether files of kinds that are not read are told of; a folder's archive on a disk holds many that nobody means."""


FROM_DISK = ArchiveBounds(total=200_000_000, members=150_000)
UPLOADED = ArchiveBounds(total=50_000_000, members=10_000, tells_of_others=True)
"""Text packs to a quarter, exported postings to a sixth, and an upload has 10 MB; 2,000 exported postings unpack to 40 MB."""

RATIO_BOUND = 100
"""Text is compressed to a tenth at best; a bomb to a thousandth."""

_SMALL = 100_000
"""Bytes: below this the ratio says nothing."""

_ENTRY = b"PK\x01\x02"
"""What each member's entry in the directory begins with."""

_BEGINNING = 64
_MOST_OTHERS, _LONGEST_OTHER = 5, 60
_CHUNK = 1_000_000
_MEGABYTE = 1_000_000
_ENCRYPTED = 0x1
_SINGLE_TEXTS = frozenset({".md", ".markdown", ".txt", ".text"})
_BROKEN = (BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error)
"""What zipfile raises for archives that are damaged or made to do harm."""


def read_archive(name: str, stream: BinaryIO, *, bounds: ArchiveBounds = FROM_DISK) -> Found:
    """Yield what the postings in a zip archive hold, in the order of their names, one member in memory at a time."""
    if stream.seek(0, io.SEEK_END) == 0:
        yield Refusal(name, f"{name} is empty; give an archive that holds postings")
        return
    if (reason := _find_excess(stream, bounds)) is not None:
        yield Excess(name, f"{name} {reason}")
        return
    try:
        archive = ZipFile(stream)
    except _BROKEN:
        stream.seek(0)
        if (kind := name_kind(stream.read(_BEGINNING))) not in (None, ZIP):
            yield Refusal(name, f"{name} is {kind} and not a zip archive; name it by what it is")
            return
        yield Refusal(name, f"{name} is not a zip archive, or is damaged; make it anew, or give the postings themselves")
        return
    with archive:
        files = sorted(filter(_is_file, archive.infolist()), key=lambda member: member.filename)
        members = [member for member in files if _is_read(member)]
        if (reason := _find_fault(members)) is not None:
            yield Refusal(name, f"{name} {reason}")
            return
        # No more than its declared size is ever read of a member.
        if sum(member.file_size for member in members) > bounds.total:
            yield Excess(name, f"{name} unpacks to more than {bounds.total // _MEGABYTE} MB; unpack it and give what is in it in parts")
            return
        for member in members:
            yield from _read_member(archive, member, label=f"{name}/{_to_path(member.filename)}")
        if bounds.tells_of_others and len(members) < len(files):
            yield Refusal(name, f"{name} {_tell_others([member for member in files if not _is_read(member)])}")


def _find_excess(stream: BinaryIO, bounds: ArchiveBounds) -> str | None:
    """Measure the archive before its directory is loaded, which takes some 500 bytes of memory for each entry."""
    if stream.seek(0, io.SEEK_END) > bounds.total:
        return f"is larger than {bounds.total // _MEGABYTE} MB; unpack it and give what is in it in parts"
    stream.seek(0)
    entries = sum(chunk.count(_ENTRY) for chunk in _read_chunks(stream))
    stream.seek(0)
    return None if entries <= bounds.members else f"holds more than {bounds.members:,} files; unpack it and give what is in it in parts"


def _read_chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the whole stream, each chunk with the end of the one before, so that no entry's mark is cut in two."""
    before = b""
    while chunk := stream.read(_CHUNK):
        yield before + chunk
        before = chunk[-len(_ENTRY) + 1 :]


def _is_file(member: ZipInfo) -> bool:
    """Tell whether a member is a file that somebody put there: no folder, link or hidden file, and with a name."""
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if not parts:
        return False
    is_hidden = any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)
    return not (member.is_dir() or is_link or is_hidden)


def _is_read(member: ZipInfo) -> bool:
    """Tell whether a file is to be read or refused; those of other kinds are passed over."""
    return is_posting_name(PurePosixPath(member.filename.replace("\\", "/")).name) or _is_archive(member)


def _tell_others(members: list[ZipInfo]) -> str:
    names = ", ".join(to_label(_to_path(member.filename), longest=_LONGEST_OTHER) for member in members[:_MOST_OTHERS])
    more = f" and {len(members) - _MOST_OTHERS:,} more" if len(members) > _MOST_OTHERS else ""
    return f"also holds files of kinds that are not read ({names}{more}); give postings as text, HTML, JSON, PDF or DOCX"


def _find_fault(members: list[ZipInfo]) -> str | None:
    """Return why the archive as a whole is refused."""
    if not members:
        return "holds no postings; give text, markdown or exported files in it"
    if any(member.flag_bits & _ENCRYPTED for member in members):
        return "is encrypted; unpack it with its password and give what is in it"
    return None


def _read_member(archive: ZipFile, member: ZipInfo, *, label: str) -> Found:
    if member.file_size > max(_SMALL, RATIO_BOUND * member.compress_size):
        yield Excess(label, f"{label} unpacks to far more than text does, and was not unpacked; give the file itself")
        return
    if (reason := _find_member_fault(member)) is not None:
        yield Refusal(label, f"{label} {reason}")
        return
    try:
        with archive.open(member) as opened:
            yield from read_stream(label, BufferedReader(cast("RawIOBase", opened)))
    except _BROKEN:
        yield Refusal(label, f"{label} is damaged; make the archive anew")


def _find_member_fault(member: ZipInfo) -> str | None:
    if _is_archive(member):
        return "is an archive within an archive, which is not read; unpack it first"
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "is compressed in a way that is not read; make the archive anew, as an ordinary zip"
    if member.file_size > POSTING_BOUND and PurePosixPath(member.filename).suffix.lower() in _SINGLE_TEXTS:
        return f"is larger than {POSTING_BOUND // _MEGABYTE} MB, which no posting is; give each posting as a file of its own"
    return None


def _is_archive(member: ZipInfo) -> bool:
    return member.filename.lower().endswith(".zip")


def _to_path(filename: str) -> str:
    """Return a member's name as it is shown: nothing that points upwards or outside is left in it."""
    parts = filename.replace("\\", "/").split("/")
    return to_label("/".join(part for part in parts if part not in ("", ".", "..")))
