"""`/posting` with its subcommands, "Add as posting" in the menu of a message, and `/settings`; the bot itself checks who may."""

from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import AppCommandChannel, AppCommandThread, Choice, Range

from bot.admin.adding import AdditionRequest, add, add_message, export, import_files, open_adding
from bot.admin.boards import (
    BoardRequest,
    check_board,
    list_boards,
    offer_boards,
    pause_board,
    preview_board,
    read_board_number,
    remove_board,
)
from bot.admin.context import AdminContext
from bot.admin.finding import Offer, offer_any, offer_current, offer_removed
from bot.admin.history import show_history
from bot.admin.keeping import ask_to_remove, restore_typed
from bot.admin.listing import ListKind, show_list
from bot.admin.proposals import edit
from bot.admin.service import ChosenChannel, Reset, SettingsChange, Visibility
from bot.discord.buttons import show_of, show_quickly
from bot.discord.gateway import Interaction
from bot.discord.members import person_here
from bot.discord.messages import find_what_is_there, missing_rights_in
from bot.discord.sending import fetch_uploads, offer, reply
from bot.intake.exporting import ExportForm
from bot.presentation.card import Card
from bot.presentation.chat_service import LONGEST_CHOICE
from bot.presentation.notices import language_choices

Name = Range[str, 1, 200]
Address = Range[str, 1, 2000]

ADD_AS_POSTING = "Add as posting"
_IN_SERVERS_AND_TO_OWNERS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
_WITH_THE_BOT = app_commands.AppInstallationType(guild=True, user=False)
_MANAGERS = discord.Permissions(manage_guild=True)
"""Discord shows managers' commands to those with Manage Server, and to whom a server's owner gives them under Integrations."""

_POSTING = "The posting: its number, or its company, typos and all; a role behind a colon"

_FOR_ADMINS: dict[str, Any] = {
    "allowed_contexts": _IN_SERVERS_AND_TO_OWNERS,
    "allowed_installs": _WITH_THE_BOT,
    "default_permissions": _MANAGERS,
}
posting_group = app_commands.Group(name="posting", description="Add postings and keep them right: for a server's admins", **_FOR_ADMINS)


def add_posting_commands(tree: app_commands.CommandTree[Any]) -> None:
    """Put them into the tree."""
    tree.add_command(posting_group)
    menu = app_commands.ContextMenu(
        name=ADD_AS_POSTING, callback=_add_message, allowed_contexts=_IN_SERVERS_AND_TO_OWNERS, allowed_installs=_WITH_THE_BOT
    )
    menu.default_permissions = _MANAGERS
    tree.add_command(menu)


def _choices(names: Mapping[str, StrEnum]) -> list[Choice[str]]:
    return [Choice(name=name, value=value.value) for name, value in names.items()]


async def _manage(interaction: Interaction, do: Callable[[AdminContext], Awaitable[Card]]) -> None:
    await reply(interaction, interaction.client.admin.carry_out(do, person_here(interaction), show=show_of(interaction)))


def _offering(find: Offer) -> Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]:
    """Return what Discord asks while a posting is typed."""

    async def offer_postings(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await offer(interaction.client.admin.offer(find, typed, person=person_here(interaction)))

    return offer_postings


@posting_group.command(name="add", description="Add a posting: look at what was understood, then keep it")
@app_commands.describe(file="A file with the posting, or a zip with many", url="The posting's address on the web, or its board's")
async def _add(interaction: Interaction, file: discord.Attachment | None = None, url: Address | None = None) -> None:
    if file is None and url is None:
        await show_quickly(interaction, interaction.client.admin.carry_out(open_adding, person_here(interaction)))
        return
    asked = AdditionRequest(fetch=partial(fetch_uploads, [file] if file else []), urls=(url,) if url else ())
    await _manage(interaction, lambda context: add(context, asked))


@posting_group.command(name="edit", description="Correct a posting: its title, company and link, and what was read in it")
@app_commands.describe(posting=_POSTING)
@app_commands.autocomplete(posting=_offering(offer_current))
async def _edit(interaction: Interaction, posting: Name) -> None:
    await _manage(interaction, lambda context: edit(context, posting))


@posting_group.command(name="remove", description="Remove a posting; it asks first, and can be undone")
@app_commands.describe(posting=_POSTING)
@app_commands.autocomplete(posting=_offering(offer_current))
async def _remove(interaction: Interaction, posting: Name) -> None:
    await _manage(interaction, lambda context: ask_to_remove(context, posting))


@posting_group.command(name="restore", description="Bring back a removed posting")
@app_commands.describe(posting=_POSTING)
@app_commands.autocomplete(posting=_offering(offer_removed))
async def _restore(interaction: Interaction, posting: Name) -> None:
    await _manage(interaction, lambda context: restore_typed(context, posting))


_LISTS = {"postings": ListKind.CURRENT, "removed": ListKind.REMOVED, "asked in vain": ListKind.GAPS, "reported": ListKind.REPORTED}


@posting_group.command(
    name="list", description="The postings that you can manage, removed ones, what was asked in vain, and reported answers"
)
@app_commands.describe(show="What to list", company="Only this company's postings")
@app_commands.choices(show=_choices(_LISTS))
async def _list(interaction: Interaction, show: str = ListKind.CURRENT.value, company: Name | None = None) -> None:
    await _manage(interaction, lambda context: show_list(context, ListKind(show), company=company))


@posting_group.command(name="history", description="Who did what to postings and when, with before and after")
@app_commands.describe(posting=_POSTING)
@app_commands.autocomplete(posting=_offering(offer_any))
async def _history(interaction: Interaction, posting: Name | None = None) -> None:
    await _manage(interaction, lambda context: show_history(context, posting))


@posting_group.command(name="import", description="Add many postings at once, from a zip archive, JSON Lines or any other file")
@app_commands.describe(file="A zip archive, JSON Lines, or a file of any other kind")
async def _import(interaction: Interaction, file: discord.Attachment) -> None:
    await _manage(interaction, lambda context: import_files(context, partial(fetch_uploads, [file])))


_FORMS = {"JSON Lines": ExportForm.JSON_LINES, "JSON-LD": ExportForm.JSON_LD, "CSV": ExportForm.CSV}


@posting_group.command(name="export", description="Get all postings that you can manage as files")
@app_commands.describe(form="In which form: JSON Lines and JSON-LD can be imported again, CSV is for spreadsheets")
@app_commands.choices(form=_choices(_FORMS))
async def _export(interaction: Interaction, form: str = ExportForm.JSON_LINES.value) -> None:
    await _manage(interaction, lambda context: export(context, ExportForm(form), most_bytes=interaction.filesize_limit))


async def _add_message(interaction: Interaction, message: discord.Message) -> None:
    """Read a message with what it forwards."""
    parts: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    files = [attachment for part in parts for attachment in part.attachments]
    text = "\n\n".join(text for part in parts for text in _texts_of(part))
    fetch = partial(fetch_uploads, files) if files else None
    await _manage(interaction, lambda context: add_message(context, text, source=message.jump_url, fetch=fetch))


def _texts_of(part: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    """Yield what is read in a message and in the embeds that bots write; previews of links are none of it."""
    if part.content:
        yield part.content
    for embed in part.embeds:
        if embed.type == "rich":
            yield from (text for text in (_heading_of(embed), embed.description) if text)
            yield from (f"{field.name}: {field.value}" for field in embed.fields)


def _heading_of(embed: discord.Embed) -> str:
    return f"# [{embed.title}]({embed.url})" if embed.title and embed.url else f"# {embed.title}" if embed.title else ""


# `/board`: boards that are followed.

_BOARD = "The board's number, as the list shows it"

board_group = app_commands.Group(name="board", description="Follow job boards: for a server's admins", **_FOR_ADMINS)


@board_group.command(name="add", description="Follow a job board, a feed or a careers page: look at what it has, then follow it")
@app_commands.describe(
    url="The address of the board, feed or careers page",
    role="Only postings with these words in their title",
    place="Only postings in this place: a city, a country, or remote",
    review="Show each new posting before it is kept, and keep none at once",
)
async def _add_board(
    interaction: Interaction,
    url: Address,
    role: Name | None = None,
    place: Name | None = None,
    review: bool = False,  # noqa: FBT001, FBT002 -- an option
) -> None:
    asked = BoardRequest(url, role or "", place or "", is_shown_first=review)
    await _manage(interaction, lambda context: preview_board(context, asked))


@board_group.command(name="list", description="The boards that are followed, and what the last look at each came to")
async def _list_boards(interaction: Interaction) -> None:
    await _manage(interaction, list_boards)


@board_group.command(name="check", description="Look at a board now")
@app_commands.describe(board=_BOARD)
@app_commands.autocomplete(board=_offering(offer_boards))
async def _check_board(interaction: Interaction, board: Name) -> None:
    await _manage(interaction, lambda context: check_board(context, read_board_number(board)))


@board_group.command(name="pause", description="Pause a board, or go on with one that is paused")
@app_commands.describe(board=_BOARD)
@app_commands.autocomplete(board=_offering(offer_boards))
async def _pause_board(interaction: Interaction, board: Name) -> None:
    await _manage(interaction, lambda context: pause_board(context, read_board_number(board)))


@board_group.command(name="remove", description="Follow a board no more; its postings stay")
@app_commands.describe(board=_BOARD)
@app_commands.autocomplete(board=_offering(offer_boards))
async def _remove_board(interaction: Interaction, board: Name) -> None:
    await _manage(interaction, lambda context: remove_board(context, read_board_number(board)))


# `/settings`, for those who manage a server.


class ChannelOption(app_commands.Transformer):
    """Offers channels of some kinds, and looks at what the bot may do in the chosen one."""

    def __init__(self, *kinds: discord.ChannelType) -> None:
        self._kinds = kinds

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord lets people choose."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The kinds of channels that are offered."""
        return [*self._kinds]

    async def transform(self, interaction: discord.Interaction[Any], value: AppCommandChannel | AppCommandThread, /) -> ChosenChannel:
        """Return the channel, with the rights that the bot lacks there."""
        return ChosenChannel(value.id, await missing_rights_in(interaction, value.id))


Language = Range[str, 1, LONGEST_CHOICE]
_TEXTS = (discord.ChannelType.text, discord.ChannelType.news)
Channel = app_commands.Transform[ChosenChannel, ChannelOption(*_TEXTS)]
Feed = app_commands.Transform[ChosenChannel, ChannelOption(*_TEXTS, discord.ChannelType.forum)]

_ANSWERS = {"shown to all": Visibility.TO_ALL, "shown only to the one who asks": Visibility.TO_ONE}
_RESET = {
    "the admin role": Reset.ADMIN_ROLE,
    "who sees answers": Reset.ANSWERS,
    "the channel for notices": Reset.NOTICES,
    "the feed": Reset.FEED,
    "the language": Reset.LANGUAGE,
    "everything": Reset.EVERYTHING,
}


async def _offer_languages(interaction: Interaction, typed: str) -> list[Choice[str]]:
    return [Choice(name=name, value=value) for name, value in language_choices(typed, locale=interaction.locale.value)]


@app_commands.command(
    name="settings", description="How I behave in this server: who manages postings, who sees answers, where changes are told"
)
@app_commands.allowed_contexts(guilds=True)
@app_commands.allowed_installs(guilds=True)
@app_commands.default_permissions(manage_guild=True)
@app_commands.autocomplete(language=_offer_languages)
@app_commands.choices(answers=_choices(_ANSWERS), reset=_choices(_RESET))
@app_commands.describe(
    admin_role="The role whose members manage postings, beside those with Manage Server",
    answers="Who sees answers to commands",
    notices="The channel that is told what was added, changed and removed",
    feed="The channel or forum where each new posting is posted from now on",
    language="The language in which I answer, and write numbers and countries",
    reset="What to put back to how it was at first",
)
async def settings_command(  # noqa: PLR0913, PLR0917 -- each is an option
    interaction: Interaction,
    admin_role: discord.Role | None = None,
    answers: str | None = None,
    notices: Channel | None = None,
    feed: Feed | None = None,
    language: Language | None = None,
    reset: str | None = None,
) -> None:
    """Show or change what is set; Discord shows the command to those with Manage Server, and the bot looks itself."""
    wanted = SettingsChange(
        admin_role=admin_role.id if admin_role else None,
        answers=Visibility(answers) if answers else None,
        notices=notices,
        feed=feed,
        language=language,
        reset=Reset(reset) if reset else None,
    )
    await reply(interaction, interaction.client.admin.settings(wanted, person_here(interaction)))


@app_commands.command(name="setup", description="Set me up: who manages postings, the language, the channel for notices, the first posting")
@app_commands.allowed_contexts(guilds=True)
@app_commands.allowed_installs(guilds=True)
@app_commands.default_permissions(manage_guild=True)
async def setup_command(interaction: Interaction) -> None:
    """Open the form with what is set."""
    person = person_here(interaction)
    is_here = await find_what_is_there(interaction) if person.may_manage_server else bool
    await show_quickly(interaction, interaction.client.admin.open_setup(person, here=is_here))
