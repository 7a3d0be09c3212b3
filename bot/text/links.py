"""Addresses in postings: hostile until checked."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

_LINK = re.compile(r"https?://[^\s<>\"'`)\]}]{3,2000}", re.IGNORECASE)
_LONGEST = 2000


def to_link(written: str) -> str | None:
    """
    Return an http(s) address as written, or None for anything else.

    >>> to_link("https://jobs.example/1")
    'https://jobs.example/1'
    >>> to_link("javascript:alert(1)") is None
    True
    """
    address = written.strip().strip("<>")
    if len(address) > _LONGEST or not address.isprintable() or re.search(r"\s", address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in {"http", "https"} and parts.hostname else None


def find_links(text: str) -> Iterator[str]:
    """
    Yield the http(s) addresses in a text, in order, without the sign that ends a sentence.

    >>> list(find_links("Apply at https://jobs.example/1."))
    ['https://jobs.example/1']
    """
    found = (to_link(match[0].rstrip(".,;:!?*_")) for match in _LINK.finditer(text))
    return (link for link in found if link)
