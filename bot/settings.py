"""
Every setting of Rolecall, read in this one place from the environment and from the file `.env`, and the logs that they set up.

`.env.example` lists them all.
"""

import logging
import re
import sys
from functools import cached_property
from typing import Any, Literal, NamedTuple, TextIO

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import SettingsError
from bot.domain.posting import Quotas

_FILE = ".env"
_BETWEEN_IDS = re.compile(r"[,;\s]+")
_USER_ID = re.compile(r"[0-9]{15,20}")
_NO_USER_IDS = "it takes Discord user ids with commas between, as 90000000000000001,90000000000000002; copy yours with Copy User ID"
_NO_SHARDS = "it takes the first and last shard of this process and how many there are in all, as 0-3/16"


class ShardRange(NamedTuple):
    """Some of a bot's shards."""

    numbers: tuple[int, ...]
    in_all: int
    """How many there are over all processes."""


class Settings(BaseSettings):
    """The settings, each by the name of its variable in lower case; a variable that is set to nothing counts as not set."""

    model_config = SettingsConfigDict(
        env_file=_FILE, env_file_encoding="utf-8-sig", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: str = Field(default="sqlite+aiosqlite:///rolecall.db", repr=False)
    """Where postings are kept; it may hold a password, so it is never shown."""

    discord_token: SecretStr | None = None
    """The bot's token; never shown."""

    discord_api_url: str = Field(default="https://discord.com/api/v10", pattern=r"^https?://[^\s?#]+$")
    """The base of Discord's HTTP API; another one for a rate-limit proxy or tests."""

    discord_public_key: str = Field(default="", pattern=r"^\s*([0-9a-fA-F]{64})?\s*$")
    """The application's public key, by which `serve` knows what is Discord's; Discord itself is asked where it is left out."""

    discord_gateway_url: str | None = Field(default=None, pattern=r"^wss?://\S+$")
    """The gateway instead of the one that the API names."""

    shards: str = Field(default="", pattern=r"^(\d{1,4}(-\d{1,4})?/[1-9]\d{0,3})?$")
    """Which of all shards this process has, as 0-3/16; `shard_range` has them as numbers."""

    bot_owner_ids: str = ""
    """The Discord user ids of the bot's owners, with commas or spaces between; `owners` has them as numbers."""

    source_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    """Where the source code of this bot is, for `/about`."""

    questions_per_minute: int = Field(default=30, ge=1, le=10_000)
    """Of the questions that a person asks while an earlier one of theirs is still being answered, how many are taken a minute."""

    postings_per_server: int = Field(default=2_000, ge=0, le=1_000_000)
    """How many postings a Discord server may keep; this and the next two do not hold for those that everyone sees."""

    megabytes_per_server: int = Field(default=50, ge=0, le=1_000_000)
    """How many megabytes of text a server's postings may have together."""

    previews_per_server: int = Field(default=20, ge=1, le=1_000_000)
    """How many previews a server may have that are neither kept nor cancelled."""

    boards_per_server: int = Field(default=10, ge=0, le=1_000_000)
    """How many boards a server may follow; nor does this hold for those that everyone sees."""

    uploads_per_hour: int = Field(default=10, ge=1, le=1_000_000)
    """How often an hour a person may give a server postings to read."""

    health_port: int | None = Field(default=None, ge=0, le=65_535)
    """The port of /healthz, /readyz and /metrics; None for none."""

    health_host: str = Field(default="127.0.0.1", min_length=1)
    """The address at which that port listens."""

    allow_private_urls: bool = False
    """Whether postings are also read from addresses that are not public: for tests on loopback, and never for a bot that others use."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """From which weight on something is logged."""

    log_format: Literal["auto", "console", "json"] = "auto"
    """How a logged line looks; auto is for people where standard error is a terminal, else JSON."""

    @property
    def quotas(self) -> Quotas:
        """What a server may have."""
        return Quotas(
            postings=self.postings_per_server,
            megabytes=self.megabytes_per_server,
            previews=self.previews_per_server,
            boards=self.boards_per_server,
        )

    @property
    def shard_range(self) -> ShardRange | None:
        """The shards of this process; None for all that Discord advises."""
        return _read_shards(self.shards) if self.shards else None

    @property
    def owners(self) -> frozenset[int]:
        """The Discord users who manage the postings that everyone sees."""
        return frozenset(map(int, _split_ids(self.bot_owner_ids)))

    @field_validator("bot_owner_ids")
    @classmethod
    def _are_user_ids(cls, written: str) -> str:
        if all(map(_USER_ID.fullmatch, _split_ids(written))):
            return written
        raise ValueError(_NO_USER_IDS)

    @field_validator("shards")
    @classmethod
    def _are_shards(cls, written: str) -> str:
        if not written or _read_shards(written).numbers:
            return written
        raise ValueError(_NO_SHARDS)

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _in_lower_case(cls, written: Any) -> Any:
        return written.strip().lower() if isinstance(written, str) else written


def read_settings() -> Settings:
    """
    Read the environment and, for what it does not set, the file `.env` of the working directory, where there is one.

    Raises SettingsError, which names the variable and never repeats an address that may hold a password.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_tell(name, problem) for problem in error.errors() for name in problem["loc"][:1])) from None
    except UnicodeDecodeError:
        raise SettingsError(f"{_FILE} is no text in UTF-8, so no settings can be read from it; save it as UTF-8 or move it away") from None
    except OSError as error:
        raise SettingsError(f"{_FILE} cannot be read ({error.strerror}); give this user the right to read it, or move it away") from None


def _tell(name: int | str, problem: Any) -> str:
    variable = str(name).upper()
    context = problem.get("ctx", {})
    if allowed := context.get("expected"):
        return f"{variable} must be {allowed}; correct it or take it out"
    return f"{variable} makes no sense: {context.get('error') or problem['msg']}"


def _read_shards(written: str) -> ShardRange:
    """
    Return the shards; none where there are no such.

    >>> _read_shards("4-6/16"), _read_shards("1/2"), _read_shards("3-16/16")
    (ShardRange(numbers=(4, 5, 6), in_all=16), ShardRange(numbers=(1,), in_all=2), ShardRange(numbers=(), in_all=16))
    """
    own, _, count = written.partition("/")
    first, _, last = own.partition("-")
    numbers = tuple(range(int(first), int(last or first) + 1))
    return ShardRange(numbers if numbers and numbers[-1] < int(count) else (), int(count))


def _split_ids(written: str) -> list[str]:
    return [one for one in _BETWEEN_IDS.split(written) if one]


_PASSWORD_IN_URL = re.compile(r"(?<=://)([^\s:/@]{0,200}):([^\s/]{1,200})@")
_SECRET_NAMED = re.compile(r"(?i)\b((?:password|passwd|token|secret)[\"']?\s{0,2}[=:]\s{0,2}[\"']?)[^\s\"'&,;]{1,400}")
_TOKEN_SHAPED = re.compile(r"\b[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,45}\b")
"""What Discord's bot tokens look like."""

_SECRETS: set[str] = set()
_SHORTEST_SECRET = 4
_TALKATIVE = ("aiosqlite", "alembic", "asyncio", "sqlalchemy", "discord.http", "discord.webhook")
"""Libraries that tell each of their steps; only their warnings are of use, and Discord's steps hold tokens of interactions."""

_TOLD_FROM_INFO = ("discord",)
"""Libraries whose finest level holds what people wrote."""


def set_up_logs(level: str, form: str = "auto", *, stream: TextIO | None = None) -> None:
    """
    Send what Rolecall and its libraries log to a stream (standard error).

    `level` is debug, info, warning or error; `form` is console, json or auto, which is console on a terminal and json elsewhere.

    It may be called again: the last call holds.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    is_terminal = handler.stream.isatty()
    handler.setFormatter(_Formatter(as_json=form == "json" or (form == "auto" and not is_terminal), colors=is_terminal))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _TOLD_FROM_INFO:
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def keep_out_of_logs(secret: str) -> None:
    """Make a secret unreadable in every line that is logged from now on."""
    if len(secret) >= _SHORTEST_SECRET:
        _SECRETS.add(secret)


def hide_secrets(text: str) -> str:
    """
    Return the text with passwords in URLs, words behind "password=" and its like, and tokens made unreadable.

    >>> hide_secrets("cannot reach postgresql://ada:pa55@db.example/jobs")
    'cannot reach postgresql://ada:***@db.example/jobs'
    >>> hide_secrets("the posting asks for a password manager")
    'the posting asks for a password manager'
    """
    for secret in _SECRETS:
        text = text.replace(secret, "***")
    return _TOKEN_SHAPED.sub("***", _SECRET_NAMED.sub(r"\1***", _PASSWORD_IN_URL.sub(r"\1:***@", text)))


class _Formatter(logging.Formatter):
    """Structlog's formatter, made for the first line: to import it takes a tenth of the time that a question at a terminal does."""

    def __init__(self, *, as_json: bool, colors: bool) -> None:
        super().__init__()
        self._as_json = as_json
        self._colors = colors

    def format(self, record: logging.LogRecord) -> str:
        return hide_secrets(self._made.format(record))

    @cached_property
    def _made(self) -> logging.Formatter:
        from structlog import dev, processors, stdlib

        last: list[Any] = [processors.format_exc_info, processors.JSONRenderer(ensure_ascii=False)]
        if not self._as_json:
            # A plain traceback: it is asked for rarely, and then to be pasted into a report.
            last = [dev.ConsoleRenderer(colors=self._colors, exception_formatter=dev.plain_traceback)]
        return stdlib.ProcessorFormatter(
            foreign_pre_chain=[stdlib.add_log_level, stdlib.add_logger_name, processors.TimeStamper(fmt="iso")],
            processors=[stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
