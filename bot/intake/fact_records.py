"""Facts, and what people corrected, as they stand in an exported record."""

import json
from collections.abc import Iterable
from typing import Any

from pydantic import AwareDatetime, Field, JsonValue

from bot.domain.actor import Actor
from bot.domain.correction import Correction, HeadField
from bot.domain.fact import Fact, Quote
from bot.domain.model import Model
from bot.intake.source import to_label
from bot.storage.correcting import HEAD_FIELDS
from bot.text.links import to_link
from bot.topics import BY_NAME


class FactRecord(Model):
    """A fact; its value is unchecked until its topic reads it."""

    value: JsonValue
    quote: str = Field(pattern=r"\S")
    heading: str | None = None


class CorrectionRecord(Model):
    """A correction; its field and its values are unchecked until it is read."""

    field: str
    facts: tuple[FactRecord, ...] = ()
    words: str | None = None
    read: tuple[FactRecord, ...] = ()
    read_words: str | None = None
    by: Actor
    at: AwareDatetime


def write_facts(topic: str, facts: Iterable[Fact[Any]]) -> list[dict[str, Any]]:
    """Return facts as plain JSON values."""
    write = BY_NAME[topic].adapter.dump_python
    return [{"value": write(fact.value, mode="json"), "quote": fact.quote.text, "heading": fact.quote.heading} for fact in facts]


def read_facts(topic: str, facts: Iterable[FactRecord]) -> tuple[Fact[Any], ...]:
    """Return facts with the values of their topic; ValueError for one that the topic does not know."""
    if topic not in BY_NAME:
        raise ValueError(f"this Rolecall knows no topic {to_label(topic, 40)}")
    return tuple(_read_fact(topic, fact) for fact in facts)


def write_corrections(corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """Return corrections as plain JSON values."""
    return [
        each.model_dump(mode="json", exclude={"facts", "read"})
        | ({} if each.field in HEAD_FIELDS else {"facts": write_facts(each.field, each.facts), "read": write_facts(each.field, each.read)})
        for each in corrections
        # A topic that this Rolecall does not know has no values that it could write.
        if each.field in HEAD_FIELDS or each.field in BY_NAME
    ]


def read_corrections(records: Iterable[CorrectionRecord]) -> tuple[Correction, ...]:
    """Return corrections, one a field; ValueError for what cannot be one. Whether a text has their quotes is not asked here."""
    corrections = tuple(map(_read_correction, records))
    fields = [each.field for each in corrections]
    if len(set(fields)) < len(fields):
        raise ValueError("it corrects a field twice")
    return corrections


def _read_fact(topic: str, fact: FactRecord) -> Fact[Any]:
    # As JSON and strictly: no value of another type is bent into shape, and no infinite number passes.
    value = BY_NAME[topic].adapter.validate_json(json.dumps(fact.value, allow_nan=False), strict=True)
    return Fact(value=value, quote=Quote(text=fact.quote, heading=fact.heading))


def _read_correction(record: CorrectionRecord) -> Correction:
    if record.field in HEAD_FIELDS:
        return _read_head_correction(record)
    if record.words is not None or record.read_words is not None:
        raise ValueError(f"its correction of {to_label(record.field, 40)} has words in the place of facts")
    return Correction(
        field=record.field,
        facts=read_facts(record.field, record.facts),
        read=read_facts(record.field, record.read),
        by=record.by,
        at=record.at,
    )


def _read_head_correction(record: CorrectionRecord) -> Correction:
    if record.facts or record.read:
        raise ValueError(f"its correction of {record.field} has facts in the place of words")
    if record.field == HeadField.LINK and record.words is not None and to_link(record.words) != record.words:
        raise ValueError("its corrected link is no http(s) address")
    return Correction(field=record.field, words=record.words, read_words=record.read_words, by=record.by, at=record.at)
