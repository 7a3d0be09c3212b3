"""What is kept, written for other programs: JSON Lines and JSON-LD (schema.org's JobPosting), both read back without loss; and CSV."""

import json
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any

from bot.domain.posting import KeptPosting
from bot.intake.csv_rows import write_csv_head, write_csv_row
from bot.intake.record import to_record
from bot.intake.record_files import GRAPH_END, GRAPH_HEAD
from bot.intake.schema_words import CONTEXT, to_head, to_properties
from bot.storage.store import Store


class ExportForm(StrEnum):
    """How an export is written."""

    JSON_LINES = "jsonl"
    """One posting a line."""

    JSON_LD = "jsonld"
    """One document of schema.org JobPostings, with one posting a line in it."""

    CSV = "csv"
    """A table with a row for each posting; it has no quotes, and is not read back."""


def to_json_line(kept: KeptPosting) -> str:
    """Return a kept posting, complete but for its scope and number, as one line without a line end."""
    return _dump(to_record(kept))


def to_job_posting(kept: KeptPosting) -> dict[str, Any]:
    """
    Return a kept posting as a schema.org JobPosting; CONTEXT is what its words mean.

    Only what the posting states is said: no date, for it is not known, and total pay is no base salary. The facts with their
    quotes, and what else schema.org has no word for, stand under `rolecall:record`.
    """
    values = {topic: [fact.value for fact in facts] for topic, facts in kept.posting.facts.items()}
    return {
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Rolecall", "value": str(kept.id)},
        **to_head(to_record(kept)),
        **to_properties(values),
    }


def begin_export(form: ExportForm) -> str:
    """Return what stands before the first posting."""
    match form:
        case ExportForm.JSON_LD:
            return f'{{"@context": {_dump(CONTEXT)}, {GRAPH_HEAD}\n'
        case ExportForm.CSV:
            return write_csv_head()
        case _:
            return ""


def write_posting(form: ExportForm, kept: KeptPosting) -> str:
    """Return a posting."""
    match form:
        case ExportForm.JSON_LD:
            return _dump(to_job_posting(kept))
        case ExportForm.CSV:
            return write_csv_row(kept)
        case _:
            return to_json_line(kept) + "\n"


def part_postings(form: ExportForm) -> str:
    """Return what stands between two postings."""
    return ",\n" if form is ExportForm.JSON_LD else ""


def end_export(form: ExportForm, *, is_empty: bool) -> str:
    """Return what stands behind the last posting."""
    return ("" if is_empty else "\n") + GRAPH_END + "\n" if form is ExportForm.JSON_LD else ""


async def write_export(store: Store, scopes: Collection[str], *, form: ExportForm, write: Callable[[str], object]) -> int:
    """Write all current postings of the scopes, piece by piece, and return how many they were."""
    count = 0
    write(begin_export(form))
    async for kept in store.every(scopes=scopes):
        write((part_postings(form) if count else "") + write_posting(form, kept))
        count += 1
    write(end_export(form, is_empty=count == 0))
    return count


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
