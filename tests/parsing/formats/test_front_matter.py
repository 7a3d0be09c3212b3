import pytest

from bot.parsing.formats.layouts import read_front_matter, write_front_matter, write_sources
from bot.text.document import LineKind

TEXT = """---
title: Night Baker
Company: Dough & Sons
location: Lyon, France
salary: EUR 30,000 a year
experience: 3 years
link: https://dough.example/7
---

## Needs
* Bread
"""


def test_the_head_and_the_body_are_read_with_their_line_numbers() -> None:
    document = read_front_matter(TEXT)
    assert document is not None
    assert (document.title, document.company, document.location) == ("Night Baker", "Dough & Sons", "Lyon, France")
    assert document.link == "https://dough.example/7"
    assert [(line.number, line.kind, line.text) for line in document.lines] == [
        (2, LineKind.TITLE, "Night Baker"),
        (4, LineKind.TAG, "Lyon, France"),
        (5, LineKind.TAG, "EUR 30,000 a year"),
        (6, LineKind.PROSE, "experience: 3 years"),
        (10, LineKind.HEADING, "Needs"),
        (11, LineKind.BULLET, "Bread"),
    ]


@pytest.mark.parametrize(
    "text", ["", "---", "---\n---\nx", "---\nWe cook.\n---\n", "Cook\n---\ntitle: x\n---", "---\ntitle: Cook\n", "----\na: b\n---"]
)
def test_other_texts_are_not_this_layout(text: str) -> None:
    assert read_front_matter(text) is None


def test_what_is_written_is_read_again() -> None:
    document = read_front_matter(write_front_matter([("title", "A: b"), ("location", "x\n---\ny"), ("salary", "")], "Body"))
    assert document is not None
    assert (document.title, document.location) == ("A: b", "x --- y")
    assert [line.text for line in document.body] == ["Body"]


def test_a_salary_and_a_place_that_data_spells_otherwise_are_quoted_in_the_data_s_words() -> None:
    raw = '{"title": "Cook", "town": {"city": "Bern", "land": "CH"}, "pay": {"max": 35000, "min": "30000.0", "per": "year"}}'
    written = write_front_matter([("title", "Cook"), ("location", "Bern, Switzerland"), ("salary", "30,000 - 35,000 per year")], "")
    document = read_front_matter(write_sources(written, raw))
    assert document is not None
    assert [(line.text, line.quote().text) for line in document.tags("location", "salary")] == [
        ("Bern, Switzerland", "city: Bern, land: CH"),
        ("30,000 - 35,000 per year", "max: 35000, min: 30000.0, per: year"),
    ]


def test_what_the_data_spells_so_or_does_not_hold_is_left_as_it_is() -> None:
    written = write_front_matter([("location", "Bern"), ("salary", "30,000 per year")], "")
    assert write_sources(written, '{"place": "Bern", "number": 30001}') == written


def test_a_field_is_quoted_without_its_label() -> None:
    document = read_front_matter("---\ntitle: Cook\nwho may apply: Citizens of Peru\n---\nx")
    assert document is not None
    quote = next(line.quote() for line in document.lines if line.label == "who may apply")
    assert (quote.text, quote.heading) == ("Citizens of Peru", "who may apply")


def test_a_value_that_goes_on_in_indented_lines_is_read_whole() -> None:
    document = read_front_matter("---\nroles: Baker and confectioner in the field of\n  rye bread\nopen: false\ntags:\n  - rye\n---\nx")
    assert document is not None
    assert document.title == "Baker and confectioner in the field of rye bread"
    assert [line.text for line in document.body if line.headings == ("tags",)] == ["rye"]


def test_the_title_beside_the_roles_may_say_who_hires() -> None:
    document = read_front_matter('---\nroles: Cuisinier\ntitle: "l\'Atelier des Ponts recrute : un cuisinier"\n---\n\nNous cuisinons.')
    assert document is not None
    assert (document.company, document.title) == ("Atelier des Ponts", "Cuisinier")


def test_a_title_that_names_nobody_tells_no_company() -> None:
    document = read_front_matter("---\ntitle: Cuisinier pour un atelier\nlocation: Lyon\n---\n\nNous cuisinons.")
    assert document is not None
    assert document.company is None
