"""What people put right, applied to what was read; nothing here touches a database."""

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import takewhile
from typing import Any

from bot.domain.facts import Fact, Quote
from bot.domain.posting import Correction, HeadField, Posting
from bot.text.clean import fold_space
from bot.text.words import find_whole

# Whether a later text still has the words that a person quoted, and how it spells them.

_MARKS = frozenset("*_`~\\\ufeff\u200b\u200c\u200d\u2060")
"""Emphasis, code and escape marks, and characters of no width: by them the same words are another spelling."""

_PIECE = re.compile(rf"(?P<space>\s+)|[^\s{re.escape(''.join(sorted(_MARKS)))}]+")
_NO_MARKS = dict.fromkeys(map(ord, _MARKS))


def fold_marks(words: str) -> str:
    r"""
    Return words without marks and with single spaces.

    >>> fold_marks("pays **$20** \n an hour")
    'pays $20 an hour'
    """
    return fold_space(words.translate(_NO_MARKS))


class QuotedText:
    """The text of one posting; it is taken apart when words are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, words: str) -> str | None:
        """
        Return words as the text has them, with other space as they are, with other marks as they stand there; None where it has not.

        They stand there as whole words and numbers only.

        >>> QuotedText("It pays **$20** an hour").find("pays $20"), QuotedText("It pays $200").find("pays $20") is None
        ('pays **$20**', True)
        """
        if (folded := fold_space(words)) and find_whole(self._folded, folded) is not None:
            return words
        wanted = fold_marks(words)
        if not any(map(str.isalnum, wanted)) or (at := find_whole(self._plain, wanted)) is None:
            return None
        start, end = self._places[at], self._places[at + len(wanted) - 1] + 1
        if not _MARKS.isdisjoint(self._text[start:end]):
            end += len(list(takewhile(_MARKS.__contains__, self._text[end : end + 3])))
        return self._text[start:end]

    @cached_property
    def _folded(self) -> str:
        return fold_space(self._text)

    @cached_property
    def _places(self) -> list[int]:
        """Where in the text each sign of `_plain` stands; of a run of space its first one."""
        places: list[int] = []
        was_space = True
        for piece in _PIECE.finditer(self._text):
            is_space = piece["space"] is not None
            if not is_space:
                places.extend(range(*piece.span()))
            elif not was_space:
                places.append(piece.start())
            was_space = is_space
        return places

    @cached_property
    def _plain(self) -> str:
        return fold_marks(self._text)


HEAD_FIELDS = frozenset(field.value for field in HeadField)


def apply_corrections(posting: Posting, corrections: Iterable[Correction]) -> Posting:
    """
    Return the posting with corrections taken over, field by field; those that it has itself stay as they are.

    Its other fields are what was read. A correction of a topic holds where every quote of its facts is found in the text as whole words,
    white space and marks aside, and then quotes them as they stand there. Else it rests: it stays on the posting, and what was read
    holds. One without facts hides what was misread (`read`), and nothing else. One of the head always holds. In all that are taken over,
    `read` and `read_words` become what is read here, except for those without facts, which go on to say what they hide, and for a link
    that came as it was put right, which goes on to say under which one the posting came before: it may come so again.
    """
    own = {correction.field for correction in posting.corrections}
    patient = _Patient(posting)
    for correction in corrections:
        if correction.field not in own:
            own.add(correction.field)
            patient.apply(correction)
    return patient.corrected()


def says_the_same(first: Correction, second: Correction) -> bool:
    """Tell whether two corrections of a field come to the same, whoever made them and whatever had been read."""
    if first.field in HEAD_FIELDS or first.facts or second.facts:
        return (first.facts, first.words) == (second.facts, second.words)
    return _by_sight(first.read) == _by_sight(second.read)


def say_the_same(first: Iterable[Correction], second: Iterable[Correction]) -> bool:
    """Tell whether all that people put right comes to the same."""
    left, right = ({correction.field: correction for correction in corrections} for corrections in (first, second))
    return left.keys() == right.keys() and all(says_the_same(left[field], right[field]) for field in left)


class _Patient:
    """A posting while corrections are applied to it."""

    def __init__(self, posting: Posting) -> None:
        self._posting = posting
        self._facts = dict(posting.facts)
        self._head: dict[str, str | None] = {}
        self._corrections = list(posting.corrections)

    @cached_property
    def _text(self) -> QuotedText:
        return QuotedText(self._posting.text)

    def apply(self, correction: Correction) -> None:
        if correction.field in HEAD_FIELDS:
            attribute = HeadField(correction.field).attribute
            self._head[attribute] = correction.words
            read_words = getattr(self._posting, attribute)
            if correction.field == HeadField.LINK and read_words == correction.words:
                read_words = correction.read_words
            self._corrections.append(correction.model_copy(update={"read_words": read_words}))
        elif correction.facts:
            read = self._posting.facts.get(correction.field, ())
            quoted = [found for fact in correction.facts if (found := self._quote_anew(fact)) is not None]
            facts = tuple(quoted) if len(quoted) == len(correction.facts) else None
            self._say(correction.field, read if facts is None else facts)
            self._corrections.append(correction.model_copy(update={"read": read, "facts": correction.facts if facts is None else facts}))
        else:
            hidden = _by_sight(correction.read)
            read = self._posting.facts.get(correction.field, ())
            self._say(correction.field, tuple(fact for fact in read if not any(_is_seen_as(fact, one) for one in hidden)))
            self._corrections.append(correction)

    def corrected(self) -> Posting:
        return self._posting.model_copy(update={**self._head, "facts": self._facts, "corrections": tuple(self._corrections)})

    def _say(self, topic: str, facts: tuple[Fact[Any], ...]) -> None:
        self._facts.pop(topic, None)
        if facts:
            self._facts[topic] = facts

    def _quote_anew(self, fact: Fact[Any]) -> Fact[Any] | None:
        """Return a fact with its quote as the text spells it; None where the text has no such words."""
        words = self._text.find(fact.quote.text)
        if words is None or words == fact.quote.text:
            return None if words is None else fact
        return fact.model_copy(update={"quote": Quote(text=words, heading=fact.quote.heading)})


_Sight = tuple[Any, str]


def _by_sight(facts: Iterable[Fact[Any]]) -> list[_Sight]:
    """Value and quote, by which a misread fact is known again under another heading too."""
    return [(fact.value, fold_marks(fact.quote.text)) for fact in facts]


def _is_seen_as(fact: Fact[Any], sight: _Sight) -> bool:
    return bool(sight == (fact.value, fold_marks(fact.quote.text)))
