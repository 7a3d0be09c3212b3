"""When two texts are the same posting, and when a text is a new revision of a posting."""

import unicodedata
from hashlib import sha256

from bot.domain.posting import Posting

_DROPPED = dict.fromkeys(map(ord, "*_`~\\\ufeff\u200b\u200c\u200d\u2060"))
"""Emphasis, code and escape marks, and characters of no width."""

_SPACED = {ord("|"): " "}
"""A table's bars stand between words."""

_LINE_MARKS = "#>-+=•·▪◦‣–— \t"
"""Headings, citations, bullets and rules, where a line begins; elsewhere "C#" and "C++" need theirs."""


def fingerprint(posting: Posting) -> str:
    r"""
    Return 64 hexadecimal digits that are the same for every text of the same words (white space, case and markdown aside).

    >>> first, second, third = (
    ...     Posting(source=text, title=None, company=None, link=None, location=None, text=text)
    ...     for text in ("## Baker\n* **Early** shifts", "Baker\n\n- early  shifts", "Baker\n- late shifts")
    ... )
    >>> fingerprint(first) == fingerprint(second)
    True
    >>> fingerprint(first) == fingerprint(third)
    False
    """
    return _digest(_words(posting.text))


def identity(posting: Posting) -> str:
    """
    Return 64 hexadecimal digits that stay the same when a posting's text is revised: its link, or else its source, company and title.

    A digest and not the words themselves, because PostgreSQL indexes no value above some 2,700 bytes.
    """
    if posting.link:
        return _digest("link", posting.link.strip())
    return _digest("source", posting.source.strip(), _words(posting.company or ""), _words(posting.title or ""))


def _words(text: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    lines = folded.translate(_DROPPED).translate(_SPACED).splitlines()
    return " ".join(" ".join(line.lstrip(_LINE_MARKS) for line in lines).split())


def _digest(*parts: str) -> str:
    return sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()
