import secrets
from collections import Counter

from builders_storage import build_fact, build_posting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage.records import RowState
from bot.storage.store import Store

WORDS = st.sampled_from("abc")
LINKS = st.sampled_from([None, "https://x.example", "https://y.example"])
KEEP = st.tuples(st.just("keep"), st.lists(st.tuples(WORDS, LINKS), min_size=1, max_size=3))
REMOVE = st.tuples(st.just("remove"), st.integers(0, 5))
RESTORE = st.tuples(st.just("restore"), st.tuples(st.integers(0, 5), st.none() | st.integers(1, 4)))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(KEEP | REMOVE | RESTORE, max_size=10))
async def test_in_whatever_order_the_history_stays_sound(store: Store, steps: list[tuple[str, object]]) -> None:
    scope = secrets.token_hex(8)
    ids: list[int] = []
    for step in steps:
        match step:
            case ("keep", list(batch)):
                postings = [build_posting(words, link=link, facts={"requirements": (build_fact(words),)}) for words, link in batch]
                ids += [kept.id for kept in await store.keep(postings, scope=scope) if kept.id not in ids]
                # What was kept last is there as it was given; without a link it may have the one that its words came with before.
                found = [kept.posting for kept in await store.get_many(ids, scopes=[scope])]
                given = postings[-1]
                assert given in found or (given.link is None and given in [one.model_copy(update={"link": None}) for one in found])
            case ("remove", int(which)) if which < len(ids):
                await store.remove(ids[which], scopes=[scope])
                assert await store.get(ids[which], scopes=[scope]) is None
            case ("restore", (int(which), int() | None as revision)) if which < len(ids):
                await store.restore(ids[which], scopes=[scope], revision=revision)
    await check_histories(store, sorted(set(ids)), scope=scope)


async def check_histories(store: Store, ids: list[int], *, scope: str) -> None:
    current = []
    for number in ids:
        history = await store.history(number, scopes=[scope])
        assert [revision.kept.revision for revision in history] == list(range(1, len(history) + 1))
        states = Counter(revision.state for revision in history)
        assert states[RowState.CURRENT] + states[RowState.REMOVED] == 1
        assert history[-1].state is not RowState.SUPERSEDED
        current += [revision.kept for revision in history if revision.state is RowState.CURRENT]
    assert [kept async for kept in store.every(scopes=[scope])] == current
    texts = [kept.posting.text for kept in current]
    assert len(texts) == len(set(texts))
