"""What goes wrong is told in a sentence with an id, logged with its cause, and loses no question that can be answered."""

import asyncio
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from builders_discord import Stage, buttons_of, on_stage, shown, text_of
from builders_overlapping import overlapping

from bot.answering.assistant import Assistant
from bot.domain.errors import StorageError
from bot.domain.person import Asker
from bot.domain.query import Question
from bot.presentation.people import Turns

_ID = re.compile(r"error id `([0-9A-F]{6})`")


class Slow:
    """An assistant that takes its time."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def answer(self, question: Question, asker: Asker) -> Any:
        await asyncio.sleep(1.2)
        return await self._assistant.answer(question, asker)


class Broken:
    """An assistant whose database is gone."""

    async def answer(self, question: Question, asker: Asker) -> Any:
        raise StorageError(f"the database secret.db cannot be read ({question.topic}, {asker.conversation})")

    async def complete_posting(self, typed: str, asker: Asker) -> Any:
        raise StorageError(f"no list for {typed} {asker.conversation}")


def _replace(stage: Stage, assistant: Any) -> None:
    stage.client.chat._assistant = assistant  # noqa: SLF001 -- nothing public breaks the database


def _break(stage: Stage) -> None:
    _replace(stage, Broken())


def _slow_down(stage: Stage) -> None:
    _replace(stage, Slow(stage.opened.assistant))


def _callbacks(stage: Stage) -> list[int]:
    sent = [entry for entry in stage.env.http_requests if entry.path.endswith("/callback")]
    return [entry.json["type"] for entry in sent if isinstance(entry.json, dict)]


def _id_in(told: str) -> str:
    match = _ID.search(told)
    assert match is not None, told
    return match[1]


async def test_a_person_sees_a_sentence_with_an_id_and_the_log_has_the_cause(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage(tmp_path, check_errors=False) as stage:
        first = await stage.mia.slash(stage.channel, "salary", company="flex")
        _break(stage)
        by_command = await stage.mia.slash(stage.channel, "salary", company="flex")
        by_button = await stage.mia.click(shown(first), label="Requirements")
        by_message = await stage.direct("what does flex pay?")
        for answer in (by_command, by_button, by_message):
            told = text_of(answer)
            assert "The database does not answer just now" in told
            assert "secret.db" not in told
            logged = [record for record in caplog.records if _id_in(told) in record.getMessage()]
            assert [record.levelno for record in logged] == [logging.ERROR]
            assert "secret.db" in str(logged[0].exc_info and logged[0].exc_info[1])
        assert by_command.ephemeral
        assert by_button.ephemeral


async def test_a_failing_autocomplete_offers_nothing_and_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage(tmp_path, check_errors=False) as stage:
        _break(stage)
        assert await stage.mia.autocomplete(stage.channel, "salary", "company", "fl") == []
        assert any("no list for fl" in str(record.exc_info and record.exc_info[1]) for record in caplog.records)


@pytest.mark.parametrize("status", [502, 503, 429])
async def test_a_failed_first_answer_is_tried_again(status: int, stage: Stage) -> None:
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=status)
    assert "$209,000" in text_of(await stage.mia.slash(stage.channel, "salary", company="flex"))


async def test_an_answer_that_comes_too_late_becomes_a_message(stage: Stage) -> None:
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062, message="Unknown interaction")
    await stage.mia.slash(stage.channel, "salary", company="flex")
    assert "$209,000" in text_of(stage.said_last())


async def test_a_late_answer_for_one_person_is_not_shown_to_all(stage: Stage) -> None:
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062, message="Unknown interaction")
    await stage.mia.slash(stage.channel, "privacy")
    assert stage.channel.last_message is None


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_direct_message_is_answered_when_discord_has_recovered(status: int, stage: Stage) -> None:
    stage.env.inject_error("POST", "/channels/*/messages", status=status)
    assert "$209,000" in text_of(await stage.direct("what does flex pay?"))


async def test_buttons_are_there_after_the_answer_was_tried_again(stage: Stage) -> None:
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=500)
    assert "More" in buttons_of(await stage.mia.slash(stage.channel, "salary", company="flex"))


async def test_a_slow_answer_is_announced_and_then_given(stage: Stage) -> None:
    _slow_down(stage)
    answer = await stage.mia.slash(stage.channel, "salary", company="flex")
    assert _callbacks(stage) == [5]
    assert "$209,000" in text_of(answer)
    assert "Requirements" in buttons_of(answer)


async def test_a_slow_page_is_turned_in_place(stage: Stage) -> None:
    first = await stage.mia.slash(stage.channel, "salary", company="flex")
    _slow_down(stage)
    opened = await stage.mia.click(shown(first), label="More")
    assert _callbacks(stage) == [4, 6]
    assert shown(opened).id == shown(first).id
    assert "Skills" in buttons_of(opened)


async def test_a_slow_failure_is_told_too(tmp_path: Path) -> None:
    async with on_stage(tmp_path, check_errors=False) as stage:
        _slow_down(stage)
        stage.opened.assistant.answer = Broken().answer  # type: ignore[method-assign]
        assert _id_in(text_of(await stage.mia.slash(stage.channel, "salary", company="flex")))
        assert _callbacks(stage) == [5]


async def test_while_a_direct_message_takes_long_the_bot_is_typing(stage: Stage) -> None:
    await stage.direct("what does flex pay?")
    assert not any(entry.path.endswith("/typing") for entry in stage.env.http_requests)
    _slow_down(stage)
    assert "$209,000" in text_of(await stage.direct("what does flex pay?"))
    assert any(entry.path.endswith("/typing") for entry in stage.env.http_requests)


async def test_who_asks_on_while_earlier_questions_wait_is_told_so_alone(stage: Stage) -> None:
    stage.client.chat._turns = Turns(most=1)  # noqa: SLF001 -- thirty questions would take long
    with overlapping(stage.env):
        told = [await stage.mia.slash(stage.channel, "ask", question="what does flex pay?") for _ in range(3)]
        others = await stage.ada.slash(stage.channel, "ask", question="what does flex pay?")
    await stage.env.settle()
    (refused,) = (one for one in told if "a minute" in text_of(one))
    assert refused.ephemeral
    assert "$209,000" in text_of(others)
    for _ in range(3):
        assert "$209,000" in text_of(await stage.mia.slash(stage.channel, "ask", question="what does flex pay?"))
