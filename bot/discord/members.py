"""Who asks, as Discord says: in a server, or in a direct message with the servers where they are a member now."""

import asyncio
import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.presentation.members import Memberships, Visitor
from bot.presentation.opening import Opened

if TYPE_CHECKING:
    from bot.discord.client import RolecallClient


_LOG = logging.getLogger(__name__)
PATIENCE = 1.5
"""Seconds that an answer waits for Discord; what is not known by then is left out of it, and counts for the next one."""

_MOST_ASKED = 200
"""Servers that are asked about for one question; the rest are asked about for the next."""

_AT_ONCE, _AT_ONCE_FOR_ONE = 16, 4
"""Requests under way, over all people and for one of them, so that nobody waits for another's servers; Discord takes 50 a second."""


class Members:
    """Asks Discord about people in direct messages, and remembers for a quarter of an hour what it said."""

    def __init__(self, client: "RolecallClient", opened: Opened, memberships: Memberships) -> None:
        self._client = client
        self._store, self._assistant = opened
        self._memberships = memberships
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._asking: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._comings = 0
        """Rises when the bot may be in other servers than before."""

        self._holding: tuple[tuple[int, int], frozenset[int]] | None = None
        """The servers with postings of their own, and at which version of the Store and after which coming that was so."""

    async def visitor_of(self, interaction: discord.Interaction[Any], *, patience: float = PATIENCE) -> Visitor:
        """Return who uses a command or a button; for how many seconds Discord may be waited for is `patience`."""
        visitor = visitor_here(interaction)
        if visitor.server is not None:
            self._memberships.see(visitor.id, visitor.server)
        elif interaction.guild_id is None and interaction.context.dm_channel:
            visitor = replace(visitor, member_of=await self._servers_of(visitor.id, patience))
        return await self._in_language(visitor)

    async def author_of(self, message: discord.Message) -> Visitor:
        """Return who wrote a message."""
        server = message.guild
        visitor = Visitor(id=message.author.id, channel=message.channel.id, server=server.id if server else None)
        if server is not None:
            self._memberships.see(visitor.id, server.id)
            return await self._in_language(replace(visitor, locale=server.preferred_locale.value))
        if isinstance(message.channel, discord.DMChannel):
            return replace(visitor, member_of=await self._servers_of(visitor.id, PATIENCE))
        return visitor

    def forget_server(self, server: int) -> None:
        """Drop what is known of the members of a server that the bot is no longer in."""
        self.note_servers()
        self._memberships.forget_server(server)

    def note_servers(self) -> None:
        """Note that the bot may be in other servers now."""
        self._comings += 1

    def stop(self) -> None:
        """Ask no further."""
        for task in self._asking.values():
            task.cancel()

    async def _in_language(self, visitor: Visitor) -> Visitor:
        """Return the visitor with the language that their server's admins have set, if any."""
        settings = await self._client.servers.get(visitor.server)
        return replace(visitor, locale=settings.language) if settings.language else visitor

    async def _servers_of(self, person: int, patience: float) -> frozenset[int]:
        """Return the servers whose postings a person sees in direct messages."""
        servers = await self._servers_with_postings()
        if (asked := list(self._ask(person, servers))) and patience:
            await asyncio.wait(asked, timeout=patience)
        return self._memberships.standing_of(person, self._still_here(servers)).member_of

    async def _servers_with_postings(self) -> frozenset[int]:
        """Return the servers that the bot is in and that have postings of their own; looked up anew when either may have changed."""
        state = (await self._assistant.version(), self._comings)
        held = self._holding
        if held is None or held[0] != state:
            here = frozenset(str(guild.id) for guild in self._client.guilds)
            held = (state, frozenset(map(int, await self._store.hold_postings(scopes=here))))
            self._holding = held
        return held[1]

    def _ask(self, person: int, servers: Collection[int]) -> Iterator[asyncio.Task[None]]:
        """Begin to ask about what is not known, and yield what is under way."""
        turns = asyncio.Semaphore(_AT_ONCE_FOR_ONE)
        for server in self._memberships.standing_of(person, servers).unknown[:_MOST_ASKED]:
            if (person, server) not in self._asking:
                task = asyncio.create_task(self._ask_about(person, server, turns=turns))
                self._asking[person, server] = task
                task.add_done_callback(partial(self._note_end, (person, server)))
            yield self._asking[person, server]

    def _note_end(self, asked: tuple[int, int], _task: asyncio.Task[None]) -> None:
        self._asking.pop(asked, None)

    async def _ask_about(self, person: int, server: int, *, turns: asyncio.Semaphore) -> None:
        async with turns, self._turns:
            is_member = await self._is_member(person, server)
        if is_member is not None and self._client.get_guild(server) is not None:
            self._memberships.remember(person, server, is_member=is_member)

    async def _is_member(self, person: int, server: int) -> bool | None:
        """Ask Discord whether a person is a member of a server now; None where it does not say."""
        guild = self._client.get_guild(server)
        if guild is None:
            return None
        try:
            await guild.fetch_member(person)
        except (discord.NotFound, discord.Forbidden):
            return False
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            _LOG.info("Discord does not say who is a member of server %s (%s); asked again for the next question", server, error)
            return None
        return True

    def _still_here(self, servers: Iterable[int]) -> frozenset[int]:
        return frozenset(server for server in servers if self._client.get_guild(server) is not None)


def visitor_here(interaction: discord.Interaction[Any]) -> Visitor:
    """Return who uses a command or a button, with what is seen where they are: in direct messages everyone's postings only."""
    server = interaction.guild_id if interaction.guild_id and interaction.client.get_guild(interaction.guild_id) else None
    return Visitor(id=interaction.user.id, channel=interaction.channel_id or 0, server=server, locale=interaction.locale.value)
