"""What is offered while somebody types."""

from pathlib import Path

import pytest
from builders_answering import posting_text
from builders_discord import Stage, on_stage, text_of

SEVERAL = {
    "staff.md": posting_text("Brook & Vale", "Staff Engineer", "We pay $190,000 to $210,000 a year.\n\nYou will build pipelines."),
    "data.md": posting_text("Brook & Vale", "Data Analyst", "We pay $90,000 to $110,000 a year.\n\nYou will count what is sold."),
    "acme.md": posting_text("Acme", "Cook", "We pay $50,000 a year.\n\nYou will cook for the office."),
}


@pytest.mark.parametrize(
    ("typed", "first"), [("fl", "Flex"), ("wikimedai", "Wikimedia Foundation"), ("health", "Nomad Health"), ("NOMAD", "Nomad Health")]
)
async def test_companies_are_offered_by_what_is_typed_typos_included(typed: str, first: str, stage: Stage) -> None:
    choices = await stage.mia.autocomplete(stage.channel, "salary", "company", typed)
    assert choices[0] == {"name": first, "value": first}


async def test_nothing_typed_offers_all_and_nonsense_nothing(stage: Stage) -> None:
    assert len(await stage.mia.autocomplete(stage.channel, "salary", "company", "")) == 5
    assert await stage.mia.autocomplete(stage.channel, "salary", "company", "\u200bxqzw" * 20) == []


async def test_each_of_several_postings_is_a_choice_that_is_answered(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SEVERAL) as stage:
        choices = await stage.mia.autocomplete(stage.channel, "salary", "company", "broo")
        assert {choice["value"] for choice in choices} == {"Brook & Vale: Staff Engineer", "Brook & Vale: Data Analyst"}
        assert "$190,000" in text_of(await stage.mia.slash(stage.channel, "salary", company="Brook & Vale: Staff Engineer"))
        narrowed = await stage.mia.autocomplete(stage.channel, "salary", "company", "Brook & Vale: dat")
        assert narrowed[0]["value"] == "Brook & Vale: Data Analyst"


async def test_raw_text_that_was_no_choice_works_too(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SEVERAL) as stage:
        assert "$90,000" in text_of(await stage.mia.slash(stage.channel, "salary", company="brook and vale: the analyst one"))
        assert "$50,000" in text_of(await stage.mia.slash(stage.channel, "salary", company="ACME Inc."))


async def test_at_most_25_choices_of_at_most_100_characters(tmp_path: Path) -> None:
    texts = {f"{n}.md": posting_text(f"Company {n:02}", "Cook") for n in range(30)}
    texts |= {f"long{n}.md": posting_text("A" + "b" * 30, f"Engineer of {'very ' * 25}long titles {n}") for n in range(3)}
    async with on_stage(tmp_path, texts) as stage:
        assert len(await stage.mia.autocomplete(stage.channel, "salary", "company", "comp")) == 25
        choices = await stage.mia.autocomplete(stage.channel, "benefits", "company", "abbb")
        assert len({choice["value"] for choice in choices}) == 3
        assert all(1 <= len(choice["name"]) <= 100 for choice in choices)
        answers = [text_of(await stage.mia.slash(stage.channel, "benefits", company=choice["value"])) for choice in choices]
        assert {next(n for n in "012" if f"titles {n}" in answer) for answer in answers} == set("012")


async def test_roles_are_offered_by_a_part_of_a_title_typos_included(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SEVERAL) as stage:
        for typed in ("analyst", "anlyst", "data anallist"):
            choices = await stage.mia.autocomplete(stage.channel, "search", "role", typed)
            assert [choice["value"] for choice in choices] == ["Data Analyst"]
        assert await stage.mia.autocomplete(stage.channel, "search", "role", "zookeeper") == []


async def test_countries_are_offered_with_typos(stage: Stage) -> None:
    for typed in ("ken", "kenia"):
        choices = await stage.mia.autocomplete(stage.channel, "countries", "country", typed, company="flex")
        assert choices[0] == {"name": "🇰🇪 Kenya", "value": "Kenya"}
    assert len(await stage.mia.autocomplete(stage.channel, "countries", "country", "", company="flex")) == 25


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("te", "🇺🇸 Texas"),
        ("uk", "🇬🇧 United Kingdom"),
        ("usa", "🇺🇸 United States"),
        ("EU", "🇪🇺 The European Union"),
        ("europ", "🌍 Europe"),
        ("deut", "🇩🇪 Germany"),
        ("alemania", "🇩🇪 Germany"),
        ("ontar", "🇨🇦 Ontario"),
        ("latam", "🌍 Latin America"),
        ("texs", "🇺🇸 Texas"),
    ],
)
async def test_places_are_offered_by_what_people_call_them_and_are_understood(typed: str, offered: str, stage: Stage) -> None:
    choices = await stage.mia.autocomplete(stage.channel, "search", "country", typed)
    value = next(choice["value"] for choice in choices[:3] if choice["name"] == offered)
    found = text_of(await stage.mia.slash(stage.channel, "search", country=value))
    assert "postings fit" in found or "is known" in found or "here states" in found


async def test_a_list_by_country_is_offered_countries_alone(stage: Stage) -> None:
    assert await stage.mia.autocomplete(stage.channel, "postings", "country", "texas") == []
    assert (await stage.mia.autocomplete(stage.channel, "postings", "country", "tex-mex")) == []
    assert (await stage.mia.autocomplete(stage.channel, "postings", "country", "usa"))[0]["value"] == "United States"


async def test_skills_currencies_and_far_names_are_offered_with_typos(tmp_path: Path) -> None:
    texts = {"a.md": posting_text("Harbour Lanterns", "Cook", "## Requirements\n\n* Python\n* SQL")}
    async with on_stage(tmp_path, texts) as stage:
        offer = stage.mia.autocomplete
        assert [one["value"] for one in await offer(stage.channel, "search", "skills", "pythn")] == ["Python"]
        assert [one["value"] for one in await offer(stage.channel, "search", "skills", "SQL, pyhton")] == ["SQL, Python"]
        assert await offer(stage.channel, "search", "skills", "zookeeping") == []
        assert [one["value"] for one in await offer(stage.channel, "search", "currency", "do")][:2] == ["USD", "CAD"]
        assert [one["value"] for one in await offer(stage.channel, "salary", "company", "harborlantrn")] == ["Harbour Lanterns"]
