"""Files as people upload them, whole and broken."""

import json
import os
import struct
import sys
import time
from pathlib import Path
from typing import Any

from builders_files import docx_bytes, paragraph, pdf_bytes
from builders_intake import invent_text, zip_bytes
from builders_records import VALUES, keep_facts

from bot.intake.exporting import to_json_line
from bot.intake.isolated import time_limit
from bot.intake.reading import Upload, read_within_bounds
from bot.intake.records import to_job_posting
from bot.intake.sources import Excess, Refusal, Source

_LINES = invent_text(3).replace("🌎 ", "").splitlines()
_HTML = (
    "<!doctype html><title>Cook</title><h1>Cook</h1><p>We cook in Lisbon, and pay 30,000 euros a year.<ul><li>Three years at a stove</ul>"
)
_BOARD = {"title": "Cook", "absolute_url": "https://boards.example/1", "content": "<p>We cook in Lisbon and look for a cook.</p>", "id": 5}
_LINE = to_json_line(keep_facts(VALUES))

WHOLE: dict[str, bytes] = {
    "cook.md": invent_text().encode(),
    "cook.txt": invent_text().encode("utf-16"),
    "cook.html": _HTML.encode(),
    "board.json": json.dumps({"jobs": [_BOARD, _BOARD | {"id": 6}]}).encode(),
    "export.jsonl": f"{_LINE}\n{_LINE}\n".encode(),
    "export.jsonld": json.dumps({"@context": "https://schema.org", "@graph": [to_job_posting(keep_facts(VALUES))]}).encode(),
    "cook.pdf": pdf_bytes([_LINES, _LINES]),
    "cook.docx": docx_bytes(*(paragraph(line) for line in _LINES if line)),
    "many.zip": zip_bytes({"a.md": invent_text(1), "b.jsonl": _LINE, "deep/c.html": _HTML, "d.docx": docx_bytes(paragraph("We cook."))}),
}
"""One of each kind."""


class Killer(bytes):
    """A file that ends the process that it is given to."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def read_bounded(*files: Upload) -> list[Source | Refusal]:
    """What files hold, read here; no fault of ours may be among it."""
    found = read_within_bounds(files)
    assert all(isinstance(each, Source | Refusal) for each in found), found
    return [each for each in found if isinstance(each, Source | Refusal)]


def refused(*files: Upload) -> Refusal:
    """The only thing that is found in files: why they were refused."""
    (refusal,) = read_bounded(*files)
    assert isinstance(refusal, Refusal)
    assert_told_well(refusal)
    return refusal


def assert_told_well(refusal: Refusal) -> None:
    """A refusal is one printable line that names what it is about and says what to do."""
    assert refusal.reason.isprintable()
    assert refusal.reason.startswith(refusal.source)
    assert "; " in refusal.reason
    assert len(refusal.reason) < 600


def is_excess(refusal: Refusal) -> bool:
    return isinstance(refusal, Excess)


def hand_over_half(sign: Path) -> None:
    """Begin to give a result, as a process does that is killed in the middle of it, and wait."""
    frame: Any = sys._getframe()  # noqa: SLF001 -- only the loop of the pool's process has its queue of results
    while "result_queue" not in frame.f_locals:
        frame = frame.f_back
    os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 100))  # noqa: SLF001
    sign.touch()
    time.sleep(3600)


def work_forever(sign: Path | None = None) -> None:
    """Hang; a file is a sign that it has begun."""
    if sign:
        sign.touch()
    while True:
        pass


def eat_memory() -> tuple[int, int]:
    """Take memory until there is no more, after a time limit that was kept; how much that was in units of 50 MB, and how nice this is."""
    with time_limit(0.001):
        taken = []
    try:
        while True:
            taken.append(bytearray(50_000_000))
    except MemoryError:
        return len(taken), os.nice(0)
