"""Work that takes long: one at a time in each scope, a few in all, and none any more when the bot is told to end."""

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

    def __init__(self, what: str, most: int = _MOST) -> None:
        self._what = what
        self._most = most
        self._scopes: set[str] = set()
        self._is_ending = False

    @contextmanager
    def begin(self, scope: str) -> Iterator[None]:
        """Take a place as long as the work lasts; raises Busy where there is none, Stopped where the bot is ending."""
        self.check()
        if scope in self._scopes:
            raise Busy(f"An {self._what} is running here already; start the next one when it is done")
        if len(self._scopes) >= self._most:
            raise Busy(f"{len(self._scopes)} {self._what}s are running for others at the moment; try again in a few minutes")
        self._scopes.add(scope)
        try:
            yield
        finally:
            self._scopes.discard(scope)

    def check(self) -> None:
        """Raise Stopped when it is time to stop; asked between two parts, so that what was done is known."""
        if self._is_ending:
            raise Stopped(f"I am being restarted; start the {self._what} again in a minute")

    def end(self) -> None:
        """Have all that is under way stop after the part that it is at, and let none in any more."""
        self._is_ending = True
