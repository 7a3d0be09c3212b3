"""
Lets children import a folder, each into a database of its own, and kills each at a random moment.

    killed_children.py FOLDER SEED DATABASE...

Prints for each database how many postings the child had told to be kept. The children are forks, so that each begins at once.
"""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from itertools import islice

from builders_intake import CODEC

from bot.domain.person import EVERYONE
from bot.intake.files import read_sources
from bot.intake.importing import Progress, import_sources
from bot.intake.sources import Destination
from bot.storage.store import Store

AT_ONCE = 3
"""Postings of one call: so few are read in a thread, and no process need start."""

LONGEST_DELAY = 0.02
"""Seconds after the last sign of life: as long as a part takes that is read and kept."""


async def import_in_parts(file: str, folder: str, tell: Callable[[int], object]) -> None:
    """Import a folder, and tell how many postings are done each time that the import says so."""
    sources = read_sources([folder])
    done = 0

    def report_all(progress: Progress) -> None:
        tell(done + progress.done)

    async with Store.open(f"sqlite:///{file}", CODEC) as store:
        while part := list(islice(sources, AT_ONCE)):
            await import_sources(Destination(store, EVERYONE), part, on_progress=report_all)
            done += len(part)


def import_and_be_killed(file: str, folder: str, chance: random.Random) -> int:
    """Let a child import, kill it, and return how many postings it said were done."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        asyncio.run(import_in_parts(file, folder, lambda done: os.write(writing, b"%d\n" % done)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        lines = [told.readline() for _ in range(chance.randrange(6))]
        until = time.perf_counter() + chance.random() * LONGEST_DELAY
        while time.perf_counter() < until:
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += [line for line in told if line.endswith("\n")]
    return int(lines[-1]) if lines else 0


if __name__ == "__main__":
    # What a first import loads is loaded once, and the threads that it had are gone before the first fork.
    asyncio.run(import_in_parts(f"{sys.argv[3]}.first", sys.argv[1], lambda _: None))
    chance = random.Random(int(sys.argv[2]))  # noqa: S311
    for file in sys.argv[3:]:
        print(import_and_be_killed(file, sys.argv[1], chance), flush=True)  # noqa: T201
