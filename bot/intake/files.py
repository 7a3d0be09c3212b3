"""Paths in, texts out: files, folders and zip archives, read lazily and in a fixed order."""

import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BufferedReader, RawIOBase
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO, NamedTuple, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bot.intake.docx import read_docx
from bot.intake.pdf import read_pdf
from bot.intake.records import read_records
from bot.intake.sources import (
    POSTING_BOUND,
    ZIP,
    ZIP_BROKEN,
    Excess,
    Found,
    PassedOver,
    Refusal,
    Source,
    decode_text,
    name_kind,
    read_bounded,
    to_label,
)
from bot.parsing.formats.any_data import split_text

# A text file: one posting.

_MEGABYTE = 1_000_000


def read_text(name: str, stream: BufferedReader) -> Found:
    """Yield a text file's posting, each one of a list in JSON or XML, or why there is none; at most POSTING_BOUND bytes are read."""
    too_large = f"{name} is larger than {POSTING_BOUND // _MEGABYTE} MB, which no posting is; give each posting as a file of its own"
    text = read_bounded(name, stream, most=POSTING_BOUND, read=decode_text, too_large=too_large)
    if isinstance(text, Refusal):
        yield text
        return
    parts = split_text(text)
    if parts is None or len(parts) == 1:
        yield Source(name, text)
    else:
        yield from (Source(f"{name} item {number}", part, is_record=True) for number, part in enumerate(parts, 1))


# The kinds of file that hold postings.
#
# KINDS is the one ordered list, the most exact first; the last one takes any file. A new kind is one function and one line here.


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file."""

    suffixes: frozenset[str]
    """Lower case, with the dot: how names end that are taken in folders and archives."""

    read: Callable[[str, BufferedReader], Found]
    """Takes the name that is shown, and the file from its beginning; yields lazily."""

    beginnings: tuple[bytes, ...] = ()
    """How a file begins that is of this kind whatever its name."""


KINDS: tuple[Kind, ...] = (
    Kind(frozenset({".jsonl", ".ndjson", ".json", ".jsonld"}), read_records, beginnings=(b'{"rolecall"', b'{"@context"')),
    Kind(frozenset({".pdf"}), read_pdf, beginnings=(b"%PDF-",)),
    Kind(frozenset({".docx"}), read_docx),
    Kind(frozenset({".md", ".markdown", ".txt", ".text", ".eml", ".html", ".htm", ".xml"}), read_text),
)
SUFFIXES = frozenset[str]().union(*(kind.suffixes for kind in KINDS))
"""What is read in folders and archives; a file that is named itself is tried whatever its name."""


def is_posting_name(name: str) -> bool:
    """
    Tell whether a file in a folder or an archive counts as a posting: by its suffix, and not hidden.

    >>> is_posting_name("Cook.MD"), is_posting_name("cook.exe"), is_posting_name("._cook.md")
    (True, False, False)
    """
    path = PurePath(name)
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def read_stream(name: str, stream: BufferedReader) -> Found:
    """Yield what one file holds; `name` is how it is called towards people, and its suffix decides its kind."""
    suffix = PurePath(name).suffix.lower()
    beginning = stream.peek(64)
    kind = next((kind for kind in KINDS if suffix in kind.suffixes or beginning.startswith(kind.beginnings)), KINDS[-1])
    return kind.read(name, stream)


# Zip archives: hostile until checked. Nothing is ever unpacked to disk, and a member's name is only shown.


class ArchiveBounds(NamedTuple):
    """What an archive may come to."""

    total: int
    """Bytes of all members together, and of the archive itself."""

    members: int
    refuses_others: bool = False
    """Whether files of kinds that are not read are refused, and not only told of; on a disk there are many that nobody means."""


FROM_DISK = ArchiveBounds(total=200_000_000, members=150_000)
UPLOADED = ArchiveBounds(total=50_000_000, members=10_000, refuses_others=True)
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
_ENCRYPTED = 0x1
_OFFICE_FOLDERS = frozenset({"word", "xl", "ppt", "docProps", "customXml", "_rels"})
"""Where an Office document, which is an archive too, has its XML."""

_SINGLE_TEXTS = frozenset({".md", ".markdown", ".txt", ".text"})


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
    except ZIP_BROKEN:
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
        if others := [_to_path(member.filename) for member in files if not _is_read(member)]:
            yield (Refusal if bounds.refuses_others else PassedOver)(name, f"{name} {_render_others(others)}")


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
    """Tell whether a file is to be read or refused; those of other kinds are passed over, parts of an Office document among them."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_office_part = path.suffix.lower() == ".xml" and (path.parts[0] in _OFFICE_FOLDERS or path.name == "[Content_Types].xml")
    return (is_posting_name(path.name) and not is_office_part) or _is_archive(member)


def _render_others(paths: Sequence[str]) -> str:
    names = ", ".join(to_label(path, longest=_LONGEST_OTHER) for path in paths[:_MOST_OTHERS])
    more = f" and {len(paths) - _MOST_OTHERS:,} more" if len(paths) > _MOST_OTHERS else ""
    return f"also holds files of kinds that are not read ({names}{more}); give postings as text, mail, HTML, JSON, PDF or DOCX"


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
    except ZIP_BROKEN:
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


_DATA_ENDINGS = (".json", ".jsonl", ".jsonld", ".ndjson")
_LOOKED_AT = 65_536
_SIGNS_OF_POSTINGS = (
    b'"rolecall" JobPosting @graph absolute_url hostedUrl applyUrl jobUrl descriptionHtml careers_url jobAd shortcode'
    b" candidate_required_location landing_page MatchedObjectDescriptor careersite-job-url company_name"
).split()
"""Words of our own exports, of schema.org's JobPosting and of the job boards' JSON."""

_SKIPPED_FOLDERS = frozenset({"__MACOSX"})


def read_sources(paths: Sequence[Path | str]) -> Found:
    """
    Yield each posting's text that the paths hold, or why there is none, one at a time.

    A file is tried whatever its name. In a folder and those below it, in the order of their names, text, markdown, exported files
    and zip archives are read; hidden files are passed over, other kinds too and are told of, and links that lead out are refused.
    """
    for given in paths:
        path = Path(given)
        if not str(given):  # which Path would take for the folder that one is in
            yield Refusal("", "an empty path was given; name a file or a folder")
            continue
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:  # ValueError for a name that no file can have
            yield refuse(_name(path), error)
        else:
            yield from _read_folder(path) if is_folder else _read_file(path)


def read_opened(name: str, stream: BufferedReader, *, bounds: ArchiveBounds = FROM_DISK) -> Found:
    """Yield what an opened file holds, whether from a disk or uploaded; `name` is how it is called towards people."""
    return read_archive(name, stream, bounds=bounds) if name.lower().endswith(".zip") else read_stream(name, stream)


def _read_folder(folder: Path) -> Found:
    is_empty, name, others = True, _name(folder), list[Path]()
    for found in _walk(folder, others):
        is_empty = False
        if isinstance(found, Refusal):
            yield found
        else:
            yield from _read_file(found)
    if is_empty:
        yield Refusal(name, f"{name} holds no postings; give a folder with text, mail, HTML, JSON, PDF, DOCX or zip files in it")
    elif others:
        yield PassedOver(name, f"{name} {_render_others([_name(path.relative_to(folder)) for path in others])}")


def _walk(top: Path, others: list[Path]) -> Iterator[Path | Refusal]:
    """
    Yield the files that count, and put those of other kinds to `others`.

    Each real folder is entered once, so that links cannot lead in circles, and none leads out.
    """
    entered: set[tuple[int, int]] = set()
    whole = top.resolve()
    waiting = [os.fspath(top)]
    while waiting:
        path = Path(waiting.pop())
        try:
            if path != top and path.is_symlink() and not path.resolve().is_relative_to(whole):
                yield Refusal(_name(path), f"{_name(path)} is a link that leads out of the folder; give what it leads to by itself")
                continue
            status = path.stat()
            place = (status.st_dev, status.st_ino)
            if stat.S_ISREG(status.st_mode):
                if path.name.lower().endswith(_DATA_ENDINGS) and not _speaks_of_postings(path):
                    others.append(path)
                else:
                    yield path
            elif not stat.S_ISDIR(status.st_mode):
                yield _refuse_kind(path)
            elif place not in entered:
                entered.add(place)
                entries = [entry for entry in os.scandir(path) if not (entry.name.startswith(".") or entry.name in _SKIPPED_FOLDERS)]
                waiting += sorted((entry.path for entry in entries if _counts(entry)), reverse=True)
                others += sorted(Path(entry.path) for entry in entries if not _counts(entry))
        except (OSError, RuntimeError) as error:  # RuntimeError for links that lead to each other
            yield refuse(_name(path), error)


def _counts(entry: os.DirEntry[str]) -> bool:
    return is_posting_name(entry.name) or entry.name.lower().endswith(".zip") or _is_folder(entry)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links that lead to each other
        return False


def _speaks_of_postings(path: Path) -> bool:
    """Tell whether a data file begins with anything that postings have; other data lies in folders too, and is passed over."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_LOOKED_AT)
    except OSError:
        return True
    return not beginning.strip() or any(sign in beginning.replace(b"\0", b"") for sign in _SIGNS_OF_POSTINGS)


def _read_file(path: Path) -> Found:
    name = _name(path)
    try:
        if not path.is_file():
            yield _refuse_kind(path)
            return
        with path.open("rb") as stream:
            for found in read_opened(name, stream):
                yield replace(found, is_vouched_for=True) if isinstance(found, Source) else found
    except OSError as error:
        yield refuse(_name(path), error)


def _refuse_kind(path: Path) -> Refusal:
    """Refuse a pipe or a device, which might be waited for without end."""
    name = _name(path)
    return Refusal(name, f"{name} is neither a file nor a folder; give the posting as a file")


def refuse(name: str, error: Exception) -> Refusal:
    """Return why a file could not be opened or read."""
    if isinstance(error, FileNotFoundError):
        return Refusal(name, f"{name} is not there; check the path")
    if isinstance(error, PermissionError):
        return Refusal(name, f"{name} may not be read; give this user the right to read it")
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Refusal(name, f"{name} cannot be read ({told}); check the path")


def _name(path: Path) -> str:
    """Return the path as it is shown; bytes that are not UTF-8 are replaced."""
    return to_label(os.fsencode(path).decode("utf-8", "replace"))
