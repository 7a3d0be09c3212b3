"""`ask`: one question, or one on each line of standard input; each stands alone."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.interfaces.failures import describe
from bot.interfaces.terminal.command import Command, add_database_option
from bot.interfaces.terminal.streams import complain, typed_lines

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant
    from bot.domain.answer import Answer


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "question", nargs="*", metavar="QUESTION", help="what you want to know; without it, a question a line from standard input"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for other programs")
    add_database_option(parser)


def _run(arguments: Namespace) -> int:
    if arguments.question:
        return _answer([" ".join(arguments.question)], arguments)
    if sys.stdin.isatty() and not arguments.json:
        complain('there is no question; write it behind ask, as in: ask "what does Flex pay?" (or talk with: chat)')
        return 2
    return _answer(typed_lines(), arguments)


def _answer(questions: Iterable[str], arguments: Namespace) -> int:
    from bot.interfaces.opening import open_for_answers
    from bot.interfaces.terminal.answer_page import answer_page
    from bot.interfaces.terminal.as_json import answer_as_json
    from bot.interfaces.terminal.page import BLANK, open_console, show
    from bot.interfaces.terminal.running import opened

    status = 0
    with opened(open_for_answers(arguments.database)) as ((_, assistant), runner):
        console = open_console()
        for number, question in enumerate(questions):
            answer, failed = runner.run(_answer_one(assistant, question))
            status |= failed
            if arguments.json:
                print(answer_as_json(answer), flush=True)  # noqa: T201
            else:
                show(console, [*([BLANK] if number else []), *answer_page(answer)])
    return status


async def _answer_one(assistant: "Assistant", question: str) -> "tuple[Answer, bool]":
    """Answer a question, and tell whether that failed: then the answer says why, and those behind it are answered still."""
    from bot.domain.answer import Answer, State, Telling
    from bot.domain.question import Asker, Question

    try:
        return await assistant.answer(Question(text=question), Asker()), False
    except Exception as error:  # noqa: BLE001 - the outermost handler of a question
        return Answer(question=question, state=State.NOT_UNDERSTOOD, telling=Telling(sentence=describe(error))), True


ASK = Command(
    name="ask",
    summary="answer a question about the postings that are here",
    examples=('ask "what does Flex pay?"', 'ask "can I work for Nixtla from Kenya?"', "ask --json < questions.txt"),
    add_options=_add_options,
    run=_run,
)
