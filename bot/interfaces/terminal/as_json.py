"""Postings and answers as JSON for other programs: one object a line, with fixed names."""

import json
from collections.abc import Sequence
from typing import Any

from bot.domain.answer import Answer
from bot.domain.fact import Fact
from bot.domain.posting import Posting
from bot.topics import TOPICS
from bot.topics.topic import Topic


def posting_as_json(posting: Posting) -> str:
    """Return what was read in a posting as one line: its head, then a key for each topic."""
    head = {
        "source": posting.source,
        "title": posting.title,
        "company": posting.company,
        "apply_url": posting.link,
        "location": posting.location,
    }
    return _to_line(head | {topic.key or topic.name: _facts_as_json(topic, topic.facts_in(posting)) for topic in TOPICS})


def answer_as_json(answer: Answer) -> str:
    """Return an answer as one line."""
    return _to_line(
        {
            "question": answer.question,
            "state": answer.state,
            "topic": answer.topic,
            "postings": [posting.source for posting in answer.postings],
            "company": answer.company,
            "country": answer.country,
            "eligible": answer.eligible,
            "quotes": [quote.text for quote in answer.quotes],
            "text": answer.text,
        }
    )


def error_as_json(source: str, reason: str) -> str:
    """Return what is wrong with a source as one line."""
    return _to_line({"source": source, "error": reason})


def _facts_as_json(topic: Topic[Any], facts: Sequence[Fact[Any]]) -> Any:
    if topic.many:
        return [_fact_as_json(topic, fact) for fact in facts]
    return _fact_as_json(topic, facts[0]) if facts else topic.unstated


def _fact_as_json(topic: Topic[Any], fact: Fact[Any]) -> Any:
    value = topic.adapter.dump_python(fact.value, mode="json")
    return value | {"quote": fact.quote.text} if isinstance(value, dict) else value


def _to_line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
