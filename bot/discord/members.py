"""Who asks, as Discord says: in a server, or in a direct message with the servers where they are a member now."""

import asyncio
import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import aiohttp
import discord

from bot.admin.context import ServerCache
from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE, Person
from bot.presentation.chat_service import Opened
from bot.presentation.people import REMEMBERED_FOR, Memberships
from bot.storage.remembered import OF_PERSON, OF_SCOPE, Memo

_LOG = logging.getLogger(__name__)
_MEMBERSHIP = "membership"
PATIENCE = 1.5
"""Seconds that an answer waits for Discord; what is not known by then is left out of it, and counts for the next one."""

_MOST_ASKED = 200
"""Servers that are asked about for one question; the rest are asked about for the next."""

_AT_ONCE, _AT_ONCE_FOR_ONE = 16, 4
"""Requests under way, over all people and for one of them, so that nobody waits for another's servers; Discord takes 50 a second."""


class Members:
    """Asks Discord about people in direct messages, and remembers for a quarter of an hour what it said."""

    def __init__(self, client: discord.AutoShardedClient, opened: Opened, *, memberships: Memberships, servers: ServerCache) -> None:
        self._client = client
        self._store, self._assistant = opened
        self._memberships = memberships
        self._shared = opened.store.remembered
        self._shared.listen(self._take_in)
        self.sees_servers = True
        """Discord's gateway tells in which servers the bot is; without it each is asked about when somebody may be a member."""

        self._settings = servers
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._asking: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._comings = 0
        """Rises when the bot may be in other servers than before."""

        self._holding: tuple[tuple[int, int], frozenset[int]] | None = None
        """The servers with postings of their own, and at which version of the Store and after which coming that was so."""

    async def person_of(self, interaction: discord.Interaction[Any], *, patience: float = PATIENCE) -> Person:
        """Return who uses a command or a button; for how many seconds Discord may be waited for is `patience`."""
        person = person_here(interaction)
        if person.server is not None:
            self._see(person.id, person.server)
        elif person.is_direct:
            person = person.model_copy(update={"member_of": await self._servers_of(person.id, patience)})
        return await self._in_language(person)

    async def author_of(self, message: discord.Message) -> Person:
        """Return who wrote a message."""
        server = message.guild
        person = Person(id=message.author.id, channel=message.channel.id, server=server.id if server else None)
        if server is not None:
            self._see(person.id, server.id)
            return await self._in_language(person.model_copy(update={"locale": server.preferred_locale.value}))
        if isinstance(message.channel, discord.DMChannel):
            return person.model_copy(update={"member_of": await self._servers_of(person.id, PATIENCE)})
        return person

    async def is_member(self, person: int, server: int) -> bool | None:
        """Ask Discord whether a person is a member of a server now where the bot is too; None where it does not say."""
        if self._client.is_ready() and not self.may_be_in(server):
            return False
        is_member = await self._is_member(person, server)
        if is_member is not None:
            self._memberships.remember(person, server, is_member=is_member)
        return is_member

    def forget_server(self, server: int) -> None:
        """Drop what is known of the members of a server that the bot is no longer in."""
        self.note_servers()
        self._memberships.forget_server(server)
        if self._shared.is_shared:
            self._forgetting = asyncio.create_task(self._forget_everywhere(server))

    async def _forget_everywhere(self, server: int) -> None:
        try:
            await self._shared.forget_scope(_MEMBERSHIP, str(server))
        except StorageError as error:
            _LOG.warning("other processes are not told that the bot has left server %s: %s", server, error)

    def _take_in(self, kind: str, name: str) -> None:
        """Forget who or what another process has forgotten."""
        if kind == OF_PERSON and name.isdecimal():
            self._memberships.forget_person(int(name))
        elif kind == OF_SCOPE and name.isdecimal():
            self._memberships.forget_server(int(name))

    def _see(self, person: int, server: int) -> None:
        """Note that a person uses the bot in a server; others are told of it when it is new."""
        if self._memberships.see(person, server):
            self._share(person, server, is_member=True)

    def _share(self, person: int, server: int, *, is_member: bool) -> None:
        if self._shared.is_shared:
            content, name = {"is_member": is_member}, f"{person}:{server}"
            self._shared.put(Memo(_MEMBERSHIP, name, content, REMEMBERED_FOR, person=str(person), scope=str(server)))

    async def _learn(self, person: int) -> None:
        """Take in what Discord has told other processes of a person."""
        with suppress(StorageError):
            for name, found in (await self._shared.of_person(_MEMBERSHIP, str(person))).items():
                server = name.rpartition(":")[2]
                self._memberships.remember(person, int(server), is_member=bool(found.content["is_member"]), lasts=found.left)

    def note_servers(self) -> None:
        """Note that the bot may be in other servers now."""
        self._comings += 1

    def stop(self) -> None:
        """Ask no further."""
        for task in self._asking.values():
            task.cancel()

    async def _in_language(self, person: Person) -> Person:
        """Return the person with the language that their server's admins have set, if any."""
        settings = await self._settings.get(person.server)
        return person.model_copy(update={"locale": settings.language}) if settings.language else person

    async def _servers_of(self, person: int, patience: float) -> frozenset[int]:
        """Return the servers whose postings a person sees in direct messages."""
        servers = await self._servers_with_postings()
        if self._shared.is_shared and self._memberships.status_of(person, servers).unknown:
            await self._learn(person)
        if (asked := list(self._ask(person, servers))) and patience:
            await asyncio.wait(asked, timeout=patience)
        return self._memberships.status_of(person, self._still_here(servers)).member_of

    async def _servers_with_postings(self) -> frozenset[int]:
        """Return the servers that the bot is in and that have postings of their own; looked up anew when either may have changed."""
        state = (await self._assistant.version(), self._comings)
        held = self._holding
        if held is None or held[0] != state:
            held = (state, await self._look_up_servers())
            self._holding = held
        return held[1]

    async def _look_up_servers(self) -> frozenset[int]:
        if self._client.shard_ids is None and self.sees_servers:
            here = frozenset(str(guild.id) for guild in self._client.guilds)
            return frozenset(map(int, await self._store.hold_postings(scopes=here)))
        return self._still_here(int(scope) for scope in await self._store.upkeep.list_scopes() - {EVERYONE})

    def _ask(self, person: int, servers: Collection[int]) -> Iterator[asyncio.Task[None]]:
        """Begin to ask about what is not known, and yield what is under way."""
        turns = asyncio.Semaphore(_AT_ONCE_FOR_ONE)
        for server in self._memberships.status_of(person, servers).unknown[:_MOST_ASKED]:
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
        if is_member is not None and self.may_be_in(server):
            self._memberships.remember(person, server, is_member=is_member)
            self._share(person, server, is_member=is_member)

    async def _is_member(self, person: int, server: int) -> bool | None:
        """Ask Discord whether a person is a member of a server now; None where it does not say."""
        if not self.may_be_in(server):
            return None
        try:
            guild = self._client.get_guild(server)
            # Discord answers for all servers of the bot, whichever process has them.
            await (guild.fetch_member(person) if guild else self._client.http.get_member(server, person))
        except (discord.NotFound, discord.Forbidden):
            return False
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            _LOG.info("Discord does not say who is a member of server %s (%s); asked again for the next question", server, error)
            return None
        return True

    def _still_here(self, servers: Iterable[int]) -> frozenset[int]:
        return frozenset(filter(self.may_be_in, servers))

    def may_be_in(self, server: int) -> bool:
        """Tell whether the bot is in a server, or may be: of one whose shard another process has, Discord says it when asked."""
        if not self.sees_servers:
            return True
        shards, in_all = self._client.shard_ids, self._client.shard_count
        is_elsewhere = shards is not None and (server >> 22) % in_all not in shards
        return is_elsewhere or self._client.get_guild(server) is not None


def is_in_server(interaction: discord.Interaction[Any]) -> bool:
    """
    Tell whether an interaction comes from a server where the bot is too; elsewhere somebody uses the app that they have for themselves.

    The gateway tells where the bot is. Without it the interaction does: whether the app was installed in the server.
    """
    number = interaction.guild_id
    if number is None:
        return False
    client = interaction.client
    return interaction.is_guild_integration() if client.is_over_http else client.get_guild(number) is not None


def person_here(interaction: discord.Interaction[Any]) -> Person:
    """Return who acts, with what Discord says of them in this very interaction; in direct messages they see everyone's postings only."""
    user, rights = interaction.user, interaction.permissions
    # discord.py itself gives the roles only of servers that the gateway has told of.
    roles = frozenset(user._roles) if isinstance(user, discord.Member) else frozenset[int]()  # noqa: SLF001 -- a test knows it
    return Person(
        id=user.id,
        name=user.display_name,
        channel=interaction.channel_id or 0,
        server=interaction.guild_id if is_in_server(interaction) else None,
        locale=interaction.locale.value,
        may_manage_server=interaction.guild_id is not None and (rights.manage_guild or rights.administrator),
        roles=roles,
        is_owner=user.id in interaction.client.owners,
        is_direct=interaction.guild_id is None and interaction.context.dm_channel,
    )
