"""The line that is typed in a conversation: history, and completion of commands and companies while typing."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from bot.domain.errors import RolecallError
from bot.interfaces.terminal.plain_text import harmless
from bot.interfaces.terminal.slash_commands import SLASH_COMMANDS, find_slash_command

_LEAST_LETTERS = 2
"""Of a word in a free question before companies are offered: a single letter begins too many."""


class LineCompleter(Completer):
    """Offers slash commands at the beginning of a line, companies behind one and in a free question."""

    def __init__(self, complete_company: Callable[[str], Awaitable[list[str]]]) -> None:
        self._complete_company = complete_company

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        """Offer nothing: the session asks for completions asynchronously."""
        return ()

    async def get_completions_async(self, document: Document, complete_event: CompleteEvent) -> AsyncGenerator[Completion, None]:  # noqa: ARG002
        """Offer what the words before the cursor may become."""
        line = document.text_before_cursor
        name, space, rest = line.removeprefix("/").partition(" ")
        if line.startswith("/") and not space:
            for completion in _complete_command(name):
                yield completion
            return
        command = find_slash_command(name) if line.startswith("/") else None
        typed = rest.lstrip() if command else "" if line.startswith("/") else _last_word(line)
        for company in await self._companies(typed, also_all=bool(command and command.topic)):
            if command or company.casefold().startswith(typed.casefold()):
                yield Completion(harmless(company), start_position=-len(typed))

    async def _companies(self, typed: str, *, also_all: bool) -> list[str]:
        if not typed and not also_all:
            return []
        try:
            return await self._complete_company(typed)
        except RolecallError:
            # The database is away for the moment; the answer will say so, a menu need not.
            return []


def open_prompt(completer: Completer) -> PromptSession[str]:
    """Return the session that asks for lines; Ctrl-C empties the line, on an empty one it ends."""
    keys = KeyBindings()

    @keys.add("c-c")
    def _interrupt(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt)

    return PromptSession("> ", completer=completer, complete_while_typing=True, auto_suggest=AutoSuggestFromHistory(), key_bindings=keys)


def _complete_command(typed: str) -> Iterable[Completion]:
    for command in SLASH_COMMANDS:
        if command.name.startswith(typed.lower()):
            yield Completion(f"/{command.name}", start_position=-len(typed) - 1, display_meta=command.description)


def _last_word(line: str) -> str:
    word = line.rpartition(" ")[2]
    return word if len(word) >= _LEAST_LETTERS else ""
