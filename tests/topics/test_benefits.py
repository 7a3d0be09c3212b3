"""What the employer offers besides pay."""

import pytest
from builders import document

from bot.topics.lists import find_benefits, render_benefits


def _found(body: str) -> list[str]:
    return [fact.value for fact in find_benefits(document(body))]


@pytest.mark.parametrize(
    "heading",
    [
        "## Benefits",
        "**Perks & benefits**",
        "What we offer:",
        "🥐 What's in it for you",
        "### Wir bieten",
        "**Nos avantages**",
        "Ofrecemos:",
        "## Benefícios",
    ],
)
def test_items_under_a_heading_of_that_meaning_are_benefits(heading: str) -> None:
    assert _found(f"{heading}\n\n* Fresh bread\n* 30 days off") == ["Fresh bread", "30 days off"]


def test_lines_without_marks_count() -> None:
    assert _found(
        "**Benefits**\n\nFresh bread\n\nDental insurance\n\n#LI-Remote\n\nWe are an equal opportunity employer.\n\nBread for all"
    ) == [
        "Fresh bread",
        "Dental insurance",
    ]


def test_pictures_stand_for_marks() -> None:
    body = "**Our perks:**\n\n🥐 Fresh bread every day!\n  * Rye too.\n\n🏖 Long holidays."
    assert _found(body) == ["🥐 Fresh bread every day!", "Rye too.", "🏖 Long holidays."]


def test_a_sentence_that_lists_benefits_counts_wherever_it_stands() -> None:
    sentence = "Our package includes dental, vision and a retirement plan."
    assert _found(f"## Additional information\n\n{sentence}") == [sentence]


def test_pay_is_no_benefit() -> None:
    assert _found("## Compensation and benefits\n* Base salary range: $50,000 - $60,000\n* £40-50k\n* Fresh bread") == ["Fresh bread"]


@pytest.mark.parametrize(
    "amount", ["2.900 € brutto im Monat", "41.000 bis 52.000 Euro im Jahr", "1 700 € brut par mois", "€ 40,000 to € 50,000 a year"]
)
def test_an_amount_alone_is_no_benefit(amount: str) -> None:
    assert _found(f"## Wir bieten\n* {amount}\n* 30 Tage Urlaub") == ["30 Tage Urlaub"]


def test_benefits_behind_an_amount_in_one_line_count() -> None:
    line = "GHS 7,000 to GHS 9,000 a month, health cover, lunch."
    assert _found(f"## What you get\n{line}") == [line]
    assert _found("What you get: health cover, transport") == ["What you get: health cover, transport"]


def test_products_and_requirements_are_no_benefits() -> None:
    assert _found("## About us\n\nWe sell dental, vision and medical software.\n\n## Requirements\n* Knows health insurance") == []


def test_it_is_told_with_its_number() -> None:
    assert render_benefits(find_benefits(document("## Perks\n* Bread\n* Jam"))).sentence == "2 benefits:"
