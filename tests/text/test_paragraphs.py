"""Paragraphs that are items."""

import pytest
from builders import document

from bot.text.items import read_items, says_something


def _kinds(body: str) -> dict[str, str]:
    return {item.line.text: item.kind.value for item in read_items(document(body))}


@pytest.mark.parametrize(
    "text", ["Skills:", "Experience with", "#LI-Remote", "***", "And more!", "...and much more", "Plus many more!", ""]
)
def test_labels_signs_and_more_say_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["Dough", "More bread for all", "Work with: flour, salt", "# 1 in soup"])
def test_words_say_something(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize(
    "text",
    [
        "As a baker in our house, you will run the ovens.",
        "The house is old. As its baker, you are responsible for the ovens.",
        "For this role, your primary focus will be the ovens.",
        "In this job you get things done. You will run the ovens.",
        "Responsibilities include the ovens.",
    ],
)
def test_without_a_list_the_description_tells_the_duties(text: str) -> None:
    assert _kinds(f"## About the role\n\n{text}\n\nBread is good.") == {text: "responsibilities"}


@pytest.mark.parametrize("text", ["You will be part of a warm team.", "You will report to the miller.", "We bake as you sleep."])
def test_what_is_no_duty_is_left_out(text: str) -> None:
    assert _kinds(f"## About the role\n\n{text}\n\nBread is good.") == {}


def test_with_a_list_of_duties_the_description_is_talk() -> None:
    assert set(_kinds("## About the role\n\nYou will run the ovens.\n\n## Responsibilities\n* Sweep")) == {"Sweep"}


def test_a_label_tells_what_is_asked_for() -> None:
    assert _kinds("## Job description\n\nExperience: 9 years\n\nEducation: a degree\n\nLocation: Lyon") == {
        "Experience: 9 years": "requirements",
        "Education: a degree": "requirements",
    }


def test_years_among_the_duties_are_asked_for() -> None:
    kinds = _kinds("## Responsibilities\n* 8+ years of baking\n* Bake")
    assert kinds == {"8+ years of baking": "requirements", "Bake": "responsibilities"}
