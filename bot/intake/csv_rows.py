"""Kept postings as rows of a table, for programs that calculate; nothing in a cell is taken there for a formula."""

import csv
import io
from collections.abc import Iterable

from bot.domain.answer import Telling
from bot.domain.posting import KeptPosting
from bot.topics import TOPICS

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
    return _write([*(words or "" for words in head), *(_tell(topic.tell(facts)) if facts else "" for topic, facts in told)])


def make_harmless(cell: str) -> str:
    """
    Return a cell's words so that no program calculates them: an apostrophe stands before what would begin a formula.

    >>> make_harmless("=1+1"), make_harmless("Cook = chef")
    ("'=1+1", 'Cook = chef')
    """
    return f"'{cell}" if cell.startswith(_BEGINS_FORMULA) else cell


def _tell(telling: Telling) -> str:
    # A sentence that only announces the list says nothing beside it.
    announced = telling.items and telling.sentence.endswith(":")
    return "\n".join(telling.items if announced else (telling.sentence, *telling.items))


def _write(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([make_harmless(cell) for cell in cells])
    return written.getvalue()
