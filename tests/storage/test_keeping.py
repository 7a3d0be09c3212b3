import asyncio

import pytest
from builders_storage import ALL, CODEC, HOURLY, build_fact, build_posting, build_postings
from sqlalchemy.exc import StatementError

from bot.domain.posting import EVERYONE, Posting
from bot.storage.records import FactCodec, Kept, Outcome, codec_of
from bot.storage.store import Store

LINK = "https://crumb.example/jobs/7"


async def keep(store: Store, *postings: Posting, scope: str = EVERYONE) -> list[tuple[str, int, int]]:
    return [(kept.outcome.value, kept.id, kept.revision) for kept in await store.keep(postings, scope=scope)]


async def test_a_new_posting_is_added_and_comes_back(store: Store) -> None:
    posting = build_posting(facts={"pay": (build_fact(HOURLY, heading="What we pay"),), "requirements": (build_fact("a"), build_fact("b"))})
    assert await keep(store, posting) == [("added", 1, 1)]
    kept = await store.get(1, scopes=ALL)
    assert kept is not None
    assert (kept.id, kept.scope, kept.revision, kept.posting) == (1, EVERYONE, 1, posting)
    assert kept.read_at.utcoffset() is not None


async def test_the_same_words_are_unchanged_whatever_their_markup_and_source(store: Store) -> None:
    await keep(store, build_posting("# Baker\n\n* nights\n"))
    assert await keep(store, build_posting("baker\n- **Nights**", source="copy.txt")) == [("unchanged", 1, 1)]


async def test_new_words_under_the_same_link_are_a_new_revision(store: Store) -> None:
    await keep(store, build_posting("Old words.", link=LINK))
    assert await keep(store, build_posting("New words.", link=LINK, source="other.md", title="BAKER")) == [("updated", 1, 2)]
    kept = await store.get(1, scopes=ALL)
    assert kept is not None
    assert (kept.revision, kept.posting.text) == (2, "New words.")


async def test_without_a_link_source_company_and_title_tell_the_posting(store: Store) -> None:
    await keep(store, build_posting("Old words."))
    assert await keep(store, build_posting("New words.", title="BAKER")) == [("updated", 1, 2)]
    assert await keep(store, build_posting("Other words.", title="Miller")) == [("added", 3, 1)]
    assert await keep(store, build_posting("Yet other words.", source="elsewhere.md")) == [("added", 4, 1)]


async def test_the_link_goes_before_source_and_title(store: Store) -> None:
    await keep(store, build_posting("One.", link=LINK))
    assert await keep(store, build_posting("Two.", link=f"{LINK}1")) == [("added", 2, 1)]


async def test_one_batch_is_kept_one_after_the_other(store: Store) -> None:
    first, second = build_posting("First.", link=LINK), build_posting("Second.", link=LINK)
    assert await keep(store, first, first, second, second, first) == [
        ("added", 1, 1),
        ("unchanged", 1, 1),
        ("updated", 1, 2),
        ("unchanged", 1, 2),
        ("updated", 1, 3),
    ]
    assert [revision.kept.posting.text for revision in await store.history(1, scopes=ALL)] == ["First.", "Second.", "First."]


async def test_an_empty_batch_changes_nothing(store: Store) -> None:
    assert await store.keep([], scope=EVERYONE) == ()
    assert await store.version() == 0


async def test_the_same_words_in_two_scopes_are_two_postings(store: Store) -> None:
    assert await keep(store, build_posting()) == [("added", 1, 1)]
    assert await keep(store, build_posting(), scope="4711") == [("added", 2, 1)]


async def test_unchanged_words_take_over_what_a_better_reader_found(store: Store) -> None:
    await keep(store, build_posting("Bread *daily*.", company=None, facts={"requirements": (build_fact("flour"), build_fact("yeast"))}))
    better = build_posting("Bread **daily**.", link=LINK, facts={"requirements": (build_fact("flour"),), "pay": (build_fact(HOURLY),)})
    assert await keep(store, better) == [("unchanged", 1, 1)]
    kept = await store.get(1, scopes=ALL)
    assert kept is not None
    assert kept.posting == better
    assert await keep(store, build_posting("Cake.", link=LINK)) == [("updated", 1, 2)]


async def test_facts_of_unknown_topics_are_passed_over_and_stay(url: str) -> None:
    newer = build_posting(facts={"requirements": (build_fact("flour"),), "skills": (build_fact(("ovens", "mixers")),)})
    async with Store.open(url, CODEC) as store:
        await store.keep([newer], scope=EVERYONE)
    async with Store.open(url, codec_of({})) as store:
        kept = await store.get(1, scopes=ALL)
        assert kept is not None
        assert kept.posting.facts == {}
        assert await store.keep([build_posting(title="Night Baker")], scope=EVERYONE) == (Kept(Outcome.UNCHANGED, 1, 1),)
    async with Store.open(url, CODEC) as store:
        kept = await store.get(1, scopes=ALL)
        assert kept is not None
        assert kept.posting == newer.model_copy(update={"title": "Night Baker"})


async def test_a_value_that_cannot_be_read_is_passed_over_alone(url: str, caplog: pytest.LogCaptureFixture) -> None:
    async with Store.open(url) as store:
        await store.keep([build_posting(facts={"pay": (build_fact("plenty"),), "requirements": (build_fact("flour"),)})], scope=EVERYONE)
    async with Store.open(url, CODEC) as store:
        kept = await store.get(1, scopes=ALL)
        assert kept is not None
        assert list(kept.posting.facts) == ["requirements"]
    assert "topic pay" in caplog.text


async def test_a_batch_is_kept_whole_or_not_at_all(url: str) -> None:
    async with Store.open(url, FactCodec(write_value=lambda _topic, value: value)) as store:
        broken = build_posting("Broken.", facts={"pay": (build_fact(object()),)})
        with pytest.raises(StatementError, match="not JSON serializable"):
            await store.keep([build_posting("Whole."), broken], scope=EVERYONE)
        assert await store.count(scopes=ALL) == 0
        assert await store.version() == 0


async def test_many_postings_go_in_one_batch(store: Store) -> None:
    postings = build_postings(1200)
    assert [kept.id for kept in await store.keep(postings, scope=EVERYONE)] == list(range(1, 1201))
    assert {kept.outcome for kept in await store.keep(postings, scope=EVERYONE)} == {Outcome.UNCHANGED}
    changed = [posting.model_copy(update={"text": f"New: {posting.text}"}) for posting in postings]
    assert {kept.outcome for kept in await store.keep(changed, scope=EVERYONE)} == {Outcome.UPDATED}


async def test_two_who_keep_the_same_at_once_do_not_keep_it_twice(url: str) -> None:
    postings = build_postings(30)
    async with Store.open(url, CODEC) as first, Store.open(url, CODEC) as second:
        results = await asyncio.gather(*(store.keep(postings, scope=EVERYONE) for store in (first, second, first, second)))
        assert await first.count(scopes=ALL) == 30
    assert sorted(kept[0].outcome for kept in results) == [Outcome.ADDED, *[Outcome.UNCHANGED] * 3]


async def test_memory_serves_many_at_once() -> None:
    async with Store.open("sqlite://", CODEC) as store:
        await asyncio.gather(*(store.keep(build_postings(3, start=start), scope=EVERYONE) for start in range(0, 60, 3)))
        assert await asyncio.gather(*(store.count(scopes=ALL) for _ in range(20))) == [60] * 20
