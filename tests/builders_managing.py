"""A server whose admins manage postings on a simulated Discord: who may, what they give, what they see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from builders_discord import SETTINGS, Stage, buttons_of, on_stage, rows_of, shown
from simcord import ChannelHandle, GuildHandle, InteractionResult, MemberActor, RoleHandle

from bot.domain.posting import KeptPosting
from bot.settings import Settings

BAKER = """\
# Night Baker
Company: Acme Bread
Location: Lisbon

Acme Bread is looking for a night baker who loves bread.

## What you'll do
- Bake 400 loaves each night
- Keep the sourdough alive

## What you need
- Two years of experience as a baker
- You can lift 25 kg

## What we pay
We pay $40,000 to $50,000 a year.
"""
BAKER_PAID_MORE = BAKER.replace("$40,000 to $50,000", "$45,000 to $55,000")


@dataclass
class Managed:
    """A stage with people who may manage its server: rita and omar by their role, mia not."""

    stage: Stage
    role: RoleHandle
    rita: MemberActor
    omar: MemberActor

    @property
    def mia(self) -> MemberActor:
        return self.stage.mia

    @property
    def channel(self) -> ChannelHandle:
        return self.stage.channel

    @property
    def scope(self) -> str:
        return str(self.stage.guild.id)

    async def add_and_keep(self, text: str = BAKER, *, by: MemberActor | None = None) -> InteractionResult:
        """Paste a posting and keep it."""
        return await self.press(await self.paste(text, by=by), "Keep", by=by)

    async def paste(self, text: str = BAKER, *, by: MemberActor | None = None, **more: Any) -> InteractionResult:
        """Send the form with a posting's text, and return what comes of it."""
        form = await (by or self.rita).slash(self.channel, "posting add")
        return await (by or self.rita).submit_modal(form, {"text": text, **more})

    async def press(self, answer: Any, label: str, *, by: MemberActor | None = None) -> InteractionResult:
        """Press a button below an answer."""
        return await (by or self.rita).click(shown(answer), label=label)

    async def kept(self, scope: str | None = None) -> list[KeptPosting]:
        """All postings that are kept in the server."""
        return [kept async for kept in self.stage.opened.store.every(scopes={scope or self.scope})]

    def put_button(self, answer: Any, custom_id: str) -> None:
        """Make the first button of a message one with that id, as if it had stayed there, or somebody had made it up."""
        stored = self.stage.env.backend.get_message(shown(answer).channel_id, shown(answer).id)
        rows_of(stored)[0]["components"][0]["custom_id"] = custom_id

    def show_commands_to(self, whom: MemberActor | RoleHandle) -> None:
        """Let somebody see the managers' commands, as a server's owner can."""
        for (name, _), command in self.stage.env.backend.commands[None].items():
            if name in ("posting", "Add as posting"):
                self.stage.guild.set_command_permissions(int(command["id"]), {whom: True})

    def take_right(self, who: MemberActor) -> None:
        """Take a manager's role away."""
        self.stage.env.backend.get_guild(self.stage.guild.id).members[who.id].role_ids.remove(self.role.id)

    def open_server(self) -> tuple[GuildHandle, ChannelHandle, MemberActor]:
        """Another server, in which rita manages too."""
        guild = self.stage.env.create_guild("Elsewhere")
        role = guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
        return guild, guild.create_text_channel("jobs"), guild.add_member(self.rita.user, roles=[role])


@asynccontextmanager
async def on_managed_stage(
    folder: Path, texts: dict[str, str] | None = None, *, settings: Settings = SETTINGS, check_errors: bool = True
) -> AsyncIterator[Managed]:
    """Start the bot for a server with managers; without texts nothing is kept for everyone."""
    async with on_stage(folder, texts or {}, settings=settings, check_errors=check_errors) as stage:
        yield manage(stage)


def manage(stage: Stage) -> Managed:
    """Give the server its managers."""
    role = stage.guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    rita, omar = (stage.guild.add_member(stage.env.create_user(name), roles=[role]) for name in ("rita", "omar"))
    managed = Managed(stage, role, rita, omar)
    managed.show_commands_to(stage.mia)  # so that it is the bot that keeps her from using them
    return managed


def labels_of(answer: Any) -> list[str]:
    """The labels of the buttons below an answer."""
    return [*buttons_of(answer)]


def press_of(answer: Any, label: str) -> str:
    """The id of a button below an answer."""
    return str(buttons_of(answer)[label]["custom_id"])


def form_of(answer: InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of the form that an interaction was answered with, by their labels."""
    assert answer.modal is not None
    return {label["label"]: label["component"] for label in answer.modal["components"]}
