"""Whenever senders are killed, each thing is told once: by one process on SQLite and by two on PostgreSQL."""

import asyncio
import itertools
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import web
from builders_storage import NOON, connecting
from small_discord import APPLICATION, BOT, SENT
from sqlalchemy import text

from bot.domain.person import EVERYONE
from bot.domain.posting import Watch
from bot.domain.query import Ask, Form, Query, Reach
from bot.parsing.parse import parse_posting
from bot.presentation.chat_service import CODEC
from bot.storage.store import Store

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("sending_child.py")
KILLS = int(os.environ.get("WATCH_KILLS", "1"))
"""On each of the two databases; before a change lands there are more: `.ci/run`."""

REMEMBERED = 3.0
"""Seconds that this Discord knows a message by its nonce: longer than a try takes, and often no longer when the next one comes."""

PEOPLE = 4


def in_json(answer: Any) -> web.Response:
    """An answer as Discord types it."""
    return web.Response(body=json.dumps(answer).encode(), headers={"Content-Type": "application/json"})


class Mailbox:
    """As much of Discord as takes direct messages: it drops a second one of the same nonce for a while, and fails now and then."""

    def __init__(self) -> None:
        self.base = ""
        self.messages: dict[str, list[dict[str, Any]]] = {}
        self.came = asyncio.Event()
        self.is_holding = False
        """Messages are taken, and who sent them gets no answer."""

        self._ids = itertools.count(1)
        self._nonces: dict[str, tuple[float, dict[str, Any]]] = {}
        self._chance = random.Random(7)  # noqa: S311

    async def answer(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        if path == "users/@me":
            return in_json(BOT)
        if path == "oauth2/applications/@me":
            return in_json(APPLICATION)
        if path == "users/@me/channels":
            person = str((await request.json())["recipient_id"])
            return in_json({"id": person, "type": 1, "recipients": [{**BOT, "id": person, "bot": False}]})
        channel = path.split("/")[1]
        if request.method == "GET":
            return in_json(self.messages.get(channel, [])[::-1][:100])
        return await self._take(channel, await request.json())

    async def _take(self, channel: str, sent: dict[str, Any]) -> web.Response:
        if self._chance.random() < 0.05:
            return web.Response(status=400 if self._chance.random() < 0.3 else 503)
        at, message = self._nonces.get(sent["nonce"], (0.0, {}))
        if not (sent.get("enforce_nonce") and time.monotonic() - at < REMEMBERED):
            message = {**SENT, "flags": 1 << 15, "id": str(next(self._ids)), "channel_id": channel, "components": sent["components"]}
            self.messages.setdefault(channel, []).append({**message, "nonce": sent["nonce"]})
            self._nonces[sent["nonce"]] = (time.monotonic(), message)
        self.came.set()
        if self.is_holding or self._chance.random() < 0.05:
            await asyncio.sleep(0.3)
            return web.Response(status=504)  # it was taken all the same
        return in_json(message)

    def nonces(self) -> Counter[str]:
        return Counter(message["nonce"] for several in self.messages.values() for message in several)


@asynccontextmanager
async def open_mailbox() -> AsyncIterator[Mailbox]:
    mailbox, app = Mailbox(), web.Application()
    app.router.add_route("*", "/api/{path:.*}", mailbox.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    mailbox.base = f"http://127.0.0.1:{runner.addresses[0][1]}/api"
    try:
        yield mailbox
    finally:
        await runner.cleanup()


class Senders:
    """Senders in processes of their own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()

    async def hear(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(await self._process.stdout.readline())


@asynccontextmanager
async def running(url: str, base: str) -> AsyncIterator[Senders]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(CHILD), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=environment
    )
    senders = Senders(process)
    await senders.tell(json.dumps({"url": url, "base": base, "senders": 2 if url.startswith("postgresql") else 1}))
    try:
        yield senders
        await senders.tell("end")
        assert await senders.hear() == {"ended": True}
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def watch_all(store: Store) -> list[Watch]:
    query = Query(reach=Reach.ALL, form=Form.LIST, asks=(Ask(topic="workplace", values=("remote",)),))
    made = []
    for person in range(1, PEOPLE + 1):
        own: dict[str, Any] = {"person": f"discord:{person}", "scopes": frozenset({EVERYONE}), "made_at": NOON}
        made.append(await store.watches.add(Watch(name="Acme", company="Acme", company_key="acme", **own)))
        made.append(await store.watches.add(Watch(name="remote", query=query, **own)))
    return made


async def keep_one(store: Store, number: int) -> int:
    place = "Remote" if number % 2 else "Lisbon"
    posting = parse_posting(f"# Baker {number}\nCompany: Acme\nLocation: {place}\n\nAcme bakes bread number {number}.\n", f"{number}.md")
    (kept,) = await store.keep([posting], scope=EVERYONE)
    return kept.id


async def expected_keys(url: str, watches: list[Watch]) -> set[str]:
    """Return the keys of all that is to be told: each action of the ledger to who watches the company, every second to who searches."""
    async with connecting(url) as connection:
        rows = (await connection.execute(text("SELECT version, position, lineage, title FROM action"))).all()
    of_company = {f"watch:{watch.id}:{row.version}:{row.position}" for watch in watches if watch.query is None for row in rows}
    remote = [row for row in rows if int(row.title.rpartition(" ")[2]) % 2]
    return of_company | {f"watch:{watch.id}:{row.version}:{row.position}" for watch in watches if watch.query for row in remote}


async def test_whenever_senders_are_killed_each_thing_is_told_once(url: str) -> None:
    chance = random.Random(5)  # noqa: S311
    numbers = itertools.count(1)
    async with open_mailbox() as mailbox, Store.open(url, CODEC) as store:
        watches = await watch_all(store)
        async with running(url, mailbox.base) as senders:
            for kill in range(KILLS):
                mailbox.came.clear()
                mailbox.is_holding = bool(kill % 2)  # killed while what it sent is taken and not answered yet
                for _ in range(3):
                    await keep_one(store, next(numbers))
                with suppress(TimeoutError):
                    await asyncio.wait_for(mailbox.came.wait(), 5)
                await asyncio.sleep(chance.uniform(0, 0.05))
                await senders.tell("kill")
                assert await senders.hear() == {"killed": True}
            mailbox.is_holding = False
            wanted = await expected_keys(url, watches)
            rows = await settled(url, len(wanted))
    assert {row.key for row in rows} == wanted
    assert {row.state for row in rows} == {"sent"}
    assert mailbox.nonces() == Counter({row.message for row in rows})


async def settled(url: str, count: int) -> Any:
    """Return the rows of the outbox when nothing waits any more, or after a while."""
    rows: Any = []
    for _ in range(3000):
        async with connecting(url) as connection:
            rows = (await connection.execute(text("SELECT key, state, message FROM outbox"))).all()
        if len(rows) >= count and all(row.state != "waiting" for row in rows):
            break
        await asyncio.sleep(0.1)
    return rows
