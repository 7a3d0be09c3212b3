"""`chat`: a conversation on the terminal; with piped input, an answer to each line."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from bot.cli import complain
from bot.cli.ask import answer_each
from bot.cli.terminal import BLANK, Paragraph, answer_page, open_console, opened, show, typed_lines
from bot.domain.answer import State, count_of
from bot.domain.errors import RolecallError
from bot.domain.person import Asker
from bot.domain.posting import company_and_title
from bot.domain.query import Profile, Question
from bot.presentation.chat_service import Opened, open_for_answers
from bot.presentation.failures import describe, harmless
from bot.questions.commands import PROFILE_FIELDS, read_options, read_profile, write_profile
from bot.storage.records import Listed
from bot.text.clean import fold
from bot.topics import TOPICS


def run_chat(arguments: Namespace) -> int:
    """Talk until somebody ends it; for another program, answer line by line."""
    if arguments.json:
        return answer_each(_typed_questions(), arguments)
    is_person = sys.stdin.isatty() and sys.stdout.isatty()
    with opened(open_for_answers(arguments.database, may_create=arguments.may_create)) as (parts, runner):
        conversation = Conversation(parts)
        if is_person:
            show(open_console(), runner.run(conversation.greet()))
        return _talk(conversation, _asked_lines(conversation, runner) if is_person else typed_lines(), runner)


def _typed_questions() -> Iterator[tuple[Question, Asker]]:
    """Yield each line; an empty one ends a conversation, and the next one remembers nothing of it."""
    conversations = 1
    for line in typed_lines(with_blank=True):
        if line:
            yield Question(text=line, profile=Profile()), Asker(conversation=f"chat:{conversations}")
        else:
            conversations += 1


def _talk(conversation: "Conversation", lines: Iterator[str], runner: asyncio.Runner) -> int:
    """Answer line by line, and return 1 if one could not be answered, which does not end the conversation."""
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


def _asked_lines(conversation: "Conversation", runner: asyncio.Runner) -> Iterator[str]:
    """Yield what is typed at the prompt, until Ctrl-D."""
    prompt = open_prompt(LineCompleter(conversation.complete_company))
    while True:
        try:
            line = runner.run(prompt.prompt_async())
        except EOFError:
            return
        if line.strip():
            yield line.strip()


# The slash commands of a conversation: one for each topic, and a few of the terminal's own.


@dataclass(frozen=True)
class SlashCommand:
    """A word behind a slash."""

    name: str
    description: str
    topic: str | None = None
    """The topic that it asks about, with the company and perhaps a country behind it; None for the terminal's own."""


SLASH_COMMANDS: tuple[SlashCommand, ...] = (
    *(SlashCommand(topic.command, topic.description, topic.name) for topic in TOPICS),
    SlashCommand("search", "Postings that fit: /search skills: Python, SQL · country: Kenya · pay: 60000 EUR a year · sort: pay"),
    SlashCommand("compare", "Two to five postings side by side: /compare Flex · Nomad Health"),
    SlashCommand("fit", "Whether a posting fits what you told with /me: /fit Flex"),
    SlashCommand("show", "A posting's whole text: /show Flex"),
    SlashCommand("me", "Tell of yourself, until this ends: /me country: Kenya · years: 4 · degree: bachelor · skills: Go · visa: yes"),
    SlashCommand("more", "The next page of the list before"),
    SlashCommand("silent", "What leaves open whether it fits, of the list before"),
    SlashCommand("postings", "The postings that are here; with a word behind it, those with the word in them"),
    SlashCommand("help", "What can be asked"),
    SlashCommand("quit", "End the conversation"),
)
_BY_NAME = {command.name: command for command in SLASH_COMMANDS}
_ABOUT_ME = _BY_NAME["me"].description


# What a conversation says besides answers: the greeting, the help, the list of postings.

_EXAMPLES = ("what does {} pay?", "/countries {}", "do I need a degree at {}?")
_MOST = 50
"""Postings on one page."""

_NOTHING_HERE = "There are no postings here yet. Add some with: python -m bot import PATH"


def greeting(listed: Sequence[Listed]) -> Iterator[Paragraph]:
    """Yield two lines: what there is, and three examples with companies of which there are postings."""
    names = list(dict.fromkeys(posting.company for posting in listed if posting.company))
    if not names:
        yield Paragraph(_NOTHING_HERE)
        return
    count = count_of(len(listed), "posting")
    examples = [example.format(names[number % len(names)]) for number, example in enumerate(_EXAMPLES)]
    yield Paragraph(f"Ask about {count} here; /help lists what can be asked, /quit ends.", style="bold")
    yield Paragraph("Try: " + " · ".join(examples), style="dim")


def help_lines() -> Iterator[Paragraph]:
    """Yield a line for each slash command."""
    width = max(len(command.name) for command in SLASH_COMMANDS) + 3
    yield Paragraph("Ask in your own words, or with a command, the company and perhaps a country: /countries flex kenya")
    yield Paragraph("What follows may leave out what was just said: and in Canada?")
    for command in SLASH_COMMANDS:
        yield Paragraph(command.description, first=f"  /{command.name}".ljust(width + 2), rest=" " * (width + 2))


def posting_lines(listed: Sequence[Listed], word: str = "") -> Iterator[Paragraph]:
    """Yield a line for each posting that has the word in its company or title, by company."""
    if not listed:
        yield Paragraph(_NOTHING_HERE)
        return
    titles = sorted((company_and_title(posting.company, posting.title) for posting in listed), key=str.casefold)
    chosen = [title for title in titles if fold(word) in fold(title)]
    if not chosen:
        yield Paragraph(f"No posting here has “{word}” in its company or title; /postings lists all.")
    for title in chosen[:_MOST]:
        yield Paragraph(title, first="• ", rest="  ")
    if len(chosen) > _MOST:
        yield Paragraph(f"... and {len(chosen) - _MOST:,} more; /postings WORD lists those with the word in them.", style="dim")


def unknown_command(name: str) -> Iterator[Paragraph]:
    """Yield what to do instead of a command that there is not."""
    near = get_close_matches(name.lower(), _BY_NAME, n=1)
    meant = f"did you mean /{near[0]}? " if near else ""
    yield Paragraph(f"There is no command /{name}; {meant}/help lists all.")


# The line that is typed in a conversation: history, and completion of commands and companies while typing.

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
            for each in SLASH_COMMANDS:
                if each.name.startswith(name.lower()):
                    yield Completion(f"/{each.name}", start_position=-len(name) - 1, display_meta=each.description)
            return
        command = _BY_NAME.get(name.lower()) if line.startswith("/") else None
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


def _last_word(line: str) -> str:
    word = line.rpartition(" ")[2]
    return word if len(word) >= _LEAST_LETTERS else ""


# A conversation on the terminal: a line in, a page out, and follow-ups understood.

ASKER = Asker(conversation="terminal")
_WORDS_TO_QUIT = frozenset({"quit", "exit", "bye"})


class Conversation:
    """Answers line by line; `over` once somebody ended it."""

    def __init__(self, opened: Opened) -> None:
        self._store, self._assistant = opened
        self.over = False
        self._profile: Profile | None = None
        self._listed = Question()
        """The question that was answered with a list last."""

    async def greet(self) -> Iterable[Paragraph]:
        """Return the first words."""
        return greeting(await self._store.list_postings(scopes=ASKER.scopes))

    async def respond(self, line: str) -> Iterable[Paragraph]:
        """Return the page that a line is answered with."""
        if line.startswith("/"):
            name, _, rest = line[1:].partition(" ")
            command = _BY_NAME.get(name.lower())
            return await self._carry_out(command, rest.strip()) if command else unknown_command(name)
        if line.strip().lower() in _WORDS_TO_QUIT:
            return await self._carry_out(_BY_NAME["quit"], "")
        return await self._answer(Question(text=line))

    async def _answer(self, question: Question) -> Iterable[Paragraph]:
        answer = await self._assistant.answer(question.model_copy(update={"profile": self._profile or Profile()}), ASKER)
        if answer.is_own and answer.state is not State.AMBIGUOUS and self._profile is None:
            return [Paragraph(_ABOUT_ME)]
        if answer.listing:
            self._listed = question
        return answer_page(answer)

    async def complete_company(self, typed: str) -> list[str]:
        """Return the names that may be meant by what is typed so far, best first."""
        return await self._assistant.complete_company(typed, ASKER)

    async def _carry_out(self, command: SlashCommand, rest: str) -> Iterable[Paragraph]:  # noqa: PLR0911 -- one for each command
        match command.name:
            case "quit":
                self.over = True
                return ()
            case "help":
                return help_lines()
            case "postings":
                return posting_lines(await self._store.list_postings(scopes=ASKER.scopes), rest)
            case "me":
                self._profile = read_profile(read_options(rest, PROFILE_FIELDS))
                told = write_profile(self._profile)
                return [Paragraph(" · ".join(f"{name}: {value}" for name, value in told.items()) or f"Nothing was told. {_ABOUT_ME}")]
            case "more":
                return await self._answer(self._listed.model_copy(update={"page": self._listed.page + 1}))
            case "silent":
                return await self._answer(self._listed.model_copy(update={"page": 0, "is_silent": True}))
            case "search" | "compare" | "fit" | "show":
                return await self._answer(Question(text=f"/{command.name} {rest}")) if rest else [Paragraph(command.description)]
            case _:
                return await self._answer(Question(text=rest, topic=command.topic))
