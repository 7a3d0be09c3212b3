"""A raw text in, a Posting out."""

from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.parsing.formats import FORMATS
from bot.parsing.heading import find_company_name, find_link
from bot.text.clean import repair
from bot.text.document import Document
from bot.topics import TOPICS

_LEAST_LETTERS = 40
"""Fewer letters than this are no posting: a name, a stray line, an empty page."""


def read_document(text: str) -> Document:
    """Read a repaired text with the first format that takes it."""
    return next(document for form in FORMATS if (document := form.read(text)) is not None)


def parse_posting(raw: str, source: str) -> Posting:
    """
    Read a posting: its head and, for each topic, what it states with the words that state it.

    Raises UnreadablePosting where the text is empty or too short to be a posting.
    """
    text = repair(raw)
    if sum(map(str.isalnum, text)) < _LEAST_LETTERS:
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
