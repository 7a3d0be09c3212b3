import secrets
from collections.abc import Callable, Collection, Coroutine
from typing import Any

import pytest
from builders_storage import ADA, build_fact, build_posting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.posting import EVERYONE
from bot.storage.store import Store

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
