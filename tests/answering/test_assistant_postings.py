"""A posting may be named by its id; what was answered before is not worked out again, and never after a change."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders_answering import ask, open_assistant, posting_text

from bot.domain.answer import State
from bot.domain.person import EVERYONE, Actor, Asker
from bot.domain.query import Question
from bot.intake.corrections import correct

TEXTS = {
    "staff.md": posting_text("Brook", "Staff Engineer", "We pay $190,000 to $210,000 a year.\n\nYou will build pipelines."),
    "data.md": posting_text("Brook", "Data Analyst", "We pay $90,000 to $110,000 a year.\n\nYou will count what is sold."),
}


async def test_the_posting_of_that_id_answers_and_no_other(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        answer = await assistant.answer(Question(topic="pay", posting=2), Asker())
        assert answer.rendered.sentence == "$90,000 to $110,000 a year"
        assert [posting.id for posting in answer.postings] == [2]


async def test_its_free_question_may_name_the_company_or_not(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        for text in ("what does brook pay?", "what does it pay?"):
            answer = await assistant.answer(Question(text=text, posting=1), Asker())
            assert answer.rendered.sentence == "$190,000 to $210,000 a year"
        named, unnamed = [
            await assistant.answer(Question(text=text, posting=1), Asker()) for text in ("requirements at brook?", "requirements?")
        ]
        assert named.rendered == unnamed.rendered


async def test_a_posting_out_of_sight_is_gone(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS, scope="7") as (_, assistant):
        answer = await assistant.answer(Question(topic="pay", posting=1), Asker())
        assert answer.state is State.NO_SUCH_COMPANY
        assert answer.postings == ()
        seen = await assistant.answer(Question(topic="pay", posting=1), Asker(scopes=frozenset({"7"})))
        assert seen.state is State.ANSWERED


async def test_an_answer_is_given_again_until_something_changes(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (store, assistant):
        first = await ask(assistant, "pay at brook for the analyst")
        assert await ask(assistant, "pay at brook for the analyst") is first
        await store.remove(2, scopes={EVERYONE})
        assert (await ask(assistant, "pay at brook for the analyst")).rendered != first.rendered


async def test_what_is_given_again_is_remembered_as_the_first_time(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        for person in ("ann", "bob"):
            await ask(assistant, "pay at brook for the analyst", conversation=person)
            assert (await ask(assistant, "and what would I do all day?", conversation=person)).postings[0].id == 2


async def test_a_follow_up_is_never_given_again_in_another_conversation(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        told = {}
        for person, role in (("ann", "analyst"), ("bob", "staff engineer"), ("cid", "analyst")):
            await ask(assistant, f"tell me about brook, the {role}", conversation=person)
            told[person] = (await ask(assistant, "and what does it pay?", conversation=person)).rendered.sentence
        assert told == {"ann": "$90,000 to $110,000 a year", "bob": "$190,000 to $210,000 a year", "cid": "$90,000 to $110,000 a year"}
        assert (await ask(assistant, "and what does it pay?", conversation="dan")).state is State.NOT_UNDERSTOOD


async def test_a_person_is_forgotten_in_all_of_their_conversations(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        for conversation in ("7", "lobby:7", "lobby:17"):
            await ask(assistant, "pay at brook for the analyst", conversation=conversation)
        assert [one.id for one in await assistant.remembers("7", Asker())] == [2]
        assistant.forget("7")
        assert await assistant.remembers("7", Asker()) == ()
        assert len(await assistant.remembers("17", Asker())) == 1


async def test_the_nearest_names_come_with_their_postings(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a.md": posting_text("Nixtla", "Engineer")}) as (_, assistant):
        answer = await assistant.answer(Question(topic="pay", company="nixtelaro"), Asker())
        assert answer.state is not State.ANSWERED
        assert {one.company for one in (*answer.postings, *answer.suggested)} <= {"Nixtla"}


async def test_a_company_s_postings_are_given_by_any_spelling_of_its_name_newest_first_and_only_those_in_sight(tmp_path: Path) -> None:
    texts = {**TEXTS, "other.md": posting_text("Brookside")}
    async with open_assistant(tmp_path, texts, scope="7") as (_, assistant):
        seen = Asker(scopes=frozenset({"7"}))
        assert [kept.id for kept in await assistant.postings_like("BROOK, Inc.", seen)] == [2, 1]
        assert [kept.id for kept in await assistant.postings_like("brook", seen, limit=1)] == [2]
        assert await assistant.postings_like("Brook", Asker()) == ()
        assert await assistant.postings_like("", seen) == ()


async def test_an_answer_names_who_put_right_what_it_tells(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"staff.md": TEXTS["staff.md"]}) as (store, assistant):
        kept = await store.get(1, scopes={EVERYONE})
        assert kept is not None
        ada = Actor(id="discord:7", name="ada")
        corrected = correct(kept.posting, {"pay": "190,000 USD a year | $190,000"}, by=ada, at=datetime(2026, 1, 1, tzinfo=UTC))
        await store.revise(1, corrected, scopes={EVERYONE}, by=ada)
        pay = await assistant.answer(Question(topic="pay", posting=1), Asker())
        assert (pay.rendered.sentence, pay.corrected_by) == ("$190,000 a year", ada)
        others = await assistant.answer(Question(topic="responsibilities", posting=1), Asker())
        assert others.corrected_by is None


async def test_postings_that_say_as_much_but_not_the_same_are_not_one_answer(tmp_path: Path) -> None:
    texts = {
        f"{title}.md": posting_text("Acme", title, f"## Requirements\n\n* {first}\n* {second}\n\n## Pay\n\nWe pay $20 an hour.\n")
        for title, first, second in (
            ("Baker", "2 years of baking bread", "Likes nights"),
            ("Clerk", "5 years of filing letters", "Likes paper"),
        )
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        asked = await ask(assistant, "requirements at acme")
        assert asked.state is State.AMBIGUOUS
        told = {"Baker: 2 requirements: 2 years of baking bread", "Clerk: 2 requirements: 5 years of filing letters"}
        assert set(asked.rendered.items) == told
        both = await ask(assistant, "pay and experience at acme")
        assert both.state is State.AMBIGUOUS
        assert [("$20" in line, "2 years" in line) for line in both.rendered.items] == [(True, False), (True, True)]
        assert (await ask(assistant, "what does acme pay?")).state is State.ANSWERED


async def test_of_a_few_postings_one_is_told_by_words_that_its_text_begins_with(tmp_path: Path) -> None:
    texts = {
        "lamp.md": posting_text("Tarn Works", "Data Analyst", "We run a lit lighthouse.\n\nWe pay $90,000 a year."),
        "oven.md": posting_text("Brook", "Staff Engineer", f"We bake. {'We like bread. ' * 120}\n\nWe see a lighthouse and goats."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        told = await ask(assistant, "what does the lighthouse job pay", conversation="ann")
        assert [posting.company for posting in told.postings] == ["Tarn Works"]
        told = await ask(assistant, "the lit lighthouse: what does it pay", conversation="eve")
        assert [posting.company for posting in told.postings] == ["Tarn Works"]
        for text in ("what does the goats job pay", "what does the orchard job pay"):
            assert (await ask(assistant, text, conversation="bob")).state is State.NOT_UNDERSTOOD


async def test_a_job_that_is_none_of_the_one_spoken_of_is_not_answered_by_it(tmp_path: Path) -> None:
    texts = {
        "a.md": posting_text("Wickworks", "Keeper", "The work is fully remote. You look after a lighthouse."),
        "b.md": posting_text("Crustco", "Baker", "The work is in our office. You bake rye in a mill."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        asked = ("is the quantum florist position remote", "is the rye job remote", "is the keeper job remote")
        told = []
        for message in asked:
            await ask(assistant, "what does wickworks pay", conversation="ann")
            answer = await ask(assistant, message, conversation="ann")
            told.append([posting.company for posting in answer.postings])
    assert told == [[], ["Crustco"], ["Wickworks"]]


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("when is the deadline for ghent", "Bakery of Ghent"),
        ("does ghent sponsor visas", "Bakery of Ghent"),
        ("ghent: pension?", "Bakery of Ghent"),
        ("what does it pay in ghent", None),
        ("what is paid at antwerp", None),
    ],
)
async def test_a_place_that_one_company_is_called_by_is_that_company_where_nobody_is_or_works_there(
    tmp_path: Path, text: str, company: str | None
) -> None:
    bodies = {"ghent.md": posting_text("Bakery of Ghent", "Baker", "We bake."), "brook.md": posting_text("Brook", "Miller", "We mill.")}
    async with open_assistant(tmp_path, bodies) as (_, assistant):
        told = await ask(assistant, text)
        assert [posting.company for posting in told.postings] == ([company] if company else [])
