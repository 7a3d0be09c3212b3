"""`report` shows each line of a posting beside what was found in it, safely."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from builders_terminal import COOK, HOSTILE
from command_line import run_command

from bot.cli.parse import Use, read_report_lines
from bot.parsing.parse import parse_posting


def marks_of(text: str) -> dict[int, list[str]]:
    lines = read_report_lines(parse_posting(text, "posting"))
    return {line.number: [f"{mark.label} {mark.value}".strip() for mark in line.marks] for line in lines if line.marks}


def test_each_fact_stands_beside_its_line() -> None:
    marks = marks_of(COOK)
    assert marks[1] == ["Title Cook"]
    assert "Company Copper Pan" in marks[3]
    assert "Pay $50,000 to $60,000 a year" in marks[6]
    assert marks[8] == ["Section requirements"]
    assert marks[9][0] == "Requirements"
    assert "Experience At least 3 years of experience" in marks_of(COOK.replace("years", "years of experience"))[9]
    assert marks[13] == ["Benefits", 'Read as benefits, by its heading "Benefits"']


def test_lines_that_nothing_used_are_told_from_the_others() -> None:
    text = f"{COOK}\nOur kitchen looks on the harbour, and gulls look in.\n\nOur kitchen looks on the harbour, and gulls look in.\n"
    uses = [line.use for line in read_report_lines(parse_posting(text, "posting"))]
    assert [uses[number - 1] for number in (1, 2, 8, 9, 15, 17)] == [Use.USED, Use.BLANK, Use.HEADING, Use.USED, Use.UNUSED, Use.REPEATED]


def test_a_quote_that_stands_twice_is_marked_under_its_own_heading() -> None:
    marks = marks_of("# Cook\n\n## About us\n\nWe cook for forty towns.\n\n* Knives\n\n## Requirements\n\n* Knives\n* 3 years at a stove\n")
    assert "Requirements" in marks[11]
    assert "Requirements" not in marks[7]


class Tags(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


def test_nothing_of_a_hostile_posting_becomes_markup(empty_folder: Path) -> None:
    words = '<script>alert(1)</script> <img src=x onerror="alert(1)"> " onmouseover=x \' &lt;b&gt;'
    (empty_folder / "clerk.txt").write_text(f"Title: {words}\nCompany: {words}\n\n{HOSTILE}\nRequirements:\n- {words} 5 years\n", "utf-8")
    ran = run_command("report", "clerk.txt")
    assert ran.status == 0
    page = Tags()
    page.feed(ran.out)
    assert not page.names & {"script", "img", "iframe", "link", "object"}
    assert not any(name.startswith("on") for name in page.attributes)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in ran.out
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out)


def test_the_page_needs_nothing_else(empty_folder: Path) -> None:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    ran = run_command("report", "cook.md")
    assert ran.out.startswith("<!doctype html>")
    assert "default-src 'none'" in ran.out
    assert not re.search(r"\bsrc=|@import|url\(", ran.out)
    assert "The posting does not say: " in ran.out
    assert re.search(r"<strong>\d+ facts; \d+ of \d+ lines used, \d+ not\.</strong>", ran.out)


def test_several_postings_are_on_one_page_and_one_that_cannot_be_read_is_told(empty_folder: Path) -> None:
    for name in ("a.md", "b.md"):
        (empty_folder / name).write_text(COOK, "utf-8")
    ran = run_command("report", "a.md", "nothing.md", "b.md", "--output", "report.html")
    assert ran.status == 1
    assert ran.out == "report written to report.html\n"
    assert ran.err == "rolecall: nothing.md is not there; check the path\n"
    page = (empty_folder / "report.html").read_text("utf-8")
    assert page.count("<main ") == 2
    assert 'href="#p1"' in page


@pytest.mark.parametrize(
    ("output", "told"), [("a.md", "is the posting itself and would be lost"), (".", "is a folder"), ("no/x", "cannot be written")]
)
def test_an_output_that_cannot_be_is_told(empty_folder: Path, output: str, told: str) -> None:
    (empty_folder / "a.md").write_text(COOK, "utf-8")
    ran = run_command("report", "a.md", "--output", output)
    assert ran.status == 1
    assert told in ran.err
    assert (empty_folder / "a.md").read_text("utf-8") == COOK


def test_it_is_told_which_rule_read_the_head(empty_folder: Path) -> None:
    (empty_folder / "a.md").write_text("Breadly | Night Baker | Lyon, France\n\nWe bake bread for forty towns along the river.", "utf-8")
    page = run_command("report", "a.md").out
    assert "How the head was read: title by the pieces between bars; company by the pieces between bars" in page
