"""Texts read as postings in another process or thread, and what comes back from there."""

import traceback
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

from bot.domain.actor import ROLECALL, Actor
from bot.domain.correction import Correction
from bot.domain.errors import UnreadablePosting
from bot.domain.fact import Fact, Quote
from bot.domain.posting import Posting
from bot.intake.claiming import claim_record
from bot.intake.process_limits import time_limit
from bot.intake.record import parse_record
from bot.intake.source import Refusal, Source
from bot.parsing.parse import parse_posting, render_markup
from bot.text.clean import repair

_TRACEBACK_LINES = 30
_CHARACTERS_PER_FACT = 200
_TEXT_SECONDS = 60.0
"""A text of 100,000 characters of the hardest shapes takes one; a process that takes so much longer is hung."""

_OWN_MARK = '"rolecall'
"""Stands in every record that Rolecall exported."""


class Failure(NamedTuple):
    """A text that Rolecall itself failed on: a bug, for whoever runs it."""

    source: str
    cause: str
    """The traceback."""


PlainFacts: TypeAlias = list[tuple[Any, str, str | None]]
"""Value, quote and heading of each."""


class Packed(NamedTuple):
    """A posting as it travels between processes; a Fact made for one type of value does not pickle."""

    head: dict[str, Any]
    facts: dict[str, PlainFacts]
    corrections: list[tuple[dict[str, Any], PlainFacts, PlainFacts]]
    """What is plain in each, its facts, and what had been read."""

    @property
    def weight(self) -> int:
        """What it costs to keep, in facts."""
        corrected = sum(len(facts) + len(read) for _, facts, read in self.corrections)
        return sum(map(len, self.facts.values())) + corrected + len(self.head["text"]) // _CHARACTERS_PER_FACT


Result: TypeAlias = Packed | Refusal | Failure
"""What became of one text."""


def read_batch(batch: Sequence[Source | Refusal], by: Actor = ROLECALL) -> list[Result]:
    """Read each text of a batch on somebody's behalf; what is refused already stays so, in its place."""
    return [found if isinstance(found, Refusal) else read_one(found, by) for found in batch]


def read_batch_in_process(batch: Sequence[Source | Refusal], by: Actor = ROLECALL) -> list[Result]:
    """Read a batch in a process that does nothing else: it ends where a text takes far too long."""
    results: list[Result] = []
    for found in batch:
        with time_limit(_TEXT_SECONDS):
            results += read_batch([found], by)
    return results


def read_one(source: Source, by: Actor = ROLECALL) -> Result:
    """Read one text; whatever goes wrong with it concerns this one only."""
    try:
        return pack(read_posting(source, by))
    except UnreadablePosting as error:
        return Refusal(source.name, str(error))
    except MemoryError:
        return Refusal(source.name, f"{source.name} takes more memory than any posting; give the posting's text alone")
    except Exception:  # noqa: BLE001  the outermost handler of an import: one posting that trips a bug must not end the others
        return Failure(source.name, "".join(traceback.format_exc().splitlines(keepends=True)[-_TRACEBACK_LINES:]))


def read_posting(source: Source, by: Actor = ROLECALL) -> Posting:
    """
    Return the posting of one text; a record is our own, or JSON of a known layout. Raises UnreadablePosting for any other.

    A record that the host does not vouch for is read anew, and its corrections become `by`'s.
    """
    if not source.is_record:
        posting = parse_posting(source.text, source.name)
        return posting if source.link is None else posting.model_copy(update={"link": source.link})
    rendered = None if _OWN_MARK in source.text else render_markup(repair(source.text))
    if rendered is not None:
        return parse_posting(rendered, source.name)
    return parse_record(source.text, source.name) if source.is_vouched_for else claim_record(source.text, source.name, by=by)


def pack(posting: Posting) -> Packed:
    """Take a posting apart into plain values."""
    head = {name: value for name, value in posting if name not in ("facts", "corrections")}
    facts = {topic: _take_apart(found) for topic, found in posting.facts.items()}
    return Packed(head, facts, list(map(_pack_correction, posting.corrections)))


def unpack(packed: Packed) -> Posting:
    """Put a posting together again."""
    return Posting(
        **packed.head,
        facts={topic: _put_together(found) for topic, found in packed.facts.items()},
        corrections=tuple(
            Correction(**plain, facts=_put_together(facts), read=_put_together(read)) for plain, facts, read in packed.corrections
        ),
    )


def _pack_correction(correction: Correction) -> tuple[dict[str, Any], PlainFacts, PlainFacts]:
    plain = {name: value for name, value in correction if name not in ("facts", "read")}
    return plain, _take_apart(correction.facts), _take_apart(correction.read)


def _take_apart(facts: Iterable[Fact[Any]]) -> PlainFacts:
    return [(fact.value, fact.quote.text, fact.quote.heading) for fact in facts]


def _put_together(facts: PlainFacts) -> tuple[Fact[Any], ...]:
    return tuple(Fact(value=value, quote=Quote(text=quote, heading=heading)) for value, quote, heading in facts)
