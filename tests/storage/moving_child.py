"""Moves a database in batches of three rows and says a line after each, so that it can be killed anywhere."""

import asyncio
import os
import sys

from bot.storage import upkeep


def say(table: str, rows: int) -> None:
    os.write(1, f"{table} {rows}\n".encode())


if __name__ == "__main__":
    upkeep._PAGE = 3  # noqa: SLF001 - as many batches as a large database has
    asyncio.run(upkeep.move_database(sys.argv[1], sys.argv[2], on_batch=say))
