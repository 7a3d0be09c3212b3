"""Plain text and markdown of no known layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.head import read_plain
from bot.text.document import LineKind


def test_labelled_lines_at_the_top_fill_the_head() -> None:
    document = read_plain("Job title: Cook\nCompany: Bistro Inc.\nLocation: Oslo, Norway\nSalary: NOK 40,000 a month\n\nWe cook.")
    assert (document.title, document.company, document.location) == ("Cook", "Bistro Inc.", "Oslo, Norway")
    assert [line.label for line in document.lines if line.kind is LineKind.TAG] == ["location", "salary"]


@pytest.mark.parametrize(
    "text",
    [
        "# Night Cook\n\nWe cook at night.",
        "Night Cook\n\nWe cook at night.",
        "**Night Cook**\n\nWe cook at night.",
        "\n\nNIGHT COOK\nWe cook at night.",
    ],
)
def test_the_first_heading_or_short_line_is_the_title(text: str) -> None:
    assert (read_plain(text).title or "").casefold() == "night cook"


def test_a_first_sentence_is_no_title() -> None:
    assert read_plain("Our kitchen in Porto serves two hundred people a day.\nApply now.").title is None


def test_a_title_may_name_the_company() -> None:
    document = read_plain("Night Cook at Bistro Bleu\n\nWe cook at night.")
    assert (document.title, document.company) == ("Night Cook", "Bistro Bleu")


def test_the_title_is_not_a_heading_of_what_follows() -> None:
    document = read_plain("# Cook\n\n## Needs\n\n* Knives")
    assert [line.headings for line in document.statements] == [("Needs",)]


def test_labels_in_other_languages_are_known() -> None:
    document = read_plain("Stellenbezeichnung: Koch\nUnternehmen: Gasthof Adler GmbH\nStandort: Graz\n\nWir kochen gern.")
    assert (document.title, document.company, document.location) == ("Koch", "Gasthof Adler GmbH", "Graz")


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    document = read_plain(text)
    assert all(line.text.strip() for line in document.lines)
