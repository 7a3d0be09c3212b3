"""Whether a posting fits somebody: met, not met or not said, each with its quote."""

from pathlib import Path

import pytest
from builders_answering import open_assistant, posting_text

from bot.answering.fit import compare_requirements
from bot.domain.answer import State
from bot.domain.errors import RolecallError
from bot.domain.facts import Period
from bot.domain.person import EVERYONE, Asker
from bot.domain.query import Question, Verdict
from bot.questions.commands import read_pay, read_profile, write_profile

BODY = """You must live in Kenya or Uganda.

We pay $50,000 to $60,000 a year.

## Requirements
- At least 3 years of experience as a baker
- A bachelor's degree is required
- Python is required
- Nice to have: Rust
"""
ME = {"country": "Kenya", "years": "2", "degree": "master", "skills": "Python", "visa": "yes", "pay": "55000 USD a year"}


async def verdicts(folder: Path, told: dict[str, str]) -> dict[str, Verdict]:
    async with open_assistant(folder, {"a": posting_text("Acme", "Baker", BODY)}) as (store, _):
        (kept,) = [one async for one in store.every(scopes=[EVERYONE])]
        return {one.topic: one.verdict for one in compare_requirements(kept, read_profile(told))}


async def test_each_requirement_that_can_be_compared_is_met_not_met_or_not_said(tmp_path: Path) -> None:
    assert await verdicts(tmp_path, ME) == {
        "countries": Verdict.YES,
        "experience": Verdict.NO,
        "education": Verdict.YES,
        "skills": Verdict.YES,
        "visa": Verdict.UNCLEAR,
        "pay": Verdict.YES,
    }


@pytest.mark.parametrize(
    ("told", "topic", "verdict"),
    [
        ({"country": "Japan"}, "countries", Verdict.NO),
        ({"skills": "Go"}, "skills", Verdict.NO),
        ({"pay": "70000 USD a year"}, "pay", Verdict.NO),
        ({"pay": "70000 EUR a year"}, "pay", Verdict.UNCLEAR),
        ({"degree": "high school"}, "education", Verdict.NO),
    ],
)
async def test_what_is_not_met_or_stated_otherwise(told: dict[str, str], topic: str, verdict: Verdict, tmp_path: Path) -> None:
    assert (await verdicts(tmp_path, told))[topic] is verdict


async def test_the_answer_tells_each_with_the_postings_words_and_gives_no_score(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Acme", "Baker", BODY)}) as (_, assistant):
        answer = await assistant.answer(Question(text="/fit acme", profile=read_profile(ME)), Asker())
    assert answer.state is State.ANSWERED
    assert answer.rendered.sentence == "4 met, 1 not met, 1 not said"
    assert "“At least 3 years of experience as a baker”" in answer.text
    assert "%" not in answer.text


async def test_what_was_told_is_in_no_memory_of_answers_or_conversations(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Acme", "Baker", BODY)}) as (_, assistant):
        asker = Asker(conversation="7")
        await assistant.answer(Question(text="/search fits: yes", profile=read_profile(ME)), asker)
        assert "2" not in str(assistant._conversations._memory.recall("7"))  # noqa: SLF001 - what is remembered has no other way out


def test_what_is_told_is_written_as_it_can_be_typed() -> None:
    assert write_profile(read_profile(ME)) == {**ME, "pay": "55000 USD year"}
    assert read_profile(write_profile(read_profile(ME))) == read_profile(ME)
    assert write_profile(read_profile({})) == {}
    with pytest.raises(RolecallError, match="no country or state"):
        read_profile({"country": "Narnia"})


@pytest.mark.parametrize(
    ("typed", "value", "currency", "per"),
    [
        ("120000 USD a year", 120_000, "USD", Period.YEAR),
        ("60.000 € im Jahr", 60_000, "EUR", Period.YEAR),
        ("60 000 EUR par an", 60_000, "EUR", Period.YEAR),
        ("30000 EUR al año", 30_000, "EUR", Period.YEAR),
        ("8000 BRL por mês", 8_000, "BRL", Period.MONTH),
        ("25 pro Stunde", 25, None, Period.HOUR),
        ("60000 per year", 60_000, None, Period.YEAR),
    ],
)
def test_the_least_pay_is_typed_in_any_of_the_languages(typed: str, value: float, currency: str | None, per: Period) -> None:
    read = read_pay(typed)
    assert (read.value, read.currency, read.per) == (value, currency, per)


@pytest.mark.parametrize("typed", ["60k", "-2", "99", "120", "four", "3 EUR", "4 years and 60k EUR"])
def test_what_is_no_number_of_years_is_refused(typed: str) -> None:
    with pytest.raises(RolecallError, match="is no number of years"):
        read_profile({"years": typed})


@pytest.mark.parametrize("typed", ["4, 60000 EUR", "4; 60000", "1.2.3.4 EUR", "-2", "60000 EUR 4", "60000.5.5"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(RolecallError, match="is no amount of pay"):
        read_profile({"pay": typed})


@pytest.mark.parametrize("typed", ["python3", "Python 3.11", "Java; Python 3", "rust\npython"])
async def test_a_skill_is_had_whatever_its_version_and_the_sign_between(typed: str, tmp_path: Path) -> None:
    assert (await verdicts(tmp_path, {"skills": typed}))["skills"] is Verdict.YES


ELSEWHERE = """Base salary in California: $165,000 to $195,000 a year

Base salary in all other states: $150,000 to $175,000 a year
"""


@pytest.mark.parametrize("pay", ["60000 EUR", "60000 USD a year"])
async def test_pay_that_holds_elsewhere_is_told_and_left_open(pay: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Acme", "Baker", ELSEWHERE)}) as (store, _):
        (kept,) = [one async for one in store.every(scopes=[EVERYONE])]
        (_, found) = compare_requirements(kept, read_profile({"country": "Kenya", "pay": pay}))
    assert (found.topic, found.verdict) == ("pay", Verdict.UNCLEAR)
    assert "$165,000 to $195,000" in found.told


@pytest.mark.parametrize(
    ("asked", "picked", "told"),
    [
        ("do i fit acme?", "the cook one", "1 met"),
        ("/fit acme", "the second one", "1 met"),
        ("show me the whole posting of acme", "the cook one", "The whole posting:"),
    ],
)
async def test_who_is_asked_back_which_role_is_told_what_was_asked(asked: str, picked: str, told: str, tmp_path: Path) -> None:
    texts = {role: posting_text("Acme", role, f"## Requirements\n- {n} years of experience") for n, role in ((2, "Cook"), (3, "Baker"))}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        asker, me = Asker(conversation="c"), read_profile({"years": "2"})
        assert (await assistant.answer(Question(text=asked, profile=me), asker)).state is State.AMBIGUOUS
        answer = await assistant.answer(Question(text=picked, profile=me), asker)
    assert told in answer.text
    assert [one.title for one in answer.postings] == ["Cook"]


@pytest.mark.parametrize(
    ("line", "skills", "told"),
    [
        ("3 years of experience with Go or Rust", "COBOL", [("Go or Rust", Verdict.NO)]),
        ("3 years of experience with Go or Rust", "Rust", [("Rust", Verdict.YES)]),
        ("Java, Kotlin oder Scala", "Go", [("Java, Kotlin oder Scala", Verdict.NO)]),
        ("Experiencia con Angular o React", "Go", [("Angular o React", Verdict.NO)]),
        ("Python/R is needed", "Go", [("Python/R", Verdict.NO)]),
        ("Unity or Godot", "Go", [("Unity or Godot", Verdict.NO)]),
        ("A cloud such as AWS, Azure or GCP", "Go", [("AWS, Azure or GCP", Verdict.UNCLEAR)]),
        ("Go or Rust would be a plus", "COBOL", []),
    ],
)
async def test_of_several_skills_that_would_do_one_is_enough(line: str, skills: str, told: list[object], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Acme", "Baker", f"## Requirements\n- {line}\n- You bake")}) as (store, _):
        (kept,) = [one async for one in store.every(scopes=[EVERYONE])]
        assert [(one.told, one.verdict) for one in compare_requirements(kept, read_profile({"skills": skills}))] == told
