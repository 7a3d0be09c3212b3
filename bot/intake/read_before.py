"""What had been read in a posting before anybody corrected it."""

from typing import Any

from bot.domain.correction import HeadField
from bot.domain.fact import Fact
from bot.domain.posting import Posting


def words_before(posting: Posting, field: HeadField) -> str | None:
    """Return what had been read for a head field."""
    correction = posting.correction_of(field)
    if correction is not None:
        return correction.read_words
    words: str | None = getattr(posting, field.attribute)
    return words


def facts_before(posting: Posting, topic: str) -> tuple[Fact[Any], ...]:
    """
    Return what had been read on a topic.

    Where a correction rests, that is what is there; where it says that the posting is silent, and a later text states something new,
    both what it hides and what is new.
    """
    now = tuple(posting.facts.get(topic, ()))
    correction = next((one for one in posting.corrections if one.field == topic), None)
    if correction is None:
        return now
    if posting.correction_of(topic) is not None:
        return correction.read
    return now if correction.facts else (*(fact for fact in correction.read if fact not in now), *now)
