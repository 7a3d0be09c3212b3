"""Registers the commands with Discord, only where they are not registered as they are."""

import logging
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from bot.interfaces.chat.command_payloads import are_registered

_LOG = logging.getLogger(__name__)


async def sync_commands(tree: app_commands.CommandTree[Any]) -> bool:
    """
    Register the commands if Discord has others, and tell whether it had.

    Discord is asked and not a note of our own: the note would be wrong for another application, or after a change by hand.
    """
    wanted = await _payloads(tree)
    if are_registered(wanted, await _fetch_registered(tree.client)):
        return False
    await tree.sync()
    _LOG.info("registered %d commands", len(wanted))
    return True


async def _payloads(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    commands = tree.get_commands()
    if tree.translator is None:
        return [command.to_dict(tree) for command in commands]
    return [await command.get_translated_payload(tree, tree.translator) for command in commands]


async def _fetch_registered(client: discord.Client) -> list[dict[str, Any]]:
    """Ask for the global commands with their translations, which discord.py's own method leaves out."""
    route = Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    registered: list[dict[str, Any]] = await client.http.request(route, params={"with_localizations": "true"})
    return registered
