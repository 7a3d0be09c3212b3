"""Runs the command line in this process, as a shell would."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import NamedTuple

from bot.__main__ import main


class Ran(NamedTuple):
    """What a command came to."""

    status: int
    out: str
    err: str


def run_command(*arguments: str, typed: str | bytes = "") -> Ran:
    """Run `python -m bot ARGUMENTS` with something piped in."""
    piped = io.TextIOWrapper(io.BytesIO(typed.encode() if isinstance(typed, str) else typed), encoding="ascii")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    with ExitStack() as stack:
        stack.enter_context(_put_back_afterwards())
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        sys.stdin = piped
        status = main(arguments)
    return Ran(status, _read(out), _read(err))


@contextmanager
def _put_back_afterwards() -> Iterator[None]:
    stdin, root = sys.stdin, logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        sys.stdin = stdin
        root.handlers[:] = handlers
        root.setLevel(level)


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.detach()
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
