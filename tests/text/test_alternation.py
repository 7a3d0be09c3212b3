"""Word lists become patterns and cheap tests."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.text.alternation import holds_any, one_of


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=8))
def test_each_word_matches_itself_whole(words: list[str]) -> None:
    pattern = re.compile(one_of(words))
    for word in words:
        match = pattern.match(word)
        assert match is not None
        assert match[0] == word


def test_pieces_are_found_in_any_case() -> None:
    assert holds_any("A FULL-TIME job", ("part-time", "full-time"))
    assert not holds_any("", ("full-time",))
