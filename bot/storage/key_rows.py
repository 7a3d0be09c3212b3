"""Search keys as rows; nothing here touches a database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import RowMapping

from bot.domain.fact import Fact
from bot.domain.search import SearchKey
from bot.storage.codec import FactCodec
from bot.storage.storable import storable

LONGEST_KEY = 100
"""Characters: PostgreSQL indexes no value above some 2,700 bytes, and nobody searches for more."""


class KeyRow(NamedTuple):
    """A search key as it is stored."""

    topic: str
    key: str
    position: int
    """Counts the ranges under one key, as in pay that differs by place."""

    low: float | None
    high: float | None


def to_key_rows(facts: Mapping[str, Sequence[Fact[Any]]], codec: FactCodec) -> tuple[KeyRow, ...]:
    """Return the keys that facts are filed under, each range once; an empty or very long key is left out."""
    return tuple(row for topic, found in facts.items() for row in _number(topic, _find_keys(topic, found, codec=codec)))


def to_key_row(row: RowMapping) -> KeyRow:
    """Read a row of the table of keys."""
    return KeyRow(row["topic"], row["key"], row["position"], row["low"], row["high"])


def _find_keys(topic: str, found: Sequence[Fact[Any]], *, codec: FactCodec) -> Iterator[SearchKey]:
    """Yield the keys as they are stored; an open end of a range becomes the stated one."""
    for fact in found:
        for key, low, high in codec.find_keys(topic, fact.value):
            if 0 < len(key) <= LONGEST_KEY:
                yield SearchKey(storable(key), high if low is None else low, low if high is None else high)


def _number(topic: str, keys: Iterable[SearchKey]) -> Iterator[KeyRow]:
    taken: Counter[str] = Counter()
    for key, low, high in dict.fromkeys(keys):
        yield KeyRow(topic, key, taken[key], low, high)
        taken[key] += 1
