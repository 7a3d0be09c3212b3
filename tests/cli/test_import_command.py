"""`import` keeps what it can, sums up, and says why something was refused."""

import zipfile
from pathlib import Path

import pytest
from builders_terminal import COOK
from command_line import run_command


@pytest.fixture
def postings(empty_folder: Path) -> Path:
    folder = empty_folder / "postings"
    (folder / "more").mkdir(parents=True)
    (folder / "cook.md").write_text(COOK, "utf-8")
    (folder / "more" / "baker.txt").write_text(COOK.replace("Cook", "Baker").replace("a cook", "a baker"), "utf-8")
    with zipfile.ZipFile(folder / "others.zip", "w") as archive:
        archive.writestr("waiter.md", COOK.replace("Cook", "Waiter").replace("a cook", "a waiter"))
    return folder


def test_files_folders_and_archives_are_added_once(postings: Path) -> None:
    assert run_command("import", str(postings)).out == "3 added, 0 updated, 0 unchanged, 0 refused\n"
    again = run_command("import", str(postings / "cook.md"), str(postings / "others.zip"))
    assert again == (0, "0 added, 0 updated, 2 unchanged, 0 refused\n", "")


def test_a_posting_that_changed_is_updated(postings: Path) -> None:
    run_command("import", str(postings))
    (postings / "cook.md").write_text(COOK.replace("$60,000", "$65,000"), "utf-8")
    assert run_command("import", str(postings)).out == "0 added, 1 updated, 2 unchanged, 0 refused\n"


def test_what_is_refused_is_told_with_its_reason_and_the_rest_is_kept(postings: Path) -> None:
    (postings / "empty.md").write_bytes(b"")
    (postings / "bare").mkdir()
    ran = run_command("import", "nowhere", str(postings), str(postings / "bare"))
    assert ran.status == 1
    assert ran.out.splitlines()[0] == "3 added, 0 updated, 0 unchanged, 3 refused"
    reasons = ran.out.splitlines()[1:]
    assert reasons[0] == "• nowhere is not there; check the path"
    assert reasons[1].endswith("empty.md is empty; give the posting's whole text")
    assert "holds no postings" in reasons[2]


def test_a_text_with_nothing_of_a_posting_in_it_is_kept_and_named(postings: Path) -> None:
    (postings / "pancakes.md").write_text("# Pancakes\n\nMix four eggs with flour, let it rest, and bake thin cakes in butter.\n", "utf-8")
    ran = run_command("import", str(postings))
    assert ran.status == 0
    first, *doubts = ran.out.splitlines()
    assert first == "4 added, 0 updated, 0 unchanged, 0 refused"
    assert len(doubts) == 1
    assert "pancakes.md: nothing of a job posting was found in it" in doubts[0]


@pytest.mark.parametrize(
    ("database", "told"),
    [
        ("postings/cook.md", "postings/cook.md is not a SQLite database;"),
        ("postings", "postings is a folder; name a file"),
        ("nowhere/x.db", "nowhere/x.db cannot be created, because there is no folder"),
        ("mysql://ada:secret@localhost/x", "DATABASE_URL names mysql, which Rolecall cannot use"),
    ],
)
@pytest.mark.usefixtures("postings")
def test_a_database_that_cannot_be_used_is_told_in_one_line(database: str, told: str) -> None:
    ran = run_command("import", "postings", "--database", database)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"rolecall: {told}")
    assert ran.err.count("\n") == 1
    assert "secret" not in ran.err


def test_the_database_is_taken_from_the_option_else_from_the_settings(postings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///from_settings.db")
    run_command("import", str(postings))
    run_command("import", str(postings), "--database", "from_option.db")
    assert {path.name for path in postings.parent.glob("*.db")} == {"from_settings.db", "from_option.db"}
