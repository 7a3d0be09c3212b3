"""
How long a hostile text holds up everybody, by whichever way it is sent.

    hostile_texts.py [--rounds N] [TEXT...]

Texts made to be slow are given to a bot as a posting that is added and kept, as a question, as what is typed while a company is completed,
and as the name of 25 companies that others then ask for. Meanwhile a ticker looks how long the event loop is held at a time: of each
wait, what this process has worked, so that other programs do not count. Prints the longest wait of each in the best round, and how many
times as long that is as an ordinary text of the same way holds it; what takes over 20 ms is marked, and the exit status is then 1.
"""

import argparse
import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.admin.adding import PASTED, AdditionRequest, add
from bot.admin.context import HOUR, ServerCache, Services
from bot.admin.service import AdminService
from bot.answering.assistant import Assistant
from bot.discord.client import settle_interpreter
from bot.domain.person import Person
from bot.domain.posting import Posting
from bot.domain.query import Question
from bot.intake.sources import Source
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card
from bot.presentation.chat_service import ChatService, Opened, open_store
from bot.presentation.notices import place_choices
from bot.presentation.people import RateLimit

BOUND = 20.0
"""ms that nothing may hold the loop for, on a quiet machine."""

SERVER = 42
RITA = Person(id=1, channel=1, server=SERVER, name="rita", may_manage_server=True)
_HEAD = "# Night Baker\nCompany: Acme Bread\nLocation: Lisbon\n\nAcme Bread pays $40,000 to $50,000 a year for bread.\n\n"
_QUESTION, _COMPANY, _NAME = 4_000, 200, 1_900
_COMPANIES = 25
_PAUSE = 0.003
"""Seconds between two things that somebody does, in which others have their turn."""

ORDINARY = "an ordinary text"
TEXTS = {
    ORDINARY: "We bake four hundred loaves each night, and look for a baker who has done so for two years. " * 50,
    "marks of two classes": "e" + "\u0301" * 50_000 + "\u0323" * 50_000,
    "marks of two classes, mixed": "e" + "\u0301\u0323" * 50_000,
    "marks on each letter": ("e" + "\u0301" * 9 + "\u0323" * 9) * 10_000,
    "Thai and Lao marks": "ก" + "\u0e48\u0ec8\u20dd" * 33_000,
    "Korean letters in parts": "\u1112\u1161\u11ab" * 60_000,
    "4.9 MB of Chinese": "工" * 1_633_000,
    "4.9 MB of letters": "a" * 4_900_000,
    "broken encoding": "Ã¢â‚¬â„¢ Ã© â€œ " * 11_000,
    "broken encoding, one line each": "Ã¢â‚¬â„¢\n" * 20_000,
    "one word": "a" * 190_000,
    "one word of Chinese": "工" * 190_000,
    "words of wide letters": "Ｂａｋｅｒ " * 31_000,
    "invisible signs": "\u200b\u2060\ufeff\u00ad" * 47_000,
    "families": "👩\u200d👩\u200d👧\u200d👦" * 27_000,
    "right to left": "\u202e\u2067مرحبا " * 20_000,
    "blank tags": "#### `  `\n" * 19_000,
    "many tags": "#### `Remote` `  ` `a`\n" * 8_000,
    "many attributes": "<p " + " ".join(f'a{number}="1"' for number in range(20_000)) + ">bread</p>",
    "deep elements": "<div>" * 38_000,
    "deep lists": "[" * 190_000,
    "deep objects": '{"a":' * 38_000,
    "deep quotes": "> " * 95_000,
    "spaces and line ends": " \n" * 95_000,
    "marks of markdown": "**_`[](" * 27_000,
    "companies": "Acme Inc. vs Bread & Co, ".join(f"b{number}" for number in range(7_000)),
    "figures": "$1,000-2,000/h " * 12_000,
}


class Ticker:
    """Looks how long the loop is held at a time."""

    def __init__(self) -> None:
        self._longest = 0.0

    async def run(self) -> None:
        """Tick."""
        before, worked = time.perf_counter(), time.process_time()
        while True:
            await asyncio.sleep(0.001)
            now, work = time.perf_counter(), time.process_time()
            # Another thread may work beside the loop, or hold it up by holding the interpreter's lock.
            self._longest = max(self._longest, min(now - before - 0.001, work - worked))
            before, worked = now, work

    async def longest_during(self, work: Awaitable[object]) -> float:
        """Return the ms of the longest wait while something is done."""
        await asyncio.sleep(0.01)
        gc.collect()
        await asyncio.sleep(0.01)
        self._longest = 0.0
        await work
        await asyncio.sleep(0.01)
        return self._longest * 1e3


class Bot:
    """A bot with what each way needs."""

    def __init__(self, opened: Opened) -> None:
        self.chat = ChatService(opened)
        self.opened = opened
        services = Services(*opened, ServerCache(opened.store), _announce, upload_limit=RateLimit(1_000_000, HOUR))
        self._admin = AdminService(services)

    async def add(self, text: str) -> None:
        """Add a posting, and keep it."""
        given = AdditionRequest(texts=(Source(PASTED, f"{_HEAD}{text}"),))
        shown = await self._admin.carry_out(lambda context: add(context, given), RITA)
        presses = [control.press for row in shown.rows for control in row]
        kept = next((press for press in presses if isinstance(press, ButtonId) and press.action is ButtonAction.KEEP), None)
        if kept is not None:
            await self._admin.press(kept, RITA)
            await self.chat.ask(Question(text="what does Acme Bread pay?"), RITA)

    async def ask(self, text: str) -> None:
        """Ask it as a message, and as the company of a command."""
        await self.chat.say(text[:_QUESTION], RITA)
        await asyncio.sleep(_PAUSE)
        await self.chat.ask(Question(topic="pay", company=text[:_COMPANY]), RITA)

    async def type(self, text: str) -> None:
        """Type it while a company is completed."""
        for typed in (text[:1], text[:3], text[:100], f"acme {text[:90]}"):
            await asyncio.sleep(_PAUSE)
            await self.chat.company_choices(typed, RITA)
            place_choices(typed)

    async def name(self, text: str) -> None:
        """Look for companies of that name."""
        postings = [
            Posting(
                source=f"{number}",
                title="Baker",
                company=f"{number} {text[:_NAME]}",
                link=None,
                location=None,
                text=str(number),
                facts={},
            )
            for number in range(_COMPANIES)
        ]
        await self.opened.store.keep(postings, scope=str(SERVER))
        for typed in ("", "1", text[:3], text[:100]):
            await asyncio.sleep(_PAUSE)
            await self.chat.company_choices(typed, RITA)
        await asyncio.sleep(_PAUSE)
        await self.chat.say(f"what does {text[:100]} pay?", RITA)
        await asyncio.sleep(_PAUSE)
        await self.chat.postings(RITA)


async def _announce(_scope: str, _card: Card) -> None:
    """Nobody is told."""


WAYS: dict[str, Callable[[Bot, str], Awaitable[None]]] = {
    "added": Bot.add,
    "asked": Bot.ask,
    "typed": Bot.type,
    "a name": Bot.name,
}


async def measure(name: str, way: str) -> float:
    """Return the ms that a text held the loop by one way, in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(f"sqlite+aiosqlite:///{folder}/kept.db") as store:
            bot = Bot(Opened(store, Assistant(store)))
            await WAYS[way](bot, TEXTS[ORDINARY])
            ticker = Ticker()
            ticking = asyncio.create_task(ticker.run())
            held = await ticker.longest_during(WAYS[way](bot, TEXTS[name]))
            ticking.cancel()
            await bot.opened.assistant.settle()
    return held


async def main() -> int:
    """Measure all texts by all ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", choices=[[], *TEXTS], metavar="TEXT")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    await measure(ORDINARY, "added")  # what is loaded once
    settle_interpreter()
    names = dict.fromkeys([ORDINARY, *(arguments.texts or TEXTS)])
    usual: dict[str, float] = {}
    slow = 0
    for name in names:
        told = []
        for way in WAYS:
            held = min([await measure(name, way) for _ in range(arguments.rounds)])
            ratio = held / usual.setdefault(way, held)
            slow += held > BOUND
            told.append(f"{way} {held:6.1f} ms {ratio:5.1f}x{'!' if held > BOUND else ' '}")
        print(f"{name:32} {'  '.join(told)}", flush=True)
    print(f"{slow} over {BOUND:.0f} ms")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
