"""Answers interactions in time: at once where the answer is ready, else after saying that it will come; and whatever goes wrong is told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord import app_commands

from bot.interfaces.chat.card import Card, Tone
from bot.interfaces.chat.notices import failure_card
from bot.interfaces.chat.visitor import Visitor
from bot.interfaces.discord_sending import UNREACHED, respond
from bot.interfaces.failures import log_failure

if TYPE_CHECKING:
    from bot.interfaces.discord_client import RolecallClient

Ask: TypeAlias = Callable[[Visitor], Awaitable[Card]]
"""What is asked, by somebody who may see what they may."""

_LOG = logging.getLogger(__name__)
_SLOW = 1.0
"""Seconds after which an answer is deferred; Discord waits three."""

_CHANGED = Card("My commands have changed; Discord shows the new ones in a moment. Try again then.", tone=Tone.ASKING, is_personal=True)


async def answer(interaction: "discord.Interaction[RolecallClient]", ask: Ask, *, in_place: bool = False, hidden: bool = False) -> None:
    """
    Answer who asks with the card that they are given, for their eyes only where their server's admins have set so.

    As long as that is not known, nothing is shown to others.
    """
    others_read = do_others_read(interaction)
    deferral = _Deferral(interaction, in_place=in_place, hidden=others_read)
    try:
        visitor = await interaction.client.members.visitor_of(interaction)
        hidden = hidden or (await interaction.client.servers.get(visitor.server)).is_hidden
        deferral.hidden = hidden and others_read
        card = await ask(visitor)
    finally:
        await deferral.end()
    await _show(interaction, card, in_place=in_place, hidden=hidden)


async def reply(interaction: discord.Interaction[Any], work: Awaitable[Card], *, in_place: bool = False, hidden: bool = False) -> None:
    """Answer with the card that comes of the work; `hidden` is for one person's eyes, as is a card that concerns only one."""
    deferral = _Deferral(interaction, in_place=in_place, hidden=hidden and do_others_read(interaction))
    try:
        card = await work
    finally:
        await deferral.end()
    await _show(interaction, card, in_place=in_place, hidden=hidden)


def do_others_read(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether there are others where somebody acts: in direct messages with the bot nothing has to be hidden."""
    return interaction.guild_id is not None or interaction.context.private_channel


async def _show(interaction: discord.Interaction[Any], card: Card, *, in_place: bool, hidden: bool) -> None:
    hidden = do_others_read(interaction) and (hidden or card.is_personal)
    await respond(interaction, card, in_place=in_place and not card.is_aside, hidden=hidden)


async def tell_failure(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Log what went wrong, and tell the person that something did: the one handler of commands and buttons."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        card = _CHANGED
    else:
        card = failure_card(log_failure(cause, is_for_operator=True))
    try:
        await respond(interaction, card, in_place=False, hidden=do_others_read(interaction))
    except (discord.HTTPException, *UNREACHED) as failure:
        _LOG.warning("could not tell the person about it: %s", failure)


class _Deferral:
    """Defers an interaction when its answer takes long."""

    def __init__(self, interaction: discord.Interaction[Any], *, in_place: bool, hidden: bool) -> None:
        self._interaction = interaction
        self._in_place = in_place
        self.hidden = hidden
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_SLOW, self._begin)

    async def end(self) -> None:
        """Return when the interaction is either deferred or will not be."""
        self._timer.cancel()
        if self._task is not None:
            await self._task

    def _begin(self) -> None:
        self._task = asyncio.create_task(self._defer())

    async def _defer(self) -> None:
        if self._interaction.response.is_done():  # long work has shown how far it is
            return
        try:
            if self._in_place:
                await self._interaction.response.defer()
            else:
                await self._interaction.response.defer(ephemeral=self.hidden, thinking=True)
        except (discord.HTTPException, *UNREACHED) as failure:
            _LOG.warning("could not defer: %s", failure)
