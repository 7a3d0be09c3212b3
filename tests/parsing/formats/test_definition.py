"""The definition layout."""

import pytest

from bot.parsing.formats.layouts import read_definition
from bot.parsing.parse import read_document

POSTING = """# Pastry Chef

Def OutputFile:
../PastryChef.md

Def Title:
Pastry Chef

Def Role:
Sweetwater is looking for a Pastry Chef. Apply at https://sweetwater.example/jobs.

Def Responsibilities:
- Make cakes
- Decorate them

Def Requirements:
- 3+ years of pastry work
"""


def test_the_blocks_are_read() -> None:
    document = read_definition(POSTING)
    assert document is not None
    assert document.title == "Pastry Chef"
    assert [(line.heading, line.text) for line in document.statements] == [
        ("Role", "Sweetwater is looking for a Pastry Chef. Apply at https://sweetwater.example/jobs."),
        ("Responsibilities", "Make cakes"),
        ("Responsibilities", "Decorate them"),
        ("Requirements", "3+ years of pastry work"),
    ]


def test_lines_keep_the_numbers_they_have_in_the_file() -> None:
    document = read_definition(POSTING)
    assert document is not None
    assert [line.number for line in document.statements] == [10, 13, 14, 17]


def test_the_link_is_found_in_the_text() -> None:
    assert read_document(POSTING).link == "https://sweetwater.example/jobs"


def test_company_location_and_salary_may_have_blocks_of_their_own() -> None:
    document = read_definition("Def Title: Cook\nDef Company: Bistro\nDef Location: Oslo\nDef Salary: NOK 500,000\nDef Role:\nCook.")
    assert document is not None
    assert (document.company, document.location) == ("Bistro", "Oslo")
    assert [line.text for line in document.tags("salary")] == ["NOK 500,000"]


@pytest.mark.parametrize("text", ["", "Title: Cook", "Def Role:\nCook", "The def title: none"])
def test_a_text_without_a_title_block_is_not_this_layout(text: str) -> None:
    assert read_definition(text) is None
