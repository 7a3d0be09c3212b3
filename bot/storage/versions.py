"""The newest version of the database, without asking it each time."""

from collections.abc import Callable

LOOK_SECONDS = 0.5
"""How long what other processes changed may stay unseen: a look takes 0.7 ms, which is more than an answer from memory does."""


class LatestVersion:
    """Remembers the newest version seen and tells when the database is to be looked at again; what is remembered counts at once."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._look_at = 0.0
        self.known: int | None = None

    def remember(self, version: int) -> None:
        """Take in a version that was read or written; versions only rise."""
        self.known = max(version, self.known or 0)

    def is_due(self) -> bool:
        """Tell whether the caller shall look now; the others then go on with what is known meanwhile."""
        now = self._ticks()
        if self.known is not None and now < self._look_at:
            return False
        self._look_at = now + LOOK_SECONDS
        return True
