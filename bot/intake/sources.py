"""Paths in, texts out: files, folders and zip archives, read lazily and in a fixed order."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BufferedReader
from pathlib import Path

from bot.intake.archive import FROM_DISK, ArchiveBounds, read_archive
from bot.intake.kinds import is_posting_name, read_stream
from bot.intake.source import Found, Refusal, Source, to_label

_DATA_ENDINGS = (".json", ".jsonl", ".jsonld", ".ndjson")
_LOOKED_AT = 65_536
_SIGNS_OF_POSTINGS = (b'"rolecall"', b"JobPosting", b"@graph", b"absolute_url", b"hostedUrl", b"applyUrl", b"jobUrl", b"descriptionHtml")
"""Words of our own exports, of schema.org's JobPosting and of the job boards' JSON."""

_SKIPPED_FOLDERS = frozenset({"__MACOSX"})


def read_sources(paths: Sequence[Path | str]) -> Found:
    """
    Yield each posting's text that the paths hold, or why there is none, one at a time.

    A file is tried whatever its name. In a folder and those below it, in the order of their names, text, markdown, exported files
    and zip archives are read; hidden files and other kinds are passed over.
    """
    for given in paths:
        path = Path(given)
        if not str(given):  # which Path would take for the folder that one is in
            yield Refusal("", "an empty path was given; name a file or a folder")
            continue
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:  # ValueError for a name that no file can have
            yield _refuse(path, error)
        else:
            yield from _read_folder(path) if is_folder else _read_file(path)


def read_opened(name: str, stream: BufferedReader, *, bounds: ArchiveBounds = FROM_DISK) -> Found:
    """Yield what an opened file holds, whether from a disk or uploaded; `name` is how it is called towards people."""
    return read_archive(name, stream, bounds=bounds) if name.lower().endswith(".zip") else read_stream(name, stream)


def _read_folder(folder: Path) -> Found:
    is_empty = True
    for found in _walk(folder):
        is_empty = False
        if isinstance(found, Refusal):
            yield found
        else:
            yield from _read_file(found)
    if is_empty:
        name = _name(folder)
        yield Refusal(name, f"{name} holds no postings; give a folder with text, markdown, exported JSON or zip files in it")


def _walk(top: Path) -> Iterator[Path | Refusal]:
    """Yield the files that count; each real folder is entered once, so that links cannot lead in circles."""
    entered: set[tuple[int, int]] = set()
    waiting = [os.fspath(top)]
    while waiting:
        path = Path(waiting.pop())
        try:
            status = path.stat()
            place = (status.st_dev, status.st_ino)
            if not stat.S_ISDIR(status.st_mode):
                if stat.S_ISREG(status.st_mode):
                    yield path
            elif place not in entered:
                entered.add(place)
                waiting += sorted((entry.path for entry in os.scandir(path) if _counts(entry)), reverse=True)
        except OSError as error:
            yield _refuse(path, error)


def _counts(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in _SKIPPED_FOLDERS:
        return False
    if entry.is_dir():
        return True
    if entry.name.lower().endswith(_DATA_ENDINGS):
        return _speaks_of_postings(entry)
    return is_posting_name(entry.name) or entry.name.lower().endswith(".zip")


def _speaks_of_postings(entry: os.DirEntry[str]) -> bool:
    """Tell whether a data file begins with anything that postings have; other data lies in folders too, and is passed over."""
    try:
        with open(entry.path, "rb") as file:  # noqa: PTH123 -- an entry of a walk, opened as it is
            beginning = file.read(_LOOKED_AT)
    except OSError:
        return True
    return not beginning.strip() or any(sign in beginning.replace(b"\0", b"") for sign in _SIGNS_OF_POSTINGS)


def _read_file(path: Path) -> Found:
    name = _name(path)
    try:
        if not path.is_file():
            yield Refusal(name, f"{name} is neither a file nor a folder; give the posting as a file")
            return
        with path.open("rb") as stream:
            for found in read_opened(name, stream):
                yield replace(found, is_vouched_for=True) if isinstance(found, Source) else found
    except OSError as error:
        yield _refuse(path, error)


def _refuse(path: Path, error: Exception) -> Refusal:
    name = _name(path)
    if isinstance(error, FileNotFoundError):
        return Refusal(name, f"{name} is not there; check the path")
    if isinstance(error, PermissionError):
        return Refusal(name, f"{name} may not be read; give this user the right to read it")
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Refusal(name, f"{name} cannot be read ({told}); check the path")


def _name(path: Path) -> str:
    """Return the path as it is shown; bytes that are not UTF-8 are replaced."""
    return to_label(os.fsencode(path).decode("utf-8", "replace"))
