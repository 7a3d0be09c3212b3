"""A file of SQLite before it is opened: what is wrong with its path, and its write-ahead log."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bot.domain.errors import StorageError
from bot.storage.engine import BUSY_SECONDS

_PAUSE_SECONDS = 0.02


def make_ready(file: str) -> None:
    """Check the path, create the file where there is none, and turn its write-ahead log on (which it then stays)."""
    if not file.startswith("file:"):  # SQLite's own kind of URI
        _check_path(Path(file))
    with closing(sqlite3.connect(file, uri=file.startswith("file:"), timeout=BUSY_SECONDS)) as connection:
        _log_ahead(connection)


def _check_path(path: Path) -> None:
    folder = path.absolute().parent
    if path.is_dir():
        raise StorageError(f"{path} is a folder; name a file in DATABASE_URL")
    if not folder.is_dir():
        raise StorageError(f"{path} cannot be created, because there is no folder {folder}; create it or name another file in DATABASE_URL")
    if not os.access(path if path.exists() else folder, os.R_OK | os.W_OK):
        raise StorageError(f"{path} may not be read and written; give this user the right, or name another file in DATABASE_URL")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait here for others who do the same, so ask again until it is done."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return
