"""
How boards are kept current for a day, with the time compressed: `python benchmarks/boards.py [BOARDS] [JOBS]`, 100 boards of 50 by default.

A site in a process of its own plays the boards, and one in fifty jobs changes, comes or goes with each look. Told are the looks, how long
they took, how late other people's answers came meanwhile, and the most memory.
"""

import asyncio
import random
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from aiohttp import web

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.answering.assistant import Assistant
from bot.boards import BOARDS
from bot.boards.checker import Checker
from bot.discord.client import settle_interpreter
from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE, Asker
from bot.domain.posting import FollowedBoard
from bot.domain.query import Question
from bot.intake.addresses import WebRules
from bot.intake.fetching import Hosts
from bot.presentation.chat_service import CODEC
from bot.storage.store import Store

_HOURS, _STEP = 24, timedelta(minutes=20)
_BEGAN = datetime(2031, 5, 4, tzinfo=UTC)
_CHANGING = 0.02
_LATE = 0.25
_DUTIES = ("mend clocks", "oil wheels", "wind the tower", "teach children", "keep the books", "sell watches", "clean dials", "ring bells")


def play(told: Connection, jobs: int) -> None:
    """Play every board on loopback until the process is ended."""
    chance = random.Random(1)  # noqa: S311
    lists: dict[str, dict[int, dict[str, Any]]] = {}

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        name = request.path.split("/")[3]
        there = lists.setdefault(name, {number: make_job(name, number, chance) for number in range(1, jobs + 1)})
        for number in [number for number in there if chance.random() < _CHANGING]:
            there.pop(number)
            there[number + chance.choice((0, jobs))] = make_job(name, number, chance)
        return web.json_response({"jobs": list(there.values()), "meta": {"total": len(there)}})

    async def serve() -> None:
        runner = web.ServerRunner(web.Server(answer))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        told.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())


def make_job(name: str, number: int, chance: random.Random) -> dict[str, Any]:
    """Make up a job as Greenhouse lists it."""
    duties = "".join(f"<li>You {duty} in house {chance.randint(1, 999)} of the old town</li>" for duty in chance.sample(_DUTIES, 6))
    return {
        "id": number,
        "title": f"Clockmaker {number}",
        "company_name": f"Tower {name}",
        "absolute_url": f"https://boards.greenhouse.io/{name}/jobs/{number}",
        "location": {"name": "Oslo, Norway"},
        "content": f"<h2>Duties</h2><ul>{duties}</ul><h2>Pay</h2><p>We pay ${chance.randint(40, 90)},000 a year.</p>",
    }


async def keep_current(base: str, boards: int) -> dict[str, float]:
    """Follow the boards for a day, and return what it took."""
    now, put_off = _BEGAN, list[StorageError]()
    kinds = tuple(replace(kind, jobs=f"{base}/v1/boards/{{employer}}/jobs") for kind in BOARDS)
    late: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        async with Store.open(f"sqlite:///{folder}/boards.db", CODEC, clock=lambda: now) as store:
            checker = Checker(store, Hosts(WebRules(allow_private=True), spacing=0.0), kinds=kinds)
            for number in range(boards):
                url = f"https://boards.greenhouse.io/acme{number}"
                wanted = FollowedBoard(id=0, scope=EVERYONE, url=url, kind="Greenhouse", next_at=now, interval=14_400)
                await store.boards.add(wanted)
            assistant = Assistant(store, fresh_for=1.0)
            await assistant.warm_up()
            settle_interpreter()  # as a bot does before it answers
            asking = asyncio.create_task(_ask_on(assistant, late))
            first = time.perf_counter()
            looks = await _empty(checker, put_off)
            filled = time.perf_counter() - first
            began = time.perf_counter()
            while now < _BEGAN + timedelta(hours=_HOURS):
                now += _STEP
                looks += await _empty(checker, put_off)
            took = time.perf_counter() - began
            asking.cancel()
            await checker.process.close()
            postings = await store.count(scopes={EVERYONE})
    late.sort()
    return {
        "postings": postings,
        "looks": looks,
        "looks put off by a busy database": len(put_off),
        "seconds for the first look at all": filled,
        "seconds for the day after it": took,
        "answers meanwhile": len(late),
        f"later than {_LATE * 1000:.0f} ms": sum(each > _LATE for each in late),
        "the latest answer, ms": late[-1] * 1000 if late else 0,
        "99 in 100 answers within, ms": late[int(len(late) * 0.99)] * 1000 if late else 0,
        "MB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


async def _empty(checker: Checker, put_off: list[StorageError]) -> int:
    """Look at all that is due; what a busy database puts off is due again later, as it is for a bot."""
    looks = 0
    while True:
        try:
            more = await checker.check_due()
        except StorageError as error:
            put_off.append(error)
        else:
            looks += more
            if not more:
                return looks


async def _ask_on(assistant: Assistant, late: list[float]) -> None:
    """Ask for a posting's pay twenty times a second, and note how long each answer takes."""
    chance = random.Random(2)  # noqa: S311
    while True:
        await asyncio.sleep(0.05)
        began = time.perf_counter()
        await assistant.answer(Question(text=f"what does tower acme{chance.randint(0, 9)} pay?"), Asker())
        late.append(time.perf_counter() - began)


def main() -> None:
    """Run it and print what it took."""
    boards, jobs = (int(given) for given in (*sys.argv[1:], *("100", "50")[len(sys.argv) - 1 :]))
    context = get_context("spawn")
    heard, told = context.Pipe()
    site = context.Process(target=play, args=(told, jobs), daemon=True)
    site.start()
    for name, value in asyncio.run(keep_current(f"http://127.0.0.1:{heard.recv()}", boards)).items():
        print(f"{name:40}{value:12,.0f}")
    site.kill()


if __name__ == "__main__":
    main()
