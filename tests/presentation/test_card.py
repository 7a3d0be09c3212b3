"""Text from outside is shown as it reads, and does nothing; and pages hold whole blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presentation.card import cut, escaped, escaped_within, lay_out, readable, showable_link

TEXTS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("*_~|`[]()<>@#\\-. \n\u200b\u202ehttps://everyone")), max_size=300)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Heading", "\\# Heading"),
        ("-# small", "\\-# small"),
        ("- item", "\\- item"),
        ("1. first", "1\\. first"),
        ("-5 degrees", "-5 degrees"),
        ("2024 plans", "2024 plans"),
        ("snake_case and C++", "snake\\_case and C++"),
        ("see https://x.example/a_b*c_d", "see https://x.example/a_b*c_d"),
        ("<t:0:R> <:smile:1> <#1>", "\\<t:0:R\\> \\<:smile:1\\> \\<#1\\>"),
        ("@Everyone @HERE me@here.example", "@\u200bEveryone @\u200bHERE me@\u200bhere.example"),
        ("steam://run/1_2", "steam:\u200b//run/1\\_2"),
        ("join https://discord.gg/a_b", "join https:\u200b//discord\u200b.gg/a\\_b"),
        ("工程师 naïve Ünïcode", "工程师 naïve Ünïcode"),
        ("👩‍💻 family", "👩‍💻 family"),
    ],
)
def test_markdown_is_shown_as_it_is_written(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(TEXTS)
def test_no_line_can_be_broken_and_no_mention_made(text: str) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    assert "@everyone" not in shown.lower()
    assert "@here" not in shown.lower()
    assert "\u202e" not in shown


@given(TEXTS)
def test_no_bracket_or_backtick_is_left_bare(text: str) -> None:
    shown = escaped(text)
    for place, character in enumerate(shown):
        if character in "[`|<":
            assert place
            assert shown[place - 1] == "\\"


@given(TEXTS, st.integers(2, 120))
def test_what_is_cut_fits(text: str, most: int) -> None:
    assert len(cut(readable(text), most)) <= most
    assert len(escaped_within(text, most + 20)) <= most + 20


@given(TEXTS)
def test_what_is_readable_stays_so(text: str) -> None:
    assert readable(readable(text)) == readable(text)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x.example",
        "https://",
        "https://x",
        "https://a b.example",
        "http://u:p@x.example",
        f"https://x.example/{'a' * 600}",
        "https://x.example/\u202e",
        "//x.example",
        "https://[::1",
        "https://discord.gg/abc",
        "https://www.discord.com/invite/abc",
        "steam://run/1",
        None,
    ],
)
def test_an_address_that_leads_astray_is_no_link(link: str | None) -> None:
    assert showable_link(link) is None


# Pages hold whole blocks, all of them, in order.


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
