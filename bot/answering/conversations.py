"""What a conversation was last about, so that "and in New York?" is understood; forgotten after half an hour."""

import sys
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import NamedTuple

import structlog
from cachetools import LRUCache

from bot.domain.answer import Answer, State, UnansweredQuestion
from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE, Asker
from bot.domain.query import Query
from bot.storage.store import Store
from bot.text.clean import fold

FORGOTTEN_AFTER = 30 * 60.0
"""Seconds."""

_MOST_CONVERSATIONS = 50_000


class ConversationCache:
    """The last question of each conversation, with what answered it; nothing else is kept, and nothing is written anywhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._conversations: OrderedDict[str, tuple[float, Query, frozenset[str]]] = OrderedDict()

    def recall(self, conversation: str | None, *, scopes: frozenset[str] | None = None) -> Query | None:
        """
        Return what a conversation was about, or None if it is new, nameless or long over.

        With scopes, also None where it was said when more could be seen than these: what is remembered may name what is hidden now.
        """
        if conversation is None or conversation not in self._conversations:
            return None
        said_at, remembered, seen = self._conversations[conversation]
        if self._clock() - said_at > FORGOTTEN_AFTER:
            self.forget(conversation)
            return None
        return remembered if scopes is None or seen <= scopes else None

    def remember(self, conversation: str | None, remembered: Query, *, scopes: frozenset[str] = frozenset()) -> None:
        """Keep what a conversation is about now, and what could be seen then; the oldest one goes when there are too many."""
        if conversation is None:
            return
        self._conversations[conversation] = (self._clock(), remembered, scopes)
        self._conversations.move_to_end(conversation)
        if len(self._conversations) > _MOST_CONVERSATIONS:
            self._conversations.popitem(last=False)

    def of_person(self, person: str) -> dict[str, Query]:
        """Return what is remembered of a person, by conversation: those that are named after them, or end in their name."""
        names = [name for name in self._conversations if name.rpartition(":")[2] == person]
        return {name: remembered for name in names if (remembered := self.recall(name)) is not None}

    def forget(self, conversation: str) -> None:
        """Drop what is known of a conversation."""
        self._conversations.pop(conversation, None)


# The answers that were given last: what is asked often is worked out once, as long as no posting changes.

_MOST, _HEAVIEST = 2_000, 32_000_000
"""Answers and their bytes: 2,000 have some 10 MB together."""

_AN_ANSWER = 2_000
"""Bytes that an answer takes besides the question and what it quotes."""


class Given(NamedTuple):
    """An answer, and what the conversation is about from then on."""

    answer: Answer
    about: Query | None = None
    """None where it stays what it was about."""

    stands_alone: bool = False
    """The question names its company, so that it does not matter what was spoken of before."""

    scope: str | None = None
    """The scope of the posting that is answered about."""


def _weigh(given: Given) -> int:
    answer = given.answer
    weight = _AN_ANSWER + 2 * sys.getsizeof(answer.question) + sum(sys.getsizeof(quote.text) for quote in answer.quotes)
    return max(weight, _HEAVIEST // _MOST)


class RecentAnswers:
    """
    Answers by all that they depend on; with another version of the Store they are worked out anew.

    >>> from bot.domain.answer import State, Rendered
    >>> recent, given = RecentAnswers(), Given(Answer(question="?", state=State.NOT_UNDERSTOOD, rendered=Rendered(sentence="What?")))
    >>> recent.keep("?", given, version=1)
    >>> recent.find("?", version=1) is given, recent.find("?", version=2) is None
    (True, True)
    """

    def __init__(self) -> None:
        self._version: int | None = None
        self._given: LRUCache[Hashable, Given] = LRUCache(_HEAVIEST, getsizeof=_weigh)

    def find(self, key: Hashable, *, version: int) -> Given | None:
        """Return what was answered before, None if it is not known or perhaps no longer so."""
        if version != self._version:
            return None
        return self._given.get(key)

    def keep(self, key: Hashable, given: Given, *, version: int) -> None:
        """Keep an answer that was worked out from this version; the one that was not asked for longest goes when there are too many."""
        if version != self._version:
            self._version = version
            self._given.clear()
        with suppress(ValueError):  # it alone is too heavy
            self._given[key] = given


# Counts what could not be answered, and writes the counts down now and then; never who asked.

_LOG = structlog.get_logger(__name__)
_REASONS = (State.NOT_STATED, State.NO_SUCH_COMPANY, State.NOT_UNDERSTOOD)
_LONGEST_KEY = 80
_WRITTEN_EVERY = 60.0
"""Seconds: counts are written together, because each writing waits for the disk."""

_MOST_WAITING = 200


class GapCounter:
    """Counts in memory until it is time to write."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._waiting: dict[str, Counter[UnansweredQuestion]] = {}
        self._written_at = clock()

    def note(self, answer: Answer, asker: Asker, *, about: str | None = None) -> None:
        """
        Count an answer that says that something is missing; it belongs to the asker's server, if there is one.

        Who sees several servers' postings asks in none of them: then it belongs to the scope of the posting that the answer is `about`,
        so that no server is shown a company of another one's.
        """
        if answer.state not in _REASONS or not (answer.topic or answer.company):
            return
        servers = asker.scopes - {EVERYONE}
        scope = min(servers, default=EVERYONE) if len(servers) <= 1 else about or EVERYONE
        question = UnansweredQuestion(
            topic=answer.topic or "", company=" ".join(fold(answer.company or "").split())[:_LONGEST_KEY], reason=answer.state
        )
        self._waiting.setdefault(scope, Counter())[question] += 1

    @property
    def is_due(self) -> bool:
        """Whether there is enough to write, or it has waited long enough."""
        waiting = sum(map(len, self._waiting.values()))
        return waiting >= _MOST_WAITING or (waiting > 0 and self._clock() - self._written_at >= _WRITTEN_EVERY)

    async def write(self) -> None:
        """Write what was counted; where the database cannot be written to, answers go on and the counts are lost."""
        waiting, self._waiting = self._waiting, {}
        self._written_at = self._clock()
        try:
            for scope, questions in waiting.items():
                await self._store.count_unanswered(questions, scope=scope)
        except StorageError as error:
            _LOG.warning("unanswered questions could not be counted", cause=str(error))
