"""How a posting tells in its own sentences who is hiring and for what: for a summary."""

import re
from functools import cache

from bot.domain.facts import Quote
from bot.text.document import PROSE, Document
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import one_of, read_lexicon
from bot.topics.company import COMPANY
from bot.topics.lists import RESPONSIBILITIES

_LEAST_LETTERS = 60
_BEGINNING = 80
_OPENING_KINDS = frozenset({SectionKind.COMPANY, SectionKind.ROLE, None})


def find_company_sentences(document: Document) -> list[Quote]:
    """Return the sentences about the company; where none is plainly about it, those that name it first, then how the text begins."""
    if facts := COMPANY.find(document):
        return [fact.quote for fact in facts]
    lines = (line for line in document.body if line.kind is PROSE and read_line_kind(line) in _OPENING_KINDS)
    found = [sentence.quote for line in lines for sentence in line.sentences if len(sentence.text) >= _LEAST_LETTERS]
    name = (document.company or "?").casefold()
    return sorted(found, key=lambda quote: not quote.text.casefold().startswith(name))


def find_role_sentences(document: Document) -> list[Quote]:
    """Return sentences about the job itself, else what one does first."""
    prose = (sentence for line in document.statements for sentence in line.sentences if len(sentence.text) >= _LEAST_LETTERS)
    said = [sentence.quote for sentence in prose if _about_role().search(sentence.text[:_BEGINNING])]
    return said or [fact.quote for fact in RESPONSIBILITIES.find(document)]


@cache
def _about_role() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('passages')['role']['words'])})", re.IGNORECASE)
