"""People who use the bot on a simulated Discord all the time, and how long they wait for it."""

import asyncio
import itertools
import random
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import discord
import simcord
from builders_overlapping import overlapping
from simcord import ChannelHandle, Env, MemberActor
from simcord.actors import _autocomplete_result

from bot.discord.client import RolecallClient, settle_interpreter
from bot.domain.person import EVERYONE
from bot.presentation.chat_service import Opened
from bot.settings import Settings

PAUSE = 0.03
"""Seconds between somebody's answer and what they do next."""

LOOK = 0.001
"""Seconds between two looks at whether an answer is there: what is measured is this much too long."""

LONGEST = 300.0


@dataclass
class Waits:
    """How long others waited, in ms, by what they did, and how long the event loop was held at a time."""

    of: dict[str, list[float]] = field(default_factory=lambda: {"/salary": [], "completion": [], "direct message": []})
    loop: list[float] = field(default_factory=list)

    @property
    def longest(self) -> float:
        """The longest wait of all."""
        return max(itertools.chain(*self.of.values()), default=0.0)

    def tell(self) -> None:
        """Print them."""
        for what, waits in (*self.of.items(), ("event loop held", self.loop)):
            ordered = sorted(waits) or [0.0]
            middle, tail = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
            print(f"    {what:16} {len(waits):6,} times: median {middle:6.1f}, p99 {tail:6.1f}, longest {ordered[-1]:6.1f} ms")


@dataclass
class Scene:
    """The bot, and the people around it."""

    env: Env
    channel: ChannelHandle
    admin: MemberActor
    others: list[MemberActor]
    companies: list[str]


@asynccontextmanager
async def on_discord(opened: Opened) -> AsyncIterator[Scene]:
    """Start the bot as `run` does."""
    client = RolecallClient(opened, Settings(_env_file=None))  # type: ignore[call-arg]
    await client.chat.warm_up()
    listed = await opened.store.list_postings(scopes={EVERYONE})
    companies = sorted({one.company for one in listed if one.company})
    async with simcord.run(client, shard_count=1, check_errors=True, settle_timeout=LONGEST) as env:
        guild = env.create_guild("Job seekers")
        role = guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
        admin = guild.add_member(env.create_user("rita"), roles=[role])
        others = [guild.add_member(env.create_user(name)) for name in ("mia", "ada", "omar")]
        channel = guild.create_text_channel("jobs")
        await others[0].slash(channel, "salary", company=companies[0])
        settle_interpreter()
        yield Scene(env, channel, admin, others, companies)


async def wait_beside(scene: Scene, work: Callable[[], Awaitable[object]]) -> Waits:
    """Let others use the bot as long as some work lasts, and return how long they waited."""
    waits = Waits()
    with overlapping(scene.env):
        tasks = [asyncio.create_task(do(scene, waits)) for do in (_ask_salaries, _complete, _write, _tick, _forget)]
        try:
            await work()
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
    await scene.env.settle()
    for error in ended:
        if isinstance(error, Exception):
            raise error
    return waits


async def _ask_salaries(scene: Scene, waits: Waits) -> None:
    for company in _in_any_order(scene.companies):
        started = time.perf_counter()
        asked = await scene.others[0].slash(scene.channel, "salary", company=company[:100])
        await _until(lambda asked=asked: asked.acknowledged)  # type: ignore[misc]
        await _note(waits.of["/salary"], started)


async def _complete(scene: Scene, waits: Waits) -> None:
    for company in _in_any_order(scene.companies):
        started = time.perf_counter()
        # The public way gives the choices and not the interaction, which is there before they are.
        asked = await _autocomplete_result(scene.others[1], scene.channel, "salary", "company", company[:4], {})
        await _until(lambda asked=asked: asked.acknowledged)  # type: ignore[misc]
        await _note(waits.of["completion"], started)


async def _write(scene: Scene, waits: Waits) -> None:
    person = scene.others[2]
    for company in _in_any_order(scene.companies):
        started = time.perf_counter()
        written = await person.send_dm(f"what does {company[:100]} pay?")
        # The channel's own ways make all of its messages anew each time.
        messages = scene.env.backend.messages[written.channel.id]
        await _until(lambda messages=messages, written=written: next(reversed(messages)) != written.id)  # type: ignore[misc]
        await _note(waits.of["direct message"], started)


async def _tick(_scene: Scene, waits: Waits) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(LOOK)
        now = time.perf_counter()
        waits.loop.append((now - before - LOOK) * 1e3)
        before = now


async def _forget(scene: Scene, _waits: Waits) -> None:
    """Drop what the simulated Discord notes of everything, which the bot's garbage collector would look through: it took 400 ms."""
    while True:
        await asyncio.sleep(0.2)
        scene.env.backend.transcript.clear()
        scene.env.backend.http_requests.clear()


def _in_any_order(companies: list[str]) -> Iterator[str]:
    return itertools.cycle(random.sample(companies, len(companies)))


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 -- the simulated Discord tells nobody when it has been answered
        await asyncio.sleep(LOOK)


async def _note(waits: list[float], started: float) -> None:
    waits.append((time.perf_counter() - started) * 1e3)
    await asyncio.sleep(PAUSE)
