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

ROOT = Path(__file__).parent.parent
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.Gabcde.this-is-the-token-of-no-bot-at-all-1"  # noqa: S105 -- it opens nothing
_BOT = {"id": "9", "username": "rolecall", "discriminator": "0", "global_name": None, "avatar": None, "bot": True, "flags": 0}
_APPLICATION: dict[str, Any] = {
    "id": "9", "name": "rolecall", "icon": None, "description": "", "bot_public": True, "bot_require_code_grant": False, "verify_key": "0",
    "owner": _BOT, "team": None, "summary": "", "flags": 0, "rpc_origins": [], "hook": True, "redirect_uris": [],
}  # fmt: skip


class Ran(NamedTuple):
    """What the bot's process came to."""

    status: int
    told: str


class SmallDiscord:
    """The API and the gateway; `closing` is the code that it ends every connection with."""

    def __init__(self, *, accepts: bool = True, closing: int | None = None) -> None:
        self.accepts = accepts
        self.closing = closing
        self.url = ""
        self.is_ready = asyncio.Event()
        self.gateways: list[str] = []
        self.identified: dict[str, Any] = {}

    async def api(self, request: web.Request) -> web.Response:
        """Answer a request of the bot's."""
        answers: dict[str, Any] = {
            "users/@me": _BOT,
            "oauth2/applications/@me": _APPLICATION,
            "applications/@me": _APPLICATION,
            "applications/9/commands": [],
            "gateway/bot": {"url": f"{self.url.replace('http', 'ws')}/named", "shards": 1, "session_start_limit": {}},
        }
        known = answers.get(request.match_info["path"], {})
        status = 200 if self.accepts else 401
        body = known if self.accepts else {"message": "401: Unauthorized", "code": 0}
        return web.Response(status=status, body=json.dumps(body).encode(), headers={"Content-Type": "application/json"})

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """Let the bot in, or send it away with the code."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.gateways.append(request.path)
        await socket.send_json({"op": 10, "s": None, "t": None, "d": {"heartbeat_interval": 40000}})
        async for message in socket:
            frame = json.loads(message.data) if message.type is WSMsgType.TEXT else {}
            if frame.get("op") == 2:
                self.identified = frame["d"]
                if self.closing:
                    await socket.close(code=self.closing)
                    break
                ready = {"v": 10, "user": _BOT, "guilds": [], "session_id": "s", "shard": [0, 1], "application": {"id": "9", "flags": 0}}
                await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": ready | {"resume_gateway_url": self.url}})
                self.is_ready.set()
        return socket

    async def run_bot(self, folder: Path, **settings: str) -> Ran:
        """Run `python -m bot run` against it; who was let in is ended with SIGTERM."""
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'run.db'}",
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
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    discord.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield discord
    finally:
        await runner.cleanup()
