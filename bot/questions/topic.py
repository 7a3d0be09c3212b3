"""Which topic a question is about, in any phrasing, typos included."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.tokens import question_words
from bot.text.lexicon import read_lexicon
from bot.text.words import Word, is_function_word, read_stems, read_words, stem
from bot.topics import TOPICS

OTHER = "other"
"""The topic of free questions: answered with the passage that fits."""

_CONTENT_WEIGHT = 1.0
_NECESSITY_WEIGHT = 0.5
_FUNCTION_WEIGHT = 0.15
_FURTHER_WEIGHT = 0.3
"""
A phrase weighs what its words weigh, and more for each further word that tells something: "years of experience" beats "experience".

Words that only ask for need count half, so that "is a degree required?" is about the degree.
"""

_OPEN_PHRASE = 0.6
"""The least weight of a phrase with a gap: "what does * do"."""

_IN_ROLE = 0.3
_BEHIND_QUESTION_WORD = 0.4
_IN_PARTICULAR = 0.3
_QUESTION_WORDS = frozenset({"what", "whats", "what's", "which", "any", "many", "kind", "of"})

_LONGEST_GAP = 9
"""Words that `*` in a phrase may stand for."""

_SHORTEST_FUZZY = 5
_SHORTEST_TWICE_FUZZY = 9
"""Letters: shorter words must be typed right, from the second length on two slips are forgiven."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that asks for a topic."""

    topic: str
    subject: str | None
    """For a free question: the entry of data/lexicons/subjects.toml."""

    stems: tuple[str, ...]
    weight: float
    is_literal: bool = False
    """Whether it counts only as it is spelt: `=base` is no "based"."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A topic that a question asks for, how surely, and the words that said so."""

    topic: str
    weight: float
    used: frozenset[Word]
    is_particular: bool = False
    """Whether a subject was named, and not only the topic."""


def rank_topics(words: Sequence[Word], *, role: Collection[str] = ()) -> tuple[TopicMatch, ...]:
    """
    Return the topics that the words ask for, the surest first; nothing if none is named.

    `role` are stems of the posting's title: a phrase made of them alone may only name the role, and counts little.

    >>> [match.topic for match in rank_topics(read_words("what is the salry?"))]
    ['pay']
    >>> rank_topics(read_words("hello there"))
    ()
    """
    stems = [_correct(word) for word in words]
    found: dict[str, list[_Hit]] = {}
    for cue in _candidates(stems):
        in_role = _IN_ROLE if all(part in role for part in cue.stems) else 1.0
        for places in _places(cue.stems, stems):
            if cue.is_literal and cue.text not in {words[place].text for place in places}:
                continue
            weight = in_role * _weigh_hit(cue, places, words)
            found.setdefault(cue.topic, []).append(_Hit(weight, places, cue.subject is not None))
    matches = (_sum_up(topic, hits, words=words) for topic, hits in found.items())
    order = {topic.name: place for place, topic in enumerate(TOPICS)}
    return tuple(sorted(matches, key=lambda match: (-match.weight, order.get(match.topic, len(order)))))


def find_subjects(words: Sequence[Word]) -> tuple[str, ...]:
    """
    Return the subjects of free questions that the words name.

    >>> find_subjects(read_words("who would i report to"))
    ('reports_to',)
    """
    stems = [_correct(word) for word in words]
    named = (cue.subject for cue in _candidates(stems) if cue.subject and any(True for _ in _places(cue.stems, stems)))
    return tuple(dict.fromkeys(subject for subject in named if subject))


class _Hit(NamedTuple):
    """A phrase that was found."""

    weight: float
    places: frozenset[int]
    is_particular: bool


def _weigh_hit(cue: Cue, places: frozenset[int], words: Sequence[Word]) -> float:
    """Weigh a phrase where it stands: right behind the question word it is what is asked for; words of need alone say little."""
    if all(words[place].text in question_words("necessity") for place in places):
        return cue.weight * _NECESSITY_WEIGHT
    first = min(places)
    follows = any(words[place].text in _QUESTION_WORDS for place in range(max(0, first - 1), first))
    return cue.weight + (_BEHIND_QUESTION_WORD if follows else 0.0)


def _sum_up(topic: str, hits: list[_Hit], *, words: Sequence[Word]) -> TopicMatch:
    """Add up hits that do not share a word, the heaviest first; further ones count half."""
    weight, used = 0.0, frozenset[int]()
    for hit in sorted(hits, key=lambda hit: -hit.weight):
        if used.isdisjoint(hit.places):
            weight += hit.weight / 2 if used else hit.weight
            used |= hit.places
    is_particular = any(hit.is_particular for hit in hits)
    weight += _IN_PARTICULAR if is_particular else 0.0
    return TopicMatch(topic, weight, frozenset(words[place] for place in used), is_particular=is_particular)


@cache
def _cues_by_first_stem() -> dict[str, tuple[Cue, ...]]:
    cues: dict[str, list[Cue]] = {}
    for cue in _all_cues():
        cues.setdefault(cue.stems[0], []).append(cue)
    return {first: tuple(group) for first, group in cues.items()}


def _all_cues() -> Iterator[Cue]:
    for topic in TOPICS:
        for phrase in topic.asked_as:
            literal, spelt = phrase.startswith("="), phrase.removeprefix("=")
            yield Cue(topic.name, subject=None, stems=_phrase_stems(spelt), weight=_weigh(spelt), is_literal=literal, text=spelt)
    for subject, entry in read_lexicon("subjects").items():
        for phrase in entry["asked"]:
            yield Cue(topic=entry.get("topic", OTHER), subject=subject, stems=_phrase_stems(phrase), weight=_weigh(phrase))


def _phrase_stems(phrase: str) -> tuple[str, ...]:
    return tuple(found for part in phrase.split() for found in (("*",) if part == "*" else read_stems(part)))


def _weigh(phrase: str) -> float:
    weights = [_weigh_word(word) for word in phrase.split() if word != "*"]
    weight = sum(weights) + _FURTHER_WEIGHT * max(0, sum(weight > _FUNCTION_WEIGHT for weight in weights) - 1)
    return max(weight, _OPEN_PHRASE) if "*" in phrase else weight


def _weigh_word(word: str) -> float:
    if word in question_words("necessity"):
        return _NECESSITY_WEIGHT
    return _FUNCTION_WEIGHT if is_function_word(word) else _CONTENT_WEIGHT


def _candidates(stems: Sequence[str]) -> Iterator[Cue]:
    for first in dict.fromkeys(stems):
        yield from _cues_by_first_stem().get(first, ())


def _places(phrase: tuple[str, ...], stems: Sequence[str]) -> Iterator[frozenset[int]]:
    """Yield where a phrase stands among the stems."""
    for start, first in enumerate(stems):
        if first == phrase[0] and (used := _follow(phrase, stems, start)):
            yield used


def _follow(phrase: tuple[str, ...], stems: Sequence[str], at: int) -> frozenset[int]:
    used: list[int] = []
    gap = 0
    for part in phrase:
        if part == "*":
            gap = _LONGEST_GAP
            continue
        place = next((index for index in range(at, min(at + gap + 1, len(stems))) if stems[index] == part), None)
        if place is None:
            return frozenset()
        used.append(place)
        at, gap = place + 1, 0
    return frozenset(used)


@cache
def _vocabulary() -> tuple[str, ...]:
    """The content words of all cues, spelled out: what a typo may have meant."""
    phrases = [phrase for topic in TOPICS for phrase in topic.asked_as]
    phrases += [phrase for entry in read_lexicon("subjects").values() for phrase in entry["asked"]]
    words = {word.text for phrase in phrases for word in read_words(phrase.removeprefix("="))}
    return tuple(sorted(word for word in words if len(word) >= _SHORTEST_FUZZY and not is_function_word(word)))


@cache
def _known_stems() -> frozenset[str]:
    ordinary = (stem(word) for word in read_lexicon("ordinary_words")["words"].split())
    return frozenset(ordinary) | {part for cue in _all_cues() for part in cue.stems}


def _correct(word: Word) -> str:
    """Return the stem of a word, or that of the cue word that it misspells."""
    if len(word.text) < _SHORTEST_FUZZY or word.stem in _known_stems() or is_function_word(word.text):
        return word.stem
    slips = 2 if len(word.text) >= _SHORTEST_TWICE_FUZZY else 1
    best = process.extractOne(word.text, _vocabulary(), scorer=OSA.distance, score_cutoff=slips)
    return stem(best[0]) if best else word.stem


# Values of a kind that a question names: "in pounds", "remote", "freelance".


def find_asked_values(kind: str, words: Collection[str]) -> tuple[str, ...]:
    """
    Return the values of a kind (a table of data/lexicons/asked_values.toml) that the folded words name, each once.

    >>> find_asked_values("currencies", {"in", "pounds"}), find_asked_values("workplaces", {"pay"})
    (('GBP',), ())
    """
    return tuple(value for value, names in read_lexicon("asked_values")[kind].items() if not set(names.split()).isdisjoint(words))
