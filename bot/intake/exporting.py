"""What is kept, written for other programs: JSON Lines and JSON-LD (schema.org's JobPosting), both read back without loss; and CSV."""

import asyncio
import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from bot.domain.answer import Rendered
from bot.domain.errors import RolecallError
from bot.domain.posting import KeptPosting, Report
from bot.intake.records import CONTEXT, GRAPH_END, GRAPH_HEAD, to_job_posting, to_record
from bot.storage.store import Store
from bot.text.gazetteer import name_country
from bot.topics import BY_NAME, TOPICS

# Answers that were reported as not right, as cases that whoever labels them completes.


def report_case(report: Report, kept: KeptPosting | None) -> dict[str, Any]:
    """
    Return a report as a case: the question, the posting that it is about, what was said and what is wrong with it.

    What should have been said is `want`, which a careful reader fills in; who reported it is not told.
    """
    posting = kept.posting if kept else None
    question = report.question
    if not question and report.topic in BY_NAME:
        company = f" at {posting.company}" if posting and posting.company else ""
        place = f" from {name_country(report.country)}" if report.country else ""
        question = f"{BY_NAME[report.topic].label.lower()}{company}{place}?"
    return {
        "q": question,
        "postings": [posting.source] if posting else [],
        "topic": report.topic,
        "said": report.said,
        "wrong": report.comment,
        "times": report.times,
        "at": report.at.isoformat(),
        "is_closed": report.is_closed,
        "want": {},
    }


# Kept postings as rows of a table, for programs that calculate; nothing in a cell is taken there for a formula.

_HEAD = ("id", "company", "title", "link", "location", "read_at")
_BEGINS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a formula of a cell, in some program; in wide letters too, which some make narrow."""


def write_csv_head() -> str:
    """Return the line that names the columns."""
    return _write([*_HEAD, *(f"about_{topic.name}" if topic.name in _HEAD else topic.name for topic in TOPICS)])


def write_csv_row(kept: KeptPosting) -> str:
    """Return a posting's line: what heads it, and each topic as it is told, with a line for each item."""
    posting = kept.posting
    head = [str(kept.id), posting.company, posting.title, posting.link, posting.location, kept.read_at.isoformat()]
    told = ((topic, topic.facts_in(posting)) for topic in TOPICS)
    return _write([*(words or "" for words in head), *(_tell(topic.render_in("en", facts)) if facts else "" for topic, facts in told)])


def make_harmless(cell: str) -> str:
    """
    Return a cell's words so that no program calculates them: an apostrophe stands before what would begin a formula.

    >>> make_harmless("=1+1"), make_harmless("Cook = chef")
    ("'=1+1", 'Cook = chef')
    """
    return f"'{cell}" if cell.startswith(_BEGINS_FORMULA) else cell


def _tell(rendered: Rendered) -> str:
    # A sentence that only announces the list says nothing beside it.
    announced = rendered.items and rendered.sentence.endswith(":")
    return "\n".join(rendered.items if announced else (rendered.sentence, *rendered.items))


def _write(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([make_harmless(cell) for cell in cells])
    return written.getvalue()


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


class _Layout(NamedTuple):
    write: Callable[[KeptPosting], str]
    begin: str = ""
    first: str = ""
    """Stands before the first posting."""

    between: str = ""
    """Stands before each other one."""

    end: str = ""


_LAYOUTS = {
    ExportForm.JSON_LINES: _Layout(lambda kept: f"{to_json_line(kept)}\n"),
    ExportForm.JSON_LD: _Layout(
        lambda kept: _dump(to_job_posting(kept)),
        begin=f'{{"@context": {json.dumps(CONTEXT)}, {GRAPH_HEAD}',
        first="\n",
        between=",\n",
        end=f"\n{GRAPH_END}\n",
    ),
    ExportForm.CSV: _Layout(write_csv_row, begin=write_csv_head()),
}


async def write_export(store: Store, scopes: Collection[str], *, form: ExportForm, write: Callable[[str], object]) -> int:
    """Write all current postings of the scopes, piece by piece, and return how many they were."""
    layout, count = _LAYOUTS[form], 0
    write(layout.begin)
    async for kept in store.every(scopes=scopes):
        write((layout.between if count else layout.first) + layout.write(kept))
        count += 1
    write(layout.end)
    return count


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# An export as files that may be only so large: one, packed where that helps, or several.

_AT_ONCE = 5
"""Postings that are fetched together: more, and the event loop would be held for over 5 ms while they are made."""

_NAME = "rolecall-postings"
_PACKING = 150_000
"""Bytes that may be on their way through the packer, beside those that it has written."""


async def export_files(store: Store, scopes: Collection[str], *, form: ExportForm, most_bytes: int) -> list[tuple[str, bytes]]:
    """
    Return all current postings of the scopes as files with their names, each of at most so many bytes (half a million or more).

    One plain file if it fits; else one zip archive, or several where it must be so, each with a whole file of the form in it: what can
    be imported can be so one archive at a time. Nothing for no postings. RolecallError for a posting that is larger by itself.
    """
    files = _Files(form, most_bytes)
    ids = sorted(listed.id for listed in await store.list_postings(scopes=scopes))
    for start in range(0, len(ids), _AT_ONCE):
        postings = await store.get_many(ids[start : start + _AT_ONCE], scopes=scopes)
        await asyncio.to_thread(files.write, postings)
    return await asyncio.to_thread(files.close)


class _Files:
    """Takes postings and gives files; what it holds is packed as soon as it is more than one file may have."""

    def __init__(self, form: ExportForm, most_bytes: int) -> None:
        self._form = form
        self._write = _LAYOUTS[form].write
        self._most = most_bytes
        self._plain: list[bytes] = []
        self._length = len(_put_together(form, []))
        self._archives: list[_Archive] = []

    def write(self, postings: Sequence[KeptPosting]) -> None:
        for kept in postings:
            piece = self._write(kept).encode()
            if self._archives:
                self._pack(piece)
                continue
            self._plain.append(piece)
            self._length += len(piece) + len(_LAYOUTS[self._form].between)
            if self._length > self._most:
                for each in self._plain:
                    self._pack(each)
                self._plain.clear()

    def close(self) -> list[tuple[str, bytes]]:
        name = f"{_NAME}.{self._form.value}"
        if self._plain:
            return [(name, _put_together(self._form, self._plain))]
        packed = [archive.close() for archive in self._archives]
        if any(len(data) > self._most for data in packed):
            bound = f"{self._most / 1_000_000:g} MB"
            raise RolecallError(f"A posting is larger than {bound} by itself; export where the bot runs: python -m bot export")
        numbered = [f"{_NAME}-{number}.{self._form.value}.zip" for number in range(1, len(packed) + 1)]
        return list(zip([f"{name}.zip"] if len(packed) == 1 else numbered, packed, strict=True))

    def _pack(self, piece: bytes) -> None:
        if not self._archives or not self._archives[-1].has_room_for(piece, self._most):
            self._archives.append(_Archive(self._form, number=len(self._archives) + 1))
        self._archives[-1].write(piece)


class _Archive:
    """A zip archive with one file in it, while it is written."""

    def __init__(self, form: ExportForm, *, number: int) -> None:
        self._layout = _LAYOUTS[form]
        self._written = io.BytesIO()
        self._archive = ZipFile(self._written, "w", ZIP_DEFLATED)
        self._member = self._archive.open(f"{_NAME}-{number}.{form.value}", "w")
        self._is_empty = True
        self._member.write(_begin(form))

    def has_room_for(self, piece: bytes, most: int) -> bool:
        """Tell whether a posting fits in, however little it is packed; the first always does."""
        return self._is_empty or self._written.tell() + _PACKING + len(piece) <= most

    def write(self, piece: bytes) -> None:
        self._member.write((self._layout.first if self._is_empty else self._layout.between).encode() + piece)
        self._is_empty = False

    def close(self) -> bytes:
        self._member.write(self._layout.end.encode())
        self._member.close()
        self._archive.close()
        return self._written.getvalue()


def _begin(form: ExportForm) -> bytes:
    # Office programs take a table for UTF-8 only where it begins with a mark.
    return _LAYOUTS[form].begin.encode("utf-8-sig" if form is ExportForm.CSV else "utf-8")


def _put_together(form: ExportForm, pieces: Sequence[bytes]) -> bytes:
    layout = _LAYOUTS[form]
    return _begin(form) + layout.first.encode() + layout.between.encode().join(pieces) + layout.end.encode()
