"""Facts as plain JSON, for where they are stored beside the fact table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.domain.fact import Fact, Quote
from bot.storage.codec import FactCodec
from bot.storage.storable import storable, storable_or_none


class FactRow(NamedTuple):
    """A fact as it is stored, its value as JSON."""

    topic: str
    position: int
    value: Any
    quote: str
    heading: str | None


def to_fact_rows(facts: Mapping[str, Sequence[Fact[Any]]], codec: FactCodec) -> Iterator[FactRow]:
    """Yield facts as they are stored."""
    for topic, found in facts.items():
        for position, fact in enumerate(found):
            value = codec.write_value(topic, fact.value)
            yield FactRow(topic, position, value, storable(fact.quote.text), storable_or_none(fact.quote.heading))


def read_fact(row: FactRow, codec: FactCodec) -> Fact[Any]:
    """Read a fact of a topic that is known; ValueError for a value that this Rolecall cannot read."""
    return Fact(value=codec.read_value(row.topic, row.value), quote=Quote(text=row.quote, heading=row.heading))


def write_facts(topic: str, facts: Sequence[Fact[Any]], *, codec: FactCodec) -> list[dict[str, Any]]:
    """Return a topic's facts as JSON."""
    return [{"value": row.value, "quote": row.quote, "heading": row.heading} for row in to_fact_rows({topic: facts}, codec)]


def read_rows(topic: str, written: Iterable[Mapping[str, Any]]) -> Iterator[FactRow]:
    """Yield what `write_facts` wrote."""
    for position, item in enumerate(written):
        yield FactRow(topic, position, item["value"], item["quote"], item["heading"])


def read_facts(topic: str, written: Iterable[Mapping[str, Any]], *, codec: FactCodec) -> tuple[Fact[Any], ...]:
    """Read what `write_facts` wrote; ValueError if a value cannot be read."""
    return tuple(read_fact(row, codec) for row in read_rows(topic, written))
