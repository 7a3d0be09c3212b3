"""Tells a server's channel for notices what was changed, beside the answers: whoever changes something does not wait for it."""

import asyncio
import logging
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.domain.errors import RolecallError
from bot.domain.posting import EVERYONE
from bot.interfaces.chat.card import Card
from bot.interfaces.discord_sending import message_parts, persist

if TYPE_CHECKING:
    from bot.interfaces.discord_client import RolecallClient

_LOG = logging.getLogger(__name__)

_RIGHTS = {"view_channel": "View Channel", "send_messages": "Send Messages", "embed_links": "Embed Links"}
"""Rights as Discord's own menus call them."""


class Notices:
    """Sends cards to the channels that servers' admins have chosen."""

    def __init__(self, client: "RolecallClient") -> None:
        self._client = client

    async def announce(self, scope: str, card: Card) -> None:
        """Tell the channel of a scope's server, soon; nobody is told of what everyone's postings become."""
        if scope != EVERYONE:
            self._client.note_work(asyncio.create_task(self._tell(int(scope), card)))

    async def _tell(self, server: int, card: Card) -> None:
        try:
            settings = await self._client.servers.get(server)
            if settings.notices_channel is not None:
                await self._send(server, settings.notices_channel, card=card)
        except (RolecallError, discord.DiscordException, aiohttp.ClientError, OSError) as error:
            _LOG.info("server %s is not told what was changed: %s", server, error)

    async def _send(self, server: int, number: int, *, card: Card) -> None:
        guild = self._client.get_guild(server)
        channel = guild.get_channel(number) if guild else None
        if not isinstance(channel, discord.TextChannel):
            _LOG.info("server %s is not told what was changed: its channel %s is gone", server, number)
            return
        await persist(lambda: channel.send(**message_parts(card)))


def find_missing_rights(channel: discord.TextChannel) -> tuple[str, ...]:
    """Return the rights that the bot lacks to tell a channel something, as Discord's menus call them."""
    held = channel.permissions_for(channel.guild.me)
    return tuple(name for right, name in _RIGHTS.items() if not getattr(held, right))
