"""What one does in the job."""

import pytest
from builders import document

from bot.topics.lists import find_responsibilities, render_responsibilities


def _found(body: str) -> list[str]:
    return [fact.value for fact in find_responsibilities(document(body))]


@pytest.mark.parametrize(
    "heading",
    [
        "## Responsibilities",
        "**What you'll do**",
        "In this role, you will:",
        "Your tasks",
        "### Deine Aufgaben",
        "**Vos missions**",
        "Funciones:",
        "## Responsabilidades",
    ],
)
def test_items_under_a_heading_of_that_meaning_are_duties(heading: str) -> None:
    assert _found(f"{heading}\n\n* Bake bread\n* Sweep") == ["Bake bread", "Sweep"]


def test_the_sentence_that_leads_in_is_no_item() -> None:
    body = "## Responsibilities\n\nThe bakery owns all the bread of the town.\n\nIn particular, you will:\n* Bake\n* Sweep"
    assert _found(body) == ["Bake", "Sweep"]


def test_a_paragraph_is_an_item_where_there_is_no_list() -> None:
    assert _found("## What you'll do\n\nYou will bake and sweep.\n\n## Benefits\n* Bread") == ["You will bake and sweep."]


def test_a_list_of_duties_under_the_job_description_counts() -> None:
    assert _found("## Job Description\n* Lead the bakers\n* Mentor the young\n* Plan the week\n\n## Qualifications\n* Dough") == [
        "Lead the bakers",
        "Mentor the young",
        "Plan the week",
    ]


def test_what_one_will_do_counts_where_no_list_tells_it() -> None:
    told = "You will bake and sweep.\n\nYou will join nine others."
    assert _found(f"## The role\n\n{told}") == ["You will bake and sweep."]
    assert _found(f"## The role\n\n{told}\n\n## Your tasks\n* Bake") == ["Bake"]


def test_the_first_weeks_and_the_interviews_are_no_duties() -> None:
    body = "## Responsibilities\n* Bake\n\n## In your first 30 days\n* Meet the team\n\n## Interview process\n* Bake for us"
    assert _found(body) == ["Bake"]


def test_warnings_after_other_parts_are_no_duties() -> None:
    body = "### A typical day might include:\n* Bake\n\n**Compensation:**\n\nGood.\n\n**Impostors never:**\n* Ask for bread\n* Send checks"
    assert _found(body) == ["Bake"]


def test_it_is_told_with_its_number() -> None:
    assert render_responsibilities(find_responsibilities(document("## Duties\n* Bake"))).sentence == "1 responsibility:"
