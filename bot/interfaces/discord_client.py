"""The bot as Discord knows it: a sharded client without privileged intents, its commands, messages and buttons."""

import asyncio
from typing import Any

import discord
import yarl
from discord import app_commands

from bot.interfaces.chat.answer_card import question_in
from bot.interfaces.chat.desk import Desk
from bot.interfaces.chat.notices import OLD_BUTTON
from bot.interfaces.chat.presses import Press, Verb, read_press
from bot.interfaces.discord_commands import CommandTranslator, add_commands
from bot.interfaces.discord_messages import answer_message, is_for_bot
from bot.interfaces.discord_replying import reply, tell_failure, visitor_of
from bot.interfaces.discord_sending import respond
from bot.interfaces.discord_show import PressButton
from bot.interfaces.discord_sync import sync_commands
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

    def __init__(self, desk: Desk, *, gateway: str | None = None) -> None:
        intents = discord.Intents(guilds=True, dm_messages=True, guild_messages=True)
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.desk = desk
        self.tree = _CommandTree(self)
        self._under_way: set[asyncio.Task[Any]] = set()
        self._gateway = yarl.URL(gateway) if gateway else None
        self.tree.error(tell_failure)
        add_commands(self.tree)

    async def setup_hook(self) -> None:
        """Make ready, once, before the first event."""
        self.add_dynamic_items(PressButton)
        await self.tree.set_translator(CommandTranslator())
        await sync_commands(self.tree)

    def note_work(self) -> None:
        """Note that the task that calls this answers somebody, until it is done."""
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Close when those who have asked are answered, or have waited too long."""
        waiting = self._under_way - {asyncio.current_task()}
        if waiting and not self.is_closed():
            await asyncio.wait(waiting, timeout=_LAST_WORDS)
        await super().close()

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard to the gateway of the settings, if they name one, else to the one that Discord's API names."""
        await super().launch_shard(self._gateway or gateway, shard_id, initial=initial)

    async def on_message(self, message: discord.Message) -> None:
        """Answer who speaks to the bot."""
        if is_for_bot(message, self):
            self.note_work()
            await answer_message(message, self.desk)

    async def press(self, interaction: "discord.Interaction[RolecallClient]", custom_id: str) -> None:
        """Do what a button stands for; whatever goes wrong is told and logged."""
        self.note_work()
        try:
            press = read_press(custom_id)
            if press is None:
                await respond(interaction, OLD_BUTTON, in_place=False, hidden=interaction.guild_id is not None)
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
        await reply(interaction, self.desk.press(press, visitor_of(interaction), echo=echo), in_place=in_place, hidden=not in_place)


def build_client(opened: Opened, settings: Settings) -> RolecallClient:
    """Return the client that answers from what is opened; nothing is connected before it is started."""
    return RolecallClient(Desk(opened), gateway=settings.discord_gateway_url)
