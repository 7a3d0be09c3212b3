"""What went wrong, as one line for a person; used by the outermost handlers only."""

import logging
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
