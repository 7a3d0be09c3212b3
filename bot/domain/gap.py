"""A question that could not be answered, without a trace of who asked it."""

from datetime import datetime
from typing import NamedTuple

from bot.domain.answer import State


class Gap(NamedTuple):
    """What was missing: countable, so that the people who add postings see what is asked for in vain."""

    topic: str
    """A topic's name, `other` for a free question, empty where none was made out."""

    company: str
    """The company's key, empty where none was named."""

    reason: State
    """not_stated, no_such_company or not_understood."""


class CountedGap(NamedTuple):
    """A gap, how often it was met, and when last (UTC)."""

    gap: Gap
    times: int
    last_at: datetime
