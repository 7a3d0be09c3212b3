"""`/posting` with its subcommands, and "Add as posting" in the menu of a message; the bot itself checks who may."""

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import AppCommandChannel, AppCommandThread, Choice, Range

from bot.admin.adding import Asked, Pointed
from bot.admin.finding import Offer, offer_any, offer_current, offer_removed
from bot.admin.importing import Exported
from bot.admin.listing import ListKind
from bot.admin.settings import ChosenChannel, Reset, Shown, Wanted
from bot.discord.forms import manager_of, show_of, show_quickly
from bot.discord.messages import find_missing_rights
from bot.discord.sending import fetcher_of, reply
from bot.intake.exporting import ExportForm
from bot.presentation.card import Card
from bot.presentation.chat_service import LONGEST_CHOICE
from bot.presentation.failures import log_failure
from bot.presentation.languages import language_choices

if TYPE_CHECKING:
    from bot.discord.client import RolecallClient


# The subcommands of `/posting` that keep postings right once they are here; the bot itself checks who may.

InteractionDiscordKeepingCommands: TypeAlias = "discord.Interaction[RolecallClient]"
Callback = Callable[..., Coroutine[Any, Any, None]]

Name = Range[str, 1, 200]

_POSTING = "The posting: its number, or its company, typos and all; a role behind a colon"
_SHOWN = {"postings": ListKind.CURRENT, "removed": ListKind.REMOVED, "asked in vain": ListKind.GAPS}
_FORMS = {"JSON Lines": ExportForm.JSON_LINES, "JSON-LD": ExportForm.JSON_LD, "CSV": ExportForm.CSV}


def keeping_commands() -> tuple[app_commands.Command[Any, ..., None], ...]:
    """Return the subcommands."""
    return (
        _command("edit", "Correct a posting: its title, company and link, and what was read in it", _edit, offer=offer_current),
        _command("remove", "Remove a posting; it asks first, and can be undone", _remove, offer=offer_current),
        _command("restore", "Bring back a removed posting", _restore, offer=offer_removed),
        _command("list", "The postings that you can manage, removed ones, and what was asked in vain", _list),
        _command("history", "Who did what to postings and when, with before and after", _history, offer=offer_any),
        _command("import", "Add many postings at once, from a zip archive, JSON Lines or any other file", _import),
        _command("export", "Get all postings that you can manage as files", _export),
    )


def _command(name: str, description: str, callback: Callback, *, offer: Offer | None = None) -> app_commands.Command[Any, ..., None]:
    command: app_commands.Command[Any, ..., None] = app_commands.Command(name=name, description=description, callback=callback)
    if offer is not None:
        command.autocomplete("posting")(_offering(offer))
    return command


@app_commands.describe(posting=_POSTING)
async def _edit(interaction: InteractionDiscordKeepingCommands, posting: Name) -> None:
    await _reply(interaction, interaction.client.managing.edit(posting, manager_of(interaction)))


@app_commands.describe(posting=_POSTING)
async def _remove(interaction: InteractionDiscordKeepingCommands, posting: Name) -> None:
    await _reply(interaction, interaction.client.managing.ask_to_remove(posting, manager_of(interaction)))


@app_commands.describe(posting=_POSTING)
async def _restore(interaction: InteractionDiscordKeepingCommands, posting: Name) -> None:
    await _reply(interaction, interaction.client.managing.restore(posting, manager_of(interaction)))


@app_commands.describe(show="What to list", company="Only this company's postings")
@app_commands.choices(show=[Choice(name=name, value=kind.value) for name, kind in _SHOWN.items()])
async def _list(interaction: InteractionDiscordKeepingCommands, show: str = ListKind.CURRENT.value, company: Name | None = None) -> None:
    work = interaction.client.managing.list_postings(ListKind(show), manager_of(interaction), company=company)
    await _reply(interaction, work)


@app_commands.describe(posting=_POSTING)
async def _history(interaction: InteractionDiscordKeepingCommands, posting: Name | None = None) -> None:
    await _reply(interaction, interaction.client.managing.history(posting, manager_of(interaction)))


@app_commands.describe(file="A zip archive, JSON Lines, or a file of any other kind")
async def _import(interaction: InteractionDiscordKeepingCommands, file: discord.Attachment) -> None:
    work = interaction.client.managing.import_files(fetcher_of([file]), manager_of(interaction), show=show_of(interaction))
    await _reply(interaction, work)


@app_commands.describe(form="In which form: JSON Lines and JSON-LD can be imported again, CSV is for spreadsheets")
@app_commands.choices(form=[Choice(name=name, value=form.value) for name, form in _FORMS.items()])
async def _export(interaction: InteractionDiscordKeepingCommands, form: str = ExportForm.JSON_LINES.value) -> None:
    wanted = Exported(ExportForm(form), most_bytes=interaction.filesize_limit)
    await _reply(interaction, interaction.client.managing.export(wanted, manager_of(interaction), show=show_of(interaction)))


async def _reply(interaction: InteractionDiscordKeepingCommands, work: Awaitable[Card]) -> None:
    await reply(interaction, work, hidden=True)


def _offering(offer: Offer) -> Callable[[InteractionDiscordKeepingCommands, str], Coroutine[Any, Any, list[Choice[str]]]]:
    """Return what Discord asks while a posting is typed."""

    async def offer_postings(interaction: InteractionDiscordKeepingCommands, typed: str) -> list[Choice[str]]:
        try:
            choices = await interaction.client.managing.offer(offer, typed, manager=manager_of(interaction))
        except Exception as error:  # noqa: BLE001 -- nobody can be told while they type; they are when they send it
            log_failure(error, is_for_operator=True)
            return []
        return [Choice(name=choice.name, value=choice.value) for choice in choices]

    return offer_postings


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


# `/settings`, for those who manage a server.

InteractionDiscordSettings: TypeAlias = "discord.Interaction[RolecallClient]"


class NoticesChannel(app_commands.Transformer):
    """Offers text channels, and looks at what the bot may do in the chosen one."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord lets people choose."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The kinds of channels that are offered."""
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(self, _interaction: discord.Interaction[Any], value: AppCommandChannel | AppCommandThread, /) -> ChosenChannel:
        """Return the channel, with the rights that the bot lacks there."""
        channel = value.resolve()
        missing = find_missing_rights(channel) if isinstance(channel, discord.TextChannel) else ("View Channel",)
        return ChosenChannel(value.id, missing)


Language = Range[str, 1, LONGEST_CHOICE]
Channel = app_commands.Transform[ChosenChannel, NoticesChannel]

_SETTINGS_SHOWN = {"shown to all": Shown.TO_ALL, "shown only to the one who asks": Shown.TO_ONE}
_RESET = {
    "the admin role": Reset.ADMIN_ROLE,
    "who sees answers": Reset.ANSWERS,
    "the channel for notices": Reset.NOTICES,
    "the language": Reset.LANGUAGE,
    "everything": Reset.EVERYTHING,
}


def settings_command() -> app_commands.Command[Any, ..., None]:
    """Return the command; Discord shows it to those with Manage Server, and the bot looks itself."""
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name="settings",
        description="How I behave in this server: who manages postings, who sees answers, where changes are told",
        callback=_settings,
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )
    command.default_permissions = discord.Permissions(manage_guild=True)
    command.autocomplete("language")(_offer_languages)
    return command


@app_commands.describe(
    admin_role="The role whose members manage postings, beside those with Manage Server",
    answers="Who sees answers to commands",
    notices="The channel that is told what was added, changed and removed",
    language="How numbers and countries are written in answers",
    reset="What to put back to how it was at first",
)
@app_commands.choices(
    answers=[Choice(name=name, value=shown.value) for name, shown in _SETTINGS_SHOWN.items()],
    reset=[Choice(name=name, value=reset.value) for name, reset in _RESET.items()],
)
async def _settings(  # noqa: PLR0913, PLR0917 -- each is an option
    interaction: InteractionDiscordSettings,
    admin_role: discord.Role | None = None,
    answers: str | None = None,
    notices: Channel | None = None,
    language: Language | None = None,
    reset: str | None = None,
) -> None:
    wanted = Wanted(
        admin_role=admin_role.id if admin_role else None,
        answers=Shown(answers) if answers else None,
        notices=notices,
        language=language,
        reset=Reset(reset) if reset else None,
    )
    await reply(interaction, interaction.client.managing.settings(wanted, manager_of(interaction)), hidden=True)


async def _offer_languages(_interaction: InteractionDiscordSettings, typed: str) -> list[Choice[str]]:
    return [Choice(name=name, value=value) for name, value in language_choices(typed)]
