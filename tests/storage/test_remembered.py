"""What one process remembers for a while the others find, until it expires or its person has it deleted."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from builders_away import way_to
from builders_storage import CODEC, connecting

from bot.storage import remembered
from bot.storage.remembered import OF_PERSON, OF_SCOPE, Deferral, Deferrals, Memo, Remembered
from bot.storage.store import Store

NOW = datetime(2031, 5, 4, tzinfo=UTC)


class Clock:
    """A clock that is set by hand, for all processes."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def both(postgresql_url: str, clock: Clock) -> AsyncIterator[tuple[Remembered, Remembered]]:
    """Two processes on one database."""
    async with Store.open(postgresql_url, CODEC, clock=clock) as one, Store.open(postgresql_url, CODEC, clock=clock) as other:
        yield one.remembered, other.remembered


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 -- a list tells nobody
            await asyncio.sleep(0.01)


def _memo(name: str = "5:7", content: object = "bread", **more: str) -> Memo:
    return Memo("conversation", name, content, 60.0, person=more.pop("person", "7"), **more)


async def test_what_one_puts_the_other_gets(both: tuple[Remembered, Remembered]) -> None:
    one, other = both
    one.put(_memo(content={"about": ["bread", "ü\x00\ud800"]}))
    await one.settle()
    found = await other.get("conversation", "5:7")
    assert found is not None
    assert (found.content, found.left) == ({"about": ["bread", "ü\x00\ud800"]}, 60.0)
    assert await other.get("draft", "5:7") is None


async def test_what_is_not_written_yet_is_found_by_who_put_it(both: tuple[Remembered, Remembered]) -> None:
    one, _ = both
    one.put(_memo(content="first"))
    one.put(_memo(content="last"))
    found = await one.get("conversation", "5:7")
    assert found is not None
    assert found.content == "last"


async def test_the_last_one_counts_whoever_put_it(both: tuple[Remembered, Remembered]) -> None:
    for turn, remembering in enumerate(both * 2):
        remembering.put(_memo(content=turn))
        await remembering.settle()
    found = await both[0].get("conversation", "5:7")
    assert found is not None
    assert found.content == 3


async def test_many_at_once_from_both_are_all_written(both: tuple[Remembered, Remembered]) -> None:
    for remembering in both:
        for number in range(1200):
            remembering.put(_memo(str(number), number))
            if number % 100 == 0:
                await asyncio.sleep(0)
    await asyncio.gather(*(remembering.settle() for remembering in both))
    assert len(await both[0].of_person("conversation", "7")) == 1200


async def test_it_is_forgotten_in_time_and_swept(both: tuple[Remembered, Remembered], postgresql_url: str, clock: Clock) -> None:
    one, other = both
    one.put(_memo())
    await one.settle()
    clock.now = NOW + timedelta(seconds=59)
    found = await other.get("conversation", "5:7")
    assert found is not None
    assert found.left == 1.0
    clock.now = NOW + timedelta(seconds=60)
    assert await other.get("conversation", "5:7") is None
    async with Store.open(postgresql_url, CODEC, clock=lambda: NOW + timedelta(seconds=61)) as store:
        assert await store.upkeep.sweep() == 1


async def test_who_writes_sweeps_too(both: tuple[Remembered, Remembered], postgresql_url: str, clock: Clock) -> None:
    one, _ = both
    one.put(_memo())
    await one.settle()
    clock.now = NOW + timedelta(minutes=5)
    one.put(_memo("6:8", person="8"))
    await one.settle()
    async with Store.open(postgresql_url, CODEC, clock=Clock()) as store:
        assert await store.remembered.get("conversation", "5:7") is None
        assert await store.remembered.get("conversation", "6:8") is not None


async def test_all_of_a_person_goes_at_once_and_nothing_of_others(both: tuple[Remembered, Remembered]) -> None:
    one, other = both
    for kind in ("conversation", "draft"):
        await one.keep(_memo("a")._replace(kind=kind))
        await one.keep(_memo("b", person="17")._replace(kind=kind))
    one.put(_memo("c"))
    await one.forget_person("7")
    for kind in ("conversation", "draft"):
        assert not await other.of_person(kind, "7")
        assert {*await other.of_person(kind, "17")} == {"b"}
    await one.drop("draft", "b")
    assert await other.get("draft", "b") is None


async def test_of_a_scope_only_so_many_are_kept_and_all_may_go(both: tuple[Remembered, Remembered], clock: Clock) -> None:
    one, other = both
    for number in range(4):
        clock.now = NOW + timedelta(seconds=number)
        await one.keep(_memo(str(number), scope="5"), most=2)
    await one.keep(_memo("9", scope="6"), most=2)
    assert {*await other.of_person("conversation", "7")} == {"2", "3", "9"}
    await other.forget_scope("conversation", "5")
    assert {*await one.of_person("conversation", "7")} == {"9"}


async def test_others_are_told_what_was_put_and_forgotten_and_nobody_is_told_of_their_own(postgresql_url: str) -> None:
    async with Store.open(postgresql_url, CODEC) as store, Store.open(postgresql_url, CODEC) as other:
        own: list[tuple[str, str]] = []
        heard: list[tuple[str, str]] = []
        store.remembered.listen(lambda kind, name: own.append((kind, name)))
        other.remembered.listen(lambda kind, name: heard.append((kind, name)))
        assert other.remembered.epoch == 0
        async with store.hearing(), other.hearing():
            await _until(lambda: bool(store.remembered.epoch and other.remembered.epoch))
            for number in range(900):
                store.remembered.put(_memo(f"{number:020}"))
            await store.remembered.settle()
            await store.remembered.forget_person("7")
            await store.remembered.forget_scope("conversation", "5")
            await _until(lambda: (OF_SCOPE, "5") in heard)
        assert ("conversation", f"{899:020}") in heard
        assert heard[-2:] == [(OF_PERSON, "7"), (OF_SCOPE, "5")]
        assert len(heard) == 902
        assert own == []
        assert other.remembered.epoch == 0


async def test_after_a_lost_connection_the_epoch_is_another(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_HEARD_ANEW_SECONDS", 0.05)
    async with way_to(postgresql_url) as way, Store.open(way.url, CODEC) as other, other.hearing():
        await _until(lambda: other.remembered.epoch == 1)
        for writer in way.writers:
            writer.transport.abort()
        await _until(lambda: other.remembered.epoch == 2)


async def test_where_nothing_can_be_written_it_is_logged_and_lost(
    both: tuple[Remembered, Remembered], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = both
    monkeypatch.setattr(remembered, "_SWIFT", sa.text("SELECT nothing"))
    one.put(_memo())
    await one.settle()
    assert "not known to other processes" in caplog.text
    assert await one.get("conversation", "5:7") is None
    assert await other.get("conversation", "5:7") is None


async def test_on_sqlite_there_is_one_process(sqlite_url: str) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        assert not store.remembered.is_shared


# Answers that were promised.


@pytest.fixture
async def processes(url: str, clock: Clock) -> AsyncIterator[list[Deferrals]]:
    """Two processes: on SQLite the second one is started after the first has died, which is for them to say."""
    async with Store.open(url, CODEC, clock=clock) as one, Store.open(url, CODEC, clock=clock) as other:
        yield [one.deferrals, other.deferrals]


def _promise(number: int = 1, person: str = "7") -> Deferral:
    return Deferral(str(number), f"token{number}", person, "de", is_beside=False)


async def _promised(by: Deferrals, *made: Deferral) -> None:
    await asyncio.gather(*map(by.note, made))
    await by.settle()


async def test_what_a_dead_process_promised_is_taken_over_once(processes: list[Deferrals], clock: Clock) -> None:
    dead, living = processes
    await dead.say_alive()
    await _promised(dead, _promise(1), _promise(2))
    assert await dead.take_over() == []
    clock.now += timedelta(seconds=17)
    assert sorted(await living.take_over()) == [_promise(1), _promise(2)]
    await living.say_alive()
    assert await living.take_over() == []
    living.drop("1")
    await living.settle()


async def test_what_a_living_process_promised_is_left_to_it(postgresql_url: str, clock: Clock) -> None:
    async with Store.open(postgresql_url, CODEC, clock=clock) as one, Store.open(postgresql_url, CODEC, clock=clock) as other:
        for _ in range(4):
            await one.deferrals.say_alive()
            await _promised(one.deferrals, _promise())
            assert await other.deferrals.take_over() == []
            clock.now += timedelta(seconds=5)


async def test_who_takes_a_promise_over_and_dies_too_leaves_it_to_the_next(url: str, clock: Clock) -> None:
    async with Store.open(url, CODEC, clock=clock) as dead:
        await _promised(dead.deferrals, _promise())
    for _ in range(2):
        async with Store.open(url, CODEC, clock=clock) as next_one:
            await next_one.deferrals.say_alive()
            assert await next_one.deferrals.take_over() == [_promise()]
        clock.now += timedelta(seconds=17)


@pytest.mark.parametrize("is_written", [True, False])
async def test_what_is_answered_is_not_left_over(processes: list[Deferrals], *, is_written: bool) -> None:
    dead, living = processes
    noting = asyncio.create_task(dead.note(_promise()))
    await (noting if is_written else asyncio.sleep(0))
    dead.drop("1")
    dead.drop("2")
    await noting
    await dead.settle()
    assert await living.take_over() == []


async def test_nobody_waits_long_for_a_promise_to_be_written(processes: list[Deferrals], url: str) -> None:
    async with connecting(url) as connection:
        await connection.execute(sa.text("DELETE FROM memo"))  # nobody else writes until this ends
        if connection.dialect.name == "postgresql":
            await connection.execute(sa.text("LOCK TABLE memo"))
        async with asyncio.timeout(0.9):
            await processes[0].note(_promise())


async def test_nobody_is_told_of_what_discord_takes_no_more(processes: list[Deferrals], clock: Clock) -> None:
    dead, living = processes
    await _promised(dead, _promise(1))
    clock.now += timedelta(minutes=10)
    await _promised(dead, _promise(2))
    clock.now += timedelta(minutes=5)
    assert await living.take_over() == [_promise(2)]


async def test_a_person_has_their_promises_deleted(processes: list[Deferrals]) -> None:
    dead, living = processes
    await _promised(dead, _promise(1, person="7"), _promise(2, person="8"))
    await living.forget_person("7")
    assert await living.take_over() == [_promise(2, person="8")]


async def test_a_damaged_promise_is_passed_over(processes: list[Deferrals], url: str) -> None:
    dead, living = processes
    await _promised(dead, _promise(1), _promise(2))
    async with connecting(url) as connection:
        await connection.execute(sa.text("UPDATE memo SET content = '{\"token\": 3}' WHERE name = '1'"))
    assert await living.take_over() == [_promise(2)]
