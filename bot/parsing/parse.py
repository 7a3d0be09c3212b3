"""A raw text in, a Posting out."""

from itertools import islice

from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.parsing.formats import FORMATS
from bot.parsing.heading import find_company_name, find_link
from bot.text.clean import repair
from bot.text.document import Document
from bot.topics import TOPICS

_LEAST_LETTERS = 40
"""Fewer letters than this are no posting: a name, a stray line, an empty page."""


_MOST_READ = 100_000
"""Characters of a text in which facts are looked for: five times the longest of 1,500 postings, and a hostile text may have millions."""


def read_document(text: str) -> Document:
    """
    Read a repaired text with the first format that takes it; of a very long one the first 100,000 characters, up to the end of a word.

    >>> [line.text for line in read_document("We cook in Lisbon.").lines]
    ['We cook in Lisbon.']
    """
    begun = _beginning_of(text)
    return next(document for form in FORMATS if (document := form.read(begun)) is not None)


def parse_posting(raw: str, source: str) -> Posting:
    """
    Read a posting: its head and, for each topic, what it states with the words that state it.

    The text is kept whole; what it states is looked for in its first 100,000 characters.

    Raises UnreadablePosting where the text is empty or too short to be a posting.
    """
    text = repair(raw)
    if len(tuple(islice(filter(str.isalnum, text), _LEAST_LETTERS))) < _LEAST_LETTERS:
        raise UnreadablePosting(f"{source} holds no posting: it is empty or has only a few words. Give the posting's whole text.")
    document = read_document(text)
    found = ((topic.name, tuple(topic.find(document))) for topic in TOPICS)
    return Posting(
        source=source,
        title=document.title,
        company=document.company or find_company_name(document),
        link=document.link or find_link(document),
        location=document.location,
        text=text,
        facts={name: facts for name, facts in found if facts},
    )


def _beginning_of(text: str) -> str:
    """Return the part of a text that is read: no line is cut where one ends near the bound, and no word or figure."""
    if len(text) <= _MOST_READ:
        return text
    end = next((at for sign in "\n " if (at := text.rfind(sign, _MOST_READ // 2, _MOST_READ)) > 0), _MOST_READ)
    return text[:end]
