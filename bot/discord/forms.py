"""Forms as Discord shows them, and what comes back; nothing waits for them, so that one that was opened before a restart is taken too."""

import re
from collections.abc import Awaitable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import discord

from bot.admin.buttons import ADMIN_PATTERN, OPENS_FORM, ManagingPress, read_managing_press
from bot.admin.context import Manager, Show
from bot.admin.forms import LONGEST_FORM_TITLE, Filled, Form, to_form_components
from bot.discord.members import visitor_here
from bot.discord.persisting import UNREACHED
from bot.discord.sending import (
    answer_in_time,
    do_others_read,
    fetcher_of,
    is_answered,
    reply,
    respond,
    respond_otherwise,
    show_meanwhile,
    tell_failure,
)
from bot.presentation.card import Card, clip
from bot.presentation.notices import NO_FORM, OLD_BUTTON

if TYPE_CHECKING:
    from bot.discord.client import RolecallClient


class _ShownForm(discord.ui.Modal):
    """A form to be sent and nothing else."""

    def __init__(self, form: Form) -> None:
        super().__init__(title=clip(form.title, LONGEST_FORM_TITLE), custom_id=form.press.id, timeout=None)
        self._fields = to_form_components(form)
        self.stop()

    def to_dict(self) -> dict[str, Any]:
        """Return the form as it is sent."""
        return {"custom_id": self.custom_id, "title": self.title, "components": self._fields}


async def show_form(interaction: discord.Interaction[Any], form: Form) -> None:
    """Open a form, which must be the first answer to its interaction; where Discord does not take it in time, that is told."""
    try:
        await answer_in_time(interaction, lambda: interaction.response.send_modal(_ShownForm(form)))
    except (discord.HTTPException, *UNREACHED) as error:
        if not is_answered(error):
            await respond_otherwise(interaction, NO_FORM, error, hidden=True)


def read_filled(interaction: discord.Interaction[Any], press: ManagingPress) -> Filled:
    """Return what was sent with a form, which its press says the meaning of; its files are yet to be fetched."""
    data: Mapping[str, Any] = interaction.data or {}
    fields = list(_fields_of(data))
    texts = {str(one["custom_id"]): str(one["value"]) for one in fields if isinstance(one.get("value"), str)}
    wanted = {str(number) for one in fields for number in one.get("values", ())}
    attached = data.get("resolved", {}).get("attachments", {})
    state = interaction._state  # noqa: SLF001 -- what discord.py itself makes attachments with
    attachments = [discord.Attachment(data=payload, state=state) for number, payload in attached.items() if number in wanted]
    return Filled(press, texts, fetcher_of(attachments))


def _fields_of(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the fields of a sent form, which stand in labels (or, in older forms, in rows)."""
    for outer in data.get("components", ()):
        yield from (inner for inner in (outer.get("component"), *outer.get("components", ())) if inner)


# The thin edge of managing postings: who acts, what they pressed or sent, and the card or form that comes of it.

Interaction: TypeAlias = discord.Interaction["RolecallClient"]


class ManagingButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=ADMIN_PATTERN):
    """A managing button that was pressed; its id says what that means."""

    @classmethod
    async def from_custom_id(cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], _match: re.Match[str], /) -> Self:
        """Make the button that was pressed, from its message."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 -- the pattern is that of buttons only
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it stands for; whatever goes wrong is told and logged."""
        await _safely(interaction, _press)


async def submit_form(interaction: Interaction) -> None:
    """Take in a form that was sent; whatever goes wrong is told and logged."""
    await _safely(interaction, _submit)


def manager_of(interaction: Interaction) -> Manager:
    """Return who acts, with what Discord says of them in this very interaction."""
    member = interaction.user
    permissions = interaction.permissions
    return Manager(
        visitor=visitor_here(interaction),
        name=member.display_name,
        may_manage_server=interaction.guild_id is not None and (permissions.manage_guild or permissions.administrator),
        roles=frozenset(role.id for role in member.roles) if isinstance(member, discord.Member) else frozenset(),
        is_owner=member.id in interaction.client.owners,
        is_direct=interaction.guild_id is None and interaction.context.dm_channel,
    )


def show_of(interaction: Interaction, *, in_place: bool = False) -> Show:
    """Return what shows how far long work is, where its card will stand."""

    async def show(card: Card) -> None:
        await show_meanwhile(interaction, card, in_place=in_place, hidden=do_others_read(interaction))

    return show


async def show_quickly(interaction: Interaction, work: Awaitable[Card | Form], *, in_place: bool = False) -> None:
    """Show the card or form that comes of quick work, to the one who acts only; a form cannot be deferred."""
    shown = await work
    if isinstance(shown, Form):
        await show_form(interaction, shown)
    else:
        await respond(interaction, shown, in_place=in_place and not shown.is_aside, hidden=do_others_read(interaction))


async def _press(interaction: Interaction, press: ManagingPress) -> None:
    work = interaction.client.managing.press(press, manager_of(interaction), show=show_of(interaction, in_place=True))
    if press.verb in OPENS_FORM:
        await show_quickly(interaction, work, in_place=True)
    else:
        await reply(interaction, _cards_only(work), in_place=True, hidden=True)


async def _submit(interaction: Interaction, press: ManagingPress) -> None:
    in_place = interaction.message is not None
    show = show_of(interaction, in_place=in_place)
    work = interaction.client.managing.submit(read_filled(interaction, press), manager_of(interaction), show=show)
    await reply(interaction, work, in_place=in_place, hidden=True)


async def _cards_only(work: Awaitable[Card | Form]) -> Card:
    shown = await work
    assert isinstance(shown, Card)  # noqa: S101 -- only what OPENS_FORM gives forms
    return shown


async def _safely(interaction: Interaction, do: Any) -> None:
    interaction.client.note_work()
    try:
        data: Mapping[str, Any] = interaction.data or {}
        press = read_managing_press(str(data.get("custom_id", "")))
        if press is None:
            await respond(interaction, OLD_BUTTON, in_place=False, hidden=do_others_read(interaction))
        else:
            await do(interaction, press)
    except Exception as error:  # noqa: BLE001 -- the outermost handler of a button or form
        await tell_failure(interaction, error)
