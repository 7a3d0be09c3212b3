"""One kept posting as an exported record: written without loss, and read back checked, for anybody may have made it."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BufferedReader, TextIOWrapper
from itertools import chain
from typing import Any, Literal, NamedTuple, TextIO

from pydantic import AwareDatetime, Field, JsonValue, ValidationError
from pydantic_core import from_json

from bot.domain.errors import UnreadablePosting
from bot.domain.facts import Fact, Model, Quote
from bot.domain.person import Actor
from bot.domain.posting import HEAD_FIELDS, Correction, HeadField, KeptPosting, Posting
from bot.intake.form_text import find_missing_quote
from bot.intake.sources import POSTING_BOUND, Found, Refusal, Source, encoding_of, name_kind, to_label
from bot.parsing.formats.any_data import split_postings, write_object
from bot.parsing.formats.json_ld import is_job_posting
from bot.parsing.parse import check_length, parse_posting
from bot.text.markup import to_link
from bot.topics import BY_NAME, TOPICS
from bot.topics.written import first_fault

# Facts, and what people corrected, as they stand in an exported record.


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
    is_head = record.field in HEAD_FIELDS
    if is_head and (record.facts or record.read):
        raise ValueError(f"its correction of {record.field} has facts in the place of words")
    if not is_head and (record.words is not None or record.read_words is not None):
        raise ValueError(f"its correction of {to_label(record.field, 40)} has words in the place of facts")
    if record.field == HeadField.LINK and record.words is not None and to_link(record.words) != record.words:
        raise ValueError("its corrected link is no http(s) address")
    return Correction(
        field=record.field,
        facts=() if is_head else read_facts(record.field, record.facts),
        words=record.words,
        read=() if is_head else read_facts(record.field, record.read),
        read_words=record.read_words,
        by=record.by,
        at=record.at,
    )


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
        found = _to_plain_record(found)
    if not isinstance(found, dict) or "rolecall" not in found:
        raise UnreadablePosting(f"{name} is no posting that Rolecall exported; give the posting's text, or a file that `export` wrote")
    try:
        record = Record.model_validate(found)
    except ValidationError as error:
        raise UnreadablePosting(f"{name} is not a whole posting ({_tell(error)}); export it again") from error
    check_length(record.text, name)
    return record


def parse_record(text: str, name: str) -> Posting:
    """Return the posting of one exported record; raise UnreadablePosting as `read_record` does, also for facts that do not hold."""
    with _distrusted(name):
        return read_record(text, name).to_posting()


@contextmanager
def _distrusted(name: str) -> Iterator[None]:
    """Turn a ValueError about what a record says into UnreadablePosting."""
    try:
        yield
    except ValueError as error:
        raise UnreadablePosting(f"{name} cannot be trusted ({_tell(error)}); give the posting's text instead") from error


def _tell(error: Exception) -> str:
    return to_label(first_fault(error) if isinstance(error, ValidationError) else str(error), 160)


# The record within a JobPosting of schema.org: what that has no word for stands under a key of our own.

OWN_KEY = "rolecall:record"
"""Holds the source, the facts with their quotes, and when it was read."""

CONTEXT = [
    "https://schema.org",
    {"rolecall": "urn:rolecall:", OWN_KEY: {"@id": OWN_KEY, "@type": "@json"}},
]
"""The document's `@context`: schema.org's words, and our key as plain JSON within them."""


def to_job_posting(kept: KeptPosting) -> dict[str, Any]:
    """
    Return a kept posting as a schema.org JobPosting; CONTEXT is what its words mean.

    Only what the posting states is said: no date, for it is not known. The facts with their quotes, and what else schema.org has no
    word for, stand under OWN_KEY.
    """
    said = {
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Rolecall", "value": str(kept.id)},
        **_to_schema_head(to_record(kept)),
    }
    for topic in TOPICS:
        if topic.schema_org and (facts := topic.facts_in(kept.posting)):
            said |= topic.schema_org([fact.value for fact in facts])
    return said


def _to_schema_head(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record's head in schema.org's words, and what they leave out under our key."""
    company = record["company"]
    said = {
        "title": record["title"],
        "hiringOrganization": None if company is None else {"@type": "Organization", "name": company},
        "url": record["link"],
        "description": record["text"],
        OWN_KEY: {key: value for key, value in record.items() if key not in ("title", "company", "link", "text")},
    }
    return {key: value for key, value in said.items() if value is not None}


def _to_plain_record(node: dict[str, Any]) -> dict[str, Any]:
    """Undo `_to_schema_head`: the record of a JobPosting that has our key, unchecked as it came."""
    own, organization = node[OWN_KEY], node.get("hiringOrganization")
    return {
        **(own if isinstance(own, dict) else {}),
        "title": node.get("title"),
        "company": organization.get("name") if isinstance(organization, dict) else organization,
        "link": node.get("url"),
        "text": node.get("description"),
    }


# An untrusted record, which the host does not vouch for: anybody may have written a false value beside a true quote.

_LONGEST_HEAD = 1_000
"""Characters of a title, a company's name, a place."""


def read_untrusted_record(text: str, name: str, *, by: Actor) -> Posting:
    """
    Return the posting of a record as the person who gave it answers for it; UnreadablePosting as `parse_record` raises it.

    Its facts are read anew from its text. Its head is taken as it says, and its corrections are taken as that person's own, made now:
    those that quote words which the text does not have rest.
    """
    record = read_record(text, name)
    with _distrusted(name):
        corrections = read_corrections(record.corrections)
        record.check_link()
        _check_head(record)
    from bot.storage.corrections import apply_corrections  # it needs the database's library, and few texts are records

    read = parse_posting(record.text, name)
    corrected = {correction.field for correction in corrections}
    head = {field.attribute: getattr(record, field.attribute) for field in HeadField if field not in corrected}
    named = read.model_copy(update={"link": _link_before(corrections, read), "source": to_label(record.source), **head})
    return apply_corrections(named, _take_over(corrections, read, by=by))


def _check_head(record: Record) -> None:
    words = [getattr(record, field.attribute) for field in HeadField]
    words += [correction.words for correction in record.corrections]
    words += [correction.read_words for correction in record.corrections if correction.field == HeadField.LINK]
    if any(len(each or "") > _LONGEST_HEAD for each in words):
        raise ValueError("its title, company, link or location is longer than any")


def _link_before(corrections: Iterable[Correction], read: Posting) -> str | None:
    """Return the link that came before it was corrected: where the text has none, that of the page, which only the record tells."""
    came = next((correction.read_words for correction in corrections if correction.field == HeadField.LINK), None)
    return came if read.link is None and came is not None and to_link(came) == came else read.link


def _take_over(corrections: Iterable[Correction], read: Posting, *, by: Actor) -> Iterator[Correction]:
    """Yield the corrections as somebody's own; one without facts hides only what is read in the text, whatever it says was read."""
    now = datetime.now(UTC)
    for correction in corrections:
        hidden = tuple(fact for fact in read.facts.get(correction.field, ()) if fact in correction.read)
        if correction.field in HEAD_FIELDS or correction.facts:
            yield correction.model_copy(update={"by": by, "at": now})
        elif hidden:
            yield correction.model_copy(update={"by": by, "at": now, "read": hidden})


# Files that hold many postings: our own exports as JSON Lines or JSON-LD, and lists of records, also job boards', in any JSON layout.

RECORD_BOUND = 32_000_000
"""Characters of one record: a posting's text at its bound, with facts that repeat all of it."""

GRAPH_HEAD = '"@graph": ['
"""How the first line of our JSON-LD ends; below it stands one posting a line."""

GRAPH_END = "]}"
_BEGINNING = 64
_SKIPPED_AT_ONCE = 65_536


class _Numbered(NamedTuple):
    number: int
    """Counts from 1."""

    text: str | None
    """None for a line that is too long."""


def read_records(name: str, stream: BufferedReader) -> Found:
    """Yield each record of a file; lines are read one by one, a document in another layout up to RECORD_BOUND as a whole."""
    if (kind := name_kind(stream.peek(_BEGINNING))) is not None:
        yield Refusal(name, f"{name} is {kind} and not JSON; name it by what it is")
        return
    text = TextIOWrapper(stream, encoding=encoding_of(stream.peek(4)), errors="surrogateescape", newline="\n")
    lines = _number_lines(text)
    try:
        first = next(lines, None)
        if first is None:
            yield Refusal(name, f"{name} is empty; give a file that `export` wrote")
        elif (first.text or "").rstrip().endswith(GRAPH_HEAD):
            yield from _read_graph(name, lines)
        elif name.lower().endswith((".jsonl", ".ndjson")):
            yield from _read_lines(name, chain([first], lines))
        elif first.text is not None and _is_record(first.text):
            second = next(lines, None)
            yield from _read_lines(name, chain([first, second], lines)) if second else [Source(name, first.text, is_record=True)]
        else:
            yield from _read_document(name, (first.text or "") + text.read(RECORD_BOUND))
    except UnicodeError:
        yield Refusal(name, f"{name} is not Unicode text; give the file as `export` wrote it")
    finally:
        text.detach()  # whoever opened the stream closes it


def _number_lines(text: TextIO) -> Iterator[_Numbered]:
    number = 0
    while line := text.readline(RECORD_BOUND + 1):
        number += 1
        if len(line) > RECORD_BOUND and not line.endswith("\n"):
            while (rest := text.readline(_SKIPPED_AT_ONCE)) and not rest.endswith("\n"):
                pass
            yield _Numbered(number, None)
        elif line.strip():
            yield _Numbered(number, line)


def _read_lines(name: str, lines: Iterator[_Numbered]) -> Found:
    for number, line in lines:
        place = f"{name} line {number}"
        if line is None:
            yield Refusal(place, f"{place} is longer than any posting; give the file as `export` wrote it")
        else:
            yield Source(place, line, is_record=True)


def _read_graph(name: str, lines: Iterator[_Numbered]) -> Found:
    for line in lines:
        if (line.text or "").strip() == GRAPH_END:
            return
        bare = line if line.text is None else _Numbered(line.number, line.text.rstrip().removesuffix(","))
        yield from _read_lines(name, iter([bare]))
    yield Refusal(name, f"{name} ends in the middle, so that postings may be missing; export it again")


def _read_document(name: str, text: str) -> Found:
    if len(text) >= RECORD_BOUND:
        yield Refusal(name, f"{name} is too large to be read as a whole; give it as JSON Lines, one posting a line")
        return
    try:
        document = from_json(text.encode())  # which a text of bytes that are no UTF-8 cannot be
    except ValueError as error:
        yield Refusal(name, f"{name} is not JSON: {error}; give a file that `export` wrote")
        return
    records = _records_of(document)
    if not isinstance(records, list) or not records:
        yield Refusal(name, f"{name} holds no list of postings; give a file that `export` wrote")
        return
    for number, record in enumerate(records, 1):
        source = name if record is document else f"{name} item {number}"
        yield Source(source, write_object(record), is_record=True)


def _records_of(document: Any) -> Any:
    """Return the postings that a document holds, or the records that are to be told why they are none."""
    records = document.get("@graph", [document]) if isinstance(document, dict) else document
    is_own = isinstance(records, list) and any(isinstance(each, dict) and ("rolecall" in each or OWN_KEY in each) for each in records)
    return records if is_own else split_postings(document) or records


def _is_record(line: str | None) -> bool:
    """Tell whether a line is one whole object, as in JSON Lines, and not a whole document or the first line of one."""
    try:
        found: Any = from_json((line or "").encode())
    except ValueError:
        return False
    return isinstance(found, dict) and ("rolecall" in found or OWN_KEY in found or split_postings(found) == [found])
