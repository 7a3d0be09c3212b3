"""A record that the host does not vouch for: anybody may have written a false value beside a true quote."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.domain.actor import Actor
from bot.domain.correction import Correction, HeadField
from bot.domain.posting import Posting
from bot.intake.fact_records import read_corrections
from bot.intake.record import Record, distrusted, read_record
from bot.intake.source import to_label
from bot.parsing.parse import parse_posting
from bot.storage.correcting import HEAD_FIELDS, apply_corrections
from bot.text.links import to_link

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
