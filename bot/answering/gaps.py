"""Counts what could not be answered, and writes the counts down now and then; never who asked."""

import time
from collections import Counter
from collections.abc import Callable

import structlog

from bot.domain.answer import Answer, State
from bot.domain.errors import StorageError
from bot.domain.gap import Gap
from bot.domain.posting import EVERYONE
from bot.domain.question import Asker
from bot.matching.company_key import company_key
from bot.storage.store import Store

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
        self._waiting: dict[str, Counter[Gap]] = {}
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
        gap = Gap(topic=answer.topic or "", company=company_key(answer.company or "")[:_LONGEST_KEY], reason=answer.state)
        self._waiting.setdefault(scope, Counter())[gap] += 1

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
            for scope, gaps in waiting.items():
                await self._store.count_gaps(gaps, scope=scope)
        except StorageError as error:
            _LOG.warning("gaps could not be counted", cause=str(error))
