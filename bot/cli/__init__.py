"""The command line and the conversation in a terminal; what all of it shares without loading anything heavy."""

import io
import os
import sys

from bot.presentation.failures import harmless

# Standard input, output and error, made to carry any text and to end quietly.


def prepare_streams() -> None:
    """Use UTF-8 in pipes and files whatever the locale is; a letter that cannot be shown never stops a command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            errors = "replace" if stream is sys.stdin or stream.isatty() else "backslashreplace"
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)


def drop_output() -> None:
    """Let what is still to be printed go nowhere, after the reader of a pipe has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(message: str) -> None:
    """Tell what is wrong, in one line on standard error."""
    print(f"rolecall: {harmless(message)}", file=sys.stderr)  # noqa: T201
