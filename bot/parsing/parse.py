"""A raw text in, a Posting out."""

from dataclasses import replace
from itertools import islice

from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.parsing.employer import find_company_name
from bot.parsing.formats import Format
from bot.parsing.formats.any_data import ANY_DATA, split_text
from bot.parsing.formats.boards import PERSONIO, RECRUITEE, REMOTIVE, SMARTRECRUITERS, TEAMTAILOR, THE_MUSE, USAJOBS, WORKABLE
from bot.parsing.formats.json_ld import HTML, HTML_BODY, JSON_LD
from bot.parsing.formats.layouts import DEFINITION, FRONT_MATTER, JOB_BOARD, write_sources
from bot.parsing.formats.posting_apis import ASHBY, GREENHOUSE, LEVER
from bot.parsing.head import PLAIN
from bot.text.clean import repair
from bot.text.document import Document
from bot.text.words import part_words
from bot.topics import TOPICS
from bot.topics.apply import choose_apply_link

# The layouts that postings come in: one file each.
#
# FORMATS is the one ordered list, most exact first; the last one takes any text. A new format is one file and one word here.

FORMATS: tuple[Format, ...] = (
    *(JOB_BOARD, DEFINITION, FRONT_MATTER, JSON_LD, GREENHOUSE, LEVER, ASHBY, RECRUITEE, SMARTRECRUITERS, WORKABLE, TEAMTAILOR),
    *(REMOTIVE, THE_MUSE, USAJOBS, PERSONIO, ANY_DATA, HTML, HTML_BODY, PLAIN),
)


_LEAST_LETTERS = 40
"""Fewer letters than this are no posting: a name, a stray line, an empty page."""

LONGEST_TEXT = 200_000
"""Characters that a posting may have; the longest of 1,500 has 20,000."""

_MOST_READ, _MOST_LINES = 60_000, 900
"""Characters and lines of a text in which facts are looked for: three times as many as the longest of 1,500 postings has."""


def read_document(text: str) -> Document:
    """
    Read a repaired text with the first format that takes it; of a very long one the beginning.

    That is 60,000 characters, up to the end of a line or a word, or 900 lines.

    >>> [line.text for line in read_document("We cook in Lisbon.").lines]
    ['We cook in Lisbon.']
    """
    begun = _beginning_of(text)
    document = next(document for form in FORMATS if (document := form.read(begun)) is not None)
    company, link = document.company or find_company_name(document), document.link or choose_apply_link(document.lines)
    found = (
        ("company", document.company, company, "what the text says around it"),
        ("link", document.link, link, "its words and its address"),
    )
    rules = tuple(f"{name} by {rule}" for name, before, after, rule in found if after and not before)
    return replace(document, title=_part_title(document.title), company=company, link=link, rules=(*document.rules, *rules))


def _part_title(title: str | None) -> str | None:
    """
    Return a title with spaces between its words where it was copied without any.

    >>> _part_title("OvenIntegration / MiddlewareBaker"), _part_title("Baker at PricewaterhouseRye"), _part_title("DevOps")
    ('Oven Integration / Middleware Baker', 'Baker at PricewaterhouseRye', 'DevOps')
    """
    long = [word for word in title.split() if len(word) > _SHORT_WORD] if title else []
    return part_words(title) if title and long and all(len(word) >= _GLUED_WORD and part_words(word) != word for word in long) else title


_SHORT_WORD, _GLUED_WORD = 3, 12
"""Characters of a word of a title that tells nothing of whether it was glued, and of one that may be several."""


def render_markup(text: str) -> str | None:
    r"""
    Return the readable text of a posting in HTML or JSON, which is then read and kept in its place, or None for any other text.

    >>> render_markup("<h1>Cook</h1><p>We cook in Lisbon.")
    '---\ntitle: Cook\n---\n\nWe cook in Lisbon.'
    >>> render_markup("We cook in Lisbon.") is None
    True
    """
    parts = split_text(text)
    whole = parts[0] if parts is not None and len(parts) == 1 else text
    rendered = (
        next((written for form in FORMATS if (written := form.render(whole)) is not None), None)
        if parts is None or whole is not text
        else None
    )
    return None if rendered is None else repair(write_sources(rendered, whole))


def check_length(text: str, source: str) -> None:
    """
    Raise UnreadablePosting for a text that is longer than a posting may be; nothing of one is ever cut off.

    >>> check_length("We cook. " * 30_000, "a.md")
    Traceback (most recent call last):
    bot.domain.errors.UnreadablePosting: a.md has 270,000 characters, and a posting may have 200,000; give each posting's own text by itself
    """
    if len(text) > LONGEST_TEXT:
        told = f"{source} has {len(text):,} characters, and a posting may have {LONGEST_TEXT:,}; give each posting's own text by itself"
        raise UnreadablePosting(told)


def parse_posting(raw: str, source: str) -> Posting:
    """
    Read a posting: its head and, for each topic, what it states with the words that state it.

    The text is kept whole, of HTML and JSON what is rendered; what it states is looked for in its first 60,000 characters
    and 900 lines.

    Raises UnreadablePosting where the text is empty, or too short or too long to be a posting.
    """
    text = repair(raw)
    _check_single(text, source)
    text = render_markup(text) or text
    check_length(text, source)
    if len(tuple(islice(filter(str.isalnum, text), _LEAST_LETTERS))) < _LEAST_LETTERS:
        raise UnreadablePosting(f"{source} holds no posting: it is empty or has only a few words. Give the posting's whole text.")
    document = read_document(text)
    found = ((topic.name, tuple(topic.find(document))) for topic in TOPICS)
    return Posting(
        source=source,
        title=document.title,
        company=document.company,
        link=document.link,
        location=document.location,
        text=text,
        facts={name: facts for name, facts in found if facts},
    )


def _check_single(text: str, source: str) -> None:
    """Raise UnreadablePosting for a list of several postings."""
    parts = split_text(text)
    if parts is not None and len(parts) > 1:
        raise UnreadablePosting(f"{source} holds {len(parts)} postings; give each by itself, or add the file with import")


def _beginning_of(text: str) -> str:
    """Return the part of a text that is read: no line is cut where one ends near the bound, and no word or figure."""
    if len(text) > _MOST_READ:
        end = next((at for sign in "\n " if (at := text.rfind(sign, _MOST_READ // 2, _MOST_READ)) > 0), _MOST_READ)
        text = text[:end]
    return text if text.count("\n") < _MOST_LINES else "\n".join(text.split("\n", _MOST_LINES)[:_MOST_LINES])
