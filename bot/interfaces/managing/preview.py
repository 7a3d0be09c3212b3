"""What was understood of a posting, as blocks of markdown: its head, topic by topic with the posting's words, and what it does not say."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.answer import Answer, State, Telling
from bot.domain.correction import Correction, HeadField
from bot.domain.fact import Fact
from bot.domain.posting import Posting
from bot.interfaces.chat.escaping import cut, escaped, escaped_within, readable
from bot.interfaces.chat.quoted import quote_blocks
from bot.topics import TOPICS
from bot.topics.topic import Topic

_MOST_SHOWN = 60
"""Statements of one topic; the longest of 1,500 real lists has 46 items."""

_LONGEST = 600
_LONGEST_HEAD = 300
_LONGEST_NAME = 60
_HEAD = (HeadField.TITLE, HeadField.COMPANY, HeadField.LOCATION, HeadField.LINK)


def preview_blocks(posting: Posting, locale: str) -> Iterator[str]:
    """
    Yield what is shown of a posting before it is kept, each block short enough for a page.

    Of a posting with thousands of facts this takes a while, so that an event loop leaves it to a thread.
    """
    corrected = {correction.field: correction for correction in posting.corrections}
    yield from _head_lines(posting, corrected)
    silent = [topic.label.lower() for topic in TOPICS if not topic.facts_in(posting) and topic.name not in corrected]
    if silent:
        yield f"Not said: {', '.join(silent)}."
    for topic in TOPICS:
        facts, correction = topic.facts_in(posting), corrected.get(topic.name)
        if facts:
            yield from _topic_blocks(topic, facts, locale=locale)
        elif correction is not None:
            yield f"\n**{topic.label}**: nothing"
        if correction is not None:
            yield _mark(correction, holds=not correction.facts or facts == correction.facts)


def _head_lines(posting: Posting, corrected: Mapping[str, Correction]) -> Iterator[str]:
    for field in _HEAD:
        words: str | None = getattr(posting, field.attribute)
        mark = f" {_mark(corrected[field])}" if field in corrected else ""
        if words or mark:
            yield f"{field.attribute.capitalize()}: {escaped_within(words or '', _LONGEST_HEAD) or 'none'}{mark}"
    yield f"Source: {escaped_within(posting.source, _LONGEST_HEAD)}"
    missing = [field.attribute for field in (HeadField.COMPANY, HeadField.TITLE) if not getattr(posting, field.attribute)]
    if missing:
        yield f"**No {' and no '.join(missing)} was found: add it with Correct**, so that people can ask about the posting."


def _topic_blocks(topic: Topic[Any], facts: tuple[Fact[Any], ...], *, locale: str) -> Iterator[str]:
    shown = facts[:_MOST_SHOWN]
    telling = topic.tell_in(locale, facts)
    yield f"\n**{topic.label}**: {escaped(cut(readable(telling.sentence), _LONGEST))}"
    items = telling.items[:_MOST_SHOWN]
    yield from (f"- {line}" for item in items if (line := escaped(cut(readable(item), _LONGEST))))
    if len(telling.items) > len(items):
        yield f"- … and {len(telling.items) - len(items):,} more"
    quotes = tuple(fact.quote for fact in shown)
    told = Telling(sentence=telling.sentence, items=items)
    yield from quote_blocks(Answer(question="", state=State.ANSWERED, topic=topic.name, telling=told, quotes=quotes))


def _mark(correction: Correction, *, holds: bool = True) -> str:
    who = escaped_within(correction.by.name, _LONGEST_NAME) or "somebody"
    if holds:
        return f"✎ *corrected by {who}*"
    return f"✎ *what {who} put right rests: this text does not have its words*"
