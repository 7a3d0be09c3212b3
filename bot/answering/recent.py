"""The answers that were given last: what is asked often is worked out once, as long as no posting changes."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

from bot.answering.memory import Remembered
from bot.domain.answer import Answer

_MOST = 2000


class Given(NamedTuple):
    """An answer, and what the conversation is about from then on."""

    answer: Answer
    about: Remembered | None = None
    """None where it stays what it was about."""

    stands_alone: bool = False
    """The question names its company, so that it does not matter what was spoken of before."""

    scope: str | None = None
    """The scope of the posting that is answered about."""


class RecentAnswers:
    """
    Answers by all that they depend on; with another version of the Store they are worked out anew.

    >>> from bot.domain.answer import State, Telling
    >>> recent, given = RecentAnswers(), Given(Answer(question="?", state=State.NOT_UNDERSTOOD, telling=Telling(sentence="What?")))
    >>> recent.keep("?", given, version=1)
    >>> recent.find("?", version=1) is given, recent.find("?", version=2) is None
    (True, True)
    """

    def __init__(self) -> None:
        self._version: int | None = None
        self._given: OrderedDict[Hashable, Given] = OrderedDict()

    def find(self, key: Hashable, *, version: int) -> Given | None:
        """Return what was answered before, None if it is not known or perhaps no longer so."""
        if version != self._version:
            return None
        given = self._given.get(key)
        if given is not None:
            self._given.move_to_end(key)
        return given

    def keep(self, key: Hashable, given: Given, *, version: int) -> None:
        """Keep an answer that was worked out from this version; the one that was not asked for longest goes when there are too many."""
        if version != self._version:
            self._version = version
            self._given.clear()
        self._given[key] = given
        if len(self._given) > _MOST:
            self._given.popitem(last=False)
