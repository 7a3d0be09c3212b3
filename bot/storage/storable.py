"""Text as both databases can hold it."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL's text refuses NUL, and a lone surrogate has no UTF-8."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    r"""
    Return the text with each character that cannot be stored replaced, one for one, so that quotes are still found in it.

    >>> storable("a\x00b") == f"a{REPLACEMENT}b"
    True
    >>> storable("naïve 工程师")
    'naïve 工程师'
    """
    return _UNSTORABLE.sub(REPLACEMENT, text)


def storable_or_none(text: str | None) -> str | None:
    """Return storable text, or None for None."""
    return None if text is None else storable(text)
