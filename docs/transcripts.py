"""The transcripts on the pages: `python -m docs.transcripts` takes them again, and a test compares them with what the bot says."""

import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

PAGES = Path(__file__).parent
ROOT = PAGES.parent

_BLOCK = re.compile(r"(?<=^```console\n)(?P<lines>\$ python -m bot .+?)(?=^```$)", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"^\$ python -m bot (?P<words>.+?)(?: << END\n(?P<piped>.*?)^END)?$", re.MULTILINE | re.DOTALL)

Run = Callable[[Sequence[str], str], str]
"""Runs a command with something piped in, in a folder that stays the same within a page, and returns what it prints."""


def retake(page: str, run: Run) -> str:
    r"""
    Return a page with what each command on it prints.

    >>> page = "```console\n$ python -m bot ask 'why?'\nNo.\n```\n"
    >>> print(retake(page, lambda words, _: f"{words[-1]} Because.\n"), end="")
    ```console
    $ python -m bot ask 'why?'
    why? Because.
    ```
    """
    return _BLOCK.sub(lambda block: _retake_block(block["lines"], run), page)


def _retake_block(lines: str, run: Run) -> str:
    taken = []
    for typed in _TYPED.finditer(lines):
        printed = run(shlex.split(typed["words"]), typed["piped"] or "")
        taken.append(f"{typed[0]}\n{printed.rstrip()}\n")
    return "\n".join(taken)


def main() -> None:
    """Write all pages anew."""
    for path in sorted(PAGES.glob("*.md")):
        with tempfile.TemporaryDirectory() as folder:

            def run(words: Sequence[str], piped: str, folder: str = folder) -> str:
                command = [sys.executable, "-m", "bot", *words]
                env = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
                return subprocess.run(command, input=piped, cwd=folder, env=env, capture_output=True, text=True, check=True).stdout  # noqa: S603

            page = path.read_text("utf-8")
            taken = retake(page, run)
        if taken != page:
            path.write_text(taken, "utf-8")
            print(f"taken again: {path.name}")  # noqa: T201


if __name__ == "__main__":
    main()
