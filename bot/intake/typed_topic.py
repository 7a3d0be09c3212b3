"""What a person typed for the parts of one topic, put together with those that they left alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.fact import Fact
from bot.domain.posting import Posting
from bot.intake.form_text import label_of, split_parts, write_fact
from bot.intake.own_words import OwnWords
from bot.intake.quoting import find_missing_quote
from bot.intake.read_before import facts_before
from bot.intake.source import to_label
from bot.intake.typed_facts import FactReader, KnownFacts
from bot.intake.typed_text import TypedLine, to_key
from bot.topics.topic import Topic

_MOST_LINES = 200
"""Of one topic, or as many as it has already."""


class TypedTopic:
    """Reads one topic of a form; what is wrong gathers in `complaints`."""

    def __init__(self, posting: Posting, topic: Topic[Any], *, own_words: OwnWords) -> None:
        self._topic = topic
        self._text = posting.text
        self._now = topic.facts_in(posting)
        self._before = facts_before(posting, topic.name)
        self._reader = FactReader(topic, [*self._now, *self._before], own_words=own_words)
        self._free = self._gone = KnownFacts(topic, ())
        self._seen: set[str] = set()
        self._new: list[Fact[Any]] = []

    @property
    def complaints(self) -> list[str]:
        """What is wrong, one line each."""
        return self._reader.complaints

    def read(self, typed: Mapping[int | None, Sequence[TypedLine]]) -> tuple[Fact[Any], ...]:
        """Return the topic's facts; `typed` has the lines of the parts that were typed, or under None those of the whole."""
        lines = [write_fact(self._topic, fact) for fact in self._now]
        parts = [range(len(lines))] if None in typed else split_parts(lines)
        opened = {0: typed[None]} if None in typed else {number: typed[number] for number in range(len(parts)) if number in typed}
        self._seen = {to_key(lines[at]) for number, part in enumerate(parts) if number not in opened for at in part}
        self._free = KnownFacts(self._topic, [self._now[at] for number in opened for at in parts[number]])
        self._gone = KnownFacts(self._topic, self._before)
        facts: list[Fact[Any]] = []
        for number, part in enumerate(parts):
            if number in opened:
                facts += self._read_part(opened[number], label_of(self._topic.name, number, parts=len(parts)))
            else:
                facts += self._now[part.start : part.stop]
        self._check(len(facts))
        return tuple(facts)

    def _read_part(self, lines: Sequence[TypedLine], label: str) -> list[Fact[Any]]:
        if len(lines) > max(_MOST_LINES, len(self._now)):
            self.complaints.append(f"{label}: these are more than {_MOST_LINES} lines. Leave some out.")
            return []
        return [fact for line in lines if (fact := self._read_line(line, label)) is not None]

    def _read_line(self, line: TypedLine, label: str) -> Fact[Any] | None:
        """Return the fact of a line: the one that is there, one that was read, or what the line says anew; None for one said before."""
        there = self._free.take(line.text)
        fact = there or self._gone.take(line.text) or self._read_new(line, label)
        if fact is None:
            return None
        key = to_key(write_fact(self._topic, fact))
        if there is None and key in self._seen:
            return None
        self._seen.add(key)
        return fact

    def _read_new(self, line: TypedLine, label: str) -> Fact[Any] | None:
        fact = self._reader.read(line, label=label)
        self._new += [fact] if fact else []
        return fact

    def _check(self, count: int) -> None:
        """Complain of too many statements, and of a new one whose quote is not there."""
        label = label_of(self._topic.name)
        if not self._topic.many and count > max(1, len(self._now)):
            self.complaints.append(f"{label}: a posting says one thing here. Leave one line.")
        if (missing := find_missing_quote(self._text, {"": self._new})) is not None:
            self.complaints.append(
                f'{label}: the posting\'s text does not hold "{to_label(missing, 80)}": copy the words from the posting.'
            )
