"""Values that were worked out before, the ones used last, as many as fit in so much memory."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """
    Values by their keys, bounded in number and in weight together; the one that was not used for longest goes first.

    What is heavier than all together may be is not kept. Threads may share one.

    >>> cache = BoundedCache[str, int](most=10, heaviest=6)
    >>> cache.put("a", 1, weight=4), cache.put("b", 2, weight=3), cache.put("c", 3, weight=7)
    (None, None, None)
    >>> cache.get("a"), cache.get("b"), cache.get("c")
    (None, 2, None)
    """

    def __init__(self, *, most: int, heaviest: int) -> None:
        self._most = most
        self._heaviest = heaviest
        self._weight = 0
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    @property
    def weight(self) -> int:
        """What all of them weigh."""
        return self._weight

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, None where it is not kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        return found[0] if found else None

    def put(self, key: Key, value: Value, *, weight: int) -> None:
        """Keep a value, and let others go for it."""
        with self._lock:
            self._drop(key)
            if weight > self._heaviest:
                return
            self._kept[key] = value, weight
            self._weight += weight
            while self._weight > self._heaviest or len(self._kept) > self._most:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Let all go."""
        with self._lock:
            self._kept.clear()
            self._weight = 0

    def _drop(self, key: Key) -> None:
        _, weight = self._kept.pop(key, (None, 0))
        self._weight -= weight
