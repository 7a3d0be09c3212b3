"""`restore`: the database as a backup holds it, and a backup of what it held before."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.interfaces.terminal.asking import agrees
from bot.interfaces.terminal.command import Command, add_database_option
from bot.interfaces.terminal.plain_text import harmless
from bot.interfaces.terminal.scope_option import operator
from bot.interfaces.terminal.streams import complain

if TYPE_CHECKING:
    from bot.storage.backup import Restored


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup to bring back; the file itself is only read")
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    add_database_option(parser)


def _run(arguments: Namespace) -> int:
    import asyncio

    from bot.storage.backup import restore_backup

    file = harmless(str(arguments.file))
    if not arguments.file.exists():  # before anybody is asked whether to
        complain(f"there is no file {file}; name one that a backup was written to")
        return 1
    if not agrees(f"Let the database hold what {file} holds, and nothing else?", is_agreed=arguments.yes):
        complain("nothing was restored; to restore without being asked, add --yes")
        return 1
    _tell(asyncio.run(restore_backup(arguments.database, arguments.file, by=operator())), file)
    return 0


def _tell(restored: "Restored", file: str) -> None:
    print(f"{_count(restored.current)} restored from {file}")  # noqa: T201
    if restored.removed:
        told = f"{_count(restored.removed)} that the backup does not have {'was' if restored.removed == 1 else 'were'} removed"
        print(f"{told}; to bring one back: python -m bot remove --undo NUMBER")  # noqa: T201
    if restored.before:
        before = harmless(str(restored.before))
        print(f"what was here before is in {before}; to go back: python -m bot restore {before}")  # noqa: T201


def _count(number: int) -> str:
    return f"{number:,} posting{'' if number == 1 else 's'}"


RESTORE = Command(
    name="restore",
    summary="bring back a backup; what was there is backed up first",
    examples=("restore monday.db", "restore --yes monday.db"),
    add_options=_add_options,
    run=_run,
)
