"""One kept posting as an exported record: written without loss, and read back checked, for anybody may have made it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from bot.domain.errors import UnreadablePosting
from bot.domain.model import Model
from bot.domain.posting import KeptPosting, Posting
from bot.intake.fact_records import CorrectionRecord, FactRecord, read_corrections, read_facts, write_corrections, write_facts
from bot.intake.quoting import find_missing_quote
from bot.intake.schema_words import OWN_KEY, is_job_posting, to_plain_record
from bot.intake.source import POSTING_BOUND, to_label
from bot.text.links import to_link

VERSION = 2
"""Rises when a record of the new kind cannot be read by an older Rolecall; the second has corrections."""


class Record(Model):
    """One kept posting, whole; without its scope, which the import names, and without its number, which the Store gives."""

    rolecall: Literal[1, 2]
    """The version of this layout; all are read."""

    source: str
    title: str | None
    company: str | None
    link: str | None
    location: str | None
    text: str = Field(pattern=r"\S", max_length=POSTING_BOUND)
    facts: dict[str, tuple[FactRecord, ...]]
    corrections: tuple[CorrectionRecord, ...] = ()
    read_at: AwareDatetime
    """When the posting was read by who exported it."""

    revision: int = Field(ge=1, lt=2**31)
    """Its revision where it was exported."""

    def to_posting(self) -> Posting:
        """Return the posting; raise ValueError for a fact that its topic does not know or its text does not hold."""
        facts = {topic: read_facts(topic, found) for topic, found in self.facts.items() if found}
        if (missing := find_missing_quote(self.text, facts)) is not None:
            raise ValueError(f"it quotes words that are not in its text: {to_label(missing, 80)}")
        self.check_link()
        return Posting(
            source=self.source,
            title=self.title,
            company=self.company,
            link=self.link,
            location=self.location,
            text=self.text,
            facts=facts,
            corrections=read_corrections(self.corrections),
        )

    def check_link(self) -> None:
        """Raise ValueError where the link is none that a person may be led to."""
        if self.link is not None and to_link(self.link) != self.link:
            raise ValueError("its link is no http(s) address")


_READER: TypeAdapter[Record] = TypeAdapter(Record)


def to_record(kept: KeptPosting) -> dict[str, Any]:
    """Return a kept posting as plain JSON values, all of it but its scope and number."""
    posting = kept.posting
    return {
        "rolecall": VERSION,
        **posting.model_dump(mode="json", exclude={"facts", "corrections"}),
        "facts": {topic: write_facts(topic, facts) for topic, facts in posting.facts.items()},
        "corrections": write_corrections(posting.corrections),
        "read_at": kept.read_at.isoformat(),
        "revision": kept.revision,
    }


def read_record(text: str, name: str) -> Record:
    """
    Read one exported record, a line of JSON Lines or a node of JSON-LD; `name` says where it stands.

    Raises UnreadablePosting with one line that names the place for whatever is wrong with it.
    """
    try:
        found = from_json(text.encode())  # which a text of bytes that are no UTF-8 cannot be
    except ValueError as error:
        raise UnreadablePosting(f"{name} is not JSON ({_tell(error)}); give a file as `export` wrote it") from error
    if isinstance(found, dict) and is_job_posting(found):
        if OWN_KEY not in found:
            raise UnreadablePosting(f"{name} is a JobPosting from elsewhere and no exported record; give the posting's text")
        found = to_plain_record(found)
    if not isinstance(found, dict) or "rolecall" not in found:
        raise UnreadablePosting(f"{name} is no posting that Rolecall exported; give the posting's text, or a file that `export` wrote")
    try:
        return _READER.validate_python(found)
    except ValidationError as error:
        raise UnreadablePosting(f"{name} is not a whole posting ({_tell(error)}); export it again") from error


def parse_record(text: str, name: str) -> Posting:
    """Return the posting of one exported record; raise UnreadablePosting as `read_record` does, also for facts that do not hold."""
    with distrusted(name):
        return read_record(text, name).to_posting()


@contextmanager
def distrusted(name: str) -> Iterator[None]:
    """Turn a ValueError about what a record says into UnreadablePosting."""
    try:
        yield
    except ValueError as error:
        raise UnreadablePosting(f"{name} cannot be trusted ({_tell(error)}); give the posting's text instead") from error


def _tell(error: Exception) -> str:
    """Return the first thing that is wrong, on one line."""
    if not isinstance(error, ValidationError):
        return to_label(str(error), 160)
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    place = ".".join(map(str, first["loc"]))
    return to_label(f"{place}: {first['msg']}" if place else first["msg"], 160)
