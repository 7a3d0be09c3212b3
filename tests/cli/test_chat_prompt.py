"""The prompt completes commands and companies while somebody types, and ends as people expect."""

from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.cli.chat import SLASH_COMMANDS, LineCompleter, open_prompt
from bot.domain.errors import StorageError
from bot.topics import TOPICS

COMPANIES = ["Copper Pan", "Copper & Sons", "Tin Pan Alley"]


async def companies_like(typed: str) -> list[str]:
    return [name for name in COMPANIES if any(word.startswith(typed.casefold()) for word in name.casefold().split())]


async def fail(_typed: str) -> list[str]:
    raise StorageError("the database is away")


async def completed(line: str) -> list[str]:
    """The lines that the completions would make of one."""
    offered = LineCompleter(companies_like).get_completions_async(Document(line), CompleteEvent())
    return [line[: len(line) + completion.start_position] + completion.text async for completion in offered]


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        yield typed


async def test_a_slash_offers_every_command_with_what_it_does() -> None:
    offered = [each async for each in LineCompleter(companies_like).get_completions_async(Document("/"), CompleteEvent())]
    assert [each.text for each in offered] == [f"/{command.name}" for command in SLASH_COMMANDS]
    assert offered[0].display_meta_text == TOPICS[0].description


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("/sal", ["/salary"]),
        ("/SAL", ["/salary"]),
        ("/nosuch", []),
        ("/salary cop", ["/salary Copper Pan", "/salary Copper & Sons"]),
        ("/salary ", [f"/salary {name}" for name in COMPANIES]),
        ("/nosuch cop", []),
        ("/ cop", []),
        ("what does cop", ["what does Copper Pan", "what does Copper & Sons"]),
        ("what does pan", []),
        ("c", []),
        ("", []),
    ],
)
async def test_what_is_typed_is_completed(line: str, lines: list[str]) -> None:
    assert await completed(line) == lines


async def test_a_hostile_company_name_steers_no_terminal() -> None:
    async def hostile(_typed: str) -> list[str]:
        return ["Ac\x1b[31mme\nInc"]

    offered = LineCompleter(hostile).get_completions_async(Document("/salary "), CompleteEvent())
    assert [each.text async for each in offered] == ["Acme Inc"]


async def test_a_database_that_is_away_offers_nothing_and_says_nothing() -> None:
    assert [each async for each in LineCompleter(fail).get_completions_async(Document("/salary c"), CompleteEvent())] == []


async def test_what_is_typed_and_entered_is_the_line(keyboard: PipeInput) -> None:
    keyboard.send_text("what does it pay?\r")
    assert await open_prompt(LineCompleter(companies_like)).prompt_async() == "what does it pay?"


async def test_the_line_before_comes_back_with_the_arrow_key(keyboard: PipeInput) -> None:
    prompt = open_prompt(LineCompleter(companies_like))
    keyboard.send_text("/salary\r")
    await prompt.prompt_async()
    keyboard.send_text("\x1b[A flex\r")
    assert await prompt.prompt_async() == "/salary flex"


async def test_ctrl_c_empties_a_line_and_ends_on_an_empty_one(keyboard: PipeInput) -> None:
    prompt = open_prompt(LineCompleter(companies_like))
    keyboard.send_text("half a ques\x03/help\r")
    assert await prompt.prompt_async() == "/help"
    keyboard.send_text("\x03")
    with pytest.raises(KeyboardInterrupt):
        await prompt.prompt_async()


async def test_ctrl_d_ends(keyboard: PipeInput) -> None:
    keyboard.send_text("\x04")
    with pytest.raises(EOFError):
        await open_prompt(LineCompleter(companies_like)).prompt_async()
