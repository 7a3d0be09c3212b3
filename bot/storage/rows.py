"""Rows as domain values and back; nothing here touches a database."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import RowMapping

from bot.domain.fact import Fact, Quote
from bot.domain.posting import KeptPosting, Posting
from bot.storage.codec import FactCodec
from bot.storage.fingerprint import fingerprint
from bot.storage.key_rows import KeyRow, to_key_rows
from bot.storage.records import RowState
from bot.storage.storable import storable, storable_or_none

_LOG = logging.getLogger(__name__)


class FactRow(NamedTuple):
    """A fact as it is stored, its value as JSON."""

    topic: str
    position: int
    value: Any
    quote: str
    heading: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A posting as it can be stored."""

    posting: Posting
    """Storable, and without its facts."""

    facts: tuple[FactRow, ...]
    keys: tuple[KeyRow, ...]
    fingerprint: str


@dataclass(slots=True)
class Draft:
    """One revision's row while it is being worked on; `is_new` and `is_refreshed` say what has to be written."""

    id: int
    lineage: int
    revision: int
    state: RowState
    scope: str
    read_at: datetime
    reading: Reading
    is_new: bool = False
    is_refreshed: bool = False


def to_reading(posting: Posting, codec: FactCodec) -> Reading:
    """Make a posting storable: its texts cleaned of what no database holds, its values as JSON."""
    clean = posting.model_copy(
        update={
            "source": storable(posting.source),
            "title": storable_or_none(posting.title),
            "company": storable_or_none(posting.company),
            "link": storable_or_none(posting.link),
            "location": storable_or_none(posting.location),
            "text": storable(posting.text),
            "facts": {},
        }
    )
    facts = tuple(
        FactRow(topic, position, codec.write_value(topic, found.value), storable(found.quote.text), storable_or_none(found.quote.heading))
        for topic, all_found in posting.facts.items()
        for position, found in enumerate(all_found)
    )
    return Reading(clean, facts, to_key_rows(posting.facts, codec), fingerprint(clean))


def found_the_same(first: Reading, second: Reading) -> bool:
    """Tell whether the facts are the same and filed alike, whatever the order of topics; 1, 1.0 and true are three values."""
    return set(first.keys) == set(second.keys) and sorted(map(_spell, first.facts)) == sorted(map(_spell, second.facts))


def _spell(row: FactRow) -> str:
    return json.dumps(row, sort_keys=True)


def to_fact_row(row: RowMapping) -> FactRow:
    """Read a row of the fact table."""
    return FactRow(row["topic"], row["position"], row["value"], row["quote"], row["heading"])


def to_draft(row: RowMapping, facts: Iterable[FactRow], *, keys: Iterable[KeyRow]) -> Draft:
    """Read a row of the posting table, to work on it."""
    return Draft(
        id=row["id"],
        lineage=row["lineage"],
        revision=row["revision"],
        state=RowState(row["state"]),
        scope=row["scope"],
        read_at=row["read_at"],
        reading=Reading(_to_posting(row, {}), tuple(facts), tuple(keys), row["fingerprint"]),
    )


def to_kept(row: RowMapping, facts: Sequence[FactRow], *, codec: FactCodec) -> KeptPosting:
    """Read a row of the posting table with its facts (by topic and position) as the domain knows them."""
    found: dict[str, tuple[Fact[Any], ...]] = {}
    for fact_row in facts:
        if (read := to_fact(fact_row, codec)) is not None:
            found[fact_row.topic] = (*found.get(fact_row.topic, ()), read)
    return KeptPosting(
        id=row["lineage"], scope=row["scope"], revision=row["revision"], read_at=row["read_at"], posting=_to_posting(row, found)
    )


def to_fact(row: FactRow, codec: FactCodec) -> Fact[Any] | None:
    """Read a fact; None where this Rolecall does not know the topic or cannot read the value."""
    if not codec.knows(row.topic):
        return None
    try:
        value = codec.read_value(row.topic, row.value)
    except ValueError:
        _LOG.warning("passed over a stored value of the topic %s that this version cannot read", row.topic)
        return None
    return Fact(value=value, quote=Quote(text=row.quote, heading=row.heading))


def _to_posting(row: RowMapping, facts: Mapping[str, tuple[Fact[Any], ...]]) -> Posting:
    return Posting(
        source=row["source"],
        title=row["title"],
        company=row["company"],
        link=row["link"],
        location=row["location"],
        text=row["text"],
        facts=facts,
    )
