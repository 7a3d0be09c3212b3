"""Values that a question names."""

import pytest

from bot.questions.topic import find_asked_values


@pytest.mark.parametrize(
    ("kind", "words", "values"),
    [
        ("currencies", "how much in pounds", ("GBP",)),
        ("currencies", "dollars or euros", ("USD", "EUR")),
        ("workplaces", "any remote jobs", ("remote",)),
        ("contracts", "freelance or internship", ("contract", "internship")),
        ("contracts", "what does it pay", ()),
    ],
)
def test_values_are_found_by_their_words(kind: str, words: str, values: tuple[str, ...]) -> None:
    assert find_asked_values(kind, words.split()) == values
