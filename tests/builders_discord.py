"""The bot on a simulated Discord: a server with a channel and two members, and postings that it answers from."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from builders_answering import open_assistant, read_bundled
from builders_clock import Clock
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage

from bot.answering.assistant import Assistant
from bot.answering.conversations import ConversationCache
from bot.discord.client import RolecallClient
from bot.domain.posting import ServerSettings
from bot.presentation.card import unescaped
from bot.presentation.chat_service import Opened
from bot.presentation.people import Memberships
from bot.settings import Settings

SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]
_LONGEST_WORK = 60.0
"""Seconds that something may take on a machine that has much else to do; an upload is read in a process of its own."""


@dataclass
class Stage:
    """What a test acts with."""

    env: Env
    opened: Opened
    guild: GuildHandle
    channel: ChannelHandle
    mia: MemberActor
    ada: MemberActor
    clock: Clock
    """What the bot's memory goes by."""

    settings: Settings = SETTINGS

    @property
    def client(self) -> RolecallClient:
        """The bot as it runs now."""
        assert isinstance(self.env.bot, RolecallClient)
        return self.env.bot

    async def restart(self) -> None:
        """End the bot and start a new one on the same Discord."""
        await self.env.restart_bot(RolecallClient(self.opened, self.settings, memberships=Memberships(self.clock)))

    def said_last(self, channel: ChannelHandle | None = None) -> discord.Message:
        """The last message in a channel, the server's by default."""
        last = (channel or self.channel).last_message
        assert last is not None
        return last

    async def direct(self, text: str, **more: Any) -> discord.Message:
        """Write the bot a direct message as Mia, and return its reply."""
        await self.mia.send_dm(text, **more)
        return self.said_last(self.mia.user.dm_channel)


@asynccontextmanager
async def on_stage(
    folder: Path, texts: dict[str, str] | None = None, *, settings: Settings = SETTINGS, check_errors: bool = True
) -> AsyncIterator[Stage]:
    """Start the bot; without texts it has the bundled postings."""
    async with started_stage(folder, texts, settings=settings, check_errors=check_errors) as stage:
        with stage.env.time_context():
            yield stage


@asynccontextmanager
async def started_stage(
    folder: Path, texts: dict[str, str] | None = None, *, settings: Settings = SETTINGS, check_errors: bool = True
) -> AsyncIterator[Stage]:
    """Start the bot for a fixture: the clock of the simulation counts while the test runs, see `conftest.py`."""
    async with open_assistant(folder, read_bundled() if texts is None else texts) as opened:
        clock = Clock()
        parts = Opened(opened[0], Assistant(opened[0], ConversationCache(clock)))
        client = RolecallClient(parts, settings, memberships=Memberships(clock))
        env = Env(client, shard_count=1, check_errors=check_errors, settle_timeout=_LONGEST_WORK)
        await env.start()
        try:
            with env.time_context():
                guild = env.create_guild("Job seekers")
                await env.settle()  # it has no channel yet in which the bot could introduce itself
                await client.servers.put(guild.id, ServerSettings(is_welcomed=True))
                channel = guild.create_text_channel("jobs")
                mia, ada = (guild.add_member(env.create_user(name)) for name in ("mia", "ada"))
            yield Stage(env, parts, guild, channel, mia, ada, clock, settings)
        finally:
            await env.shutdown()
        if check_errors:
            env._raise_errors_since(env._errors_acknowledged)  # noqa: SLF001 -- as `simcord.run` does


def shown(answer: InteractionResult) -> ResponseMessage:
    """The message that an interaction was answered with."""
    assert answer.response is not None
    return answer.response


def embed_of(message: Any) -> discord.Embed:
    """What is read in a message or in an interaction's answer: its title with its link, its text, its footer and its colour."""
    (box,) = (part for part in _parts_of(message) if part["type"] == discord.ComponentType.container.value)
    shown = [part for part in box["components"] if part["type"] == discord.ComponentType.text_display.value]
    title, body, footer, note = ({part["id"]: part["content"] for part in shown}.get(number, "") for number in (101, 102, 103, 104))
    linked = re.fullmatch(r"### \[(.*)\]\((.*)\)", title)
    read = discord.Embed(
        title=(linked[1] if linked else title.removeprefix("### ")) or None,
        url=linked[2] if linked else None,
        description="\n".join(filter(None, (body, *_entries_of(box), note))) or None,
        colour=box.get("accent_color"),
    )
    return read.set_footer(text=unescaped(footer.removeprefix("-# "))) if footer else read


def _entries_of(box: dict[str, Any]) -> list[str]:
    """What is read of each entry of a list."""
    sections = [part for part in box["components"] if part["type"] == discord.ComponentType.section.value]
    return [text["content"] for section in sections for text in section["components"]]


def text_of(message: Any) -> str:
    """Everything that is read in a message."""
    embed = embed_of(message)
    return "\n".join(filter(None, (embed.title, embed.description, embed.footer.text)))


def buttons_of(message: Any) -> dict[str, dict[str, Any]]:
    """The buttons below a message, by their labels."""
    return {button["label"]: button for row in rows_of(message) for button in row["components"]}


def rows_of(message: Any) -> list[dict[str, Any]]:
    """The rows of buttons below a message, as they are stored."""
    boxes = [part for part in _parts_of(message) if part["type"] == discord.ComponentType.container.value]
    return [row for box in boxes for row in box["components"] if row["type"] == discord.ComponentType.action_row.value]


def _parts_of(message: Any) -> list[dict[str, Any]]:
    message = getattr(message, "response", message)
    assert message is not None
    return [part if isinstance(part, dict) else part.to_dict() for part in message.components]
