"""A new topic is one file and one word: with them alone it works wherever topics do."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import bot

NIGHT = '''
"""Whether one works at night."""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.answer import Rendered
from bot.domain.facts import Fact
from bot.domain.query import Ask, SearchKey, Verdict
from bot.text.document import Document, is_denied
from bot.topics.topic import Topic


class Night(StrEnum):
    """Whether there are night shifts."""

    YES = "yes"
    NO = "no"


def find_night(document: Document) -> Sequence[Fact[Night]]:
    """Return what the first sentence on night shifts says."""
    for sentence in document.sentences():
        at = sentence.text.lower().find("night shift")
        if at >= 0:
            value = Night.NO if is_denied(sentence.text, start=at, end=at + 11) else Night.YES
            return (Fact(value=value, quote=sentence.quote),)
    return ()


def render_night(facts: Sequence[Fact[Night]], locale: str = "en") -> Rendered:
    """Say whether one works at night."""
    return Rendered(sentence="There are night shifts" if facts[0].value is Night.YES else "There are no night shifts")


def judge_night(ask: Ask, facts: Sequence[Fact[Night]]) -> Verdict | None:
    """Tell whether one works at night."""
    return Verdict.told(holds=facts[0].value is Night.YES) if facts else None


NIGHT: Topic[Night] = Topic(
    name="night",
    command="nights",
    label="Night work",
    description="Whether one works at night",
    asked_as=("night shift", "night shifts", "work at night"),
    value_type=Night,
    find=find_night,
    tell=render_night,
    keys=lambda night: (SearchKey(night.value),),
    judge=judge_night,
    silence="The posting does not say whether one works at night.",
    at_a_glance=True,
    side_by_side=True,
)
'''

BAKER = """\
# Baker

Company: Dough

Dough bakes bread for the whole town, every day.

## The job
- You work night shifts from May on
- You bake bread and rolls
"""
CLERK = """\
# Clerk

Company: Paper

Paper keeps the books of shops, every day.

## The job
- There are no night shifts at Paper
- You write letters to customers
"""
COOK = """\
# Cook

Company: Pan

Pan cooks lunch for offices, every day.

## The job
- You cook soup and roasts
- You keep the kitchen clean
"""

LOOK = """
import asyncio
import io
import json
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

import discord

from bot.__main__ import main
from bot.discord.commands import add_commands
from bot.domain.person import Actor, Person
from bot.domain.query import Criterion, Question
from bot.intake.corrections import correct
from bot.intake.form_text import FORM_GROUPS, form_pages
from bot.parsing.parse import parse_posting
from bot.presentation.chat_service import ChatService
from bot.presentation.chat_service import open_for_answers
from bot.storage.search import newest_of


def run(*arguments, typed=""):
    sys.stdin = io.StringIO(typed)
    with redirect_stdout(io.StringIO()) as told:
        assert main(arguments) == 0, arguments
    return told.getvalue()


async def look_at_chat():
    tree = discord.app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    add_commands(tree)
    async with open_for_answers("sqlite+aiosqlite:///toy.db") as opened:
        chat, person = ChatService(opened), Person(id=1, channel=1)
        card = await chat.ask(Question(topic="night", company="Dough"), person)
        helped = await chat.help(person)
        weighed = await opened.store.weigh([Criterion(topic="night", keys=("yes",))], scopes={"everyone"})
        kept = await opened.store.get_many(list(newest_of(weighed.each[0][0], 5)), scopes={"everyone"})
    return {
        "commands": [command.name for command in tree.get_commands()],
        "help": helped.body,
        "card": card.body,
        "found": [one.posting.company for one in kept],
        "read": kept[0].posting.facts["night"][0].value.name,
    }


def look_at_forms():
    posting = parse_posting(Path("baker.md").read_text(), "baker.md")
    typed = {"night": "no | You work night shifts from May on"}
    corrected = correct(posting, typed, by=Actor(id="1", name="Mia"), at=datetime.now(UTC))
    group = next(group for group in FORM_GROUPS if "night" in group.fields)
    boxes = [box for page in form_pages(posting, group) for box in page]
    return {"box": next(box.text for box in boxes if box.id.startswith("night")), "corrected": corrected.facts["night"][0].value.name}


run("import", "baker.md", "clerk.md", "cook.md")
seen = {
    **asyncio.run(look_at_chat()),
    **look_at_forms(),
    "answers": [json.loads(line) for line in run("chat", "--json", typed=sys.argv[1]).splitlines()],
    "exported": run("export"),
    "table": run("export", "--format", "csv"),
    "parsed": json.loads(run("parse", "--json", "baker.md")),
    "report": run("report", "baker.md"),
}
print(json.dumps(seen))
"""

SAID = (
    ("asked", "does Dough have night shifts?"),
    ("followed", "and Paper?"),
    ("", ""),
    ("silent", "does Pan have night shifts?"),
    ("", ""),
    ("listed", "which jobs have night shifts?"),
    ("", ""),
    ("compared", "Dough vs Paper"),
    ("", ""),
    ("summed up", "tell me about Dough"),
)
"""What is typed in a conversation, which an empty line begins anew."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the package with one topic more shows of three postings."""
    folder, package = tmp_path_factory.mktemp("house"), Path(bot.__file__).parent
    shutil.copytree(package, folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "data").symlink_to(package.parent / "data")
    (folder / "bot/topics/night.py").write_text(NIGHT, "utf-8")
    registry = folder / "bot/topics/__init__.py"
    written = registry.read_text("utf-8").replace("    VISA,\n", "    VISA,\n    NIGHT,\n")
    registry.write_text(written.replace("from bot.topics.pay ", "from bot.topics.night import NIGHT\nfrom bot.topics.pay "), "utf-8")
    for name, text in (("baker", BAKER), ("clerk", CLERK), ("cook", COOK)):
        (folder / f"{name}.md").write_text(text, "utf-8")
    typed = "".join(f"{said}\n" for _, said in SAID)
    environment = {**os.environ, "PYTHONPATH": str(folder), "DATABASE_URL": "sqlite+aiosqlite:///toy.db"}
    done = subprocess.run([sys.executable, "-c", LOOK, typed], capture_output=True, text=True, cwd=folder, env=environment, check=False)  # noqa: S603 - our own code
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    found["answers"] = dict(zip([name for name, _ in SAID if name], found["answers"], strict=True))
    return found


def test_it_has_its_command_and_stands_in_the_help(seen: dict[str, Any]) -> None:
    assert "nights" in seen["commands"]
    assert "/nights" in seen["help"]


def test_its_card_tells_it_with_the_postings_words(seen: dict[str, Any]) -> None:
    assert "There are night shifts" in seen["card"]
    assert "You work night shifts from May on" in seen["card"]


def test_it_is_kept_with_its_own_type_and_found_by_its_key(seen: dict[str, Any]) -> None:
    assert seen["found"] == ["Dough"]
    assert seen["read"] == "YES"


def test_it_has_a_box_in_a_form_and_is_corrected_there(seen: dict[str, Any]) -> None:
    assert seen["box"] == "yes | You work night shifts from May on"
    assert seen["corrected"] == "NO"


def test_a_question_in_free_words_is_about_it(seen: dict[str, Any]) -> None:
    answer = seen["answers"]["asked"]
    assert (answer["topic"], answer["state"], answer["verdict"]) == ("night", "answered", "yes")
    assert answer["quotes"] == ["You work night shifts from May on"]


def test_what_the_posting_does_not_say_is_said_in_its_words(seen: dict[str, Any]) -> None:
    answer = seen["answers"]["silent"]
    assert (answer["topic"], answer["state"]) == ("night", "not_stated")
    assert answer["text"] == "The posting does not say whether one works at night."


def test_a_conversation_goes_on_about_it(seen: dict[str, Any]) -> None:
    answer = seen["answers"]["followed"]
    assert (answer["topic"], answer["company"], answer["verdict"]) == ("night", "Paper", "no")


def test_all_postings_are_listed_by_it(seen: dict[str, Any]) -> None:
    assert seen["answers"]["listed"]["postings"] == ["baker.md"]


def test_two_companies_are_compared_by_it(seen: dict[str, Any]) -> None:
    assert "Night work\n• Dough: There are night shifts\n• Paper: There are no night shifts" in seen["answers"]["compared"]["text"]


def test_a_summary_tells_it(seen: dict[str, Any]) -> None:
    assert "Night work: There are night shifts" in seen["answers"]["summed up"]["text"]


def test_it_is_exported(seen: dict[str, Any]) -> None:
    records = [json.loads(line) for line in seen["exported"].splitlines()]
    assert {record["company"]: [fact["value"] for fact in record["facts"].get("night", [])] for record in records} == {
        "Dough": ["yes"],
        "Paper": ["no"],
        "Pan": [],
    }
    assert "night" in seen["table"].splitlines()[0].split(",")


def test_it_has_its_key_in_the_parsed_json_and_its_place_in_the_report(seen: dict[str, Any]) -> None:
    assert seen["parsed"]["night"] == "yes"
    assert "Night work" in seen["report"]
