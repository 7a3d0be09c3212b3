"""Replies with all that a posting states on a topic."""

from collections.abc import Sequence
from typing import Any

from bot.answering.subject import Reply, Subject
from bot.domain.answer import State, Telling
from bot.domain.fact import Fact, Quote
from bot.topics import BY_NAME

MOST_QUOTES = 12
"""Lists are told whole; of their quotes so many are given."""


def reply_plainly(subject: Subject) -> Reply:
    """Tell what the posting states, or that it does not say."""
    topic = BY_NAME[subject.asked.topic]
    facts = topic.facts_in(subject.kept.posting)
    return reply_with(subject, facts) if facts else Reply(State.NOT_STATED, Telling(sentence=topic.silence))


def reply_with(subject: Subject, facts: Sequence[Fact[Any]]) -> Reply:
    """Tell some of the facts on the topic that is asked about."""
    return Reply(State.ANSWERED, BY_NAME[subject.asked.topic].tell_in(subject.locale, facts), quotes_of(facts))


def quotes_of(facts: Sequence[Fact[Any]]) -> tuple[Quote, ...]:
    """Return the quotes behind facts, each once."""
    return tuple(dict.fromkeys(fact.quote for fact in facts))[:MOST_QUOTES]
