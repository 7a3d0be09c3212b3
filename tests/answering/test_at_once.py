"""Many people ask at once, and each is answered as if nobody else were there."""

import asyncio
import sys
import threading
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from builders_answering import ask, open_assistant, read_bundled
from builders_storage import build_posting

from bot.answering import memory
from bot.answering.assistant import Assistant
from bot.domain.answer import Answer, State
from bot.domain.person import EVERYONE
from bot.domain.query import Query
from bot.questions.read_question import read_question
from bot.text.words import stem

COMPANIES = ("Flex", "Nixtla", "Nomad Health", "Pachama", "Wikimedia")
ASKED = (
    "does {} offer parental leave?",
    "how many vacation days do I get at {}?",
    "what would I be building at {}?",
    "is there an on-call rotation at {}?",
    "who would I report to at {}?",
    "does {} give equipment to remote employees?",
    "what is the interview process at {}?",
    "are there stock options at {}?",
    "which databases does {} use?",
    "do I need experience with forecasting at {}?",
    "what does the team at {} work on?",
    "what are the values of {}?",
    "does {} mentor junior engineers?",
    "how large is {}?",
    "will I be travelling for {}?",
    "what will I be responsible for at {}?",
    "does {} pay for learning and conferences?",
    "is health insurance included at {}?",
    "how is {} funded?",
    "which machine learning frameworks are preferred at {}?",
    "are the working hours flexible at {}?",
    "does {} care about diversity?",
    "what did {} publish?",
    "which customers does {} serve?",
    "am I deploying models to production at {}?",
    "what are the salary and the benefits at {}?",
    "can I apply to {} from germany?",
    "what are the requirements at {}?",
    "is a degree needed at {}?",
    "do they sponsor visas at {}?",
    "how do I apply to {}?",
    "is {} looking for managers?",
    "what impact has {} on the climate?",
    "does {} analyse satellite images or time series?",
    "which communication skills are required at {}?",
    "what problems is {} solving?",
    "does {} support volunteering?",
    "are there annual bonuses at {}?",
    "does {} run experiments?",
    "who founded {}?",
)
QUESTIONS = [text.format(company) for text, company in product(ASKED, COMPANIES)]


@pytest.fixture
def hurried_threads() -> Iterator[None]:
    """Threads that take turns all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


async def _ask_at_once(assistant: Assistant, questions: Sequence[str], *, at_once: int) -> list[Answer]:
    turn = asyncio.Semaphore(at_once)

    async def ask_one(text: str) -> Answer:
        async with turn:
            stem.cache_clear()  # so that threads stem while others do
            return await ask(assistant, text)

    return list(await asyncio.gather(*map(ask_one, questions)))


@pytest.mark.usefixtures("hurried_threads")
async def test_two_hundred_questions_have_the_same_answers_sixteen_at_once_as_one_by_one(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, read_bundled()) as (store, assistant):
        at_once = await _ask_at_once(assistant, QUESTIONS, at_once=16)
        assert at_once == await _ask_at_once(Assistant(store), QUESTIONS, at_once=1)


async def test_a_long_message_is_read_beside_others_and_the_index_changes_only_when_nobody_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_assistant(tmp_path, read_bundled()) as (store, assistant):
        reading, may_end = threading.Event(), threading.Event()

        def read_slowly(*given: Any, **also: Any) -> Query:
            reading.set()
            assert may_end.wait(10)
            return read_question(*given, **also)

        monkeypatch.setattr(memory, "read_question", read_slowly)
        slow = asyncio.create_task(ask(assistant, "hello there, I have a question about something that you may know, what does Flex pay?"))
        assert await asyncio.to_thread(reading.wait, 10)
        monkeypatch.undo()
        assert (await ask(assistant, "what does Flex pay?")).state is State.ANSWERED, "others are answered meanwhile"

        await store.keep([build_posting("We bake bread at Crust & Crumb.")], scope=EVERYONE)
        late = asyncio.create_task(ask(assistant, "what does Crust & Crumb pay?"))
        done, _ = await asyncio.wait({late}, timeout=0.2)
        assert not done, "what is new is taken in afterwards"
        may_end.set()
        assert (await slow).state is State.ANSWERED
        assert (await late).state is State.NOT_STATED
