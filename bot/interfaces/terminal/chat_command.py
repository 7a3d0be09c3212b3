"""`chat`: a conversation on the terminal; with piped input, an answer to each line."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.interfaces.failures import describe
from bot.interfaces.terminal.command import Command, add_database_option
from bot.interfaces.terminal.streams import complain, typed_lines

if TYPE_CHECKING:
    import asyncio

    from bot.interfaces.terminal.conversation import Conversation


def _run(arguments: Namespace) -> int:
    from bot.interfaces.opening import open_for_answers
    from bot.interfaces.terminal.conversation import Conversation
    from bot.interfaces.terminal.page import open_console, show
    from bot.interfaces.terminal.running import opened

    is_person = sys.stdin.isatty() and sys.stdout.isatty()
    with opened(open_for_answers(arguments.database)) as (parts, runner):
        conversation = Conversation(parts)
        if is_person:
            show(open_console(), runner.run(conversation.greet()))
        return _talk(conversation, _asked_lines(conversation, runner) if is_person else typed_lines(), runner)


def _talk(conversation: "Conversation", lines: Iterator[str], runner: "asyncio.Runner") -> int:
    """Answer line by line, and return 1 if one could not be answered, which does not end the conversation."""
    from bot.interfaces.terminal.page import BLANK, open_console, show

    console, status = open_console(), 0
    for line in lines:
        try:
            page = list(runner.run(conversation.respond(line)))
        except Exception as error:  # noqa: BLE001 - the outermost handler of a line
            status = 1
            complain(describe(error))
            continue
        if conversation.over:
            break
        show(console, [*page, BLANK])
    return status


def _asked_lines(conversation: "Conversation", runner: "asyncio.Runner") -> Iterator[str]:
    """Yield what is typed at the prompt, until Ctrl-D."""
    from bot.interfaces.terminal.chat_prompt import LineCompleter, open_prompt

    prompt = open_prompt(LineCompleter(conversation.complete_company))
    while True:
        try:
            line = runner.run(prompt.prompt_async())
        except EOFError:
            return
        if line.strip():
            yield line.strip()


CHAT = Command(
    name="chat",
    summary="talk about the postings that are here: questions, follow-ups, completion",
    examples=("chat", "chat < questions.txt"),
    add_options=add_database_option,
    run=_run,
)
