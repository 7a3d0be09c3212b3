"""The passage of a posting that answers a free question: BM25 over its sentences, with stems, synonyms and headings."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.text.clean import fold
from bot.text.document import Document, Line, LineKind, Sentence
from bot.text.lexicon import read_lexicon
from bot.text.words import read_stems, read_words, stem

FLOOR = 0.45
"""
The share of the question's weight that a passage must hold to count as an answer.

Tried from 0.3 to 0.6 on the free questions of 65 labelled postings and of 60 more: at 0.3 lines that share one common word are
quoted for things that a posting is silent on; from 0.5 on, answers in other words than the question's are missed, and at 0.6
one in twelve of all is lost.
"""

_SATURATION = 1.2
_LENGTH_SHARE = 0.5
"""BM25's k1 and b: a sentence is short, so a second mention adds little and length counts half."""

_SYNONYM = 0.8
_HEADING = 0.6
_WITHOUT_FIGURE = 0.55
"""What is left of a sentence's worth where a figure is asked for and it has none."""

_HYPHENATED = re.compile(r"[^\W_]{2,20}-[^\W_]{2,20}")
_SHORTEST_SAYING = 6
"""Words: a shorter heading only names what follows."""

_MOST_SENTENCES = 5_000
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|half|quarter|few|once|twice)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question looks for: a stem, or any of a subject's wordings."""

    own: frozenset[tuple[str, ...]]
    others: frozenset[tuple[str, ...]] = frozenset()
    importance: float = 1.0
    is_subject: bool = False
    unless: frozenset[tuple[str, ...]] = frozenset()
    """With these a sentence speaks of something else."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a question looks for."""

    terms: tuple[Term, ...]
    wants_figure: bool = False
    """Asked with "how many", "how long", "how much": a sentence with a figure is likelier."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with how well it answers."""

    sentence: Sentence
    score: float
    coverage: float
    """The share of the question's weight that it holds: 0 to 1."""

    is_particular: bool
    """Whether it holds words that the question adds to its subject."""


@cache
def _wordings(subject: str, key: str) -> frozenset[tuple[str, ...]]:
    return frozenset(read_stems(phrase) for phrase in read_lexicon("subjects")[subject].get(key, ()))


def make_query(stems: Mapping[str, float], subjects: Sequence[str], *, wants_figure: bool = False) -> Query:
    """Put together what to look for: stems of the question with their importance, and each subject as one thing with all its wordings."""
    named = [(_wordings(subject, "asked"), _wordings(subject, "said")) for subject in subjects]
    in_subjects = {part for asked, _ in named for phrase in asked for part in phrase}
    subject_terms = tuple(_to_subject_term(subject) for subject in subjects)
    word_terms = tuple(_to_term(part, weight) for part, weight in stems.items() if part not in in_subjects)
    return Query(terms=subject_terms + word_terms, wants_figure=wants_figure)


def _to_subject_term(subject: str) -> Term:
    return Term(own=_wordings(subject, "asked"), others=_wordings(subject, "said"), is_subject=True, unless=_wordings(subject, "unless"))


def _to_term(part: str, weight: float) -> Term:
    return Term(own=frozenset({(part,)}), others=_synonyms().get(part, frozenset()), importance=weight)


@cache
def _synonyms() -> dict[str, frozenset[tuple[str, ...]]]:
    """Return the stems that may stand for a stem."""
    return {stem(word): frozenset(read_stems(other) for other in others.split()) for word, others in read_lexicon("synonyms").items()}


def holds_subject(text: str, subject: str) -> bool:
    """Tell whether a text, such as a heading, speaks of a subject."""
    stems = f" {' '.join(word.stem for word in read_words(text))} "
    return any(f" {' '.join(wording)} " in stems for wording in _wordings(subject, "asked") | _wordings(subject, "said"))


def find_passages(document: Document, query: Query) -> tuple[Passage, ...]:
    """Return the sentences that hold anything of the question, the best first; nothing where no word is shared."""
    units = [_Unit.read(sentence) for sentence in _sentences(document)]
    if not units or not query.terms:
        return ()
    held = [[unit.weigh(term) for term in query.terms] for unit in units]
    rarity = [term.importance * _rarity(sum(1 for row in held if row[place] > 0), len(units)) for place, term in enumerate(query.terms)]
    average = sum(unit.length for unit in units) / len(units)
    passages = (
        _to_passage(unit, row, rarity=rarity, average=average, query=query) for unit, row in zip(units, held, strict=True) if any(row)
    )
    return tuple(sorted(passages, key=lambda passage: -passage.score))


def _sentences(document: Document) -> Iterator[Sentence]:
    """Yield what may answer: all but the title; a heading of several words may be a sentence in bold."""
    lines = (line for line in document.lines if line.kind is not LineKind.TITLE)
    kept = (sentence for line in lines for sentence in line.sentences if line.kind is not LineKind.HEADING or _says_something(line))
    for _, sentence in zip(range(_MOST_SENTENCES), kept, strict=False):
        yield sentence


def _says_something(heading: Line) -> bool:
    return len(heading.text.split()) >= _SHORTEST_SAYING


def _rarity(holding: int, units: int) -> float:
    return math.log(1 + (units - holding + 0.5) / (holding + 0.5))


def _to_passage(unit: "_Unit", row: Sequence[float], *, rarity: Sequence[float], average: float, query: Query) -> Passage:
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * unit.length / max(average, 1))
    score = sum(weight * held * (_SATURATION + 1) / (held + norm) for weight, held in zip(rarity, row, strict=True))
    coverage = sum(weight * min(held, 1) for weight, held in zip(rarity, row, strict=True)) / sum(rarity)
    worth = _WITHOUT_FIGURE if query.wants_figure and not unit.has_figure else 1.0
    held_words = [weight for term, weight in zip(query.terms, row, strict=True) if not term.is_subject]
    return Passage(unit.sentence, score * worth, coverage * worth, is_particular=any(weight >= 1 for weight in held_words))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence's stems, and those of its headings."""

    sentence: Sentence
    stems: str
    """Joined by spaces, with one at each end, so that a phrase is found as a piece of text."""

    headings: str
    length: int
    has_figure: bool

    @classmethod
    def read(cls, sentence: Sentence) -> "_Unit":
        stems = [word.stem for word in read_words(sentence.text)]
        stems += (stem(fold(match[0].replace("-", ""))) for match in _HYPHENATED.finditer(sentence.text))
        if "@" in sentence.text:
            stems += read_stems("email")
        headings = [word.stem for heading in sentence.line.headings[-2:] for word in read_words(heading)]
        return cls(sentence, f" {' '.join(stems)} ", f" {' '.join(headings)} ", len(stems), _FIGURE.search(sentence.text) is not None)

    def weigh(self, term: Term) -> float:
        """Return how much of a term the sentence holds: own words in it count most, its headings less."""
        if term.unless and self._holds(self.stems, term.unless):
            return 0.0
        own = self._holds(self.stems, term.own)
        others = self._holds(self.stems, term.others) * _SYNONYM
        headings = (self._holds(self.headings, term.own) or self._holds(self.headings, term.others)) * _HEADING
        return max(own, others) + headings / 4 if own or others else headings

    @staticmethod
    def _holds(stems: str, wordings: frozenset[tuple[str, ...]]) -> float:
        return 1.0 if any(f" {' '.join(wording)} " in stems for wording in wordings) else 0.0
