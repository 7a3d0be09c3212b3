import asyncio
from collections.abc import Collection

import pytest
from builders_storage import ADA, ALL, BEN, CODEC, NOON, broken_rules, build_correction, build_fact, build_posting, build_postings
from sqlalchemy.exc import StatementError

from bot.domain.administration import Action, ActionKind
from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import EVERYONE
from bot.storage.corrections import apply_corrections
from bot.storage.records import FactCodec
from bot.storage.store import MOST_ACTIONS, Store

LINK = "https://crumb.example/jobs/7"
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
    assert await told(store) == [("added", "Rolecall", 1, None, 1)]


async def test_a_batch_is_written_down_in_its_order(store: Store) -> None:
    await store.keep([FIRST, FIRST, SECOND, *build_postings(2)], scope=EVERYONE, by=ADA)
    assert [(kind, number) for kind, _, number, _, _ in await told(store)] == [("added", 4), ("added", 3), ("updated", 1), ("added", 1)]


async def test_a_batch_that_is_not_kept_leaves_no_action(url: str) -> None:
    async with Store.open(url, FactCodec(write_value=lambda _topic, value: value)) as store:
        broken = build_posting("Broken.", facts={"pay": (build_fact(object()),)})
        with pytest.raises(StatementError):
            await store.keep([FIRST, broken], scope=EVERYONE, by=ADA)
        assert await told(store) == []


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


async def test_what_rolecall_does_itself_is_its_own(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    assert [action.by for action in await store.list_actions(scopes=ALL)] == [ROLECALL]
