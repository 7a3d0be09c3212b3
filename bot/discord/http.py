"""Discord's interactions over HTTP instead of the gateway: `python -m bot serve`, one worker or several that share a port."""

import asyncio
import json
import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, NoReturn

import discord
from aiohttp import web
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from bot.discord.client import RolecallClient, looked_after, opened_for_discord, plainly_told, read_token, settle_interpreter
from bot.discord.gateway import growing_pauses
from bot.discord.sending import is_answered
from bot.domain.errors import ServiceError, SettingsError
from bot.presentation.failures import describe, log_failure
from bot.settings import Settings, keep_out_of_logs, read_settings, set_up_logs
from bot.storage.address import read_address

_LOG = logging.getLogger(__name__)

# What Discord sends is signed, with the time at which it was.

SIGNATURE, STAMP = "X-Signature-Ed25519", "X-Signature-Timestamp"
OLDEST = 300.0
"""Seconds that a time stamp may lie in the past, or in the future: who has copied a request cannot send it again later."""

LONGEST_BODY = 1_000_000
"""Bytes: the longest interactions hold a message with what it forwards, some 100,000."""

_LONGEST_STAMP = 20
_PING, _PONG = 1, {"type": 1}


def is_signed(key: VerifyKey, headers: Mapping[str, str], *, body: bytes, now: float) -> bool:
    """Tell whether a request is Discord's own, and of this time (`now`, in seconds since 1970)."""
    stamp, signature = headers.get(STAMP, ""), headers.get(SIGNATURE, "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= _LONGEST_STAMP and abs(now - int(stamp)) <= OLDEST):
        return False
    try:
        key.verify(stamp.encode() + body, bytes.fromhex(signature))
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def read_public_key(written: str) -> VerifyKey:
    """Return the key that Discord's requests are checked by; SettingsError for what is none."""
    try:
        return VerifyKey(bytes.fromhex(written.strip()))
    except (CryptoError, ValueError, TypeError):
        raise SettingsError(
            "DISCORD_PUBLIC_KEY is no public key, which is 64 hexadecimal digits; copy it from General Information"
        ) from None


# An interaction is answered as one of the gateway's: by the callback. Discord takes that for either, and then wants its own request
# answered with 202 and no body. That comes when the callback is taken: whoever loses the connection before knows that nothing was answered,
# and may ask another worker; a callback that comes twice is refused by Discord.

_FIRST_ANSWER = 2.9
"""Seconds in which a request is answered; Discord waits three."""

_WRITTEN_WITHIN = 0.5
"""Seconds that a request waits for what the conversation is about to be written, so that the next one may go to another worker."""

_MALFORMED, _UNSIGNED, _SLOW, _TAKEN, _LATE = 400, 401, 408, 202, 504


class _Adapter(AsyncWebhookAdapter):
    """Sends what an interaction is answered with, and tells when the first of it was taken."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # discord.py says nothing of its types
        self.answered = asyncio.Event()

    async def request(self, route: Route, session: Any, **more: Any) -> Any:
        is_first = route.path.endswith("/callback")
        try:
            taken = await super().request(route, session, **more)
        except discord.HTTPException as error:
            if is_first and is_answered(error):
                self.answered.set()
            raise
        if is_first:
            self.answered.set()
        return taken


def take_in(client: discord.Client, interaction: dict[str, Any]) -> asyncio.Event:
    """
    Do what an interaction asks for, as if the gateway had sent it, and return what is set when Discord has taken an answer.

    Of discord.py's own, nothing but the parser of the gateway's event and the sender of callbacks is relied on, which a test knows.
    Raises whatever the parser does for what it cannot understand.
    """
    adapter = _Adapter()
    token = async_context.set(adapter)  # whatever is begun from here on sends by it
    try:
        client._connection.parse_interaction_create(interaction)  # type: ignore[arg-type]  # noqa: SLF001 -- as the docstring says
    finally:
        async_context.reset(token)
    return adapter.answered


class InteractionHandler:
    """Takes Discord's requests."""

    def __init__(self, client: RolecallClient, key: VerifyKey, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._key = key
        self._clock = clock

    async def handle(self, request: web.Request) -> web.Response:
        """Check a request, do what it asks for, and confirm it when Discord has the answer."""
        response = await self._respond(request)
        if self._client.is_ending:
            response.force_close()
        return response

    async def _respond(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(_FIRST_ANSWER):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=_SLOW)
        if not is_signed(self._key, request.headers, body=body, now=self._clock()):
            return web.Response(status=_UNSIGNED, text="invalid request signature")
        try:
            interaction = json.loads(body)
            if interaction["type"] == _PING:
                return web.json_response(_PONG)
            answered = take_in(self._client, interaction)
        except Exception as error:  # noqa: BLE001 -- whatever is signed and cannot be understood
            _LOG.warning("an interaction cannot be understood and is left out")
            log_failure(error, is_for_operator=True)
            return web.Response(status=_MALFORMED)
        try:
            async with asyncio.timeout(_FIRST_ANSWER):
                await answered.wait()
        except TimeoutError:
            return web.Response(status=_LATE)
        with suppress(TimeoutError):
            async with asyncio.timeout(_WRITTEN_WITHIN):
                await self._client.chat.settle()
        return web.Response(status=_TAKEN)


# One worker.

_LISTENING = 1024
_LINGERING = 1.0
"""Seconds in which connections that were made a moment ago may send their request, once no more are taken."""

_LAST_REQUESTS, _LAST_WORDS = 3.0, 2.5
"""Seconds that the answers to those have, and what was deferred after them: with all else it is the end within ten."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that others may listen beside on the same port: a new process can take over from an old one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "SO_REUSEPORT"):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((host, port))
        listener.listen(_LISTENING)
    except OSError as error:
        listener.close()
        raise SettingsError(f"nothing can listen at {host}:{port} ({error.strerror}); choose another --port or --host") from error
    return listener


@dataclass(frozen=True)
class Worker:
    """One of the processes that share a socket."""

    listener: socket.socket
    number: int = 0
    """The first one, 0, also registers the commands, looks at boards and sweeps."""

    ready: Callable[[], object] = bool
    """Called when it takes requests."""


async def run_worker(worker: Worker, database_url: str, *, settings: Settings) -> None:
    """Answer Discord's requests until SIGTERM, Ctrl-C or the end of the process that watches; raises as `run_bot` does."""
    token = read_token(settings)
    if port := settings.health_port:  # each worker has its own
        settings = settings.model_copy(update={"health_port": port + worker.number})
    stopping = asyncio.Event()
    async with AsyncExitStack() as stack:
        stack.callback(worker.listener.close)
        _stop_when_told(stopping)
        opened = await stack.enter_async_context(opened_for_discord(database_url, settings))
        client = RolecallClient(opened, settings, over_http=True)
        client.registers, client.last_words = worker.number == 0, _LAST_WORDS
        await client.chat.warm_up()
        settle_interpreter()
        with plainly_told():
            async with client:
                logging_in = asyncio.ensure_future(client.login(token))
                if not await _before(stopping, logging_in):
                    return
                key = read_public_key(settings.discord_public_key or (client.application.verify_key if client.application else ""))
                async with looked_after(client, opened, settings=settings, has_loops=worker.number == 0):
                    await _take_requests(client, key, worker=worker, stopping=stopping)


def _stop_when_told(stopping: asyncio.Event) -> None:
    """Have SIGTERM end a worker, and the end of its parent."""
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows has no such handlers; there Ctrl-C ends it
        loop.add_signal_handler(signal.SIGTERM, stopping.set)
    if (parent := multiprocessing.parent_process()) is not None:
        with suppress(NotImplementedError):
            loop.add_reader(parent.sentinel, _note_orphaned, parent.sentinel, stopping)


def _note_orphaned(sentinel: int, stopping: asyncio.Event) -> None:
    asyncio.get_running_loop().remove_reader(sentinel)
    stopping.set()


async def _before(stopping: asyncio.Event, work: "asyncio.Future[None]") -> bool:
    """Wait for work, and tell whether it was done before the end; raises what it raises."""
    ending: asyncio.Future[Any] = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({work, ending}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            work.cancel()
            await asyncio.wait({work})
            return False
        work.result()
    finally:
        ending.cancel()
        work.cancel()
    return True


async def _take_requests(client: RolecallClient, key: VerifyKey, *, worker: Worker, stopping: asyncio.Event) -> None:
    """Take requests until it is time to stop, then answer those that are under way."""
    app = web.Application(client_max_size=LONGEST_BODY)
    app.router.add_post("/{path:.*}", InteractionHandler(client, key).handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_REQUESTS)
    await runner.setup()
    connecting: set[asyncio.Task[Any]] = set()
    _accept(worker.listener, runner, connecting=connecting)
    _LOG.info("taking interactions at %s port %d", *worker.listener.getsockname()[:2])
    worker.ready()
    try:
        await stopping.wait()
    finally:
        client.is_ending = True
        asyncio.get_running_loop().remove_reader(worker.listener)
        worker.listener.close()
        if connecting:  # what was taken is answered
            await asyncio.wait(connecting)
        await asyncio.sleep(_LINGERING)
        await runner.cleanup()


def _accept(listener: socket.socket, runner: web.AppRunner, *, connecting: set[asyncio.Task[Any]]) -> None:
    """
    Take connections one at a time: as many as are there at once, as asyncio's own server does, would leave nothing to the other workers.

    After each it pauses, so that another worker comes first: connections last, and who had them all would answer alone.
    All workers have one queue of connections: what one that dies has not taken in the others take. A task that is cancelled could lose one.
    """
    loop = asyncio.get_running_loop()
    listener.settimeout(0.0)

    def wait() -> None:
        if listener.fileno() >= 0:  # it is closed when this worker is to end
            loop.add_reader(listener, take)

    def take() -> None:
        try:
            connection, _ = listener.accept()
        except (BlockingIOError, InterruptedError):  # another worker has it
            return
        except OSError as error:
            _LOG.warning("a connection could not be taken: %s", error)
            return
        loop.remove_reader(listener)
        loop.call_later(_BETWEEN_TWO, wait)
        connection.setblocking(False)  # noqa: FBT003
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        assert runner.server is not None  # noqa: S101 -- it is set up
        task = loop.create_task(loop.connect_accepted_socket(runner.server, connection))
        connecting.add(task)
        task.add_done_callback(connecting.discard)

    wait()


_BETWEEN_TWO = 0.001
"""Seconds between two connections that a worker takes."""


# Several workers, and the process that watches them.

_STEADY = 60.0
"""Seconds that a worker has to live for the pauses between two to begin anew."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 30.0
_LONGEST_END = 10.0
"""Seconds that the workers have to end."""


async def serve(database_url: str, settings: Settings, *, place: tuple[str, int], workers: int) -> None:
    """Answer Discord's interactions at an address and port, with so many workers, until SIGTERM; SIGHUP renews them one after the other."""
    read_token(settings)
    if settings.discord_public_key:
        read_public_key(settings.discord_public_key)
    if workers > 1 and read_address(database_url).is_sqlite:
        raise SettingsError("several workers need PostgreSQL, which DATABASE_URL names; on SQLite there is one")
    listener = listen(*place)
    try:
        if workers == 1:
            await run_worker(Worker(listener), database_url, settings=settings)
        else:
            await _Workers(listener, database_url, workers).watch()
    finally:
        listener.close()


class _Workers:
    """Starts workers, and new ones in the place of those that die."""

    def __init__(self, listener: socket.socket, database_url: str, count: int) -> None:
        self._listener = listener
        self._database_url = database_url
        self._count = count
        self._context = multiprocessing.get_context("spawn")
        self._processes: dict[int, multiprocessing.process.BaseProcess] = {}
        self._ready: dict[int, asyncio.Event] = {number: asyncio.Event() for number in range(count)}
        self._is_ending = False
        self._renewing: asyncio.Task[None] | None = None

    async def watch(self) -> None:
        """Keep the workers alive until SIGTERM; raises ServiceError where one cannot start."""
        loop, stopping = asyncio.get_running_loop(), asyncio.Event()
        loop.set_default_executor(ThreadPoolExecutor(self._count))  # one thread waits for each
        loop.add_signal_handler(signal.SIGTERM, stopping.set)
        loop.add_signal_handler(signal.SIGHUP, self._renew)
        keeping = {asyncio.create_task(self._keep_alive(number)) for number in range(self._count)}
        ending: asyncio.Task[Any] = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait([ending, *keeping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._is_ending = True
            ending.cancel()
            for process in self._processes.values():
                process.terminate()
            _, late = await asyncio.wait(keeping, timeout=_LONGEST_END)
            for process in self._processes.values() if late else ():
                process.kill()
            await asyncio.wait(keeping)
        for task in keeping:
            task.result()

    async def _keep_alive(self, number: int) -> None:
        pauses, was_ready = growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE), False
        while not self._is_ending:
            started = time.monotonic()
            heard = self._start(number)
            is_ready = await asyncio.to_thread(_is_heard, heard)
            if is_ready:
                was_ready = True
                self._ready[number].set()
                await asyncio.to_thread(_is_heard, heard)  # which is when it ends
            self._ready[number].clear()
            await asyncio.to_thread(self._processes[number].join)
            if self._is_ending:
                return
            if not was_ready:
                raise ServiceError("a worker could not start; the lines above say why")
            if self._processes[number].exitcode:
                _LOG.warning("worker %d has died (%s); another one takes its place", number, self._processes[number].exitcode)
                if time.monotonic() - started > _STEADY:
                    pauses = growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
                await asyncio.sleep(next(pauses))

    def _start(self, number: int) -> Connection:
        """Start a worker, and return what tells that it is ready, and that it has ended."""
        heard, told = self._context.Pipe(duplex=False)
        given = {"database_url": self._database_url, "told": told}
        process = self._context.Process(target=work, args=(self._listener, number), kwargs=given, name=f"worker-{number}")
        process.start()
        told.close()
        self._processes[number] = process
        return heard

    def _renew(self) -> None:
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._renew_each())

    async def _renew_each(self) -> None:
        """End the workers one after the other; the next one when another is there in the place of the one before."""
        for number, ready in self._ready.items():
            await ready.wait()
            if not self._is_ending:
                ready.clear()
                self._processes[number].terminate()
        _LOG.info("all workers are renewed")


def _is_heard(heard: Connection) -> bool:
    """Wait until a worker says that it is ready, and tell whether it did before it ended."""
    try:
        heard.recv()
    except (EOFError, OSError):
        return False
    return True


def work(listener: socket.socket, number: int, *, database_url: str, told: Connection) -> NoReturn:
    """Be one of several workers, in a process of its own."""
    settings = read_settings()
    set_up_logs(settings.log_level, settings.log_format)
    keep_out_of_logs(read_token(settings))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the one that watches ends the others
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    status = 0
    try:
        asyncio.run(run_worker(Worker(listener, number, lambda: told.send("ready")), database_url, settings=settings))
    except Exception as error:  # noqa: BLE001 -- the outermost handler of the process
        _LOG.error("worker %d: %s", number, describe(error))
        status = 1
    logging.shutdown()
    # All is closed. To take down what is in memory as well would take Python seconds, of the ten that there are.
    os._exit(status)
