from collections.abc import Collection
from itertools import count

from builders_storage import ALL, CODEC, build_posting, build_postings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.posting import EVERYONE
from bot.storage.database import LOOK_SECONDS
from bot.storage.records import Changes, Listed
from bot.storage.store import CHANGE_PAGE, Store

LINK = "https://crumb.example/jobs/7"
SCOPES = st.sampled_from("xyz")
KEEP = st.tuples(st.just("keep"), SCOPES, st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=3))
REMOVE = st.tuples(st.just("remove"), SCOPES, st.integers(0, 5))
RESTORE = st.tuples(st.just("restore"), SCOPES, st.integers(0, 5))
FOLLOW = st.tuples(st.just("follow"), SCOPES, st.none())


async def told(store: Store, version: int, *, scopes: Collection[str] = ALL) -> tuple[int, list[int], list[int]]:
    changes = await store.changes_since(version, scopes=scopes)
    return changes.version, sorted(listed.id for listed in changes.current), sorted(changes.gone)


async def test_each_change_is_told_once_with_the_version_that_it_leads_to(store: Store) -> None:
    assert await told(store, -1) == (0, [], [])
    await store.keep([build_posting("First.", link=LINK), build_posting("Other.", title="Miller")], scope=EVERYONE)
    assert await told(store, 0) == (1, [1, 2], [])
    await store.keep([build_posting("Second.", link=LINK)], scope=EVERYONE)
    assert await told(store, 1) == (2, [1], [])
    await store.keep([build_posting("Second.", link=LINK, company="Crumb")], scope=EVERYONE)
    assert await told(store, 2) == (3, [1], [])
    await store.remove(1, scopes=ALL)
    assert await told(store, 3) == (4, [], [1])
    await store.restore(1, scopes=ALL)
    assert await told(store, 4) == (5, [1], [])
    await store.restore(1, scopes=ALL, revision=1)
    assert await told(store, 5) == (6, [1], [])
    assert await told(store, 6) == (6, [], [])
    assert await told(store, -1) == (6, [1, 2], [])


async def test_what_changed_is_listed_as_it_is_now(store: Store) -> None:
    await store.keep(build_postings(2), scope=EVERYONE)
    await store.keep([build_posting("Posting number 0.", source="0.md", company="Crumb")], scope=EVERYONE)
    (listed,) = (await store.changes_since(1, scopes=ALL)).current
    assert [listed] == [other for other in await store.list_postings(scopes=ALL) if other.company == "Crumb"]


async def test_changes_of_other_scopes_are_not_told_yet_counted(store: Store) -> None:
    await store.keep([build_posting()], scope="4711")
    await store.remove(1, scopes=["4711"])
    assert await told(store, -1) == (2, [], [])
    assert await told(store, 0, scopes=[EVERYONE, "4711"]) == (2, [], [1])
    assert await told(store, 0, scopes=()) == (2, [], [])


async def test_more_changes_than_one_page_are_told(store: Store) -> None:
    number = CHANGE_PAGE * 2 + 20
    await store.keep(build_postings(number), scope=EVERYONE)
    for gone in (1, number):
        await store.remove(gone, scopes=ALL)
    assert await told(store, -1) == (3, list(range(2, number)), [1, number])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(KEEP | REMOVE | RESTORE | FOLLOW, max_size=12))
async def test_who_follows_the_changes_knows_what_the_list_knows(store: Store, steps: list[tuple[str, str, object]]) -> None:
    run = str(await store.version())
    followed: dict[str, dict[int, Listed]] = {}
    versions: dict[str, int] = {}
    ids: list[int] = []
    for step, letter, what in steps:
        scope = f"{run}/{letter}"
        match step, what:
            case "keep", list(batch):
                postings = [build_posting(words, link=LINK if has_link else None, title=words) for words, has_link in batch]
                ids += [kept.id for kept in await store.keep(postings, scope=scope)]
            case "remove", int(which) if which < len(ids):
                await store.remove(ids[which], scopes=[f"{run}/{other}" for other in "xyz"])
            case "restore", int(which) if which < len(ids):
                await store.restore(ids[which], scopes=[f"{run}/{other}" for other in "xyz"], revision=1 + which % 2)
            case "follow", _:
                changes = await store.changes_since(versions.get(scope, -1), scopes=[scope])
                versions[scope] = changes.version
                apply(changes, followed.setdefault(scope, {}))
    for scope in {f"{run}/{letter}" for letter in "xyz"}:
        known = followed.get(scope, {})
        apply(await store.changes_since(versions.get(scope, -1), scopes=[scope]), known)
        assert [known[number] for number in sorted(known)] == await store.list_postings(scopes=[scope])


def apply(changes: Changes, known: dict[int, Listed]) -> None:
    assert not {listed.id for listed in changes.current} & set(changes.gone)
    for number in changes.gone:
        known.pop(number, None)
    known.update((listed.id, listed) for listed in changes.current)


async def test_what_this_store_changes_is_seen_at_once(url: str) -> None:
    async with Store.open(url, CODEC, monotonic=lambda: 0.0) as store:
        assert await store.version() == 0
        await store.keep([build_posting()], scope=EVERYONE)
        assert await store.version() == 1
        await store.remove(1, scopes=ALL)
        assert await store.version() == 2
        await store.restore(1, scopes=ALL)
        assert await store.version() == 3


async def test_what_another_process_changes_is_seen_when_it_is_time_to_look(url: str) -> None:
    seconds = [100.0]
    async with Store.open(url, CODEC, monotonic=lambda: seconds[0]) as store, Store.open(url, CODEC) as other:
        assert await store.version() == 0
        await other.keep([build_posting()], scope=EVERYONE)
        seconds[0] += LOOK_SECONDS * 0.99
        assert await store.version() == 0
        seconds[0] += LOOK_SECONDS * 0.01
        assert await store.version() == 1


async def test_whoever_reads_changes_has_looked(url: str) -> None:
    async with Store.open(url, CODEC, monotonic=lambda: 0.0) as store, Store.open(url, CODEC) as other:
        assert await store.version() == 0
        await other.keep([build_posting()], scope=EVERYONE)
        assert (await store.changes_since(0, scopes=ALL)).version == 1
        assert await store.version() == 1


async def test_a_change_of_ones_own_does_not_put_off_the_look_for_others(url: str) -> None:
    seconds = count(0.0, LOOK_SECONDS)
    async with Store.open(url, CODEC, monotonic=lambda: next(seconds)) as store, Store.open(url, CODEC) as other:
        await store.keep([build_posting()], scope=EVERYONE)
        await other.keep([build_posting("Other.", title="Miller")], scope=EVERYONE)
        assert await store.version() == 2
