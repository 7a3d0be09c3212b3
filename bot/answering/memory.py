"""What a conversation was last about, so that "and in New York?" is understood; forgotten after half an hour."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FORGOTTEN_AFTER = 30 * 60.0
"""Seconds."""

_MOST_CONVERSATIONS = 50_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a conversation was last about."""

    postings: tuple[int, ...]
    """The postings spoken of, the last one first; several where it is still open which is meant."""

    topic: str | None
    """What was asked last; None after a company's name alone."""

    titles: tuple[str, ...] = ()
    """Their titles, in the same order."""

    others: tuple[int, ...] = ()
    """Postings of the same company that were spoken of before and left aside."""


class Memory:
    """The last subject of each conversation; nothing else is kept, and nothing is written anywhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._conversations: OrderedDict[str, tuple[float, Remembered]] = OrderedDict()

    def recall(self, conversation: str | None) -> Remembered | None:
        """Return what a conversation was about, or None if it is new, nameless or long over."""
        if conversation is None or conversation not in self._conversations:
            return None
        said_at, remembered = self._conversations[conversation]
        if self._clock() - said_at > FORGOTTEN_AFTER:
            self.forget(conversation)
            return None
        return remembered

    def remember(self, conversation: str | None, remembered: Remembered) -> None:
        """Keep what a conversation is about now; the oldest one goes when there are too many."""
        if conversation is None:
            return
        self._conversations[conversation] = (self._clock(), remembered)
        self._conversations.move_to_end(conversation)
        if len(self._conversations) > _MOST_CONVERSATIONS:
            self._conversations.popitem(last=False)

    def of_person(self, person: str) -> dict[str, Remembered]:
        """Return what is remembered of a person, by conversation: those that are named after them, or end in their name."""
        names = [name for name in self._conversations if name.rpartition(":")[2] == person]
        return {name: remembered for name in names if (remembered := self.recall(name)) is not None}

    def forget(self, conversation: str) -> None:
        """Drop what is known of a conversation."""
        self._conversations.pop(conversation, None)
