"""Settings come from the environment and `.env`; what is wrong is told by its variable's name."""

import re
from pathlib import Path

import pytest

from bot.domain.errors import SettingsError
from bot.settings import Settings, read_settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"

pytestmark = pytest.mark.usefixtures("empty_folder")


def test_without_any_setting_the_database_is_a_file_in_the_working_directory() -> None:
    settings = read_settings()
    assert settings.database_url == "sqlite+aiosqlite:///rolecall.db"
    assert (settings.log_level, settings.log_format) == ("info", "auto")


def test_the_environment_is_read_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", " Debug ")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.db")
    assert read_settings().log_level == "debug"
    assert read_settings().database_url == "sqlite:///other.db"


def test_the_file_stands_in_for_what_the_environment_does_not_set(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_folder / ".env").write_text("LOG_LEVEL=error\nLOG_FORMAT=json\n", "utf-8")
    monkeypatch.setenv("LOG_LEVEL", "warning")
    assert (read_settings().log_level, read_settings().log_format) == ("warning", "json")


def test_a_byte_order_mark_and_unknown_variables_do_no_harm(empty_folder: Path) -> None:
    (empty_folder / ".env").write_text("\ufeffLOG_LEVEL=error\nEDITOR=vi\nROLECALL_NEXT_YEAR=1\n", "utf-8")
    assert read_settings().log_level == "error"


def test_a_variable_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "")
    monkeypatch.setenv("DATABASE_URL", "")
    assert read_settings() == Settings()
    assert read_settings().log_format == "auto"


def test_a_wrong_value_is_told_in_one_line_that_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(SettingsError) as told:
        read_settings()
    assert str(told.value) == "LOG_LEVEL must be 'debug', 'info', 'warning' or 'error'; correct it or take it out"


@pytest.mark.parametrize(
    ("written", "owners"),
    [
        ("", []),
        ("900000000000000001", [900000000000000001]),
        ("900000000000000001,900000000000000002", [900000000000000001, 900000000000000002]),
        (" 900000000000000001 ;\t900000000000000002, ", [900000000000000001, 900000000000000002]),
    ],
)
def test_owners_stand_with_commas_or_spaces_between(written: str, owners: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_OWNER_IDS", written)
    assert read_settings().owners == frozenset(owners)


@pytest.mark.parametrize(("written", "numbers"), [("0-3/16", (0, 1, 2, 3)), ("15/16", (15,)), ("0-0/1", (0,))])
def test_a_process_has_some_of_all_shards(written: str, numbers: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARDS", written)
    shards = read_settings().shard_range
    assert shards is not None
    assert (shards.numbers, shards.in_all) == (numbers, int(written.rpartition("/")[2]))


@pytest.mark.parametrize("written", ["3", "4-2/16", "16/16", "0-16/16", "0/0", "a-b/c", "-1/4"])
def test_what_are_no_shards_is_told_in_one_line(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARDS", written)
    with pytest.raises(SettingsError, match=r"^SHARDS makes no sense: "):
        read_settings()


@pytest.mark.parametrize("written", ["ada", "900000000000000001,ada", "12", "-900000000000000001", "9" * 21, "٩٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠"])
def test_what_is_no_user_id_is_told_in_one_line_and_not_repeated(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_OWNER_IDS", written)
    with pytest.raises(SettingsError, match=r"^BOT_OWNER_IDS makes no sense: it takes Discord user ids with commas between") as told:
        read_settings()
    assert len(str(told.value).splitlines()) == 1
    assert written not in str(told.value)


def test_a_file_that_is_no_text_is_told_in_one_line(empty_folder: Path) -> None:
    (empty_folder / ".env").write_bytes(b"LOG_LEVEL=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"^\.env is no text in UTF-8"):
        read_settings()


def test_the_database_url_is_not_shown_because_it_may_hold_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:secret@db.example/jobs")
    assert "secret" not in repr(read_settings())


def test_the_example_file_lists_every_setting_with_its_default_and_one_line_of_comment() -> None:
    blocks = EXAMPLE.read_text("utf-8").strip().split("\n\n")[1:]
    listed = {}
    for block in blocks:
        comment, assignment = block.split("\n")
        assert re.fullmatch(r"# \S.{20,140}", comment)
        name, _, value = assignment.partition("=")
        listed[name.lower()] = value
    assert listed == {name: str(field.default or "") for name, field in Settings.model_fields.items()}
