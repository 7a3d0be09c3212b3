"""Pages hold whole blocks, all of them, in order."""

from hypothesis import given
from hypothesis import strategies as st

from bot.presentation.card import lay_out

BLOCKS = st.lists(st.text("abc", max_size=60), max_size=60)


@given(BLOCKS, st.integers(1, 100), st.integers(1, 9))
def test_every_block_is_on_one_page_whole_and_in_order(blocks: list[str], longest: int, most: int) -> None:
    assert [block for page in lay_out(blocks, longest=longest, most=most) for block in page] == blocks


@given(BLOCKS, st.integers(1, 100), st.integers(1, 9))
def test_a_page_is_full_only_if_one_block_fills_it(blocks: list[str], longest: int, most: int) -> None:
    for page in lay_out(blocks, longest=longest, most=most):
        assert len(page) <= most
        assert len("\n".join(page)) <= longest or len(page) == 1


def test_nothing_has_one_empty_page() -> None:
    assert lay_out([]) == ((),)
