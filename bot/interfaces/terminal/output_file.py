"""Where a command writes to: a file that is whole or not touched, or standard output."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.domain.errors import RolecallError


@contextmanager
def writing_to(file: Path | None) -> Iterator[Callable[[str], object]]:
    """Give what writes to a file, or to standard output; raise RolecallError where the file cannot be written."""
    if file is None:
        yield sys.stdout.write
        return
    if file.is_dir():
        raise RolecallError(f"{file} is a folder; name a file behind --output")
    try:
        with _opened_whole(file.resolve()) as stream:
            yield stream.write
    except OSError as error:
        raise RolecallError(f"{file} cannot be written ({error.strerror}); name another file behind --output") from error


@contextmanager
def _opened_whole(file: Path) -> Iterator[TextIO]:
    """Open a file for writing so that one that was there stays until the new one is whole; a pipe or device is written at once."""
    if file.exists() and not file.is_file():
        with file.open("w", encoding="utf-8") as stream:
            yield stream
        return
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
