"""Buttons that were pressed and forms, which nothing waits for: what was shown before a restart is understood too."""

import re
from collections.abc import Awaitable, Iterator, Mapping
from functools import partial
from typing import Any, Self

import discord

from bot.admin.context import Show
from bot.admin.listing import report_form
from bot.admin.proposals import SubmittedForm
from bot.admin.service import ChosenChannel
from bot.discord.gateway import UNREACHED, Interaction, attachments_of
from bot.discord.members import person_here
from bot.discord.messages import missing_rights_in
from bot.discord.sending import (
    answer,
    answer_in_time,
    do_others_read,
    fetch_uploads,
    is_answered,
    render_failure,
    reply,
    respond,
    respond_otherwise,
    show_meanwhile,
    shown_text,
)
from bot.presentation.answer_card import question_in
from bot.presentation.buttons import BESIDE, FOR_ANYBODY, OF_WATCHES, PATTERN, ButtonAction, ButtonId, read_button_id
from bot.presentation.card import (
    LONGEST_FORM_LABEL,
    LONGEST_FORM_TITLE,
    LONGEST_HINT,
    LONGEST_TEXT,
    Card,
    CheckField,
    ChoiceField,
    ChoiceKind,
    Field,
    FileField,
    Form,
    clip,
)
from bot.presentation.notices import no_form_card, old_button_card


class PressedButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.LayoutView]], template=PATTERN):
    """A button that was pressed; its id says what that means."""

    @classmethod
    async def from_custom_id(cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], _match: re.Match[str], /) -> Self:
        """Make the button that was pressed, from its message."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 -- the pattern is that of buttons only
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it stands for."""
        await handle_component(interaction)


async def handle_interaction(interaction: Interaction) -> None:
    """Take in a form, and refuse unknown buttons and menus; known buttons and commands have their own ways."""
    data: dict[str, Any] = dict(interaction.data or {})
    is_button = data.get("component_type") == discord.ComponentType.button.value
    is_known = is_button and re.fullmatch(PATTERN, str(data.get("custom_id", "")))
    is_form = interaction.type is discord.InteractionType.modal_submit
    if is_form or (interaction.type is discord.InteractionType.component and not is_known):
        await handle_component(interaction)


async def handle_component(interaction: Interaction) -> None:
    """Do what a button or a form stands for; whatever goes wrong is told and logged."""
    interaction.client.note_work()
    try:
        data: Mapping[str, Any] = interaction.data or {}
        button = read_button_id(str(data.get("custom_id", "")))
        if button is None:
            await respond(interaction, old_button_card(interaction.locale.value), in_place=False, hidden=do_others_read(interaction))
        elif interaction.type is discord.InteractionType.modal_submit:
            await _submit(interaction, button)
        elif button.action in FOR_ANYBODY:
            await _press(interaction, button)
        else:
            await _manage(interaction, button)
    except Exception as error:  # noqa: BLE001 -- the outermost handler of a button or form
        await render_failure(interaction, error)


async def _press(interaction: Interaction, button: ButtonId) -> None:
    """Answer in place what the owner turns or picks; what others press is answered to them alone."""
    if button.action is ButtonAction.REPORT:
        await show_quickly(interaction, report_form(button, person_here(interaction)))
        return
    echo = question_in(shown_text(interaction.message)[1])
    is_alone = interaction.guild_id is None and interaction.context.dm_channel
    in_place = button.action not in BESIDE and (is_alone or button.owner == interaction.user.id)
    chat, watching = interaction.client.chat, interaction.client.watching
    if button.action in OF_WATCHES:
        await answer(interaction, lambda person: watching.press(button, person, echo=echo), in_place=in_place, hidden=True)
        return
    if button.action is ButtonAction.TELL:
        await show_quickly(interaction, chat.profile_form(person_here(interaction), echo=echo))
        return
    await answer(interaction, lambda person: chat.press(button, person, echo=echo), in_place=in_place, hidden=not in_place)


async def _manage(interaction: Interaction, button: ButtonId) -> None:
    work = interaction.client.admin.press(button, person_here(interaction), show=show_of(interaction, in_place=True))
    if button.action in (ButtonAction.OPEN_FORM, ButtonAction.ADD):
        await show_quickly(interaction, work, in_place=True)
    else:
        await reply(interaction, _cards_only(work), in_place=True)


async def _submit(interaction: Interaction, button: ButtonId) -> None:
    client, filled, in_place = interaction.client, read_submitted(interaction, button), interaction.message is not None
    match button.action:
        case ButtonAction.REPORTED:  # which tells those who manage the postings what the message shows
            said, footer = shown_text(interaction.message)
            asked = question_in(footer)
            await answer(interaction, lambda person: client.admin.report(filled, person, question=asked, said=said), hidden=True)
        case ButtonAction.TOLD:
            texts = {**filled.texts, **filled.chosen}
            await answer(interaction, lambda person: client.chat.submit(texts, person), in_place=in_place, hidden=True)
        case ButtonAction.SET_UP:
            await reply(interaction, _set_up(interaction, filled))
        case _:
            work = client.admin.submit(filled, person_here(interaction), show=show_of(interaction, in_place=in_place))
            await reply(interaction, work, in_place=in_place)


async def _set_up(interaction: Interaction, filled: SubmittedForm) -> Card:
    number = filled.chosen.get("channel", "")
    chosen = ChosenChannel(int(number), await missing_rights_in(interaction, int(number))) if number.isdecimal() else None
    return await interaction.client.admin.set_up(filled, person_here(interaction), channel=chosen)


async def _cards_only(work: Awaitable[Card | Form]) -> Card:
    shown = await work
    assert isinstance(shown, Card)  # noqa: S101 -- only what opens a form gives one
    return shown


def show_of(interaction: Interaction, *, in_place: bool = False) -> Show:
    """Return what shows how far long work is, where its card will stand."""

    async def show(card: Card) -> None:
        await show_meanwhile(interaction, card, in_place=in_place, hidden=do_others_read(interaction))

    return show


async def show_quickly(interaction: Interaction, work: Awaitable[Card | Form], *, in_place: bool = False) -> None:
    """Show the card or form that comes of quick work, to the one who acts only; a form cannot be deferred."""
    shown = await work
    if isinstance(shown, Card):
        await respond(interaction, shown, in_place=in_place and not shown.is_aside, hidden=do_others_read(interaction))
        return
    try:
        await answer_in_time(interaction, lambda: interaction.response.send_modal(to_modal(shown)))
    except (discord.HTTPException, *UNREACHED) as error:
        if not is_answered(error):
            await respond_otherwise(interaction, no_form_card(interaction.locale.value), error, hidden=True)


def to_modal(form: Form) -> discord.ui.Modal:
    """Return a form to be sent and nothing else."""
    modal = discord.ui.Modal(title=clip(form.title, LONGEST_FORM_TITLE), custom_id=form.button.id, timeout=None)
    for one in form.fields:
        label = clip(one.label, LONGEST_FORM_LABEL)
        modal.add_item(discord.ui.Label(text=label, description=clip(one.hint, LONGEST_HINT) or None, component=_to_component(one)))
    modal.stop()
    return modal


def _to_component(one: Field) -> discord.ui.Item[Any]:
    match one:
        case FileField():
            return discord.ui.FileUpload(custom_id=one.id, required=False, min_values=0, max_values=one.most)
        case CheckField():
            return discord.ui.Checkbox(custom_id=one.id)
        case ChoiceField():
            return _to_select(one)
    style = discord.TextStyle.long if one.is_long else discord.TextStyle.short
    text = clip(one.text, LONGEST_TEXT) or None
    return discord.ui.TextInput(custom_id=one.id, style=style, default=text, required=False, max_length=LONGEST_TEXT)


def _to_select(one: ChoiceField) -> discord.ui.Item[Any]:
    """Return a menu of words, roles or channels, of which none need be chosen."""
    bounds: dict[str, Any] = {"custom_id": one.id, "required": False, "min_values": 0, "max_values": 1}
    if one.kind is ChoiceKind.WORD:
        options = [discord.SelectOption(label=label, value=value, default=value == one.chosen) for label, value in one.choices]
        return discord.ui.Select(options=options, **bounds)
    now = [discord.Object(int(one.chosen))] if one.chosen else []
    if one.kind is ChoiceKind.ROLE:
        return discord.ui.RoleSelect(default_values=[discord.SelectDefaultValue.from_role(each) for each in now], **bounds)
    there = [discord.SelectDefaultValue.from_channel(each) for each in now]
    return discord.ui.ChannelSelect(channel_types=[discord.ChannelType.text, discord.ChannelType.news], default_values=there, **bounds)


def read_submitted(interaction: Interaction, button: ButtonId) -> SubmittedForm:
    """Return what was sent with a form; its files are yet to be fetched."""
    fields = list(_fields_of(interaction.data or {}))
    texts = {str(one["custom_id"]): str(one["value"]) for one in fields if isinstance(one.get("value"), str)}
    values = {str(one["custom_id"]): [str(value) for value in one.get("values") or ()] for one in fields if "custom_id" in one}
    chosen = {name: several[0] for name, several in values.items() if several}
    ticked = {str(one["custom_id"]): "true" for one in fields if one.get("value") is True}
    numbers = {number for several in values.values() for number in several}
    return SubmittedForm(button, texts, chosen | ticked, partial(fetch_uploads, attachments_of(interaction, numbers)))


def _fields_of(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the fields of a sent form, which stand in labels (or, in older forms, in rows)."""
    for outer in data.get("components", ()):
        yield from (inner for inner in (outer.get("component"), *outer.get("components", ())) if inner)
