"""What people put right: applied to what was read, and carried from one revision of a posting to the next."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from typing import Any, NamedTuple

from bot.domain.facts import Fact, Quote
from bot.domain.posting import HEAD_FIELDS, Correction, HeadField, Posting
from bot.storage.records import FactCodec
from bot.storage.rows import DROPPED, CorrectionRow, Found, Reading, identities, to_corrections, to_posting, to_reading
from bot.text.clean import fold_space
from bot.text.words import find_whole

# Whether a later text still has the words that a person quoted, and how it spells them.

_MARKS = frozenset(DROPPED)
"""By them the same words are another spelling."""

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


# What was read, and what a person put in its place.


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
    text = QuotedText(posting.text)
    head: dict[str, str | None] = {}
    facts = dict(posting.facts)
    taken = []
    for correction in corrections:
        if (field := correction.field) in own:
            continue
        own.add(field)
        if field in HEAD_FIELDS:
            head[HeadField(field).attribute] = correction.words
            taken.append(_over_head(posting, correction))
            continue
        told, applied = _over_facts(posting.facts.get(field, ()), correction, text)
        taken.append(applied)
        facts.pop(field, None)
        if told:
            facts[field] = told
    return posting.model_copy(update={**head, "facts": facts, "corrections": (*posting.corrections, *taken)})


def _over_head(posting: Posting, correction: Correction) -> Correction:
    """Return a correction of the head with what was read in its place here."""
    read_words = getattr(posting, HeadField(correction.field).attribute)
    if correction.field == HeadField.LINK and read_words == correction.words:
        read_words = correction.read_words
    return correction.model_copy(update={"read_words": read_words})


def _over_facts(read: tuple[Fact[Any], ...], correction: Correction, text: QuotedText) -> tuple[tuple[Fact[Any], ...], Correction]:
    """Return what a topic says with a correction, and the correction as it stands then."""
    if not correction.facts:
        hidden = _by_sight(correction.read)
        return tuple(fact for fact, sight in zip(read, _by_sight(read), strict=True) if sight not in hidden), correction
    quoted = tuple(found for fact in correction.facts if (found := _quote_anew(fact, text)) is not None)
    if len(quoted) < len(correction.facts):
        return read, correction.model_copy(update={"read": read})
    return quoted, correction.model_copy(update={"read": read, "facts": quoted})


def _quote_anew(fact: Fact[Any], text: QuotedText) -> Fact[Any] | None:
    """Return a fact with its quote as the text spells it; None where the text has no such words."""
    words = text.find(fact.quote.text)
    if words is None or words == fact.quote.text:
        return None if words is None else fact
    return fact.model_copy(update={"quote": Quote(text=words, heading=fact.quote.heading)})


def says_the_same(first: Correction, second: Correction) -> bool:
    """Tell whether two corrections of a field come to the same, whoever made them and whatever had been read."""
    if first.field in HEAD_FIELDS or first.facts or second.facts:
        return (first.facts, first.words) == (second.facts, second.words)
    return _by_sight(first.read) == _by_sight(second.read)


def say_the_same(first: Iterable[Correction], second: Iterable[Correction]) -> bool:
    """Tell whether all that people put right comes to the same."""
    left, right = ({correction.field: correction for correction in corrections} for corrections in (first, second))
    return left.keys() == right.keys() and all(says_the_same(left[field], right[field]) for field in left)


def _by_sight(facts: Iterable[Fact[Any]]) -> list[tuple[Any, str]]:
    """Value and quote, by which a misread fact is known again under another heading too."""
    return [(fact.value, fold_marks(fact.quote.text)) for fact in facts]


# What people put right in one revision, carried on to the next.


class Carried(NamedTuple):
    """A reading with the corrections of the one before it."""

    reading: Reading
    is_corrected: bool
    """Whether it brings corrections of its own that say something else."""


def carry_over(reading: Reading, before: Reading, *, codec: FactCodec) -> Carried:
    """
    Let a reading take over the corrections of the one before it, except for fields that it has its own for.

    Where its own says the same as the one before, that one stays, with who made it. Corrections that this Rolecall cannot read rest.
    """
    if not before.corrections:
        return Carried(reading, is_corrected=bool(reading.corrections))
    old = to_corrections(before.corrections, codec)
    posting = to_posting(reading.posting, Found(reading.facts, reading.corrections), codec=codec)
    own = [one for one in posting.corrections if one.field not in old or not says_the_same(one, old[one.field])]
    repeated = {one.field: one for one in posting.corrections if one not in own}
    kept = [old[field].model_copy(update={"read": one.read, "read_words": one.read_words}) for field, one in repeated.items()]
    corrected = apply_corrections(posting.model_copy(update={"corrections": (*own, *kept)}), old.values())
    return Carried(with_unread(to_reading(corrected, codec), before, codec=codec), is_corrected=bool(own))


def with_link(reading: Reading, before: Reading) -> Reading:
    """
    Return a reading that came without a link under the one that its posting came with before.

    A link may stand beside the text, as the address of a page does; the same text pasted or from a file has none, and goes on to be found
    by it. A link within the same words is left to the reader, who may have become better.
    """
    came = came_with(before.posting.link, before.corrections)
    is_read_anew = reading.fingerprint == before.fingerprint and came is not None and came in reading.posting.text
    if came is None or is_read_anew or came_with(reading.posting.link, reading.corrections) is not None:
        return reading
    corrections = tuple(row._replace(read_words=came) if row.field == HeadField.LINK else row for row in reading.corrections)
    is_corrected = any(row.field == HeadField.LINK for row in corrections)
    posting = reading.posting if is_corrected else reading.posting.model_copy(update={"link": came})
    return replace(reading, posting=posting, corrections=corrections, identities=identities(posting, corrections))


def came_with(link: str | None, corrections: Iterable[CorrectionRow]) -> str | None:
    """Return the link that a posting came with, whatever a person put in its place."""
    return next((row.read_words for row in corrections if row.field == HeadField.LINK), link)


def with_unread(reading: Reading, before: Reading, *, codec: FactCodec) -> Reading:
    """Return a reading with the corrections of the one before it that this Rolecall cannot read, as they stand."""
    known = to_corrections(before.corrections, codec).keys() | {row.field for row in reading.corrections}
    unread = [row for row in before.corrections if row.field not in known]
    return replace(reading, corrections=tuple(sorted((*reading.corrections, *unread), key=lambda row: row.field))) if unread else reading
