"""Lines are picked by cheap tests, none that holds a piece left out."""

from hypothesis import given
from hypothesis import strategies as st

from bot.text.line_search import find_lines_holding, join_lines
from bot.text.lines import read_lines


def test_lines_are_joined_in_lower_case() -> None:
    assert join_lines(read_lines("* One\n* TWO")) == "one \ntwo "


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=6), min_size=1, max_size=6, unique=True), st.sampled_from(["a", "bc", "c "]))
def test_every_line_with_the_piece_is_found(texts: list[str], piece: str) -> None:
    lines = read_lines("\n".join(f"* {text}" for text in texts))
    assert [line.text for line in find_lines_holding(lines, (piece,))] == [line.text for line in lines if piece in f"{line.text} "]
