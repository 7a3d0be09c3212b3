"""Answers interactions in time: at once where the answer is ready, else after saying that it will come; and whatever goes wrong is told."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

import discord
from discord import app_commands

from bot.interfaces.chat.card import Card, Tone
from bot.interfaces.chat.notices import failure_card
from bot.interfaces.chat.visitor import Visitor
from bot.interfaces.discord_sending import respond
from bot.interfaces.failures import log_failure

_LOG = logging.getLogger(__name__)
_SLOW = 1.0
"""Seconds after which an answer is deferred; Discord waits three."""

_CHANGED = Card("My commands have changed; Discord shows the new ones in a moment. Try again then.", tone=Tone.ASKING, is_personal=True)


def visitor_of(interaction: discord.Interaction[Any]) -> Visitor:
    """Return who uses a command or a button, and where."""
    return Visitor(
        id=interaction.user.id,
        channel=interaction.channel_id or 0,
        server=interaction.guild_id,
        locale=interaction.locale.value,
    )


async def reply(interaction: discord.Interaction[Any], work: Awaitable[Card], *, in_place: bool = False, hidden: bool = False) -> None:
    """
    Answer with the card that comes of the work; `hidden` is for one person's eyes, as is a card that concerns only one.

    In direct messages nobody else is there, so that nothing is hidden.
    """
    is_server = interaction.guild_id is not None
    deferral = _Deferral(interaction, in_place=in_place, hidden=hidden and is_server)
    try:
        card = await work
    finally:
        await deferral.end()
    await respond(interaction, card, in_place=in_place, hidden=is_server and (hidden or card.is_personal))


async def tell_failure(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Log what went wrong, and tell the person that something did: the one handler of commands and buttons."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        card = _CHANGED
    else:
        card = failure_card(log_failure(cause, is_for_operator=True))
    try:
        await respond(interaction, card, in_place=False, hidden=interaction.guild_id is not None)
    except (discord.HTTPException, OSError) as failure:
        _LOG.warning("could not tell the person about it: %s", failure)


class _Deferral:
    """Defers an interaction when its answer takes long."""

    def __init__(self, interaction: discord.Interaction[Any], *, in_place: bool, hidden: bool) -> None:
        self._interaction = interaction
        self._in_place = in_place
        self._hidden = hidden
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
        try:
            if self._in_place:
                await self._interaction.response.defer()
            else:
                await self._interaction.response.defer(ephemeral=self._hidden, thinking=True)
        except (discord.HTTPException, OSError) as failure:
            _LOG.warning("could not defer: %s", failure)
