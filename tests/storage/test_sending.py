"""Whenever senders are killed, each thing is told once and stands once in a feed: by one process on SQLite and by two on PostgreSQL."""

import asyncio
import itertools
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import web
from builders_storage import NOON, connecting
from small_discord import APPLICATION, BOT, SENT
from sqlalchemy import text

from bot.domain.person import EVERYONE
from bot.domain.posting import Evidence, Openness, ServerSettings, Watch
from bot.domain.query import Ask, Form, Query, Reach
from bot.parsing.parse import parse_posting
from bot.presentation.chat_service import CODEC
from bot.storage.boards import Enrolled, Seen, Unlisted
from bot.storage.store import Store

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("sending_child.py")
KILLS = int(os.environ.get("WATCH_KILLS", "1"))
"""On each of the two databases; before a change lands there are more: `.ci/run`."""

REMEMBERED = 3.0
"""Seconds that this Discord knows a message by its nonce: longer than a try takes, and often no longer when the next one comes."""

PEOPLE = 4
CHANNEL, FORUM = "50", "60"
FEEDS = {"5": CHANNEL, "6": FORUM}
"""The channels of the feeds, by their servers."""

ARCHIVED = {"message": "Thread is archived", "code": 50083}


def in_json(answer: Any, status: int = 200) -> web.Response:
    """An answer as Discord types it."""
    return web.Response(status=status, body=json.dumps(answer).encode(), headers={"Content-Type": "application/json"})


class Mailbox:
    """
    As much of Discord as takes messages, and threads in a forum: it fails now and then.

    A second message of the same nonce it drops for a while; it knows no such thing of threads.
    """

    def __init__(self) -> None:
        self.base = ""
        self.messages: dict[str, list[dict[str, Any]]] = {}
        self.came = asyncio.Event()
        self.is_holding = False
        """Messages are taken, and who sent them gets no answer."""

        self.channels: dict[str, dict[str, Any]] = {
            CHANNEL: {"type": 0, "guild_id": "5", "name": "news", "position": 0, "permission_overwrites": []},
            FORUM: {"type": 15, "guild_id": "6", "name": "jobs", "position": 0, "permission_overwrites": [], "available_tags": []},
        }
        """What is known of channels and threads, by their ids."""

        self._ids = itertools.count(100)
        self._nonces: dict[str, tuple[float, dict[str, Any]]] = {}
        self._chance = random.Random(7)  # noqa: S311

    async def answer(self, request: web.Request) -> web.Response:
        path = request.match_info["path"].split("/")
        if request.method == "GET":
            return in_json(self._read(*path))
        sent = await request.json()
        match (request.method, *path):
            case "POST", "users", "@me", "channels":
                person = str(sent["recipient_id"])
                return in_json({"id": person, "type": 1, "recipients": [{**BOT, "id": person, "bot": False}]})
            case "POST", "channels", channel, "messages":
                return await self._take(lambda: self._keep_message(channel, sent))
            case "POST", "channels", channel, "threads":
                return await self._take(lambda: self._make_thread(channel, sent))
            case "PATCH", "channels", channel, "messages", number:
                return self._edit_message(channel, number, sent)
        return self._edit(self.channels[path[1]], sent)

    def _read(self, kind: str, number: str, *rest: str) -> Any:
        if kind in ("users", "oauth2"):
            return BOT if kind == "users" else APPLICATION
        if kind == "channels":
            return self.messages.get(number, [])[::-1][:100] if rest else {"id": number, **self.channels[number]}
        if rest:
            return {"threads": [one for one in self.threads() if not one["thread_metadata"]["archived"]], "members": []}
        return {"id": number, "name": "Bakers", "preferred_locale": "de", "roles": [], "emojis": [], "features": []}

    async def _take(self, keep: Callable[[], dict[str, Any]]) -> web.Response:
        """Take something, or fail; or do both."""
        if self._chance.random() < 0.05:
            return web.Response(status=400 if self._chance.random() < 0.3 else 503)
        kept = keep()
        self.came.set()
        if self.is_holding or self._chance.random() < 0.05:
            await asyncio.sleep(0.3)
            return web.Response(status=504)  # it was taken all the same
        return in_json(kept)

    def _keep_message(self, channel: str, sent: dict[str, Any]) -> dict[str, Any]:
        at, message = self._nonces.get(sent["nonce"], (0.0, dict[str, Any]()))
        if not (sent.get("enforce_nonce") and time.monotonic() - at < REMEMBERED):
            message = {**SENT, "flags": 1 << 15, "id": str(next(self._ids)), "channel_id": channel, "components": sent["components"]}
            self.messages.setdefault(channel, []).append({**message, "nonce": sent["nonce"]})
            self._nonces[sent["nonce"]] = (time.monotonic(), message)
        return message

    def _make_thread(self, forum: str, sent: dict[str, Any]) -> dict[str, Any]:
        number = str(next(self._ids))
        metadata = {"archived": False, "locked": False, "auto_archive_duration": 1440, "archive_timestamp": SENT["timestamp"]}
        same = {
            "type": 11,
            "guild_id": self.channels[forum]["guild_id"],
            "parent_id": forum,
            "owner_id": BOT["id"],
            "message_count": 0,
            "member_count": 1,
        }
        self.channels[number] = {**same, "name": sent["name"], "thread_metadata": metadata, "message_count": 0, "member_count": 1}
        first = {**SENT, "flags": 1 << 15, "id": number, "channel_id": number, "components": sent["message"]["components"]}
        self.messages[number] = [first]
        return {"id": number, **self.channels[number], "message": first}

    def _edit(self, channel: dict[str, Any], sent: dict[str, Any]) -> web.Response:
        metadata = channel.get("thread_metadata", {})
        if metadata.get("archived") and sent.get("archived", True):
            return in_json(ARCHIVED, 400)
        if self._chance.random() < 0.05:
            return web.Response(status=503)
        (metadata or channel).update(sent)
        self.came.set()
        for tag in channel.get("available_tags", []):
            tag.update({"id": tag.get("id") or str(next(self._ids)), "moderated": False, "emoji_id": None, "emoji_name": None})
        return in_json({"id": "7", **channel})

    def _edit_message(self, channel: str, number: str, sent: dict[str, Any]) -> web.Response:
        if self.channels[channel].get("thread_metadata", {}).get("archived"):
            return in_json(ARCHIVED, 400)
        if self._chance.random() < 0.05:
            return web.Response(status=503)
        (message,) = [one for one in self.messages[channel] if one["id"] == number]
        message["components"] = sent["components"]
        self.came.set()
        return in_json(message)

    def threads(self) -> list[dict[str, Any]]:
        """All threads that were made."""
        return [{"id": number, **one} for number, one in self.channels.items() if "thread_metadata" in one]

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
    async with open_mailbox() as mailbox, Store.open(url, CODEC) as store:
        watches = await watch_all(store)

        async def keep_three(kill: int) -> None:
            for number in range(3 * kill, 3 * kill + 3):
                await keep_one(store, number)

        async with running(url, mailbox.base) as senders:
            await kill_senders(senders, mailbox, keep_three)
            wanted = await expected_keys(url, watches)
            rows = await settled(url, len(wanted))
    assert {row.key for row in rows} == wanted
    assert {row.state for row in rows} == {"sent"}
    assert mailbox.nonces() == Counter({row.message for row in rows})


async def kill_senders(senders: Senders, mailbox: Mailbox, act: Callable[[int], Awaitable[None]]) -> None:
    """Have things to be told done, and kill one of the senders when something came of that, as often as it is wanted."""
    chance = random.Random(5)  # noqa: S311
    for kill in range(KILLS):
        mailbox.came.clear()
        mailbox.is_holding = bool(kill % 2)  # killed while what it sent is taken and not answered yet
        await act(kill)
        with suppress(TimeoutError):
            await asyncio.wait_for(mailbox.came.wait(), 5)
        await asyncio.sleep(chance.uniform(0, 0.05))
        await senders.tell("kill")
        assert await senders.hear() == {"killed": True}
    mailbox.is_holding = False


async def test_whenever_senders_are_killed_each_posting_stands_once_in_each_feed_as_it_is_now(url: str) -> None:
    kept, closed = list[int](), set[int]()
    async with open_mailbox() as mailbox, Store.open(url, CODEC) as store:
        for server, channel in FEEDS.items():
            await store.servers.put(server, ServerSettings(feed_channel=int(channel)))

        async def keep_and_close(kill: int) -> None:
            for number in range(2 * kill, 2 * kill + 2):
                kept.append(await keep_one(store, number))
                await store.boards.enrol([Enrolled(Unlisted(kept[-1], kept[-1], EVERYONE, "", None, ()), None, None)])
            for number in kept[-4:-1]:  # one of them is new and may not have been posted yet, and one was closed by the last time
                openness = Openness.OPEN if number in closed else Openness.CLOSED
                await store.boards.settle(Seen(number, openness, Evidence.GONE), next_at=None)
                closed.symmetric_difference_update({number})

        async with running(url, mailbox.base) as senders:
            await kill_senders(senders, mailbox, keep_and_close)
            async with connecting(url) as connection:
                actions = (await connection.execute(text("SELECT count(*) FROM action"))).scalar_one()
            rows = await settled(url, len(FEEDS) * actions)
    assert len(rows) == len(FEEDS) * actions
    assert {row.state for row in rows} <= {"sent", "dropped"}
    threads = {thread["id"]: thread for thread in mailbox.threads()}
    in_channel = [(str(card), False) for card in mailbox.messages[CHANNEL]]
    in_forum = [(str(mailbox.messages[number]), thread["thread_metadata"]["archived"]) for number, thread in threads.items()]
    for cards in (in_channel, in_forum):
        for number, posting in enumerate(kept):
            own = [(card, is_archived) for card, is_archived in cards if f"Baker {number}**" in card]
            assert len(own) == 1 or (not own and posting in closed), (number, len(own))
            assert all(("Geschlossen" in card) == (posting in closed) for card, _ in own), own
            assert cards is in_channel or all(is_archived == (posting in closed) for _, is_archived in own), own
        assert len(cards) <= len(kept)


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
