"""`ask`: one question, or one on each line of standard input; each stands alone."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bot.cli.options import complain, typed_lines
from bot.cli.usage import Command, add_database_option
from bot.domain.answer import Answer
from bot.domain.facts import Fact
from bot.domain.posting import Posting
from bot.presentation.failures import describe
from bot.topics import TOPICS
from bot.topics.topic import Topic

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant
    from bot.domain.query import Asker, Question


def _add_ask_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "question", nargs="*", metavar="QUESTION", help="what you want to know; without it, a question a line from standard input"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for other programs")
    add_database_option(parser)


def _run_ask(arguments: Namespace) -> int:
    if arguments.question:
        return _answer([" ".join(arguments.question)], arguments)
    if sys.stdin.isatty() and not arguments.json:
        complain('there is no question; write it behind ask, as in: ask "what does Flex pay?" (or talk with: chat)')
        return 2
    return _answer(typed_lines(), arguments)


def _answer(questions: Iterable[str], arguments: Namespace) -> int:
    from bot.cli.options import opened
    from bot.cli.page import BLANK, answer_page, open_console, show
    from bot.domain.query import Asker, Question
    from bot.presentation.opening import open_for_answers

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


async def answer_one(assistant: "Assistant", question: "Question", asker: "Asker") -> "tuple[Answer, bool]":
    """Answer a question, and tell whether that failed: then the answer says why, and those behind it are answered still."""
    from bot.domain.answer import Answer, State, Telling

    try:
        return await assistant.answer(question, asker), False
    except Exception as error:  # noqa: BLE001 - the outermost handler of a question
        return Answer(question=question.text, state=State.NOT_UNDERSTOOD, telling=Telling(sentence=describe(error))), True


ASK = Command(
    name="ask",
    summary="answer a question about the postings that are here",
    examples=('ask "what does Flex pay?"', 'ask "can I work for Nixtla from Kenya?"', "ask --json < questions.txt"),
    add_options=_add_ask_options,
    run=_run_ask,
)


# Postings and answers as JSON for other programs: one object a line, with fixed names.


def posting_as_json(posting: Posting) -> str:
    """Return what was read in a posting as one line: its head, then a key for each topic."""
    head = {
        "source": posting.source,
        "title": posting.title,
        "company": posting.company,
        "apply_url": posting.link,
        "location": posting.location,
    }
    return _to_line(head | {topic.key or topic.name: _facts_as_json(topic, topic.facts_in(posting)) for topic in TOPICS})


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
