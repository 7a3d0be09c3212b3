"""Searching, comparing and fitting on Discord: commands, buttons, pictures, the form, and what is kept of it."""

from pathlib import Path

from builders_answering import posting_text
from builders_discord import Stage, buttons_of, on_stage, shown, text_of
from simcord import InteractionResult

PAYS = "We pay ${low},000 to ${high},000 a year.\n\nThe job is remote.\n\n## Requirements\n- 3 years of experience as a baker\n"
BAKERS = {
    f"{name}.md": posting_text(name, "Baker", PAYS.replace("{low}", str(low)).replace("{high}", str(low + 10)))
    for name, low in (("Ash", 50), ("Birch", 70), ("Cedar", 60), ("Elm", 40), ("Fir", 80), ("Oak", 30))
}
TEXTS = {**BAKERS, "quiet.md": posting_text("Quiet", "Baker", "You bake bread in our office every day.")}


async def test_a_search_shows_a_page_with_a_picture_and_turns_it(tmp_path: Path) -> None:
    async with on_stage(tmp_path, TEXTS) as stage:
        found = await stage.mia.slash(stage.channel, "search", role="baker", pay=35_000.0, currency="USD", period="year", sort="pay")
        told = text_of(found)
        assert "6 of 7 postings fit" in told
        assert "1\\. Fir · Baker" in told
        assert "1 does not say" in told
        assert [file.filename for file in shown(found).attachments] == ["pay.png"]
        turned = text_of(await stage.mia.click(shown(found), label="Next ▶"))
        assert "6\\. Oak" in turned
        assert "“/search role: baker · pay: 35000 USD a year · sort: pay”" in told
        assert "sort:" not in text_of(await stage.mia.slash(stage.channel, "search", role="baker"))
        silent = await stage.mia.click(shown(found), label="Those that do not say")
        assert "Quiet" in text_of(silent)
        assert "Fir" not in text_of(silent)


async def test_the_buttons_of_a_list_compare_its_page_also_after_a_restart(tmp_path: Path) -> None:
    async with on_stage(tmp_path, TEXTS) as stage:
        found = shown(await stage.mia.slash(stage.channel, "search", role="baker", sort="pay"))
        await stage.restart()
        compared = await stage.mia.click(found, label="Compare")
        told = text_of(compared)
        assert "5 postings side by side" in told
        assert "- Fir: $80,000 to $90,000 a year" in told
        assert "Workplace, all alike: The job is remote" in told
        assert [file.filename for file in shown(compared).attachments] == ["pay.png"]


async def test_compare_takes_companies_and_says_which_is_not_here(tmp_path: Path) -> None:
    async with on_stage(tmp_path, TEXTS) as stage:
        told = text_of(await stage.mia.slash(stage.channel, "compare", first="ash", second="quiet"))
        assert "- Ash: $50,000 to $60,000 a year" in told
        assert "- Quiet: not said" in told
        assert "There is no posting from" in text_of(await stage.mia.slash(stage.channel, "compare", first="ash", second="Zzyzx Holdings"))


async def test_options_are_completed_from_what_is_there(tmp_path: Path) -> None:
    texts = {"a.md": posting_text("Ash", "Data Engineer", "## Requirements\n- Python and PyTorch are required\n- SQL")}
    async with on_stage(tmp_path, texts) as stage:
        offered = await stage.mia.autocomplete(stage.channel, "search", "skills", "py")
        assert {choice["value"] for choice in offered} == {"Python", "PyTorch"}
        assert (await stage.mia.autocomplete(stage.channel, "search", "skills", "Python, sq"))[0]["value"] == "Python, SQL"
        assert (await stage.mia.autocomplete(stage.channel, "search", "role", "eng"))[0]["value"] == "Data Engineer"
        assert (await stage.mia.autocomplete(stage.channel, "search", "currency", "e"))[0]["value"] == "EUR"


TOLD = {"country": "Kenya", "years": "2; 65000 USD a year", "degree": ["bachelor"], "skills": "Python", "visa": ["yes"]}


async def _tell(stage: Stage, **changed: object) -> InteractionResult:
    asked = await stage.mia.slash(stage.channel, "fit", company="Birch")
    assert asked.ephemeral
    form = await stage.mia.click(shown(asked), label="Tell")
    return await stage.mia.submit_modal(form, {**TOLD, **changed})


async def test_the_form_is_asked_for_once_and_only_the_person_sees_what_fits(tmp_path: Path) -> None:
    async with on_stage(tmp_path, TEXTS) as stage:
        told = text_of(await _tell(stage))
        assert "Not met" in told
        assert "“3 years of experience as a baker”" in told
        again = await stage.mia.slash(stage.channel, "fit", company="Ash")
        assert again.ephemeral
        assert "✗ Pay: $50,000 to $60,000 a year" in text_of(again)
        listed = await stage.mia.slash(stage.channel, "search", **{"fits-me": True})
        assert listed.ephemeral


async def test_an_answer_that_says_what_fits_does_not_offer_to_say_so(tmp_path: Path) -> None:
    async with on_stage(tmp_path, TEXTS) as stage:
        labels = list(buttons_of(await _tell(stage)))
        assert "Does it fit me?" not in labels
        assert {"Whole posting", "Watch", "Keep what I told you", "Change what I told you"} <= set(labels)


async def test_an_empty_form_is_no_profile(tmp_path: Path) -> None:
    async with on_stage(tmp_path, TEXTS) as stage:
        sent = await _tell(stage, country="", years=" ", degree=[], skills="", visa=[])
        assert "Nothing was filled in" in text_of(sent)
        assert list(buttons_of(sent)) == ["Open the form again"]


async def test_nothing_is_written_down_before_it_is_said_that_it_may(tmp_path: Path) -> None:
    async with on_stage(tmp_path, TEXTS) as stage:
        answer = await _tell(stage)
        person = f"discord:{stage.mia.id}"
        assert await stage.opened.store.profiles.get(person) is None
        kept = await stage.mia.click(shown(answer), label="Keep what I told you")
        assert "Keep what I told you" not in buttons_of(kept)
        assert await stage.opened.store.profiles.get(person) is not None
        await stage.restart()
        assert "Not met" in text_of(await stage.mia.slash(stage.channel, "fit", company="Birch"))


async def test_privacy_shows_gives_and_deletes_what_was_told(tmp_path: Path) -> None:
    async with on_stage(tmp_path, TEXTS) as stage:
        answer = await _tell(stage)
        await stage.mia.click(shown(answer), label="Keep what I told you")
        privacy = await stage.mia.slash(stage.channel, "privacy")
        assert "- Country or state: Kenya" in text_of(privacy)
        given = await stage.mia.click(shown(privacy), label="Give me a file of it")
        (file,) = shown(given).attachments
        assert file.filename == "about-you.json"
        await stage.mia.click(shown(privacy), label="Forget it now")
        assert await stage.opened.store.profiles.get(f"discord:{stage.mia.id}") is None
        assert "Kenya" not in text_of(await stage.mia.slash(stage.channel, "privacy"))


async def test_what_cannot_be_read_is_said_and_stands_in_the_form_again(tmp_path: Path) -> None:
    async with on_stage(tmp_path, TEXTS) as stage:
        refused = await _tell(stage, country="Narnia")
        assert "no country or state called “Narnia”" in text_of(refused)
        again = await stage.mia.click(shown(refused), label="Open the form again")
        assert again.response is None, "a form was opened"


async def test_the_buttons_of_a_page_that_was_asked_for_in_words_lead_back_and_on(tmp_path: Path) -> None:
    texts = {f"{n}": posting_text(f"Firm {n}", "Baker", f"We pay ${n}0,000 a year.\n\nYou bake.") for n in range(10, 22)}
    async with on_stage(tmp_path, texts) as stage:
        await stage.direct("baker jobs")
        second = await stage.direct("next")
        assert "Firm 16" in text_of(second)
        first = await stage.mia.user.click(second, label="◀ Back")
        assert "Firm 21" in text_of(first)
        third = await stage.mia.user.click(shown(await stage.mia.user.click(shown(first), label="Next ▶")), label="Next ▶")
        assert "Firm 11" in text_of(third)
