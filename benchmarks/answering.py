"""
How much longer an answer takes from a database of 100,000 postings than from one of 1,000.

    answering.py [--small N] [--large N] [FOLDER]

The postings of FOLDER (default: ../shared/postings/unlabelled) are kept again and again under generated company names. The same
kinds of questions are asked of both databases in turn, so that a drift of the machine's speed falls on both. Prints the median
and 99th percentile in ms and the ratio of the large one to the small one, the yardstick.
"""

import argparse
import asyncio
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.name_generator import NameGenerator
from bot.answering.assistant import Assistant
from bot.domain.person import EVERYONE, Asker
from bot.domain.posting import Posting
from bot.domain.query import Question
from bot.parsing.parse import parse_posting
from bot.presentation.chat_service import open_store
from bot.storage.store import Store

BATCH = 500
QUESTIONS = (
    "what does {} pay?",
    "{} requirements",
    "can I apply to {} from Kenya?",
    "does {} sponsor visas?",
    "who would I report to at {}?",
)
ROUNDS = 60


def read_texts(folder: Path) -> list[Posting]:
    """Read the folder's postings once."""
    return [parse_posting(path.read_text("utf-8", "replace"), path.name) for path in sorted(folder.glob("*.md"))]


def under_names(postings: list[Posting], names: list[str]) -> Iterator[Posting]:
    """Yield a posting for each name: the texts in turn, each made its own by its name and link."""
    for number, (name, posting) in enumerate(zip(names, itertools.cycle(postings), strict=False)):
        text = f"{posting.text}\n{name} {number}"
        link = f"https://jobs.example/{number}"
        yield posting.model_copy(update={"company": name, "link": link, "source": f"{number}.md", "text": text})


async def fill(store: Store, postings: Iterator[Posting]) -> None:
    """Keep the postings in batches."""
    while batch := list(itertools.islice(postings, BATCH)):
        await store.keep(batch, scope=EVERYONE)


async def ask(assistant: Assistant, question: str) -> float:
    """Ask and return the seconds that the answer took."""
    started = time.perf_counter()
    await assistant.answer(Question(text=question), Asker())
    return time.perf_counter() - started


async def compare(small: tuple[Assistant, list[str]], large: tuple[Assistant, list[str]]) -> None:
    """Ask both in turn and print how long they took."""
    chance = random.Random(7)  # noqa: S311 -- a benchmark's names, not secrets
    for question in QUESTIONS:
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            for side, (assistant, names) in enumerate((small, large)):
                times[side].append(await ask(assistant, question.format(chance.choice(names))))
        medians = [statistics.median(side) * 1e3 for side in times]
        tails = [sorted(side)[int(len(side) * 0.99)] * 1e3 for side in times]
        middle = f"median {medians[0]:6.2f} and {medians[1]:6.2f} ms, ratio {medians[1] / medians[0]:5.2f}"
        print(f"{question:34} {middle}; p99 {tails[0]:6.2f} and {tails[1]:6.2f} ms")


async def main() -> None:
    """Fill two databases and compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/postings/unlabelled"))
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=100_000)
    arguments = parser.parse_args()
    postings = read_texts(arguments.folder)
    names = NameGenerator(7).names(arguments.large)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            open_store(f"sqlite+aiosqlite:///{folder}/small.db") as few,
            open_store(f"sqlite+aiosqlite:///{folder}/large.db") as many,
        ):
            for store, count in ((few, arguments.small), (many, arguments.large)):
                started = time.perf_counter()
                await fill(store, under_names(postings, names[:count]))
                print(f"{count:,} postings kept in {time.perf_counter() - started:.0f} s")
            sides = [(Assistant(store), names[:count]) for store, count in ((few, arguments.small), (many, arguments.large))]
            for assistant, known in sides:
                print(f"first answer after {await ask(assistant, f'{known[0]} pay'):.2f} s")
            await compare(sides[0], sides[1])


if __name__ == "__main__":
    asyncio.run(main())
