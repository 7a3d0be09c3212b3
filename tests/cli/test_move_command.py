"""`move` copies everything into another database, says how much of what, and what is to be done next."""

from pathlib import Path

import pytest
from builders_terminal import COOK
from command_line import run_command


@pytest.fixture(autouse=True)
def _cook(empty_folder: Path) -> None:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    run_command("import", "cook.md")


def test_all_of_it_is_in_the_other_database_afterwards() -> None:
    before = run_command("export").out
    ran = run_command("move", "--to", "new.db")
    assert (ran.status, ran.err) == (0, "")
    assert "posting: 1 row\n" in ran.out
    assert ran.out.endswith("all of it is there, row by row; now let DATABASE_URL name it, and start the bot\n")
    assert run_command("export", "--database", "new.db").out == before == run_command("export").out


def test_a_database_that_holds_something_is_left_as_it_is() -> None:
    run_command("move", "--to", "new.db")
    ran = run_command("move", "--to", "new.db")
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "new.db holds something already" in ran.err


def test_where_to_has_to_be_said() -> None:
    assert "--to" in run_command("move").err


def test_a_password_is_not_repeated() -> None:
    ran = run_command("move", "--to", "postgresql://ada:pa55word@127.0.0.1:1/none")
    assert ran.status == 1
    assert "127.0.0.1:1 does not answer" in ran.err
    assert "pa55word" not in ran.out + ran.err
