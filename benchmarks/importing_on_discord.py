"""
How long other people wait on Discord while an admin imports.

    importing_on_discord.py [--rounds N] [FOLDER]

The bot runs on a simulated Discord, with the postings of FOLDER (default: ../shared/postings/unlabelled) for everyone, as they are. An
admin gives the same postings in one zip archive to `/posting import`, while others use /salary, completion and direct messages all the
time. Prints how long they waited, from what they did to the bot's answer, beside the same without an import, the yardstick, and the best
round: other programs on the machine only make it worse. Skips where the folder is missing.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from benchmarks.people_on_discord import Scene

BOUND = 250.0
"""ms in which others have their answer."""

YARDSTICK = 20.0
"""Seconds: about as long as the import takes. It goes first, so that the import meets a bot that remembers much."""

DONE = ("Import finished", "Import broken off")

# What is heavy is imported where it is used: the processes that read an upload load this file too, as they load `bot/__main__.py` of
# the bot itself.


async def import_postings(scene: "Scene", data: bytes) -> str:
    """Import, and return what the admin is told in the end."""
    asked = await scene.admin.slash(scene.channel, "posting import", file=("postings.zip", data))
    while True:
        await asyncio.sleep(0.05)
        response = asked.response
        embed = response.embeds[0] if response and response.embeds else None
        if embed and embed.title in DONE:
            return (embed.description or "").splitlines()[0]


async def measure(database: str, data: bytes) -> float:
    """Return the longest wait beside an import, in ms."""
    from benchmarks.people_on_discord import on_discord, wait_beside
    from bot.presentation.chat_service import open_for_answers

    told: list[str] = []

    async with open_for_answers(database, fresh_for=1.0) as opened, on_discord(opened) as scene:

        async def work() -> None:
            told.append(await import_postings(scene, data))

        alone = await wait_beside(scene, lambda: asyncio.sleep(YARDSTICK))
        print(f"  without an import ({YARDSTICK:.0f} s)")
        alone.tell()
        started = time.perf_counter()
        beside = await wait_beside(scene, work)
        print(f"  beside one ({told[0]}, {time.perf_counter() - started:.1f} s)")
        beside.tell()
    return beside.longest


async def fill(database: str, folder: Path) -> int:
    """Keep the folder's postings for everyone, and return how many they are."""
    from bot.domain.person import EVERYONE
    from bot.intake.files import read_sources
    from bot.intake.importing import import_sources
    from bot.intake.sources import Destination
    from bot.presentation.chat_service import open_store

    async with open_store(database) as store:
        await import_sources(Destination(store, EVERYONE), read_sources([folder]))
        return await store.count(scopes=[EVERYONE])


async def main() -> None:
    """Measure some rounds, each with a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/postings/unlabelled"))
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        print(f"skipped: there is no folder {arguments.folder}")
        return
    from benchmarks.packing import pack

    data = pack(arguments.folder)
    longest = []
    for number in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as folder:
            database = f"sqlite+aiosqlite:///{folder}/kept.db"
            count = await fill(database, arguments.folder)
            print(f"round {number + 1}: {count:,} postings for everyone, a zip of {len(data) / 1e6:.1f} MB")
            longest.append(await measure(database, data))
    print(f"longest wait in the best round: {min(longest):.0f} ms; the bound is {BOUND:.0f} ms")


if __name__ == "__main__":
    asyncio.run(main())
