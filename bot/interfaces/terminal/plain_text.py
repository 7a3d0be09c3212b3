"""Text from outside, made harmless to a terminal."""

import re

_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Control characters, which move the cursor or begin an ANSI sequence, and those that turn the direction of what follows."""

_ANSI = re.compile("(?:\x1b[\\[(]|\x9b)[0-9;?]{0,30}[@-~]?|\x1b\\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\\\)?")


def harmless(text: str) -> str:
    r"""
    Return the text on one line, without anything that a terminal would take as a command.

    >>> harmless("a \x1b[31mred\x1b[0m\nposting\x07")
    'a red posting'
    >>> harmless("naïve 工程师 [bold]stays[/bold]")
    'naïve 工程师 [bold]stays[/bold]'
    """
    return " ".join(_NOT_SHOWN.sub("", _ANSI.sub("", text)).split())
