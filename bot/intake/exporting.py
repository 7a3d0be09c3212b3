"""What is kept, written for other programs: JSON Lines, and schema.org's JobPosting as JSON-LD; both are read back without loss."""

import json
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any

from bot.domain.posting import KeptPosting
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


async def write_export(store: Store, scopes: Collection[str], *, form: ExportForm, write: Callable[[str], object]) -> int:
    """Write all current postings of the scopes, piece by piece, and return how many they were."""
    count = 0
    is_document = form is ExportForm.JSON_LD
    if is_document:
        write(f'{{"@context": {_dump(CONTEXT)}, {GRAPH_HEAD}\n')
    async for kept in store.every(scopes=scopes):
        if is_document:
            write((",\n" if count else "") + _dump(to_job_posting(kept)))
        else:
            write(to_json_line(kept) + "\n")
        count += 1
    if is_document:
        write(("\n" if count else "") + GRAPH_END + "\n")
    return count


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
