"""Fixed phrases found by their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.lexicon import PhraseBook, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You’ll", ["you", "will"]),
        ("we're / we've", ["we", "are", "we", "have"]),
        ("what's on", ["what", "is", "on"]),
        ("the baker's oven", ["the", "baker", "oven"]),
        ("don't", ["dont"]),
        ("l’équipe", ["l", "equipe"]),
        ("C++ & snake_case", ["c", "snake", "case"]),
        ("  ", []),
    ],
)
def test_words_are_folded_and_written_out(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_the_longest_phrase_wins() -> None:
    book = PhraseBook({"time": "clock", "time off": "leave", "off": "switch"})
    assert list(book.find(["paid", "time", "off", "off"])) == [(1, 3, "leave"), (3, 4, "switch")]


def test_a_phrase_needs_its_whole_words() -> None:
    book = PhraseBook({"time off": "leave"})
    assert list(book.find(["time", "offer"])) == []
    assert list(book.find(["time"])) == []


def test_a_book_knows_whether_words_are_a_phrase_from_first_to_last() -> None:
    book = PhraseBook({"time off": "leave"})
    assert book.spans(["time", "off"])
    assert not book.spans(["time", "off", "work"])
    assert not book.spans([])


@given(st.lists(st.sampled_from(["time", "off", "paid"]), max_size=30))
def test_findings_never_overlap_and_keep_their_order(words: list[str]) -> None:
    book = PhraseBook({"paid time off": "a", "time off": "b", "off": "c"})
    ends = 0
    for start, end, _ in book.find(words):
        assert ends <= start < end <= len(words)
        ends = end
