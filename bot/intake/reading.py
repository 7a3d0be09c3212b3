"""Texts read as postings in another process or thread, and what comes back from there."""

import secrets
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

import structlog

from bot.domain.errors import UnreadablePosting
from bot.domain.facts import Fact, Quote
from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import HEAD_FIELDS, Correction, HeadField, Posting
from bot.intake.isolated import time_limit
from bot.intake.records import Record, distrusted, parse_record, read_corrections, read_record
from bot.intake.sources import Refusal, Source, to_label
from bot.parsing.parse import parse_posting, render_markup
from bot.storage.corrections import apply_corrections
from bot.text.clean import fold_space, repair
from bot.text.markup import to_link

# A record that the host does not vouch for: anybody may have written a false value beside a true quote.

_LONGEST_HEAD = 1_000
"""Characters of a title, a company's name, a place."""


def claim_record(text: str, name: str, *, by: Actor) -> Posting:
    """
    Return the posting of a record as the person who gave it answers for it; UnreadablePosting as `parse_record` raises it.

    Its facts are read anew from its text. Its head is taken as it says, and its corrections are taken as that person's own, made now:
    those that quote words which the text does not have rest.
    """
    record = read_record(text, name)
    with distrusted(name):
        corrections = read_corrections(record.corrections)
        record.check_link()
        _check_head(record)
    read = parse_posting(record.text, name)
    corrected = {correction.field for correction in corrections}
    head = {field.attribute: getattr(record, field.attribute) for field in HeadField if field not in corrected}
    named = read.model_copy(update={"link": _link_beside(corrections, read), "source": to_label(record.source), **head})
    return apply_corrections(named, _claim(corrections, read, by=by))


def _check_head(record: Record) -> None:
    words = [getattr(record, field.attribute) for field in HeadField]
    words += [correction.words for correction in record.corrections]
    words += [correction.read_words for correction in record.corrections if correction.field == HeadField.LINK]
    if any(len(each or "") > _LONGEST_HEAD for each in words):
        raise ValueError("its title, company, link or location is longer than any")


def _link_beside(corrections: Iterable[Correction], read: Posting) -> str | None:
    """Return the link that came before it was corrected: where the text has none, that of the page, which only the record tells."""
    came = next((correction.read_words for correction in corrections if correction.field == HeadField.LINK), None)
    return came if read.link is None and came is not None and to_link(came) == came else read.link


def _claim(corrections: Iterable[Correction], read: Posting, *, by: Actor) -> Iterator[Correction]:
    """Yield the corrections as somebody's own; one without facts hides only what is read in the text, whatever it says was read."""
    now = datetime.now(UTC)
    for correction in corrections:
        hidden = tuple(fact for fact in read.facts.get(correction.field, ()) if fact in correction.read)
        if correction.field in HEAD_FIELDS or correction.facts:
            yield correction.model_copy(update={"by": by, "at": now})
        elif hidden:
            yield correction.model_copy(update={"by": by, "at": now, "read": hidden})


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


# What a person is told of a text that Rolecall itself failed on.

_LOG = structlog.get_logger(__name__)


def refuse_failure(failure: Failure) -> Refusal:
    """Log the cause under an error id, and return the refusal that names the id."""
    error_id = secrets.token_hex(3).upper()
    _LOG.error("a posting could not be read", error_id=error_id, source=failure.source, cause=failure.cause)
    return Refusal(
        failure.source, f"{failure.source} could not be read because of a fault in Rolecall; report it with the error id {error_id}"
    )


# What a person says of a posting beside its text: whose it is, where it stands, what it is called.


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed beside a posting's text; None or blank for what was left out."""

    title: str | None = None
    company: str | None = None
    link: str | None = None
    location: str | None = None


def with_said(posting: Posting, said: Said, *, by: Actor, at: datetime) -> Posting:
    """
    Return the posting as somebody says that it is: their words go before the text's, as corrections of theirs.

    What they say just as the text does corrects nothing. UnreadablePosting for a link that is none.
    """
    for field in HeadField:
        if words := fold_space(getattr(said, field.attribute) or ""):
            posting = _say(posting, field, correction=Correction(field=field, words=_check(field, words), by=by, at=at))
    return posting


def _check(field: HeadField, words: str) -> str:
    if field is not HeadField.LINK:
        return words
    link = to_link(words)
    if link is None:
        raise UnreadablePosting(f"“{to_label(words, 100)}” is no web address; give the posting's link as the browser shows it")
    return link


def _say(posting: Posting, field: HeadField, *, correction: Correction) -> Posting:
    """Put words in the place of what is read, and of what had been put there before."""
    if getattr(posting, field.attribute) == correction.words:
        return posting
    before = next((each for each in posting.corrections if each.field == field), None)
    if before is not None:
        others = tuple(each for each in posting.corrections if each is not before)
        posting = posting.model_copy(update={field.attribute: before.read_words, "corrections": others})
    return posting if getattr(posting, field.attribute) == correction.words else apply_corrections(posting, [correction])
