"""Files that hold many postings: our own exports as JSON Lines or JSON-LD, and lists of records, also job boards', in any JSON layout."""

from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from itertools import chain
from typing import Any, NamedTuple, TextIO

from pydantic_core import from_json, to_json

from bot.intake.decoding import encoding_of, name_kind
from bot.intake.schema_words import is_job_posting
from bot.intake.source import Found, Refusal, Source

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
        elif name.lower().endswith((".jsonl", ".ndjson")) or _is_record(first.text):
            yield from _read_lines(name, chain([first], lines))
        else:
            yield from _read_document(name, (first.text or "") + text.read(RECORD_BOUND))
    except UnicodeError:
        yield Refusal(name, f"{name} is not Unicode text; give the file as `export` wrote it")
    finally:
        text.detach()  # whoever opened the stream closes it


def _number_lines(text: TextIO) -> Iterator[_Numbered]:
    """Yield the lines that are not blank."""
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
        yield Source(f"{name} item {number}", to_json(record, inf_nan_mode="constants").decode(), is_record=True)


def _records_of(document: Any) -> Any:
    """Return the list of records that a document holds, or the one that it is; job boards call theirs `jobs`."""
    if not isinstance(document, dict):
        return document
    records = document.get("@graph", document.get("jobs", [document]))
    # A page's graph holds more than its posting: only postings count where there are any.
    postings = [each for each in records if isinstance(each, dict) and is_job_posting(each)] if isinstance(records, list) else []
    return postings or records


def _is_record(line: str | None) -> bool:
    """Tell whether a line is one whole object, as in JSON Lines, and not a whole document or the first line of one."""
    try:
        found: Any = from_json((line or "").encode())
    except ValueError:
        return False
    return isinstance(found, dict) and found.keys().isdisjoint(("@graph", "jobs"))
