"""Word lists become patterns and cheap tests."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.text.lexicon import holds_any, one_of


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=8))
def test_each_word_matches_itself_whole(words: list[str]) -> None:
    pattern = re.compile(one_of(words))
    for word in words:
        match = pattern.match(word)
        assert match is not None
        assert match[0] == word


_FEW_LETTERS = st.text("ab.", min_size=1, max_size=6)


@given(st.lists(_FEW_LETTERS, min_size=1, max_size=12), st.text("ab.", max_size=12))
def test_the_longest_word_that_fits_is_found(words: list[str], text: str) -> None:
    fitting = [word for word in words if text.startswith(word)]
    match = re.match(one_of(words), text)
    assert (match[0] if match else None) == max(fitting, key=len, default=None)


def test_pieces_are_found_in_any_case() -> None:
    assert holds_any("A FULL-TIME job", ("part-time", "full-time"))
    assert not holds_any("", ("full-time",))
