"""What the applicant must have."""

import pytest
from builders import document

from bot.topics.lists import REQUIREMENTS, find_requirements, render_requirements


def _found(body: str) -> list[str]:
    return [fact.value for fact in find_requirements(document(body))]


@pytest.mark.parametrize(
    "heading",
    [
        "## Requirements",
        "**What you'll bring:**",
        "Qualifications",
        "🥐 Who you are",
        "### Dein Profil",
        "**Votre profil**",
        "Requisitos:",
        "## Pré-requisitos",
    ],
)
def test_items_under_a_heading_of_that_meaning_are_requirements(heading: str) -> None:
    assert _found(f"{heading}\n\n* Three years of baking\n* A clean apron") == ["Three years of baking", "A clean apron"]


def test_the_order_is_the_postings_own_and_nested_lists_count() -> None:
    body = "## Requirements\n* **Skills**\n    * Dough\n* Work with these grains:\n    * Rye\n* Wit\n\n## Additional requirements\n* A car"
    assert _found(body) == ["Dough", "Work with these grains:", "Rye", "Wit", "A car"]


def test_what_is_only_welcome_is_left_to_its_own_topic() -> None:
    assert _found("## Requirements\n* Dough\n* Icing is a plus\n* Dough; icing is a plus") == ["Dough", "Dough; icing is a plus"]


def test_a_paragraph_that_asks_is_an_item() -> None:
    body = "## What languages?\n\nTalk.\n\n## How much experience do you need?\n\nYou need three years of work in a bakery."
    assert _found(body.replace("How much experience do you need?", "Experience")) == ["You need three years of work in a bakery."]


def test_a_label_before_a_sentence_is_a_heading() -> None:
    assert _found("We bake.\n\nRequirements: three years of baking and a car\n\nCome by.") == [
        "Requirements: three years of baking and a car"
    ]


def test_closing_paragraphs_are_no_items() -> None:
    body = (
        "## Requirements\n* Dough\n\nEven if you do not have all of this, we encourage you to apply.\n\n"
        "We are an equal opportunity employer.\n\nThe salary range is $50,000 to $60,000."
    )
    assert _found(body) == ["Dough"]


def test_a_paragraph_to_encourage_before_the_list_does_not_end_it() -> None:
    assert _found("## Qualifications\n\nDon't meet every single requirement? Write to us.\n\n* Dough\n* Rye") == ["Dough", "Rye"]


def test_a_posting_without_a_list_is_silent() -> None:
    assert _found("## About us\n\nWe bake. You will like it.\n\n* Founded in 1990\n* Forty shops") == []


def test_the_value_has_no_marks_and_the_quote_has_them() -> None:
    fact = find_requirements(document("## Requirements\n* **Dough:** five [years](https://x.example)"))[0]
    assert fact.value == "Dough: five years"
    assert fact.quote.text == "**Dough:** five [years](https://x.example)"
    assert fact.quote.heading == "Requirements"


def test_it_is_told_with_its_number() -> None:
    rendered = render_requirements(find_requirements(document("## Requirements\n* Dough\n* Rye")))
    assert (rendered.sentence, rendered.items) == ("2 requirements:", ("Dough", "Rye"))
    assert REQUIREMENTS.many
