import csv
import io
from typing import Any

import pytest
from builders_records import READ_AT, VALUES, keep_facts, kept_postings
from hypothesis import given

from bot.domain.posting import KeptPosting
from bot.intake.exporting import write_csv_head, write_csv_row
from bot.topics import TOPICS

HEAD = ["id", "company", "title", "link", "location", "read_at"]


def read_row(kept: KeptPosting) -> dict[str, str]:
    head, row = csv.reader(io.StringIO(write_csv_head() + write_csv_row(kept), newline=""))
    assert head == [*HEAD, *(topic.name for topic in TOPICS if topic.name != "company"), "about_company"]
    return dict(zip(head, row, strict=True))


def test_a_row_has_the_head_and_each_topic_as_it_is_told() -> None:
    row = read_row(keep_facts(VALUES))
    assert [row[name] for name in HEAD] == ["7", "Tick & Tock", "Clockmaker", "https://jobs.example/1", "Bern", READ_AT.isoformat()]
    assert row["requirements"] == "Mend clocks\nRead drawings"
    assert row["experience"] == "At least 2.5 years of experience"
    assert row["pay"].splitlines()[0].startswith("€30")
    assert row["timezone"] == ""


def test_what_a_posting_leaves_out_is_an_empty_cell() -> None:
    row = read_row(keep_facts({}, title=None, company=None, link=None, location=None))
    assert {name for name, cell in row.items() if cell} == {"id", "read_at"}


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "＝1+1", '=HYPERLINK("https://evil.example","x")'],
)
def test_no_cell_begins_a_formula(cell: str) -> None:
    row = read_row(keep_facts({"skills": (cell,)}, title=cell, company=cell, location=cell))
    assert [row[name] for name in ("title", "company", "location")] == [f"'{cell}"] * 3
    assert row["skills"] == f"'{cell}"


@given(kept_postings())
def test_any_posting_is_one_row_whose_cells_come_back(kept: KeptPosting) -> None:
    row = read_row(kept)
    expected: dict[str, Any] = {"company": kept.posting.company, "title": kept.posting.title, "location": kept.posting.location}
    for name, words in expected.items():
        assert row[name].removeprefix("'") == (words or "").removeprefix("'")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
