"""`ask` answers one question, or each line of what is piped in; the contract of its JSON holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders_answering import posting_text
from builders_terminal import COOK
from command_line import run_command

import bot
from bot.answering.assistant import Assistant
from bot.domain.answer import Answer
from bot.domain.person import Asker
from bot.domain.query import Question

STATES = {"answered", "not_stated", "ambiguous", "no_such_company", "not_understood", "talk"}
KEYS = {"question", "state", "topic", "topics", "verdict", "postings", "company", "openness", "country", "eligible", "quotes", "text"}


def test_a_new_database_answers_from_the_bundled_postings() -> None:
    ran = run_command("ask", "do they sponsor visas at Wikimedia?")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Wikimedia Foundation · ")


def test_a_database_that_was_imported_into_answers_from_that_alone(empty_folder: Path) -> None:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    run_command("import", "cook.md")
    assert run_command("ask", "what", "does", "Copper", "Pan", "pay?").out.startswith("Copper Pan · Cook\n")
    assert json.loads(run_command("ask", "--json", "what does Wikimedia pay?").out)["state"] == "no_such_company"


def test_a_question_as_an_argument_is_one_json_line() -> None:
    ran = run_command("ask", "--json", "what does Flex pay?")
    record = json.loads(ran.out)
    assert ran.out.count("\n") == 1
    assert set(record) >= KEYS
    assert (record["question"], record["company"]) == ("what does Flex pay?", "Flex")
    assert record["postings"] == ["bundled/flex-staff-machine-learning-engineer.md"]
    assert record["state"] in STATES


def test_each_line_that_is_not_blank_is_answered_in_order_and_stands_alone() -> None:
    ran = run_command("ask", "--json", typed="\ufeffwhat does Flex pay?\r\n\n  \nand what does it need?\nПривет 你好 \x00\n")
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert [record["question"] for record in records][:2] == ["what does Flex pay?", "and what does it need?"]
    assert len(records) == 3
    assert records[1]["company"] is None


@pytest.mark.parametrize("typed", [b"\xff\xfe what does Flex pay?\n", b"what does Flex pay?"])
def test_broken_letters_and_a_missing_line_end_do_no_harm(typed: bytes) -> None:
    ran = run_command("ask", "--json", typed=typed)
    assert (ran.status, ran.out.count("\n")) == (0, 1)


def test_nothing_piped_in_answers_nothing() -> None:
    assert run_command("ask", "--json", typed="") == (0, "", "")


@pytest.mark.parametrize("typed", ["ask", "chat"])
def test_a_list_as_json_names_the_postings_of_all_its_pages(typed: str, empty_folder: Path) -> None:
    for name in ("ash", "birch", "cedar", "dune", "elm", "fir", "gale"):
        (empty_folder / f"{name}.md").write_text(posting_text(name.capitalize(), "Night Baker"), "utf-8")
    assert run_command("import", *(f"{one}" for one in sorted(empty_folder.glob("*.md")))).status == 0
    (record,) = map(json.loads, run_command(typed, "--json", typed="which jobs are there?\n").out.splitlines())
    assert len(record["postings"]) == 7


def test_without_json_each_answer_is_a_page() -> None:
    ran = run_command("ask", typed="what does Flex pay?\nwhat does Nixtla pay?\n")
    assert "Flex · " in ran.out
    assert "\n\nNixtla · " in ran.out


def test_a_database_that_is_none_is_told_in_one_line(empty_folder: Path) -> None:
    (empty_folder / "notes.txt").write_text("not a database, but long enough to be looked at " * 99, "utf-8")
    ran = run_command("ask", "--database", "notes.txt", "what does Flex pay?")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("rolecall: notes.txt is not a SQLite database")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("command", [("ask", "what does Flex pay?"), ("search", "--skill", "SQL"), ("explain", "hi")])
def test_a_database_that_is_named_and_not_there_is_not_made_up(empty_folder: Path, command: tuple[str, ...]) -> None:
    ran = run_command(*command, "--database", "typo.db")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("rolecall: there is no database typo.db")
    assert not (empty_folder / "typo.db").exists()


def test_more_than_five_are_not_compared_in_silence() -> None:
    ran = run_command("compare", *"abcdef")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "rolecall: 5 postings at most are set side by side, and 6 were named; leave some out\n"


def test_a_page_behind_the_last_one_is_the_last_one() -> None:
    assert run_command("search", "--page", "9").out == run_command("search", "--page", "1").out


def test_a_failure_of_our_own_at_one_question_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Assistant.answer

    async def fail_at_the_first(assistant: Assistant, question: Question, asker: Asker) -> Answer:
        if question.text == "first":
            raise ZeroDivisionError
        return await answer(assistant, question, asker)

    monkeypatch.setattr(Assistant, "answer", fail_at_the_first)
    ran = run_command("ask", "--json", typed="first\nwhat does Flex pay?\n")
    first, second = map(json.loads, ran.out.splitlines())
    assert ran.status == 1
    assert set(first) == KEYS
    assert (first["question"], first["state"]) == ("first", "not_understood")
    assert "Something went wrong inside Rolecall" in first["text"]
    assert second["company"] == "Flex"


def test_an_answer_from_facts_waits_for_no_part_that_reads_or_imports_postings(empty_folder: Path) -> None:
    run_command("ask", "what does Flex pay?")
    asked = "import sys; from bot.__main__ import main; main(['ask', 'what does Flex pay?']); print(*sys.modules)"
    command = [sys.executable, "-c", asked]
    environment = {**os.environ, "PYTHONPATH": str(Path(bot.__file__).parent.parent)}
    loaded = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=empty_folder).stdout  # noqa: S603 - our own
    assert not {"ftfy", "bot.parsing.parse", "bot.intake.importing", "alembic"} & set(loaded.splitlines()[-1].split())


def test_show_prints_a_postings_whole_text(empty_folder: Path) -> None:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    run_command("import", "cook.md")
    ran = run_command("show", "copper", "pan")
    assert (ran.status, ran.err) == (0, "")
    assert [line for line in COOK.splitlines() if line.strip() and line not in ran.out] == []
    assert "no posting from" in run_command("show", "Quuxworks").out
