"""What the handlers of commands, buttons and messages know of the client, which imports them all."""

import logging
from typing import TypeAlias

import discord

from bot.admin.context import ServerCache
from bot.admin.service import AdminService
from bot.discord.gateway import SteadyClient
from bot.discord.members import Members
from bot.presentation.chat_service import ChatService

_LOG = logging.getLogger(__name__)


class BotClient(SteadyClient):
    """A client with the services that answer; `client.build_client` fills it."""

    chat: ChatService
    admin: AdminService
    servers: ServerCache
    members: Members
    owners: frozenset[int]
    hears_all: bool = False
    """It answers messages in servers that do not mention it: on the try-out page."""

    source_url: str = ""
    """Where the source code is."""

    untold: int = 0
    """Answers that could be brought to nobody."""

    def note_untold(self, reason: str) -> None:
        """Count an answer that could be brought to nobody, and log why."""
        self.untold += 1
        _LOG.warning("an answer is left out, the %d. since the start: %s", self.untold, reason)


Interaction: TypeAlias = discord.Interaction[BotClient]
