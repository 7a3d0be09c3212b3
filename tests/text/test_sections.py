"""A document cut into sections."""

from builders import document

from bot.text.headings import SectionKind
from bot.text.sections import split_sections


def _read(body: str) -> list[tuple[SectionKind | None, bool, list[str]]]:
    return [(section.kind, section.own, [line.text for line in section.lines]) for section in split_sections(document(body))]


def test_each_heading_begins_a_section() -> None:
    assert _read("## Requirements\n* Flour\n\n## Perks\n* Bread") == [
        (SectionKind.REQUIREMENTS, True, ["Flour"]),
        (SectionKind.BENEFITS, True, ["Bread"]),
    ]


def test_a_silent_heading_goes_on_with_the_one_above_it() -> None:
    assert _read("## Requirements\n**Ovens**\n* Heat") == [(SectionKind.REQUIREMENTS, False, ["Heat"])]


def test_a_silent_heading_does_not_go_on_once_something_else_began() -> None:
    read = _read("## Responsibilities\n* Bake\n\n**How to apply**\n\nWrite.\n\n**Beware of**\n* Impostors")
    assert read[-1] == (None, False, ["Impostors"])


def test_an_empty_heading_goes_on_in_the_silent_one_below_it() -> None:
    read = _read("**Responsibilities**\n\n**Ovens**\n* Heat them")
    assert read == [(SectionKind.RESPONSIBILITIES, False, ["Heat them"])]


def test_a_lead_in_that_lists_benefits_is_a_line_itself() -> None:
    body = "## More\nOur benefits package holds dental, vision and paid time off for everyone, and besides you will:\n* Eat bread"
    assert [len(lines) for *_, lines in _read(body)] == [2]


def test_skills_under_what_is_welcome_are_welcome() -> None:
    assert _read("## Nice to have\n**Skills**\n* Icing\n\n## Skills\n* Dough")[0][0] is SectionKind.PREFERRED
    assert _read("## Skills\n* Dough")[0][0] is SectionKind.REQUIREMENTS


def test_a_sentence_with_a_colon_leads_in_to_a_list() -> None:
    body = (
        "## About the role\nWe bake.\n\nTo do well in this job and to enjoy it with all of us here in the bakery every day, you will need "
        "these qualifications:\n* Flour"
    )
    assert _read(body)[-1] == (SectionKind.REQUIREMENTS, True, ["Flour"])


def test_a_bullet_that_heads_others_is_no_heading_of_a_section() -> None:
    body = "## Requirements\n* Years of work on employee benefits such as these:\n  * Pensions\n* Wit"
    assert [kind for kind, _, _ in _read(body)] == [SectionKind.REQUIREMENTS] * len(_read(body))


def test_a_paragraph_between_two_lists_may_begin_another() -> None:
    body = "## Benefits\n* Bread\n\nWe live by our values every day.\n* Honesty"
    assert _read(body)[-1][0] is SectionKind.COMPANY


def test_a_bullet_that_names_what_is_welcome_heads_the_bullets_behind_it() -> None:
    lines = document("## Needs\n* Rye bread\n* Bonus points for knowing:\n* Pastry\n* Pizza\n\n## Perks\n* Bread").lines
    assert [line.text for line in lines if line.heading == "Bonus points for knowing"] == ["Pastry", "Pizza"]


def test_a_silent_heading_does_not_go_on_with_an_outer_one_once_another_list_began_below_that() -> None:
    read = _read("# Responsibilities\n\n## Duties\n* Bake\n\n## Requirements\n* Flour\n\n## Leaven\n* Respects bread")
    assert read[-1] == (None, False, ["Respects bread"])


LEAD = "Going by the responsibilities of this role, we think that the right baker has seen many ovens in many towns, and {}:"


def test_the_end_of_a_long_lead_tells_what_one_must_have() -> None:
    assert _read(LEAD.format("will have the following experience or skills") + "\n* Rye\n* Wheat")[-1][0] is SectionKind.REQUIREMENTS
    assert _read(LEAD.format("will gain the following experience") + "\n* Rye\n* Wheat")[-1][0] is not SectionKind.REQUIREMENTS
