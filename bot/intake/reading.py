"""Texts read as postings, in this process or another one, and what became of each."""

import secrets
import traceback
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, TypeVar

import structlog

from bot.domain.errors import UnreadablePosting
from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import Posting
from bot.intake.records import parse_record, read_untrusted_record
from bot.intake.sources import Refusal, Source
from bot.parsing.parse import parse_posting, render_markup
from bot.text.clean import repair

_TRACEBACK_LINES = 30
TEXT_SECONDS = 60.0
"""A text of 100,000 characters of the hardest shapes takes one; a process that takes so much longer is hung."""

_OWN_MARK = '"rolecall'
"""Stands in every record that Rolecall exported."""


class Failure(NamedTuple):
    """A text that Rolecall itself failed on: a bug, for whoever runs it."""

    source: str
    cause: str
    """The traceback."""


Result: TypeAlias = Posting | Refusal | Failure
"""What became of one text."""


def read_batch(batch: Sequence[Source | Refusal], by: Actor = ROLECALL) -> list[Result]:
    """Read each text of a batch on somebody's behalf; what is refused already stays so, in its place."""
    return [found if isinstance(found, Refusal) else read_one(found, by) for found in batch]


def read_one(source: Source, by: Actor = ROLECALL) -> Result:
    """Read one text; whatever goes wrong with it concerns this one only."""
    try:
        return read_posting(source, by)
    except UnreadablePosting as error:
        return Refusal(source.name, str(error))
    except MemoryError:
        return Refusal(source.name, f"{source.name} takes more memory than any posting; give the posting's text alone")
    except Exception:  # noqa: BLE001  the outermost handler of an import: one posting that trips a bug must not end the others
        return to_failure(source.name)


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
    return parse_record(source.text, source.name) if source.is_vouched_for else read_untrusted_record(source.text, source.name, by=by)


def to_failure(name: str) -> Failure:
    """Return the failure that the exception being handled is."""
    return Failure(name, "".join(traceback.format_exc().splitlines(keepends=True)[-_TRACEBACK_LINES:]))


# What a person is told of a text that Rolecall itself failed on.

_LOG = structlog.get_logger(__name__)
_Read = TypeVar("_Read")


def refuse_failure(result: _Read | Failure) -> _Read | Refusal:
    """Return what was read as it is; of a failure log the cause under an error id, and return the refusal that names the id."""
    if not isinstance(result, Failure):
        return result
    error_id = secrets.token_hex(3).upper()
    _LOG.error("a posting could not be read", error_id=error_id, source=result.source, cause=result.cause)
    told = f"{result.source} could not be read because of a fault in Rolecall; report it with the error id {error_id}"
    return Refusal(result.source, told)
