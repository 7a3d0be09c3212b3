"""Logs are for people on a terminal and JSON elsewhere, and never hold a password."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import hide_secrets, keep_out_of_logs, set_up_logs


@pytest.fixture(autouse=True)
def _logging_restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def logged(form: str = "auto", level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    set_up_logs(level, form, stream=stream)
    return stream


def test_away_from_a_terminal_each_line_is_one_json_object() -> None:
    stream = logged()
    logging.getLogger("bot.intake").info("kept %d", 3)
    line = json.loads(stream.getvalue())
    assert (line["event"], line["level"], line["logger"]) == ("kept 3", "info", "bot.intake")


def test_what_a_library_logs_goes_the_same_way() -> None:
    stream = logged()
    logging.getLogger("some.library").warning("slow: %s s", 3)
    assert json.loads(stream.getvalue())["event"] == "slow: 3 s"


def test_for_people_a_line_is_plain_words() -> None:
    stream = logged("console")
    logging.getLogger("bot").warning("disk is nearly full: %d in 100", 97)
    assert "disk is nearly full: 97 in 100" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


def test_what_is_below_the_level_is_not_logged() -> None:
    stream = logged(level="warning")
    logging.getLogger("bot").info("of no interest")
    logging.getLogger("alembic.runtime.migration").info("Context impl SQLiteImpl.")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_password_is_not_logged_wherever_it_stands(form: str) -> None:
    stream = logged(form)
    address = "postgresql+asyncpg://ada:s3cret@db.example/jobs"
    logging.getLogger("bot").info("opening %s", address)
    logging.getLogger("some.library").error("cannot connect to %s", address)
    logging.getLogger("bot").error("failed", exc_info=OSError(address))
    assert "ada:***@db.example" in stream.getvalue()
    assert "s3cret" not in stream.getvalue()


@given(st.text(), st.from_regex(r"[a-zA-Z0-9]{8,20}", fullmatch=True), st.text())
def test_no_password_in_a_url_survives_among_any_words(before: str, password: str, after: str) -> None:
    assert f":{password}@" not in hide_secrets(f"{before} redis://user:{password}@host {after}")


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_token_never_reaches_a_line(form: str) -> None:
    keep_out_of_logs("x.y.z-of-its-own-shape")
    stream = logged(form, "debug")
    log = logging.getLogger("discord.gateway")
    log.error("sent x.y.z-of-its-own-shape and MTAwMDAwMDAwMDAwMDAwMDAw.Gabcde.this-is-the-token-of-no-bot-at-all-1")
    log.error("failed", exc_info=ValueError("x.y.z-of-its-own-shape"))
    assert "own-shape" not in stream.getvalue()
    assert "no-bot-at-all" not in stream.getvalue()


def test_what_discord_sends_is_not_logged_even_at_the_finest_level() -> None:
    stream = logged(level="debug")
    logging.getLogger("discord.gateway").debug("WebSocket Event: what somebody wrote")
    logging.getLogger("discord.webhook.async_").info("POST https://discord.com/api/v10/webhooks/1/token")
    assert stream.getvalue() == ""
