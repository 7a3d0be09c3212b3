"""What a conversation was about is remembered for half an hour and no longer."""

from bot.answering.conversations import FORGOTTEN_AFTER, ConversationCache
from bot.domain.query import Ask, Query

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
