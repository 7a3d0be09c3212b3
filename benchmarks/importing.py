"""
How long an import holds up the answers to others.

    importing.py [--rounds N] [FOLDER]

The postings of FOLDER (default: ../shared/postings/unlabelled) are uploaded as one zip archive into the store of a bot that already
has as many, and kept beside it, as `/posting import` does it. Meanwhile others ask, one question after the other, and a ticker looks
how long the event loop is held, and how much of that is its own work. Prints all for each round, and the best round: other programs
on the machine only make it worse.
"""

import argparse
import asyncio
import gc
import itertools
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.packing import pack
from bot.answering.assistant import Assistant
from bot.domain.person import EVERYONE, Asker
from bot.domain.query import Question
from bot.intake.exporting import ExportForm, export_files
from bot.intake.files import read_sources
from bot.intake.importing import import_sources
from bot.intake.reading import Upload, read_uploads
from bot.intake.sources import Destination
from bot.presentation.chat_service import open_store
from bot.storage.store import Store

SERVER = "42"
BOUND = 250.0
"""ms in which others have their answer."""

PAUSE = 0.01
QUESTIONS = ("what does {} pay?", "{} requirements", "can I apply to {} from Kenya?", "does {} sponsor visas?", "who hires in Kenya?")


class Held(NamedTuple):
    """What others felt, in ms."""

    loop: list[float]
    """How much later than asked for the ticker had its turn."""

    own: list[float]
    """How much of that the loop itself worked: what it waited for the processor, which others have, is left out."""

    answers: list[float]
    """How long each answer took."""

    def tell(self) -> str:
        """Return the worst and the usual."""
        return f"loop held {_tell(self.loop)}, by its own work {_tell(self.own)}; {len(self.answers)} answers {_tell(self.answers)}"


def _tell(times: list[float]) -> str:
    ordered = sorted(times) or [0.0]
    return f"median {ordered[len(ordered) // 2]:.1f}, p99 {ordered[int(len(ordered) * 0.99)]:.1f}, most {ordered[-1]:.1f} ms"


@asynccontextmanager
async def watching(assistant: Assistant, companies: list[str]) -> AsyncIterator[Held]:
    """Let others ask meanwhile, and the ticker tick."""
    held = Held([], [], [])
    tasks = [asyncio.create_task(_tick(held)), asyncio.create_task(_ask(assistant, companies, held=held))]
    try:
        yield held
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _tick(held: Held) -> None:
    before, worked = time.perf_counter(), time.thread_time()
    while True:
        await asyncio.sleep(0.001)
        now, work = time.perf_counter(), time.thread_time()
        held.loop.append((now - before) * 1e3 - 1)
        held.own.append((work - worked) * 1e3)
        before, worked = now, work


async def _ask(assistant: Assistant, companies: list[str], *, held: Held) -> None:
    asker = Asker(scopes=frozenset({EVERYONE, SERVER}))
    for question, company in zip(itertools.cycle(QUESTIONS), itertools.cycle(companies), strict=False):
        started = time.perf_counter()
        await assistant.answer(Question(text=question.format(company)), asker)
        held.answers.append((time.perf_counter() - started) * 1e3)
        await asyncio.sleep(PAUSE)


async def measure(store: Store, data: bytes) -> float:
    """Upload, keep and export beside others who ask; return the ms of the answer that took longest while postings were kept."""
    assistant = Assistant(store, fresh_for=30)
    await assistant.warm_up()
    companies = sorted({listed.company for listed in await store.list_postings(scopes=[EVERYONE]) if listed.company})
    for question in QUESTIONS:  # word lists are read with the first question that needs them
        await assistant.answer(Question(text=question.format(companies[0])), Asker())
    gc.collect()
    gc.freeze()  # as the bot does before it answers
    async with watching(assistant, companies) as held:
        await asyncio.sleep(1)
    print(f"  nothing beside:  {held.tell()}")
    async with watching(assistant, companies) as held:
        started = time.perf_counter()
        found = await read_uploads([Upload("postings.zip", data)])
        spent = time.perf_counter() - started
    print(f"  upload read:     {held.tell()} ({spent:.1f} s)")
    async with watching(assistant, companies) as held:
        started = time.perf_counter()
        summary = await import_sources(Destination(store, SERVER), found, workers=1)
        spent = time.perf_counter() - started
    print(f"  postings kept:   {held.tell()} ({summary.added:,} in {spent:.1f} s)")
    slowest = max(held.answers)
    async with watching(assistant, companies) as held:
        started = time.perf_counter()
        files = await export_files(store, [SERVER], form=ExportForm.JSON_LINES, most_bytes=10_000_000)
        spent = time.perf_counter() - started
    print(f"  export made:     {held.tell()} ({', '.join(f'{len(data) / 1e6:.1f} MB' for _, data in files)} in {spent:.1f} s)")
    await assistant.settle()
    return slowest


async def main() -> None:
    """Measure some rounds, each with a store of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/postings/unlabelled"))
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    data = pack(arguments.folder)
    slowest = []
    for number in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as folder:
            async with open_store(f"sqlite+aiosqlite:///{folder}/kept.db") as store:
                await import_sources(Destination(store, EVERYONE), read_sources([arguments.folder]))
                print(f"round {number + 1}, {await store.count(scopes=[EVERYONE]):,} postings there before")
                slowest.append(await measure(store, data))
    print(f"slowest answer in the best round: {min(slowest):.0f} ms; the bound is {BOUND:.0f} ms")


if __name__ == "__main__":
    asyncio.run(main())
