"""Corrections as rows and back; nothing here touches a database."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import RowMapping

from bot.domain.actor import Actor
from bot.domain.correction import Correction, HeadField
from bot.domain.posting import Posting
from bot.storage.actor_columns import to_columns
from bot.storage.codec import FactCodec
from bot.storage.correcting import HEAD_FIELDS
from bot.storage.fact_json import read_facts, write_facts
from bot.storage.fingerprint import identity
from bot.storage.storable import storable, storable_or_none

_LOG = logging.getLogger(__name__)


class CorrectionRow(NamedTuple):
    """A correction as it is stored."""

    field: str
    words: str | None
    read_words: str | None
    actor_id: str
    actor_name: str
    at: datetime
    """UTC."""

    facts: list[dict[str, Any]]
    read: list[dict[str, Any]]


def to_correction_rows(corrections: Iterable[Correction], codec: FactCodec) -> tuple[CorrectionRow, ...]:
    """Return corrections as they are stored, by field; of several for one the last."""
    rows = {row.field: row for row in (_to_row(correction, codec) for correction in corrections)}
    return tuple(rows[field] for field in sorted(rows))


def to_corrections(rows: Iterable[CorrectionRow], codec: FactCodec) -> dict[str, Correction]:
    """Return the corrections of known fields by field, without those that this Rolecall cannot read."""
    found = ((row.field, _to_correction(row, codec)) for row in rows)
    return {field: correction for field, correction in found if correction is not None}


def to_correction_row(row: RowMapping) -> CorrectionRow:
    """Read a row of the correction table."""
    return CorrectionRow(*(row[name] for name in CorrectionRow._fields))


def identities(posting: Posting, corrections: Iterable[CorrectionRow]) -> tuple[str, ...]:
    """Return what a posting is known by as it came, and then by its link, where a person put that right."""
    read = {HeadField(row.field).attribute: row.read_words for row in corrections if row.field in HEAD_FIELDS}
    own = identity(posting.model_copy(update=read))
    return (own, identity(posting)) if "link" in read and posting.link else (own,)


def _to_row(correction: Correction, codec: FactCodec) -> CorrectionRow:
    topic = correction.field
    is_head = topic in HEAD_FIELDS
    return CorrectionRow(
        field=storable(topic),
        words=storable_or_none(correction.words),
        read_words=storable_or_none(correction.read_words),
        **to_columns(correction.by),
        at=correction.at.astimezone(UTC),
        facts=[] if is_head else write_facts(topic, correction.facts, codec=codec),
        read=[] if is_head else write_facts(topic, correction.read, codec=codec),
    )


def _to_correction(row: CorrectionRow, codec: FactCodec) -> Correction | None:
    if row.field not in HEAD_FIELDS and not codec.knows(row.field):
        return None
    try:
        facts, read = (read_facts(row.field, written, codec=codec) for written in (row.facts, row.read))
    except ValueError:
        _LOG.warning("passed over a stored correction of the topic %s that this version cannot read", row.field)
        return None
    return Correction(
        field=row.field,
        facts=facts,
        words=row.words,
        read=read,
        read_words=row.read_words,
        by=Actor(id=row.actor_id, name=row.actor_name),
        at=row.at,
    )
