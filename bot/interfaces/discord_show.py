"""A card as Discord shows it: an embed, and buttons that work after a restart."""

import re
from typing import Any, Self

import discord

from bot.interfaces.chat.card import Card, Control, Tone
from bot.interfaces.chat.presses import PATTERN

_COLOURS = {Tone.ANSWER: 0x2E8B57, Tone.SILENT: 0x99AAB5, Tone.ASKING: 0xE8A33D}
_MOST_CHARACTERS = 4096


class PressButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=PATTERN):
    """A button whose id says what pressing it means."""

    def __init__(self, button: discord.ui.Button[discord.ui.View]) -> None:
        super().__init__(button)

    @classmethod
    async def from_custom_id(cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], _match: re.Match[str], /) -> Self:
        """Make the button that was pressed, from its message."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 -- the pattern is that of buttons only
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Leave it to the client."""
        await interaction.client.press(interaction, self.custom_id)


def to_embed(card: Card) -> discord.Embed:
    """Return a card's embed."""
    embed = discord.Embed(title=card.title, url=card.link, description=card.body[:_MOST_CHARACTERS], colour=_COLOURS[card.tone])
    return embed.set_footer(text=card.footer) if card.footer else embed


def to_view(card: Card) -> discord.ui.View | None:
    """Return a card's buttons; None where it has none."""
    if not card.rows:
        return None
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(card.rows):
        for control in row:
            view.add_item(_to_button(control, number))
    return view


def _to_button(control: Control, row: int) -> discord.ui.Item[Any]:
    if control.press is None:
        return discord.ui.Button(label=control.label, url=control.link, row=row)
    button: discord.ui.Button[discord.ui.View] = discord.ui.Button(
        label=control.label, custom_id=control.press.id, disabled=control.is_current, row=row
    )
    return PressButton(button)
