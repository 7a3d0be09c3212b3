"""The bot as Discord knows it: a sharded client without privileged intents, its commands, messages and buttons."""

import asyncio
import time
from typing import Any

import discord
import yarl
from discord import app_commands

from bot.interfaces.chat.answer_card import question_in
from bot.interfaces.chat.desk import Desk
from bot.interfaces.chat.memberships import Memberships
from bot.interfaces.chat.notices import OLD_BUTTON
from bot.interfaces.chat.presses import Press, Verb, read_press
from bot.interfaces.discord_commands import CommandTranslator, add_commands
from bot.interfaces.discord_managing import ManagingButton, submit_form
from bot.interfaces.discord_members import Members
from bot.interfaces.discord_messages import answer_message, is_for_bot
from bot.interfaces.discord_notices import Notices
from bot.interfaces.discord_posting_commands import add_posting_commands
from bot.interfaces.discord_replying import answer, do_others_read, tell_failure
from bot.interfaces.discord_sending import respond
from bot.interfaces.discord_show import PressButton
from bot.interfaces.discord_sync import sync_commands
from bot.interfaces.managing.desk import ManagingDesk
from bot.interfaces.managing.errand import Tools
from bot.interfaces.managing.known_servers import KnownServers
from bot.interfaces.opening import Opened
from bot.settings import Settings

_LAST_WORDS = 5.0
"""Seconds that what is being answered has to be finished when the bot is told to end."""

_IN_PLACE = (Verb.PICK, Verb.PAGE, Verb.MORE, Verb.LIST, Verb.FORGET)


class _CommandTree(app_commands.CommandTree["RolecallClient"]):
    """The commands, each noted while it is answered."""

    async def interaction_check(self, interaction: "discord.Interaction[Any]", /) -> bool:
        """Note that a command is being answered; all are let through."""
        interaction.client.note_work()
        return True


class RolecallClient(discord.AutoShardedClient):
    """Answers at its desk whatever reaches it from Discord; made by `build_client`."""

    def __init__(self, opened: Opened, settings: Settings, *, memberships: Memberships) -> None:
        intents = discord.Intents(guilds=True, dm_messages=True, guild_messages=True)
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.desk = Desk(opened, memberships)
        self.servers = KnownServers(opened.store)
        self.members = Members(self, opened, memberships)
        self.notices = Notices(self)
        tools = Tools(*opened, self.servers, self.notices.announce, may_read_private=settings.allow_private_urls)
        self.managing = ManagingDesk(tools)
        self.owners = settings.owners
        self.tree = _CommandTree(self)
        self._under_way: set[asyncio.Task[Any]] = set()
        self._gateway = yarl.URL(settings.discord_gateway_url) if settings.discord_gateway_url else None
        self.tree.error(tell_failure)
        add_commands(self.tree)
        add_posting_commands(self.tree)

    async def setup_hook(self) -> None:
        """Make ready, once, before the first event."""
        self.add_dynamic_items(PressButton, ManagingButton)
        await self.tree.set_translator(CommandTranslator())
        await sync_commands(self.tree)

    def note_work(self, task: asyncio.Task[Any] | None = None) -> None:
        """Note that a task, or the one that calls this, does something for somebody, until it is done."""
        task = task or asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Close when those who have asked are answered, or have waited too long."""
        self.managing.end()
        until = time.monotonic() + _LAST_WORDS
        # What is answered may leave a notice to be sent.
        while (waiting := self._under_way - {asyncio.current_task()}) and not self.is_closed() and time.monotonic() < until:
            await asyncio.wait(waiting, timeout=until - time.monotonic())
        self.members.stop()
        await super().close()

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard to the gateway of the settings, if they name one, else to the one that Discord's API names."""
        await super().launch_shard(self._gateway or gateway, shard_id, initial=initial)

    async def on_message(self, message: discord.Message) -> None:
        """Answer who speaks to the bot."""
        if is_for_bot(message, self):
            self.note_work()
            await answer_message(message, self)

    async def on_guild_join(self, _guild: discord.Guild) -> None:
        """Note that the bot is in one more server."""
        self.members.note_servers()

    async def on_guild_available(self, _guild: discord.Guild) -> None:
        """Note that a server is there, after a start or an outage."""
        self.members.note_servers()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget who was a member of a server that the bot is no longer in."""
        self.members.forget_server(guild.id)

    async def on_interaction(self, interaction: "discord.Interaction[RolecallClient]") -> None:
        """Take in a form, whenever it was opened; commands and buttons have their own ways."""
        if interaction.type is discord.InteractionType.modal_submit:
            await submit_form(interaction)

    async def press(self, interaction: "discord.Interaction[RolecallClient]", custom_id: str) -> None:
        """Do what a button stands for; whatever goes wrong is told and logged."""
        self.note_work()
        try:
            press = read_press(custom_id)
            if press is None:
                await respond(interaction, OLD_BUTTON, in_place=False, hidden=do_others_read(interaction))
            else:
                await self._press(interaction, press)
        except Exception as error:  # noqa: BLE001 -- the outermost handler of a button
            await tell_failure(interaction, error)

    async def _press(self, interaction: "discord.Interaction[RolecallClient]", press: Press) -> None:
        """Answer in place what the owner turns or picks; what others press is answered to them alone."""
        embeds = interaction.message.embeds if interaction.message else []
        echo = question_in(embeds[0].footer.text) if embeds else ""
        is_own = interaction.guild_id is None or press.owner == interaction.user.id
        in_place = press.verb in _IN_PLACE and is_own
        await answer(interaction, lambda visitor: self.desk.press(press, visitor, echo=echo), in_place=in_place, hidden=not in_place)


def build_client(opened: Opened, settings: Settings, *, memberships: Memberships | None = None) -> RolecallClient:
    """Return the client that answers from what is opened; nothing is connected before it is started."""
    return RolecallClient(opened, settings, memberships=memberships or Memberships())
