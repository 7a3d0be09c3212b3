"""What waits a quarter of an hour for somebody's next press, in memory only and bounded."""

import secrets
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

_LASTING = 15 * 60.0
"""Seconds."""

_ID_BYTES = 9
"""As twelve letters, digits, dashes and underlines."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Value]):
    """A value, when it came, and what it weighs."""

    at: float
    weight: int
    value: Value


class Waiting(Generic[Value]):
    """
    Remembers values under ids that cannot be guessed, or under names.

    Where there is too much, the oldest of the scope that has most is forgotten.

    >>> waiting = Waiting[str](most=1)
    >>> first, second = waiting.put("a", scope="1"), waiting.put("b", scope="1")
    >>> waiting.get(first, scope="1"), waiting.get(second, scope="1"), waiting.get(second, scope="2")
    (None, 'b', None)
    """

    def __init__(self, *, most: int, weigh: Callable[[Value], int] = lambda _: 1, ticks: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._weigh = weigh
        self._ticks = ticks
        self._kept: OrderedDict[tuple[str, str], _Kept[Value]] = OrderedDict()

    def put(self, value: Value, *, scope: str, name: str | None = None) -> str:
        """Remember a value and return what it is asked for by; `scope` is needed too."""
        name = name or secrets.token_urlsafe(_ID_BYTES)
        self._kept[scope, name] = _Kept(self._ticks(), self._weigh(value), value)
        self._kept.move_to_end((scope, name))
        self._sweep()
        return name

    def get(self, name: str, *, scope: str) -> Value | None:
        """Return a value, None where it is forgotten."""
        self._sweep()
        found = self._kept.get((scope, name))
        return found.value if found else None

    def drop(self, name: str, *, scope: str) -> None:
        """Forget a value."""
        self._kept.pop((scope, name), None)

    def _sweep(self) -> None:
        too_old = self._ticks() - _LASTING
        weights: Counter[str] = Counter()
        for (scope, name), kept in list(self._kept.items()):
            if kept.at < too_old:
                del self._kept[scope, name]
            else:
                weights[scope] += kept.weight
        # So nobody drives out what waits for others.
        while weights.total() > self._most:
            heaviest = max(weights, key=weights.__getitem__)
            oldest = next(key for key in self._kept if key[0] == heaviest)
            weights[heaviest] -= self._kept.pop(oldest).weight
