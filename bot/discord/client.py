"""The bot as Discord knows it: a sharded client without privileged intents, its commands, messages and buttons."""

import asyncio
import gc
import logging
import re
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress

import aiohttp
import discord
from discord.http import Route

from bot.admin.boards import announcing
from bot.admin.context import HOUR, ServerCache, Services
from bot.admin.service import AdminService
from bot.admin.watching import KIND, WatchService
from bot.boards.checker import Checker
from bot.discord import feed
from bot.discord.admin_commands import add_posting_commands, board_group
from bot.discord.buttons import PressedButton, handle_interaction
from bot.discord.commands import CommandTranslator, add_commands, invite_link, sync_commands
from bot.discord.feed import Feed
from bot.discord.gateway import BotClient, Interaction, SteadyTree
from bot.discord.health import Figures, serving_health
from bot.discord.members import Members
from bot.discord.messages import NoticeSender, answer_message, is_for_bot, was_joined_lately, welcome
from bot.discord.outbox import OutboxSender, Postbox, tell_left_over
from bot.discord.sending import render_failure
from bot.domain.errors import ServiceError, SettingsError, StorageError
from bot.intake.addresses import WebRules
from bot.intake.fetching import Hosts
from bot.presentation.chat_service import ChatService, Opened, open_for_answers
from bot.presentation.people import Memberships, RateLimit, Turns
from bot.settings import Settings
from bot.storage.address import sole
from bot.storage.upkeep import Upkeep

_LOG = logging.getLogger(__name__)


_ANSWERED_AT_ONCE = 16
"""Questions that are worked out at once: more would be no sooner done, and leave no time to defer those that wait."""

_REGISTERING = -1
"""The turn of who registers the commands; others are those of shards."""

_LAST_SERVER = 0.5
"""Seconds after a server was told of in which the next one comes, if there are more; discord.py would wait two."""


class RolecallClient(BotClient):
    """
    Answers whatever reaches it from Discord, from what is opened; nothing is connected before it is started.

    With `hears_all`, which takes a privileged intent, it answers in servers without a mention too. With `over_http` it is never
    connected to the gateway: what it is asked reaches it otherwise.
    """

    def __init__(
        self,
        opened: Opened,
        settings: Settings,
        *,
        memberships: Memberships | None = None,
        hears_all: bool = False,
        over_http: bool = False,
    ) -> None:
        memberships = memberships or Memberships()
        self._alone = opened.store.alone
        shards = settings.shard_range
        self.figures = Figures()
        self.answering = asyncio.Semaphore(_ANSWERED_AT_ONCE)
        super().__init__(
            http_trace=self.figures.trace(),
            gateway=settings.discord_gateway_url,
            turns=opened.store.alone,
            shard_ids=shards and shards.numbers,
            shard_count=shards and shards.in_all,
            intents=discord.Intents(guilds=True, dm_messages=True, guild_messages=True, message_content=hears_all),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=_LAST_SERVER,
        )
        self.is_over_http, self.hears_all = over_http, hears_all
        self.deferrals = opened.store.deferrals
        self.chat = ChatService(opened, memberships, turns=Turns(settings.questions_per_minute))
        self.servers = ServerCache(opened.store, opened.assistant.version)
        self.members = Members(self, opened, memberships=memberships, servers=self.servers)
        self.members.sees_servers = not over_http
        self.notices = NoticeSender(self)
        store, rules = opened.store.within(settings.quotas), WebRules(allow_private=settings.allow_private_urls)
        self.checker = Checker(store, Hosts(rules), tell=announcing(self.notices.announce, self.servers))
        self.checker.give_way = self.give_way
        services = Services(
            store,
            opened.assistant,
            self.servers,
            self.notices.announce,
            may_read_private=settings.allow_private_urls,
            checker=self.checker,
            upload_limit=RateLimit(settings.uploads_per_hour, HOUR),
        )
        services.share_pending()
        self.admin = AdminService(services, self.figures.count_refusal)
        self.watching = WatchService(services, is_member=self.members.is_member)
        self.feed = Feed(self, store, self.servers)
        self.posting_of = self.feed.posting_of
        kinds = {KIND: Postbox(self.watching.make, self.watching.pause), feed.KIND: Postbox(self.feed.bring, self.feed.shut)}
        self.outbox = OutboxSender(self, store.outbox, kinds=kinds, readers=(self.watching.scan, self.feed.scan))
        self.owners, self.source_url = settings.owners, settings.source_url
        self.tree = SteadyTree(self)
        self.tree.error(render_failure)
        add_commands(self.tree)
        add_posting_commands(self.tree)
        self.tree.add_command(board_group)

    async def setup_hook(self) -> None:
        """Make ready, once, before the first event."""
        self.add_dynamic_items(PressedButton)
        await self.tree.set_translator(CommandTranslator())
        if self.registers:
            async with self._alone(_REGISTERING):  # of several that start at once the first one registers what has changed
                await sync_commands(self.tree)
        if self.application_id is not None:
            _LOG.info("invite it to a server: %s", invite_link(self.application_id))

    async def close(self) -> None:
        """End long work, and close when those who have asked are answered."""
        self.admin.end()
        await super().close()
        self.members.stop()

    async def on_message(self, message: discord.Message) -> None:
        """Answer who speaks to the bot."""
        if is_for_bot(message, self):
            self.note_work()
            await answer_message(message, self)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that the bot is in one more server, and introduce it there."""
        self.members.note_servers()
        await welcome(guild, self)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Note that a server is there, after a start or an outage; it may be new to the bot."""
        self.members.note_servers()
        if was_joined_lately(guild):
            await welcome(guild, self)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget who was a member of a server that the bot is no longer in."""
        self.members.forget_server(guild.id)

    async def on_shard_disconnect(self, _shard: int) -> None:
        """Count a lost connection."""
        self.figures.reconnects.inc()

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take in what no command and no known button is."""
        await handle_interaction(interaction)


# Connects to Discord and stays there until it is told to end.

_WHERE_TOKENS_ARE = "https://discord.com/developers/applications"
_NO_TOKEN = f"DISCORD_TOKEN is not set; copy the bot's token from {_WHERE_TOKENS_ARE} into .env or the environment"
_WRONG_TOKEN = f"Discord does not accept DISCORD_TOKEN; copy the bot's token again from {_WHERE_TOKENS_ARE}"
_NO_SUCH_TOKEN = f"DISCORD_TOKEN is not a bot's token, which is three pieces with dots between; copy it from {_WHERE_TOKENS_ARE}"
_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
_NO_PRIVILEGE = "Discord refuses an intent; in the developer portal, the bot needs no privileged one: check that it is not suspended"
_REFUSED_AT_GATEWAY = 4004
_FRESH_FOR = 1.0
"""Seconds that what `import` adds beside the running bot may take to be seen; a look at the database takes as long as an answer."""

_SWITCHED_AFTER = 0.001
_COLLECTED_AFTER = (5_000, 20, 100)
"""
New objects, looks at those, and looks at older ones, after which the garbage collector looks further.

With Python's own (700, 10, 10), a busy bot looked through everything that it remembers (500 postings and 2,000 answers: 200,000 objects)
every ten seconds, and each look held up all answers for 150 to 400 ms. Garbage of some 20 MB may wait for it now.
"""


async def run_bot(database_url: str, settings: Settings) -> None:
    """
    Answer on Discord until SIGTERM or Ctrl-C; the log says with which link the bot is invited.

    Raises SettingsError for a missing or wrong token, and ServiceError where Discord cannot be used; each is one line.
    """
    token = read_token(settings)
    async with opened_for_discord(database_url, settings) as opened:
        client = RolecallClient(opened, settings)
        await client.chat.warm_up()
        settle_interpreter()
        async with looked_after(client, opened, settings=settings):
            await _stay(client, token)


def read_token(settings: Settings) -> str:
    """Return the bot's token; SettingsError where there is none, or what is none."""
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise SettingsError(_NO_TOKEN)
    if not _TOKEN.fullmatch(token):
        raise SettingsError(_NO_SUCH_TOKEN)
    return token


@asynccontextmanager
async def opened_for_discord(database_url: str, settings: Settings) -> AsyncIterator[Opened]:
    """Open the database for a process that answers on Discord, and hear what others on it keep."""
    # It never speaks: what voice needs is rightly not installed, and nobody has to be told.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    Route.BASE = settings.discord_api_url.rstrip("/")
    async with AsyncExitStack() as stack:
        stack.enter_context(sole(database_url))
        opened = await stack.enter_async_context(open_for_answers(database_url, fresh_for=_FRESH_FOR, is_shared=True))
        await stack.enter_async_context(opened.store.hearing())
        yield opened


@asynccontextmanager
async def looked_after(client: RolecallClient, opened: Opened, *, settings: Settings, has_loops: bool = True) -> AsyncIterator[None]:
    """
    Look at boards, send what waits, sweep daily what is old and tell how the bot is where a port is named, as long as this lasts.

    Without `has_loops` another process looks, sends and sweeps.
    """
    upkeep = opened.store.upkeep
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_end, asyncio.create_task(tell_left_over(client)))
        for work in (_sweep_daily(upkeep), client.checker.run(), client.outbox.run()) if has_loops else ():
            stack.push_async_callback(_end, asyncio.create_task(work))
        if settings.health_port is not None:
            opened.assistant.on_answer = client.figures.count_answer
            upkeep.watch(client.figures.database.observe)
            client.figures.watch_waiting(client.count_waiting)
            checks = {"discord": client.is_connected, "database": upkeep.does_answer, "schema": upkeep.is_current}
            place = (settings.health_host, settings.health_port)
            serving = serving_health(client.figures, checks, measure=upkeep.measure, measure_boards=upkeep.measure_boards, place=place)
            await stack.enter_async_context(serving)
        yield


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


async def _sweep_daily(upkeep: Upkeep) -> None:
    while True:
        try:
            if swept := await upkeep.sweep():
                _LOG.info("swept %d old rows", swept)
        except StorageError as error:
            _LOG.warning("what is old could not be swept: %s", error)
        await asyncio.sleep(24 * 60 * 60.0)


def settle_interpreter() -> None:
    """
    Keep the garbage collector, and threads that work, from holding up answers.

    What is loaded by now stays for good, and is left out of what the collector looks through; the rest it looks through seldom as a whole.
    A thread lets the event loop go on after a millisecond instead of five, of which a turn of the loop waits several.
    """
    sys.setswitchinterval(_SWITCHED_AFTER)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)
    if _leave_out_what_stays not in gc.callbacks:
        gc.callbacks.append(_leave_out_what_stays)


def _leave_out_what_stays(phase: str, info: dict[str, int]) -> None:
    """Leave what a whole collection has looked through out of the next one, which would take longer the more is remembered."""
    if phase == "stop" and info["generation"] == _OLDEST:
        gc.freeze()


_OLDEST = 2


async def _stay(client: RolecallClient, token: str) -> None:
    """Run the client, and tell in one line why it could not."""
    with plainly_told():
        async with client:
            staying = asyncio.ensure_future(client.start(token))
            ending: list[asyncio.Future[None]] = []  # which keeps the task from being collected before it is done
            with suppress(NotImplementedError):  # Windows has no such handlers; there Ctrl-C ends it
                asyncio.get_running_loop().add_signal_handler(
                    signal.SIGTERM, lambda: ending.append(asyncio.ensure_future(_close(client, staying)))
                )
            try:
                await asyncio.wait({staying})
            finally:
                staying.cancel()
            if not staying.cancelled():
                staying.result()


@contextmanager
def plainly_told() -> Iterator[None]:
    """Turn what keeps the bot away from Discord into a line that says what to do."""
    try:
        yield
    except discord.LoginFailure:
        raise SettingsError(_WRONG_TOKEN) from None
    except discord.PrivilegedIntentsRequired:
        raise ServiceError(_NO_PRIVILEGE) from None
    except discord.ConnectionClosed as error:
        if error.code == _REFUSED_AT_GATEWAY:
            raise SettingsError(_WRONG_TOKEN) from None
        raise ServiceError(f"Discord closed the connection for good (code {error.code}); try again later") from None
    except discord.GatewayNotFound:
        raise ServiceError("Discord's API names no gateway; try again later, or set DISCORD_GATEWAY_URL") from None
    except discord.HTTPException as error:
        raise ServiceError(f"Discord refuses to let the bot in (HTTP {error.status}); try again later") from None
    except (aiohttp.ClientError, OSError) as error:
        raise ServiceError(f"{Route.BASE} cannot be reached ({type(error).__name__}); check the network and DISCORD_API_URL") from None


async def _close(client: RolecallClient, staying: asyncio.Future[None]) -> None:
    """Close the client; what is still trying to come in is ended first, for it would ask over a closed connection."""
    if not client.is_ready():
        staying.cancel()
    try:
        await client.close()
    finally:
        staying.cancel()
