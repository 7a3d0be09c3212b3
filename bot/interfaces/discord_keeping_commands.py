"""The subcommands of `/posting` that keep postings right once they are here; the bot itself checks who may."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.intake.exporting import ExportForm
from bot.interfaces.chat.card import Card
from bot.interfaces.discord_attachments import fetcher_of
from bot.interfaces.discord_managing import manager_of, show_of
from bot.interfaces.discord_replying import reply
from bot.interfaces.failures import log_failure
from bot.interfaces.managing.exporting import Exported
from bot.interfaces.managing.finding import Offer, offer_any, offer_current, offer_removed
from bot.interfaces.managing.list_cards import ListKind

if TYPE_CHECKING:
    from bot.interfaces.discord_client import RolecallClient

Interaction: TypeAlias = "discord.Interaction[RolecallClient]"
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
async def _edit(interaction: Interaction, posting: Name) -> None:
    await _reply(interaction, interaction.client.managing.edit(posting, manager_of(interaction)))


@app_commands.describe(posting=_POSTING)
async def _remove(interaction: Interaction, posting: Name) -> None:
    await _reply(interaction, interaction.client.managing.ask_to_remove(posting, manager_of(interaction)))


@app_commands.describe(posting=_POSTING)
async def _restore(interaction: Interaction, posting: Name) -> None:
    await _reply(interaction, interaction.client.managing.restore(posting, manager_of(interaction)))


@app_commands.describe(show="What to list", company="Only this company's postings")
@app_commands.choices(show=[Choice(name=name, value=kind.value) for name, kind in _SHOWN.items()])
async def _list(interaction: Interaction, show: str = ListKind.CURRENT.value, company: Name | None = None) -> None:
    work = interaction.client.managing.list_postings(ListKind(show), manager_of(interaction), company=company)
    await _reply(interaction, work)


@app_commands.describe(posting=_POSTING)
async def _history(interaction: Interaction, posting: Name | None = None) -> None:
    await _reply(interaction, interaction.client.managing.history(posting, manager_of(interaction)))


@app_commands.describe(file="A zip archive, JSON Lines, or a file of any other kind")
async def _import(interaction: Interaction, file: discord.Attachment) -> None:
    work = interaction.client.managing.import_files(fetcher_of([file]), manager_of(interaction), show=show_of(interaction))
    await _reply(interaction, work)


@app_commands.describe(form="In which form: JSON Lines and JSON-LD can be imported again, CSV is for spreadsheets")
@app_commands.choices(form=[Choice(name=name, value=form.value) for name, form in _FORMS.items()])
async def _export(interaction: Interaction, form: str = ExportForm.JSON_LINES.value) -> None:
    wanted = Exported(ExportForm(form), most_bytes=interaction.filesize_limit)
    await _reply(interaction, interaction.client.managing.export(wanted, manager_of(interaction), show=show_of(interaction)))


async def _reply(interaction: Interaction, work: Awaitable[Card]) -> None:
    await reply(interaction, work, hidden=True)


def _offering(offer: Offer) -> Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]:
    """Return what Discord asks while a posting is typed."""

    async def offer_postings(interaction: Interaction, typed: str) -> list[Choice[str]]:
        try:
            choices = await interaction.client.managing.offer(offer, typed, manager=manager_of(interaction))
        except Exception as error:  # noqa: BLE001 -- nobody can be told while they type; they are when they send it
            log_failure(error, is_for_operator=True)
            return []
        return [Choice(name=choice.name, value=choice.value) for choice in choices]

    return offer_postings
