"""A button's id says what it means, and nothing else is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presentation.buttons import Press, Verb, read_press
from bot.topics import TOPICS

PRESSES = st.builds(
    Press,
    verb=st.sampled_from(Verb),
    posting=st.integers(0, 10**18 - 1),
    topic=st.sampled_from([None, "other", *(topic.name for topic in TOPICS)]),
    country=st.sampled_from([None, "KE", "US"]),
    page=st.integers(0, 9999),
    owner=st.integers(0, 2**64 - 1),
)


@given(PRESSES)
def test_what_is_written_is_read_again_and_fits_into_an_id(press: Press) -> None:
    assert read_press(press.id) == press
    assert len(press.id) <= 100


@given(st.text(max_size=120))
def test_what_anybody_makes_up_is_nothing_or_a_press(text: str) -> None:
    assert read_press(text) is None
    made_up = read_press(f"rolecall:{text}")
    assert made_up is None or read_press(made_up.id) == made_up


@pytest.mark.parametrize(
    "written",
    [
        "rolecall:ask:1:pay::0:1 ",
        "rolecall:ask:1:pay::0:1\n",
        "rolecall:ask:1:pay:ZZ:0:1",
        "rolecall:ask:1:__class__::0:1",
        "rolecall:ask:１:pay::0:1",
    ],
)
def test_what_is_almost_right_is_wrong(written: str) -> None:
    assert read_press(written) is None
