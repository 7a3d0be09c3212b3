"""What the Store tells of postings, of what was done, and of its own changes, to whom."""

import asyncio
import pickle
import secrets
from collections.abc import Callable, Collection, Coroutine
from itertools import count
from typing import Any

import pytest
from builders_storage import (
    ADA,
    ALL,
    BEN,
    CODEC,
    HOURLY,
    NOON,
    broken_rules,
    build_correction,
    build_fact,
    build_posting,
    build_postings,
    changes_of,
    connecting,
    head_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.domain.person import EVERYONE, ROLECALL, Actor
from bot.domain.posting import Action, ActionKind, Evidence, Openness, Report, ServerSettings
from bot.storage.boards import Enrolled, Seen
from bot.storage.corrections import apply_corrections
from bot.storage.proposals import MOST_REPORTS
from bot.storage.records import LOOK_SECONDS, Changes, Headed, Listed
from bot.storage.store import CHANGE_PAGE, MOST_ACTIONS, Store
from bot.storage.tables import CHUNK


async def test_a_sketch_has_the_facts_of_the_topics_asked_for_and_no_text(store: Store) -> None:
    facts = {"requirements": (build_fact("flour"), build_fact("water")), "pay": (build_fact(HOURLY),)}
    await store.keep([build_posting("A.", facts=facts), build_posting("B.", title="Miller")], scope=EVERYONE)
    first, second = await store.sketch(["requirements"], scopes=ALL)
    assert (first.id, first.posting.company, first.posting.text) == (1, "Crust & Crumb", "")
    assert {topic: [fact.value for fact in found] for topic, found in first.posting.facts.items()} == {"requirements": ["flour", "water"]}
    assert (second.id, second.posting.facts) == (2, {})


async def test_a_sketch_with_text_is_enough_for_an_answer(store: Store) -> None:
    facts = {"requirements": (build_fact("flour"), build_fact("water")), "pay": (build_fact(HOURLY),), "skills": (build_fact(("dough",)),)}
    made = (build_correction("pay", *facts["pay"]), build_correction("skills", *facts["skills"]))
    await store.keep([build_posting("A.", facts=facts, corrections=made), build_posting("B.", title="Miller")], scope=EVERYONE)
    whole = await store.get_many([1, 2], scopes=ALL)
    first, second = await store.sketch(["requirements", "pay"], scopes=ALL, ids=[1, 2], with_text=True)
    assert [one.posting.text for one in (first, second)] == [one.posting.text for one in whole]
    assert first.posting.facts == {topic: whole[0].posting.facts[topic] for topic in ("pay", "requirements")}
    assert first.posting.corrections == (whole[0].posting.correction_of("pay"),)
    assert second == whole[1]


@pytest.mark.parametrize("topics", [None, ["requirements", "pay"]])
async def test_what_is_read_for_an_answer_is_all_that_is_known_of_its_topics(store: Store, topics: list[str] | None) -> None:
    facts = {"requirements": (build_fact("flour"), build_fact("water")), "pay": (build_fact(HOURLY),), "skills": (build_fact(("dough",)),)}
    made = (build_correction("head_title", words="Chef"), build_correction("pay", *facts["pay"]))
    await store.keep([build_posting("A.", facts=facts, corrections=made), build_posting("B.", title="Miller")], scope=EVERYONE)
    await store.boards.enrol([Enrolled(one, None, None) for one in await store.boards.read_unlisted(0, 9)])
    await store.boards.settle(Seen(1, Openness.OPEN, Evidence.PAGE), next_at=None)
    whole = await store.get_many([1, 2], scopes=ALL)
    (first, seen), (second, unseen) = await store.read_for_answer([2, 1, 99], topics=topics, scopes=ALL)
    assert (seen, unseen) == tuple((await store.boards.sightings([1, 2], scopes=ALL)).values())
    assert [first.posting.text, second.posting.text] == [one.posting.text for one in whole]
    if topics is None:
        assert (first, second) == whole
        assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301 -- it goes to processes of our own
    else:
        assert first.posting.facts == {topic: whole[0].posting.facts[topic] for topic in ("pay", "requirements")}
        assert first.posting.corrections == (whole[0].posting.correction_of("pay"),)
        assert first.stated == {*facts}
    assert await store.read_for_answer([1], topics=topics, scopes={"4711"}) == []


async def test_a_sketch_is_of_the_current_postings_that_are_chosen(store: Store) -> None:
    await store.keep(build_postings(3), scope=EVERYONE)
    await store.remove(2, scopes=ALL)
    assert [one.id for one in await store.sketch(["pay"], scopes=ALL, ids=[3, 2, 1, 99])] == [1, 3]
    assert await store.sketch(["pay"], scopes=ALL, ids=[]) == []


async def test_several_postings_come_in_the_order_asked_for(store: Store) -> None:
    await store.keep(build_postings(5), scope=EVERYONE)
    found = await store.get_many([4, 2, 99, 2, -7, 10**30, 5], scopes=ALL)
    assert [kept.id for kept in found] == [4, 2, 5]


async def test_more_postings_than_one_statement_names_are_found(store: Store) -> None:
    number = CHUNK + 20
    await store.keep(build_postings(number), scope=EVERYONE)
    assert len(await store.get_many(range(1, number + 1), scopes=ALL)) == number


async def test_the_list_is_light_and_in_order(store: Store) -> None:
    await store.keep([build_posting("A.", link="https://a.example"), build_posting("B.", title=None, company=None)], scope=EVERYONE)
    listed = await store.list_postings(scopes=ALL)
    read_at = listed[0].read_at
    assert listed == [
        Listed(1, EVERYONE, "Crust & Crumb", "Baker", "baker.md", "https://a.example", read_at, "Toronto"),
        Listed(2, EVERYONE, None, None, "baker.md", None, read_at, "Toronto"),
    ]


async def test_the_export_is_complete_and_in_order(store: Store) -> None:
    number = CHUNK + 20
    postings = build_postings(number)
    await store.keep(postings[1::2], scope="4711")
    await store.keep(postings[0::2], scope=EVERYONE)
    found = [kept async for kept in store.every(scopes=[EVERYONE, "4711"])]
    assert [kept.id for kept in found] == list(range(1, number + 1))
    assert [kept.posting for kept in found] == postings[1::2] + postings[0::2]


async def test_the_export_may_be_left_half_way(store: Store) -> None:
    await store.keep(build_postings(3), scope=EVERYONE)
    export = store.every(scopes=ALL)
    assert (await anext(export)).id == 1
    await store.remove(3, scopes=ALL)
    assert (await anext(export)).id == 2


LINK = "https://crumb.example/jobs/7"
SCOPES = st.sampled_from("xyz")
KEEP = st.tuples(st.just("keep"), SCOPES, st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=3))
REMOVE = st.tuples(st.just("remove"), SCOPES, st.integers(0, 5))
RESTORE = st.tuples(st.just("restore"), SCOPES, st.integers(0, 5))
FOLLOW = st.tuples(st.just("follow"), SCOPES, st.none())


async def changed_since(store: Store, version: int, *, scopes: Collection[str] = ALL) -> tuple[int, list[int], list[int]]:
    changes = await changes_of(store, version, scopes=scopes)
    return changes.version, sorted(listed.id for listed in changes.current), sorted(changes.gone)


async def test_each_change_is_told_once_with_the_version_that_it_leads_to(store: Store) -> None:
    assert await changed_since(store, -1) == (0, [], [])
    await store.keep([build_posting("First.", link=LINK), build_posting("Other.", title="Miller")], scope=EVERYONE)
    assert await changed_since(store, 0) == (1, [1, 2], [])
    await store.keep([build_posting("Second.", link=LINK)], scope=EVERYONE)
    assert await changed_since(store, 1) == (2, [1], [])
    await store.keep([build_posting("Second.", link=LINK, company="Crumb")], scope=EVERYONE)
    assert await changed_since(store, 2) == (3, [1], [])
    await store.remove(1, scopes=ALL)
    assert await changed_since(store, 3) == (4, [], [1])
    await store.restore(1, scopes=ALL)
    assert await changed_since(store, 4) == (5, [1], [])
    await store.restore(1, scopes=ALL, revision=1)
    assert await changed_since(store, 5) == (6, [1], [])
    assert await changed_since(store, 6) == (6, [], [])
    assert await changed_since(store, -1) == (6, [1, 2], [])


async def test_what_changed_is_listed_as_it_is_now(store: Store) -> None:
    await store.keep(build_postings(2), scope=EVERYONE)
    await store.keep([build_posting("Posting number 0.", source="0.md", company="Crumb")], scope=EVERYONE)
    (changed,) = (await changes_of(store, 1)).current
    assert [head_of(changed)] == [head_of(other) for other in await store.list_postings(scopes=ALL) if other.company == "Crumb"]


async def test_changes_of_other_scopes_are_not_told_yet_counted(store: Store) -> None:
    await store.keep([build_posting()], scope="4711")
    await store.remove(1, scopes=["4711"])
    assert await changed_since(store, -1) == (2, [], [])
    assert await changed_since(store, 0, scopes=[EVERYONE, "4711"]) == (2, [], [1])
    assert await changed_since(store, 0, scopes=()) == (2, [], [])


async def test_more_changes_than_one_page_are_told(store: Store) -> None:
    number = CHANGE_PAGE * 2 + 20
    await store.keep(build_postings(number), scope=EVERYONE)
    for gone in (1, number):
        await store.remove(gone, scopes=ALL)
    assert await changed_since(store, -1) == (3, list(range(2, number)), [1, number])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(KEEP | REMOVE | RESTORE | FOLLOW, max_size=12))
async def test_who_follows_the_changes_knows_what_the_list_knows(store: Store, steps: list[tuple[str, str, object]]) -> None:
    run = str(await store.version())
    followed: dict[str, dict[int, Headed]] = {}
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
                changes = await changes_of(store, versions.get(scope, -1), scopes=[scope])
                versions[scope] = changes.version
                apply(changes, followed.setdefault(scope, {}))
    for scope in {f"{run}/{letter}" for letter in "xyz"}:
        known = followed.get(scope, {})
        apply(await changes_of(store, versions.get(scope, -1), scopes=[scope]), known)
        assert [head_of(known[number]) for number in sorted(known)] == [head_of(one) for one in await store.list_postings(scopes=[scope])]


def apply(changes: Changes, known: dict[int, Headed]) -> None:
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
        assert (await changes_of(store, 0)).version == 1
        assert await store.version() == 1


async def test_a_change_of_ones_own_does_not_put_off_the_look_for_others(url: str) -> None:
    seconds = count(0.0, LOOK_SECONDS)
    async with Store.open(url, CODEC, monotonic=lambda: next(seconds)) as store, Store.open(url, CODEC) as other:
        await store.keep([build_posting()], scope=EVERYONE)
        await other.keep([build_posting("Other.", title="Miller")], scope=EVERYONE)
        assert await store.version() == 2


FIRST, SECOND = build_posting("First.", link=LINK), build_posting("Second.", link=LINK)
Told = tuple[str, str, int, int | None, int | None]


async def told(store: Store, *, scopes: Collection[str] = ALL, posting: int | None = None) -> list[Told]:
    actions = await store.list_actions(scopes=scopes, posting=posting)
    return [(action.kind.value, action.by.name, action.posting, action.before, action.after) for action in actions]


async def test_each_deed_is_written_down_with_who_did_it(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE, by=ADA)
    await store.keep([SECOND], scope=EVERYONE, by=BEN)
    await store.revise(1, apply_corrections(SECOND, [build_correction("head_company", words="Crumb")]), scopes=ALL, by=ADA)
    await store.remove(1, scopes=ALL, by=BEN)
    await store.restore(1, scopes=ALL, by=ADA)
    await store.restore(1, scopes=ALL, by=BEN, revision=1)
    await store.remove(1, scopes=ALL)
    await store.restore(1, scopes=ALL, revision=2, by=ADA)
    await store.remove(1, scopes=ALL)
    await store.keep([SECOND], scope=EVERYONE, by=BEN)
    expected: list[Told] = [
        ("added", "ben", 1, None, 6),
        ("removed", "Rolecall", 1, 5, None),
        ("restored", "ada", 1, None, 5),
        ("removed", "Rolecall", 1, 4, None),
        ("restored", "ben", 1, 3, 4),
        ("restored", "ada", 1, None, 3),
        ("removed", "ben", 1, 3, None),
        ("corrected", "ada", 1, 2, 3),
        ("updated", "ben", 1, 1, 2),
        ("added", "ada", 1, None, 1),
    ]
    assert await told(store) == await told(store, posting=1) == expected


async def test_an_action_says_what_when_and_of_which_posting(url: str) -> None:
    async with Store.open(url, CODEC, clock=lambda: NOON) as store:
        await store.keep([FIRST], scope="4711", by=ADA)
        assert await store.list_actions(scopes=["4711"]) == [
            Action(posting=1, scope="4711", kind=ActionKind.ADDED, by=ADA, at=NOON, company="Crust & Crumb", title="Baker", after=1)
        ]


async def test_taking_corrections_back_is_a_correction(store: Store) -> None:
    await store.keep([apply_corrections(FIRST, [build_correction("head_title", words="x")])], scope=EVERYONE, by=ADA)
    await store.revise(1, FIRST, scopes=ALL, by=BEN)
    assert (await told(store))[0] == ("corrected", "ben", 1, 1, 2)


async def test_keeping_the_same_words_with_another_correction_is_a_correction(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.keep([apply_corrections(FIRST, [build_correction("head_title", words="x")])], scope=EVERYONE, by=ADA)
    assert (await told(store))[0] == ("corrected", "ada", 1, 1, 2)


async def test_what_changes_nothing_is_not_written_down(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.keep([FIRST], scope=EVERYONE)
    await store.keep([FIRST.model_copy(update={"location": "Paris"})], scope=EVERYONE)
    await store.revise(1, FIRST, scopes=ALL, by=ADA)
    await store.restore(1, scopes=ALL, by=ADA)
    await store.remove(2, scopes=ALL, by=ADA)
    assert await told(store) == [("added", ROLECALL.name, 1, None, 1)]


async def test_a_batch_is_written_down_in_its_order(store: Store) -> None:
    await store.keep([FIRST, FIRST, SECOND, *build_postings(2)], scope=EVERYONE, by=ADA)
    assert [(kind, number) for kind, _, number, _, _ in await told(store)] == [("added", 4), ("added", 3), ("updated", 1), ("added", 1)]


async def test_only_what_was_done_in_the_scopes_is_told(store: Store) -> None:
    await store.keep([FIRST], scope="4711", by=ADA)
    await store.keep([FIRST], scope="1147", by=BEN)
    await store.remove(1, scopes=["4711"], by=ADA)
    assert [name for _, name, _, _, _ in await told(store, scopes=["4711", EVERYONE])] == ["ada", "ada"]
    assert await told(store, scopes=["1147"], posting=1) == []
    assert await told(store, scopes=()) == []
    assert [number for _, _, number, _, _ in await told(store, scopes=["4711", "1147"])] == [1, 2, 1]


async def test_pages_are_bounded_and_numbers_from_outside_do_no_harm(store: Store) -> None:
    await store.keep(build_postings(MOST_ACTIONS + 5), scope=EVERYONE)
    await store.keep([FIRST], scope="4711")
    for scopes in (ALL, [EVERYONE, "4711"]):
        newest = await store.list_actions(scopes=scopes, limit=3)
        assert len(newest) == 3
        assert await store.list_actions(scopes=scopes, limit=2, skip=1) == newest[1:]
        assert len(await store.list_actions(scopes=scopes, limit=2**70)) == MOST_ACTIONS
        assert await store.list_actions(scopes=scopes, limit=-1, skip=-(2**70)) == []
        assert await store.list_actions(scopes=scopes, skip=2**70) == []
    for number in (-1, 0, 2**70):
        assert await store.list_actions(scopes=ALL, posting=number) == []


async def test_huge_and_hostile_names_are_cut_and_stored(store: Store) -> None:
    actor = Actor.model_construct(id="discord:\x00\ud800" + "7" * 500, name="n\x00\udfff" + "ä" * 500)
    await store.keep([build_posting(title="t\x00" * 20_000, company="\x00" * 20_000)], scope=EVERYONE, by=actor)
    (action,) = await store.list_actions(scopes=ALL)
    assert (len(action.by.id), len(action.by.name)) == (100, 100)
    assert action.title is not None
    assert action.company is not None
    assert (len(action.title), len(action.company)) == (200, 200)


async def test_two_who_act_at_once_are_both_written_down(url: str) -> None:
    async with Store.open(url, CODEC) as first, Store.open(url, CODEC) as second:
        await first.keep([FIRST], scope=EVERYONE)
        removed = await asyncio.gather(first.remove(1, scopes=ALL, by=ADA), second.remove(1, scopes=ALL, by=BEN))
        assert sorted(removed) == [False, True]
        await asyncio.gather(
            *(store.keep(build_postings(3, start=start), scope=EVERYONE, by=ADA) for start, store in enumerate((first, second)))
        )
        assert [kind for kind, *_ in await told(first)] == ["added"] * 4 + ["removed", "added"]
    assert await broken_rules(url) == {}


async def test_removed_postings_are_listed_newest_removal_first(store: Store) -> None:
    await store.keep([*build_postings(3), FIRST], scope=EVERYONE)
    await store.keep([SECOND], scope="4711")
    for number in (2, 5, 1, 4):
        await store.remove(number, scopes=[EVERYONE, "4711"])
    await store.restore(1, scopes=ALL)
    assert [listed.id for listed in await store.list_removed(scopes=[EVERYONE, "4711"])] == [4, 5, 2]
    (newest, *_) = await store.list_removed(scopes=ALL)
    assert (newest.title, newest.link, newest.scope) == ("Baker", LINK, EVERYONE)
    assert await store.list_removed(scopes=["1147"]) == []
    await store.keep([FIRST], scope=EVERYONE)
    assert [listed.id for listed in await store.list_removed(scopes=ALL)] == [2]


async def test_which_scopes_have_current_postings_is_told(store: Store) -> None:
    assert await store.hold_postings(scopes=[EVERYONE, "4711"]) == frozenset()
    for scope in ("1", "2", "4711", EVERYONE):
        await store.keep(build_postings(3), scope=scope)
    for listed in await store.list_postings(scopes=["2"]):
        await store.remove(listed.id, scopes=["2"])
    assert await store.hold_postings(scopes=["2", "4711", EVERYONE, "x\x01"]) == {"4711", EVERYONE}
    assert await store.hold_postings(scopes=()) == frozenset()
    assert await store.hold_postings(scopes=[*map(str, range(3000))]) == {"1"}


SETTINGS = ServerSettings(admin_role=2**63 + 5, is_hidden=True, notices_channel=7, language="pt-BR")


async def test_where_nothing_was_set_the_defaults_hold(store: Store) -> None:
    assert await store.servers.get("4711") == ServerSettings()


async def test_what_was_set_comes_back_and_only_there(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.servers.put("4711", ServerSettings(language="de"))
        await store.servers.put("4711", SETTINGS)
    async with Store.open(url, CODEC) as store:
        assert await store.servers.get("4711") == SETTINGS
        assert await store.servers.get("471") == ServerSettings()
        assert await store.version() == 2  # so that other processes look


async def test_what_another_version_has_set_beside_is_left_and_what_cannot_be_read_is_passed_over(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.servers.put("4711", SETTINGS)
        async with connecting(url) as connection:
            changed = """{"horoscope": "daily", "is_hidden": "perhaps", "admin_role": 7, "language": "de"}"""
            await connection.execute(text("UPDATE server SET settings = :changed"), {"changed": changed})
        assert await store.servers.get("4711") == ServerSettings(admin_role=7, language="de")
        await store.servers.put("4711", ServerSettings())
    async with connecting(url) as connection:
        assert "horoscope" in str((await connection.execute(text("SELECT settings FROM server"))).scalar())


async def test_hostile_settings_are_kept(store: Store) -> None:
    hostile = ServerSettings(admin_role=-(2**200), language="x\x00" * 10_000)
    await store.servers.put("x" * 1000, hostile)
    assert await store.servers.get("x" * 1000) == hostile


async def test_two_who_set_them_at_once_both_succeed(url: str) -> None:
    async with Store.open(url, CODEC) as first, Store.open(url, CODEC) as second:
        wanted = [ServerSettings(admin_role=number) for number in range(4)]
        await asyncio.gather(*(store.servers.put("4711", one) for store, one in zip((first, second) * 2, wanted, strict=True)))
        assert await first.servers.get("4711") in wanted


WORLDS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.booleans()), max_size=6)
SEEN = st.sets(st.integers(0, 3))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=WORLDS, seen=SEEN)
async def test_no_read_ever_returns_a_posting_of_a_scope_that_was_not_named(
    store: Store, world: list[tuple[int, int, bool]], seen: set[int]
) -> None:
    run = secrets.token_hex(4)
    ids: set[int] = set()
    proposals: set[str] = set()
    for scope, words, is_removed in world:
        posting = build_posting(f"Words {words}.", title=str(words), facts={"requirements": (build_fact(f"{run}/{scope}"),)})
        (kept,) = await store.keep([posting], scope=f"{run}/{scope}")
        ids.add(kept.id)
        proposals.add((await store.proposals.put(posting, scope=f"{run}/{scope}", by=ADA, revises=kept.id)).id)
        if is_removed:
            await store.remove(kept.id, scopes=[f"{run}/{scope}"])
    scopes = {f"{run}/{scope}" for scope in seen}
    assert {scope async for scope in scopes_read(store, ids, scopes)} <= scopes
    assert {scope async for scope in scopes_of_deeds(store, ids, scopes)} <= scopes
    others = {f"{run}/{scope}" for scope in range(4)} - scopes
    before = await everything(store, ids, others)
    await do_everything(store, ids, proposals=proposals, scopes=scopes)
    assert await everything(store, ids, others) == before
    assert (
        await store.count(scopes=scopes)
        == len(await store.list_postings(scopes=scopes))
        == len([kept async for kept in store.every(scopes=scopes)])
    )


async def scopes_read(store: Store, ids: set[int], scopes: Collection[str]) -> Any:
    """Yield the scope of whatever the Store gives out, by every way there is."""
    for kept in await store.get_many(ids, scopes=scopes):
        yield kept.scope
    for ids_asked in (None, ids):
        for sketched in await store.sketch(["requirements"], scopes=scopes, ids=ids_asked):
            yield sketched.scope
    for told, _ in [x for topics in (None, ["requirements"]) for x in await store.read_for_answer(ids, topics=topics, scopes=scopes)]:
        yield told.scope
    for listed in await store.list_postings(scopes=scopes):
        yield listed.scope
    async for kept in store.every(scopes=scopes):
        yield kept.scope
    for number in ids:
        for revision in await store.history(number, scopes=scopes):
            yield revision.kept.scope
        if (found := await store.get(number, scopes=scopes)) is not None:
            yield found.scope


async def scopes_of_deeds(store: Store, ids: set[int], scopes: Collection[str]) -> Any:
    """Yield the scope of whatever the Store tells of what people did."""
    for listed in await store.list_removed(scopes=scopes):
        yield listed.scope
    for number in (None, *ids):
        for action in await store.list_actions(scopes=scopes, posting=number):
            yield action.scope
    for scope in await store.hold_postings(scopes=scopes):
        yield scope


async def do_everything(store: Store, ids: set[int], *, proposals: set[str], scopes: Collection[str]) -> None:
    """Do to all that there is whatever one may who sees these scopes; what is given back is of them."""
    for number in ids:
        await store.revise(number, build_posting(f"Revised {number}."), scopes=scopes, by=ADA)
        await store.restore(number, scopes=scopes, by=ADA, revision=1)
        await store.remove(number, scopes=scopes, by=ADA)
    for name in proposals:
        seen = [await store.proposals.get(name, scopes=scopes), await store.proposals.change(name, build_posting("x"), scopes=scopes)]
        settled = [await store.proposals.keep(name, scopes=scopes, by=ADA), await store.proposals.cancel(name, scopes=scopes)]
        assert {one.scope for one in seen if one} | {one.proposal.scope for one in settled if one} <= set(scopes)


async def everything(store: Store, ids: set[int], scopes: Collection[str]) -> Any:
    """Return all that there is in scopes."""
    histories = [await store.history(number, scopes=scopes) for number in sorted(ids)]
    return histories, await store.list_actions(scopes=scopes), await store.list_removed(scopes=scopes)


async def test_nobody_removes_or_restores_what_they_do_not_see(store: Store) -> None:
    await store.keep([build_posting()], scope="4711")
    assert not await store.remove(1, scopes=[EVERYONE, "1147"])
    await store.remove(1, scopes=["4711"])
    assert await store.restore(1, scopes=[EVERYONE, "1147"]) is None
    assert await store.count(scopes=["4711"]) == 0


async def test_without_any_scope_nothing_is_seen(store: Store) -> None:
    await store.keep([build_posting()], scope=EVERYONE)
    assert await store.list_postings(scopes=()) == []
    assert await store.get(1, scopes=frozenset()) is None


LONE: list[Callable[[Store], Coroutine[Any, Any, Any]]] = [
    lambda store: store.get(1, scopes=EVERYONE),
    lambda store: store.list_postings(scopes=EVERYONE),
    lambda store: store.count(scopes=EVERYONE),
    lambda store: store.history(1, scopes=EVERYONE),
    lambda store: store.remove(1, scopes=EVERYONE),
    lambda store: store.revise(1, build_posting(), scopes=EVERYONE, by=ADA),
    lambda store: store.list_removed(scopes=EVERYONE),
    lambda store: store.list_actions(scopes=EVERYONE),
    lambda store: store.list_actions(scopes=EVERYONE, posting=1),
    lambda store: store.hold_postings(scopes=EVERYONE),
    lambda store: store.proposals.get("x", scopes=EVERYONE),
    lambda store: store.proposals.keep("x", scopes=EVERYONE, by=ADA),
    lambda store: store.proposals.cancel("x", scopes=EVERYONE),
]


@pytest.mark.parametrize("read", LONE)
async def test_a_lone_text_is_not_taken_for_a_collection_of_scopes(store: Store, read: Callable[[Store], Coroutine[Any, Any, Any]]) -> None:
    with pytest.raises(TypeError, match="collection of scopes"):
        await read(store)


async def test_the_newest_come_page_by_page_from_all_scopes_and_none_that_may_not_be_seen(store: Store) -> None:
    for number in range(7):
        await store.keep([build_posting(f"Text {number}.", title=f"Cook {number}")], scope=EVERYONE if number % 2 else "1")
    await store.keep([build_posting("Secret.", title="Spy")], scope="2")
    pages = [await store.newest(scopes={EVERYONE, "1"}, limit=3, skip=skip) for skip in (0, 3, 6, 9)]
    listed = [one.id for one in await store.list_postings(scopes={EVERYONE, "1"})]
    assert [number for page in pages for number in page] == sorted(listed, reverse=True)
    assert [len(page) for page in pages] == [3, 3, 1, 0]


async def test_reports_are_bounded_by_age_and_number_and_seen_in_their_scope_only(store: Store) -> None:
    def build_report(number: int, scope: str = "1") -> Report:
        return Report(id="new", scope=scope, question=f"what about {number}?", said="nothing", at=NOON)

    assert await store.reports.put(build_report(0))
    assert not await store.reports.put(build_report(1))
    assert not await store.reports.put(build_report(1))
    assert sorted(one.times for one in await store.reports.list_reports(scopes={"1"})) == [1, 2]
    assert await store.reports.list_reports(scopes={"2"}) == []
    first = (await store.reports.list_reports(scopes={"1"}))[0]
    assert not await store.reports.close(first.id, scopes={"2"})
    assert await store.reports.close(first.id, scopes={"1"})
    assert len(await store.reports.list_reports(scopes={"1"})) == 1
    assert len(await store.reports.list_reports(scopes={"1"}, with_closed=True)) == 2
    for number in range(2, MOST_REPORTS + 5):
        await store.reports.put(build_report(number))
    assert len(await store.reports.list_reports(scopes={"1"}, with_closed=True)) == MOST_REPORTS
