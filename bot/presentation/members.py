"""Who is a member of which server, as Discord said lately."""

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from bot.domain.posting import EVERYONE
from bot.domain.query import Asker

REMEMBERED_FOR = 15 * 60.0
"""Seconds that what Discord said counts."""

SEEN_FOR = 24 * 60 * 60.0
"""Seconds that the order is remembered in which a person used the bot in servers."""

_MOST = 100_000
"""Memberships in memory, over all people."""


@dataclass(frozen=True)
class Standing:
    """What is known of a person and some servers."""

    member_of: frozenset[int]
    unknown: tuple[int, ...]
    """To be asked about, the server where they used the bot last first."""


@dataclass
class _Person:
    """What is remembered of one person, by server."""

    told: dict[int, tuple[float, bool]] = field(default_factory=dict)
    seen: dict[int, float] = field(default_factory=dict)


class Memberships:
    """
    What Discord said of people and servers, for a quarter of an hour; in memory only, and bounded.

    >>> memberships = Memberships(lambda: 0.0)
    >>> memberships.remember(7, 5, is_member=True)
    >>> memberships.standing_of(7, {5, 6})
    Standing(member_of=frozenset({5}), unknown=(6,))
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._people: OrderedDict[int, _Person] = OrderedDict()
        self._size = 0

    def standing_of(self, person: int, servers: Collection[int]) -> Standing:
        """Return of which of the servers the person is a member, and of which that is not known."""
        known, now = self._people.get(person, _Person()), self._ticks()
        told = {server: known.told[server] for server in servers if server in known.told}
        fresh = {server: is_member for server, (told_at, is_member) in told.items() if now - told_at < REMEMBERED_FOR}
        unknown = sorted(set(servers) - set(fresh), key=lambda server: (-known.seen.get(server, -math.inf), server))
        return Standing(frozenset(server for server, is_member in fresh.items() if is_member), tuple(unknown))

    def remember(self, person: int, server: int, *, is_member: bool) -> None:
        """Keep what Discord has just said; the people who were away longest are forgotten when there is too much."""
        known = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        self._size += server not in known.told
        known.told[server] = (self._ticks(), is_member)
        while self._size > _MOST and len(self._people) > 1:
            self.forget_person(next(iter(self._people)))

    def see(self, person: int, server: int) -> None:
        """Note that a person uses the bot in a server, which Discord lets members only."""
        self.remember(person, server, is_member=True)
        now, known = self._ticks(), self._people[person]
        known.seen = {one: seen_at for one, seen_at in known.seen.items() if now - seen_at < SEEN_FOR} | {server: now}

    def knows(self, person: int) -> bool:
        """Tell whether anything is remembered of a person."""
        return person in self._people

    def forget_person(self, person: int) -> None:
        """Drop what is known of a person."""
        if known := self._people.pop(person, None):
            self._size -= len(known.told)

    def forget_server(self, server: int) -> None:
        """Drop what is known of a server's members."""
        for known in self._people.values():
            self._size -= known.told.pop(server, None) is not None
            known.seen.pop(server, None)


# Who asks in a chat, and where.


@dataclass(frozen=True)
class Visitor:
    """
    One person in one channel.

    >>> Visitor(id=7, channel=3, server=5).asker.conversation, Visitor(id=7, channel=3).asker.conversation
    ('3:7', '7')
    >>> sorted(Visitor(id=7, channel=3, server=5).asker.scopes), sorted(Visitor(id=7, channel=3, member_of=frozenset({5, 6})).asker.scopes)
    (['5', 'everyone'], ['5', '6', 'everyone'])
    """

    id: int
    channel: int
    server: int | None = None
    """The server that they are in and the bot too; None in direct messages, and where the bot was not added."""

    member_of: frozenset[int] = frozenset()
    """In a direct message with the bot, the servers whose postings they see there."""

    locale: str = "en-US"

    @property
    def person(self) -> str:
        """The name that their conversations end in."""
        return str(self.id)

    @property
    def asker(self) -> Asker:
        """What answers are given by: a server's postings are seen in that server, and by its members in direct messages."""
        servers = self.member_of if self.server is None else {self.server}
        conversation = self.person if self.server is None else f"{self.channel}:{self.person}"
        return Asker(scopes=frozenset({EVERYONE, *map(str, servers)}), conversation=conversation, locale=self.locale)


# Whose turn it is: a person's questions are answered one after the other, and no more than so many a minute.

QUESTIONS_A_MINUTE = 30
"""Questions in free words that one person may ask a minute: more than anybody types."""

_MINUTE = 60.0


@dataclass
class _Asking:
    """What one person asked of late."""

    at: deque[float] = field(default_factory=deque)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Turns:
    """Keeps one person's many questions from holding up those of the others."""

    def __init__(self, most: int = QUESTIONS_A_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._asking: OrderedDict[int, _Asking] = OrderedDict()
        """The one who asked last stands last."""

    def admit(self, person: int) -> bool:
        """Count a question of a person's, and tell whether it is still within their bound; one that is not does not count."""
        now = self._clock()
        self._forget_those_before(now - _MINUTE)
        asking = self._asking.setdefault(person, _Asking())
        while asking.at and asking.at[0] <= now - _MINUTE:
            asking.at.popleft()
        if len(asking.at) >= self._most:
            return False
        asking.at.append(now)
        self._asking.move_to_end(person)
        return True

    def turn_of(self, person: int) -> asyncio.Lock:
        """Return what is held while a question of a person's is answered."""
        return self._asking.setdefault(person, _Asking()).turn

    def _forget_those_before(self, then: float) -> None:
        while self._asking:
            person, asking = next(iter(self._asking.items()))
            if asking.turn.locked() or (asking.at and asking.at[-1] > then):
                return
            del self._asking[person]
