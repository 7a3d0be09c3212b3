"""Words for comparing."""

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.text.lexicon import data_directory
from bot.text.words import is_function_word, read_words, stem


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


@pytest.fixture
def hurried_threads() -> Iterator[None]:
    """Threads that take turns all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried_threads")
def test_words_have_the_same_stems_in_many_threads_at_once_as_alone() -> None:
    texts = [path.read_text("utf-8") for path in sorted((data_directory() / "postings").iterdir())[:20]]
    words = sorted({word.text for text in texts for word in read_words(text)})
    alone = {word: stem.__wrapped__(word) for word in words}

    def stem_all(seed: int) -> dict[str, str]:
        return {word: stem.__wrapped__(word) for word in random.Random(seed).sample(words, len(words))}  # noqa: S311

    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(stem_all, range(8)):
            assert found == alone
