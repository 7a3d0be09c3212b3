"""A server's feed has each new posting once, as a card or as a post in a forum, closed with its posting; its threads are about it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import discord
import pytest
from builders_discord import text_of
from builders_managing import BAKER, BAKER_PAID_MORE, Managed
from simcord import ChannelHandle

from bot.discord.outbox import OutboxSender
from bot.domain.person import EVERYONE, ROLECALL
from bot.domain.posting import Evidence, Openness
from bot.parsing.parse import parse_posting
from bot.storage.boards import Seen

_AT_HOME = BAKER.replace("Location: Lisbon", "Location: Remote, Portugal")
REMOTE = _AT_HOME.replace("## What we pay\n", "## What we pay\nThis is a full-time position.\n")
DRIVER = BAKER.replace("Night Baker", "Tram Driver").replace("Acme Bread", "Rails").replace("$40,000 to $50,000", "$70,000")


async def switch_on(managed: Managed, channel: ChannelHandle) -> Any:
    """Have a manager name the channel of the feed."""
    answer = await managed.rita.slash(managed.channel, "settings", feed=channel)
    await post(managed)
    return answer


async def post(managed: Managed) -> None:
    """Post what is new."""
    await managed.stage.client.feed.scan()
    with later(managed):
        await managed.stage.client.outbox.send_due()
    await managed.stage.env.settle()


@contextmanager
def later(managed: Managed) -> Iterator[None]:
    """Have what is staggered be due."""
    database = managed.stage.client.outbox._outbox._database  # noqa: SLF001 - so that nobody waits for it
    before = database.clock
    database.clock = lambda: before() + timedelta(minutes=5)
    try:
        yield
    finally:
        database.clock = before


async def add(managed: Managed, *texts: str, scope: str | None = None) -> list[int]:
    postings = [parse_posting(text, f"{number}.md") for number, text in enumerate(texts)]
    kept = await managed.stage.opened.store.keep(postings, scope=scope or managed.scope)
    await managed.stage.client.checker.enrol()
    return [one.id for one in kept]


async def find(managed: Managed, number: int, openness: Openness) -> None:
    await managed.stage.opened.store.boards.settle(Seen(number, openness, Evidence.GONE), next_at=None)
    await post(managed)


def cards(channel: ChannelHandle) -> list[str]:
    return [text_of(message) for message in channel.history() if message.author.bot]


def state_of(managed: Managed, thread: ChannelHandle) -> tuple[bool, bool]:
    """Whether a thread is archived, and locked."""
    stored = managed.stage.env.backend.get_thread(thread.id).thread_metadata
    assert stored is not None
    return stored.archived, stored.locked


async def test_new_postings_come_into_a_channel_as_cards_from_now_on_and_once(managed: Managed) -> None:
    news = managed.stage.guild.create_text_channel("news")
    await add(managed, DRIVER)
    assert "**Feed of new postings:** <#" in text_of(await switch_on(managed, news))
    assert cards(news) == []
    await add(managed, BAKER)
    for _ in range(3):
        await post(managed)
    (card,) = cards(news)
    assert "**Acme Bread · Night Baker**" in card
    assert "$40,000 to $50,000 a year" in card
    await add(managed, DRIVER.replace("Rails", "Trams"), scope=EVERYONE)
    await add(managed, DRIVER.replace("Rails", "Buses"), scope="404")
    await post(managed)
    assert ["Trams" in one for one in cards(news)] == [False, True]


async def test_a_card_shows_what_the_posting_says_now_and_that_it_is_closed(managed: Managed) -> None:
    news = managed.stage.guild.create_text_channel("news")
    await switch_on(managed, news)
    (number,) = await add(managed, BAKER)
    await post(managed)
    await managed.stage.opened.store.revise(number, parse_posting(BAKER_PAID_MORE, "0.md"), scopes=[managed.scope], by=ROLECALL)
    await post(managed)
    (card,) = cards(news)
    assert "$45,000 to $55,000" in card
    await find(managed, number, Openness.CLOSED)
    (card,) = cards(news)
    assert card.startswith("**Closed**")
    assert "closed: its page is gone" in card
    await find(managed, number, Openness.OPEN)
    assert "**Closed**" not in cards(news)[0]
    await managed.stage.opened.store.remove(number, scopes=[managed.scope])
    await post(managed)
    assert cards(news) == ["This posting is no longer here."]


async def test_in_a_forum_each_posting_is_a_post_with_tags(managed: Managed) -> None:
    forum = managed.stage.guild.create_forum_channel("jobs-forum")
    await switch_on(managed, forum)
    await add(managed, REMOTE, DRIVER)
    await post(managed)
    names = {thread.name: thread for thread in forum.threads}
    assert sorted(filter(None, names)) == ["Acme Bread · Night Baker", "Rails · Tram Driver"]
    available = {tag.id: tag.name for tag in shown_forum(managed, forum).available_tags}
    assert sorted(available.values()) == ["Full time", "Portugal", "remote"]
    baker = managed.stage.env.backend.get_channel(names["Acme Bread · Night Baker"].id)
    assert sorted(available[int(tag)] for tag in baker.applied_tags) == ["Full time", "Portugal", "remote"]
    assert "Acme Bread" in cards(names["Acme Bread · Night Baker"])[0]


def shown_forum(managed: Managed, forum: ChannelHandle) -> discord.ForumChannel:
    guild = managed.stage.client.get_guild(managed.stage.guild.id)
    assert guild is not None
    found = guild.get_channel(forum.id)
    assert isinstance(found, discord.ForumChannel)
    return found


async def test_a_post_is_archived_and_locked_when_its_posting_closes_and_opened_again_with_it(managed: Managed) -> None:
    forum = managed.stage.guild.create_forum_channel("jobs-forum")
    await switch_on(managed, forum)
    (number,) = await add(managed, BAKER)
    await post(managed)
    (thread,) = forum.threads
    assert state_of(managed, thread) == (False, False)
    await find(managed, number, Openness.CLOSED)
    assert state_of(managed, thread) == (True, True)
    assert cards(thread)[0].startswith("**Closed**")
    await find(managed, number, Openness.OPEN)
    assert state_of(managed, thread) == (False, False)
    assert len(forum.threads) == 1


async def test_what_closed_before_it_was_posted_is_not_posted(managed: Managed) -> None:
    news = managed.stage.guild.create_text_channel("news")
    await switch_on(managed, news)
    (number,) = await add(managed, BAKER)
    await find(managed, number, Openness.CLOSED)
    assert cards(news) == []
    await find(managed, number, Openness.OPEN)
    assert len(cards(news)) == 1


@pytest.mark.parametrize("is_locked", [False, True])
async def test_a_post_that_was_archived_meanwhile_is_opened_before_anything_in_it_changes(*, is_locked: bool, managed: Managed) -> None:
    forum = managed.stage.guild.create_forum_channel("jobs-forum")
    await switch_on(managed, forum)
    (number,) = await add(managed, BAKER)
    await post(managed)
    (thread,) = forum.threads
    archive(managed, thread, is_locked=is_locked)
    await managed.stage.opened.store.revise(number, parse_posting(BAKER_PAID_MORE, "0.md"), scopes=[managed.scope], by=ROLECALL)
    await post(managed)
    assert state_of(managed, thread) == (False, False)
    assert "$45,000 to $55,000" in cards(thread)[0]
    await find(managed, number, Openness.CLOSED)
    await managed.stage.opened.store.remove(number, scopes=[managed.scope])
    await post(managed)
    assert (cards(thread), state_of(managed, thread)) == (["This posting is no longer here."], (True, True))


def archive(managed: Managed, thread: ChannelHandle, *, is_locked: bool) -> None:
    """Archive a thread, as Discord does when nobody has written in it for some days, or as a moderator does."""
    stored = managed.stage.env.backend.get_thread(thread.id).thread_metadata
    assert stored is not None
    stored.archived, stored.locked = True, is_locked
    guild = managed.stage.client.get_guild(managed.stage.guild.id)
    assert guild is not None
    guild._threads.pop(thread.id)  # noqa: SLF001 - discord.py forgets a thread that is archived


async def test_questions_in_a_post_are_about_its_posting_unless_another_company_is_named(managed: Managed) -> None:
    forum = managed.stage.guild.create_forum_channel("jobs-forum")
    await switch_on(managed, forum)
    await add(managed, BAKER, DRIVER)
    await post(managed)
    thread = next(one for one in forum.threads if "Baker" in str(one.name))
    me = f"<@{managed.stage.client.user.id}>"  # type: ignore[union-attr]

    async def ask(text: str, channel: ChannelHandle = thread) -> str:
        await managed.mia.send(channel, f"{me} {text}")
        return text_of(managed.stage.said_last(channel))

    assert "$40,000 to $50,000" in await ask("what does it pay?")
    assert "two" in (await ask("how many years do I need?")).casefold() or "2" in await ask("how many years do I need?")
    assert "$70,000" in await ask("what does rails pay?")
    assert "$40,000 to $50,000" in await ask("and the salary here?")
    assert "Rails" in await ask("list all jobs")
    answer = await managed.mia.slash(thread, "ask", question="what does it pay?")
    assert "$40,000 to $50,000" in text_of(answer)


@pytest.mark.parametrize("openness", [Openness.OPEN, Openness.CLOSED])
@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_what_was_posted_though_nobody_could_write_that_down_is_not_posted_again(
    kind: str, openness: Openness, managed: Managed
) -> None:
    make = managed.stage.guild.create_text_channel if kind == "text" else managed.stage.guild.create_forum_channel
    channel = make("news")
    await switch_on(managed, channel)
    (number,) = await add(managed, BAKER)
    client, store = managed.stage.client, managed.stage.opened.store
    await client.feed.scan()
    (letter,) = await store.outbox.take_due(9)
    assert await client.feed.bring(letter)
    async with store._database.writing() as turn:  # noqa: SLF001 - as if the bot had been killed before it wrote this down
        await turn.connection.exec_driver_sql("DELETE FROM feed_post")
    await store.boards.settle(Seen(number, openness, Evidence.GONE), next_at=None)
    assert await client.feed.bring(letter._replace(tried_at=store.outbox.now()))
    await managed.stage.env.settle()
    assert len(channel.threads if kind == "forum" else cards(channel)) == 1
    post = await store.feeds.get(managed.scope, number)
    assert post is not None
    assert post.is_closed == (openness is Openness.CLOSED)
    (card,) = cards(channel.threads[0] if kind == "forum" else channel)
    assert card.startswith("**Closed**") == post.is_closed


async def test_two_processes_post_each_posting_once(managed: Managed) -> None:
    forum = managed.stage.guild.create_forum_channel("jobs-forum")
    await switch_on(managed, forum)
    await add(managed, *(BAKER.replace("Acme Bread", f"Bakery {number}") for number in range(6)))
    client = managed.stage.client
    others = [OutboxSender(client, client.outbox._outbox, kinds=client.outbox._kinds, readers=(client.feed.scan,)) for _ in range(2)]  # noqa: SLF001
    await asyncio.gather(*(client.feed.scan() for _ in others))
    with later(managed):
        await asyncio.gather(*(one.send_due() for one in others))
    await managed.stage.env.settle()
    assert len(forum.threads) == len({thread.name for thread in forum.threads}) == 6


async def test_a_feed_ends_when_it_is_put_back_and_setting_up_leaves_it(managed: Managed) -> None:
    news = managed.stage.guild.create_text_channel("news")
    await switch_on(managed, news)
    store = managed.stage.opened.store
    assert set(await store.feeds.list_feeds()) == {managed.scope}
    await managed.rita.slash(managed.channel, "settings", reset="feed_channel")
    await add(managed, BAKER)
    await post(managed)
    assert (cards(news), await store.feeds.list_feeds()) == ([], {})
    await switch_on(managed, news)
    assert cards(news) == []


async def test_where_the_bot_may_not_write_no_feed_begins(managed: Managed) -> None:
    everybody = managed.stage.guild.default_role
    forum = managed.stage.guild.create_text_channel("secret", overwrites={everybody: discord.PermissionOverwrite(send_messages=False)})
    answer = await managed.rita.slash(managed.channel, "settings", feed=forum)
    assert "I may not tell that channel anything: I lack Send Messages" in text_of(answer)
    assert await managed.stage.opened.store.feeds.list_feeds() == {}


async def test_tags_that_a_forum_has_are_used_however_they_are_spelt(managed: Managed) -> None:
    forum = managed.stage.guild.create_forum_channel("jobs-forum")
    stored = managed.stage.env.backend.get_channel(forum.id)
    stored.available_tags = [{"id": "77", "name": "Remote", "moderated": False, "emoji_id": None, "emoji_name": None}]
    await switch_on(managed, forum)
    await add(managed, REMOTE)
    await post(managed)
    (thread,) = forum.threads
    assert 77 in map(int, managed.stage.env.backend.get_channel(thread.id).applied_tags)


async def test_a_posting_that_a_manager_adds_comes_into_the_feed(managed: Managed) -> None:
    news = managed.stage.guild.create_text_channel("news")
    await switch_on(managed, news)
    await managed.add_and_keep()
    await post(managed)
    assert len(cards(news)) == 1
