"""Which servers have a feed, and what stands in it, is kept on both databases."""

from builders_storage import CODEC, build_posting

from bot.domain.person import EVERYONE
from bot.domain.posting import ServerSettings
from bot.storage.proposals import FeedPost
from bot.storage.store import Store


async def test_servers_with_a_feed_are_known_as_long_as_they_have_one(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting()], scope=EVERYONE)
        await store.servers.put("7", ServerSettings(feed_channel=2**62, language="de"))
        await store.servers.put("8", ServerSettings())
        found = await store.feeds.list_feeds()
        assert found == {"7": await store.servers.get("7")}
        assert (found["7"].feed_channel, found["7"].feed_since) == (2**62, 2)
        await store.servers.put("7", found["7"].model_copy(update={"feed_channel": None}))
        assert await store.feeds.list_feeds() == {}


async def test_a_feed_has_what_is_new_since_its_channel_was_named(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.servers.put("7", ServerSettings(feed_channel=5))
        since = (await store.servers.get("7")).feed_since
        await store.keep([build_posting()], scope=EVERYONE)
        await store.servers.put("7", ServerSettings(feed_channel=5, feed_since=since, language="de"))
        assert (await store.servers.get("7")).feed_since == since
        await store.servers.put("7", ServerSettings(feed_channel=6, feed_since=since))
        assert (await store.servers.get("7")).feed_since > since + 1


async def test_what_stands_in_a_feed_is_found_by_its_posting_and_its_thread_in_its_server(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        post = FeedPost(1, 5, 2**62, 2**62 + 1, is_closed=False)
        await store.feeds.note("7", FeedPost(1, 4, None, 9, is_closed=False))
        await store.feeds.note("7", post)
        await store.feeds.note("8", post._replace(thread=3))
        assert await store.feeds.get("7", 1) == await store.feeds.find_thread("7", 2**62) == post
        assert [await store.feeds.get("9", 1), await store.feeds.find_thread("8", 2**62), await store.feeds.get("7", 2)] == [None] * 3
        await store.feeds.note("7", post._replace(is_closed=True))
        assert await store.feeds.get("7", 1) == post._replace(is_closed=True)
        assert await store.feeds.find_thread("7", 10**30) is None
