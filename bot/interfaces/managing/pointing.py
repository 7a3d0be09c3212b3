"""A message that somebody pointed at, as what is to be added: its words, its files, or the page that it is little more than a link to."""

import re
from dataclasses import dataclass

from bot.intake.source import Source
from bot.interfaces.managing.form import Fetch, fetch_nothing
from bot.interfaces.managing.reading import Asked

_ADDRESS = re.compile(r"https?://[^\s<>|\"]{3,1900}", re.IGNORECASE)
_SIGNS_BEHIND = ".,;:!?)]}'*_~"
_MARKED_LINK = re.compile(r"\[[^\[\]\n]{0,200}\]\(\s*<?(?P<address>https?://[^\s<>)\[]{3,1900})>?\s*\)")
"""Without brackets within: else one message of nothing but beginnings of links held everybody up for 140 ms."""

_FEW_LETTERS = 120
"""Letters and digits beside a link that are no posting: "look at this one, they hire from anywhere". The shortest real one has some 400."""

_MOST_LINKS = 5


@dataclass(frozen=True)
class Pointed:
    """A message."""

    text: str
    source: str
    """Its link."""

    fetch: Fetch = fetch_nothing
    """Fetches its files."""

    has_files: bool = False


def ask_for(pointed: Pointed) -> Asked:
    """
    Return what is to be read of a message.

    >>> ask_for(Pointed("look: <https://jobs.example/1>!", "here")).urls
    ('https://jobs.example/1',)
    >>> ask_for(Pointed("We cook in Lisbon.", "here")).texts[0].name
    'here'
    """
    if pointed.has_files:
        is_text = _count_letters(pointed.text) > _FEW_LETTERS
        return Asked(texts=(Source(pointed.source, pointed.text),) if is_text else (), fetch=pointed.fetch)
    addresses = find_addresses(pointed.text)
    if addresses and _count_letters(_ADDRESS.sub(" ", _MARKED_LINK.sub(" ", pointed.text))) <= _FEW_LETTERS:
        return Asked(urls=addresses[:_MOST_LINKS])
    return Asked(texts=(Source(pointed.source, pointed.text),) if pointed.text.strip() else ())


def find_addresses(text: str) -> tuple[str, ...]:
    """
    Return the addresses in a text, each once, without the signs that end a sentence.

    >>> find_addresses("(https://jobs.example/1), [there](https://jobs.example/2) or https://jobs.example/1.")
    ('https://jobs.example/1', 'https://jobs.example/2')
    """
    bare = _MARKED_LINK.sub(r" \g<address> ", text)
    return tuple(dict.fromkeys(match[0].rstrip(_SIGNS_BEHIND) for match in _ADDRESS.finditer(bare)))


def _count_letters(text: str) -> int:
    return sum(map(str.isalnum, text))
