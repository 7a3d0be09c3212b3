"""What the lines of postings are by their headings and plain wording."""

from pathlib import Path

import pytest

from bot.text.line_model import LineClass
from training.line_labels import read_posting, without_headings

POSTING = """# Baker

We are looking for a second baker.

## About us
The oven has been warm since 1961.

## What you will do
* Bake bread
* Sweep the floor

## Requirements
* Two years in a bakery
* A second language is a plus
* $20 - $25 per hour

## Benefits
* Health insurance
* Free bread
#LI-Onsite

## In your first month
* You will meet the oven

We are an equal opportunity employer.
"""


@pytest.fixture
def labels(tmp_path: Path) -> dict[str, LineClass | None]:
    (tmp_path / "baker.md").write_text(POSTING, "utf-8")
    posting = read_posting(tmp_path / "baker.md", "baker.md")
    assert posting is not None
    return {line.text: label for line, label in zip(posting.lines, posting.labels, strict=True)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The oven has been warm since 1961.", LineClass.COMPANY),
        ("Bake bread", LineClass.DUTY),
        ("Two years in a bakery", LineClass.REQUIREMENT),
        ("A second language is a plus", LineClass.PREFERRED),
        ("$20 - $25 per hour", LineClass.PAY),
        ("Health insurance", LineClass.BENEFIT),
        ("#LI-Onsite", LineClass.NONE),
        ("You will meet the oven", LineClass.NONE),
        ("We are an equal opportunity employer.", LineClass.LEGAL),
    ],
)
def test_a_line_is_what_its_heading_or_plain_wording_tells(labels: dict[str, LineClass | None], text: str, label: LineClass) -> None:
    assert labels[text] is label


def test_without_headings_the_lines_keep_where_they_stood_or_not(tmp_path: Path) -> None:
    (tmp_path / "baker.md").write_text(POSTING, "utf-8")
    posting = read_posting(tmp_path / "baker.md", "baker.md")
    assert posting is not None
    assert len({line.section for line in without_headings(posting.lines, with_sections=True)}) > 4
    assert {(line.heading, line.section) for line in without_headings(posting.lines, with_sections=False)} == {("", 0)}
