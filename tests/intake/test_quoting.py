import pytest

from bot.domain.facts import Fact, Quote
from bot.intake import own_words
from bot.intake.own_words import find_missing_quote


def facts(*quotes: str) -> dict[str, list[Fact[str]]]:
    return {"requirements": [Fact(value="x", quote=Quote(text=quote)) for quote in quotes]}


def test_quotes_are_found_in_any_order_and_with_any_white_space() -> None:
    assert find_missing_quote("one\n two   three", facts("two three", "one two", "three", "one\ttwo three")) is None


@pytest.mark.parametrize("quote", ["four", "onetwo", "two one", " ", ""])
def test_words_that_the_text_does_not_hold_are_missing(quote: str) -> None:
    assert find_missing_quote("one two", facts("one", quote)) == quote


def test_a_record_made_to_be_slow_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_words, "_SEARCH_BOUND", 10_000)
    text = f"first {'.' * 2000} last"
    assert find_missing_quote(text, facts("first", "last")) is None
    assert find_missing_quote(text, facts(*["last", "first"] * 20)) in ("first", "last")
