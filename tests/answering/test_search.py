"""Lists of postings: commands and plain words are answered alike, and the index finds what weighing the facts finds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from builders_answering import ask, make_database, open_assistant, posting_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.across import weigh
from bot.answering.assistant import Assistant
from bot.answering.search import sort_out, to_criterion
from bot.domain.answer import Answer, State
from bot.domain.errors import RolecallError
from bot.domain.facts import Area, Education, EducationLevel, Eligibility, Experience, Fact, Pay, Period, Quote, Scope
from bot.domain.person import EVERYONE, Asker
from bot.domain.posting import KeptPosting, Posting
from bot.domain.query import Amount, Ask, Form, Place, Query, Question, Reach, Side, Verdict, Years
from bot.presentation.chat_service import open_store
from bot.questions.commands import read_profile, write_command
from bot.questions.company_index import CompanyIndex
from bot.storage.search import newest_of
from bot.storage.store import Store
from bot.topics.employment_type import EmploymentType
from bot.topics.visa import Sponsorship
from bot.topics.workplace import Workplace

REMOTE = "The job is remote.\n\n## Requirements\n- "
TEXTS = {
    "ash": posting_text("Ash", "Senior Data Engineer", f"We pay $90,000 to $130,000 a year.\n\n{REMOTE}Python\n- SQL"),
    "birch": posting_text("Birch", "Data Engineer", f"We pay $150,000 to $170,000 a year.\n\n{REMOTE}Python"),
    "cedar": posting_text(
        "Cedar", "Data Analyst", "We pay €60,000 to €80,000 a year.\n\nYou work on-site in our office.\n\n## Requirements\n- SQL"
    ),
    "elm": posting_text("Elm", "Cook", f"You cook for the office every day.\n\n{REMOTE}Good knives"),
}


def companies(answer: Answer) -> list[str | None]:
    return [posting.company for posting in answer.postings]


ALIKE = [
    ("/search skills: Python · workplace: remote", "remote python jobs", ["Birch", "Ash"]),
    ("/search pay: 140k USD a year", "which jobs pay over $140,000 a year?", ["Birch"]),
    ("/search role: data engineer", "data engineer jobs", ["Birch", "Ash"]),
    ("/search skills: SQL · sort: pay", "jobs with SQL sorted by pay", ["Ash", "Cedar"]),
    ("/search workplace: remote · sort: pay", "remote jobs, highest salary first", ["Birch", "Ash", "Elm"]),
    ("/search workplace: remote · sort: pay", "highest paying remote jobs", ["Birch", "Ash", "Elm"]),
]


@pytest.mark.parametrize(
    "words",
    [
        "remote jobs nach gehalt sortiert",
        "trabajos remotos ordenados por sueldo",
        "emplois remote triés par salaire",
        "vagas remotas com maior salário",
    ],
)
async def test_a_list_is_sorted_by_pay_in_every_language(words: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        assert companies(await ask(assistant, words)) == ["Birch", "Ash", "Elm"]


BEGINNERS = {
    "ash": posting_text("Ash", "Lamp Tester", "## Requirements\n- 0-2 years of experience with lamps"),
    "birch": posting_text("Birch", "Lamp Builder", "## Requirements\n- 4 years of experience with lamps"),
    "cedar": posting_text("Cedar", "Lamp Cleaner", "## Requirements\n- 1 year of experience with lamps"),
    "elm": posting_text("Elm", "Senior Lamp Tester", "## Requirements\n- 0-2 years of experience with lamps"),
    "fir": posting_text("Fir", "Junior Lamp Cook"),
    "gum": posting_text("Gum", "Lamp Intern"),
}


@pytest.mark.parametrize(
    ("words", "fitting"),
    [
        ("yo any entry lvl stuff", ["Fir", "Ash"]),
        ("anything for a fresher", ["Fir", "Ash"]),
        ("anything for a college student, i got zero experience", ["Gum", "Fir", "Ash"]),
        ("algo para estudiantes", ["Gum", "Fir", "Ash"]),
    ],
)
async def test_beginners_fit_where_the_title_or_the_years_say_so(words: str, fitting: list[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, BEGINNERS) as (_, assistant):
        answer = await ask(assistant, words)
        assert companies(answer) == fitting
        assert answer.listing is not None
        assert answer.listing.silent == 1  # a year is hardly much, and yet not none


async def test_who_needs_no_experience_is_not_who_asks_for_years(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, BEGINNERS) as (_, assistant):
        assert set(companies(await ask(assistant, "anything w no experience needed"))) == {"Ash", "Elm"}


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("python jobs", "sort them by pay pls"),
        ("trabajos con python", "ordénalos por sueldo"),
        ("stellen mit python", "nach gehalt sortieren bitte"),
        ("emplois avec python", "trie-les par salaire"),
        ("vagas com python", "ordena por salário"),
    ],
)
async def test_a_list_that_was_shown_may_be_sorted_by_pay(before: str, words: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED | {"fir": posting_text("Fir", "Cook", f"{REMOTE}Python")}) as (_, assistant):
        listed = await ask(assistant, before, conversation="c")
        assert set(companies(listed)) == {"Fir", "Birch", "Ash"}
        assert companies(await ask(assistant, words, conversation="c")) == ["Birch", "Ash", "Fir"]


@pytest.mark.parametrize(
    ("before", "more"),
    [("bakers sorted by pay", "next"), ("bakers sorted by pay", "show me more"), ("bäcker nach gehalt sortiert", "weiter")],
)
async def test_the_next_page_of_a_list_is_asked_for_in_words(before: str, more: str, tmp_path: Path) -> None:
    pay = [90, 150, 120, 110, 170, 100, 160, 80, 70, 60, 50, 40]
    texts = {f"{n}": posting_text(f"Firm {n}", "Baker Bäcker", f"We pay ${n},000 to ${n + 5},000 a year.\n\nYou bake.") for n in pay}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        pages = [companies(await ask(assistant, words, conversation="c")) for words in (before, more, more)]
        picked = companies(await ask(assistant, "the first one", conversation="c"))
        anew = await ask(assistant, "/search role: baker", conversation="c")
    assert [one for page in pages for one in page] == [f"Firm {n}" for n in sorted(pay, reverse=True)]
    assert picked == ["Firm 50"]
    assert anew.listing is not None
    assert anew.listing.page == 0


async def test_a_whole_posting_of_a_list_is_asked_back_for(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        await ask(assistant, "remote jobs", conversation="c")
        asked = await ask(assistant, "show me the whole posting", conversation="c")
    assert asked.rendered.sentence == "3 postings fit. Which do you mean?"
    assert companies(asked) == ["Elm", "Birch", "Ash"]


@pytest.mark.parametrize("words", ["which one pays best?", "laquelle paie le mieux ?", "cuál de ellos paga más?", "qual deles paga mais?"])
async def test_which_of_those_listed_pays_most_is_found_among_them(words: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED) as (_, assistant):
        assert companies(await ask(assistant, "jobs with python", conversation="c")) == ["Birch", "Ash"]
        assert (await ask(assistant, words, conversation="c")).company == "Birch"


@pytest.mark.parametrize(
    "words",
    [
        "not birch, who else wants python?",
        "besides birch, who wants python?",
        "außer birch, wer sonst sucht python?",
        "anything w/ python not birch",
        "any python jobs, but not at Birch?",
        "jobs with python except birch pls",
        "stellen mit python, nicht bei birch",
        "trabajos con python menos birch",
        "who else wants python besides birch and hooli",
    ],
)
async def test_a_company_that_is_left_out_is_not_listed(words: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED) as (_, assistant):
        assert companies(await ask(assistant, words)) == ["Ash"]


async def test_who_else_after_the_only_one_is_nobody(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED) as (_, assistant):
        assert companies(await ask(assistant, "/search skills: Go", conversation="c")) == ["Dune"]
        assert "Dune" not in (await ask(assistant, "not dune, who else", conversation="c")).text


async def test_a_list_may_be_narrowed_by_only(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED) as (_, assistant):
        assert companies(await ask(assistant, "jobs with SQL", conversation="c")) == ["Cedar", "Ash"]
        assert companies(await ask(assistant, "only the remote ones", conversation="c")) == ["Ash"]


async def test_after_a_question_about_the_first_of_a_list_the_second_is_still_there(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        assert companies(await ask(assistant, "remote jobs", conversation="c")) == ["Elm", "Birch", "Ash"]
        assert companies(await ask(assistant, "what does it pay", conversation="c")) == ["Elm"]
        assert companies(await ask(assistant, "ok and the second one?", conversation="c")) == ["Birch"]
        assert companies(await ask(assistant, "full posting of the third one", conversation="c")) == ["Ash"]


@pytest.mark.parametrize(
    "words",
    ["whats the pay tho", "was zahlen die", "und das gehalt?", "et le salaire ?", "ça paie combien ?", "y el sueldo?", "o salário?"],
)
async def test_what_is_asked_after_a_list_is_asked_of_all_those_listed(tmp_path: Path, words: str) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        assert companies(await ask(assistant, "which are remote", conversation="c")) == ["Elm", "Birch", "Ash"]
        assert set(companies(await ask(assistant, words, conversation="c"))) >= {"Birch", "Ash"}


RANKED = TEXTS | {
    "dune": posting_text("Dune", "Pilot", "We pay $400,000 a year.\n\nYou work on-site in our office.\n\n## Requirements\n- Go")
}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("which remote job pays the most?", "Most: Birch"),
        ("best paid data engineer jobs", "Most: Birch"),
        ("who pays the least for SQL?", "Least: Ash"),
        ("who pays the most?", "Most: Dune"),
    ],
)
async def test_who_pays_most_is_found_among_those_that_are_asked_about(words: str, told: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED) as (_, assistant):
        assert (await ask(assistant, words)).rendered.sentence == told


PAID = {
    "ash": posting_text("Ash", "Baker", "We pay $30 an hour."),
    "birch": posting_text("Birch", "Cook", "We pay $90,000 a year."),
    "cedar": posting_text("Cedar", "Waiter", "Wir zahlen 20 € pro Stunde."),
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("jobs paying in dollars per hour", ["Ash"]),
        ("who pays in euros an hour", ["Cedar"]),
        ("who pays by the hour", ["Cedar", "Ash"]),
        ("who pays in dollars", ["Birch", "Ash"]),
        ("who pays in euros a month", []),
    ],
)
async def test_a_currency_and_a_period_are_both_asked_for(words: str, expected: list[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, PAID) as (_, assistant):
        assert companies(await ask(assistant, words)) == expected


async def test_what_is_asked_behind_who_pays_most_is_told_of_who_does(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED) as (_, assistant):
        answer = await ask(assistant, "who pays the most, and is it remote?")
    assert answer.rendered.sentence == "Most: Dune"
    assert "Dune: No" in answer.text


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (("compare the first two",), ["Dune", "Birch"]),
        (("compare first two", "next"), ["Ash"]),
        (("next",), ["Birch"]),
        (("is it remote", "and the second one?", "next one"), ["Ash"]),
        (("the last one",), ["Ash"]),
        (("and the worst?", "is it remote"), ["Ash"]),
        (("vergleich die ersten zwei",), ["Dune", "Birch"]),
        (("y la siguiente",), ["Birch"]),
    ],
)
async def test_a_ranking_is_gone_on_about_as_a_whole(messages: tuple[str, ...], expected: list[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED) as (_, assistant):
        assert (await ask(assistant, "who pays the most?", conversation="c")).company == "Dune"
        answers = [await ask(assistant, message, conversation="c") for message in messages]
    assert companies(answers[-1]) == expected


@pytest.mark.parametrize(("command", "words", "expected"), ALIKE)
async def test_a_command_and_plain_words_are_answered_alike(command: str, words: str, expected: list[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        by_command, by_words = [await ask(assistant, text) for text in (command, words)]
    assert companies(by_command) == companies(by_words) == expected
    assert by_command.text == by_words.text


async def test_any_of_several_cities_will_do_by_the_name_that_a_posting_writes(tmp_path: Path) -> None:
    texts = {
        "fir": posting_text("Fir", "Baker", "Location: München, Germany"),
        "hazel": posting_text("Hazel", "Baker", "Location: Hamburg, Germany"),
        "oak": posting_text("Oak", "Baker", "Location: Berlin, Germany"),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await ask(assistant, "which jobs are in munich or hamburg")
    assert sorted(filter(None, companies(answer))) == ["Fir", "Hazel"]


async def test_what_says_nothing_of_experience_is_not_told_as_a_job_without_any(tmp_path: Path) -> None:
    texts = {
        "fir": posting_text("Fir", "Baker", "Bread is our life."),
        "oak": posting_text("Oak", "Baker", "## Requirements\n- 3 years of experience in a bakery"),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        without, unsaid = [await ask(assistant, text) for text in ("any jobs without experience", "which dont mention years of experience")]
    assert companies(without) == []
    assert "1 does not say: Fir" in without.text
    assert companies(unsaid) == ["Fir"]


@pytest.mark.parametrize(
    "words",
    [
        "jobs that need no experience",
        "stellen ohne berufserfahrung",
        "trabajos sin experiencia",
        "vagas sem experiência",
        "/search years: 0",
        "/search years: 2",
    ],
)
async def test_who_says_that_none_is_needed_is_found_where_jobs_without_experience_are_asked_for(words: str, tmp_path: Path) -> None:
    texts = {
        "fir": posting_text("Fir", "Baker", "Bread is our life."),
        "oak": posting_text("Oak", "Baker", "## Requirements\n- 3 years of experience in a bakery"),
        "elm": posting_text("Elm", "Baker", "## Requirements\n- No experience is needed, we show you everything"),
        "ash": posting_text("Ash", "Bäcker", "## Dein Profil\n- Berufserfahrung ist nicht erforderlich"),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await ask(assistant, words)
        fits = await assistant.answer(Question(text="/fit elm", profile=read_profile({"years": "0"})), Asker())
    assert sorted(filter(None, companies(answer))) == ["Ash", "Elm"]
    assert "No experience is required" in fits.text
    assert fits.rendered.sentence == "1 met, 0 not met, 0 not said"


async def test_jobs_that_ask_for_a_degree_are_those_too_that_take_an_equivalent(tmp_path: Path) -> None:
    texts = {
        "fir": posting_text("Fir", "Baker", "## Requirements\n- Bachelor's degree in baking or equivalent work experience"),
        "oak": posting_text("Oak", "Baker", "## Requirements\n- A bachelor's degree is required"),
        "elm": posting_text("Elm", "Baker", "## Requirements\n- A master's degree is required"),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        asked, needed = [await ask(assistant, text) for text in ("which jobs ask for a bachelor degree", "which jobs require a bachelor")]
    assert sorted(filter(None, companies(asked))) == ["Fir", "Oak"]
    assert "Fir" not in companies(needed)


async def test_a_degree_is_mentioned_where_less_is_enough(tmp_path: Path) -> None:
    texts = {
        "fir": posting_text("Fir", "Baker", "## Requirements\n- Bachelor's or Master's degree in baking"),
        "oak": posting_text("Oak", "Baker", "## Requirements\n- A bachelor's degree is required"),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        said, required = [companies(await ask(assistant, f"which jobs {word} a masters")) for word in ("mention", "require")]
    assert (said, required) == (["Fir"], [])


async def test_the_one_of_a_nation_is_picked_by_its_place(tmp_path: Path) -> None:
    texts = {
        "fir": posting_text("Fir", "Baker", "Location: Toronto, Canada\n\nWe pay $30 an hour."),
        "oak": posting_text("Oak", "Baker", "Location: Madrid, Spain\n\nWe pay $20 an hour."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        conversation = [await ask(assistant, "baker jobs"), await ask(assistant, "the canadian one, pay?")]
    assert companies(conversation[-1]) == ["Fir"]


async def test_who_lacks_a_degree_and_tells_of_years_is_told_of_the_degree_once(tmp_path: Path) -> None:
    texts = {"fir": posting_text("Fir", "Baker", "## Requirements\n- Bachelor's degree or equivalent experience\n- 6 years of experience")}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await ask(assistant, "fir: no degree but 7 years of experience, ok?")
    assert answer.verdict is Verdict.YES
    assert answer.text.count("is named, but not strictly required") == 1


async def test_a_zone_of_pay_is_no_time_zone(tmp_path: Path) -> None:
    texts = {"fir": posting_text("Fir", "Baker", "Zone A: $90,000 - $95,000 a year\n\nZone B: $80,000 - $85,000 a year")}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await ask(assistant, "fir zone b?")
    assert "$80,000 to $85,000" in answer.text
    assert "$90,000" not in answer.text


async def test_what_does_not_say_is_counted_apart_and_shown_when_wanted(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        answer = await ask(assistant, "/search pay: 100000 USD a year")
        silent = await assistant.answer(Question(text="/search pay: 100000 USD a year", is_silent=True), Asker())
    assert answer.listing is not None
    assert (answer.listing.fitting, answer.listing.silent, answer.listing.total) == (2, 2, 4)
    assert "2 of 4 postings fit:" in answer.text
    assert "1 does not say." in answer.text
    assert "1 states its pay in another currency or for another period." in answer.text
    assert "1 does not say." in silent.text
    assert companies(silent) == ["Elm", "Cedar"]
    assert "Pay: not said" in silent.text


async def test_those_that_give_no_pay_are_told_as_such(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        answer = await ask(assistant, "which jobs give no salary?")
    assert (answer.rendered.sentence, companies(answer)) == ("1 of 4 postings do not say:", ["Elm"])


async def test_several_amounts_are_told_where_it_is_asked_back(tmp_path: Path) -> None:
    levels = "We pay $90,000 to $95,000 a year for Level I.\n\nWe pay $120,000 to $125,000 a year for Level II."
    texts = {"a": posting_text("Elm", "Baker", levels), "b": posting_text("Elm", "Cook", "We pay $50,000 a year.")}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await ask(assistant, "what does elm pay?")
    assert not any(item.endswith(":") for item in answer.rendered.items)
    assert "Baker: $90,000 to $95,000 a year" in answer.text


async def test_the_highest_pay_comes_first_and_pages_follow(tmp_path: Path) -> None:
    pay = [90, 150, 120, 110, 170, 100, 160]
    texts = {f"{n}": posting_text(f"Firm {n}", "Baker", f"We pay ${n},000 to ${n + 5},000 a year for baking.") for n in pay}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        first, second = [await assistant.answer(Question(text="/search role: baker · sort: pay", page=page), Asker()) for page in (0, 1)]
    assert companies(first) == ["Firm 170", "Firm 160", "Firm 150", "Firm 120", "Firm 110"]
    assert companies(second) == ["Firm 100", "Firm 90"]
    assert first.listing is not None
    assert first.listing.pages == 2
    assert "6. Firm 100" in second.text


UNITS = {
    "Ash": "We pay $90,000 to $95,000 a year.",
    "Birch": "We pay $130,000 to $135,000 a year.",
    "Cedar": "We pay €200,000 to €210,000 a year.",
    "Dogwood": "We pay €220,000 to €230,000 a year.",
    "Elm": "We pay $900 to $950 an hour.",
    "Fir": "You bake bread every night.",
    "Gum": "We pay $110,000 to $115,000 a year.",
}


async def test_sorted_by_pay_each_currency_and_period_stands_for_itself_and_what_comes_behind_is_said(tmp_path: Path) -> None:
    texts = {name: posting_text(name, "Baker", f"{body}\n\nYou bake for the whole town.") for name, body in UNITS.items()}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        first, second = [await assistant.answer(Question(text="/search role: baker · sort: pay", page=page), Asker()) for page in (0, 1)]
        german = await assistant.answer(Question(text="/search role: baker · sort: pay"), Asker(locale="de"))
        alike = await ask(assistant, "/search role: baker · pay: 50000 USD a year · sort: pay")
    assert companies(first) + companies(second) == ["Birch", "Gum", "Ash", "Dogwood", "Cedar", "Elm", "Fir"]
    assert "Sorted by pay in USD a year. 3 state their pay in other currencies or for other periods and come behind." in first.text
    assert "1 states no pay and comes last." in first.text
    assert "Nach Gehalt in USD im Jahr sortiert." in german.text
    assert companies(alike) == ["Birch", "Gum", "Ash"]
    assert "Sorted by" not in alike.text


async def test_sorted_by_fit_what_states_most_comes_first(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        answer = await ask(assistant, "/search skills: Python, SQL · workplace: remote · sort: fit")
    assert companies(answer) == ["Ash", "Birch", "Elm"]


async def test_a_company_that_is_not_here_is_said_to_be_so(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        assert companies(await ask(assistant, "/search company: birch")) == ["Birch"]
        assert 'no posting from "Quux"' in (await ask(assistant, "/search company: Quux")).text


@pytest.mark.parametrize("wrong", ["country: Narnia", "pay: lots", "years: many", "degree: wizard", "workplace: moon", "sort: luck"])
async def test_a_value_that_is_none_is_refused_with_what_to_do(wrong: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        with pytest.raises(RolecallError, match="“"):
            await ask(assistant, f"/search {wrong}")


# What names some of more says how many more there are.

TREES = ("Alder", "Bay", "Chestnut", "Dogwood", "Elder", "Fir", "Gum", "Hazel", "Ivy", "Juniper")
KEPT_TO_ITSELF = {name: posting_text(name, "Baker", "You bake bread for the whole town every night.") for name in TREES}


async def test_who_is_here_is_told_with_how_many_more_there_are(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, KEPT_TO_ITSELF) as (_, assistant):
        answer = await ask(assistant, "what does Quuxworks pay?")
        french = await ask(assistant, "combien paie Quuxworks ?")
    assert "Here are postings from: Alder, Bay, Chestnut, Dogwood, Elder and 5 more" in answer.text
    assert "Alder, Bay, Chestnut, Dogwood, Elder et 5 de plus" in french.text


async def test_those_that_do_not_say_are_named_with_how_many_more_there_are(tmp_path: Path) -> None:
    paying = {"oak": posting_text("Oak", "Baker", "We pay $90,000 to $95,000 a year.\n\nYou bake.")}
    async with open_assistant(tmp_path, KEPT_TO_ITSELF | paying) as (_, assistant):
        answer = await ask(assistant, "who pays most?")
    assert "10 do not say:" in answer.text
    assert answer.text.endswith("and 2 more")


async def test_a_company_is_named_once_with_how_many_of_its_postings_do_not_say(tmp_path: Path) -> None:
    texts = {title: posting_text("Brook & Vale", title, f"You are our {title} for many guests.") for title in ("Cook", "Baker")}
    async with open_assistant(tmp_path, texts | {"b": posting_text("Ash", "Cook")}) as (_, assistant):
        answer = await ask(assistant, "who pays most?")
    assert "3 do not say: Ash, Brook & Vale (2)" in answer.text or "3 do not say: Brook & Vale (2), Ash" in answer.text


async def test_a_ranking_says_how_many_stand_below_it(tmp_path: Path) -> None:
    texts = {f"{n}": posting_text(f"Firm {n}", "Baker", f"We pay ${n},000 to ${n + 5},000 a year.\n\nYou bake.") for n in range(60, 83)}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await ask(assistant, "who pays most?")
    assert answer.rendered.items[0].startswith("1. Firm 82")
    assert answer.rendered.items[-1] == "… and 3 more."


ROLES = ("Baker", "Cook", "Waiter", "Cleaner", "Driver", "Cashier", "Gardener")


async def test_a_company_with_many_postings_is_asked_about_with_how_many_it_has(tmp_path: Path) -> None:
    texts = {role: posting_text("Elm", role, f"We pay ${n}0,000 a year.\n\nYou work nights.") for n, role in enumerate(ROLES, 3)}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        pay, alone = [await ask(assistant, text) for text in ("what does elm pay?", "elm")]
    assert pay.rendered.sentence == "Elm has 7 postings that fit. Which do you mean?"
    assert pay.rendered.items[-1] == "… and 2 more."
    assert alone.rendered.sentence == "5 of 7 postings side by side:"


# The index against a plain scan over the facts.

PLACES = st.builds(
    lambda scope, codes, areas, excluded: Eligibility(
        scope=scope,
        countries=tuple(codes) if scope is Scope.LISTED else (),
        areas=tuple(areas) if scope is Scope.LISTED else (),
        excluded=tuple(sorted(set(excluded) - set(codes))),
    ),
    st.sampled_from(Scope),
    st.lists(st.sampled_from(["US", "KE", "DE", "TR"]), max_size=2, unique=True),
    st.lists(st.sampled_from([Area.EU, Area.EUROPE, Area.AFRICA]), max_size=1),
    st.lists(st.sampled_from(["US", "KE"]), max_size=1),
)
AMOUNTS = st.one_of(st.none(), st.integers(1, 9).map(lambda tens: tens * 10_000.0))
PAYS = st.builds(
    lambda low, high, currency, per: (
        Pay(minimum=low, maximum=None if high is None or low is None else low + high, currency=currency, per=per)
        if low is not None
        else Pay(maximum=high or 5.0, currency=currency, per=per)
    ),
    AMOUNTS,
    AMOUNTS,
    st.sampled_from(["USD", "EUR"]),
    st.sampled_from([Period.YEAR, Period.HOUR]),
)
VALUES: dict[str, st.SearchStrategy[list[Any]]] = {
    "countries": st.lists(PLACES, max_size=1),
    "pay": st.lists(PAYS, max_size=2),
    "workplace": st.lists(st.sampled_from(Workplace), max_size=1),
    "employment_type": st.lists(st.sampled_from(EmploymentType), max_size=1),
    "visa": st.lists(st.sampled_from(Sponsorship), max_size=1),
    "experience": st.lists(st.builds(Experience, years=st.sampled_from([0.5, 1, 3, 5])), max_size=1),
    "education": st.lists(st.builds(Education, level=st.sampled_from(EducationLevel), required=st.booleans()), max_size=1),
}
ASKS = st.one_of(
    st.builds(lambda code: Ask(topic="countries", place=Place(typed=code, country=code)), st.sampled_from(["US", "KE", "DE", "TR"])),
    st.builds(
        lambda value, side, currency, per: Ask(topic="pay", amount=Amount(value=value, side=side, currency=currency, per=per)),
        st.integers(1, 9).map(lambda tens: tens * 10_000.0),
        st.sampled_from([Side.MORE, Side.LESS]),
        st.sampled_from(["USD", "EUR"]),
        st.just(Period.YEAR),
    ),
    st.builds(
        lambda kinds: Ask(topic="workplace", values=tuple(kinds)), st.lists(st.sampled_from(list(Workplace)), min_size=1, max_size=2)
    ),
    st.builds(
        lambda kinds: Ask(topic="employment_type", values=tuple(kinds)),
        st.lists(st.sampled_from(list(EmploymentType)), min_size=1, max_size=2),
    ),
    st.just(Ask(topic="visa")),
    st.builds(lambda years: Ask(topic="experience", years=Years(value=years, side=Side.LESS)), st.sampled_from([0, 1, 3, 4])),
    st.builds(lambda level: Ask(topic="education", level=level, is_own=level is not EducationLevel.NONE), st.sampled_from(EducationLevel)),
)
WORLD = st.lists(st.fixed_dictionaries(VALUES), min_size=1, max_size=6)


def to_posting(words: str, values: Mapping[str, list[Any]]) -> Posting:
    facts = {topic: tuple(Fact(value=value, quote=Quote(text="so")) for value in found) for topic, found in values.items() if found}
    return Posting(source=words, title="Cook", company=words, link=None, location=None, text=words, facts=facts)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(world=WORLD, changed=WORLD, asks=st.lists(ASKS, min_size=1, max_size=3), removed=st.sets(st.integers(0, 5)))
async def test_a_search_finds_what_a_plain_scan_over_the_facts_finds(
    searched: Store, world: list[Any], changed: list[Any], asks: list[Ask], removed: set[int]
) -> None:
    scope = str(await searched.version())
    kept = await searched.keep([to_posting(f"{scope} {n}", values) for n, values in enumerate(world)], scope=scope)
    await searched.keep([to_posting(f"{scope} {n}", values) for n, values in enumerate(changed[: len(world)])], scope=scope)
    for number in removed & set(range(len(world))):
        await searched.remove(kept[number].id, scopes=[scope])
    query = Query(asks=tuple(asks), reach=Reach.ALL, form=Form.LIST)
    assert None not in map(to_criterion, asks)
    found = await sort_out(searched, query, index=CompanyIndex(), scopes=[scope])
    plain: list[KeptPosting] = [one async for one in searched.every(scopes=[scope])]
    verdicts = {one.id: weigh(one, query).verdict for one in plain}
    fitting = found.fitting | found.beyond  # what is open to more than the place stands apart
    assert set(newest_of(fitting, 99)) == {number for number, verdict in verdicts.items() if verdict is Verdict.YES}
    assert set(newest_of(found.silent, 99)) == {number for number, verdict in verdicts.items() if verdict not in (Verdict.YES, Verdict.NO)}


@pytest.fixture
async def searched(tmp_path: Path) -> Any:
    async with open_store(await make_database(tmp_path / "searched.db")) as store:
        yield store


async def test_another_servers_postings_are_not_found(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS, scope="4711") as (store, assistant):
        assert companies(await ask(assistant, "/search workplace: remote", scopes=("4711",))) == ["Elm", "Birch", "Ash"]
        assert companies(await Assistant(store).answer(Question(text="/search workplace: remote"), Asker())) == []
        assert await store.list_keys("skills", "", scopes=[EVERYONE]) == []


IN_GERMANY = {
    "ash": posting_text("Ash", "Baker", "Location: Leipzig, Germany\n\nYou work in our bakery in Leipzig."),
    "birch": posting_text("Birch", "Baker", "Location: Remote (Germany)\n\nWe pay €60,000 a year."),
    "cedar": posting_text("Cedar", "Baker", "Location: Remote (Europe)\n\nWe pay €90,000 a year."),
    "dogwood": posting_text("Dogwood", "Baker", "Location: Remote worldwide\n\nYou may work from any country."),
    "elm": posting_text("Elm", "Baker", "Location: Lisbon, Portugal\n\nYou work in our bakery in Lisbon."),
}


async def test_where_one_would_work_from_finds_all_that_is_open_there(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, IN_GERMANY) as (_, assistant):
        answer = await ask(assistant, "/search country: Germany · sort: pay")
    assert companies(answer) == ["Cedar", "Birch", "Dogwood", "Ash"]
    assert "more are open to people there" not in answer.text


@pytest.mark.parametrize(
    "words", ["remote jobs from anywhere in the world", "anything i can do from anywhere on earth", "which are worldwide"]
)
async def test_jobs_for_the_whole_world_are_not_those_of_one_country(words: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, IN_GERMANY) as (_, assistant):
        assert companies(await ask(assistant, words)) == ["Dogwood"]


async def test_a_city_called_like_its_state_is_where_the_state_is_written(tmp_path: Path) -> None:
    texts = {
        "ash": posting_text("Ash", "Baker", "Location: 9 Rye St, Brooklyn, N.Y.\n\nYou bake."),
        "birch": posting_text("Birch", "Baker", "Location: Albany Mill, Leipzig, Germany\n\nYou bake."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        assert companies(await ask(assistant, "which jobs are in new york")) == ["Ash"]


@pytest.mark.parametrize("place", ["Bavaria", "Munich", "Bayern"])
async def test_who_lives_in_a_part_of_a_country_may_take_what_is_remote_there_and_not_what_is_in_another_town(
    place: str, tmp_path: Path
) -> None:
    async with open_assistant(tmp_path, IN_GERMANY) as (_, assistant):
        answer = await ask(assistant, f"/search country: {place}")
        words = await ask(assistant, f"jobs in {place}")
    assert companies(answer) == ["Dogwood", "Cedar", "Birch"]
    assert companies(words) == ["Dogwood"]


@pytest.mark.parametrize(
    "words",
    [
        "which jobs take people from Munich",
        "wer nimmt leute aus München",
        "abeg which of dem fit take person wey dey Munich",
        "based in Munich, any job i could do",
        "from Munich, which of these take me?",
    ],
)
async def test_whoever_takes_people_of_a_town_is_remote_in_its_country_or_there(words: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, IN_GERMANY) as (_, assistant):
        assert "Birch" in companies(await ask(assistant, words))


ROLES_OF_ELM = {role: posting_text("Elm", role, "You work nights.") for role in ("Baker", "Cook", "Waiter")}


@pytest.mark.parametrize("typed", ["Elm: Cook", "elm:cook", "Elm: Cook #2", "Elm #2", "#2"])
async def test_a_search_of_a_company_and_role_lists_that_role(typed: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, ROLES_OF_ELM) as (_, assistant):
        answer = await ask(assistant, f"/search company: {typed}")
    assert [one.title for one in answer.postings] == ["Cook"]


async def test_options_may_stand_with_nothing_but_a_space_between_and_none_is_passed_over(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        assert companies(await ask(assistant, "/search skills: Python, SQL workplace: remote sort: pay")) == ["Ash"]
        assert companies(await ask(assistant, "/search skills: Python; SQL")) == ["Ash"]
        for wrong in ("skills: SQL · banana: 3", "skills: SQL banana: 3", "pay: EUR", "pay: 60000 XYZ"):
            with pytest.raises(RolecallError, match="“"):
                await ask(assistant, f"/search {wrong}")


async def test_what_is_compared_is_two_at_least_each_once_and_what_is_not_here_is_named(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        for wrong in ("ash", "ash · Ash", "ash · birch · cedar · elm · fir · gum"):
            with pytest.raises(RolecallError, match="Name 2 to 5"):
                await ask(assistant, f"/compare {wrong}")
        assert "2 postings side by side" in (await ask(assistant, write_command("compare", ["ash · birch", "Ash"]))).text
        told = (await ask(assistant, "/compare #999 · ash")).text
    assert 'no posting from "#999"' in told
    assert "Ash" in told


WORKERS = {
    "ash": posting_text("Ash", "Platform Engineer", "The job is remote.\n\n## Requirements\n- SQL"),
    "birch": posting_text("Birch", "Frontend Developer", "The job is remote.\n\n## Requirements\n- SQL"),
    "cedar": posting_text("Cedar", "Softwareentwickler (m/w/d)", "The job is remote.\n\n## Requirements\n- SQL"),
    "dogwood": posting_text("Dogwood", "Junior Data Analyst", "The job is remote.\n\n## Requirements\n- SQL"),
}


@pytest.mark.parametrize(
    "words",
    [
        "remote developer jobs",
        "SQL engineer jobs",
        "/search role: engineer · skills: SQL",
        "/search role: developer",
        "SQL entwickler jobs",
    ],
)
async def test_a_developer_may_be_an_engineer_and_is_no_analyst(words: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, WORKERS) as (_, assistant):
        answer = await ask(assistant, words)
    assert sorted(filter(None, companies(answer))) == ["Ash", "Birch", "Cedar"]


@pytest.mark.parametrize(
    ("command", "meant"),
    [("skills: Pyton", "Python"), ("role: platfrom enginer", "Platform Engineer"), ("skills: Kuberntes · country: Kenya", "Kubernetes")],
)
async def test_what_no_posting_has_is_asked_back_where_it_was_mistyped(command: str, meant: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, WORKERS) as (_, assistant):
        answer = await ask(assistant, f"/search {command}")
        unlike = await ask(assistant, "/search role: astronaut")
    assert f"Do you mean {meant}?" in answer.text
    assert "Do you mean" not in unlike.text


OFFERED = {
    "alder": posting_text(
        "Alder",
        "Florist",
        "Location: Lyon, France\n\nPlease add a cover letter.\n\nApplications close on 3 May 2031.\n\n## Benefits\n- Stock options",
    ),
    "beech": posting_text(
        "Beech",
        "Florist",
        "Location: Remote, Worldwide.\n\nWe pay $40,000 to $60,000 a year.\n\n"
        "## Requirements\n- A drive for equity among growers\n- You work closely with growers and meet deadlines",
    ),
    "cork": posting_text(
        "Cork", "Baker", "Location: Tours, France\n\nWe pay $70,000 to $90,000 a year.\n\nSend your CV.\n\n## Benefits\n- A bonus"
    ),
}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("which ones want a cover letter", ["Alder"]),
        ("any jobs that ask for a motivation letter?", ["Alder"]),
        ("welche wollen ein anschreiben", ["Alder"]),
        ("quelles offres demandent une lettre de motivation", ["Alder"]),
        ("que ofertas piden una carta de motivacion", ["Alder"]),
        ("who wants a cv", ["Cork"]),
        ("which of them have a deadline", ["Alder"]),
        ("which companies are here", ["Cork", "Beech", "Alder"]),
        ("who gives equity", ["Alder"]),
        ("anybody offering stock options", ["Alder"]),
        ("quién ofrece un bono", ["Cork"]),
        ("wer zahlt einen bonus", ["Cork"]),
        ("jobs in lyon", ["Alder"]),
        ("what is open to people in lyon", ["Beech", "Alder"]),
        ("remote jobs in lyon", ["Beech"]),
        ("i live in lyon, which jobs can i take", ["Beech", "Alder"]),
        ("which jobs pay 50k", ["Beech"]),
        ("which jobs pay 80k", ["Cork"]),
    ],
)
async def test_a_list_holds_those_that_say_it(message: str, expected: list[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, OFFERED) as (_, assistant):
        assert companies(await ask(assistant, message)) == expected


KINDS = {
    "amber": posting_text("Amber", "Glazier", "Location: Lyon, France\n\nThe job is remote.\n\nWe pay MX$30,000 to MX$40,000 a month."),
    "beryl": posting_text(
        "Beryl", "Glazier", "Location: Accra, Ghana\n\nThe job is hybrid.\n\nThis is a freelance contract.\n\nWe pay €300 to €400 a day."
    ),
    "coral": posting_text(
        "Coral", "Glazier", "Location: Accra, Ghana\n\nYou work on-site in our office.\n\nThis is a part-time internship."
    ),
}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("remote jobs, no hybrid", ["Amber"]),
        ("remote jobs that dont need rust", []),
        ("remote jobs but not in ghana", ["Amber"]),
        ("jobs that are remote or hybrid", ["Beryl", "Amber"]),
        ("which jobs are neither remote nor hybrid", ["Coral"]),
        ("any freelance gigs? not looking for perm", ["Beryl"]),
        ("des offres pour indépendants ?", ["Beryl"]),
        ("which one is in pesos", ["Amber"]),
        ("laquelle donne un TJM", ["Beryl"]),
        ("anything in euros?", ["Beryl"]),
    ],
)
async def test_a_kind_of_work_or_pay_is_wanted_where_it_is_not_denied(message: str, expected: list[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, KINDS) as (_, assistant):
        assert companies(await ask(assistant, message)) == expected


JOINED = {
    "fern": posting_text("Fern", "Gardener", "We use Rust and SQL.\n\n## Benefits\n- Dental insurance\n- Help with relocation"),
    "gorse": posting_text("Gorse", "Gardener", "We use Rust.\n\nYou can reach us by bike.\n\n## Benefits\n- Dental insurance\n- A pension"),
    "hazel": posting_text(
        "Hazel", "Gardener", "We use SQL.\n\nGood computer skills help.\n\nWe provide seeds.\n\n## Benefits\n- A pension"
    ),
}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("who uses rust and sql", ["Fern"]),
        ("quién pide rust y sql", ["Fern"]),
        ("wer nutzt rust und sql", ["Fern"]),
        ("which ones use both rust and sql", ["Fern"]),
        ("which use rust but not sql", []),
        ("real sql jobs, i mean sql not sqlite", ["Hazel", "Fern"]),
        ("who uses rust or sql", ["Hazel", "Gorse", "Fern"]),
        ("rust and sql jobs", ["Hazel", "Gorse", "Fern"]),
        ("who has dental and a pension", ["Gorse"]),
        ("who covers relocation", ["Fern"]),
        ("which ones talk abt bikes", ["Gorse"]),
        ("which ones literally say seeds", ["Hazel"]),
        ("any that mention computer skills?", ["Hazel"]),
        ("which ones mention ci/cd", []),
        ("who provides a laptop", []),
    ],
)
async def test_a_list_of_several_things_holds_those_that_say_each(message: str, expected: list[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, JOINED) as (_, assistant):
        assert companies(await ask(assistant, message)) == expected


FIELDS = {
    "iris": posting_text("Iris", "Design Engineer"),
    "jade": posting_text("Office of City Parks", "Gardener"),
    "kale": posting_text("Kale", "Gardener"),
    "leek": posting_text("Leek", "Gardener", "Apply on USAJOBS.\n\nGrade GS-7. Veterans' preference is given to veterans."),
    "mint": posting_text("Mint", "Software Engineer in Test"),
    "nori": posting_text("Nori", "Site Reliability Engineer"),
    "okra": posting_text("Okra", "DevOps Lead"),
}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("any design roles", ["Iris"]),
        ("which government jobs do you have", ["Leek", "Office of City Parks"]),
        ("just the gov / public sector ones please", ["Leek", "Office of City Parks"]),
        ("public sector ones?", ["Leek", "Office of City Parks"]),
        ("welche sind im öffentlichen dienst", ["Leek", "Office of City Parks"]),
        ("which ones are with the government", ["Leek", "Office of City Parks"]),
        ("any test / qa jobs", ["Mint"]),
        ("devops and sre jobs", ["Okra", "Nori"]),
    ],
)
async def test_a_field_is_told_by_a_title_or_an_employer(message: str, expected: list[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, FIELDS) as (_, assistant):
        assert companies(await ask(assistant, message)) == expected


async def test_it_right_after_a_company_that_is_not_here_is_never_the_one_spoken_of_before(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED) as (_, assistant):
        assert (await ask(assistant, "what does birch pay", conversation="c")).company == "Birch"
        assert (await ask(assistant, "and hooli?", conversation="c")).state is State.NO_SUCH_COMPANY
        assert (await ask(assistant, "what does it pay", conversation="c")).state is State.NO_SUCH_COMPANY
        assert (await ask(assistant, "and ash?", conversation="c")).company == "Ash"
        assert (await ask(assistant, "is it remote", conversation="c")).company == "Ash"


async def test_of_another_posting_that_is_one_thing_or_the_other_only_it_is_asked(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, RANKED) as (_, assistant):
        await ask(assistant, "what does birch pay", conversation="c")
        assert companies(await ask(assistant, "and ash, is that remote or in an office", conversation="c")) == ["Ash"]
        assert set(companies(await ask(assistant, "does it or birch pay more", conversation="c"))) == {"Ash", "Birch"}


WEIGHED = {
    "pine": posting_text(
        "Pine",
        "Baker",
        "Remote in the United Kingdom.\n\nWe pay $70,000 to $90,000 a year.\n\nWe also use Redis and Kafka. Experience with these is a "
        "bonus but not necessary!\n\n## Requirements\n- 5 years of experience\n- A bachelor's degree",
    ),
    "rowan": posting_text(
        "Rowan", "Glazier", "Remote, worldwide.\n\nWe pay $60,000 to $80,000 a year.\n\n## Requirements\n- 5 years of experience"
    ),
    "tulip": posting_text("Tulip", "Potter", "Remote in the United States.\n\nWe pay $90,000 a year, or 80% of that for outside the US."),
    "ulex": posting_text(
        "Ulex",
        "Roofer",
        "Remote in the United States, Kenya or Ghana.\n\nWe pay $90,000 a year. Pay outside of the US is set by the country.",
    ),
    "sorrel": posting_text("Sorrel", "Diver", "Remote in Nigeria.\n\nWe pay $50,000 to $100,000 a year."),
}


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("does pine pay more than rowan", Verdict.YES),
        ("does rowan pay better than pine?", Verdict.NO),
        ("does rowan pay less than pine?", Verdict.YES),
        ("does pine ask for more experience than rowan does?", Verdict.NO),
        ("exige pine más experiencia que rowan?", Verdict.NO),
        ("zahlt pine mehr als rowan?", Verdict.YES),
        ("does pine pay more than sorrel", Verdict.UNCLEAR),
        ("which pays more, pine or rowan", None),
    ],
)
async def test_whether_one_states_more_than_the_other_is_said(question: str, verdict: Verdict | None, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, WEIGHED) as (_, assistant):
        answer = await ask(assistant, question)
    assert answer.verdict is verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("based out of Cardiff, Wales. am i ok for the pine baker job??", Verdict.YES),
        ("sat in leeds rn. am i ok for the pine one?", Verdict.YES),
        ("stuck in texas atm, does that rule me out for pine?", Verdict.YES),
        ("does living in cardiff disqualify me for pine?", Verdict.NO),
        ("puedo trabajar con rowan viviendo en colombia?", Verdict.YES),
        ("tulip: me living in recife, brazil. possible?", Verdict.YES),
        ("can i work for tulip from texas", Verdict.YES),
        ("can i work for ulex from japan", Verdict.NO),
        ("Naija dev here can I apply for the sorrel diver role", Verdict.YES),
        ("Brauch ich für den Job bei Pine zwingend einen Doktortitel?", Verdict.NO),
        ("Braucht man bei Pine zwingend Redis-Kenntnisse?", Verdict.NO),
    ],
)
async def test_where_somebody_lives_and_what_they_need_is_weighed(question: str, verdict: Verdict, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, WEIGHED) as (_, assistant):
        answer = await ask(assistant, question)
    assert answer.verdict is verdict
