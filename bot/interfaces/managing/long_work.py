"""Work that takes long or much memory: one or a few at a time in each scope, some in all, and none any more when the bot is told to end."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.errors import RolecallError

_MOST = 3
"""Each import reads in a process of its own, and each export stands in memory as a whole."""


class Busy(RolecallError):
    """There is no room for more of it now; the message says when to try again."""


class Stopped(RolecallError):
    """The bot is told to end, so that it goes no further."""


class LongWork:
    """
    Lets one kind of long work in, and tells it to stop.

    >>> exports = LongWork("export")
    >>> with exports.begin("7"), exports.begin("8"):
    ...     pass
    >>> with exports.begin("7"), exports.begin("7"):
    ...     pass
    Traceback (most recent call last):
    bot.interfaces.managing.long_work.Busy: An export is running here already; start the next one when it is done
    """

    def __init__(self, what: str, most: int = _MOST, *, most_here: int = 1) -> None:
        self._what = what
        self._most = most
        self._most_here = most_here
        self._running: Counter[str] = Counter()
        self._is_ending = False

    @contextmanager
    def begin(self, scope: str) -> Iterator[None]:
        """Take a place as long as the work lasts; raises Busy where there is none, Stopped where the bot is ending."""
        self.check()
        if (here := self._running[scope]) >= self._most_here:
            done = "it is done" if here == 1 else "one of them is done"
            raise Busy(f"{_count_running(self._what, here)} running here already; start the next one when {done}")
        if (count := self._running.total()) >= self._most:
            raise Busy(f"{_count_running(self._what, count)} running for others at the moment; try again in a few minutes")
        self._running[scope] += 1
        try:
            yield
        finally:
            self._running[scope] -= 1
            self._running += Counter()  # which forgets who has none

    def check(self) -> None:
        """Raise Stopped when it is time to stop; asked between two parts, so that what was done is known."""
        if self._is_ending:
            raise Stopped(f"I am being restarted; start the {self._what} again in a minute")

    def end(self) -> None:
        """Have all that is under way stop after the part that it is at, and let none in any more."""
        self._is_ending = True


def _count_running(what: str, count: int) -> str:
    return f"An {what} is" if count == 1 else f"{count} {what}s are"
