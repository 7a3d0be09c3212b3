"""Which lines are headings."""

import pytest
from builders import document

from bot.text.headings import read_heading


@pytest.mark.parametrize(
    ("raw", "level"),
    [
        ("## Who we seek", 2),
        ("**Your day**", 7),
        ("**Bonus points!**", 7),
        ("**As a baker, you will...**", 7),
        ("_Must have_", 8),
        ("What we bake:", 9),
        ("RESPONSIBILITIES", 9),
        ("Responsibilities", 9),
        ("Your responsibilities.", 9),
        ("🥐 Perks & benefits", 9),
    ],
)
def test_headings_come_in_many_styles(raw: str, level: int) -> None:
    plain = raw.strip("#*_ ")
    heading = read_heading(raw, plain, bullet_depth=None, next_bullet_depth=None, is_last=False)
    assert heading is not None
    assert heading.level == level


@pytest.mark.parametrize(
    "raw", ["We bake bread.", "**We love what we do.**", "Bread and butter", "#hashtag", "🥐 Fresh croissants every day", "***", ""]
)
def test_a_line_that_says_something_is_no_heading(raw: str) -> None:
    assert read_heading(raw, raw.strip("*_ "), bullet_depth=None, next_bullet_depth=None, is_last=False) is None


def test_the_last_line_heads_nothing() -> None:
    assert read_heading("**Join us**", "Join us", bullet_depth=None, next_bullet_depth=None, is_last=True) is None


def test_a_few_words_before_a_list_are_a_heading() -> None:
    assert read_heading("Our ovens", "Our ovens", bullet_depth=None, next_bullet_depth=0, is_last=False) is not None
    assert read_heading("🥐 Fresh croissants", "🥐 Fresh croissants", bullet_depth=None, next_bullet_depth=0, is_last=False) is None


def test_a_short_bullet_above_deeper_ones_is_a_label() -> None:
    lines = document("* **Skills**\n    * Dough\n    * Icing").body
    assert [(line.kind.value, line.heading) for line in lines] == [("heading", None), ("bullet", "Skills"), ("bullet", "Skills")]


def test_a_bullet_that_names_what_is_welcome_heads_and_says_nothing() -> None:
    lines = document("* Nice to have with the dough:\n    * Icing\n* Bread").body
    assert [(line.kind.value, line.heading) for line in lines][:2] == [("heading", None), ("bullet", "Nice to have with the dough")]


def test_a_longer_bullet_above_deeper_ones_is_an_item_as_well() -> None:
    lines = document("* Four years of work with:\n    * Dough\n    * Icing\n* Wit").body
    assert [(line.kind.value, line.heading) for line in lines] == [
        ("bullet", None),
        ("bullet", "Four years of work with"),
        ("bullet", "Four years of work with"),
        ("bullet", None),
    ]
