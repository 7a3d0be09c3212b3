"""The thin edge of managing postings: who acts, what they pressed or sent, and the card or form that comes of it."""

import re
from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import discord

from bot.interfaces.chat.card import Card
from bot.interfaces.chat.notices import OLD_BUTTON
from bot.interfaces.discord_forms import read_filled, show_form
from bot.interfaces.discord_members import visitor_here
from bot.interfaces.discord_replying import do_others_read, reply, tell_failure
from bot.interfaces.discord_sending import respond, show_meanwhile
from bot.interfaces.managing.errand import Show
from bot.interfaces.managing.form import Form
from bot.interfaces.managing.presses import OPENS_FORM, PATTERN, ManagingPress, read_managing_press
from bot.interfaces.managing.rights import Manager

if TYPE_CHECKING:
    from bot.interfaces.discord_client import RolecallClient

Interaction: TypeAlias = discord.Interaction["RolecallClient"]


class ManagingButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=PATTERN):
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
