"""The employer's name in the address of a job board, where the board's JSON does not give it."""

import re

from bot.parsing.heading import find_company_name
from bot.text.document import Document
from bot.text.lines import read_lines

_SLUG = re.compile(
    r"https?://(?:jobs\.(?:eu\.)?lever\.co|api\.(?:eu\.)?lever\.co/v0/postings|jobs\.ashbyhq\.com|(?:job-)?boards\.(?:eu\.)?greenhouse\.io"
    r"|boards-api\.greenhouse\.io/v1/boards)/(?P<slug>[\w.%&+-]{2,60})(?:[/?#]|$)",
    re.IGNORECASE,
)
_LONGEST = 40


def find_employer(link: str | None, body: str) -> str | None:
    """
    Return the employer that a board's address names, spelt as the text spells it; without one, the name that the text gives surely.

    >>> find_employer("https://jobs.lever.co/doughandsons/5a", "At Dough and Sons we bake.")
    'Dough and Sons'
    >>> find_employer("https://jobs.ashbyhq.com/acme-ovens/5a", "We bake.")
    'acme-ovens'
    """
    found = _SLUG.match(link or "")
    slug = found["slug"].replace("%20", " ") if found else ""
    if slug and "%" not in slug:
        return _spelt(slug, body) or slug
    return find_company_name(Document(None, None, None, None, read_lines(body)))


def _spelt(slug: str, text: str) -> str | None:
    """Return the name with the slug's letters as the text writes it, with capitals and spaces."""
    letters = [letter for letter in slug if letter.isalnum()][:_LONGEST]
    pattern = re.compile(r"(?<![\w@./-])" + r"[ .&'’-]{0,2}".join(map(re.escape, letters)) + r"(?![\w@/-]|\.\w)", re.IGNORECASE)
    return next((found[0] for found in pattern.finditer(text) if found[0] != found[0].lower()), None)
