import secrets
from collections.abc import Callable, Collection, Coroutine
from typing import Any

import pytest
from builders_storage import build_fact, build_posting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.posting import EVERYONE
from bot.storage.store import Store

WORLDS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.booleans()), max_size=12)
SEEN = st.sets(st.integers(0, 3))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=WORLDS, seen=SEEN)
async def test_no_read_ever_returns_a_posting_of_a_scope_that_was_not_named(
    store: Store, world: list[tuple[int, int, bool]], seen: set[int]
) -> None:
    run = secrets.token_hex(4)
    ids: set[int] = set()
    for scope, words, is_removed in world:
        posting = build_posting(f"Words {words}.", title=str(words), facts={"requirements": (build_fact(f"{run}/{scope}"),)})
        (kept,) = await store.keep([posting], scope=f"{run}/{scope}")
        ids.add(kept.id)
        if is_removed:
            await store.remove(kept.id, scopes=[f"{run}/{scope}"])
    scopes = {f"{run}/{scope}" for scope in seen}
    assert {scope async for scope in scopes_read(store, ids, scopes)} <= scopes
    assert (
        await store.count(scopes=scopes)
        == len(await store.list_postings(scopes=scopes))
        == len([kept async for kept in store.every(scopes=scopes)])
    )


async def scopes_read(store: Store, ids: set[int], scopes: Collection[str]) -> Any:
    """Yield the scope of whatever the Store gives out, by every way there is."""
    for kept in await store.get_many(ids, scopes=scopes):
        yield kept.scope
    for listed in await store.list_postings(scopes=scopes):
        yield listed.scope
    async for kept in store.every(scopes=scopes):
        yield kept.scope
    async for _, fact in store.facts_of("requirements", scopes=scopes):
        yield fact.value
    for number in ids:
        for revision in await store.history(number, scopes=scopes):
            yield revision.kept.scope
        if (found := await store.get(number, scopes=scopes)) is not None:
            yield found.scope


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
]


@pytest.mark.parametrize("read", LONE)
async def test_a_lone_text_is_not_taken_for_a_collection_of_scopes(store: Store, read: Callable[[Store], Coroutine[Any, Any, Any]]) -> None:
    with pytest.raises(TypeError, match="collection of scopes"):
        await read(store)
