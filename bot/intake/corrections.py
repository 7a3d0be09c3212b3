"""
A posting put right by a person: what they typed in a form, or stated beside the text, as corrections of the posting.

A line that they left alone stays its fact, another is checked as what is read is, and what holds stands on the posting with who said so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from pydantic import ValidationError

from bot.domain.errors import Uncorrectable, UnreadablePosting
from bot.domain.facts import Fact, Quote
from bot.domain.person import Actor
from bot.domain.posting import HEAD_FIELDS, Correction, HeadField, Posting
from bot.intake.form_text import (
    HEAD_LABELS,
    HEAD_LONGEST,
    FieldId,
    OwnWords,
    TypedLine,
    digest_lines,
    find_missing_quote,
    label_of,
    read_field_id,
    read_typed_lines,
    split_parts,
    straighten,
    to_key,
    write_fact,
    write_head,
    write_lines,
    write_quote,
)
from bot.intake.sources import to_label
from bot.storage.corrections import apply_corrections
from bot.text.clean import fold_space
from bot.text.markup import to_link
from bot.topics import BY_NAME, TOPICS
from bot.topics.topic import Topic
from bot.topics.written import Miswritten, first_fault

_MOST_COMPLAINTS = 20
"""Nobody reads more, and each has cost a search through the whole text."""

_MOST_LINES = 200
"""Of one topic, or as many as it has already."""

_MOST_BARS = 20
_SHOWN = 80


def correct(posting: Posting, typed: Mapping[str, str], *, by: Actor, at: datetime) -> Posting:
    """
    Return the posting with what a person typed in the place of what was there, and who corrected it; `at` is in UTC.

    `typed` has the text of each box by its id (see `form_pages`), or of a whole field by its name; what it lacks, and what was left
    as shown, stays as it is. A field that is typed back to what was read has no correction any more.

    Raises Uncorrectable with all that is wrong, and then nothing is corrected.
    """
    form = _TypedForm(posting)
    for box, text in typed.items():
        form.add(box, text)
    head, topics = form.read_head(), form.read_topics()
    if form.complaints:
        more = ["... and more"] if len(form.complaints) > _MOST_COMPLAINTS else []
        raise Uncorrectable([*form.complaints[:_MOST_COMPLAINTS], *more])
    return _put_right(posting, head, topics, by=by, at=at)


def _put_right(
    posting: Posting, head: Mapping[HeadField, str | None], topics: Mapping[str, tuple[Fact[Any], ...]], *, by: Actor, at: datetime
) -> Posting:
    """Return the posting with words and facts in the place of what was there; what is there already corrects nothing."""
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


def _replace_facts(posting: Posting, topics: Mapping[str, tuple[Fact[Any], ...]]) -> dict[str, tuple[Fact[Any], ...]]:
    """Return the posting's facts with those of some topics replaced, in the order of the topics."""
    facts = {**posting.facts, **topics}
    order = dict.fromkeys([*(topic.name for topic in TOPICS if topic.name in facts), *facts])
    return {name: tuple(facts[name]) for name in order if facts[name]}


def _replace_corrections(before: Iterable[Correction], new: Sequence[Correction]) -> tuple[Correction, ...]:
    """Return the corrections with new ones in the place of those of the same field, and none that says what was read."""
    corrections = {one.field: one for one in (*before, *new)}
    return tuple(one for one in corrections.values() if one not in new or (one.words, one.facts) != (one.read_words, one.read))


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


# What a person states beside a posting's text: whose it is, where it stands, what it is called.


def state_head(posting: Posting, stated: Mapping[HeadField, str | None], *, by: Actor, at: datetime) -> Posting:
    """
    Return the posting as somebody says that it is: their words go before the text's, as corrections of theirs.

    Blank ones, and what they say just as the text does, correct nothing. UnreadablePosting for a link that is none.
    """
    head = {field: words for field in HeadField if (words := fold_space(stated.get(field) or ""))}
    if typed := head.get(HeadField.LINK):
        link = to_link(typed)
        if link is None:
            raise UnreadablePosting(f"“{to_label(typed, 100)}” is no web address; give the posting's link as the browser shows it")
        head[HeadField.LINK] = link
    return _put_right(posting, head, {}, by=by, at=at)


# What a person sent with a form: which fields they changed, and to what.


class _TypedForm:
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
            if not self._is_as_shown(where, where.part):
                self.complaints.append(
                    f"{label_of(where.field)}: it was changed meanwhile. Open the form again and correct what it says now."
                )
                return
        self._typed[where.field][where.part] = lines

    def _is_as_shown(self, where: FieldId, part: int) -> bool:
        """Tell whether a part still says what it did when its box was shown."""
        lines = write_lines(self._posting, where.field)
        parts = split_parts(lines)
        return part < len(parts) and digest_lines(lines[at] for at in parts[part]) == where.digest

    def read_head(self) -> dict[HeadField, str | None]:
        return {HeadField(field): self._read_words(HeadField(field)) for field in self._typed if field in HEAD_LABELS}

    def read_topics(self) -> dict[str, tuple[Fact[Any], ...]]:
        return {
            name: _TypedTopic(self._posting, BY_NAME[name], own_words=self._own_words, complaints=self.complaints).read(typed)
            for name, typed in self._typed.items()
            if name in BY_NAME
        }

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


class _NotHeld(Miswritten):
    """Words that the posting's text does not hold; how to write it is not what is wrong."""

    def __init__(self, words: str) -> None:
        super().__init__(f'the posting\'s text does not hold "{to_label(words, _SHOWN)}": copy the words from the posting')


class _KnownFacts:
    """Facts by the lines that they are written as; each is taken once."""

    def __init__(self, topic: Topic[Any], facts: Iterable[Fact[Any]]) -> None:
        self._by_key: dict[str, list[tuple[str, Fact[Any]]]] = defaultdict(list)
        for fact in facts:
            line = write_fact(topic, fact)
            self._by_key[to_key(line)].append((line, fact))

    def take(self, line: str) -> Fact[Any] | None:
        """Return the first fact left that is written so, the exact spelling before one that a keyboard may have changed."""
        alike = self._by_key.get(to_key(line))
        return alike.pop(next((at for at, (written, _) in enumerate(alike) if written == line), 0))[1] if alike else None


class _TypedTopic:
    """Puts together one topic: what was typed for some of its parts, and the others as they are."""

    def __init__(self, posting: Posting, topic: Topic[Any], *, own_words: OwnWords, complaints: list[str]) -> None:
        self._topic = topic
        self._text = posting.text
        self._now = topic.facts_in(posting)
        self._before = facts_before(posting, topic.name)
        self._line_reader = _LineReader(topic, [*self._now, *self._before], own_words=own_words)
        self._complaints = complaints
        self._left = self._gone = _KnownFacts(topic, ())
        self._seen: set[str] = set()
        self._new: list[Fact[Any]] = []

    def read(self, typed: Mapping[int | None, Sequence[TypedLine]]) -> tuple[Fact[Any], ...]:
        """Return the topic's facts; `typed` has the lines of the parts that were typed, or under None those of the whole."""
        lines = [write_fact(self._topic, fact) for fact in self._now]
        parts = [range(len(lines))] if None in typed else split_parts(lines)
        opened = {0: typed[None]} if None in typed else {number: typed[number] for number in range(len(parts)) if number in typed}
        self._seen = {to_key(lines[at]) for number, part in enumerate(parts) if number not in opened for at in part}
        self._left = _KnownFacts(self._topic, [self._now[at] for number in opened for at in parts[number]])
        self._gone = _KnownFacts(self._topic, self._before)
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
            self._complaints.append(f"{label}: these are more than {_MOST_LINES} lines. Leave some out.")
            return []
        return [fact for line in lines if (fact := self._read_line(line, label)) is not None]

    def _read_line(self, line: TypedLine, label: str) -> Fact[Any] | None:
        """Return the fact of a line: the one that is there, one that was read, or what the line says anew; None for one said before."""
        there = self._left.take(line.text)
        fact = there or self._gone.take(line.text) or self._read_new(line, f"{label}, line {line.number}")
        if fact is None:
            return None
        key = to_key(write_fact(self._topic, fact))
        if there is None and key in self._seen:
            return None
        self._seen.add(key)
        return fact

    def _read_new(self, line: TypedLine, place: str) -> Fact[Any] | None:
        """Return the fact that a changed or new line states; None and a complaint where it states none, or after too many of them."""
        if len(self._complaints) > _MOST_COMPLAINTS:
            return None
        try:
            self._new.append(self._line_reader.read(line.text))
        except Miswritten as error:
            example = "" if isinstance(error, _NotHeld) else f" Write it so: {self._topic.form.example}"
            self._complaints.append(f"{place}: {error}.{example}")
            return None
        return self._new[-1]

    def _check(self, count: int) -> None:
        """Complain of too many statements, and of a new one whose quote is not there."""
        label = label_of(self._topic.name)
        if not self._topic.many and count > max(1, len(self._now)):
            self._complaints.append(f"{label}: a posting says one thing here. Leave one line.")
        if (missing := find_missing_quote(self._text, {"": self._new})) is not None:
            self._complaints.append(f"{label}: {_NotHeld(missing)}.")


class _LineReader:
    """Reads lines of one topic as facts of a posting; the words of the facts that are known need not be found again."""

    def __init__(self, topic: Topic[Any], known: Sequence[Fact[Any]], *, own_words: OwnWords) -> None:
        self._topic = topic
        self._form = topic.form
        self._own_words = own_words
        self._known = known
        self._known_quotes: dict[str, Quote] = {}
        self._known_words: dict[str, str] = {}
        for fact in known:
            self._form.spell(fact.value, lambda words: self._known_words.setdefault(to_key(words), words))
            for shown in (fact.quote.text, write_quote(topic, fact)) if self._form.is_quoted else ():
                self._known_quotes.setdefault(to_key(shown), fact.quote)

    def read(self, line: str) -> Fact[Any]:
        value, words = self._read_value(line)
        quotes: list[Quote] = []
        value = self._check(self._form.spell(value, lambda typed: self._spell(typed, quotes)))
        if words:
            return Fact(value=value, quote=self._quote(words))
        if self._form.is_words and quotes:
            return Fact(value=value, quote=quotes[0])
        same = next((fact for fact in self._known if fact.value == value), None)
        if same is None:
            raise Miswritten("the posting's words that say so are missing")
        return same

    def _read_value(self, line: str) -> tuple[Any, str]:
        """Return the value on a line, and the words behind it: a bar may stand within either."""
        first_error: Miswritten | None = None
        for value, words in _cuts_of(line) if self._form.is_quoted else [(line, "")]:
            try:
                return self._form.read(straighten(value.strip())), words.strip()
            except Miswritten as error:
                first_error = first_error or error
            except ValidationError as error:
                first_error = first_error or Miswritten(to_label(first_fault(error, is_placed=False), 160))
        raise first_error or Miswritten("nothing is written")

    def _check(self, value: Any) -> Any:
        try:
            return self._topic.adapter.validate_python(value)
        except ValidationError as error:
            raise Miswritten(to_label(first_fault(error, is_placed=False), 160)) from error

    def _spell(self, words: str, quotes: list[Quote]) -> str:
        """Return words of the posting as it spells them, and add where they stand."""
        known = self._known_words.get(to_key(words))
        if known is not None and not self._form.is_words:
            return known
        found = self._own_words.find(words)
        if found is not None:
            quotes.append(found.quote)
            return found.plain
        if known is None:
            raise _NotHeld(words)
        return known

    def _quote(self, words: str) -> Quote:
        if (known := self._known_quotes.get(to_key(words))) is not None:
            return known
        if (found := self._own_words.find(words)) is not None:
            return found.quote
        raise _NotHeld(words)


def _cuts_of(line: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each bar; of a line without one all of it, and nothing."""
    bars = list(islice((at for at, sign in enumerate(line) if sign == "|"), _MOST_BARS))
    yield from ((line[:at], line[at + 1 :]) for at in bars)
    if not bars:
        yield line, ""


# A proposal set against what is kept now: what people put right there, and what was put right in the preview, both hold.


def rebase(proposed: Posting, base: Posting, *, current: Posting) -> Posting:
    """
    Return what to propose in a proposal's place, now that the posting that it revises is no longer the `base` that it was made from.

    Of a posting that was to be corrected only, the words become the current ones.
    """
    carried = {_key(correction) for correction in base.corrections}
    own = [correction for correction in proposed.corrections if _key(correction) not in carried]
    dropped = {correction.field for correction in base.corrections} - {correction.field for correction in proposed.corrections}
    if proposed.text == base.text:
        return apply_corrections(uncorrect(current, dropped | {correction.field for correction in own}), own)
    kept_on = [correction for correction in current.corrections if correction.field not in dropped]
    return apply_corrections(without_carried(proposed, base), kept_on)


def without_carried(proposed: Posting, base: Posting) -> Posting:
    """Return a proposal without the corrections that it took over from the posting that it revises."""
    carried = {_key(correction) for correction in base.corrections}
    return uncorrect(proposed, {correction.field for correction in proposed.corrections if _key(correction) in carried})


def uncorrect(posting: Posting, fields: Collection[str]) -> Posting:
    """Return a posting with what was read in these fields, where somebody had put them right."""
    facts, head = dict(posting.facts), {}
    for correction in posting.corrections:
        if correction.field not in fields:
            continue
        if correction.field in HEAD_FIELDS:
            head[HeadField(correction.field).attribute] = correction.read_words
            continue
        shown = () if correction.facts else facts.get(correction.field, ())
        facts.pop(correction.field, None)
        if read := (*correction.read, *(fact for fact in shown if fact not in correction.read)):
            facts[correction.field] = read
    left = tuple(correction for correction in posting.corrections if correction.field not in fields)
    return posting.model_copy(update={**head, "facts": facts, "corrections": left})


def _key(correction: Correction) -> tuple[object, ...]:
    """Return what tells a correction from others, wherever it was taken over to."""
    return (correction.field, correction.by.id, correction.at)
