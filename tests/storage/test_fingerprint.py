import pytest
from builders_storage import build_posting
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.rows import fingerprint, identity

SAME = [
    ("We bake.", "  WE\n\nbake.\t"),
    ("Nights\nWeekends", "* Nights\n* Weekends"),
    ("Nights\nWeekends", "- Nights\r\n- Weekends"),
    ("Who we are", "### Who we are"),
    ("Who we are\nBakers", "Who we are\n==========\nBakers"),
    ("fresh bread", "**fresh** _bread_"),
    ("Café", "Cafe\u0301"),
    ("Straße", "STRASSE"),
    ("a cell and b", "| a cell | and b |"),
    ("quoted", "> quoted"),
    ("joined", "\ufeffjoi\u200bned"),
    ("one two", "one\u00a0two"),
]
OTHER = [
    ("We bake.", "We brew."),
    ("We write C#", "We write C"),
    ("We write C++ here", "We write C here"),
    ("from 30 to 40", "from 30 to 400"),
    ("re-sign", "resign"),
    ("3 years", "3+ years"),
    ("may bake", "maybake"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_words_have_one_fingerprint(first: str, second: str) -> None:
    assert fingerprint(build_posting(first)) == fingerprint(build_posting(second))


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_other_words_have_another(first: str, second: str) -> None:
    assert fingerprint(build_posting(first)) != fingerprint(build_posting(second))


@given(st.text(), st.text())
def test_white_space_never_counts(first: str, second: str) -> None:
    assert fingerprint(build_posting(f"{first} {second}")) == fingerprint(build_posting(f" {first}\t  {second}  "))


def test_only_the_text_counts() -> None:
    assert fingerprint(build_posting(title="A", source="a")) == fingerprint(build_posting(title="B", source="b"))


def test_the_identity_is_the_link_where_there_is_one() -> None:
    linked = build_posting(link="https://crumb.example/7")
    assert identity(linked) == identity(build_posting("Other.", link="https://crumb.example/7 ", source="x", title="y", company="z"))
    assert identity(linked) != identity(build_posting(link="https://crumb.example/8"))


def test_the_identity_is_else_source_company_and_title() -> None:
    assert identity(build_posting()) == identity(build_posting("Other.", title=" baker"))
    others = (build_posting(source="x"), build_posting(title="x"), build_posting(company="x"), build_posting())
    assert len({identity(posting) for posting in others}) == 4


def test_marks_heaped_on_a_letter_make_no_difference() -> None:
    heaped = "We bake e" + "\u0301" * 10
    assert fingerprint(build_posting(heaped + "\u0301\u0323" * 50_000)) == fingerprint(build_posting(heaped))
