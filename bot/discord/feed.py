"""A server's feed: each new posting as a card in a channel, or as a post with tags in a forum, once, and closed when it closes."""

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple

import discord

from bot.admin.context import ServerCache
from bot.discord.outbox import MOST_LOOKED_THROUGH, find_sent, shown_parts
from bot.discord.sending import message_parts
from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE
from bot.domain.posting import ActionKind, KeptPosting, Openness, Posting, ServerSettings, Sighting
from bot.presentation.answer_card import posting_name
from bot.presentation.buttons import ButtonAction
from bot.presentation.card import Card, Tone, cut, readable
from bot.presentation.notices import LISTED_TOPICS, posting_entry
from bot.storage.proposals import FeedPost
from bot.storage.store import Store
from bot.storage.watches import Entry, Letter, LoggedAction
from bot.text.gazetteer import name_country
from bot.text.places import find_places
from bot.text.translations import say
from bot.topics.employment_type import EMPLOYMENT_TYPE
from bot.topics.workplace import WORKPLACE, Workplace

_LOG = logging.getLogger(__name__)

KIND = "feed"
"""What the outbox calls what is posted in feeds."""

READER = "feeds"
_NEW, _CHANGED = "new", "changed"
_TOLD_AS = {
    ActionKind.ADDED: _NEW,
    ActionKind.RESTORED: _NEW,
    ActionKind.REOPENED: _NEW,  # it may have been closed before it was posted
    **dict.fromkeys((ActionKind.UPDATED, ActionKind.CORRECTED, ActionKind.CLOSED, ActionKind.REMOVED), _CHANGED),
}
_APART = timedelta(seconds=3)
"""Between two postings that are added at once, so that an import leaves others their turn."""

_LATER = timedelta(hours=1)
_LONGEST_TITLE = 100
"""Characters of a thread's name, as Discord takes them."""

_LONGEST_TAG, _MOST_TAGS, _MOST_APPLIED = 20, 20, 5
"""Characters of a forum's tag, and tags of a forum and of a post, as Discord takes them."""

_TOPICS = (*LISTED_TOPICS, EMPLOYMENT_TYPE.name)


class _Shown(NamedTuple):
    kept: KeptPosting | None
    sighting: Sighting
    locale: str

    @property
    def is_open(self) -> bool:
        return self.kept is not None and self.sighting.openness is not Openness.CLOSED


class Feed:
    """Reads what was done to postings, and posts it where a server's admins want it."""

    def __init__(self, client: discord.Client, store: Store, servers: ServerCache) -> None:
        self._client = client
        self._store = store
        self._servers = servers
        self._tagging = asyncio.Lock()
        """Held while a forum's tags are looked at and made."""

    async def posting_of(self, server: int, thread: int) -> int | None:
        """Return the posting that a thread of a server's feed is about; None for any other, and while the database is away."""
        with suppress(StorageError):
            found = await self._store.feeds.find_thread(str(server), thread)
            return found.posting if found else None
        return None

    async def scan(self) -> int:
        """Read what was done to postings since, and write down what is to be posted; return how much that is. Raises StorageError."""
        written = 0
        while (reading := await self._store.outbox.read_ledger(READER)).end != reading.start:
            actions = [action for action in reading.actions if action.kind in _TOLD_AS]
            feeds = await self._store.feeds.list_feeds() if actions else {}
            entries = [entry for scope, settings in feeds.items() for entry in self._entries_of(actions, scope, settings)]
            if await self._store.outbox.advance(READER, reading.start, to=reading.end, entries=entries):
                written += len(entries)
        return written

    def _entries_of(self, actions: Sequence[LoggedAction], scope: str, settings: ServerSettings) -> Iterator[Entry]:
        now, count = self._store.outbox.now(), 0
        for action in actions:
            if action.scope not in (scope, EVERYONE) or action.at.version <= settings.feed_since:
                continue
            told = _TOLD_AS[action.kind]
            count += told == _NEW
            place = action.at.version
            yield Entry(
                key=f"{KIND}:{scope}:{action.posting}"
                if action.kind is ActionKind.ADDED
                else f"{KIND}:{scope}:{place}:{action.at.position}",
                kind=KIND,
                destination=f"channel:{scope}:{settings.feed_channel}",
                bundle=f"{KIND}:{scope}:{action.posting}",
                place=place,
                payload={"posting": action.posting, "told": told},
                next_at=now + _APART * (count - 1) if told == _NEW else now,
            )

    async def shut(self, letter: Letter) -> None:
        """Try again later where the bot may not post: its rights may come back."""
        await self._store.outbox.postpone(letter.id, until=self._store.outbox.now() + _LATER)

    async def bring(self, letter: Letter) -> bool:
        """Post what is new, or show what became of what was posted; False where nothing is to be shown any more."""
        _, scope, number = letter.destination.split(":")
        settings = await self._servers.get(int(scope))
        posting = int(letter.payloads[0]["posting"])
        shown = await self._read(posting, scope, settings)
        is_new = any(one["told"] == _NEW for one in letter.payloads)
        post = await self._store.feeds.get(scope, posting)
        if post is None and is_new and letter.tried_at is not None:
            with suppress(discord.NotFound):  # the channel is gone
                post = await self._find_post(await self._channel(int(scope), int(number)), posting, letter=letter, scope=scope)
        if post is not None:
            return await self._show_again(scope, post, shown)
        if not (is_new and shown.is_open and settings.feed_channel == int(number)):
            return False
        post = await self._post(await self._channel(int(scope), int(number)), shown, letter)
        await self._store.feeds.note(scope, post)
        return True

    async def _read(self, posting: int, scope: str, settings: ServerSettings) -> _Shown:
        scopes = {scope, EVERYONE}
        found = await self._store.sketch(_TOPICS, scopes=scopes, ids=[posting])
        sightings = await self._store.boards.sightings([posting], scopes=scopes)
        locale = settings.language
        if not locale:  # the server's own, also of one whose shard is another process's
            guild = self._client.get_guild(int(scope)) or await self._client.fetch_guild(int(scope), with_counts=False)
            locale = guild.preferred_locale.value
        return _Shown(next(iter(found), None), sightings.get(posting, Sighting()), locale)

    async def _channel(self, server: int, number: int) -> Any:
        guild = self._client.get_guild(server)
        found = guild.get_channel_or_thread(number) if guild else None
        return found or await self._client.fetch_channel(number)

    # What is new.

    async def _post(self, channel: Any, shown: _Shown, letter: Letter) -> FeedPost:
        assert shown.kept is not None  # noqa: S101 -- it is open
        number = shown.kept.id
        if not isinstance(channel, discord.ForumChannel):
            # For some minutes, Discord itself drops a second message of the same nonce.
            message = await channel.send(**message_parts(_to_card(shown)), nonce=letter.id)
            return FeedPost(number, channel.id, None, message.id, is_closed=False)
        name = cut(readable(posting_name(shown.kept.posting.company, shown.kept.posting.title)), _LONGEST_TITLE)
        tags = await self._tags(channel, list(tag_names(shown.kept.posting, shown.locale)))
        made = await channel.create_thread(name=name, applied_tags=tags, **message_parts(_to_card(shown)))
        return FeedPost(number, channel.id, made.thread.id, made.message.id, is_closed=False)

    async def _find_post(self, channel: Any, posting: int, *, letter: Letter, scope: str) -> FeedPost | None:
        """Return where a posting stands already: an earlier try got through whose end was not written down."""
        if isinstance(channel, discord.ForumChannel):
            made = await self._find_thread(channel, posting, scope)
            return FeedPost(posting, channel.id, made[0].id, made[1], is_closed=False) if made else None
        message = await find_sent(channel, letter, is_meant=lambda one: self._is_post(one, posting))
        return FeedPost(posting, channel.id, None, message.id, is_closed=False) if message else None

    async def _find_thread(self, forum: discord.ForumChannel, posting: int, scope: str) -> tuple[discord.Thread, int] | None:
        """Return the thread that an earlier try made, by its first message; among the newest ones that are written down for no other."""
        own = [one for one in await forum.guild.active_threads() if one.parent_id == forum.id and one.owner_id == self._own_id]
        for thread in sorted(own, key=lambda one: -one.id)[:MOST_LOOKED_THROUGH]:
            if await self._store.feeds.find_thread(scope, thread.id) is not None:
                continue  # a request for each of a full forum would take longer than a try may
            async for first in thread.history(limit=1, oldest_first=True):
                if self._is_post(first, posting):
                    return thread, first.id
        return None

    @property
    def _own_id(self) -> int:
        return self._client.user.id if self._client.user else 0

    def _is_post(self, message: discord.Message, posting: int) -> bool:
        """Tell whether a message is a feed's card of a posting: the bot's own, with the button that opens it for anybody."""
        if message.author.id != self._own_id:
            return False
        told = shown_parts(message)
        return f"rolecall:{ButtonAction.ASK}:{posting}:::0:0'" in told and f":{ButtonAction.END_WATCH}:" not in told

    async def _tags(self, forum: discord.ForumChannel, names: Sequence[str]) -> list[discord.ForumTag]:
        """Return a forum's tags of these names, made where the bot may and there is room."""
        wanted = {name.casefold() for name in names}
        async with self._tagging:
            if not wanted <= {tag.name.casefold() for tag in forum.available_tags}:
                forum = await self._with_tags(forum, list(dict.fromkeys(names)))
        return [tag for tag in forum.available_tags if tag.name.casefold() in wanted][:_MOST_APPLIED]

    async def _with_tags(self, forum: discord.ForumChannel, names: Sequence[str]) -> discord.ForumChannel:
        """Return a forum as it is now, with more tags of these names as far as the bot may make them and there is room."""
        now = await self._client.fetch_channel(forum.id)  # each sending has all tags that there shall be: none of the others may be lost
        assert isinstance(now, discord.ForumChannel)  # noqa: S101 -- a forum never becomes something else
        known = {tag.name.casefold() for tag in now.available_tags}
        missing = [name for name in names if name.casefold() not in known][: max(0, _MOST_TAGS - len(known))]
        me: discord.Member | None = forum.guild.me  # nobody where the server's shard is another process's
        if missing and (me is None or forum.permissions_for(me).manage_channels):
            with suppress(discord.HTTPException):  # it may not, or somebody has made others meanwhile; the post goes without
                now = await now.edit(available_tags=[*now.available_tags, *(discord.ForumTag(name=name) for name in missing)])
        return now

    # What becomes of it.

    async def _show_again(self, scope: str, post: FeedPost, shown: _Shown) -> bool:
        """Show a posting as it is now where it was posted: a closed one is marked, and its thread archived and locked."""
        place = await self._channel(int(scope), post.thread or post.channel)
        if isinstance(place, discord.Thread) and place.archived:
            if post.is_closed and not shown.is_open and shown.kept is not None:
                return False
            # By whomever it was archived, Discord itself included: nothing in it can be changed before. Unlocking takes a right of its own.
            await (place.edit(archived=False, locked=False) if place.locked else place.edit(archived=False))
        with suppress(discord.NotFound):  # somebody has deleted the card
            parts: Mapping[str, Any] = message_parts(_to_card(shown))
            await place.get_partial_message(post.message).edit(view=parts["view"], allowed_mentions=parts["allowed_mentions"])
        if isinstance(place, discord.Thread) and not shown.is_open:
            await _close(place)
        await self._store.feeds.note(scope, post._replace(is_closed=not shown.is_open))
        return True


async def _close(thread: discord.Thread) -> None:
    try:
        await thread.edit(archived=True, locked=True)
    except discord.Forbidden:
        await thread.edit(archived=True)


def _to_card(shown: _Shown) -> Card:
    """Return a posting's card; of one that is gone only that it is."""
    if shown.kept is None:
        return Card(say("This posting is no longer here.", shown.locale), tone=Tone.SILENT)
    entry = posting_entry(shown.kept, {}, seen=shown.sighting, owner=0, locale=shown.locale)
    closed = "" if shown.is_open else f"**{say('Closed', shown.locale)}**"
    return Card(closed, entries=(entry,), tone=Tone.ANSWER if shown.is_open else Tone.SILENT)


def tag_names(posting: Posting, locale: str) -> Iterator[str]:
    """
    Yield the tags that a posting has in a forum, each in at most 20 characters: how one works there, by which contract, in which country.

    >>> plain = Posting(source="a", title="Cook", company=None, link=None, location="Oslo, Norway", text="We cook.")
    >>> list(tag_names(plain, "en"))
    ['Norway']
    """
    names = [say(_WAYS[fact.value], locale) for fact in WORKPLACE.facts_in(posting)[:1]]
    names += [EMPLOYMENT_TYPE.render_in(locale, [fact]).sentence.rstrip(".") for fact in EMPLOYMENT_TYPE.facts_in(posting)[:1]]
    countries = dict.fromkeys(country for place in find_places(posting.location or "") for country in place.countries)
    if len(countries) <= _MOST_APPLIED:
        names += [name_country(country, locale).removeprefix("the ") for country in countries]
    yield from (name for name in names if 0 < len(name) <= _LONGEST_TAG)


_WAYS = {Workplace.REMOTE: "remote", Workplace.HYBRID: "hybrid", Workplace.ONSITE: "in an office"}
