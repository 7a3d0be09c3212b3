"""Closed postings are told as closed in every answer, and left out of lists, searches and comparisons unless they are wanted."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from builders_answering import ask, open_assistant, posting_text

from bot.answering.assistant import Assistant
from bot.domain.answer import Answer
from bot.domain.person import EVERYONE, Asker
from bot.domain.posting import Evidence, Openness
from bot.domain.query import Question
from bot.parsing.parse import parse_posting
from bot.presentation.answer_card import View, answer_card
from bot.storage.boards import Enrolled, Seen
from bot.storage.store import Store

TEXTS = {
    "a.md": posting_text("Acme", "Baker", "We pay $90,000 a year. The job is remote."),
    "b.md": posting_text("Brook", "Baker", "We pay $80,000 a year. The job is remote."),
    "c.md": posting_text("Brook", "Miller", "We pay $70,000 a year. The job is in an office."),
}


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[Store, Assistant]]:
    """Acme's posting is closed, Brook's baker was seen open, and of its miller nothing is known."""
    async with open_assistant(folder, TEXTS) as (store, assistant):
        await find(store, "Acme", Openness.CLOSED, Evidence.WORDS)
        await find(store, "Brook", Openness.OPEN, Evidence.PAGE)
        yield store, assistant


async def find(store: Store, company: str, openness: Openness, by: Evidence) -> None:
    new = await store.boards.read_unlisted(0, 9)
    await store.boards.enrol([Enrolled(one, None, None) for one in new])
    listed = await store.list_postings(scopes={EVERYONE})
    number = next(one.id for one in listed if one.company == company)
    await store.boards.settle(Seen(number, openness, by), next_at=None)


def note_of(answer: Answer) -> str:
    return answer_card(answer, View(owner=1)).note or ""


async def test_an_answer_says_when_its_posting_was_last_seen_open_or_that_it_is_closed(tmp_path: Path) -> None:
    async with opened(tmp_path) as (store, assistant):
        assert "closed: its page says so, found <t:" in note_of(await ask(assistant, "what does acme pay?"))
        assert "seen open <t:" in note_of(await ask(assistant, "what does brook pay a baker?"))
        assert note_of(await ask(assistant, "what does brook pay a miller?")).count("·") == 0
        await find(store, "Brook", Openness.UNKNOWN, Evidence.PAGE)
        await find(store, "Acme", Openness.OPEN, Evidence.PAGE)
        assert "seen open" in note_of(await ask(assistant, "what does acme pay?"))
        assert "last seen open" in note_of(await ask(assistant, "what does brook pay a baker?"))


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ("/search workplace: remote", ["Brook"]),
        ("/search workplace: remote · closed: yes", ["Brook", "Acme"]),
        ("which jobs are remote?", ["Brook"]),
        ("which job pays most?", ["Brook"]),
        ("all jobs", ["Brook", "Brook"]),
    ],
)
async def test_closed_postings_are_in_a_list_only_where_they_are_wanted(question: str, there: list[str], tmp_path: Path) -> None:
    async with opened(tmp_path) as (_, assistant):
        answer = await ask(assistant, question)
        assert [one.company for one in answer.postings] == there
        assert ("Closed: Acme · Baker" in note_of(answer)) == ("Acme" in there)


async def test_of_a_company_the_open_postings_are_meant_as_long_as_there_are_any(tmp_path: Path) -> None:
    async with opened(tmp_path) as (store, assistant):
        await find(store, "Brook", Openness.CLOSED, Evidence.GONE)
        answer = await ask(assistant, "what does brook pay?")
        assert [one.title for one in answer.postings] == ["Miller"]
        assert "$80,000" in (await ask(assistant, "what does brook pay a baker?")).text


async def test_the_same_answer_stays_the_same_as_long_as_nothing_was_seen(tmp_path: Path) -> None:
    """So that its card is laid out once."""
    async with opened(tmp_path) as (_, assistant):
        first = await ask(assistant, "what does acme pay?")
        assert await ask(assistant, "what does acme pay?") is first


async def test_an_answer_says_where_else_its_job_stands_to_those_who_may_see_it_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as (store, assistant):
        agency = parse_posting(posting_text("Agency [for] Bakers", "Baker", "We bake."), "d.md")
        (kept,) = await store.keep([agency.model_copy(update={"link": "https://agency.example/jobs/1"})], scope="7")
        await find(store, "Brook", Openness.OPEN, Evidence.PAGE)
        number = next(one.id for one in await store.list_postings(scopes={EVERYONE}) if one.title == "Baker" and one.company == "Brook")
        await store.same_jobs.write(number, {kept.id: False})
        seen = frozenset({EVERYONE, "7"})
        inside = await assistant.answer(Question(text="what does brook pay a baker?"), Asker(scopes=seen))
        outside = await assistant.answer(Question(text="what does brook pay a baker?"), Asker())
        assert note_of(inside).endswith("· also at [Agency \\[for\\] Bakers](https://agency.example/jobs/1)")
        assert "also" not in note_of(outside)
        listed = await assistant.answer(Question(text="/search workplace: remote"), Asker(scopes=seen))
        assert ["also at" in entry.body for entry in answer_card(listed, View(owner=1)).entries] == [True]


async def test_an_answer_says_that_its_posting_is_posted_anew(tmp_path: Path) -> None:
    async with opened(tmp_path) as (store, assistant):
        again = parse_posting(posting_text("Acme", "Baker", "We pay $95,000 a year. The job is remote."), "e.md")
        (kept,) = await store.keep([again.model_copy(update={"link": "https://acme.example/jobs/2"})], scope=EVERYONE)
        await store.boards.enrol([Enrolled(one, None, None) for one in await store.boards.read_unlisted(0, 9)])
        number = next(one.id for one in await store.list_postings(scopes={EVERYONE}) if one.company == "Acme" and one.id != kept.id)
        await store.same_jobs.write(kept.id, {number: True})
        note = note_of(await ask(assistant, "what does acme pay?"))
        assert re.search(r"· reposted, the earlier posting was read <t:\d+:D>$", note)


async def test_sorted_by_pay_a_closed_posting_that_is_wanted_stands_where_its_pay_does(tmp_path: Path) -> None:
    async with opened(tmp_path) as (_, assistant):
        answer = await ask(assistant, "/search closed: yes · sort: pay")
    assert [(one.company, one.title) for one in answer.postings] == [("Acme", "Baker"), ("Brook", "Baker"), ("Brook", "Miller")]
    assert "states no pay" not in answer.text
