"""`ask`: one question, or one on each line of standard input; each stands alone."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import Any

from bot.answering.assistant import Assistant
from bot.cli.options import opened, typed_lines
from bot.cli.page import BLANK, answer_page, open_console, show
from bot.cli.usage import complain
from bot.domain.answer import Answer, State, Telling
from bot.domain.facts import Fact
from bot.domain.posting import Posting
from bot.domain.query import Asker, Question
from bot.presentation.failures import describe
from bot.presentation.opening import open_for_answers
from bot.topics import TOPICS
from bot.topics.apply import APPLY
from bot.topics.dates import DateKind, dates_in
from bot.topics.topic import Topic


def run_ask(arguments: Namespace) -> int:
    """Answer the question that was typed, or each line of standard input."""
    if arguments.question:
        return _answer([" ".join(arguments.question)], arguments)
    if sys.stdin.isatty() and not arguments.json:
        complain('there is no question; write it behind ask, as in: ask "what does Flex pay?" (or talk with: chat)')
        return 2
    return _answer(typed_lines(), arguments)


def _answer(questions: Iterable[str], arguments: Namespace) -> int:

    status = 0
    with opened(open_for_answers(arguments.database)) as ((_, assistant), runner):
        console = open_console()
        for number, question in enumerate(questions):
            answer, failed = runner.run(answer_one(assistant, Question(text=question), Asker()))
            status |= failed
            if arguments.json:
                print(answer_as_json(answer), flush=True)  # noqa: T201
            else:
                show(console, [*([BLANK] if number else []), *answer_page(answer)])
    return status


async def answer_one(assistant: Assistant, question: Question, asker: Asker) -> tuple[Answer, bool]:
    """Answer a question, and tell whether that failed: then the answer says why, and those behind it are answered still."""
    try:
        return await assistant.answer(question, asker), False
    except Exception as error:  # noqa: BLE001 - the outermost handler of a question
        return Answer(question=question.text, state=State.NOT_UNDERSTOOD, telling=Telling(sentence=describe(error))), True


# Postings and answers as JSON for other programs: one object a line, with fixed names.


def posting_as_json(posting: Posting) -> str:
    """Return what was read in a posting as one line: its head, then a key for each topic."""
    head = {
        "source": posting.source,
        "title": posting.title,
        "company": posting.company,
        "apply_url": posting.link,
        "location": posting.location,
        **_dates_as_json(posting),
    }
    return _to_line(head | {topic.key or topic.name: _facts_as_json(topic, topic.facts_in(posting)) for topic in TOPICS})


def _dates_as_json(posting: Posting) -> dict[str, str | None]:
    """Return the days on which a posting says that it was published and that it closes."""
    days = dates_in(fact.quote.text for fact in APPLY.facts_in(posting))
    return {kind.value: days[kind].isoformat() if kind in days else None for kind in DateKind}


def answer_as_json(answer: Answer) -> str:
    """Return an answer as one line."""
    return _to_line(
        {
            "question": answer.question,
            "state": answer.state,
            "topic": answer.topic,
            "topics": list(answer.topics),
            "verdict": answer.verdict,
            "postings": [posting.source for posting in answer.postings],
            "company": answer.company,
            "country": answer.country,
            "eligible": answer.eligible,
            "quotes": [quote.text for quote in answer.quotes],
            "text": answer.text,
        }
    )


def error_as_json(source: str, reason: str) -> str:
    """Return what is wrong with a source as one line."""
    return _to_line({"source": source, "error": reason})


def _facts_as_json(topic: Topic[Any], facts: Sequence[Fact[Any]]) -> Any:
    if topic.many:
        return [_fact_as_json(topic, fact) for fact in facts]
    return _fact_as_json(topic, facts[0]) if facts else topic.unstated


def _fact_as_json(topic: Topic[Any], fact: Fact[Any]) -> Any:
    value = topic.adapter.dump_python(fact.value, mode="json")
    return value | {"quote": fact.quote.text} if isinstance(value, dict) else value


def _to_line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
