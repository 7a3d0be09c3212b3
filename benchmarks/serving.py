"""
How many questions a second are answered over HTTP by one worker and by two: `python benchmarks/serving.py [QUESTIONS]`, 20,000 by default.

They are signed slash commands of 2,000 people in as many servers, sent over plain sockets by a Discord that does as little as it can;
every other one is `/ask` with a question in somebody's own words, as people ask.
It needs PostgreSQL, where TEST_POSTGRESQL_URL says, and two processors that nobody else uses: the workers, the database and who asks
share them, so that what each takes of them is told too. Told are also questions without an answer, of which the log says why where it was
not a kill, and with two. The last time two processes with a shard each answer messages beside two workers, and all of them are killed and
renewed meanwhile, one after the other; who writes to the bot and hears nothing for five seconds writes once more.
"""

import asyncio
import json
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from aiohttp import WSMsgType, web
from builders_http import BOT, MESSAGE, Served, SigningDiscord, new_schema, serving
from small_discord import ROOT, TOKEN

_AT_ONCE = 64
_COMPANIES = ("flex", "nomad", "pachama", "wikimedia", "nixtla")
_COMMANDS = ("requirements", "benefits", "visa", "workplace", "education", "experience", "contract", "company")
_FREE = (
    "hey does {company} hire from {place}",
    "what would {company} pay me in {place} n is it remote",
    "i have {years} yoe, is that enough for {company}",
    "does {company} need {tool} and pay {amount}k",
    "{company}: visa? over {amount}k?",
    "how do i apply to {company} with {years} years of {tool}",
)
_PLACES = ("kenya", "texas", "berlin", "brazil", "nyc", "poland", "ohio", "india", "portugal", "canada", "lagos")
_TOOLS = ("python", "kafka", "react", "sql", "docker", "pytorch", "rust")
_REQUEST = re.compile(rb"(\w+) /api/v10/([^ ?]+)")
_CALLBACK = re.compile(rb"interactions/(\d+)/\w+/callback")
_EDIT = re.compile(rb"webhooks/\d+/t(\d+)")
_SENT = re.compile(rb"channels/(\d+)/messages")
_INTERRUPTED = b"I was interrupted"
_LOADING = 1 << 7
_DEFERRED = re.compile(rb'\{"type": ?5')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_WARM = 400
_PATIENCE, _UNTIL_TOLD = 5.0, 25.0
"""Seconds in which an answer comes, and in which somebody is told that it was interrupted."""

_TOLD_WHY = "could be brought to nobody"
_AHEAD = 250.0
"""Seconds that questions are dated ahead: they are signed before the first one is asked."""


class SwiftDiscord(asyncio.Protocol):
    """Discord's API with as little work as that needs; callbacks are counted by interaction."""

    def __init__(self, discord: SigningDiscord, counted: "Counted") -> None:
        self._discord = discord
        self._counted = counted
        self._waiting = b""

    _message = json.dumps(MESSAGE).encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take in what comes, and answer each whole request."""
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head = self._waiting[:end]
            length = int(found[1]) if (found := _LENGTH.search(head)) else 0
            if len(self._waiting) < end + 4 + length:
                return
            body, self._waiting = self._waiting[end + 4 : end + 4 + length], self._waiting[end + 4 + length :]
            asked = _REQUEST.match(head)
            assert asked is not None
            said = self._say(asked[1], asked[2], body)
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(said), said))

    def _say(self, method: bytes, path: bytes, body: bytes) -> bytes:
        answers, deferred = self._counted.answers, self._counted.deferred
        if edit := _EDIT.match(path):
            if method == b"GET":
                return json.dumps({**MESSAGE, "flags": _LOADING if edit[1] in deferred else 0}).encode()
            deferred.discard(edit[1])
            self._counted.told += _INTERRUPTED in body
            return self._message
        if sent := _SENT.match(path):
            answers[sent[1]] += 1
            return self._message
        if path.endswith(b"gateway/bot"):
            return b'{"url": "ws://named.invalid", "shards": 2, "session_start_limit": {"max_concurrency": 1}}'
        if (callback := _CALLBACK.match(path)) is None:
            return b"[]" if path.endswith(b"/commands") else json.dumps(self._discord.known(path.decode())).encode()
        answers[callback[1]] += 1
        if _DEFERRED.match(body):
            deferred.add(callback[1])
        return b'{"interaction":{"id":"%b","type":2},"resource":{"type":4}}' % callback[1]


@dataclass
class Counted:
    """What came of questions."""

    answers: Counter[bytes] = field(default_factory=Counter)
    """How many each has, by its interaction or the channel that it was written in."""

    deferred: set[bytes] = field(default_factory=set)
    """Interactions whose answer is to come."""

    told: int = 0
    """Those who were told that theirs was interrupted."""


def make_questions(discord: SigningDiscord, count: int) -> list[tuple[bytes, bytes]]:
    """Return signed requests with the ids of their interactions."""
    made = []
    for number in range(count):
        turn = number // 2
        who: dict[str, Any] = {"by": 10_000 + number % 2000, "server": str(5_000_000 + number % 2000)}
        if number % 2:
            interaction = discord.command("ask", question=_free_question(turn), **who)
        else:
            company = _COMPANIES[turn // len(_COMMANDS) % len(_COMPANIES)]
            interaction = discord.command(_COMMANDS[turn % len(_COMMANDS)], company=company, **who)
        body = json.dumps(interaction).encode()
        headers = "".join(f"{name}: {value}\r\n" for name, value in discord.sign(body, ago=-_AHEAD).items())
        made.append(
            (interaction["id"].encode(), f"POST / HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        )
    return made


def _free_question(turn: int) -> str:
    """Return one of some 8,000 questions, another one each time as long as there are."""
    form, turn = _FREE[turn % len(_FREE)], turn // len(_FREE)
    company, turn = _COMPANIES[turn % len(_COMPANIES)], turn // len(_COMPANIES)
    place, tool = _PLACES[turn % len(_PLACES)], _TOOLS[turn % len(_TOOLS)]
    return form.format(company=company, place=place, tool=tool, years=turn % 12 + 1, amount=turn % 200 + 40)


async def ask(port: int, questions: list[tuple[bytes, bytes]]) -> list[bytes]:
    """Ask all, some at once, and return the ids of those that were not confirmed; who loses the connection asks once more."""
    waiting, lost = iter(questions), []

    async def ask_on() -> None:
        reader = writer = None
        for number, request in waiting:
            for _ in range(5):
                try:
                    if writer is None:
                        reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    assert reader is not None
                    writer.write(request)
                    head = await reader.readuntil(b"\r\n\r\n")
                    if length := int(found[1]) if (found := _LENGTH.search(head)) else 0:
                        await reader.readexactly(length)
                    if b"connection: close" in head.lower():
                        writer.close()
                        writer = None
                    if head.startswith(b"HTTP/1.1 202"):
                        break
                except (OSError, asyncio.IncompleteReadError):
                    writer = None
                    await asyncio.sleep(0.05)
            else:
                lost.append(number)
        if writer is not None:
            writer.close()

    await asyncio.gather(*(ask_on() for _ in range(_AT_ONCE)))
    return lost


@asynccontextmanager
async def _discord_with(counted: Counted) -> AsyncIterator[SigningDiscord]:
    discord = SigningDiscord(ahead=_AHEAD)
    api = await asyncio.get_running_loop().create_server(lambda: SwiftDiscord(discord, counted), "127.0.0.1", 0)
    discord.url = f"http://127.0.0.1:{api.sockets[0].getsockname()[1]}"
    yield discord
    api.close()


async def measure(workers: int, count: int) -> float:
    """Ask so many questions, print what came of them, and return how many were answered a second."""
    counted = Counted()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "serve.log"
        async with (
            _discord_with(counted) as discord,
            new_schema() as url,
            serving(discord, url, workers=workers, log=log, LOG_LEVEL="info") as served,
        ):
            await ask(served.port, make_questions(discord, _WARM * workers))
            questions = make_questions(discord, count)
            before = (time.perf_counter(), _worked(served.workers() or [served.process.pid]), _worked(_database()), time.process_time())
            unconfirmed = await ask(served.port, questions)
            after = (time.perf_counter(), _worked(served.workers() or [served.process.pid]), _worked(_database()), time.process_time())
            took, *worked = (end - begin for begin, end in zip(before, after, strict=True))
            later = await _wait_for_deferred(counted.deferred)
    name = f"{workers} worker{'s' if workers > 1 else ''}"
    print(f"{name:26}{count / took:8,.0f} answers a second; {_told(questions, counted, log='')}", flush=True)
    own, database, asking = (seconds / count * 1e3 for seconds in worked)
    print(f"{'':26}{own:8.2f} ms of a processor for each, {database:.2f} of the database, {asking:.2f} of who asks", flush=True)
    print(f"{'':26}{len(unconfirmed):8} not confirmed, {later} answered later", flush=True)
    return count / took


def _told(questions: list[tuple[bytes, bytes]], counted: Counted, *, log: str) -> str:
    """Tell what became of questions."""
    lost = sum(number not in counted.answers or number in counted.deferred for number, _ in questions)
    twice = sum(counted.answers[number] > 1 for number, _ in questions)
    untold = f" (the log says why of {log.count(_TOLD_WHY)})" if log else ""
    return f"{counted.told} told that it was interrupted, {lost} without an answer{untold}, {twice} with two, of which Discord takes one"


async def _wait_for_deferred(deferred: set[bytes], patience: float = _PATIENCE) -> int:
    """Wait until what was deferred is answered, or nothing more of it is; return how much was."""
    before, left = len(deferred), -1
    while deferred and len(deferred) != left:
        left = len(deferred)
        await asyncio.sleep(patience)
    return before - len(deferred)


def _worked(processes: Iterable[int]) -> float:
    """Return the seconds that processes have had of a processor."""
    seconds = 0.0
    for one in processes:
        with suppress(OSError):  # it has ended
            seconds += sum(map(int, Path(f"/proc/{one}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]))
    return seconds / os.sysconf("SC_CLK_TCK")


def _database() -> Iterator[int]:
    """Yield the processes of PostgreSQL, where it runs on this machine."""
    for file in Path("/proc").glob("[0-9]*/comm"):
        with suppress(OSError):
            if file.read_text("ascii").strip() == "postgres":
                yield int(file.parent.name)


# Processes with a shard each, which answer what people write.

_SHARDS = 2
_WRITING = 4
"""People who write at a time."""

_WRITTEN_AGAIN = 5
_FIRST_CHANNEL = 10**15


class Gateway:
    """Discord's gateway: lets shards in, and tells them what people write to the bot, each in a channel of their own."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted
        self._sockets: dict[int, web.WebSocketResponse] = {}
        self.there = [asyncio.Event() for _ in range(_SHARDS)]
        self.again = self.lost = self.twice = 0

    async def meet(self, request: web.Request) -> web.WebSocketResponse:
        """Let a process in with its shard, until it goes."""
        socket, shard = web.WebSocketResponse(), -1
        await socket.prepare(request)
        await socket.send_json({"op": 10, "s": None, "t": None, "d": {"heartbeat_interval": 40000}})
        async for message in socket:
            frame = json.loads(message.data) if message.type is WSMsgType.TEXT else {}
            if frame.get("op") == 1:
                await socket.send_json({"op": 11, "s": None, "t": None, "d": None})
            if frame.get("op") == 2:
                shard = frame["d"]["shard"][0]
                ready = {"v": 10, "user": BOT, "guilds": [], "session_id": "s", "shard": [shard, _SHARDS]}
                ready |= {"application": {"id": "9", "flags": 0}, "resume_gateway_url": str(request.url.with_scheme("ws"))}
                await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": ready})
                self._sockets[shard] = socket
                self.there[shard].set()
        if self._sockets.get(shard) is socket:
            self.there[shard].clear()
        return socket

    async def write(self, number: int) -> None:
        """Write to the bot until it answers, a few times at most."""
        tries = []
        for turn in range(_WRITTEN_AGAIN):
            await self.there[number % _SHARDS].wait()
            tries.append(str(_FIRST_CHANNEL + number * _WRITTEN_AGAIN + turn).encode())
            with suppress(OSError):
                await self._sockets[number % _SHARDS].send_json(_message(tries[-1].decode(), by=20_000 + number % 2000))
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    while not self._counted.answers[tries[-1]]:  # noqa: ASYNC110 -- a count tells nobody
                        await asyncio.sleep(0.01)
            if self._counted.answers[tries[-1]]:
                break
            self.again += 1
        self.lost += not any(self._counted.answers[one] for one in tries)
        self.twice += any(self._counted.answers[one] > 1 for one in tries)


def _message(channel: str, *, by: int) -> dict[str, object]:
    author = {**BOT, "id": str(by), "username": f"user{by}", "bot": False}
    data = {**MESSAGE, "id": channel, "channel_id": channel, "author": author, "flags": 0, "content": f"what does {_COMPANIES[1]} pay?"}
    return {"op": 0, "s": 2, "t": "MESSAGE_CREATE", "d": data}


class Sharded:
    """A process of `python -m bot run` with one shard, and those that took its place."""

    def __init__(self, shard: int, gateway: Gateway, *, log: Path, environment: dict[str, str]) -> None:
        self._shard, self._gateway, self._log = shard, gateway, log
        self._environment = {**os.environ, **environment, "SHARDS": f"{shard}/{_SHARDS}"}

    async def start(self) -> None:
        """Start it, and wait until it is in."""
        self._gateway.there[self._shard].clear()
        with self._log.open("ab") as stream:
            command = (sys.executable, "-m", "bot", "run")
            self._process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=self._environment, stdout=stream, stderr=stream)
        await self._gateway.there[self._shard].wait()

    async def end(self, way: signal.Signals) -> None:
        """End it."""
        with suppress(ProcessLookupError):
            self._process.send_signal(way)
        await self._process.wait()


async def trouble_all(count: int) -> None:
    """Ask so many questions, and a tenth as many in messages, while processes of both kinds are killed and renewed, and print what came."""
    counted = Counted()
    gateway = Gateway(counted)
    app = web.Application()
    app.router.add_get("/{path:.*}", gateway.meet)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    with tempfile.TemporaryDirectory() as folder:
        log, done = Path(folder) / "log", Counter[str]()
        async with (
            _discord_with(counted) as discord,
            new_schema() as url,
            serving(discord, url, workers=2, log=log, LOG_LEVEL="info") as served,
        ):
            given = {"DATABASE_URL": url, "DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": f"{discord.url}/api/v10", "LOG_LEVEL": "info"}
            given["DISCORD_GATEWAY_URL"] = f"ws://127.0.0.1:{runner.addresses[0][1]}/"
            shards = [Sharded(number, gateway, log=log, environment=given) for number in range(_SHARDS)]
            await asyncio.gather(*(one.start() for one in shards))
            questions = make_questions(discord, count)
            troubling = asyncio.create_task(_trouble(served, shards, every=count / 1000, done=done))
            writing = asyncio.create_task(_write_all(gateway, count // 10))
            unconfirmed = await ask(served.port, questions)
            await writing
            troubling.cancel()
            await asyncio.wait({troubling})
            await _wait_for_deferred(counted.deferred, patience=_UNTIL_TOLD)
            for one in shards:
                await one.end(signal.SIGTERM)
        told = _told(questions, counted, log=log.read_text("utf-8"))
    await runner.cleanup()
    print(f"{'two shards, two workers':26}{', '.join(f'{name} {times} times' for name, times in done.items())}")
    print(f"{'':26}{count:8,} commands: {len(unconfirmed)} not confirmed, {told}")
    again = f"{gateway.again} written again, {gateway.lost} without an answer, {gateway.twice} with two"
    print(f"{'':26}{count // 10:8,} messages: {again}", flush=True)


async def _write_all(gateway: Gateway, count: int) -> None:
    numbers = iter(range(count))

    async def write_on() -> None:
        for number in numbers:
            await gateway.write(number)

    await asyncio.gather(*(write_on() for _ in range(_WRITING)))


async def _trouble(served: Served, shards: list[Sharded], *, every: float, done: Counter[str]) -> None:
    """Kill a process of each kind in turn and renew them, again and again; each once as many are there as before."""
    there = 2
    while True:
        for number, shard in enumerate(shards):
            await asyncio.sleep(every)
            os.kill(served.workers()[number], signal.SIGKILL)
            there += 1
            await served.until_logged("taking interactions", there)
            done["worker killed"] += 1
            await asyncio.sleep(every)
            await shard.end(signal.SIGKILL if number else signal.SIGTERM)
            await shard.start()
            done["shard killed" if number else "shard renewed"] += 1
        served.process.send_signal(signal.SIGHUP)
        there += 2
        await served.until_logged("taking interactions", there)
        done["workers renewed"] += 1


async def main() -> None:
    """Measure one worker and two in turn, then two beside two shards while all are killed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    alone = await measure(1, count // 2)
    together = await measure(2, count)
    print(f"{'two to one':26}{together / alone:8.2f}")
    await trouble_all(count)


if __name__ == "__main__":
    asyncio.run(main())
