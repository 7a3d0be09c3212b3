"""
A posting put right by a person: its fields as forms that they edit, and what they send as a posting again.

What holds stands on the posting with who said so; what is typed is checked as what is read is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.errors import Uncorrectable, UnreadablePosting
from bot.domain.facts import Fact
from bot.domain.person import Actor
from bot.domain.posting import Correction, HeadField, Posting
from bot.intake.form_text import (
    FORM_GROUPS,
    HEAD_LABELS,
    HEAD_LONGEST,
    FieldId,
    FormField,
    FormGroup,
    TypedLine,
    digest_lines,
    form_pages,
    label_of,
    read_field_id,
    read_typed_lines,
    split_parts,
    to_key,
    write_fact,
    write_field,
    write_head,
    write_lines,
)
from bot.intake.sources import to_label
from bot.intake.typed_facts import MOST_COMPLAINTS, FactReader, KnownFacts, OwnWords, find_missing_quote
from bot.storage.corrections import apply_corrections
from bot.text.clean import fold_space
from bot.text.markup import to_link
from bot.topics import BY_NAME, TOPICS
from bot.topics.topic import Topic

# What had been read in a posting before anybody corrected it.


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


# What a person typed for the parts of one topic, put together with those that they left alone.

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


# What a person sent with a form: which fields they changed, and to what.

_SHOWN = 80


class TypedForm:
    """Takes the boxes of a form one by one; what is wrong with them gathers in `complaints`."""

    def __init__(self, posting: Posting) -> None:
        self.complaints: list[str] = []
        self._posting = posting
        self._own_words = OwnWords(posting.text)
        self._typed: dict[str, dict[int | None, list[TypedLine]]] = defaultdict(dict)

    def add(self, box: str, text: str) -> None:
        """Take what was typed in a box; one that was left as it was shown says nothing."""
        where = read_field_id(box)
        if where is None:
            self.complaints.append("This form is from another version of Rolecall. Open it again.")
            return
        lines = read_typed_lines(text)
        if where.part is not None:
            if digest_lines(line.text for line in lines) == where.digest:
                return
            if not self._is_as_shown(where):
                self.complaints.append(
                    f"{label_of(where.field)}: it was changed meanwhile. Open the form again and correct what it says now."
                )
                return
        self._typed[where.field][where.part] = lines

    def _is_as_shown(self, where: FieldId) -> bool:
        """Tell whether a part still says what it did when its box was shown."""
        lines = write_lines(self._posting, where.field)
        parts = split_parts(lines)
        return where.part is not None and where.part < len(parts) and digest_lines(lines[at] for at in parts[where.part]) == where.digest

    def read_head(self) -> dict[HeadField, str | None]:
        """Return the words of the head fields that were typed."""
        return {HeadField(field): self._read_words(HeadField(field)) for field in self._typed if field in HEAD_LABELS}

    def read_topics(self) -> dict[str, tuple[Fact[Any], ...]]:
        """Return the facts of the topics that were typed."""
        found: dict[str, tuple[Fact[Any], ...]] = {}
        for name in filter(BY_NAME.__contains__, self._typed):
            topic = TypedTopic(self._posting, BY_NAME[name], own_words=self._own_words)
            found[name] = topic.read(self._typed[name])
            self.complaints += topic.complaints
        return found

    def _read_words(self, field: HeadField) -> str | None:
        """Return what was typed for a head field: what is there or was read, where it is written so, else the words as they are."""
        words = " ".join(line.text for lines in self._typed[field].values() for line in lines)
        for held in (getattr(self._posting, field.attribute), words_before(self._posting, field)):
            if held and to_key(words) == to_key(write_head(field, held)):
                return str(held)
        if len(words) > HEAD_LONGEST[field]:
            self.complaints.append(f"{HEAD_LABELS[field]}: it is longer than {HEAD_LONGEST[field]:,} characters. Make it shorter.")
        elif words and field is HeadField.LINK and to_link(words) is None:
            self.complaints.append(
                f'{HEAD_LABELS[field]}: "{to_label(words, _SHOWN)}" is no web address. Write it so: https://jobs.example/1'
            )
        return words or None


__all__ = ["FORM_GROUPS", "FormField", "FormGroup", "correct", "form_pages", "write_field"]


def correct(posting: Posting, typed: Mapping[str, str], *, by: Actor, at: datetime) -> Posting:
    """
    Return the posting with what a person typed in the place of what was there, and who corrected it; `at` is in UTC.

    `typed` has the text of each box by its id (see `form_pages`), or of a whole field by its name; what it lacks, and what was left
    as shown, stays as it is. A field that is typed back to what was read has no correction any more.

    Raises Uncorrectable with all that is wrong, and then nothing is corrected.
    """
    form = TypedForm(posting)
    for box, text in typed.items():
        form.add(box, text)
    head, topics = form.read_head(), form.read_topics()
    if form.complaints:
        raise Uncorrectable(_bound(form.complaints))
    head = {field: words for field, words in head.items() if words != getattr(posting, field.attribute)}
    topics = {name: facts for name, facts in topics.items() if facts != tuple(posting.facts.get(name, ()))}
    corrections = [
        Correction(field=field, words=words, read_words=words_before(posting, field), by=by, at=at) for field, words in head.items()
    ]
    corrections += [Correction(field=name, facts=facts, read=facts_before(posting, name), by=by, at=at) for name, facts in topics.items()]
    return posting.model_copy(
        update={
            **{field.attribute: words for field, words in head.items()},
            "facts": _replace_facts(posting, topics),
            "corrections": _replace_corrections(posting.corrections, corrections),
        }
    )


def _bound(complaints: list[str]) -> list[str]:
    return complaints if len(complaints) <= MOST_COMPLAINTS else [*complaints[:MOST_COMPLAINTS], "... and more"]


def _replace_facts(posting: Posting, topics: Mapping[str, tuple[Fact[Any], ...]]) -> dict[str, tuple[Fact[Any], ...]]:
    """Return the posting's facts with those of some topics replaced, in the order of the topics."""
    facts = {**posting.facts, **topics}
    order = dict.fromkeys([*(topic.name for topic in TOPICS if topic.name in facts), *facts])
    return {name: tuple(facts[name]) for name in order if facts[name]}


def _replace_corrections(before: Iterable[Correction], new: Sequence[Correction]) -> tuple[Correction, ...]:
    """Return the corrections with new ones in the place of those of the same field, and none that says what was read."""
    corrections = {one.field: one for one in (*before, *new)}
    for one in new:
        if (one.words if one.field in HEAD_LABELS else one.facts) == (one.read_words if one.field in HEAD_LABELS else one.read):
            del corrections[one.field]
    return tuple(corrections.values())


# What a person states beside a posting's text: whose it is, where it stands, what it is called.


@dataclass(frozen=True, slots=True)
class StatedHead:
    """What was typed beside a posting's text; None or blank for what was left out."""

    title: str | None = None
    company: str | None = None
    link: str | None = None
    location: str | None = None


def state_head(posting: Posting, stated: StatedHead, *, by: Actor, at: datetime) -> Posting:
    """
    Return the posting as somebody says that it is: their words go before the text's, as corrections of theirs.

    What they say just as the text does corrects nothing. UnreadablePosting for a link that is none.
    """
    for field in HeadField:
        if words := fold_space(getattr(stated, field.attribute) or ""):
            posting = _state(posting, field, correction=Correction(field=field, words=_check_words(field, words), by=by, at=at))
    return posting


def _check_words(field: HeadField, words: str) -> str:
    if field is not HeadField.LINK:
        return words
    link = to_link(words)
    if link is None:
        raise UnreadablePosting(f"“{to_label(words, 100)}” is no web address; give the posting's link as the browser shows it")
    return link


def _state(posting: Posting, field: HeadField, *, correction: Correction) -> Posting:
    """Put words in the place of what is read, and of what had been put there before."""
    if getattr(posting, field.attribute) == correction.words:
        return posting
    before = next((each for each in posting.corrections if each.field == field), None)
    if before is not None:
        others = tuple(each for each in posting.corrections if each is not before)
        posting = posting.model_copy(update={field.attribute: before.read_words, "corrections": others})
    return posting if getattr(posting, field.attribute) == correction.words else apply_corrections(posting, [correction])
