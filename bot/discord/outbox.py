"""Sends what waits in the outbox, each message once, by whichever process; and tells who waits for the answer of one that died."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple

import discord

from bot.admin.watching import Notice
from bot.discord.gateway import UNREACHED, BotClient, is_passing, named_pause
from bot.discord.sending import message_parts
from bot.domain.errors import StorageError
from bot.presentation.card import Card, Tone
from bot.presentation.failures import log_failure
from bot.storage.remembered import BEAT, Deferral
from bot.storage.watches import LEASE, Letter, NotNow, Outbox
from bot.text.translations import say

_LOG = logging.getLogger(__name__)
_AT_ONCE = 8
"""Messages under way at a time in one process."""

_PAUSE = 5.0
"""Seconds between two looks at what was done and at what is due."""

_FIRST_WAIT = timedelta(seconds=10)
MOST_LOOKED_THROUGH = 100
_CLOCKS_APART = timedelta(minutes=5)
"""By how much Discord's clock and this machine's may differ."""


class Postbox(NamedTuple):
    """What becomes of one kind of letter."""

    bring: Callable[[Letter], Awaitable[Notice | bool | None]]
    """Makes a message of a letter, or brings it itself, once however often it is tried; tells whether there was any. May raise NotNow."""

    shut: Callable[[Letter], Awaitable[None]]
    """Takes in that nothing can be sent there; what it leaves due is tried again later."""


class OutboxSender:
    """Has what was done written into the outbox, and sends what is due; `readers` look at what was done, one after the other."""

    def __init__(
        self,
        client: discord.Client,
        outbox: Outbox,
        *,
        kinds: Mapping[str, Postbox],
        readers: Sequence[Callable[[], Awaitable[object]]] = (),
    ) -> None:
        self._client = client
        self._outbox = outbox
        self._kinds = kinds
        self._readers = readers
        self.patience = LEASE.total_seconds() * 0.75
        """Seconds of one try, those of discord.py's own included: it ends before others may take the message."""

        self.longest_wait = timedelta(hours=6)
        """Between two tries, of which each waits twice as long as the one before."""

    async def run(self, pause: float = _PAUSE) -> None:
        """Look and send until it is cancelled; what goes wrong is logged, and tried again."""
        while True:
            try:
                if self._client.is_ready():
                    await self.send_due()
            except StorageError as error:
                _LOG.info("what is to be sent waits: %s", error)
            except Exception as error:  # noqa: BLE001 -- nobody else would go on
                log_failure(error, is_for_operator=True)
            await asyncio.sleep(pause)

    async def send_due(self) -> int:
        """Look at what was done, send all that is due, and return how many messages that were."""
        for read in self._readers:
            await read()
        sent = 0
        while letters := await self._outbox.take_due(_AT_ONCE):
            # Each is taken on by itself: what one comes to is no reason to leave the others.
            ended = await asyncio.gather(*map(self._send, letters), return_exceptions=True)
            sent += sum(one is True for one in ended)
            for one in ended:
                if isinstance(one, BaseException):
                    raise one
        return sent

    async def _send(self, letter: Letter) -> bool:
        """Send a message and write down what it came to; tell whether it was sent."""
        kind = self._kinds.get(letter.kind)
        if kind is None:  # a newer Rolecall knows it
            await self._postpone(letter, self.longest_wait)
            return False
        try:
            async with asyncio.timeout(self.patience):
                brought = await kind.bring(letter)
                if isinstance(brought, Notice):
                    await self._send_once(letter, brought)
        except (discord.Forbidden, discord.NotFound) as error:
            _LOG.info("nothing can be sent to %s (%s)", letter.destination, error)
            await kind.shut(letter)
            return False
        except (NotNow, TimeoutError, discord.HTTPException, *UNREACHED) as error:
            level = logging.INFO if isinstance(error, NotNow | TimeoutError) or is_passing(error) else logging.ERROR
            _LOG.log(level, "a message to %s is tried again later: %s", letter.destination, str(error) or type(error).__name__)
            wait = timedelta(seconds=named_pause(error) or 0)
            await self._postpone(letter, max(wait, min(_FIRST_WAIT * 2 ** min(letter.failures, 12), self.longest_wait)))
            return False
        await self._outbox.finish(letter.id, was_sent=bool(brought))
        return bool(brought)

    async def _postpone(self, letter: Letter, wait: timedelta) -> None:
        await self._outbox.postpone(letter.id, until=self._outbox.now() + wait)

    async def _send_once(self, letter: Letter, outgoing: Notice) -> None:
        """Send a message unless an earlier try got through, whose end was not written down."""
        channel = await self._channel_of(letter.destination)
        if letter.tried_at and await find_sent(channel, letter, is_meant=lambda message: letter.id in shown_parts(message)):
            return
        roles: Any = [discord.Object(outgoing.role)] if outgoing.role else []
        mentions = discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
        # For some minutes, Discord itself drops a second message of the same nonce.
        await channel.send(**message_parts(outgoing.card) | {"allowed_mentions": mentions}, nonce=letter.id)

    async def _channel_of(self, destination: str) -> discord.abc.Messageable:
        kind, *numbers = destination.split(":")
        if kind == "person":
            return await self._client.create_dm(discord.Object(int(numbers[0])))
        return self._client.get_partial_messageable(int(numbers[1]), guild_id=int(numbers[0]))


# Answers that a process has promised and did not live to give.

_INTERRUPTED = "I was interrupted before I could answer; please ask again."


async def tell_left_over(client: BotClient, pause: float = BEAT) -> None:
    """Say that this process lives, and tell those who wait for one that does not, until it is cancelled."""
    while True:
        try:
            await client.deferrals.say_alive()
            if await client.is_connected():
                for left in await client.deferrals.take_over():
                    await _tell(client, left)
        except StorageError as error:
            _LOG.info("it is not known who waits for an answer in vain: %s", error)
        except Exception as error:  # noqa: BLE001 -- nobody else would go on
            log_failure(error, is_for_operator=True)
        await asyncio.sleep(pause)


async def _tell(client: BotClient, left: Deferral) -> None:
    """Tell who asked that no answer comes, unless one came that was not written down."""
    data: Any = {"id": client.application_id, "type": discord.WebhookType.application.value, "token": left.token}
    # As discord.py makes it for the follow-ups of an interaction.
    webhook = discord.Webhook.from_state(data, state=client._connection)  # noqa: SLF001
    parts = message_parts(Card(say(_INTERRUPTED, left.locale), tone=Tone.ASKING))
    try:
        if left.is_beside:
            await webhook.send(**parts, ephemeral=True)
        elif (await webhook.fetch_message(_ORIGINAL)).flags.loading:
            await webhook.edit_message(_ORIGINAL, **parts)
        else:
            _LOG.info("a question that a process left over when it died has its answer")
    except (discord.HTTPException, *UNREACHED) as error:
        client.note_untold(f"the process that was asked has died ({error})")
    client.deferrals.drop(left.interaction)


_ORIGINAL: Any = "@original"
"""What Discord calls the message that answers an interaction."""


# Whether a letter has arrived already.


async def find_sent(
    channel: discord.abc.Messageable, letter: Letter, *, is_meant: Callable[[discord.Message], bool]
) -> discord.Message | None:
    """Return the message that an earlier try sent, of those since it was tried last, or the newest; None where the bot may not look."""
    since = letter.tried_at and letter.tried_at - _CLOCKS_APART
    ways: tuple[dict[str, Any], ...] = ({"after": since, "oldest_first": True}, {"oldest_first": False})
    with suppress(discord.Forbidden):  # Discord's own memory of nonces has to do
        for way in ways:
            async for message in channel.history(limit=MOST_LOOKED_THROUGH, **way):
                if is_meant(message):
                    return message
    return None


def shown_parts(message: discord.Message) -> str:
    """Return what a message has but its text, with the ids of its buttons."""
    return str([component.to_dict() for component in message.components])
