"""A button's or form's id says what it means, fits into an id, and nothing else is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.form_text import FORM_GROUPS
from bot.presentation.buttons import FOR_ANYBODY, ButtonAction, ButtonId, read_button_id
from bot.topics import TOPICS

FOR_ASKING = st.builds(
    ButtonId,
    action=st.sampled_from(sorted(FOR_ANYBODY)),
    posting=st.integers(0, 10**18 - 1),
    topic=st.sampled_from([None, "other", *(topic.name for topic in TOPICS)]),
    country=st.sampled_from([None, "KE", "US"]),
    page=st.integers(0, 9999),
    owner=st.integers(0, 2**64 - 1),
)
FOR_MANAGING = st.builds(
    ButtonId,
    action=st.sampled_from(sorted({*ButtonAction} - FOR_ANYBODY)),
    proposal=st.from_regex(r"[A-Za-z0-9_-]{0,12}", fullmatch=True),
    posting=st.integers(0, 10**18 - 1),
    revision=st.integers(0, 10**9 - 1),
    group=st.sampled_from(["", *(group.name for group in FORM_GROUPS)]),
    page=st.integers(0, 9999),
)


@given(FOR_ASKING | FOR_MANAGING)
def test_what_is_written_is_read_again_and_fits_into_an_id(button: ButtonId) -> None:
    assert read_button_id(button.id) == button
    assert len(button.id) <= 100


@given(st.text(max_size=120))
def test_what_anybody_makes_up_is_nothing_or_a_button(text: str) -> None:
    assert read_button_id(text) is None
    for prefix in ("rolecall", "manage"):
        made_up = read_button_id(f"{prefix}:{text}")
        assert made_up is None or read_button_id(made_up.id) == made_up


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("rolecall:page:7:pay:KE:2:99", ButtonId(ButtonAction.PAGE, posting=7, topic="pay", country="KE", page=2, owner=99)),
        ("manage:keep:abc_DEF-1234:0:0::0", ButtonId(ButtonAction.KEEP, proposal="abc_DEF-1234")),
        ("manage:askrestore::7:2::0", ButtonId(ButtonAction.ASK_RESTORE, posting=7, revision=2)),
        ("manage:list::7:1:current:3", ButtonId(ButtonAction.LIST_MANAGED, posting=7, revision=1, group="current", page=3)),
    ],
)
def test_buttons_of_earlier_messages_still_mean_what_they_did(written: str, meant: ButtonId) -> None:
    assert read_button_id(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "rolecall:ask:1:pay::0:1 ",
        "rolecall:ask:1:pay::0:1\n",
        "rolecall:ask:1:pay:ZZ:0:1",
        "rolecall:ask:1:__class__::0:1",
        "rolecall:ask:１:pay::0:1",
        "rolecall:ask:1:pay::0:1:0::",
        "rolecall:keep:1:::0:0",
        "rolecall:keep:0:::0:0:0::a b",
        "manage:keep:a:0:0::0 ",
        "manage:keep:a:0:0::0\n",
        "manage:keep:a:１:0::0",
        "manage:keep:a b:0:0::0",
        "manage:ask::1:0::0",
        "manage:",
    ],
)
def test_what_is_almost_right_is_wrong(written: str) -> None:
    assert read_button_id(written) is None
