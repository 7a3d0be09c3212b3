import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from builders_answering import make_database
from builders_storage import CODEC, build_posting, connecting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.answering import memory
from bot.answering.memory import LiveIndex
from bot.domain.person import EVERYONE
from bot.presentation import chat_service
from bot.questions import company_index
from bot.questions.company_names import Entry, company_key
from bot.questions.title_index import FiledWords, filed_words
from bot.storage.store import Store

CRUMB = company_key("Crust & Crumb")
NAMES = ["Crust", "Crumb", "Flour Mill", "Oven", ""]
LETTERS = st.sampled_from("xyz")
KEEP = st.tuples(st.just("keep"), LETTERS, st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 2)), min_size=1, max_size=3))
REMOVE = st.tuples(st.just("remove"), LETTERS, st.integers(0, 5))
RESTORE = st.tuples(st.just("restore"), LETTERS, st.integers(0, 5))
LOOK = st.tuples(st.just("look"), LETTERS, st.none())


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store.open(await make_database(tmp_path / "kept.db"), CODEC) as opened:
        yield opened


async def known(live: LiveIndex, scope: str) -> object:
    """Everything that a live says of a scope."""
    index = await live.index_for({scope})
    keys = [company_key(name) for name in NAMES if name]
    entries = {key: index.entries(key, {scope}) for key in keys}
    names = {key: index.name(key, {scope}) for key in keys if entries[key]}
    starts = index.starting("", {scope}, limit=99), index.starting("mill", {scope}, limit=99)
    near = {key: index.near(f"{key}x", {scope}, most_edits=1) for key in keys}
    return entries, names, starts, near, {key: index.holding(key, {scope}) for key in keys}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(KEEP | REMOVE | RESTORE | LOOK, max_size=12))
async def test_a_directory_that_follows_equals_one_built_anew(store: Store, steps: list[tuple[str, str, object]]) -> None:
    run = str(await store.version())
    scopes = [f"{run}/{letter}" for letter in "xyz"]
    following = LiveIndex(store)
    ids: list[int] = []
    for step, letter, what in steps:
        match step, what:
            case "keep", list(batch):
                postings = [build_posting(f"{name} {words}", company=name, link=f"https://{words}.example") for name, words in batch]
                ids += [kept.id for kept in await store.keep(postings, scope=f"{run}/{letter}")]
            case "remove", int(which) if which < len(ids):
                await store.remove(ids[which], scopes=scopes)
            case "restore", int(which) if which < len(ids):
                await store.restore(ids[which], scopes=scopes, revision=1 + which % 2)
            case "look", _:
                await following.index_for({f"{run}/{letter}"})
    anew = LiveIndex(store)
    for scope in scopes:
        assert await known(following, scope) == await known(anew, scope)


async def test_what_is_kept_here_is_known_at_once(store: Store) -> None:
    live = LiveIndex(store)
    for number in range(3):
        await store.keep([build_posting(str(number), title=str(number))], scope=EVERYONE)
        index = await live.index_for({EVERYONE})
        assert len(index.entries(CRUMB, {EVERYONE})) == number + 1
        assert live.version == number + 1


async def test_a_posting_is_known_by_what_its_text_calls_the_company(tmp_path: Path) -> None:
    async with Store.open(await make_database(tmp_path / "names.db"), chat_service.CODEC) as store:
        await store.keep([build_posting("The OakBridge team bakes bread.", company=None)], scope=EVERYONE)
        index = await LiveIndex(store).index_for({EVERYONE})
        entry = index.titles.entry(1)
        assert entry is not None
        assert entry.names == ("OakBridge",)


def _count_worked_out(monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    worked_out: list[Entry] = []

    def count_and_work_out(entry: Entry) -> FiledWords:
        worked_out.append(entry)
        return filed_words(entry)

    monkeypatch.setattr(company_index, "filed_words", count_and_work_out)
    return worked_out


async def test_a_process_that_starts_reads_what_postings_are_called_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Store.open(await make_database(tmp_path / "called.db"), chat_service.CODEC) as store:
        await store.keep([build_posting("The OakBridge team bakes bread.")], scope=EVERYONE)
        worked_out = _count_worked_out(monkeypatch)
        index = await LiveIndex(store).index_for({EVERYONE})
        assert index.entries(CRUMB, {EVERYONE})[0].names == ("OakBridge",)
        assert index.titles.holding("baker", {EVERYONE}) == [1]
        assert worked_out == []


@pytest.mark.parametrize("damage", ["DELETE FROM called", "UPDATE called SET words = 'x'", "UPDATE called SET words = x'ff'"])
async def test_what_is_not_known_of_a_posting_is_worked_out_once(tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    url = await make_database(tmp_path / "called.db")
    async with Store.open(url, chat_service.CODEC) as store:
        await store.keep([build_posting("The OakBridge team bakes bread.")], scope=EVERYONE)
        async with connecting(url) as connection:
            await connection.execute(text(damage))
        worked_out = _count_worked_out(monkeypatch)
        monkeypatch.setattr(memory, "_WORTH_KEEPING", 1)
        for _ in range(2):
            live = LiveIndex(store)
            index = await live.index_for({EVERYONE})
            assert index.titles.holding("baker", {EVERYONE}) == [1]
            await live.settle()
        assert {entry.title for entry in worked_out} == {"Baker"}
        seen = len(worked_out)
        await LiveIndex(store).index_for({EVERYONE})
        assert len(worked_out) == seen


async def test_many_who_ask_at_once_all_wait_for_the_first_load(store: Store) -> None:
    await store.keep([build_posting(str(number), company=f"Baker {number}", title=str(number)) for number in range(800)], scope=EVERYONE)
    live = LiveIndex(store)

    async def count() -> int:
        index = await live.index_for({EVERYONE})
        return len(index.starting("baker", {EVERYONE}, limit=1000))

    assert await asyncio.gather(*(count() for _ in range(5))) == [800] * 5


async def test_other_work_goes_on_during_a_load(store: Store) -> None:
    await store.keep([build_posting(str(number), company=f"Baker {number}", title=str(number)) for number in range(2000)], scope=EVERYONE)
    turns = 0
    load = asyncio.create_task(LiveIndex(store).index_for({EVERYONE}))
    while not load.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 10


async def test_scopes_do_not_show_through_each_other(store: Store) -> None:
    await store.keep([build_posting()], scope="4711")
    live = LiveIndex(store)
    await live.index_for({"4711"})
    index = await live.index_for({EVERYONE})
    assert index.entries(CRUMB, {EVERYONE}) == ()
    assert len(index.entries(CRUMB, {EVERYONE, "4711"})) == 1


async def test_with_patience_own_changes_are_seen_at_once_and_others_beside_the_answers(tmp_path: Path) -> None:
    url = await make_database(tmp_path / "kept.db")
    async with Store.open(url, CODEC, monotonic=count().__next__) as store, Store.open(url, CODEC) as other:
        live = LiveIndex(store, fresh_for=0.05)
        await store.keep([build_posting("a", company="Crust")], scope=EVERYONE)
        assert (await live.index_for({EVERYONE})).entries(company_key("Crust"), {EVERYONE})
        await other.keep([build_posting("b", company="Oven")], scope=EVERYONE)
        await asyncio.sleep(0.03)
        await live.index_for({EVERYONE})
        await live.settle()
        assert (await live.index_for({EVERYONE})).entries(company_key("Oven"), {EVERYONE})
        await store.keep([build_posting("c", company="Flour Mill")], scope=EVERYONE)
        assert (await live.index_for({EVERYONE})).entries(company_key("Flour Mill"), {EVERYONE})
        await live.settle()
