"""`backup`: one moment of the database in one file, while a bot goes on running on it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.interfaces.terminal.command import Command, add_database_option
from bot.interfaces.terminal.plain_text import harmless


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write the backup: a file that is not there yet")
    parser.add_argument("--overwrite", action="store_true", help="replace an older backup of that name, once the new one is whole")
    add_database_option(parser)


def _run(arguments: Namespace) -> int:
    import asyncio

    from bot.storage.backup import write_backup

    count = asyncio.run(write_backup(arguments.database, arguments.file, overwrite=arguments.overwrite))
    print(f"backup of {count:,} posting{'' if count == 1 else 's'} written to {harmless(str(arguments.file))}")  # noqa: T201
    return 0


BACKUP = Command(
    name="backup",
    summary="copy the database into one file, also while a bot runs",
    examples=("backup monday.db", "backup --overwrite latest.db"),
    add_options=_add_options,
    run=_run,
)
