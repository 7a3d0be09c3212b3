"""What a conversation was about is remembered for half an hour and no longer, and by all processes that share a database."""

from collections.abc import AsyncIterator

import pytest
from builders_answering import ask, posting_text
from builders_http import new_schema

from bot.answering.assistant import Assistant
from bot.answering.conversations import FORGOTTEN_AFTER, ConversationCache, Conversations
from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE
from bot.domain.query import Ask, Form, Order, Place, Query, Reach, Target, TargetKind
from bot.parsing.parse import parse_posting
from bot.presentation.chat_service import open_store
from bot.storage.remembered import Memo, Remembered
from bot.storage.store import Store

ABOUT = Query(asks=(Ask(topic="pay"),), within=(1,))


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_was_said_last_is_recalled() -> None:
    memory = ConversationCache()
    memory.remember("ann", ABOUT)
    memory.remember("ann", Query(within=(2,)))
    assert memory.recall("ann") == Query(within=(2,))


def test_it_is_forgotten_after_half_an_hour() -> None:
    clock = Clock()
    memory = ConversationCache(clock)
    memory.remember("ann", ABOUT)
    clock.now = FORGOTTEN_AFTER
    assert memory.recall("ann") == ABOUT
    clock.now += 1
    assert memory.recall("ann") is None


def test_who_has_no_conversation_is_not_remembered() -> None:
    memory = ConversationCache()
    memory.remember(None, ABOUT)
    assert memory.recall(None) is None


def test_somebody_can_be_forgotten_at_once() -> None:
    memory = ConversationCache()
    memory.remember("ann", ABOUT)
    memory.forget("ann")
    memory.forget("nobody")
    assert memory.recall("ann") is None


def test_it_does_not_grow_without_end() -> None:
    memory = ConversationCache()
    for number in range(50_001):
        memory.remember(str(number), ABOUT)
    assert memory.recall("0") is None
    assert memory.recall("50000") == ABOUT


def test_what_was_said_when_more_could_be_seen_is_not_gone_on_with() -> None:
    memory = ConversationCache()
    memory.remember("ann", ABOUT, scopes=frozenset({"everyone", "7"}))
    assert memory.recall("ann", scopes=frozenset({"everyone"})) is None
    assert memory.recall("ann", scopes=frozenset({"everyone", "7", "8"})) == ABOUT


# Several processes.


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    """An empty PostgreSQL database."""
    try:
        async with new_schema() as url, open_store(url) as opened:
            yield opened
    except OSError:
        pytest.skip("PostgreSQL does not answer")


async def test_what_one_process_remembers_another_recalls_as_it_was(store: Store) -> None:
    about = Query(
        language="de",
        reach=Reach.SEVERAL,
        form=Form.COMPARE,
        targets=(Target(kind=TargetKind.FOUND, typed="oven", company="Oven", postings=(3, 4)),),
        within=(4, 3),
        asks=(Ask(topic="pay", words="a bonus\x00", place=Place(typed="Texas", country="US"), values=("USD",)), Ask(topic="visa")),
        order=Order.NEWEST,
        is_own=True,
        with_closed=True,
    )
    scopes = frozenset({"everyone", "5"})
    one, other = Conversations(store.remembered), Conversations(store.remembered)
    one.remember("3:7", about, scopes=scopes)
    assert await other.recall("3:7", scopes=scopes) == about
    assert await other.recall("3:7", scopes=frozenset({"everyone"})) is None
    assert await other.recall("3:8", scopes=scopes) is None
    assert await other.of_person("7") == {"3:7": about}


async def test_what_another_version_has_written_is_not_recalled(store: Store) -> None:
    conversations = Conversations(store.remembered)
    conversations.remember("7", ABOUT, scopes=frozenset())
    await store.remembered.settle()
    other = Conversations(store.remembered)
    written: list[object] = [{}, [], "x", {"about": {"oven": 1}, "scopes": []}, {"about": {}, "scopes": 7}]
    for content in written:
        await store.remembered.keep(Memo("conversation", "7", content, 60.0))
        assert await other.recall("7", scopes=frozenset()) is None


async def test_while_the_database_is_away_what_is_in_memory_counts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    conversations = Conversations(store.remembered)
    conversations.remember("7", ABOUT, scopes=frozenset())

    async def fail(*_: object) -> None:
        raise StorageError("it is away")

    monkeypatch.setattr(Remembered, "get", fail)
    assert await conversations.recall("7", scopes=frozenset()) == ABOUT


async def test_a_terminal_shares_its_conversation_with_nobody(store: Store) -> None:
    await store.keep([parse_posting(posting_text("Oven", body="The salary is $90,000 a year."), "oven.md")], scope=EVERYONE)
    for is_shared in (False, True):
        one, other = Assistant(store, is_shared=is_shared), Assistant(store, is_shared=is_shared)
        assert (await ask(one, "what does oven pay?", conversation="terminal")).postings
        assert bool((await ask(other, "does it sponsor visas?", conversation="terminal")).postings) is is_shared
        await store.remembered.settle()
