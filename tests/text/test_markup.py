"""Marks are taken off, and every plain passage leads back to its raw words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.markup import read_markup, strip_markup

_MARKED = st.text(alphabet="ab *_`~[]()!\\#1.\n", max_size=60)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("plain words", "plain words"),
        ("**bold** and _leaning_", "bold and leaning"),
        ("**Pay:** up to 5\\+ days", "Pay: up to 5+ days"),
        ("[our site](https://x.example/a_(b))", "our site"),
        ('[words](https://x.example "Title")', "words"),
        ("![picture](https://x.example/p.png) here", "picture here"),
        ("[**bold link**](https://x.example)", "bold link"),
        ("snake_case and __init__ and 3 * 4", "snake_case and init and 3 * 4"),
        ("a `code` b", "a code b"),
        ("~~gone~~", "gone"),
        ("[not a link] (really)", "[not a link] (really)"),
        ("Wow! [x]", "Wow! [x]"),
        ("_The range p_ _osition is $5_", "The range p osition is $5"),
        ("", ""),
        ("****", ""),
    ],
)
def test_marks_are_taken_off(raw: str, plain: str) -> None:
    assert strip_markup(raw) == plain


@pytest.mark.parametrize(
    ("raw", "plain", "words"),
    [
        ("see **this part** now", "this part", "**this part**"),
        ("see [this part](https://x.example) now", "this part", "[this part](https://x.example)"),
        ("**Zone A:** $5", "$5", "$5"),
        ("**Zone A:** $5", "Zone A: $5", "**Zone A:** $5"),
        ("5\\+ years", "5+ years", "5\\+ years"),
        ("no marks here", "marks", "marks"),
    ],
)
def test_plain_words_lead_back_to_the_raw_ones(raw: str, plain: str, words: str) -> None:
    marked = read_markup(raw)
    start = marked.plain.index(plain)
    assert marked.words_between(start, start + len(plain)) == words


@given(_MARKED, st.integers(0, 60), st.integers(0, 60))
def test_the_words_between_are_always_a_piece_of_the_raw_text(raw: str, one: int, other: int) -> None:
    marked = read_markup(raw)
    start, end = sorted(min(place, len(marked.plain)) for place in (one, other))
    words = marked.words_between(start, end)
    assert words in raw
    assert bool(words) == (start < end)
    _assert_in_order(marked.plain[start:end], words)


@given(_MARKED)
def test_the_plain_text_is_the_raw_one_with_marks_left_out(raw: str) -> None:
    _assert_in_order(read_markup(raw).plain, raw)


@given(st.text(max_size=100))
def test_any_text_keeps_its_letters_outside_links(raw: str) -> None:
    if "](" not in raw:
        assert [c for c in strip_markup(raw) if c.isalnum()] == [c for c in raw if c.isalnum()]


def _assert_in_order(plain: str, raw: str) -> None:
    """The characters of the one stand in the other, in the same order."""
    left = iter(raw)
    assert all(character in left for character in plain)
