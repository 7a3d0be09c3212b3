"""
How long the event loop stands still while charts of pay are made: `python benchmarks/charts.py [--charts N]`.

Each chart is asked for through the same door as on Discord, one that was not drawn before; the longest turn of the loop is told beside
that of the same answers without pay, and beside one chart that is drawn in the loop itself, which is the yardstick.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from asyncio.events import Handle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.discord.client import settle_interpreter
from bot.domain.answer import Bar, Chart
from bot.domain.facts import Period
from bot.domain.person import EVERYONE, Person
from bot.domain.query import Question
from bot.parsing.parse import parse_posting
from bot.presentation.charts import draw_picture
from bot.presentation.chat_service import ChatService, open_for_answers

BOUND = 5.0
"""Milliseconds that a turn may take."""

ASKER = Person(id=1, channel=1)


def write_posting(number: int, *, is_paid: bool) -> str:
    """Return a posting, with a pay of its own where it states one."""
    pay = f"We pay ${40_000 + 137 * number:,} to ${60_000 + 211 * number:,} a year.\n\n" if is_paid else ""
    role = f"Baker {number:05}" if is_paid else f"Clerk {number:05}"
    return f"# {role}\nCompany: Firm {number:05}\nLocation: Remote\n\n{pay}You work for the whole town every night.\n"


@contextmanager
def timed_turns() -> Iterator[list[tuple[float, float]]]:
    """Give what each turn of the loop takes meanwhile, in milliseconds: by the clock, and of the loop's own work."""
    turns: list[tuple[float, float]] = []
    run = Handle._run  # noqa: SLF001 -- what a turn is, nobody else tells

    def run_timed(handle: Handle) -> None:
        started, worked = time.perf_counter(), time.thread_time()
        run(handle)
        turns.append(((time.perf_counter() - started) * 1e3, (time.thread_time() - worked) * 1e3))

    Handle._run = run_timed  # type: ignore[method-assign, assignment]  # noqa: SLF001
    try:
        yield turns
    finally:
        Handle._run = run  # type: ignore[method-assign]  # noqa: SLF001


def time_in_loop(charts: int) -> float:
    """Return the milliseconds that a chart of five bars takes where it is drawn: those that were not drawn before."""
    taken = []
    for number in range(charts):
        bars = tuple(Bar(name=f"Firm {at}", low=50_000.0 + number, high=90_000.0 + at, told="$50,000") for at in range(5))
        started = time.perf_counter()
        draw_picture(Chart(currency="USD", per=Period.YEAR, bars=bars, left_out=()), "en")
        taken.append((time.perf_counter() - started) * 1e3)
    return statistics.median(taken[1:])


async def measure(charts: int) -> None:
    """Fill a database, ask, and print how long the loop stood still."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_for_answers(f"sqlite+aiosqlite:///{Path(folder) / 'charts.db'}") as opened:
            texts = [write_posting(number, is_paid=is_paid) for is_paid in (True, False) for number in range(charts * 5)]
            await opened.store.keep([parse_posting(text, f"{at}") for at, text in enumerate(texts)], scope=EVERYONE)
            chat = ChatService(opened)
            await chat.ask(Question(text="/search role: baker · sort: pay"), ASKER)
            settle_interpreter()  # as a bot does before it answers
            yardstick = time_in_loop(charts)
            print(f"a chart drawn in the loop itself: median {yardstick:.2f} ms")
            for name, role, with_picture in (("without charts", "clerk", False), ("with charts", "baker", True)):
                pages = [Question(text=f"/search role: {role} · sort: pay", page=page) for page in range(charts)]
                with timed_turns() as turns:
                    taken = []
                    for page in pages:
                        started = time.perf_counter()
                        card = await chat.ask(page, ASKER)
                        taken.append((time.perf_counter() - started) * 1e3)
                        assert bool(card.files) is with_picture
                clock, work = max(turn for turn, _ in turns), max(own for _, own in turns)
                late = sum(turn > BOUND for turn, _ in turns)
                print(
                    f"{len(pages)} answers {name}: median {statistics.median(taken):.2f} ms; the longest of {len(turns):,} turns"
                    f" {clock:.2f} ms ({clock / yardstick:.2f} of a chart), of its own work {work:.2f} ms ({work / yardstick:.2f});"
                    f" {late} over {BOUND:g} ms"
                )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--charts", type=int, default=40)
    asyncio.run(measure(parser.parse_args().charts))


if __name__ == "__main__":
    main()
