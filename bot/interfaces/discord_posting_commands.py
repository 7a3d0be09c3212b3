"""`/posting` with its subcommands, and "Add as posting" in the menu of a message; the bot itself checks who may."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.interfaces.discord_attachments import fetcher_of
from bot.interfaces.discord_keeping_commands import keeping_commands
from bot.interfaces.discord_managing import manager_of, show_of, show_quickly
from bot.interfaces.discord_replying import reply
from bot.interfaces.managing.pointing import Pointed
from bot.interfaces.managing.reading import Asked

if TYPE_CHECKING:
    from bot.interfaces.discord_client import RolecallClient

Interaction = discord.Interaction["RolecallClient"]

ADD_AS_POSTING = "Add as posting"
IN_SERVERS_AND_TO_OWNERS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
WITH_THE_BOT = app_commands.AppInstallationType(guild=True, user=False)

Address = Range[str, 1, 2000]


def add_posting_commands(tree: "app_commands.CommandTree[RolecallClient]") -> None:
    """Put them into the tree."""
    tree.add_command(posting_group())
    tree.add_command(
        app_commands.ContextMenu(
            name=ADD_AS_POSTING, callback=_add_message, allowed_contexts=IN_SERVERS_AND_TO_OWNERS, allowed_installs=WITH_THE_BOT
        )
    )


def posting_group() -> app_commands.Group:
    """Return the commands of those who keep postings."""
    group = app_commands.Group(
        name="posting",
        description="Add postings and keep them right: for a server's admins",
        allowed_contexts=IN_SERVERS_AND_TO_OWNERS,
        allowed_installs=WITH_THE_BOT,
    )
    group.add_command(
        app_commands.Command(name="add", description="Add a posting: look at what was understood, then keep it", callback=_add)
    )
    for command in keeping_commands():
        group.add_command(command)
    return group


@app_commands.describe(file="A file with the posting, or a zip with many", url="The posting's address on the web, or its board's")
async def _add(interaction: Interaction, file: discord.Attachment | None = None, url: Address | None = None) -> None:
    managing, manager = interaction.client.managing, manager_of(interaction)
    if file is None and url is None:
        await show_quickly(interaction, managing.open_adding(manager))
        return
    asked = Asked(fetch=fetcher_of([file] if file else []), urls=(url,) if url else ())
    await reply(interaction, managing.add(asked, manager, show=show_of(interaction)), hidden=True)


async def _add_message(interaction: Interaction, message: discord.Message) -> None:
    files = _attachments_of(message)
    text = "\n\n".join(_texts_of(message))
    pointed = Pointed(text, source=message.jump_url, fetch=fetcher_of(files), has_files=bool(files))
    work = interaction.client.managing.add_message(pointed, manager_of(interaction), show=show_of(interaction))
    await reply(interaction, work, hidden=True)


def _texts_of(message: discord.Message) -> Iterator[str]:
    """Yield what is read in a message, in what it forwards, and in the embeds that bots write; previews of links are none of it."""
    for part in _parts_of(message):
        if part.content:
            yield part.content
        for embed in part.embeds:
            if embed.type == "rich":
                yield from (text for text in (_heading_of(embed), embed.description) if text)
                yield from (f"{field.name}: {field.value}" for field in embed.fields)


def _heading_of(embed: discord.Embed) -> str:
    return f"# [{embed.title}]({embed.url})" if embed.title and embed.url else f"# {embed.title}" if embed.title else ""


def _attachments_of(message: discord.Message) -> list[discord.Attachment]:
    return [attachment for part in _parts_of(message) for attachment in part.attachments]


def _parts_of(message: discord.Message) -> tuple[discord.Message | discord.MessageSnapshot, ...]:
    return (message, *message.message_snapshots)
