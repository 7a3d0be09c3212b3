"""What went wrong, as one line for a person; used by the outermost handlers only."""

import logging
import re
import secrets
import sys

from bot.domain.errors import RolecallError


def describe(error: Exception, *, met_with: str | None = None) -> str:
    """
    Return the line; a failure that is Rolecall's own is logged with its cause, under the id that the line names.

    `met_with` names the file or question at hand, which the other errors name themselves.
    """
    if isinstance(error, RolecallError):
        return str(error)
    place = f" with {met_with}" if met_with else ""
    told = f"Something went wrong inside Rolecall{place} (error id {log_failure(error)})."
    return f"{told} It is not your doing: run it again with LOG_LEVEL=debug and report what that says."


def log_failure(error: Exception, *, is_for_operator: bool = False) -> str:
    """
    Log a failure with its traceback, and return the id to name it by: six characters.

    A person at a terminal gets the traceback only when they ask for it, with the level debug; any other log holds it, and so does
    the terminal of an operator, who is not the one that is told.
    """
    number = secrets.token_hex(3).upper()
    level = logging.DEBUG if sys.stderr.isatty() and not is_for_operator else logging.ERROR
    logging.getLogger("bot").log(level, "failed inside Rolecall (error id %s)", number, exc_info=error)
    return number


# Text from outside, made harmless to a terminal.

_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Control characters, which move the cursor or begin an ANSI sequence, and those that turn the direction of what follows."""

_ANSI = re.compile("(?:\x1b[\\[(]|\x9b)[0-9;?]{0,30}[@-~]?|\x1b\\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\\\)?")


_SPACE_BEFORE_STOP = re.compile(r"(?<=[\w)]) (?=[.,](?:\s|$))")
"""Left where a mark stood between a word and what ends its sentence."""


def harmless(text: str) -> str:
    r"""
    Return the text on one line, without anything that a terminal would take as a command.

    >>> harmless("a \x1b[31mred\x1b[0m\nposting\x07")
    'a red posting'
    >>> harmless("naïve 工程师 [bold]stays[/bold]")
    'naïve 工程师 [bold]stays[/bold]'
    >>> harmless("in 40+ countries . We use C# .NET")
    'in 40+ countries. We use C# .NET'
    """
    return _SPACE_BEFORE_STOP.sub("", " ".join(_NOT_SHOWN.sub("", _ANSI.sub("", text)).split()))
