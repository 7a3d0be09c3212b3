"""Forms as Discord shows them, and what comes back; nothing waits for them, so that one that was opened before a restart is taken too."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord

from bot.interfaces.discord_attachments import fetcher_of
from bot.interfaces.managing.form import LONGEST_TITLE, Filled, Form, to_form_components
from bot.interfaces.managing.presses import ManagingPress


class _ShownForm(discord.ui.Modal):
    """A form to be sent and nothing else."""

    def __init__(self, form: Form) -> None:
        super().__init__(title=form.title[:LONGEST_TITLE], custom_id=form.press.id, timeout=None)
        self._fields = to_form_components(form)
        self.stop()

    def to_dict(self) -> dict[str, Any]:
        """Return the form as it is sent."""
        return {"custom_id": self.custom_id, "title": self.title, "components": self._fields}


async def show_form(interaction: discord.Interaction[Any], form: Form) -> None:
    """Open a form; it must be the first answer to its interaction."""
    await interaction.response.send_modal(_ShownForm(form))


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
