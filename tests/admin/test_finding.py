"""A posting is found by its number or its name, typos and all, and only where the context may look."""

from pathlib import Path

import pytest
from builders_answering import posting_text
from builders_keeping import OTHER_SCOPE, SCOPE, Scene, on_scene

from bot.admin.finding import NoSuchPosting, find_any, find_current, find_removed, offer_any, offer_current, offer_removed
from bot.domain.person import EVERYONE

SECRET = posting_text("Acme Secrets", "Spy", "We pay $99 an hour.\n\nYou will look at other people's postings.")


async def _title_of(scene: Scene, typed: str) -> str | None:
    return (await find_current(scene.context, typed)).posting.title


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Brook & Vale", "Clerk"),
        ("brok and vale", "Clerk"),
        ("Acme: Baker", "Baker"),
        ("acmee: cook", "Cook"),
        ("the cook at acme", "Cook"),
    ],
)
async def test_a_name_finds_the_one_posting_that_it_means(typed: str, title: str, scene: Scene) -> None:
    assert await _title_of(scene, typed) == title


@pytest.mark.parametrize("form", ["{}", "#{}", " #{} ", "Acme: Baker #{}", "Acme #{}"])
async def test_a_number_finds_its_posting(form: str, scene: Scene) -> None:
    assert await _title_of(scene, form.format(await scene.number_of("Baker"))) == "Baker"


async def test_a_number_behind_another_name_is_not_taken(scene: Scene) -> None:
    with pytest.raises(NoSuchPosting):
        await find_current(scene.context, f"Initech: Janitor #{await scene.number_of('Baker')}")


async def test_several_postings_are_named_with_their_numbers(scene: Scene) -> None:
    with pytest.raises(NoSuchPosting) as refused:
        await find_current(scene.context, "acme")
    baker, cook = await scene.number_of("Baker"), await scene.number_of("Cook")
    assert str(refused.value) == f"“acme” may be #{cook} Acme · Cook, #{baker} Acme · Baker; name one by its number, as in #{cook}"


async def test_an_unknown_name_is_told_with_what_is_near(scene: Scene) -> None:
    for typed, told in (("initech", "/posting list shows"), ("12345678", "/posting list shows"), ("brooke v", "near to it are")):
        with pytest.raises(NoSuchPosting, match=told):
            await find_current(scene.context, typed)


async def test_a_posting_without_a_company_goes_by_its_title(tmp_path: Path) -> None:
    texts = {"porter.md": "# Night Porter\n\nWe pay $15 an hour.\n\nYou will open doors at night for all the guests."}
    async with on_scene(tmp_path, texts) as scene:
        assert await _title_of(scene, "night porter") == "Night Porter"
        number = await scene.number_of("Night Porter")
        assert await offer_current(scene.context, str(number)) == [(f"Night Porter #{number}", f"#{number}")]


@pytest.mark.parametrize("scope", [OTHER_SCOPE, EVERYONE])
async def test_what_belongs_elsewhere_does_not_exist_here(scope: str, scene: Scene) -> None:
    number = await scene.keep(SECRET, scope=scope)
    for typed in (str(number), f"#{number}", f"Acme Secrets: Spy #{number}", "Acme Secrets", "acme secrets: spy"):
        for find in (find_current, find_removed, find_any):
            with pytest.raises(NoSuchPosting) as refused:
                await find(scene.context, typed)
            assert "Spy" not in str(refused.value).replace(typed, "")
        for offer in (offer_current, offer_removed, offer_any):
            assert not any("Secrets" in name for name, _ in await offer(scene.context, typed))
    await scene.store.remove(number, scopes={scope})
    for typed in ("", str(number), "acme"):
        assert not any("Secrets" in name for name, _ in await offer_any(scene.context, typed))
        assert not any("Secrets" in name for name, _ in await offer_removed(scene.context, typed))


async def test_removed_postings_are_offered_and_found_apart_from_the_others(scene: Scene) -> None:
    baker, cook = await scene.number_of("Baker"), await scene.number_of("Cook")
    for number in (baker, cook):
        await scene.store.remove(number, scopes={SCOPE})
    assert [value for _, value in await offer_removed(scene.context, "")] == [f"#{cook}", f"#{baker}"]
    assert await offer_removed(scene.context, "acme: bak") == [
        (f"Acme: {role} #{n}", f"#{n}") for role, n in (("Baker", baker), ("Cook", cook))
    ]
    assert not any("Acme" in name for name, _ in await offer_current(scene.context, "acme"))
    assert (await find_removed(scene.context, "acme: baker")).id == baker
    assert (await find_removed(scene.context, f"#{cook}")).id == cook
    assert await find_any(scene.context, "acme: cook") == cook
    assert f"removed: Acme: Baker #{baker}" in [name for name, _ in await offer_any(scene.context, "acme")]
    with pytest.raises(NoSuchPosting, match="is not removed"):
        await find_removed(scene.context, str(await scene.number_of("Clerk")))


async def test_choices_are_short_enough_and_few_enough_for_discord(tmp_path: Path) -> None:
    texts = {f"{number}.md": posting_text("Acme " + "x" * 150, f"Baker number {number} of the house") for number in range(30)}
    async with on_scene(tmp_path, texts) as scene:
        choices = await offer_current(scene.context, "acme")
        assert len(choices) == 25
        assert all(len(name) <= 100 and name.endswith(value) for name, value in choices)
