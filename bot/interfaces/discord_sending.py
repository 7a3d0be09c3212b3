"""Sends cards, and sees to it that none is lost while Discord has troubles of its own."""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
import discord

from bot.interfaces.chat.card import Card
from bot.interfaces.discord_show import to_embed, to_view

Sent = TypeVar("Sent")

UNREACHED = (OSError, aiohttp.ClientError)
"""What is raised where Discord is not reached, or the connection breaks off: only some of aiohttp's errors are OSErrors."""

_LOG = logging.getLogger(__name__)
_PAUSES = (0.3, 2.0, 8.0, 30.0)
"""Seconds between tries: discord.py has tried five times itself before each but for limits that its Via header does not explain."""

_LONGEST_PAUSE = 60.0
_TOO_MANY, _SERVER_TROUBLE = 429, 500
_ALREADY_ANSWERED = 40060
_ENDED = frozenset({10062, 10015, 10008, 50027})
"""The interaction is unknown by now, or its token or message is."""


def message_parts(card: Card) -> dict[str, Any]:
    """Return a card as the arguments of discord.py's sending methods."""
    parts: dict[str, Any] = {"embed": to_embed(card), "allowed_mentions": discord.AllowedMentions.none()}
    if view := to_view(card):
        parts["view"] = view
    if card.files:
        parts["files"] = _to_files(card)
    return parts


async def persist(send: Callable[[], Awaitable[Sent]], pauses: tuple[float, ...] = _PAUSES) -> Sent:
    """Send until it is taken: limits are waited for, and Discord's own errors are tried again; other errors are raised at once."""
    for pause in pauses:
        try:
            return await send()
        except discord.HTTPException as error:
            if error.status != _TOO_MANY and error.status < _SERVER_TROUBLE:
                raise
            _LOG.info("Discord answered %s; trying again", error.status)
            await asyncio.sleep(_named_pause(error) or pause)
        except UNREACHED as error:
            _LOG.info("Discord was not reached (%s); trying again", type(error).__name__)
            await asyncio.sleep(pause)
    return await send()


async def respond(interaction: discord.Interaction[Any], card: Card, *, in_place: bool, hidden: bool) -> None:
    """
    Answer an interaction for the first time, or what was deferred; `in_place` puts the card where the button was.

    Where the interaction's three seconds are over, or Discord keeps failing, the answer becomes a message of its own.
    """
    if interaction.response.is_done():
        try:
            await _complete(interaction, card, hidden=hidden)
        except discord.HTTPException as error:
            if error.code not in _ENDED:
                raise
            await _send_late(interaction, card, hidden=hidden)
        return
    try:
        await persist(lambda: _first(interaction, card, in_place=in_place, hidden=hidden), _PAUSES[:1])
    except discord.HTTPException as error:
        if error.code == _ALREADY_ANSWERED:
            await persist(lambda: interaction.edit_original_response(**_replacing(card)))
        elif error.code in _ENDED or error.status >= _SERVER_TROUBLE:
            await _send_beside(interaction, card, hidden=hidden)
        else:
            raise


async def show_meanwhile(interaction: discord.Interaction[Any], card: Card, *, in_place: bool, hidden: bool) -> None:
    """Show how far long work is where its own card will stand in the end; where Discord takes no part in that, nothing is shown."""
    try:
        if not interaction.response.is_done():
            if in_place:
                await interaction.response.defer()
            else:
                await interaction.response.defer(ephemeral=hidden, thinking=True)
        await interaction.edit_original_response(**_replacing(card))
    except (discord.HTTPException, discord.InteractionResponded, *UNREACHED) as failure:
        _LOG.info("could not show how far it is: %s", failure)


async def _first(interaction: discord.Interaction[Any], card: Card, *, in_place: bool, hidden: bool) -> None:
    if in_place:
        await interaction.response.edit_message(**_replacing(card))
    else:
        await interaction.response.send_message(**message_parts(card), ephemeral=hidden)


async def _complete(interaction: discord.Interaction[Any], card: Card, *, hidden: bool) -> None:
    """Put the card where it was said that it will come."""
    is_of_button = interaction.response.type is discord.InteractionResponseType.deferred_message_update
    if card.is_aside and is_of_button:
        await persist(lambda: interaction.followup.send(**message_parts(card), ephemeral=hidden))
    else:
        await persist(lambda: interaction.edit_original_response(**_replacing(card)))


async def _send_late(interaction: discord.Interaction[Any], card: Card, *, hidden: bool) -> None:
    """Send what took longer than the 15 minutes of an interaction: to the one person in a direct message, if it is for them only."""
    if not hidden:
        await _send_beside(interaction, card, hidden=hidden)
        return
    try:
        await persist(lambda: interaction.user.send(**message_parts(card)))
    except discord.HTTPException as error:
        _LOG.warning("an answer took longer than its interaction lives, and its person takes no direct messages: %s", error)


async def _send_beside(interaction: discord.Interaction[Any], card: Card, *, hidden: bool) -> None:
    """Send the card to the channel, unless others would read what is meant for one."""
    channel = interaction.channel
    if hidden or not isinstance(channel, discord.abc.Messageable):
        _LOG.warning("an answer came too late for its interaction and is left out")
        return
    await persist(lambda: channel.send(**message_parts(card)))


def _replacing(card: Card) -> dict[str, Any]:
    """Return a card as the arguments of discord.py's editing methods, which keep what they are not given."""
    parts = {"view": None} | message_parts(card)
    return parts | {"attachments": parts.pop("files", [])}


def _to_files(card: Card) -> list[discord.File]:
    """Return a card's files, made anew for each try, since sending reads them to their end."""
    return [discord.File(io.BytesIO(file.data), filename=file.name) for file in card.files]


def _named_pause(error: discord.HTTPException) -> float | None:
    """Return the seconds that Discord asks to wait, within reason."""
    named = error.response.headers.get("Retry-After", "") if error.response.headers else ""
    try:
        return min(float(named), _LONGEST_PAUSE)
    except ValueError:
        return None
