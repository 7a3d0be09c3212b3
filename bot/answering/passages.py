"""The sentences of a posting that answer a free question, by shared words and meaning, with a floor for "does not say"."""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from bot.answering.wanted import WEIGHTS, Term, Wanted, is_boilerplate, weigh_word
from bot.questions.tokens import WordKind, is_slip, word_kind
from bot.text.clean import fold
from bot.text.document import BULLET, HEADING, TAG, TITLE, Document, Line, Sentence, is_denied
from bot.text.lexicon import compile_later, read_lexicon
from bot.text.likeness import likeness, vector_of
from bot.text.numbers import counts_team
from bot.text.wording import FIGURES, kind_signs, lists_names, names_head
from bot.text.words import (
    Word,
    Wordings,
    foreign_words,
    is_function_word,
    read_stems,
    read_words,
    small_words,
    stem,
)
from bot.topics.apply import read_date

_MOST_PASSAGES, _LOOKED_AT, _MOST_SENTENCES = 3, 20, 5_000
_FRAGMENT = 4  # words
_FOOTER, _LONGEST_FOOTER = 3, 300  # lines at the end, of so many characters: with a link, or a mere call to apply, they are the layout's
_SHORTEST_SAYING = 6  # words: a shorter heading only names what follows
_MOST_FURTHER, _SHORTEST_KIN, _SHORTEST_HALF, _LONGEST_KIN_ENDING = 3, 5, 3, 5
"""Letters of a word, and of what another that begins with it may have more; one that ends with "y" begins none, as "party" no "partake"."""
_HYPHENATED = compile_later(r"[^\W_]{2,20}-[^\W_]{2,20}")
_ADDRESS = compile_later(r"[\w.+-]@\w")
_SPELT_ADDRESS = compile_later(r"\b[\w.]+ (?:at|\(at\)|\[at\]) \w+ ?(?:\.|dot) ?(?:com|io|org|net|co|ai|dev)\b", re.IGNORECASE)
_APPLY_HEADING = compile_later(r"\b(?:click|apply)\b", re.IGNORECASE)

_UNFITTING = dict.fromkeys(("person", "place"), WEIGHTS.vaguely_unfitting) | dict.fromkeys(("count", "year", "date"), WEIGHTS.uncounted)


# How well each sentence answers.


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with how well it answers."""

    sentence: Sentence
    score: float
    coverage: float
    """The share of the question that it answers, by its words or its meaning: 0 to 1."""

    shared: float
    """The share of the question's weight that its words hold: 0 to 1."""

    is_particular: bool
    """Whether it holds words that the question adds to its subject."""

    evidence: float
    """How much of the words and subjects that matter it holds, all in all: an ordinary word in another form counts 0.7."""

    misses_word: bool = False
    """Whether it lacks a word of the question that is neither vague nor of its subject; one that only begins alike is none."""

    holds_name: bool = True
    """Whether it holds any of what the question names in particular, if it names anything."""

    has_kind: bool = False
    """Whether it has the kind of thing that is asked for: a figure for "how many"."""

    likeness: float = 0.0
    """How alike in meaning it is to the whole question."""


def find_answers(document: Document, wanted: Wanted, *, favoured: Collection[Line] = ()) -> tuple[Passage, ...]:
    """
    Return the passages that hold enough of the question, the best first, with those that are nearly as good.

    `favoured` are lines where the answer is looked for; they go before others that are somewhat better.
    """
    lines = {id(line) for line in favoured}
    enough = [one for one in find_passages(document, wanted) if one.holds_name and one.coverage >= WEIGHTS.floor][:_LOOKED_AT]
    scored = [(passage.score * (WEIGHTS.favoured if id(passage.sentence.line) in lines else 1.0), passage) for passage in enough]
    scored.sort(key=lambda pair: -pair[0])
    near = [passage for score, passage in scored[:_MOST_PASSAGES] if score >= WEIGHTS.nearly * scored[0][0]]
    is_given = wanted.kind in (*FIGURES, "date") and any(one.has_kind for one in near)
    return tuple(one for one in near if one.has_kind or not is_given)


def find_passages(document: Document, wanted: Wanted) -> tuple[Passage, ...]:
    """Return the sentences that hold anything of the question, by its words or its meaning, the best first."""
    units = [_Unit.read(sentence) for sentence in _sentences(document)]
    if not units or not wanted.terms:
        return ()
    headings = {text: likeness(wanted.meaning, vector_of(text)) * WEIGHTS.like_heading for text in {unit.headings for unit in units}}
    units = [replace(unit, alike=likeness(wanted.meaning, vector_of(unit.stems)) + headings[unit.headings]) for unit in units]
    vocabulary = {part for unit in units for part in (*unit.stems.split(), *unit.headings.split())}
    kin = [_find_kin(term, vocabulary, is_foreign=_is_foreign(vocabulary)) for term in wanted.terms]
    held = [[unit.weigh(term, kin[place]) for place, term in enumerate(wanted.terms)] for unit in units]
    holding = [sum(1 for row in held if row[place] > 0) for place in range(len(wanted.terms))]
    told = zip(wanted.terms, holding, strict=True)
    wanted = replace(wanted, terms=tuple(replace(one, importance=max(one.importance, one.held if count else 0.0)) for one, count in told))
    absent = {part for term, count in zip(wanted.terms, holding, strict=True) if not count for wording in term.own for part in wording}
    behind = {(part,) for before, part in wanted.pairs if before in absent and part in vocabulary}  # "code" of "dress code"
    share = [1.0 if term.is_subject or behind.isdisjoint(term.own) else WEIGHTS.behind_absent for term in wanted.terms]
    held = [[part * whole for part, whole in zip(row, share, strict=True)] for row in held]
    rarity = [term.importance * _rarity(count, len(units)) for term, count in zip(wanted.terms, holding, strict=True)]
    average = sum(unit.length for unit in units) / len(units)
    passages = [_to_passage(unit, row, rarity=rarity, average=average, wanted=wanted) for unit, row in zip(units, held, strict=True)]
    return _ranked(passages, wanted)


def _ranked(passages: Sequence[Passage], wanted: Wanted) -> tuple[Passage, ...]:
    """
    Return what shares a word or the meaning of a question, the best first.

    Of a subject whose wordings are known, what holds none of them is no answer, however alike it is; nor is what has no figure where one
    is asked for.
    """
    is_counted = wanted.kind in (*FIGURES, "date")
    best = max((passage.score for passage in passages), default=0.0) or 1.0
    known = max((passage.coverage for passage in passages), default=0.0)
    weight = WEIGHTS.meaning * best * max(0.0, 1 - known / WEIGHTS.known)
    found = []
    for one in passages:
        may_answer = not wanted.subjects and one.holds_name and (one.has_kind or not is_counted)
        if one.score or (may_answer and one.likeness >= WEIGHTS.least_alike):
            coverage = max(one.coverage, WEIGHTS.alike * one.likeness + WEIGHTS.mixed * one.coverage if may_answer else 0.0)
            found.append(replace(one, score=one.score + weight * one.likeness, coverage=coverage))
    return tuple(sorted(found, key=lambda passage: -passage.score))


def _find_kin(term: Term, vocabulary: Collection[str], *, is_foreign: bool) -> Wordings:
    """
    Return what a posting may write for a word: longer ones that begin with it ("probationary" for "probation"), in another language its
    words for it; for one that it never writes, a somewhat shorter one ("advised" for "advisor") or two ("mid point" for "midpoint").
    """
    own = {part for wording in term.own if len(wording) == 1 for part in wording if len(part) >= _SHORTEST_KIN and part[-1] != "i"}
    foreign = foreign_words(term.own | term.others) if is_foreign and term.is_subject else frozenset()
    own |= {part for wording in foreign for part in wording if len(part) >= _SHORTEST_KIN}
    kin: set[tuple[str, ...]] = {
        (other,) for part in own for other in vocabulary if other.startswith(part) and 0 < len(other) - len(part) <= _LONGEST_KIN_ENDING
    }
    missing = [] if term.is_subject else [part for part in own if part not in vocabulary]
    strange = [part for part in missing if len(part) > _SHORTEST_KIN and word_kind(part) is WordKind.UNKNOWN]
    kin |= {(other,) for part in strange for other in vocabulary if len(other) > _SHORTEST_KIN and is_slip(part, other)}
    kin |= {(part[:-less],) for part in missing for less in (1, 2) if len(part) - less >= _SHORTEST_KIN and part[:-less] in vocabulary}
    kin |= {
        (part[:at], part[at:])
        for part in missing
        for at in range(_SHORTEST_HALF, len(part) - _SHORTEST_HALF + 1)
        if part[:at] in vocabulary and part[at:] in vocabulary
    }
    return foreign | kin


_FOREIGN_WORDS = 8  # of other languages, small ones: of 250 postings in English none holds more than six that it lacks, of others all do


def _is_foreign(vocabulary: Collection[str]) -> bool:
    return sum(not is_function_word(word) for word in small_words().intersection(vocabulary)) >= _FOREIGN_WORDS


def _sentences(document: Document) -> Iterator[Sentence]:
    """Yield what may answer: all but the layout's own footer; a heading of several words may be a sentence in bold."""
    last = (line for line in document.body[-_FOOTER:] if len(line.text) <= _LONGEST_FOOTER and read_date(line.text) is None)
    linked = (line for line in last if "://" in line.marked.plain or _APPLY_HEADING.match(line.text))
    footer = {id(line) for line in linked if line.kind is not BULLET and not line.text.startswith("--")}  # one of several roles
    lines = (line for line in document.lines if line.kind is not HEADING or _says_something(line))
    kept = (one for line in lines for at, one in enumerate(line.sentences) if id(line) not in footer or (at and "://" not in one.text))
    yield from islice(kept, _MOST_SENTENCES)


def _says_something(heading: Line) -> bool:
    is_field = bool(heading.text.partition(": ")[2].strip())  # "Requisition ID: 4711"
    is_field |= heading.text.casefold().startswith(("no ", "keine ", "pas de ", "sin ", "sem "))  # "NO RECRUITMENT AGENCIES"
    is_field |= _SAYS.search(heading.text) is not None
    return (is_field or len(heading.text.split()) >= _SHORTEST_SAYING) and not _APPLY_HEADING.search(heading.text)


_SAYS = compile_later(r"\w (?:is|are|must be|ist|sind|est|sont|es|son) [a-zà-ÿ]+\W*$")
"""A line in bold such as "A driving licence is mandatory"."""


def _rarity(holding: int, units: int) -> float:
    if not holding:
        return math.log(1 + (units - 0.5) / 1.5) * WEIGHTS.absent
    return math.log(1 + (units - holding + 0.5) / (holding + 0.5))


def _to_passage(unit: "_Unit", row: Sequence[float], *, rarity: Sequence[float], average: float, wanted: Wanted) -> Passage:
    is_of_team = "team_size" in wanted.subjects
    is_counted = counts_team(unit.sentence.text) if is_of_team else False
    has_kind = bool(is_counted) if is_of_team else bool(wanted.kind and kind_signs(wanted.kind).search(_near_subject(unit, wanted)))
    is_naming = wanted.wants_names and lists_names(unit.sentence.text)
    length = min(unit.length, average) if is_naming or (has_kind and wanted.kind == "count") else unit.length
    norm = WEIGHTS.saturation * (1 - WEIGHTS.length + WEIGHTS.length * length / max(average, 1))
    score = sum(weight * held * (WEIGHTS.saturation + 1) / (held + norm) for weight, held in zip(rarity, row, strict=True))
    asked = sum(
        weight if held or not term.is_subject or len(wanted.subjects) == 1 else weight * WEIGHTS.other_subject
        for term, weight, held in zip(wanted.terms, rarity, row, strict=True)
    )
    coverage = sum(weight * min(held, 1) for weight, held in zip(rarity, row, strict=True)) / (asked or 1.0)
    worth = 1.0
    if wanted.kind and not wanted.wants_names:
        worth = WEIGHTS.fitting if has_kind else _UNFITTING.get("count" if is_counted is None else wanted.kind, WEIGHTS.unfitting)
    elif is_naming or (wanted.head and names_head(unit.sentence.text, wanted.head)):
        worth = WEIGHTS.fitting
    if is_boilerplate(unit.sentence.text) and not wanted.of_small_print:
        worth *= WEIGHTS.boilerplate
    if unit.length <= _FRAGMENT and not (wanted.kind and worth > 1) and not unit.sentence.text.rstrip().endswith((".", "!")):
        score *= WEIGHTS.fragment
    if unit.sentence.text.rstrip().endswith("?") and unit.sentence is not unit.sentence.line.sentences[-1]:
        score *= WEIGHTS.fragment  # what stands behind it answers
    score *= 1 + WEIGHTS.adjoining * sum(f" {one} {other} " in unit.stems for one, other in wanted.pairs)
    held_names = [weight for term, weight in zip(wanted.terms, row, strict=True) if term.is_name]
    held_words = [weight for term, weight in zip(wanted.terms, row, strict=True) if not term.is_subject]
    shared = min(coverage * worth, 1.0)
    return Passage(
        unit.sentence,
        score * worth,
        shared,
        shared,
        is_particular=any(weight >= 1 for weight in held_words),
        evidence=sum(term.importance * weight for term, weight in zip(wanted.terms, row, strict=True) if term.importance > WEIGHTS.vague),
        misses_word=any(
            weight < WEIGHTS.synonym and not term.is_subject and term.importance >= max(WEIGHTS.topical, term.held + 0.01)
            for term, weight in zip(wanted.terms, row, strict=True)
        ),
        holds_name=any(held_names) or not held_names,
        has_kind=has_kind,
        likeness=unit.alike * worth,
    )


def _near_subject(unit: "_Unit", wanted: Wanted) -> str:
    """Return the words around those that name the subject, or what is counted: a figure further away is of something else."""
    text = unit.sentence.text
    if wanted.kind not in FIGURES:
        return text
    heads = wanted.head.difference(read_stems(read_lexicon("passages")["head"]["units"]))
    terms = [term for term in wanted.terms if term.is_subject or (not wanted.subjects and any(part in heads for (part,) in term.own))]
    named = {part for term in terms for wording in (*term.own, *term.others) for part in wording}
    places = [word for word in read_words(text) if word.stem in named and weigh_word(word) > 0]
    is_headed = bool(wanted.subjects) and (wanted.kind != "count" or unit.length <= _LONGEST_VALUE or not heads)
    if (
        terms
        and heads
        and not (is_headed or places or any(part in fold(text).replace("-", "") for part in named if len(part) >= _SHORTEST_HALF))
    ):
        return ""  # it counts other things
    if wanted.kind == "count" and places:
        return " | ".join(_WHOLE_WORDS.sub("", text[max(0, word.start - _BEFORE) : word.end + _BEHIND]) for word in places)
    return text[max(0, places[0].start - _NEAR) : places[-1].end + _NEAR] if places else text


_LONGEST_VALUE = 4  # words: what a heading asks for is told in few
_WHOLE_WORDS = compile_later(r"(?<=[a-z])\w*$")
_NEAR, _BEFORE, _BEHIND = 60, 30, 12  # characters: what is counted stands right behind its number, or has it behind a colon


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence's stems, and those of its headings and of a question right before it."""

    sentence: Sentence
    stems: str
    """Joined by spaces, with one at each end, so that a phrase is found as a piece of text."""

    headings: str
    length: int
    alike: float = 0.0
    """How alike in meaning it and its heading are to the question."""

    @classmethod
    def read(cls, sentence: Sentence) -> "_Unit":
        stems = stems_of(sentence.text)
        asked = [one.text for one, other in pairwise(sentence.line.sentences) if other is sentence and one.text.endswith("?")]
        return cls(sentence, stems, stems_of(" ".join((*sentence.line.headings[-2:], *asked))), stems.count(" ") - 1)

    def weigh(self, term: Term, kin: Wordings) -> float:
        """Return how much of a term the sentence holds: own words count most, headings less; titles and places tell little."""
        kind = self.sentence.line.kind
        if (term.unless and _holds(self.stems, term.unless)) or (kind is TITLE and not term.is_subject) or (kind is TAG and term.is_name):
            return 0.0
        held = max(_holds(self.stems, term.own), _holds(self.stems, term.others) * WEIGHTS.synonym, _holds(self.stems, kin) * WEIGHTS.kin)
        if held and term.is_subject:
            held += WEIGHTS.further * min(_MOST_FURTHER, sum(_holds(self.stems, frozenset({one})) for one in term.own | term.others) - 1)
        held = held or _holds(self.stems, term.hints) * WEIGHTS.hint
        headings = _holds(self.headings, term.own | term.others) * WEIGHTS.heading * (1 - _holds(self.headings, term.unless))
        return held + headings / 4 if held else headings


@lru_cache(maxsize=8_000)
def stems_of(text: str) -> str:
    """Return a sentence's stems between spaces; those of the postings asked about last are remembered."""
    stems = [word.stem for word in read_words(text)]
    stems += (stem(fold(match[0].replace("-", ""))) for match in _HYPHENATED.finditer(text))
    if _ADDRESS.search(text) or _SPELT_ADDRESS.search(text):
        stems += read_stems("email")
    return f" {' '.join(stems)} "


def _holds(stems: str, wordings: Wordings) -> float:
    return 1.0 if any(f" {' '.join(wording)} " in stems for wording in wordings) else 0.0


DENIED_WITHIN = 30  # letters


def denies(text: str, held: Word | None) -> bool:
    """Tell whether a text denies the words that hold what is asked, close by."""
    return held is not None and is_denied(text, start=held.start, end=held.end, reach=DENIED_WITHIN)
