"""Which list unnamed bullets are."""

import pytest
from builders import document

from bot.text.items import read_items


def _kinds(body: str) -> dict[str, str]:
    return {item.line.text: item.kind.value for item in read_items(document(body))}


def test_two_lists_under_each_others_heading_are_put_right() -> None:
    body = (
        "## Requirements\n* Build ovens\n* Lead the bakers\n* Clean trays\n\n"
        "## Responsibilities\n* Experience with dough\n* Proficiency in icing\n* 5+ years of work"
    )
    kinds = _kinds(body)
    assert kinds["Build ovens"] == "responsibilities"
    assert kinds["Experience with dough"] == "requirements"


def test_one_list_worded_as_the_other_stays_under_its_heading() -> None:
    assert set(_kinds("## Requirements\n* Build ovens\n* Lead the bakers\n* Clean trays").values()) == {"requirements"}


def test_what_sets_apart_is_asked_for_where_nothing_else_is() -> None:
    apart = "## What sets you apart\n* 5+ years of baking\n* A light hand"
    assert set(_kinds(apart).values()) == {"requirements"}
    assert set(_kinds(f"## Requirements\n* Dough\n\n{apart}").values()) == {"requirements", "preferred"}


def test_a_list_that_is_only_welcome_stays_so_whatever_it_asks() -> None:
    assert set(_kinds("## Preferred qualifications\n* 5+ years of baking\n* A light hand").values()) == {"preferred"}


def test_the_description_of_the_job_may_hold_duties_beside_their_own_list() -> None:
    kinds = _kinds("## Job description\n* Build ovens\n* Lead bakers\n\n## Responsibilities\n* Sweep")
    assert kinds["Build ovens"] == "responsibilities"


def test_areas_of_duties_go_on_below_them() -> None:
    body = "## Responsibilities\n* Sweep\n\n## The mill\n* Oversee the stones\n\n## The shop\n* Sell bread\n* Manage the till"
    assert set(_kinds(body).values()) == {"responsibilities"}


@pytest.mark.parametrize("heading", ["About us", "Additional information", "More"])
def test_a_list_of_benefits_is_known_under_any_heading(heading: str) -> None:
    kinds = _kinds(f"## {heading}\n* Dental plan\n* Paid vacation\n* Gym\n* Warm rolls")
    assert set(kinds.values()) == {"benefits"}


def test_reasons_to_join_in_paragraphs_count_only_without_a_list_of_benefits() -> None:
    reasons = "## Why join us?\n\nPaid vacation\n\nGood people\n\nFine flour"
    assert set(_kinds(reasons).values()) == {"benefits"}
    assert "Good people" not in _kinds(f"{reasons}\n\n## Benefits\n* Dental plan")
