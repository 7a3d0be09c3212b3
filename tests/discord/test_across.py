"""Searching, comparing and fitting on Discord: commands, buttons, pictures, the form, and what is kept of it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from builders_answering import posting_text
from builders_discord import Stage, buttons_of, embed_of, on_stage, shown, started_stage, text_of
from simcord import InteractionResult

from bot.presentation.people import read_form

PAYS = "We pay ${low},000 to ${high},000 a year.\n\nThe job is remote.\n\n## Requirements\n- 3 years of experience as a baker\n"
BAKERS = {
    f"{name}.md": posting_text(name, "Baker", PAYS.replace("{low}", str(low)).replace("{high}", str(low + 10)))
    for name, low in (("Ash", 50), ("Birch", 70), ("Cedar", 60), ("Elm", 40), ("Fir", 80), ("Oak", 30))
}
TEXTS = {**BAKERS, "quiet.md": posting_text("Quiet", "Baker", "You bake bread in our office every day.")}


@pytest.fixture
async def bakers(tmp_path: Path) -> AsyncIterator[Stage]:
    async with started_stage(tmp_path, TEXTS) as stage:
        yield stage


async def test_a_search_shows_a_page_with_a_picture_and_turns_it(bakers: Stage) -> None:
    found = await bakers.mia.slash(bakers.channel, "search", role="baker", pay=35_000.0, currency="USD", period="year", sort="pay")
    told = text_of(found)
    assert "6 of 7 postings fit" in told
    assert "1\\. Fir · Baker" in told
    assert "1 does not say" in told
    assert [file.filename for file in shown(found).attachments] == ["pay.png"]
    turned = text_of(await bakers.mia.click(shown(found), label="Next ▶"))
    assert "6\\. Oak" in turned
    assert "“/search role: baker · pay: 35000 USD a year · sort: pay”" in told
    assert "sort:" not in text_of(await bakers.mia.slash(bakers.channel, "search", role="baker"))
    silent = await bakers.mia.click(shown(found), label="Those that do not say")
    assert "Quiet" in text_of(silent)
    assert "Fir" not in text_of(silent)


async def test_the_buttons_of_a_list_compare_its_page_also_after_a_restart(bakers: Stage) -> None:
    found = shown(await bakers.mia.slash(bakers.channel, "search", role="baker", sort="pay"))
    await bakers.restart()
    compared = await bakers.mia.click(found, label="Compare")
    told = text_of(compared)
    assert "5 postings side by side" in told
    assert "- Fir: $80,000 to $90,000 a year" in told
    assert "Workplace, all alike: The job is remote" in told
    assert [file.filename for file in shown(compared).attachments] == ["pay.png"]


async def test_compare_takes_companies_and_says_which_is_not_here(bakers: Stage) -> None:
    told = text_of(await bakers.mia.slash(bakers.channel, "compare", first="ash", second="quiet"))
    assert "- Ash: $50,000 to $60,000 a year" in told
    assert "- Quiet: not said" in told
    assert "There is no posting from" in text_of(await bakers.mia.slash(bakers.channel, "compare", first="ash", second="Zzyzx Holdings"))


async def test_options_are_completed_from_what_is_there(tmp_path: Path) -> None:
    texts = {"a.md": posting_text("Ash", "Data Engineer", "## Requirements\n- Python and PyTorch are required\n- SQL")}
    async with on_stage(tmp_path, texts) as stage:
        offered = await stage.mia.autocomplete(stage.channel, "search", "skills", "py")
        assert {choice["value"] for choice in offered} == {"Python", "PyTorch"}
        assert (await stage.mia.autocomplete(stage.channel, "search", "skills", "Python, sq"))[0]["value"] == "Python, SQL"
        assert (await stage.mia.autocomplete(stage.channel, "search", "role", "eng"))[0]["value"] == "Data Engineer"
        assert (await stage.mia.autocomplete(stage.channel, "search", "currency", "e"))[0]["value"] == "EUR"


TOLD = {"country": "Kenya", "years": "2; 65000 USD a year", "degree": ["bachelor"], "skills": "Python", "visa": ["yes"]}


async def _tell(stage: Stage, company: str = "Birch", **changed: object) -> InteractionResult:
    asked = await stage.mia.slash(stage.channel, "fit", company=company)
    assert asked.ephemeral
    form = await stage.mia.click(shown(asked), label="Tell" if "Tell" in buttons_of(asked) else "Change what I told you")
    return await stage.mia.submit_modal(form, {**TOLD, **changed})


async def test_the_form_is_asked_for_once_and_only_the_person_sees_what_fits(bakers: Stage) -> None:
    told = text_of(await _tell(bakers))
    assert "Not met" in told
    assert "“3 years of experience as a baker”" in told
    again = await bakers.mia.slash(bakers.channel, "fit", company="Ash")
    assert again.ephemeral
    assert "✗ Pay: $50,000 to $60,000 a year" in text_of(again)
    listed = await bakers.mia.slash(bakers.channel, "search", **{"fits-me": True})
    assert listed.ephemeral


async def test_an_answer_that_says_what_fits_does_not_offer_to_say_so(bakers: Stage) -> None:
    labels = list(buttons_of(await _tell(bakers)))
    assert "Does it fit me?" not in labels
    assert {"Whole posting", "Watch", "Keep what I told you", "Change what I told you"} <= set(labels)


async def test_an_empty_form_is_no_profile(bakers: Stage) -> None:
    sent = await _tell(bakers, country="", years=" ", degree=[], skills="", visa=[])
    assert "Nothing was filled in" in text_of(sent)
    assert list(buttons_of(sent)) == ["Open the form again"]


async def test_nothing_is_written_down_before_it_is_said_that_it_may(bakers: Stage) -> None:
    answer = await _tell(bakers)
    person = f"discord:{bakers.mia.id}"
    assert await bakers.opened.store.profiles.get(person) is None
    kept = await bakers.mia.click(shown(answer), label="Keep what I told you")
    assert "Keep what I told you" not in buttons_of(kept)
    assert await bakers.opened.store.profiles.get(person) is not None
    await bakers.restart()
    assert "Not met" in text_of(await bakers.mia.slash(bakers.channel, "fit", company="Birch"))


async def test_privacy_shows_gives_and_deletes_what_was_told(bakers: Stage) -> None:
    answer = await _tell(bakers)
    await bakers.mia.click(shown(answer), label="Keep what I told you")
    privacy = await bakers.mia.slash(bakers.channel, "privacy")
    assert "- Country or state: Kenya" in text_of(privacy)
    given = await bakers.mia.click(shown(privacy), label="Give me a file of it")
    (file,) = shown(given).attachments
    assert file.filename == "about-you.json"
    await bakers.mia.click(shown(privacy), label="Forget it now")
    assert await bakers.opened.store.profiles.get(f"discord:{bakers.mia.id}") is None
    assert "Kenya" not in text_of(await bakers.mia.slash(bakers.channel, "privacy"))


async def test_what_cannot_be_read_is_said_and_stands_in_the_form_again(bakers: Stage) -> None:
    refused = await _tell(bakers, country="Narnia")
    assert "no country or state called “Narnia”" in text_of(refused)
    again = await bakers.mia.click(shown(refused), label="Open the form again")
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


PAID = {
    "Ash": "We pay €90,000 to €95,000 a year.",
    "Birch": "We pay $90,000 to $95,000 a year.",
    "Cedar": "You bake bread for the whole town every day.",
    "Dogwood": "We pay $30 to $35 an hour.",
    "Elm": "You bake bread for the next village every day.",
    "Fir": "We pay CHF 80,000 to CHF 90,000 a year.",
    "Gum": "You bake bread for three ships every day.",
    "Hazel": "We pay £50,000 to £60,000 a year.",
}


def entries_of(message: Any) -> list[tuple[str, str]]:
    """The entries of a list, each with the id of the button beside it."""
    components: list[Any] = list(shown(message).components)
    boxes = (part if isinstance(part, dict) else part.to_dict() for part in components)
    parts = [part for box in boxes for part in box.get("components", ()) if "accessory" in part]
    return [(part["components"][0]["content"], part["accessory"]["custom_id"]) for part in parts]


async def test_each_button_of_those_that_do_not_say_opens_what_stands_beside_it(tmp_path: Path) -> None:
    texts = {name: posting_text(name, "Baker", f"{pay}\n\nThe job is remote.") for name, pay in PAID.items()}
    async with on_stage(tmp_path, texts) as stage:
        found = await stage.mia.slash(stage.channel, "search", pay=60_000.0, currency="EUR")
        page = await stage.mia.click(shown(found), label="Those that do not say")
        names: list[str] = []
        while True:
            assert "3 do not say. 4 state their pay in other currencies" in text_of(page)
            for entry, opened in entries_of(page):
                names.append(entry.partition("\\. ")[2].partition(" ")[0])
                assert names[-1] in (embed_of(await stage.mia.click(shown(page), custom_id=opened)).title or "")
            if buttons_of(page)["Next ▶"].get("disabled"):
                break
            page = await stage.mia.click(shown(page), label="Next ▶")
        assert names == ["Gum", "Elm", "Cedar", "Hazel", "Fir", "Dogwood", "Birch"]


async def test_what_no_option_can_be_is_refused_with_what_to_do_in_the_readers_language(bakers: Stage) -> None:
    for country in ("Narnia", "Xq"):
        answer = await bakers.mia.slash(bakers.channel, "search", country=country)
        assert answer.ephemeral
        assert f"I know no country called “{country}”" in text_of(answer)
    assert "is no amount of pay" in text_of(await bakers.direct("/search pay: lots"))
    assert "“Narnia”" in text_of(await bakers.direct("/search country: Narnia"))


@pytest.mark.parametrize(
    ("typed", "years", "pay"),
    [
        ("4, 60000 EUR", "4", "60000 EUR"),
        ("60000 EUR; 4", "4", "60000 EUR"),
        ("4 Jahre | 60.000 € im Jahr", "4 Jahre", "60.000 € im Jahr"),
        ("60,000 USD, 5+ yrs", "5+ yrs", "60,000 USD"),
        ("60k", "", "60k"),
        ("45 USD an hour", "", "45 USD an hour"),
        ("2,5", "2,5", ""),
        ("-2", "-2", ""),
    ],
)
def test_years_and_pay_stand_in_one_field_with_any_sign_between(typed: str, years: str, pay: str) -> None:
    assert read_form({"years": typed}) == {name: value for name, value in (("years", years), ("pay", pay)) if value}


async def test_a_comma_between_years_and_pay_does_as_well(bakers: Stage) -> None:
    assert "2 met" in text_of(await _tell(bakers, years="4, 65000 USD a year", country="", skills="", degree=[], visa=[]))


ROLES = {
    "a.md": posting_text("Acme", "Baker", "## Requirements\n- Python is required\n- 3 years of experience as a baker"),
    "b.md": posting_text("Acme", "Cook", "## Requirements\n- Python is required\n- 1 year of experience as a cook"),
    "c.md": posting_text("Vale", "Driver", "You drive bread to the next town every day."),
}


@pytest.mark.parametrize(
    "said", ["does birch fit me?", "am i a fit for birch?", "do i fit birch?", "¿birch encaja conmigo?", "would birch suit me?"]
)
async def test_whether_a_posting_fits_is_asked_in_words_too(said: str, bakers: Stage) -> None:
    asked = await bakers.direct(said)
    (tell,) = buttons_of(asked)
    form = await bakers.mia.user.click(asked, label=tell)
    assert "✗" in text_of(await bakers.mia.user.submit_modal(form, TOLD))
    assert "✗" in text_of(await bakers.direct(said))
    by_command = await bakers.mia.slash(bakers.channel, "ask", question=said)
    assert by_command.ephemeral
    assert "✗" in text_of(by_command)


@pytest.mark.parametrize(
    "said",
    [
        "which jobs fit me?",
        "welche stellen passen zu mir?",
        "¿qué trabajos encajan conmigo?",
        "quais vagas combinam comigo?",
        "/search sort: fit",
    ],
)
async def test_which_postings_fit_is_asked_in_words_too(said: str, tmp_path: Path) -> None:
    texts = ROLES | {"d.md": posting_text("Brook", "Smith", "## Requirements\n- 9 years of experience as a smith")}
    async with on_stage(tmp_path, texts) as stage:
        await _tell(stage, company="Vale", years="2", degree=[], visa=[], country="")
        told = text_of(await stage.direct(said))
        assert "Acme · Cook" in told
        assert "Brook" not in told


async def test_what_fits_is_told_in_no_channel(bakers: Stage) -> None:
    await _tell(bakers)
    await bakers.mia.send(bakers.channel, f"<@{bakers.client.user.id}> does birch fit me?" if bakers.client.user else "")
    public = bakers.said_last()
    assert "for your eyes only" in text_of(public)
    assert "Kenya" not in text_of(public)
    answer = await bakers.mia.click(public, label="Does it fit me?")
    assert answer.ephemeral
    assert "Not met" in text_of(answer)


async def test_a_role_that_is_picked_is_compared_with_what_was_told(tmp_path: Path) -> None:
    async with on_stage(tmp_path, ROLES) as stage:
        asked = await stage.mia.slash(stage.channel, "fit", company="Acme")
        assert asked.ephemeral
        tell = await stage.mia.click(shown(asked), label="Cook")
        form = await stage.mia.click(shown(tell), label="Tell")
        told = await stage.mia.submit_modal(form, TOLD)
        assert "Acme · Cook" in text_of(told)
        assert "✓ Experience" in text_of(told)
        assert "Change what I told you" in buttons_of(told)
        again = await stage.mia.slash(stage.channel, "fit", company="Acme")
        assert "✗ Experience" in text_of(await stage.mia.click(shown(again), label="Baker"))


async def test_nothing_is_asked_of_who_asks_for_a_company_that_is_not_here(bakers: Stage) -> None:
    answer = await bakers.mia.slash(bakers.channel, "fit", company="Zzyzx Holdings")
    assert "There is no posting from" in text_of(answer)
    assert "Tell" not in buttons_of(answer)


async def test_what_fits_best_comes_first_and_what_is_open_last_also_among_those_that_do_not_say(tmp_path: Path) -> None:
    async with on_stage(tmp_path, ROLES) as stage:
        await _tell(stage, company="Vale", years="2", degree=[], visa=[], country="")
        found = await stage.mia.slash(stage.channel, "search", sort="fit")
        assert "They fit: 1 of 3. Left open, at the end: 1." in text_of(found)
        assert text_of(found).index("1\\. Acme · Cook") < text_of(found).index("2\\. Vale")
        await _tell(stage, company="Vale", years="2", degree=["bachelor"], visa=["yes"], country="")
        found = await stage.mia.slash(stage.channel, "search", sort="fit", **{"fits-me": True})
        assert "They fit: 0 of 3. Left open, at the end: 2." in text_of(found)
        silent = text_of(await stage.mia.click(shown(found), label="Those that do not say"))
        assert silent.index("1\\. Acme · Cook") < silent.index("2\\. Vale")


async def test_where_there_is_nothing_nothing_is_counted_or_offered(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {}) as stage:
        for options in ({}, {"role": "baker"}, {"country": "Kenya"}, {"fits-me": True}):
            answer = await stage.mia.slash(stage.channel, "search", **options)
            assert "No postings are here yet" in text_of(answer)
            assert buttons_of(answer) == {}
        unknown = await stage.mia.slash(stage.channel, "salary", company="Acme")
        assert "There are no postings here yet." in text_of(unknown)
        assert "All postings" not in buttons_of(unknown)


async def test_an_empty_form_tells_nothing_and_all_that_is_wrong_in_one_is_said_at_once(bakers: Stage) -> None:
    empty = await _tell(bakers, country="", years="", degree=[], skills="", visa=[])
    assert "Nothing was filled in" in text_of(empty)
    assert list(buttons_of(empty)) == ["Open the form again"]
    comma = await _tell(bakers, country="", years="", degree=[], skills=" , ", visa=[])
    assert "Nothing was filled in" in text_of(comma)
    assert list(buttons_of(comma)) == ["Open the form again"]
    refused = await _tell(bakers, country="Narnia", years="-2; 1 lots")
    assert "“Narnia”" in text_of(refused)
    assert "“-2”" in text_of(refused)
    assert "“1 lots”" in text_of(refused)


@pytest.mark.parametrize("second", ["birkwood bakri", "birchwud bakry"])
async def test_names_that_come_near_are_compared_by_a_button(second: str, tmp_path: Path) -> None:
    texts = {name: posting_text(name, "Baker", f"We pay ${n}0,000 a year.") for n, name in ((5, "Harbourlight"), (7, "Birchwood Bakery"))}
    async with on_stage(tmp_path, texts) as stage:
        near = await stage.mia.slash(stage.channel, "compare", first="harborlite", second=second)
        compared = await stage.mia.click(shown(near), label="Compare")
        assert "2 postings side by side" in text_of(compared)


async def test_those_that_are_open_to_more_than_the_place_are_a_press_away(tmp_path: Path) -> None:
    texts = {
        "ash.md": posting_text("Ash", "Baker", "Fully remote for candidates based in Missouri."),
        "elm.md": posting_text("Elm", "Baker", "Remote, open to candidates in the United States."),
    }
    async with on_stage(tmp_path, texts) as stage:
        found = shown(await stage.mia.slash(stage.channel, "ask", question="who is hiring in Missouri"))
        assert "1 more is open to people there: Elm" in text_of(found)
        assert "Elm" in text_of(await stage.mia.click(found, label="Elm: Baker"))
