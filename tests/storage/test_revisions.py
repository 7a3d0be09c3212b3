from datetime import UTC, datetime, timedelta, timezone

from builders_storage import ALL, CODEC, HOURLY, build_fact, build_posting, build_postings

from bot.domain.posting import EVERYONE
from bot.storage.records import Kept, Outcome, codec_of
from bot.storage.store import Store

LINK = "https://crumb.example/jobs/7"
FIRST = build_posting("First.", link=LINK, facts={"pay": (build_fact(HOURLY),)})
SECOND = build_posting("Second.", link=LINK)


async def told(store: Store, number: int = 1) -> list[tuple[int, str, str]]:
    revisions = await store.history(number, scopes=ALL)
    return [(revision.kept.revision, revision.state.value, revision.kept.posting.text) for revision in revisions]


async def test_the_history_holds_every_revision_with_its_facts(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.keep([SECOND], scope=EVERYONE)
    assert await told(store) == [(1, "superseded", "First."), (2, "current", "Second.")]
    assert (await store.history(1, scopes=ALL))[0].kept.posting == FIRST


async def test_a_removed_posting_is_gone_but_not_lost(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    assert await store.remove(1, scopes=ALL)
    assert await store.get(1, scopes=ALL) is None
    assert await store.list_postings(scopes=ALL) == []
    assert await told(store) == [(1, "removed", "First.")]
    assert not await store.remove(1, scopes=ALL)


async def test_a_removed_posting_is_restored_as_it_was(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    before = await store.get(1, scopes=ALL)
    await store.remove(1, scopes=ALL)
    assert await store.restore(1, scopes=ALL) == before
    assert await told(store) == [(1, "current", "First.")]


async def test_a_removed_posting_that_is_kept_again_is_a_new_revision(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    assert await store.keep([FIRST, FIRST], scope=EVERYONE) == (Kept(Outcome.ADDED, 1, 2), Kept(Outcome.UNCHANGED, 1, 2))
    assert await told(store) == [(1, "superseded", "First."), (2, "current", "First.")]


async def test_a_removed_posting_is_not_revised_by_other_words(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    assert await store.keep([SECOND], scope=EVERYONE) == (Kept(Outcome.ADDED, 2, 1),)


async def test_an_older_revision_is_restored_as_the_newest(store: Store) -> None:
    await store.keep([FIRST, SECOND], scope=EVERYONE)
    restored = await store.restore(1, scopes=ALL, revision=1)
    assert restored is not None
    assert (restored.revision, restored.posting) == (3, FIRST)
    assert await told(store) == [(1, "superseded", "First."), (2, "superseded", "Second."), (3, "current", "First.")]


async def test_an_older_revision_of_a_removed_posting_is_restored(store: Store) -> None:
    await store.keep([FIRST, SECOND], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    await store.restore(1, scopes=ALL, revision=1)
    assert await told(store) == [(1, "superseded", "First."), (2, "superseded", "Second."), (3, "current", "First.")]


async def test_restoring_keeps_facts_of_unknown_topics(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([FIRST, SECOND], scope=EVERYONE)
    async with Store.open(url, codec_of({})) as store:
        await store.restore(1, scopes=ALL, revision=1)
    async with Store.open(url, CODEC) as store:
        kept = await store.get(1, scopes=ALL)
        assert kept is not None
        assert kept.posting == FIRST


async def test_what_is_current_already_is_not_restored_again(store: Store) -> None:
    await store.keep([FIRST, SECOND], scope=EVERYONE)
    version = await store.version()
    current = await store.get(1, scopes=ALL)
    assert await store.restore(1, scopes=ALL) == current
    assert await store.restore(1, scopes=ALL, revision=2) == current
    assert await store.version() == version


async def test_words_that_are_current_under_another_id_are_not_restored_twice(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    await store.keep([SECOND, FIRST], scope=EVERYONE)
    restored = await store.restore(1, scopes=ALL)
    assert restored is not None
    assert (restored.id, restored.revision) == (2, 2)
    assert await store.count(scopes=ALL) == 1


async def test_what_was_never_there_cannot_be_removed_or_restored(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    for number in (2, 0, -1, 10**30):
        assert not await store.remove(number, scopes=ALL)
        assert await store.restore(number, scopes=ALL) is None
        assert await store.history(number, scopes=ALL) == ()
    assert await store.restore(1, scopes=ALL, revision=10**12) is None


async def test_times_are_utc_and_say_when_a_revision_was_read_and_changed(url: str) -> None:
    noon = datetime(2031, 5, 4, 12, 0, 0, 250_000, tzinfo=UTC)
    times = [noon, noon + timedelta(hours=1), noon + timedelta(hours=2)]
    clock = iter(time.astimezone(timezone(timedelta(hours=5))) for time in times)
    async with Store.open(url, CODEC, clock=lambda: next(clock)) as store:
        await store.keep([FIRST], scope=EVERYONE)
        await store.keep([SECOND], scope=EVERYONE)
        await store.remove(1, scopes=ALL)
        found = await store.history(1, scopes=ALL)
    assert [(revision.kept.read_at, revision.changed_at) for revision in found] == [(times[0], times[1]), (times[1], times[2])]
    assert {revision.changed_at.tzinfo for revision in found} == {UTC}


async def test_the_version_rises_with_each_change_and_only_then(store: Store) -> None:
    versions = [await store.version()]
    for change in (
        lambda: store.keep([FIRST], scope=EVERYONE),
        lambda: store.keep([SECOND], scope=EVERYONE),
        lambda: store.keep([SECOND.model_copy(update={"title": "Miller"})], scope=EVERYONE),
        lambda: store.remove(1, scopes=ALL),
        lambda: store.restore(1, scopes=ALL),
        lambda: store.restore(1, scopes=ALL, revision=1),
        lambda: store.keep(build_postings(3), scope="4711"),
    ):
        await change()
        versions.append(await store.version())
    assert versions == list(range(8))
    await store.keep([FIRST], scope=EVERYONE)
    await store.remove(99, scopes=ALL)
    assert await store.version() == 7
