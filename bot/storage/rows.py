"""Rows as domain values and back; nothing here touches a database."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import RowMapping

from bot.domain.fact import Fact
from bot.domain.posting import KeptPosting, Posting
from bot.storage.codec import FactCodec
from bot.storage.correction_rows import CorrectionRow, identities, to_correction_rows, to_corrections
from bot.storage.fact_json import FactRow, read_fact, to_fact_rows
from bot.storage.fingerprint import fingerprint
from bot.storage.key_rows import KeyRow, to_key_rows
from bot.storage.records import RowState
from bot.storage.storable import storable, storable_or_none

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """A posting as it can be stored."""

    posting: Posting
    """Storable, and without its facts and corrections."""

    facts: tuple[FactRow, ...]
    keys: tuple[KeyRow, ...]
    corrections: tuple[CorrectionRow, ...]
    fingerprint: str
    identities: tuple[str, ...]
    """What it is known by: first as it came, then by its link, where a person put that right."""


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
            "corrections": (),
        }
    )
    corrections = to_correction_rows(posting.corrections, codec)
    return Reading(
        posting=clean,
        facts=tuple(to_fact_rows(posting.facts, codec)),
        keys=to_key_rows(posting.facts, codec),
        corrections=corrections,
        fingerprint=fingerprint(clean),
        identities=identities(clean, corrections),
    )


def from_source(reading: Reading, source: str) -> Reading:
    """Return a reading under another source."""
    posting = reading.posting.model_copy(update={"source": source})
    return replace(reading, posting=posting, identities=identities(posting, reading.corrections))


def found_the_same(first: Reading, second: Reading) -> bool:
    """Tell whether the facts are the same and filed alike, whatever the order of topics; 1, 1.0 and true are three values."""
    return set(first.keys) == set(second.keys) and sorted(map(_spell, first.facts)) == sorted(map(_spell, second.facts))


def _spell(row: FactRow) -> str:
    return json.dumps(row, sort_keys=True)


def to_fact_row(row: RowMapping) -> FactRow:
    """Read a row of the fact table."""
    return FactRow(row["topic"], row["position"], row["value"], row["quote"], row["heading"])


class Found(NamedTuple):
    """What belongs to one row of the posting table."""

    facts: Sequence[FactRow] = ()
    """By topic and position."""

    corrections: Sequence[CorrectionRow] = ()
    keys: Sequence[KeyRow] = ()


def to_draft(row: RowMapping, found: Found) -> Draft:
    """Read a row of the posting table, to work on it."""
    posting, corrections = _to_posting(row), tuple(found.corrections)
    return Draft(
        id=row["id"],
        lineage=row["lineage"],
        revision=row["revision"],
        state=RowState(row["state"]),
        scope=row["scope"],
        read_at=row["read_at"],
        reading=Reading(
            posting=posting,
            facts=tuple(found.facts),
            keys=tuple(found.keys),
            corrections=corrections,
            fingerprint=row["fingerprint"],
            identities=(row["identity"], *identities(posting, corrections)[1:]),
        ),
    )


def to_kept(row: RowMapping, found: Found, *, codec: FactCodec) -> KeptPosting:
    """Read a row of the posting table as the domain knows it."""
    posting = to_posting(_to_posting(row), found, codec=codec)
    return KeptPosting(id=row["lineage"], scope=row["scope"], revision=row["revision"], read_at=row["read_at"], posting=posting)


def to_posting(posting: Posting, found: Found, *, codec: FactCodec) -> Posting:
    """Return a posting with its facts and corrections, those left out that this Rolecall does not know or cannot read."""
    facts: dict[str, tuple[Fact[Any], ...]] = {}
    for row in found.facts:
        if (read := _to_fact(row, codec)) is not None:
            facts[row.topic] = (*facts.get(row.topic, ()), read)
    return posting.model_copy(update={"facts": facts, "corrections": tuple(to_corrections(found.corrections, codec).values())})


def _to_fact(row: FactRow, codec: FactCodec) -> Fact[Any] | None:
    if not codec.knows(row.topic):
        return None
    try:
        return read_fact(row, codec)
    except ValueError:
        _LOG.warning("passed over a stored value of the topic %s that this version cannot read", row.topic)
        return None


def _to_posting(row: RowMapping) -> Posting:
    return Posting(
        source=row["source"], title=row["title"], company=row["company"], link=row["link"], location=row["location"], text=row["text"]
    )
