"""Who is a member of which server, as Discord said lately; and whose turn it is to be answered."""

import asyncio
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from weakref import WeakValueDictionary

from cachetools import TLRUCache, TTLCache

REMEMBERED_FOR = 15 * 60.0
"""Seconds that what Discord said counts."""

SEEN_FOR = 24 * 60 * 60.0
"""Seconds that the order is remembered in which a person used the bot in servers."""

_MOST = 100_000
"""Memberships in memory, over all people."""


@dataclass(frozen=True)
class MembershipStatus:
    """What is known of a person and some servers."""

    member_of: frozenset[int]
    unknown: tuple[int, ...]
    """To be asked about, the server where they used the bot last first."""


class Memberships:
    """
    What Discord said of people and servers, for a quarter of an hour; in memory only, and bounded.

    >>> memberships = Memberships(lambda: 0.0)
    >>> memberships.remember(7, 5, is_member=True)
    >>> memberships.status_of(7, {5, 6})
    MembershipStatus(member_of=frozenset({5}), unknown=(6,))
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._told: TLRUCache[tuple[int, int], tuple[bool, float]] = TLRUCache(_MOST, lambda _key, told, _now: told[1], timer=ticks)
        self._seen: TTLCache[tuple[int, int], float] = TTLCache(_MOST, SEEN_FOR, timer=ticks)

    def status_of(self, person: int, servers: Collection[int]) -> MembershipStatus:
        """Return of which of the servers the person is a member, and of which that is not known."""
        told = {server: self._told.get((person, server), (None, 0.0))[0] for server in servers}
        unknown = [server for server, is_member in told.items() if is_member is None]
        seen = {server: self._seen.get((person, server), -1.0) for server in unknown}
        unknown.sort(key=lambda server: (-seen[server], server))
        return MembershipStatus(frozenset(server for server, is_member in told.items() if is_member), tuple(unknown))

    def remember(self, person: int, server: int, *, is_member: bool, lasts: float = REMEMBERED_FOR) -> None:
        """Keep what Discord has just said, for so many seconds; what was not asked for longest is forgotten when there is too much."""
        self._told[person, server] = (is_member, self._ticks() + lasts)

    def see(self, person: int, server: int) -> bool:
        """Note that a person uses the bot in a server, which Discord lets members only; tell whether that is new."""
        is_known = self._told.get((person, server), (False, 0.0))[0] and (person, server) in self._seen
        self.remember(person, server, is_member=True)
        self._seen[person, server] = self._ticks()
        return not is_known

    def knows(self, person: int) -> bool:
        """Tell whether anything is remembered of a person."""
        return any(one == person for known in (self._told, self._seen) for one, _ in known)

    def forget_person(self, person: int) -> None:
        """Drop what is known of a person."""
        self._drop(lambda key: key[0] == person)

    def forget_server(self, server: int) -> None:
        """Drop what is known of a server's members."""
        self._drop(lambda key: key[1] == server)

    def _drop(self, is_meant: Callable[[tuple[int, int]], bool]) -> None:
        for known in (self._told, self._seen):
            for key in list(filter(is_meant, known)):
                known.pop(key, None)


_MINUTE = 60.0
_MOST_PEOPLE = 10_000
"""People that a limit counts at a time."""


class RateLimit:
    """
    Counts in memory how often each person did something within so many seconds.

    >>> limit = RateLimit(1, 60.0, lambda: 0.0)
    >>> limit.count(7), limit.count(8), limit.count(7)
    (0.0, 0.0, 60.0)
    """

    def __init__(self, most: int, seconds: float, ticks: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._seconds = seconds
        self._ticks = ticks
        self._times: TTLCache[int, list[float]] = TTLCache(_MOST_PEOPLE, seconds, timer=ticks)

    def count(self, person: int) -> float:
        """Count once more and return 0; where that is too often, return after how many seconds it is not."""
        now = self._ticks()
        times = [at for at in self._times.get(person, ()) if at > now - self._seconds]
        if len(times) >= self.most:
            return times[0] + self._seconds - now
        self._times[person] = [*times, now]
        return 0.0


class Turns:
    """
    Keeps one person's many questions from holding up those of the others: they are answered one after the other.

    A question that comes while none of that person's is under way is always admitted. Of those that come meanwhile, so many are a minute.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._waiting = RateLimit(most, _MINUTE, clock)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        """Each is there as long as a question of that person's is answered or waits."""

    def take(self, person: int) -> asyncio.Lock | None:
        """Return what is held while a question of a person's is answered; None where it is one too many of those that wait."""
        turn = self._turns.setdefault(person, asyncio.Lock())
        return None if turn.locked() and self._waiting.count(person) else turn
