"""Text from outside, made harmless for a chat that reads markdown and mentions."""

import re
from urllib.parse import urlsplit

from bot.interfaces.terminal.plain_text import harmless

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u2800\u3164\uffa0]|[\U000e0000-\U000e0fff]|[\ufe00-\ufe0e]"
)
"""Characters that show nothing, or fill space as if they were letters; joiners stay, because scripts and emoji need them."""

_MARKS_PILED_UP = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f\u0483-\u0489]{1,500}"
)
_ADDRESS = re.compile(r"(https?://[^\s<>()\[\]`|]{1,400})")
_MARKDOWN = re.compile(r"[\\*_~|`\[\]<>]")
_AT_START = re.compile(r"^(?=(?:[#\-+]|\d{1,9}[.)])(?:\s|$)|-?#)")
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_NUMBERED = re.compile(r"^\\(\d{1,9})([.)])")
_LONGEST_LINK = 512
"""Characters that a link button takes."""

_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,10}[a-z0-9-]{2,63}", re.IGNORECASE)
_LINK_CHARACTERS = re.compile(r"[!-~]+")


def readable(text: str) -> str:
    r"""
    Return the text on one line, without what shows nothing or turns the direction of what follows.

    >>> readable("a \u200b\u202e clerk\n who  files")
    'a clerk who files'
    """
    return " ".join(_MARKS_PILED_UP.sub(r"\1", _INVISIBLE.sub("", harmless(text))).split())


def escaped(text: str) -> str:
    r"""
    Return the text on one line as it is meant to be read: no markdown, no masked link, no mention; addresses stay as they are.

    >>> escaped("[**free** money](https://x.example/a_b) @everyone")
    '\\[\\*\\*free\\*\\* money\\](https://x.example/a_b) @\u200beveryone'
    """
    parts = _ADDRESS.split(readable(text))
    parts[::2] = (_MARKDOWN.sub(r"\\\g<0>", part) for part in parts[::2])
    line = _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\\", "".join(parts)))
    return _EVERYBODY.sub("@\u200b", line)


def cut(text: str, most: int) -> str:
    """
    Return the text, or as many of its words as fit, with an ellipsis.

    >>> cut("a clerk who files", 12), cut("short", 12), cut("abcdefgh", 4)
    ('a clerk who…', 'short', 'abc…')
    """
    if len(text) <= most:
        return text
    head = text[: most - 1]
    words = head.rpartition(" ")[0] if " " in head and text[most - 1] != " " else head
    return f"{words.rstrip() or head}…"


def escaped_within(text: str, most: int) -> str:
    r"""
    Return the escaped text, cut so that it fits with its escapes.

    >>> escaped_within("*" * 30, 11)
    '\\*\\*\\*\\*\\*…'
    """
    plain = readable(text)
    length = most
    while len(line := escaped(cut(plain, max(1, length)))) > most:
        length -= max(1, (len(line) - most) // 2)
    return line


def showable_link(link: str | None) -> str | None:
    """
    Return an address that can be a button, None for any other.

    >>> showable_link("https://jobs.example/1"), showable_link("javascript:alert(1)"), showable_link("https://x y.example")
    ('https://jobs.example/1', None, None)
    """
    if link is None or len(link) > _LONGEST_LINK or not _LINK_CHARACTERS.fullmatch(link):
        return None
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return None
    is_plain = parts.scheme in ("http", "https") and parts.username is None and _HOST.fullmatch(host) is not None
    return link if is_plain else None
