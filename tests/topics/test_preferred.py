"""What is welcome and not required."""

import pytest
from builders import document

from bot.topics.lists import find_preferred, render_preferred


def _found(body: str) -> list[str]:
    return [fact.value for fact in find_preferred(document(body))]


@pytest.mark.parametrize(
    "heading",
    [
        "## Nice to have",
        "**Bonus points!**",
        "Preferred qualifications:",
        "### Von Vorteil",
        "**Atouts**",
        "Diferencial:",
        "_It would be great if you have:_",
    ],
)
def test_items_under_a_heading_of_that_meaning_are_welcome(heading: str) -> None:
    assert _found(f"{heading}\n\n* Icing\n* Jam") == ["Icing", "Jam"]


def test_a_requirement_that_is_wholly_welcome_moves_here() -> None:
    assert _found("## Requirements\n* Dough\n* (preferred) Icing\n* Jam is a plus\n* Ideally a car\n* Rye; wheat is a plus") == [
        "(preferred) Icing",
        "Jam is a plus",
        "Ideally a car",
    ]


def test_what_is_required_after_all_moves_away() -> None:
    assert _found("## Preferred\n* Icing\n* Hygiene certificate required.") == ["Icing"]


def test_skills_nested_under_it_are_welcome() -> None:
    assert _found("## Nice to have\n\n**Technical skills**\n* Icing") == ["Icing"]


def test_a_posting_without_any_is_silent() -> None:
    assert _found("## Requirements\n* Dough\n\n## Benefits\n* A bonus and stock") == []


def test_it_is_told_with_its_number() -> None:
    assert render_preferred(find_preferred(document("## Nice to have\n* Icing"))).sentence == "1 point that is welcome:"
