"""The bot on a simulated Discord: a server with a channel and two members, and postings that it answers from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord
from builders_answering import open_assistant, read_bundled
from builders_clock import Clock
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage

from bot.answering.assistant import Assistant
from bot.answering.conversations import ConversationCache
from bot.discord.client import RolecallClient, build_client
from bot.presentation.members import Memberships
from bot.presentation.opening import Opened
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
        await self.env.restart_bot(build_client(self.opened, self.settings, memberships=Memberships(self.clock)))

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
    async with open_assistant(folder, read_bundled() if texts is None else texts) as opened:
        clock = Clock()
        parts = Opened(opened[0], Assistant(opened[0], ConversationCache(clock)))
        client = build_client(parts, settings, memberships=Memberships(clock))
        async with simcord.run(client, shard_count=1, check_errors=check_errors, settle_timeout=_LONGEST_WORK) as env:
            guild = env.create_guild("Job seekers")
            channel = guild.create_text_channel("jobs")
            mia, ada = (guild.add_member(env.create_user(name)) for name in ("mia", "ada"))
            yield Stage(env, parts, guild, channel, mia, ada, clock, settings)


def shown(answer: InteractionResult) -> ResponseMessage:
    """The message that an interaction was answered with."""
    assert answer.response is not None
    return answer.response


def embed_of(message: Any) -> discord.Embed:
    """The one embed of a message or of an interaction's answer."""
    message = getattr(message, "response", message)
    assert message is not None
    assert len(message.embeds) == 1
    embed = message.embeds[0]
    assert isinstance(embed, discord.Embed)
    return embed


def text_of(message: Any) -> str:
    """Everything that is read in a message's embed."""
    embed = embed_of(message)
    return "\n".join(filter(None, (embed.title, embed.description, embed.footer.text)))


def buttons_of(message: Any) -> dict[str, dict[str, Any]]:
    """The buttons below a message, by their labels."""
    message = getattr(message, "response", message)
    rows = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    return {button["label"]: button for row in rows for button in row["components"]}
