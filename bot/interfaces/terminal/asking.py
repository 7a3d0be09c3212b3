"""A question that a person at the terminal says yes or no to."""

import sys

_YES = frozenset({"y", "yes"})


def agrees(question: str, *, is_agreed: bool) -> bool:
    """
    Ask on a terminal and tell whether the answer is yes; where nobody can be asked, only what was agreed to before is done.

    >>> agrees("Remove it?", is_agreed=True)
    True
    """
    if is_agreed:
        return True
    if not sys.stdin.isatty():
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)  # noqa: T201
    return sys.stdin.readline().strip().lower() in _YES
