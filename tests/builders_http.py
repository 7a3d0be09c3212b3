"""A Discord that sends interactions over HTTP, signed, and takes the callbacks; and a bot's process or worker that they are sent to."""

import asyncio
import itertools
import json
import os
import re
import secrets
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from nacl.signing import SigningKey
from small_discord import ROOT, TOKEN
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.discord.http import SIGNATURE, STAMP

BOT: dict[str, Any] = {
    "id": "9",
    "username": "rolecall",
    "discriminator": "0",
    "global_name": None,
    "avatar": None,
    "bot": True,
    "flags": 0,
}
SERVER = "800"
MANAGE_SERVER = str(1 << 5)
_EPOCH = 1_420_070_400_000
MESSAGE: dict[str, Any] = {
    "id": "8", "channel_id": "4", "author": BOT, "content": "", "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None,
    "type": 0, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
    "pinned": False, "flags": 1 << 15, "components": [],
}  # fmt: skip
_LOADING = 1 << 7
"""The flag of a message that says that its answer will come."""

_SERVER_URL = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test")


@dataclass
class Told:
    """What became of an interaction."""

    status: int
    """Of the request; 0 where the connection was refused, -1 where it broke off."""

    interaction: dict[str, Any]
    callbacks: list[dict[str, Any]]
    """What was sent to answer it, in the order in which it came."""

    later: list[dict[str, Any]]
    """What it was edited to, and what followed it."""

    @property
    def answer(self) -> dict[str, Any]:
        """The one answer."""
        (one,) = self.callbacks
        return one

    @property
    def text(self) -> str:
        """All that is written in the answer, or in what the deferred one became."""
        return json.dumps(self.later[-1] if self.answer["type"] in {5, 6} and self.later else self.answer, ensure_ascii=False)

    @property
    def buttons(self) -> list[str]:
        """The ids of the buttons below it."""
        return re.findall(r'"custom_id": "([^"]+)"', self.text)

    def button(self, action: str) -> str:
        """The id of the first button that does something."""
        return next(one for one in self.buttons if one.split(":")[1] == action)

    @property
    def message(self) -> dict[str, Any]:
        """The message that it became."""
        return {**MESSAGE, **(self.later[-1] if self.later else self.answer["data"]), "attachments": []}


@dataclass
class SigningDiscord:
    """Discord: its API, at `url`, and its requests to where a bot listens."""

    key: SigningKey = field(default_factory=SigningKey.generate)
    url: str = ""
    callbacks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    later: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Interactions that were to be answered twice."""

    registered: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """What else was asked, by method and path."""

    members: set[str] = field(default_factory=set)
    """Paths of those who are members."""

    holds: asyncio.Event | None = None
    """Callbacks are not taken before it is set."""

    holds_files: asyncio.Event | None = None
    """Uploads are not handed out before it is set."""

    files: dict[str, bytes] = field(default_factory=dict)
    """What was uploaded, by its name."""

    ahead: float = 0.0
    """Seconds that interactions seem to be younger than they are, for those that are made long before they are sent."""

    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def public_key(self) -> str:
        """What its signatures are checked by."""
        return bytes(self.key.verify_key).hex()

    async def take(self, request: web.Request) -> web.Response:
        """Answer a request of the bot's."""
        path = request.match_info["path"]
        if callback := re.fullmatch(r"interactions/(\d+)/(\w+)/callback", path):
            return await self._take_callback(request, callback[1])
        if (original := re.fullmatch(r"webhooks/9/t(\d+)/messages/@original", path)) and request.method == "GET":
            return _reply({**MESSAGE, "flags": 0 if original[1] in self.later else _LOADING})
        if follow_up := re.fullmatch(r"webhooks/9/t(\d+)(/.*)?", path):
            self.later.setdefault(follow_up[1], []).append(await _read(request))
            return _reply(MESSAGE)
        self.asked.append(f"{request.method} {path}")
        if path == "applications/9/commands":
            if request.method == "PUT":
                self.registered = json.loads(await request.read())
            return _reply(self.registered)
        if "/members/" in path and path not in self.members:
            return _reply({"message": "Unknown Member", "code": 10007}, 404)
        return _reply(self.known(path))

    def known(self, path: str) -> Any:
        """Return what is told of what there is, an empty object of anything else."""
        application: dict[str, Any] = {
            "id": "9", "name": "rolecall", "icon": None, "description": "", "bot_public": True, "bot_require_code_grant": False,
            "verify_key": self.public_key, "owner": BOT, "team": None, "summary": "", "flags": 0, "rpc_origins": [], "hook": True,
            "redirect_uris": [],
        }  # fmt: skip
        if path.endswith("applications/@me"):
            return application
        if "/members/" in path:
            user = BOT if path.endswith("/9") else {**BOT, "id": path.rpartition("/")[2], "bot": False}
            return {"user": user, "roles": [], "joined_at": None, "deaf": False, "mute": False, "flags": 0}
        channel: dict[str, Any] = {"id": "4", "type": 0, "name": "jobs", "position": 0, "permission_overwrites": [], "guild_id": SERVER}
        role: dict[str, Any] = {
            "id": SERVER,
            "name": "@everyone",
            "color": 0,
            "colors": {"primary_color": 0},
            "hoist": False,
            "position": 0,
        }
        role |= {"permissions": str((1 << 53) - 1), "managed": False, "mentionable": False, "flags": 0}
        server: dict[str, Any] = {
            "id": SERVER,
            "name": "Job seekers",
            "owner_id": "1",
            "roles": [role],
            "emojis": [],
            "features": [],
            "stickers": [],
        }
        server |= {"verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0}
        server |= {"nsfw_level": 0, "premium_tier": 0, "preferred_locale": "en-US", "afk_timeout": 1, "system_channel_flags": 0}
        known: dict[str, Any] = {
            "users/@me": BOT, f"guilds/{SERVER}": server, "channels/4": channel, "channels/4/messages": MESSAGE,
            f"guilds/{SERVER}/roles": [role], f"guilds/{SERVER}/channels": [channel],
        }  # fmt: skip
        return known.get(path, {})

    async def _take_callback(self, request: web.Request, number: str) -> web.Response:
        if self.holds is not None:
            await self.holds.wait()
        sent = await _read(request)
        if number in self.callbacks:
            self.refused.append(number)
            return _reply({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        self.callbacks[number] = [sent]
        resource = {"type": sent["type"], **({"message": MESSAGE} if sent["type"] in {4, 7} else {})}
        return _reply({"interaction": {"id": number, "type": 2}, "resource": resource})

    def interaction(self, kind: int, data: dict[str, Any], *, by: int = 7, server: str | None = None, **more: Any) -> dict[str, Any]:
        """Make an interaction of somebody: in a direct message with the bot, or in a server."""
        number = str((int((time.time() + self.ahead) * 1000) - _EPOCH) << 22 | next(self.numbers))
        user = {"id": str(by), "username": f"user{by}", "discriminator": "0", "avatar": None, "global_name": None}
        made: dict[str, Any] = {
            "id": number, "application_id": "9", "type": kind, "token": f"t{number}", "version": 1, "data": data, "entitlements": [],
            "attachment_size_limit": 10_000_000, "locale": "en-US", "app_permissions": "0",
        }  # fmt: skip
        if server is None:
            made |= {"context": 1, "authorizing_integration_owners": {"0": "0"}, "channel_id": "4", "channel": {"id": "4", "type": 1}}
            return made | {"user": user} | more
        member: dict[str, Any] = {"user": user, "roles": more.pop("roles", []), "joined_at": None, "deaf": False, "mute": False, "flags": 0}
        member["permissions"] = more.pop("permissions", "0")
        channel = {"id": "4", "type": 0, "name": "jobs", "position": 0, "permission_overwrites": [], "permissions": "0"}
        made |= {"guild_id": server, "guild": {"id": server, "features": [], "locale": "en-US"}, "channel": channel, "channel_id": "4"}
        return made | {"context": 0, "authorizing_integration_owners": {"0": server}, "member": member} | more

    def command(self, name: str, /, *, by: int = 7, server: str | None = None, **options: Any) -> dict[str, Any]:
        """Make the use of a slash command whose options are words; `posting_list` is the subcommand list of posting."""
        more = {one: options.pop(one) for one in ("permissions", "roles", "resolved") if one in options}
        given = [{"name": option, "type": _type_of(value), "value": value} for option, value in options.items()]
        outer, _, inner = name.partition("_")
        data: dict[str, Any] = {"id": "1", "name": outer, "type": 1}
        data["options"] = [{"name": inner, "type": 1, "options": given}] if inner else given
        if "resolved" in more:
            data["resolved"] = more.pop("resolved")
        return self.interaction(2, data, by=by, server=server, **more)

    def typing(self, name: str, option: str, typed: str) -> dict[str, Any]:
        """Make what is sent while somebody types an option."""
        focused = {"name": option, "type": 3, "value": typed, "focused": True}
        return self.interaction(4, {"id": "1", "name": name, "type": 1, "options": [focused]})

    def press(self, told: Told, custom_id: str, **more: Any) -> dict[str, Any]:
        """Make the press of a button below an answer."""
        return self.interaction(3, {"component_type": 2, "custom_id": custom_id, "id": 1}, message=told.message, **more)

    def submit(self, custom_id: str, values: dict[str, str], **more: Any) -> dict[str, Any]:
        """Make a form that was filled."""
        fields = [
            {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": one, "value": value}} for one, value in values.items()
        ]
        return self.interaction(5, {"custom_id": custom_id, "components": fields}, **more)

    def upload(self, name: str, content: bytes, **more: Any) -> dict[str, Any]:
        """Make the use of `/posting add` with a file."""
        self.files[name] = content
        url = f"{self.url}/files/{name}"
        attachment = {"id": "77", "filename": name, "size": len(content), "url": url, "proxy_url": url, "content_type": "application/zip"}
        made = self.command("posting_add", resolved={"attachments": {"77": attachment}}, **more)
        made["data"]["options"][0]["options"] = [{"name": "file", "type": 11, "value": "77"}]
        return made

    async def settled(self, told: Told) -> Told:
        """Wait for what a deferred answer becomes in the end, if it shows meanwhile how far it is."""
        async with asyncio.timeout(60):
            while told.answer["type"] in {5, 6} and not any(self._is_last(one) for one in told.later):
                await asyncio.sleep(0.05)
                told = Told(told.status, told.interaction, told.callbacks, self.later.get(told.interaction["id"], []))
        return told

    @staticmethod
    def _is_last(sent: dict[str, Any]) -> bool:
        return "Importing" not in json.dumps(sent)

    async def hand_out(self, request: web.Request) -> web.Response:
        """Give a file that was uploaded."""
        if self.holds_files is not None:
            await self.holds_files.wait()
        return web.Response(body=self.files[request.match_info["name"]])

    def sign(self, body: bytes, *, ago: float = 0.0) -> dict[str, str]:
        """Return the headers of a request that was signed so many seconds ago."""
        stamp = str(int(time.time() - ago))
        return {STAMP: stamp, SIGNATURE: self.key.sign(stamp.encode() + body).signature.hex(), "Content-Type": "application/json"}

    async def send(self, session: aiohttp.ClientSession, port: int, interaction: dict[str, Any]) -> Told:
        """Send an interaction to a bot, and return what became of it by the time that the request was answered."""
        body = json.dumps(interaction).encode()
        try:
            async with session.post(f"http://127.0.0.1:{port}/interactions", data=body, headers=self.sign(body)) as response:
                status, said = response.status, await response.read()
                assert status != 202 or not said
        except aiohttp.ClientConnectorError:
            status = 0
        except (aiohttp.ClientError, OSError):
            status = -1
        number = interaction["id"]
        return Told(status, interaction, self.callbacks.get(number, []), self.later.get(number, []))


def _type_of(value: Any) -> int:
    return 5 if isinstance(value, bool) else 3


async def _read(request: web.Request) -> Any:
    """Return what is sent; of one with files its JSON alone."""
    is_parted = request.content_type.startswith("multipart/")
    return json.loads(str((await request.post())["payload_json"]) if is_parted else await request.read())


def _reply(data: Any, status: int = 200) -> web.Response:
    return web.Response(status=status, body=json.dumps(data).encode(), headers={"Content-Type": "application/json"})


@asynccontextmanager
async def signing_discord() -> AsyncIterator[SigningDiscord]:
    """Open it on a free port of this machine."""
    discord = SigningDiscord()
    app = web.Application(client_max_size=50_000_000)
    app.router.add_route("*", "/api/v10/{path:.*}", discord.take)
    app.router.add_get("/files/{name}", discord.hand_out)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=2000).start()
    discord.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield discord
    finally:
        await runner.cleanup()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@asynccontextmanager
async def new_schema() -> AsyncIterator[str]:
    """Give the URL of an empty PostgreSQL schema; raises OSError where there is no server."""
    engine = create_async_engine(_SERVER_URL, isolation_level="AUTOCOMMIT", connect_args={"timeout": 5})
    schema = f"test_{secrets.token_hex(8)}"
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE SCHEMA {schema}"))
        yield make_url(_SERVER_URL).update_query_dict({"search_path": schema}).render_as_string(hide_password=False)
        await _drop_schema(engine, schema)
    finally:
        await engine.dispose()


async def _drop_schema(engine: AsyncEngine, schema: str) -> None:
    """Drop a schema, also one that processes which were told to end still read for a moment: the server sees a deadlock in that."""
    for left in reversed(range(10)):
        try:
            async with engine.connect() as connection:
                await connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        except DBAPIError:
            if not left:
                raise
            await asyncio.sleep(0.3)
        else:
            return


@dataclass
class Served:
    """A process of `python -m bot serve`."""

    process: asyncio.subprocess.Process
    port: int
    log: Path

    def workers(self) -> list[int]:
        """The ids of its workers' processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii").split()
        return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]

    async def until_logged(self, words: str, times: int = 1) -> None:
        """Wait until something has been logged so many times."""
        async with asyncio.timeout(60):
            while self.log.read_text("utf-8").count(words) < times:
                assert self.process.returncode is None, self.log.read_text("utf-8")
                await asyncio.sleep(0.02)

    async def end(self) -> int:
        """End it as hosts do, and return its exit status."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await self.process.wait()


@asynccontextmanager
async def serving(
    discord: SigningDiscord, url: str, *, workers: int = 1, log: Path, port: int = 0, **settings: str
) -> AsyncIterator[Served]:
    """Run `python -m bot serve`, as soon as all its workers take requests."""
    port = port or free_port()
    given = {"DATABASE_URL": url, "DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": f"{discord.url}/api/v10", "LOG_FORMAT": "console", **settings}
    command = (sys.executable, "-m", "bot", "serve", "--port", str(port), "--workers", str(workers))
    with log.open("ab") as stream:
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env={**os.environ, **given}, stdout=stream, stderr=stream)
    served = Served(process, port, log)
    try:
        await served.until_logged("taking interactions", workers)
        yield served
    finally:
        await served.end()
