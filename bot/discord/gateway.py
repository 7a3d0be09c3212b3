"""Stays connected to Discord: through outages, and through whatever the gateway sends; and what the handlers know of the client."""

import asyncio
import json
import logging
import math
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from typing import Any, TypeAlias, TypeVar

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.http import Route
from discord.shard import EventItem, EventType, Shard

from bot.admin.context import ServerCache
from bot.admin.service import AdminService
from bot.admin.watching import WatchService
from bot.discord.health import NOTICE, SERVER_TROUBLE, TOO_MANY, Figures
from bot.discord.members import Members
from bot.presentation.chat_service import ChatService
from bot.presentation.failures import log_failure
from bot.storage.remembered import Deferrals

Sent = TypeVar("Sent")

_LOG = logging.getLogger(__name__)

# Tries again what Discord did not take for reasons of its own, with growing pauses, for as long as there is a use in it.

UNREACHED = (OSError, aiohttp.ClientError)
"""What is raised where Discord is not reached, or the connection breaks off: only some of aiohttp's errors are OSErrors."""

_PAUSES = (0.3, 2.0, 8.0, 30.0)
"""Seconds between tries: discord.py has tried five times itself before each but for limits that its Via header does not explain."""

_LONGEST_NAMED = 900.0


def growing_pauses(first: float, longest: float) -> Iterator[float]:
    """Yield seconds without end: twice as many each time, up to the longest, and a part of them by chance, so that not all come at once."""
    pause = first
    while True:
        yield pause * random.uniform(0.75, 1.0)  # noqa: S311 -- nothing secret
        pause = min(pause * 2, longest)


def is_passing(error: Exception) -> bool:
    """Tell whether another try may do better: after limits, Discord's own errors, and where it was not reached."""
    if isinstance(error, discord.HTTPException):
        return error.status == TOO_MANY or error.status >= SERVER_TROUBLE
    return isinstance(error, UNREACHED) and not isinstance(error, aiohttp.InvalidURL)


async def persist(
    send: Callable[[], Awaitable[Sent]], pauses: Iterable[float] = _PAUSES, *, until: float | None = None, weight: int = logging.INFO
) -> Sent:
    """
    Send until it is taken, or no pause is left, or the loop's clock comes to `until`; errors that do not pass are raised at once.

    How long Discord asks to wait is waited for. `weight` is the level that a failure is logged with.
    """
    for pause in pauses:
        try:
            return await send()
        except Exception as error:
            wait = named_pause(error) or pause
            if not is_passing(error) or (until is not None and asyncio.get_running_loop().time() + wait >= until):
                raise
            _LOG.log(weight, "%s; trying again in %.1f seconds", _reason(error), wait)
            await asyncio.sleep(wait)
    return await send()


def named_pause(error: Exception) -> float | None:
    """Return the seconds that Discord asks to wait, within reason."""
    headers: Mapping[str, str] = error.response.headers if isinstance(error, discord.HTTPException) else {}
    try:
        return min(float(headers.get("Retry-After", "")), _LONGEST_NAMED)
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, discord.HTTPException):
        return f"Discord answered {error.status}"
    return f"Discord cannot be reached ({type(error).__name__}), check the network and DISCORD_API_URL if it lasts"


# Stays connected.

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 120.0
"""Seconds between tries; Discord takes 1,000 new sessions a day, which the longest pause keeps to should each be cut off at once."""

_STEADY = 60.0
"""Seconds that a connection has to hold for the pauses to begin anew."""

_MOST_RESUMED = 3
"""Tries to go on with a session; then a new one is asked for, at the address that the API named."""

_CONNECTING, _CLOSING = 30.0, 1.0
"""Seconds that a connection may take to be made, and to be closed: the other side may be gone."""

_FOR_GOOD = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""Codes that Discord closes a connection with when another one would end in the same way."""

_LET_IN_SECONDS = 5.0
"""Between two shards that ask for sessions, as Discord has it."""

_LAST_WORDS = 5.0
"""Seconds that what is being answered has to be finished when the bot is told to end."""

_QUIET_SECONDS, _GIVEN_WAY_SECONDS = 0.1, 1.0
"""Seconds without a question in which other work is done, and after which it is done anyhow: 1,500 postings then take half an hour."""

_PRIVILEGE = 4014
_BROKEN_OFF = 4000
_NEEDED_AT_START: Mapping[str, frozenset[str]] = {
    "/users/@me": frozenset({"id", "username"}),
    "/oauth2/applications/@me": frozenset({"id"}),
    "/gateway/bot": frozenset({"url", "shards", "session_start_limit"}),
    "/applications/{application_id}/commands": frozenset(),
}
"""What is asked once, when the bot starts, and what it cannot start without, with what Discord's answer has; one of them is a list."""


SharedTurns: TypeAlias = Callable[[int], AbstractAsyncContextManager[None]]
"""Gives the turn of a number, which one of all processes has at a time."""

# Of discord.py's names, these and those with an underline below are private: pyproject.toml bounds its version, and a test knows them all.

_SHARDS, _EVENTS = "_AutoShardedClient__shards", "_AutoShardedClient__queue"


class SteadyClient(discord.AutoShardedClient):
    """A client that no outage and no event ends."""

    def __init__(self, *, gateway: str | None = None, turns: SharedTurns | None = None, **options: Any) -> None:
        options.setdefault("http_trace", aiohttp.TraceConfig()).on_request_end.append(_end_what_is_not_asked_twice)
        super().__init__(**options)
        self._turns = turns
        self._gateway = yarl.URL(gateway) if gateway else None
        self.is_ending = False
        """Nothing is taken in any more."""

        self.is_over_http = False
        """It is logged in, and never connected to the gateway: nothing is known but what each interaction carries."""

        self.last_words = _LAST_WORDS
        """Seconds that what is being answered has to be finished when the bot is told to end."""

        self._under_way: set[asyncio.Task[Any]] = set()
        self._noted_at = -math.inf
        self._entering: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._let_in_at_once = 1
        self._just_let_in: set[asyncio.Task[None]] = set()
        self._let_go = asyncio.Event()
        parsers = self._connection.parsers
        self._connection.parsers = {event: _guarded(event, parse) for event, parse in parsers.items()}
        self.http.request = _asking_until_answered(self.http.request)  # type: ignore[method-assign]

    async def launch_shards(self) -> None:
        """Connect the shards of this process, or as many as Discord advises, at the gateway that its API names."""
        advised, named, limits = await self.http.get_bot_gateway()
        self._let_in_at_once = max(limits.get("max_concurrency", 1), 1)
        self.shard_count = self._connection.shard_count = self.shard_count or advised
        self._connection.shard_ids = self.shard_ids or range(self.shard_count)
        for shard_id in self._connection.shard_ids:
            if not self.is_closed():
                await self.launch_shard(yarl.URL(named), shard_id)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing here: a shard has its turn already."""

    async def have_turn(self, shard_id: int, enter: Callable[[], Awaitable[Sent]]) -> Sent:
        """
        Do what asks for a session when it is a shard's turn, over all processes; the next one's turn comes five seconds later.

        Discord takes shards of one number modulo `max_concurrency` one after the other.
        """
        turn = shard_id % self._let_in_at_once
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._entering[turn])
            if self._turns is not None:
                await stack.enter_async_context(self._turns(turn))
            entered = await enter()
            ending = asyncio.create_task(self._end_turn_later(stack.pop_all()))
            self._just_let_in.add(ending)
            ending.add_done_callback(self._just_let_in.discard)
        return entered

    async def _end_turn_later(self, turn: AsyncExitStack) -> None:
        async with turn:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._let_go.wait(), _LET_IN_SECONDS)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard to the gateway of the settings, if they name one, else to the one that Discord's API names."""
        shard = _SteadyShard(self, shard_id, named=gateway, fixed=self._gateway)
        await shard.connect(initial=initial)
        if not self.is_ending:
            self._shards_by_id[shard_id] = shard
            shard.launch()

    def note_work(self, task: asyncio.Task[Any] | None = None) -> None:
        """Note that a task, or the one that calls this, does something for somebody, until it is done."""
        task = task or asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            self._noted_at = time.monotonic()

    async def give_way(self) -> None:
        """Wait until nobody else has asked for a moment, or a while is over: for work that can wait."""
        until, own = time.monotonic() + _GIVEN_WAY_SECONDS, {asyncio.current_task()}
        while (now := time.monotonic()) < until and (self._under_way - own or now - self._noted_at < _QUIET_SECONDS):  # noqa: ASYNC110 -- as long as nobody asks nothing happens
            await asyncio.sleep(_QUIET_SECONDS)

    def count_waiting(self, kind: str) -> int:
        """Return how much of a kind is under way: tasks that are noted, by their names; all unnamed ones are answers."""
        notices = sum(task.get_name() == NOTICE for task in self._under_way)
        return notices if kind == NOTICE else len(self._under_way) - notices

    async def is_connected(self) -> bool:
        """Tell whether every shard is connected, or the bot logged in where it needs none, and not about to end."""
        if self.is_over_http:
            return not self.is_ending and self.application_id is not None
        return not self.is_ending and self.is_ready() and all(shard.is_connected for shard in self._shards_by_id.values())

    async def close(self) -> None:
        """Take in nothing more, and close when those who have asked are answered, or have waited too long."""
        self.is_ending = True
        self._let_go.set()
        if self._just_let_in:
            await asyncio.wait(self._just_let_in)
        if closing := [asyncio.ensure_future(shard.close()) for shard in self._shards_by_id.values()]:
            await asyncio.wait(closing)
        until = time.monotonic() + self.last_words
        # What is answered may leave a notice to be sent.
        while (waiting := self._under_way - {asyncio.current_task()}) and not self.is_closed() and time.monotonic() < until:
            await asyncio.wait(waiting, timeout=until - time.monotonic())
        for task in waiting if not self.is_closed() else ():
            if task.get_name() != NOTICE:
                self.note_untold("the bot had to end before it was worked out")
        await super().close()

    def note_untold(self, reason: str) -> None:
        """Log why an answer could be brought to nobody."""
        _LOG.warning("an answer could be brought to nobody: %s", reason)

    @property
    def _shards_by_id(self) -> dict[int, Any]:
        shards: dict[int, Any] = vars(self)[_SHARDS]
        return shards

    def report_end(self, shard: Shard, error: Exception) -> None:
        """Let `connect` raise what ends it all."""
        vars(self)[_EVENTS].put_nowait(EventItem(EventType.terminate, shard, error))


class SteadyTree(app_commands.CommandTree[Any]):
    """The commands, each noted while it is answered; whatever goes wrong before one is found goes to the same handler of errors."""

    def _from_interaction(self, interaction: discord.Interaction[Any]) -> None:
        self.client.note_work(asyncio.create_task(self._carry_out(interaction), name="CommandTree-invoker"))

    async def _carry_out(self, interaction: discord.Interaction[Any]) -> None:
        try:
            try:
                await self._call(interaction)
            except app_commands.AppCommandError as error:
                await self._dispatch_error(interaction, error)
        except Exception as error:  # noqa: BLE001 -- the outermost handler of a command
            await self.on_error(interaction, error)  # type: ignore[arg-type]  # ours takes whatever there is


def attachments_of(interaction: discord.Interaction[Any], numbers: set[str]) -> list[discord.Attachment]:
    """Return the files of a sent form by their numbers; discord.py makes them only for forms that it has waited for itself."""
    resolved = dict(interaction.data or {}).get("resolved")
    attached: dict[str, Any] = resolved.get("attachments", {}) if isinstance(resolved, dict) else {}
    state = interaction._state  # noqa: SLF001 -- what discord.py itself makes attachments with
    return [discord.Attachment(data=payload, state=state) for number, payload in attached.items() if number in numbers]


class _Socket(DiscordWebSocket):
    """A connection that is closed when anything is wrong with it."""

    async def poll_event(self) -> None:
        try:
            await super().poll_event()
        except Exception:
            await self.close(_BROKEN_OFF)
            raise

    async def close(self, code: int = _BROKEN_OFF) -> None:
        """Close it, without waiting long for the other side."""
        with suppress(OSError, RuntimeError):
            await asyncio.wait_for(super().close(code), _CLOSING)


class _SteadyShard(Shard):
    """Holds one shard's connection, and makes it again whenever it is lost."""

    def __init__(self, client: SteadyClient, number: int, *, named: yarl.URL, fixed: yarl.URL | None) -> None:
        super().__init__(None, client, lambda _item: None)  # type: ignore[arg-type]  # there is a connection after `connect`
        self._steady_client = client
        self._number = number
        self._named, self._fixed = named, fixed
        self._pauses = growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
        self._tried = 0
        self._may_resume = False
        self._connected_at = 0.0

    @property
    def id(self) -> int:
        return self._number

    @property
    def is_connected(self) -> bool:
        return self._connected_at > 0

    async def close(self) -> None:
        self._cancel_task()
        await self.ws.close(code=1000)

    async def worker(self) -> None:
        """Take in what comes, for as long as the client lives."""
        try:
            while not self._steady_client.is_ending:
                try:
                    await self.ws.poll_event()
                except Exception as error:  # noqa: BLE001 -- whatever came: a connection that is lost is made again
                    self._dispatch("disconnect")
                    self._dispatch("shard_disconnect", self.id)
                    await self.connect(after=error)
        except Exception as error:  # noqa: BLE001 -- it is raised where the client is awaited
            self._steady_client.report_end(self, error)

    async def connect(self, *, after: Exception | None = None, initial: bool = False) -> None:
        """Connect, as often as it takes; raises only what will not pass."""
        while not self._steady_client.is_ending:
            if after is not None:
                await self._wait(after)
            try:
                self.ws = await self._open(initial=initial)
            except Exception as error:  # noqa: BLE001 -- whatever came
                after = error
            else:
                self._may_resume = True
                self._connected_at = asyncio.get_running_loop().time()
                return

    async def _wait(self, error: Exception) -> None:
        _raise_if_for_good(error, self.id)
        now = asyncio.get_running_loop().time()
        if self._connected_at and now - self._connected_at > _STEADY:
            self._pauses, self._tried = growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE), 0
        self._connected_at = 0.0
        self._tried += 1
        if self._tried > _MOST_RESUMED or (isinstance(error, ReconnectWebSocket) and not error.resume):
            self._may_resume = False
        pause = next(self._pauses)
        weight = logging.INFO if self._tried == 1 else logging.WARNING
        _LOG.log(weight, "shard %d is not connected (%s); connecting again in %.1f seconds", self.id, type(error).__name__, pause)
        await asyncio.sleep(pause)

    async def _open(self, *, initial: bool) -> DiscordWebSocket:
        """Go on with the session, or ask for a new one."""
        client = self._steady_client
        if self._may_resume and self.ws.session_id is not None:
            session, sequence, gateway = self.ws.session_id, self.ws.sequence, self._fixed or self.ws.gateway
            opening = _Socket.from_client(client, gateway=gateway, shard_id=self.id, session=session, sequence=sequence, resume=True)
            return await asyncio.wait_for(opening, _CONNECTING)
        gateway = self._fixed or self._named

        def enter() -> Awaitable[_Socket]:
            return asyncio.wait_for(_Socket.from_client(client, initial=initial, gateway=gateway, shard_id=self.id), _CONNECTING)

        return await client.have_turn(self.id, enter)


def _raise_if_for_good(error: Exception, shard: int) -> None:
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if code == _PRIVILEGE:
        raise discord.PrivilegedIntentsRequired(shard) from None
    if code in _FOR_GOOD or isinstance(error, aiohttp.InvalidURL):
        raise error


def _guarded(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return what takes in an event: one that cannot be understood is logged, and the next ones are taken in."""
    if event == "READY":  # without it there is no session: the connection is made again
        return parse

    def take_in(data: Any) -> None:
        try:
            parse(data)
        except Exception as error:  # noqa: BLE001 -- whatever Discord sends
            _LOG.warning("an event of Discord's cannot be understood and is left out: %s", event)
            log_failure(error, is_for_operator=True)

    return take_in


def _asking_until_answered(request: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
    """Return what makes requests: those that a start needs are made until Discord answers them, with growing pauses."""

    async def ask(route: Route, **more: Any) -> Any:
        if (needed := _NEEDED_AT_START.get(route.path)) is None:
            return await request(route, **more)
        pauses = growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
        return await persist(lambda: _ask_for_json(request(route, **more), needed), pauses, weight=logging.WARNING)

    return ask


class MaybeMade(aiohttp.ClientError):
    """Discord had trouble with what may have been made all the same."""


async def _end_what_is_not_asked_twice(_session: object, _context: object, told: aiohttp.TraceRequestEndParams) -> None:
    """Raise MaybeMade where discord.py would make a thread again after an error of Discord's: no nonce keeps it from being there twice."""
    if told.method == "POST" and told.url.path.endswith("/threads") and told.response.status >= SERVER_TROUBLE:
        told.response.close()
        raise MaybeMade(f"Discord answered {told.response.status}")


class NotDiscord(aiohttp.ClientError):
    """What answers sends no JSON of Discord's: a page of a proxy or of a website, which may stand there for a while only."""


async def _ask_for_json(answering: Awaitable[Any], needed: frozenset[str]) -> Any:
    try:
        answer = await answering
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise NotDiscord from error
    if not (isinstance(answer, dict) and needed <= answer.keys() if needed else isinstance(answer, list)):
        raise NotDiscord  # a text is discord.py's for a content of another type
    return answer


# What the handlers of commands, buttons and messages know of the client, which imports them all.


class BotClient(SteadyClient):
    """A client with the services that answer; `client.RolecallClient` fills it."""

    chat: ChatService
    admin: AdminService
    watching: WatchService
    servers: ServerCache
    members: Members
    posting_of: Callable[[int, int], Awaitable[int | None]]
    """Returns the posting that a thread of a server's feed is about, by the ids of both."""

    owners: frozenset[int]
    hears_all: bool = False
    """It answers messages in servers that do not mention it: on the try-out page."""

    source_url: str = ""
    """Where the source code is."""

    registers: bool = True
    """It sees to it that Discord has the commands."""

    deferrals: Deferrals
    figures: Figures
    answering: asyncio.Semaphore
    """Held while an answer is worked out: of very many at once the others wait, so that there is time to defer them."""

    def note_untold(self, reason: str) -> None:
        """Count an answer that could be brought to nobody, and log why."""
        self.figures.untold.inc()
        super().note_untold(reason)


Interaction: TypeAlias = discord.Interaction[BotClient]
