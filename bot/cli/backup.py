"""`backup`: one moment of the database in one file, while a bot goes on running on it."""

import asyncio
from argparse import Namespace

from bot.cli.options import agrees, operator
from bot.cli.usage import complain
from bot.domain.answer import count_of
from bot.presentation.failures import harmless
from bot.storage.backup import Restored, restore_backup, write_backup


def run_backup(arguments: Namespace) -> int:
    """Write the backup."""
    count = asyncio.run(write_backup(arguments.database, arguments.file, overwrite=arguments.overwrite))
    print(f"backup of {count_of(count, 'posting')} written to {harmless(str(arguments.file))}")  # noqa: T201
    return 0


# `restore`: the database as a backup holds it, and a backup of what it held before.


def run_restore(arguments: Namespace) -> int:
    """Bring the backup back, after asking."""
    file = harmless(str(arguments.file))
    if not arguments.file.exists():  # before anybody is asked whether to
        complain(f"there is no file {file}; name one that a backup was written to")
        return 1
    if not agrees(f"Let the database hold what {file} holds, and nothing else?", is_agreed=arguments.yes):
        complain("nothing was restored; to restore without being asked, add --yes")
        return 1
    _tell(asyncio.run(restore_backup(arguments.database, arguments.file, by=operator())), file)
    return 0


def _tell(restored: Restored, file: str) -> None:
    print(f"{count_of(restored.current, 'posting')} restored from {file}")  # noqa: T201
    if restored.removed:
        told = f"{count_of(restored.removed, 'posting')} that the backup does not have {'was' if restored.removed == 1 else 'were'} removed"
        print(f"{told}; to bring one back: python -m bot remove --undo NUMBER")  # noqa: T201
    if restored.before:
        before = harmless(str(restored.before))
        print(f"what was here before is in {before}; to go back: python -m bot restore {before}")  # noqa: T201
