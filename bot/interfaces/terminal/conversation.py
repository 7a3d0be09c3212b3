"""A conversation on the terminal: a line in, a page out, and follow-ups understood."""

from collections.abc import Iterable

from bot.domain.question import Asker, Question
from bot.interfaces.opening import Opened
from bot.interfaces.terminal.answer_page import answer_page
from bot.interfaces.terminal.chat_pages import greeting, help_lines, posting_lines, unknown_command
from bot.interfaces.terminal.page import Paragraph
from bot.interfaces.terminal.slash_commands import HELP, POSTINGS, QUIT, SlashCommand, find_slash_command

ASKER = Asker(conversation="terminal")
_WORDS_TO_QUIT = frozenset({"quit", "exit", "bye"})


class Conversation:
    """Answers line by line; `over` once somebody ended it."""

    def __init__(self, opened: Opened) -> None:
        self._store, self._assistant = opened
        self.over = False

    async def greet(self) -> Iterable[Paragraph]:
        """Return the first words."""
        return greeting(await self._store.list_postings(scopes=ASKER.scopes))

    async def respond(self, line: str) -> Iterable[Paragraph]:
        """Return the page that a line is answered with."""
        if line.startswith("/"):
            name, _, rest = line[1:].partition(" ")
            command = find_slash_command(name)
            return await self._carry_out(command, rest.strip()) if command else unknown_command(name)
        if line.strip().lower() in _WORDS_TO_QUIT:
            return await self._carry_out(QUIT, "")
        return answer_page(await self._assistant.answer(Question(text=line), ASKER))

    async def complete_company(self, typed: str) -> list[str]:
        """Return the names that may be meant by what is typed so far, best first."""
        return await self._assistant.complete_company(typed, ASKER)

    async def _carry_out(self, command: SlashCommand, rest: str) -> Iterable[Paragraph]:
        if command is QUIT:
            self.over = True
            return ()
        if command is HELP:
            return help_lines()
        if command is POSTINGS:
            return posting_lines(await self._store.list_postings(scopes=ASKER.scopes), rest)
        return answer_page(await self._assistant.answer(Question(text=rest, topic=command.topic), ASKER))
