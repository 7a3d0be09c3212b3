"""Words for comparing."""

import pytest

from bot.text.words import is_function_word, read_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What's the pay?", ["what's", "the", "pay"]),
        ("C++, C# and Node.js", ["c++", "c#", "and", "node", "js"]),
        ("5+ years", ["5+", "years"]),
        ("Año de São Paulo", ["ano", "de", "sao", "paulo"]),
        ("on-call", ["on", "call"]),
        ("…?!", []),
    ],
)
def test_words_are_read_in_order(text: str, words: list[str]) -> None:
    assert [word.text for word in read_words(text)] == words


def test_a_word_knows_where_it_stands() -> None:
    text = "which Requirements?"
    word = read_words(text)[1]
    assert text[word.start : word.end] == "Requirements"


def test_inflections_share_a_stem() -> None:
    assert {word.stem for word in read_words("require requires required requiring")} == {"requir"}


@pytest.mark.parametrize("word", ["what's", "whats", "the", "you", "i'm"])
def test_function_words_tell_nothing(word: str) -> None:
    assert is_function_word(word)
