"""A card as Discord shows it: an embed, and buttons that work after a restart."""

import re
from collections.abc import Sequence
from typing import Any, Self

import discord

from bot.presentation.buttons import PATTERN
from bot.presentation.card import LONGEST_BODY, LONGEST_FOOTER, LONGEST_LABEL, LONGEST_TITLE, Card, Control, Look, Row, Tone, clip

# Controls in the form that Discord's API takes them in.

_ROW, _BUTTON = 1, 2
_STYLES = {Look.PLAIN: 2, Look.GOOD: 3, Look.DANGER: 4}
_LINK = 5


def to_components(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """
    Return rows of buttons as message components.

    >>> to_components([(Control("Apply", link="https://jobs.example"),)])
    [{'type': 1, 'components': [{'type': 2, 'label': 'Apply', 'style': 5, 'url': 'https://jobs.example'}]}]
    """
    return [{"type": _ROW, "components": [_to_button(control) for control in row]} for row in rows]


def _to_button(control: Control) -> dict[str, Any]:
    button: dict[str, Any] = {"type": _BUTTON, "label": clip(control.label, LONGEST_LABEL)}
    if control.press is None:
        return button | {"style": _LINK, "url": control.link}
    return button | {"style": _STYLES[control.look], "custom_id": control.press.id, "disabled": control.is_current}


_COLOURS = {Tone.ANSWER: 0x2E8B57, Tone.SILENT: 0x99AAB5, Tone.ASKING: 0xE8A33D}


class PressButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=PATTERN):
    """A button that was pressed; its id says what that means."""

    @classmethod
    async def from_custom_id(cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], _match: re.Match[str], /) -> Self:
        """Make the button that was pressed, from its message."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 -- the pattern is that of buttons only
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Leave it to the client."""
        await interaction.client.press(interaction, self.custom_id)


class ShownButtons(discord.ui.View):
    """Buttons to be sent and nothing else: what is pressed is a PressButton, so that nothing has to wait here for it."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__(timeout=None)
        self._rows = to_components(rows)
        self.stop()

    def to_components(self) -> list[dict[str, Any]]:
        """Return the buttons as they are sent."""
        return self._rows


def to_embed(card: Card) -> discord.Embed:
    """Return a card's embed."""
    title = clip(card.title, LONGEST_TITLE) if card.title else None
    embed = discord.Embed(title=title, url=card.link, description=clip(card.body, LONGEST_BODY), colour=_COLOURS[card.tone])
    return embed.set_footer(text=clip(card.footer, LONGEST_FOOTER)) if card.footer else embed


def to_view(card: Card) -> ShownButtons | None:
    """Return a card's buttons; None where it has none."""
    return ShownButtons(card.rows) if card.rows else None
