"""An answer as a card: whose posting, the figures, the list, the posting's own words, and what to ask next."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.answer import Answer, PostingReference, State, Telling
from bot.interfaces.chat.answer_controls import choice_rows, page_row, posting_of, topic_rows
from bot.interfaces.chat.card import LONGEST_FOOTER, LONGEST_TITLE, MOST_ROWS, Card, Row, Tone
from bot.interfaces.chat.escaping import cut, escaped, escaped_within, readable, showable_link
from bot.interfaces.chat.flags import country_lines
from bot.interfaces.chat.pages import lay_out
from bot.interfaces.chat.quoted import quote_blocks
from bot.matching.topic import OTHER

_LONGEST_BOLD = 160
_LONGEST_SENTENCE = 1200
_LONGEST_ITEM = 600
_LONGEST_CHOICE = 160
_LONGEST_ECHO = 300
_LONGEST_NAME = 80
_TONES = {State.ANSWERED: Tone.ANSWER, State.NOT_STATED: Tone.SILENT}
_ECHO = re.compile(r"(?:Page \d{1,4} of \d{1,4} · )?“(.{1,400})”", re.DOTALL)


@dataclass(frozen=True)
class View:
    """How an answer is looked at."""

    owner: int
    """Whose question it was."""

    page: int = 0
    locale: str = "en"
    is_open: bool = False
    """All topics are shown below it."""


def answer_card(answer: Answer, view: View) -> Card:
    """Return the card of one page of an answer; a page that there is not becomes the last one."""
    about = posting_of(answer)
    pages = lay_out(_blocks(answer, view))
    number = min(view.page, len(pages) - 1)
    body = "\n".join(pages[number])
    if about:
        corrected = f" · corrected by {escaped_within(answer.corrected_by.name, _LONGEST_NAME)}" if answer.corrected_by else ""
        body += f"\n\n*Posting read <t:{int(about.read_at.timestamp())}:D>{corrected}*"
    return Card(
        body=body or "…",
        title=_title(about) if about else None,
        link=showable_link(about.link) if about else None,
        footer=_footer(answer, number, len(pages)),
        tone=_TONES.get(answer.state, Tone.ASKING),
        rows=_rows(answer, view, number, pages=len(pages)),
        is_personal=answer.state in (State.NO_SUCH_COMPANY, State.NOT_UNDERSTOOD) or bool(answer.nearest),
    )


def question_in(footer: str | None) -> str:
    """
    Return the question that a card's footer repeats, empty where it repeats none.

    >>> question_in("Page 1 of 3 · “what does it pay?”"), question_in("Page 1 of 3")
    ('what does it pay?', '')
    """
    match = _ECHO.fullmatch(footer or "")
    return match[1] if match else ""


def posting_name(company: str | None, title: str | None) -> str:
    """
    Return what a posting is called, on one line and not escaped.

    >>> posting_name("Acme", "Baker"), posting_name("\u200b", None)
    ('Acme · Baker', 'A posting without a title')
    """
    names = [readable(name) for name in (company, title) if name]
    return " · ".join(filter(None, names)) or "A posting without a title"


def _title(about: PostingReference) -> str:
    return escaped_within(posting_name(about.company, about.title), LONGEST_TITLE)


def _blocks(answer: Answer, view: View) -> Iterator[str]:
    is_about = posting_of(answer) is not None
    sentence = escaped(cut(readable(answer.telling.sentence), _LONGEST_SENTENCE))
    is_figure = answer.state in _TONES and len(sentence) <= _LONGEST_BOLD and answer.topic != OTHER
    yield f"**{sentence}**" if is_figure and sentence else sentence
    if answer.eligibility and (lines := list(country_lines(answer.eligibility, view.locale))):
        yield from (f"- {line}" for line in lines)
    else:
        yield from _items(answer.telling, _LONGEST_ITEM if is_about else _LONGEST_CHOICE)
    for telling in answer.further:
        yield f"\n**{escaped(cut(readable(telling.sentence), _LONGEST_SENTENCE))}**"
        yield from _items(telling, _LONGEST_ITEM)
    if is_about:  # of several companies' words nobody could tell whose they are
        yield from quote_blocks(answer)


def _items(telling: Telling, longest: int) -> Iterator[str]:
    for item in telling.items:
        if line := escaped(cut(readable(item), longest)):
            yield f"- {line}"


def _footer(answer: Answer, number: int, pages: int) -> str | None:
    """Say which page this is, and repeat a question in free words, so that the buttons below know it after a restart."""
    parts = [f"Page {number + 1} of {pages}"] if pages > 1 else []
    if echo := cut(readable(answer.question), _LONGEST_ECHO):
        parts.append(f"“{echo}”")
    return " · ".join(parts)[:LONGEST_FOOTER] or None


def _rows(answer: Answer, view: View, number: int, *, pages: int) -> tuple[Row, ...]:
    about = posting_of(answer)
    above = topic_rows(answer, about, owner=view.owner, is_open=view.is_open) if about else choice_rows(answer, view.owner)
    below = page_row(answer, number, pages=pages, owner=view.owner)
    return (*above[: MOST_ROWS - len(below)], *below)
