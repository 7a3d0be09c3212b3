"""Plain words: direct messages, and messages in a server that mention the bot."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Self

import aiohttp
import discord

from bot.discord.gateway import UNREACHED, BotClient, Interaction
from bot.discord.health import NOTICE
from bot.discord.sending import failure_card, send_message
from bot.domain.errors import RolecallError
from bot.domain.person import EVERYONE
from bot.domain.posting import ServerSettings
from bot.presentation.card import Card
from bot.presentation.chat_service import locale_of_text
from bot.presentation.notices import attachments_card, beside_attachments, or_refusal, withheld_card, without_mentions
from bot.text.translations import say

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
        return {name: str(value) if name.endswith("_id") else value for name, value in super().to_message_reference_dict().items()}


def is_for_bot(message: discord.Message, client: BotClient) -> bool:
    """Tell whether a person speaks to the bot: in a direct message, or with a mention of it by name."""
    if not hasattr(message, "author"):  # discord.py leaves out what Discord does
        return False
    if message.author.bot or message.webhook_id is not None or message.type not in _SPOKEN:
        return False
    if message.guild is None or client.hears_all:
        return True
    return client.user is not None and any(user.id == client.user.id for user in message.mentions)


async def answer_message(message: discord.Message, client: BotClient) -> None:
    """Answer a message; whatever goes wrong is told and logged."""
    loop = asyncio.get_running_loop()
    since = loop.time()
    typing = loop.call_later(_SLOW, lambda: client.note_work(loop.create_task(_show_typing(message.channel))))
    try:
        card = await _card_for(message, client)
    except Exception as error:  # noqa: BLE001 -- the outermost handler of a message
        card = failure_card(error, locale_of_text(without_mentions(message.content), _locale_there(message)))
    finally:
        typing.cancel()
    try:
        is_public = message.guild is not None
        more: dict[str, Any] = {"reference": _Reference.to(message), "mention_author": False} if is_public else {}
        await send_message(message.channel, (card.in_public if is_public else None) or card, **more)
        client.figures.time_answer("message", since)
    except discord.Forbidden:
        _LOG.info("may not write in a channel where the bot was mentioned")
    except Exception as error:  # noqa: BLE001 -- nobody is left to be told
        client.note_untold(f"{type(error).__name__}: {error}")


async def _card_for(message: discord.Message, client: BotClient) -> Card:
    if not message.content and not message.attachments and message.guild is not None:
        return withheld_card(_locale_there(message))
    text = without_mentions(message.content)
    person = await client.members.author_of(message)
    if not text:
        person = person.model_copy(update={"locale": await client.chat.locale_without_words(person)})
        if message.attachments:
            return attachments_card(person.locale)
    speaking = person.model_copy(update={"locale": locale_of_text(text, person.locale)})
    if message.guild is None and (told := await client.watching.tell_paused(speaking)) is not None:
        await send_message(message.channel, told)
    about = await spoken_of(client, message.channel, guild=message.guild)
    card = await or_refusal(client.chat.say(text or say("hi", person.locale), person, about=about), speaking.locale)
    return beside_attachments(card, speaking.locale) if message.attachments else card


def _locale_there(message: discord.Message) -> str:
    """Return the locale of the server where a message stands; Discord tells none of its author."""
    return message.guild.preferred_locale.value if message.guild else "en-US"


async def spoken_of(client: BotClient, channel: Any, *, guild: discord.Guild | None) -> int | None:
    """Return the posting that a thread of a feed is about; a thread that nobody has written in for long is not known as one."""
    is_elsewhere = guild is not None and channel is not None and not isinstance(channel, discord.TextChannel)
    return await client.posting_of(guild.id, channel.id) if guild is not None and is_elsewhere else None


async def _show_typing(channel: Any) -> None:
    try:
        await channel.typing()
    except (discord.HTTPException, *UNREACHED):
        _LOG.debug("could not show typing")


# Tells a server's channel for notices what was changed, beside the answers: whoever changes something does not wait for it.

RIGHTS = {"view_channel": "View Channel", "send_messages": "Send Messages", "embed_links": "Embed Links"}
"""Rights as Discord's own menus call them."""


class NoticeSender:
    """Sends cards to the channels that servers' admins have chosen."""

    def __init__(self, client: BotClient) -> None:
        self._client = client

    async def announce(self, scope: str, card: Card) -> None:
        """Tell the channel of a scope's server, soon; nobody is told of what everyone's postings become."""
        if scope != EVERYONE:
            self._client.note_work(asyncio.create_task(self._tell(int(scope), card), name=NOTICE))

    async def _tell(self, server: int, card: Card) -> None:
        try:
            number = (await self._client.servers.get(server)).notices_channel
            if number is None:
                return
            guild = self._client.get_guild(server)
            channel: Any = guild.get_channel(number) if guild else None
            if guild is None and self._client.members.may_be_in(server):  # Discord says itself when the channel is gone
                channel = self._client.get_partial_messageable(number, guild_id=server)
            if isinstance(channel, discord.TextChannel | discord.PartialMessageable):
                await send_message(channel, card)
            else:
                _LOG.info("server %s is not told what was changed: its channel %s is gone", server, number)
        except (RolecallError, discord.DiscordException, aiohttp.ClientError, OSError) as error:
            _LOG.info("server %s is not told what was changed: %s", server, error)


# A server that the bot comes to: it introduces itself once.

_LATELY = timedelta(days=1)
"""A server that was joined so lately, and where nobody was told, was joined while the bot was away."""


async def welcome(guild: discord.Guild, client: BotClient) -> None:
    """Introduce the bot to a server where it may write; never twice, whatever became of the first time."""
    channels = [one for one in (guild.system_channel, *guild.text_channels) if one is not None]
    if (channel := next((one for one in channels if not find_missing_rights(one)), None)) is None:
        _LOG.info("server %s is not welcomed: there is no channel to write in", guild.id)
        return
    before: list[bool] = []

    def mark(settings: ServerSettings) -> ServerSettings:
        before.append(settings.is_welcomed)
        return settings.model_copy(update={"is_welcomed": True})

    try:
        await client.servers.change(guild.id, mark)
        if not before[0]:
            await send_message(channel, await client.chat.welcome(guild.id, guild.preferred_locale.value))
    except (RolecallError, discord.DiscordException, aiohttp.ClientError, OSError) as error:
        _LOG.info("server %s is not welcomed: %s", guild.id, error)


def was_joined_lately(guild: discord.Guild) -> bool:
    """Tell whether the bot came to a server so lately that it may have been away at that moment."""
    joined = getattr(guild.me, "joined_at", None)  # of a server that Discord tells nothing of there is no own member
    return joined is not None and discord.utils.utcnow() - joined < _LATELY


def find_missing_rights(channel: discord.TextChannel | discord.ForumChannel, me: discord.Member | None = None) -> tuple[str, ...]:
    """Return the rights that the bot (`me`) lacks to tell a channel something, as Discord's menus call them."""
    held = channel.permissions_for(me or channel.guild.me)
    return tuple(name for right, name in RIGHTS.items() if not getattr(held, right))


async def missing_rights_in(interaction: Interaction, channel: int) -> tuple[str, ...]:
    """Return the rights that the bot lacks to tell a channel of the server something; without the gateway Discord is asked for them."""
    client, server = interaction.client, interaction.guild_id
    guild = client.get_guild(server) if server else None
    me = guild.me if guild else None
    found: Any = guild.get_channel(channel) if guild else None
    if guild is None and server is not None and client.user is not None:
        try:
            guild = await client.fetch_guild(server, with_counts=False)
            me, found = await guild.fetch_member(client.user.id), await guild.fetch_channel(channel)
        except (discord.DiscordException, *UNREACHED) as error:
            _LOG.info("Discord does not say what may be done in channel %s: %s", channel, error)
    is_known = isinstance(found, discord.TextChannel | discord.ForumChannel)
    return find_missing_rights(found, me) if is_known else (RIGHTS["view_channel"],)


async def find_what_is_there(interaction: Interaction) -> Callable[[int], bool]:
    """Return what tells whether a role or channel of the server is there; where Discord does not say, it may be."""
    guild, server = interaction.guild, interaction.guild_id
    if guild is None or server is None or not interaction.client.is_over_http:
        return lambda number: guild is not None and (guild.get_role(number) is not None or guild.get_channel(number) is not None)
    try:
        roles, channels = await interaction.client.http.get_roles(server), await interaction.client.http.get_all_guild_channels(server)
    except (discord.DiscordException, *UNREACHED) as error:
        _LOG.info("Discord does not say which roles and channels server %s has: %s", server, error)
        return lambda _: True
    return {int(one["id"]) for one in (*roles, *channels)}.__contains__
