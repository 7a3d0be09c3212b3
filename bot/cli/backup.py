"""`backup`: one moment of the database in one file, while a bot goes on running on it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.options import agrees, complain, operator
from bot.cli.usage import Command, add_database_option
from bot.presentation.card import harmless

if TYPE_CHECKING:
    from bot.storage.backup import Restored


def _add_backup_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write the backup: a file that is not there yet")
    parser.add_argument("--overwrite", action="store_true", help="replace an older backup of that name, once the new one is whole")
    add_database_option(parser)


def _run_backup(arguments: Namespace) -> int:
    import asyncio

    from bot.storage.backup import write_backup

    count = asyncio.run(write_backup(arguments.database, arguments.file, overwrite=arguments.overwrite))
    print(f"backup of {count:,} posting{'' if count == 1 else 's'} written to {harmless(str(arguments.file))}")  # noqa: T201
    return 0


BACKUP = Command(
    name="backup",
    summary="copy the database into one file, also while a bot runs",
    examples=("backup monday.db", "backup --overwrite latest.db"),
    add_options=_add_backup_options,
    run=_run_backup,
)


# `restore`: the database as a backup holds it, and a backup of what it held before.


def _add_restore_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup to bring back; the file itself is only read")
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    add_database_option(parser)


def _run_restore(arguments: Namespace) -> int:
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
    add_options=_add_restore_options,
    run=_run_restore,
)
