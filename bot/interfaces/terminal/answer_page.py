"""An answer as a page: whose posting, what it says, its own words."""

from collections.abc import Iterator

from bot.domain.answer import Answer, PostingReference, State
from bot.interfaces.terminal.page import BLANK, Paragraph
from bot.interfaces.terminal.quoting import quote_paragraphs, telling_paragraphs

_ABOUT_ONE = (State.ANSWERED, State.NOT_STATED)


def answer_page(answer: Answer) -> Iterator[Paragraph]:
    """Yield the page: company and role above what the posting says, and below it the quotes."""
    if answer.state in _ABOUT_ONE and answer.is_about_one_company:
        yield from _head(answer.postings[0])
    for telling in (answer.telling, *answer.further):
        yield from telling_paragraphs(telling)
    quotes = list(quote_paragraphs(answer.quotes, answer.telling, indent="  "))
    if quotes:
        yield BLANK
        yield from quotes
    if answer.corrected_by:
        yield Paragraph(f"Corrected by {answer.corrected_by.name}.", style="dim")


def posting_title(company: str | None, title: str | None) -> str:
    """
    Return what a posting is called.

    >>> posting_title("Acme", "Baker"), posting_title(None, "Baker"), posting_title(None, None)
    ('Acme · Baker', 'Baker', 'A posting without a title')
    """
    return " · ".join(name for name in (company, title) if name) or "A posting without a title"


def _head(posting: PostingReference) -> Iterator[Paragraph]:
    yield Paragraph(posting_title(posting.company, posting.title), style="bold")
    if posting.link:
        yield Paragraph(posting.link, style="dim", link=posting.link)
