"""Logging: everything goes to standard error, for people on a terminal, as JSON elsewhere, and never with a password."""

import logging
import re
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

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

_ALL_LINES: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
)


def set_up_logs(level: str, form: str = "auto", *, stream: TextIO | None = None) -> None:
    """
    Send what Rolecall and its libraries log to a stream (standard error).

    `level` is debug, info, warning or error; `form` is console, json or auto, which is console on a terminal and json elsewhere.

    It may be called again: the last call holds.
    """
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_ALL_LINES, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    is_terminal = handler.stream.isatty()
    handler.setFormatter(_formatter(as_json=form == "json" or (form == "auto" and not is_terminal), colors=is_terminal))
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


def _formatter(*, as_json: bool, colors: bool) -> logging.Formatter:
    last: list[Processor] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    if not as_json:
        # A plain traceback: it is asked for rarely, and then to be pasted into a report.
        last = [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_ALL_LINES,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last, _hide_in_line],
    )


def _hide_in_line(_logger: WrappedLogger, _name: str, line: EventDict | str) -> str:
    return hide_secrets(str(line))
