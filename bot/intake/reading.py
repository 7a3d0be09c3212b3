"""Texts read as postings in another process or thread, and what comes back from there."""

import os
import signal
import threading
import traceback
from collections.abc import Sequence
from multiprocessing import parent_process
from typing import Any, NamedTuple, TypeAlias

from bot.domain.errors import UnreadablePosting
from bot.domain.fact import Fact, Quote
from bot.domain.posting import Posting
from bot.intake.record import parse_record
from bot.intake.source import Refusal, Source
from bot.parsing.parse import parse_posting, render_markup
from bot.text.clean import repair

_TRACEBACK_LINES = 30
_CHARACTERS_PER_FACT = 200
_OWN_MARK = '"rolecall'
"""Stands in every record that Rolecall exported."""


class Failure(NamedTuple):
    """A text that Rolecall itself failed on: a bug, for whoever runs it."""

    source: str
    cause: str
    """The traceback."""


class Packed(NamedTuple):
    """A posting as it travels between processes; a Fact made for one type of value does not pickle."""

    head: dict[str, Any]
    facts: dict[str, list[tuple[Any, str, str | None]]]
    """Topic to value, quote and heading."""

    @property
    def weight(self) -> int:
        """What it costs to keep, in facts."""
        return sum(map(len, self.facts.values())) + len(self.head["text"]) // _CHARACTERS_PER_FACT


Result: TypeAlias = Packed | Refusal | Failure
"""What became of one text."""


def read_batch(batch: Sequence[Source | Refusal]) -> list[Result]:
    """Read each text of a batch; what is refused already stays so, in its place."""
    return [found if isinstance(found, Refusal) else read_one(found) for found in batch]


def read_one(source: Source) -> Result:
    """Read one text; whatever goes wrong with it concerns this one only."""
    try:
        return pack(read_posting(source))
    except UnreadablePosting as error:
        return Refusal(source.name, str(error))
    except Exception:  # noqa: BLE001  the outermost handler of an import: one posting that trips a bug must not end the others
        return Failure(source.name, "".join(traceback.format_exc().splitlines(keepends=True)[-_TRACEBACK_LINES:]))


def read_posting(source: Source) -> Posting:
    """Return the posting of one text; a record is our own, or JSON of a known layout. Raises UnreadablePosting for any other."""
    if not source.is_record:
        return parse_posting(source.text, source.name)
    rendered = None if _OWN_MARK in source.text else render_markup(repair(source.text))
    return parse_record(source.text, source.name) if rendered is None else parse_posting(rendered, source.name)


def pack(posting: Posting) -> Packed:
    """Take a posting apart into plain values."""
    facts = {topic: [(fact.value, fact.quote.text, fact.quote.heading) for fact in found] for topic, found in posting.facts.items()}
    return Packed({name: value for name, value in posting if name != "facts"}, facts)


def unpack(packed: Packed) -> Posting:
    """Put a posting together again."""
    facts = {
        topic: tuple(Fact(value=value, quote=Quote(text=quote, heading=heading)) for value, quote, heading in found)
        for topic, found in packed.facts.items()
    }
    return Posting(**packed.head, facts=facts)


def begin_worker() -> None:
    """Prepare a reading process: Ctrl-C is its parent's to handle, and it ends with its parent, even one that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
