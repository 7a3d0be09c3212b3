"""
How many questions a second are answered over HTTP by one worker and by two: `python benchmarks/serving.py [QUESTIONS]`, 20,000 by default.

They are signed slash commands of 2,000 people in as many servers, sent over plain sockets by a Discord that does as little as it can.
It needs PostgreSQL, where TEST_POSTGRESQL_URL says, and two processors that nobody else uses: the workers, the database and who asks
share them, so that what each takes of them is told too. Told are also questions without an answer, of which the log says why where it was
not a kill, and with two; the last time workers are killed and renewed meanwhile.
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
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from builders_http import MESSAGE, Served, SigningDiscord, new_schema, serving

_AT_ONCE = 24
_COMPANIES = ("flex", "nomad", "pachama", "wikimedia", "nixtla")
_COMMANDS = ("requirements", "benefits", "visa", "workplace", "education", "experience", "contract", "company")
_REQUEST = re.compile(rb"(\w+) /api/v10/([^ ?]+)")
_CALLBACK = re.compile(rb"interactions/(\d+)/\w+/callback")
_EDIT = re.compile(rb"webhooks/\d+/t(\d+)")
_DEFERRED = re.compile(rb'\{"type": ?5')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_WARM = 400
_PATIENCE = 5.0
_TOLD_WHY = "could be brought to nobody"
_AHEAD = 250.0
"""Seconds that questions are dated ahead: they are signed before the first one is asked."""


class SwiftDiscord(asyncio.Protocol):
    """Discord's API with as little work as that needs; callbacks are counted by interaction."""

    def __init__(self, discord: SigningDiscord, counted: Counter[bytes], deferred: set[bytes]) -> None:
        self._discord = discord
        self._counted = counted
        self._deferred = deferred
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
            said = self._say(asked[2], body)
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(said), said))

    def _say(self, path: bytes, body: bytes) -> bytes:
        if edit := _EDIT.match(path):
            self._deferred.discard(edit[1])
            return self._message
        if (callback := _CALLBACK.match(path)) is None:
            return b"[]" if path.endswith(b"/commands") else json.dumps(self._discord.known(path.decode())).encode()
        self._counted[callback[1]] += 1
        if _DEFERRED.match(body):
            self._deferred.add(callback[1])
        return b'{"interaction":{"id":"%b","type":2},"resource":{"type":4}}' % callback[1]


def make_questions(discord: SigningDiscord, count: int) -> list[tuple[bytes, bytes]]:
    """Return signed requests with the ids of their interactions."""
    made = []
    for number in range(count):
        name, company = _COMMANDS[number % len(_COMMANDS)], _COMPANIES[number // len(_COMMANDS) % len(_COMPANIES)]
        interaction = discord.command(name, company=company, by=10_000 + number % 2000, server=str(5_000_000 + number % 2000))
        body = json.dumps(interaction).encode()
        headers = "".join(f"{name}: {value}\r\n" for name, value in discord.sign(body, ago=-_AHEAD).items())
        made.append(
            (interaction["id"].encode(), f"POST / HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        )
    return made


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


async def measure(workers: int, count: int, *, kills: int = 0) -> float:
    """Ask so many questions, print what came of them, and return how many were answered a second."""
    counted: Counter[bytes] = Counter()
    deferred: set[bytes] = set()
    discord = SigningDiscord(ahead=_AHEAD)
    api = await asyncio.get_running_loop().create_server(lambda: SwiftDiscord(discord, counted, deferred), "127.0.0.1", 0)
    discord.url = f"http://127.0.0.1:{api.sockets[0].getsockname()[1]}"
    done: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "serve.log"
        async with new_schema() as url, serving(discord, url, workers=workers, log=log, LOG_LEVEL="info") as served:
            await ask(served.port, make_questions(discord, _WARM * workers))
            questions = make_questions(discord, count)
            troubling = asyncio.create_task(_trouble(served, kills, every=count / 1000, done=done))
            before = (time.perf_counter(), _worked(served.workers() or [served.process.pid]), _worked(_database()), time.process_time())
            unconfirmed = await ask(served.port, questions)
            after = (time.perf_counter(), _worked(served.workers() or [served.process.pid]), _worked(_database()), time.process_time())
            took, *worked = (end - begin for begin, end in zip(before, after, strict=True))
            troubling.cancel()
            later = await _wait_for_deferred(deferred)
        untold = log.read_text("utf-8").count(_TOLD_WHY)
    api.close()
    lost = sum(number not in counted or number in deferred for number, _ in questions)
    twice = sum(counted[number] > 1 for number, _ in questions)
    name = f"{workers} worker{'s' if workers > 1 else ''}{', ' + ' and '.join(done) if done else ''}"
    told = f"{len(unconfirmed)} not confirmed, {later} answered later, {lost} without an answer (the log says why of {untold})"
    print(f"{name:26}{count / took:8,.0f} answers a second; {told}, {twice} with two, of which Discord takes one", flush=True)
    if not kills:
        own, database, asking = (seconds / count * 1e3 for seconds in worked)
        print(f"{'':26}{own:8.2f} ms of a processor for each, {database:.2f} of the database, {asking:.2f} of who asks", flush=True)
    return count / took


async def _wait_for_deferred(deferred: set[bytes]) -> int:
    """Wait until what was deferred is answered, or nothing more of it is; return how much was."""
    before, left = len(deferred), -1
    while deferred and len(deferred) != left:
        left = len(deferred)
        await asyncio.sleep(_PATIENCE)
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


async def _trouble(served: Served, times: int, *, every: float, done: list[str]) -> None:
    """Kill a worker, and renew them all, one after the other, and again; each once as many are there as before."""
    there = 2
    for number in range(times):
        await asyncio.sleep(every)
        os.kill(served.workers()[number % 2], signal.SIGKILL)
        there += 1
        await served.until_logged("taking interactions", there)
        await asyncio.sleep(every)
        served.process.send_signal(signal.SIGHUP)
        there += 2
        await served.until_logged("taking interactions", there)
        done[:] = [f"killed {number + 1} times", f"renewed {number + 1} times"]


async def main() -> None:
    """Measure one worker and two in turn, then two that are killed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    alone = await measure(1, count // 2)
    together = await measure(2, count)
    print(f"{'two to one':26}{together / alone:8.2f}")
    await measure(2, count // 2, kills=4)


if __name__ == "__main__":
    asyncio.run(main())
