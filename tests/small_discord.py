"""As much of Discord, on this machine, as a bot needs to come in or to be sent away."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from aiohttp import WSMsgType, web
from builders_answering import make_database, read_bundled

ROOT = Path(__file__).parent.parent
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.Gabcde.this-is-the-token-of-no-bot-at-all-1"  # noqa: S105 -- it opens nothing
BOT = {"id": "9", "username": "rolecall", "discriminator": "0", "global_name": None, "avatar": None, "bot": True, "flags": 0}
APPLICATION: dict[str, Any] = {
    "id": "9", "name": "rolecall", "icon": None, "description": "", "bot_public": True, "bot_require_code_grant": False, "verify_key": "0",
    "owner": BOT, "team": None, "summary": "", "flags": 0, "rpc_origins": [], "hook": True, "redirect_uris": [],
}  # fmt: skip
SENT: dict[str, Any] = {
    "id": "8", "channel_id": "4", "author": BOT, "content": "", "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None,
    "type": 0, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
    "pinned": False, "flags": 0, "components": [],
}  # fmt: skip


class Ran(NamedTuple):
    """What the bot's process came to."""

    status: int
    told: str


class SmallDiscord:
    """
    The API and the gateway; `closing` is the code that it ends every connection with.

    `troubles` are the statuses that requests are answered with, by how many came before. `sent` is what the next connections meet with,
    one each: a code that they are closed with before anything is said, or frames that come once the bot is in.
    """

    def __init__(self, *, accepts: bool = True, closing: int | None = None) -> None:
        self.accepts = accepts
        self.closing = closing
        self.url = ""
        self.is_ready = asyncio.Event()
        self.gateways: list[str] = []
        self.identified: dict[str, Any] = {}
        self.shards: list[list[int]] = []
        """Those that came in, each with how many there are."""

        self.troubles: dict[int, int] = {}
        self.pages: dict[int, tuple[str, str]] = {}
        """By how many came before: the type and text of what somebody else answers requests with."""

        self.sent: list[int | list[str]] = []
        self.came_in = asyncio.Queue[str]()
        """Who came in: "new" for a new session, "again" for one that goes on."""

        self.requests: list[tuple[str, Any]] = []
        self.breaking: dict[str, int] = {}
        """How many requests are broken off once they are read, by how their paths end."""

        self.refused: set[str] = set()
        """How the paths end that are not found."""

        self.has_left = asyncio.Event()
        """The bot's connection is closed."""

        self.holds_messages = False
        """Messages are taken only once the bot's connection is closed."""

    async def api(self, request: web.Request) -> web.Response:
        """Answer a request of the bot's."""
        answers: dict[str, Any] = {
            "users/@me": BOT,
            "oauth2/applications/@me": APPLICATION,
            "applications/@me": APPLICATION,
            "applications/9/commands": [],
            "channels/4/messages": SENT,
            "interactions/5/t/callback": {"interaction": {"id": "5", "type": 2}, "resource": {"type": 4, "message": SENT}},
            "webhooks/9/t": SENT,
            "webhooks/9/t/messages/@original": SENT,
            "gateway/bot": {"url": f"{self.url.replace('http', 'ws')}/named", "shards": 1, "session_start_limit": {}},
        }
        self.requests.append((request.match_info["path"], (await request.read()).decode(errors="replace")))
        if page := self.pages.get(len(self.requests) - 1):
            return web.Response(body=page[1].encode(), headers={"Content-Type": page[0]})
        if status := self.troubles.get(len(self.requests) - 1):
            return web.Response(status=status, headers={"Retry-After": "0.01"})
        for ending, left in self.breaking.items():
            if left and request.match_info["path"].endswith(ending):
                self.breaking[ending] = left - 1
                assert request.transport is not None
                request.transport.abort()
        if request.match_info["path"].endswith(tuple(self.refused)):
            body = {"message": "Unknown interaction", "code": 10062}
            return web.Response(status=404, body=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        if request.match_info["path"].endswith("channels/4/messages") and self.holds_messages:
            await self.has_left.wait()
        known = answers.get(request.match_info["path"], {})
        status = 200 if self.accepts else 401
        body = known if self.accepts else {"message": "401: Unauthorized", "code": 0}
        return web.Response(status=status, body=json.dumps(body).encode(), headers={"Content-Type": "application/json"})

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """Let the bot in, or send it away with the code."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.gateways.append(request.path)
        meeting = self.sent.pop(0) if self.sent else []
        if isinstance(meeting, int):
            await socket.close(code=meeting)
            return socket
        await socket.send_json({"op": 10, "s": None, "t": None, "d": {"heartbeat_interval": 40000}})
        async for message in socket:
            frame = json.loads(message.data) if message.type is WSMsgType.TEXT else {}
            if frame.get("op") == 2:
                self.identified = frame["d"]
                self.shards.append(frame["d"].get("shard"))
                if self.closing:
                    await socket.close(code=self.closing)
                    break
                ready = {"v": 10, "user": BOT, "guilds": [], "session_id": "s", "shard": [0, 1], "application": {"id": "9", "flags": 0}}
                await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": ready | {"resume_gateway_url": f"{self.url}/resumed"}})
                self.is_ready.set()
                self.came_in.put_nowait("new")
            if frame.get("op") == 6:
                await socket.send_json({"op": 0, "s": 2, "t": "RESUMED", "d": {}})
                self.came_in.put_nowait("again")
            if frame.get("op") in (2, 6):
                for text in meeting:
                    await socket.send_str(text)
        self.has_left.set()
        return socket

    async def run_bot(self, folder: Path, **settings: str) -> Ran:
        """Run `python -m bot run` against it; who was let in is ended with SIGTERM."""
        environment = {
            **os.environ,
            "DATABASE_URL": await make_database(folder / "run.db", read_bundled()),
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": f"{self.url}/api/v10",
            **settings,
        }
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        ending = asyncio.ensure_future(bot.communicate())
        entering = asyncio.ensure_future(self.is_ready.wait())
        await asyncio.wait({ending, entering}, return_when=asyncio.FIRST_COMPLETED, timeout=30)
        entering.cancel()
        if not ending.done():
            bot.send_signal(signal.SIGTERM)
        told, _ = await ending
        return Ran(bot.returncode or 0, told.decode())


@asynccontextmanager
async def small_discord(*, accepts: bool = True, closing: int | None = None) -> AsyncIterator[SmallDiscord]:
    """Open it on a free port of this machine."""
    discord = SmallDiscord(accepts=accepts, closing=closing)
    app = web.Application()
    app.router.add_route("*", "/api/v10/{path:.*}", discord.api)
    app.router.add_get("/named", discord.gateway)
    app.router.add_get("/other", discord.gateway)
    app.router.add_get("/resumed", discord.gateway)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    discord.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield discord
    finally:
        await runner.cleanup()
