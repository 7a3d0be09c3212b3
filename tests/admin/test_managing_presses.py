"""A managing button's or form's id says what it means, fits into an id, and nothing else is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.buttons import ManagingPress, ManagingVerb, read_managing_press
from bot.intake.form_text import FORM_GROUPS

PRESSES = st.builds(
    ManagingPress,
    verb=st.sampled_from(ManagingVerb),
    proposal=st.from_regex(r"[A-Za-z0-9_-]{0,12}", fullmatch=True),
    posting=st.integers(0, 10**18 - 1),
    revision=st.integers(0, 10**9 - 1),
    group=st.sampled_from(["", *(group.name for group in FORM_GROUPS)]),
    page=st.integers(0, 9999),
)


@given(PRESSES)
def test_what_is_written_is_read_again_and_fits_into_an_id(press: ManagingPress) -> None:
    assert read_managing_press(press.id) == press
    assert len(press.id) <= 100


@given(st.text(max_size=120))
def test_what_anybody_makes_up_is_nothing_or_a_press(text: str) -> None:
    assert read_managing_press(text) is None
    made_up = read_managing_press(f"manage:{text}")
    assert made_up is None or read_managing_press(made_up.id) == made_up


@pytest.mark.parametrize(
    "written", ["manage:keep:a:0:0::0 ", "manage:keep:a:0:0::0\n", "manage:keep:a:１:0::0", "manage:keep:a b:0:0::0", "manage:"]
)
def test_what_is_almost_right_is_wrong(written: str) -> None:
    assert read_managing_press(written) is None
