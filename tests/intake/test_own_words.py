"""Typed words are found in a posting as it spells them, and only where it has them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.facts import Fact, Quote
from bot.intake import form_text
from bot.intake.form_text import OwnWords, find_missing_quote, read_typed_lines, to_key

TEXT = """# Pastry chef

Company: Sweet & Sons

## What you bring

* **Five** years in a [busy kitchen](https://kitchen.example) – it’s hard
  * You write C++ and ES6+, “for fun”…
- Baking since
  1990
1. Googles recipes

我们招聘软件工程师负责开发

| Pay | 20 EUR |
"""


@pytest.mark.parametrize(
    ("typed", "plain", "quote"),
    [
        ("five years", "Five years", "**Five** years"),
        ("* Five years", "Five years", "**Five** years"),
        ("**Five** years", "Five years", "**Five** years"),
        ("Years in a Busy Kitchen", "years in a busy kitchen", "years in a [busy kitchen](https://kitchen.example)"),
        ("kitchen - it's hard", "kitchen – it’s hard", "kitchen](https://kitchen.example) – it’s hard"),
        ("it's hard.", "it’s hard", "it’s hard"),
        ('"for fun"...', "“for fun”…", "“for fun”…"),
        ("ES6", "ES6", "ES6"),
        ("c++", "C++", "C++"),
        ("Baking since 1990", "Baking since 1990", "Baking since\n  1990"),
        ("1. Googles  recipes", "Googles recipes", "Googles recipes"),
        ("软件工程师", "软件工程师", "软件工程师"),
        ("Pay | 20 EUR", "Pay | 20 EUR", "Pay | 20 EUR"),
    ],
)
def test_words_are_found_as_the_posting_spells_them(typed: str, plain: str, quote: str) -> None:
    found = OwnWords(TEXT).find(typed)
    assert found is not None
    assert (found.plain, found.quote.text) == (plain, quote)


@pytest.mark.parametrize("typed", ["six years", "Google", "C", "year", "", "-", "**", "years Five", "since 1991", "since 199", "0 EUR"])
def test_words_that_the_posting_does_not_have_are_not_found(typed: str) -> None:
    assert OwnWords(TEXT).find(typed) is None


def test_the_heading_above_the_words_is_kept() -> None:
    found = OwnWords(TEXT).find("five years")
    assert found is not None
    assert found.quote.heading == "What you bring"


def test_words_in_the_same_case_are_preferred() -> None:
    found = OwnWords("# Cook\n\n* You go to market\n* You know Go").find("Go")
    assert found is not None
    assert found.plain == "Go"


@settings(deadline=None)
@given(st.data())
def test_any_words_of_a_text_are_found_in_it(data: st.DataObject) -> None:
    words = TEXT.split()
    start = data.draw(st.integers(0, len(words) - 1))
    piece = words[start : data.draw(st.integers(start + 1, len(words)))]
    found = OwnWords(TEXT).find(" ".join(piece))
    if any(map(str.isalnum, "".join(piece))):
        assert found is not None
        assert find_missing_quote(TEXT, {"x": [Fact(value="x", quote=found.quote)]}) is None


@settings(deadline=None)
@given(st.text(st.sampled_from("ab'’-–—.…\"“ \t\u00a0\u200b\u200d\r\n👩"), max_size=30))
def test_what_a_keyboard_changes_keeps_its_key(text: str) -> None:
    for line in read_typed_lines(text):
        changed = line.text.replace("'", "’").replace('"', "“").replace("—", "--").replace("…", "...").replace(" ", " \u00a0")
        assert to_key(changed) == to_key(line.text)
        assert "\n" not in line.text
        assert line.text == line.text.strip() != ""


def facts(*quotes: str) -> dict[str, list[Fact[str]]]:
    return {"requirements": [Fact(value="x", quote=Quote(text=quote)) for quote in quotes]}


def test_quotes_are_found_in_any_order_and_with_any_white_space() -> None:
    assert find_missing_quote("one\n two   three", facts("two three", "one two", "three", "one\ttwo three")) is None


@pytest.mark.parametrize("quote", ["four", "onetwo", "two one", " ", ""])
def test_words_that_the_text_does_not_hold_are_missing(quote: str) -> None:
    assert find_missing_quote("one two", facts("one", quote)) == quote


def test_a_record_made_to_be_slow_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_text, "_SEARCH_BOUND", 10_000)
    text = f"first {'.' * 2000} last"
    assert find_missing_quote(text, facts("first", "last")) is None
    assert find_missing_quote(text, facts(*["last", "first"] * 20)) in ("first", "last")
