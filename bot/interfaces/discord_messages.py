"""Plain words: direct messages, and messages in a server that mention the bot."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.interfaces.chat.card import Card
from bot.interfaces.chat.notices import NO_ATTACHMENTS, ONLY_ATTACHMENT, failure_card
from bot.interfaces.chat.small_talk import without_mentions
from bot.interfaces.discord_sending import UNREACHED, message_parts, persist
from bot.interfaces.failures import log_failure

if TYPE_CHECKING:
    from bot.interfaces.discord_client import RolecallClient

_LOG = logging.getLogger(__name__)
_SLOW = 1.0
"""Seconds after which the bot is shown to be typing."""

_SPOKEN = (discord.MessageType.default, discord.MessageType.reply)


class _Reference(discord.MessageReference):
    """Names the message that is replied to by texts, as Discord's document has ids; discord.py would send numbers."""

    @classmethod
    def to(cls, message: discord.Message) -> Self:
        """Refer to a message, and send the reply without it should it be gone."""
        guild = message.guild.id if message.guild else None
        return cls(message_id=message.id, channel_id=message.channel.id, guild_id=guild, fail_if_not_exists=False)

    def to_message_reference_dict(self) -> Any:
        """Return what is sent."""
        return {name: str(value) if name.endswith("_id") else value for name, value in super().to_message_reference_dict().items()}


def is_for_bot(message: discord.Message, client: "RolecallClient") -> bool:
    """Tell whether a person speaks to the bot: in a direct message, or with a mention of it by name."""
    if message.author.bot or message.webhook_id is not None or message.type not in _SPOKEN:
        return False
    return message.guild is None or (client.user is not None and any(user.id == client.user.id for user in message.mentions))


async def answer_message(message: discord.Message, client: "RolecallClient") -> None:
    """Answer a message; whatever goes wrong is told and logged."""
    typing = asyncio.get_running_loop().call_later(_SLOW, _show_typing, message.channel)
    try:
        card = await _card_for(message, client)
    except Exception as error:  # noqa: BLE001 -- the outermost handler of a message
        card = failure_card(log_failure(error, is_for_operator=True))
    finally:
        typing.cancel()
    await _send(message, card)


async def _card_for(message: discord.Message, client: "RolecallClient") -> Card:
    text = without_mentions(message.content)
    if not text and message.attachments:
        return ONLY_ATTACHMENT
    return await client.desk.say(text or "hi", await client.members.author_of(message))


async def _send(message: discord.Message, card: Card) -> None:
    parts = message_parts(card)
    if message.attachments and card is not ONLY_ATTACHMENT:
        parts["content"] = NO_ATTACHMENTS
    if message.guild is not None:
        parts |= {"reference": _Reference.to(message), "mention_author": False}
    try:
        await persist(lambda: message.channel.send(**parts))
    except discord.Forbidden:
        _LOG.info("may not write in a channel where the bot was mentioned")
    except (discord.HTTPException, *UNREACHED) as error:
        log_failure(error, is_for_operator=True)


def _show_typing(channel: Any) -> None:
    task = asyncio.ensure_future(_type(channel))
    _TYPING.add(task)
    task.add_done_callback(_TYPING.discard)


async def _type(channel: Any) -> None:
    try:
        await channel.typing()
    except (discord.HTTPException, *UNREACHED):
        _LOG.debug("could not show typing")


_TYPING: set[asyncio.Future[None]] = set()
"""Keeps the tasks from being collected before they are done."""
