"""A posting as a page: its head, what was read on each topic with its quotes, and what it does not say."""

from collections.abc import Iterator

from bot.domain.posting import Posting
from bot.interfaces.terminal.answer_page import posting_title
from bot.interfaces.terminal.page import BLANK, Paragraph
from bot.interfaces.terminal.quoting import quote_paragraphs, telling_paragraphs
from bot.topics import TOPICS

_INDENT = "  "


def posting_page(posting: Posting) -> Iterator[Paragraph]:
    """Yield the page."""
    yield Paragraph(posting_title(posting.company, posting.title), style="bold")
    if posting.location:
        yield Paragraph(posting.location)
    if posting.link:
        yield Paragraph(posting.link, style="dim", link=posting.link)
    yield Paragraph(f"read from {posting.source}", style="dim")
    for topic in TOPICS:
        facts = topic.facts_in(posting)
        if facts:
            telling = topic.tell(facts)
            yield BLANK
            yield Paragraph(topic.label, style="bold cyan")
            yield from telling_paragraphs(telling, indent=_INDENT)
            yield from quote_paragraphs((fact.quote for fact in facts), telling, indent=_INDENT * 2)
    yield from _silence(posting)


def _silence(posting: Posting) -> Iterator[Paragraph]:
    silent = [topic.label for topic in TOPICS if not topic.facts_in(posting)]
    if silent:
        yield BLANK
        yield Paragraph(", ".join(silent), first="The posting does not say: ", rest=_INDENT, style="dim")
