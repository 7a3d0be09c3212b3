"""The sentences of a posting that answer a free question: ranked by what they share with it, with a floor for "does not say"."""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice, pairwise

from bot.domain.query import Ask
from bot.questions.tokens import WordKind, is_slip, question_words, word_kind
from bot.text.clean import fold
from bot.text.document import BULLET, HEADING, TAG, TITLE, Document, Line, Sentence
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.numbers import counts_team
from bot.text.wording import FIGURES, find_head, kind_asked, kind_signs, lists_names, names_head
from bot.text.words import (
    Word,
    Wordings,
    english_words,
    find_subjects,
    foreign_words,
    is_function_word,
    other_words,
    read_stems,
    read_words,
    small_words,
    stem,
    wordings_of,
)
from bot.topics.apply import read_date

# What everything is worth, in one place.


@dataclass(frozen=True, slots=True)
class Weights:
    """
    What a sentence's likeness to a question is made of.

    Set by hand and tried one at a time on the free questions of labelled postings and of two lists of questions that were asked of 80
    others, each also asked of three postings that it was not about. The floor was tried from 0.3 to 0.6: below, lines that share one
    common word are quoted for things that a posting is silent on; above, answers in other words than the question's are missed.
    """

    floor: float = 0.45
    """The share of the question's weight that a sentence must hold to count as an answer."""

    saturation: float = 1.2
    length: float = 0.5
    """BM25's k1 and b: a sentence is short, so a second mention adds little and length counts half."""

    synonym: float = 0.8
    kin: float = 0.7
    heading: float = 0.6
    hint: float = 0.4
    """What a synonym, a longer word that begins alike, a word of the heading, and one that only hints at a subject count for a word."""

    further: float = 0.1
    """What each further wording of a subject adds: a "contract" of so many "months" is likelier than months alone."""

    absent: float = 0.5
    """What is left of a word that the posting never uses."""

    behind_absent: float = 0.5
    """What is left of a word behind one that the posting never uses: "code" of "dress code"."""

    adjoining: float = 0.5
    """How much two words of the question that stand side by side in the sentence add."""

    fitting: float = 1.25
    unfitting: float = 0.55
    vaguely_unfitting: float = 0.8
    """What a sentence is worth that has the kind of thing that is asked for, and one that has no figure, date or address, or no person."""

    uncounted: float = 0.44
    """What is left of one without a figure where "how many" is asked: it counts nothing, whatever it speaks of."""

    boilerplate: float = 0.4
    """What is left of small print that is not asked about."""

    fragment: float = 0.6
    """What is left of a line of a few words, which names something and says nothing of it."""

    name: float = 1.0
    unknown: float = 1.0
    ordinary: float = 0.7
    topical: float = 0.5
    vague: float = 0.08
    """How much a word of the question matters by its kind; a name is what the question names in particular."""

    beside_subject: float = 0.35
    beside_held: float = 0.6
    """How much of that is left of words beside a subject that has wordings of its own, and of those that the posting holds."""

    other_subject: float = 0.25
    """How much a subject that a sentence does not hold counts against it where several are named."""

    favoured: float = 1.6
    nearly: float = 0.8
    """How much better a passage elsewhere must be than where the answer is looked for, and the share of the best's score told with it."""


WEIGHTS = Weights()
_MOST_PASSAGES, _LOOKED_AT, _MOST_SENTENCES = 3, 20, 5_000
_FRAGMENT = 4  # words
_FOOTER, _LONGEST_FOOTER = 3, 300  # lines at the end, of so many characters: with a link, or a mere call to apply, they are the layout's
_SHORTEST_SAYING = 6  # words: a shorter heading only names what follows
_MOST_FURTHER, _SHORTEST_KIN, _SHORTEST_HALF, _LONGEST_KIN_ENDING = 3, 5, 3, 5
"""Letters of a word, and of what another that begins with it may have more; one that ends with "y" begins none, as "party" no "partake"."""
_HYPHENATED = compile_later(r"[^\W_]{2,20}-[^\W_]{2,20}")
_ADDRESS = compile_later(r"[\w.+-]@\w")
_SPELT_ADDRESS = compile_later(r"\b[\w.]+ (?:at|\(at\)|\[at\]) \w+ ?(?:\.|dot) ?(?:com|io|org|net|co|ai|dev)\b", re.IGNORECASE)
_BOILERPLATE = compile_later(lambda: rf"\b(?:{one_of(read_lexicon('passages')['boilerplate']['words'])})", re.IGNORECASE)
_APPLY_HEADING = compile_later(r"\b(?:click|apply)\b", re.IGNORECASE)


# What a question looks for.


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question looks for: a word, or any of a subject's wordings."""

    own: Wordings
    others: Wordings = frozenset()
    importance: float = 1.0
    is_subject: bool = False
    is_name: bool = False
    """Whether it is of what the question names in particular."""

    hints: Wordings = frozenset()
    unless: Wordings = frozenset()
    """What tells of it only beside a thing of the kind that is asked for; with what a sentence speaks of something else."""

    held: float = 0.0
    """What its importance is at the least in a posting that holds it: "piano" tells more than the "office" that it is in."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that a question looks for."""

    terms: tuple[Term, ...]
    subjects: tuple[str, ...] = ()
    kind: str | None = None
    """What kind of thing is asked for: a figure by "how many", a date by "when"; a sentence with one is likelier."""

    of_small_print: bool = False
    """Whether the question names what stands in small print."""

    pairs: frozenset[tuple[str, str]] = frozenset()
    """Stems that stand side by side in the question."""

    head: frozenset[str] = frozenset()
    """The stems of what is asked for by "which" or "how many": "team" of "which team is it on"."""

    @property
    def wants_names(self) -> bool:
        """Whether names are asked for: by "which", and by who the clients are."""
        return (self.kind is None and bool(self.head)) or (self.kind == "person" and not _NAMED_BY_WHO.isdisjoint(self.subjects))


def read_wanted(ask: Ask, *, leave_out: Collection[str] = (), of_topic: Collection[str] = ()) -> Wanted:
    """
    Return what a question looks for.

    `leave_out` are the stems of the company and the role, which every question may name, `of_topic` those that only ask for its topic.
    """
    words = read_words(ask.words) or read_words(" ".join(ask.about))
    telling = [word for word in words if weigh_word(word) > WEIGHTS.vague]
    if all(_is_of(word.stem, leave_out) for word in telling):  # of a "Planner (ACP or BCP)" it may be asked whether one must be an ACP
        leave_out = set(leave_out).difference(word.stem for word in telling if word_kind(word.text) is WordKind.UNKNOWN)
    subjects = [one for one in find_subjects(words) if not is_of_name(one, words, leave_out=leave_out)]
    things = [entry for entry in map(read_lexicon("subjects").get, subjects) if entry and (entry.get("whether") or entry.get("offered"))]
    spelt = [phrase[1:] for entry in things for phrase in entry["asked"] if phrase[0] == "="]
    in_subjects = {part for one in subjects for phrase in (*wordings_of(one, "asked"), *map(read_stems, spelt)) for part in phrase}
    named = {word.stem for name in ask.about for word in read_words(name) if not is_function_word(word.text)}
    beside = WEIGHTS.beside_subject if subjects else 1.0
    head = frozenset(find_head(words))
    weights = {word.stem: WEIGHTS.name if word.stem in named else weigh_word(word) * beside for word in words}
    nouns = read_stems(read_lexicon("passages")["head"]["nouns"])
    told_apart = {part for part in head if weights[part] > WEIGHTS.vague or part in nouns}
    kind = "count" if "team_size" in subjects else kind_asked(ask.words)
    units = read_stems(read_lexicon("passages")["head"]["units"])
    if kind == "date":
        told_apart -= set(units)  # "which day" asks for a date, which need not call itself a day
        weights |= dict.fromkeys(head.intersection(units), WEIGHTS.vague)
    weights |= {part: max(weights[part], WEIGHTS.ordinary * beside) for part in told_apart}
    weights |= {part: WEIGHTS.name for part in named if len(named) == 1 or part not in weights}
    texts = {word.stem: word.text for word in (*words, *(word for name in ask.about for word in read_words(name)))}
    terms = tuple(
        Term(
            own=frozenset({(part,)}),
            others=other_words(texts.get(part, part), part),
            importance=weight,
            is_name=part in named,
            held=weight / beside * WEIGHTS.beside_held if weight >= WEIGHTS.ordinary * beside else 0.0,
        )
        for part, weight in weights.items()
        if weight > 0
        and part not in in_subjects
        and (part in named or (part not in of_topic and ((kind == "count" and part in head) or not _is_of(part, leave_out))))
        and not _is_led_to(texts.get(part, ""), subjects)
    )
    paired = pairwise(word for word in words if word.text not in read_lexicon("passages")["no_kinds"]["costless"])
    pairs = frozenset((one.stem, other.stem) for one, other in paired if min(weigh_word(one), weigh_word(other)) > WEIGHTS.vague)
    counted = frozenset((part,) for part in (head & in_subjects).difference(units, nouns)) if kind in FIGURES else frozenset()
    told = (replace(term, own=term.own | counted) for term in map(_to_subject_term, subjects))
    asks_with = read_lexicon("passages")["boilerplate"]["asked_with"]
    of_small_print = is_boilerplate(ask.words) or not set(asks_with).isdisjoint(subjects)
    return Wanted((*told, *terms), tuple(subjects), kind, of_small_print, pairs=pairs, head=head)


def _is_of(part: str, names: Collection[str]) -> bool:
    """Tell whether a stem is of the company or the role, also where it is misspelt: "dsigner" of a designer."""
    is_long = len(part) > _SHORTEST_KIN and word_kind(part) is WordKind.UNKNOWN
    return part in names or (is_long and any(is_slip(part, name) for name in names))


def find_own_head(ask: Ask) -> frozenset[str]:
    """Return the stems of what is asked for by "which" beside the things that are named: "certifications" of "which Go certifications"."""
    words = read_words(ask.words)
    named = {word.stem for thing in ask.about for word in read_words(thing)}
    telling = {word.stem for word in words if weigh_word(word) >= WEIGHTS.ordinary}
    return frozenset(find_head(words)) & telling - named


def is_of_name(subject: str, words: Sequence[Word], *, leave_out: Collection[str]) -> bool:
    """Tell whether a question names a subject only by words of the company or the role: "Founding Engineer"."""
    stems = f" {' '.join(word.stem for word in words)} "
    named = [wording for wording in wordings_of(subject, "asked") if f" {' '.join(wording)} " in stems]
    return bool(named) and all(set(wording) <= set(leave_out) for wording in named)


def weigh_word(word: Word) -> float:
    """Return how much a word of a question matters: nothing for what holds it together."""
    text = word.text.replace("'", "")
    if is_function_word(text) or text in small_words():
        return 0.0
    if text in _vague_words() or text in question_words("filler"):
        return WEIGHTS.vague
    kinds = {WordKind.UNKNOWN: WEIGHTS.unknown, WordKind.ORDINARY: WEIGHTS.ordinary, WordKind.TOPICAL: WEIGHTS.topical}
    return kinds.get(word_kind(text), 0.0)


@cache
def _vague_words() -> frozenset[str]:
    return frozenset(read_lexicon("passages")["vague"]["words"].split())


def _is_led_to(word: str, subjects: Sequence[str]) -> bool:
    """Tell whether a word of another language is what named a subject."""
    english = read_stems(english_words().get(word, ""))
    return bool(english) and any(english in wordings_of(subject, "asked") for subject in subjects)


def _to_subject_term(subject: str) -> Term:
    asked, said, hints, unless = (wordings_of(subject, key) for key in ("asked", "said", "hints", "unless"))
    return Term(own=asked, others=said, is_subject=True, hints=hints, unless=unless)


_UNFITTING = dict.fromkeys(("person", "place"), WEIGHTS.vaguely_unfitting) | dict.fromkeys(("count", "year", "date"), WEIGHTS.uncounted)


# How well each sentence answers.


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with how well it answers."""

    sentence: Sentence
    score: float
    coverage: float
    """The share of the question's weight that it holds: 0 to 1."""

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
    """Return the sentences that hold anything of the question, the best first; nothing where no word is shared."""
    units = [_Unit.read(sentence) for sentence in _sentences(document)]
    if not units or not wanted.terms:
        return ()
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
    passages = (
        _to_passage(unit, row, rarity=rarity, average=average, wanted=wanted) for unit, row in zip(units, held, strict=True) if any(row)
    )
    return tuple(sorted(passages, key=lambda passage: -passage.score))


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
    return (is_field or len(heading.text.split()) >= _SHORTEST_SAYING) and not _APPLY_HEADING.search(heading.text)


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
    coverage = sum(weight * min(held, 1) for weight, held in zip(rarity, row, strict=True)) / asked
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
    return Passage(
        unit.sentence,
        score * worth,
        min(coverage * worth, 1.0),
        is_particular=any(weight >= 1 for weight in held_words),
        evidence=sum(term.importance * weight for term, weight in zip(wanted.terms, row, strict=True) if term.importance > WEIGHTS.vague),
        misses_word=any(
            weight < WEIGHTS.synonym and not term.is_subject and term.importance >= max(WEIGHTS.topical, term.held + 0.01)
            for term, weight in zip(wanted.terms, row, strict=True)
        ),
        holds_name=any(held_names) or not held_names,
        has_kind=has_kind,
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
_NAMED_BY_WHO = frozenset({"clients", "clients_named", "investors"})
_WHOLE_WORDS = compile_later(r"(?<=[a-z])\w*$")
_NEAR, _BEFORE, _BEHIND = 60, 30, 12  # characters: what is counted stands right behind its number, or has it behind a colon


def is_boilerplate(text: str) -> bool:
    """Tell whether a sentence is small print that stands in every posting."""
    return _BOILERPLATE.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence's stems, and those of its headings and of a question right before it."""

    sentence: Sentence
    stems: str
    """Joined by spaces, with one at each end, so that a phrase is found as a piece of text."""

    headings: str
    length: int

    @classmethod
    def read(cls, sentence: Sentence) -> "_Unit":
        stems = _stems_of(sentence.text)
        asked = [one.text for one, other in pairwise(sentence.line.sentences) if other is sentence and one.text.endswith("?")]
        return cls(sentence, stems, _stems_of(" ".join((*sentence.line.headings[-2:], *asked))), stems.count(" ") - 1)

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
def _stems_of(text: str) -> str:
    """Return a sentence's stems between spaces; those of the postings asked about last are remembered."""
    stems = [word.stem for word in read_words(text)]
    stems += (stem(fold(match[0].replace("-", ""))) for match in _HYPHENATED.finditer(text))
    if _ADDRESS.search(text) or _SPELT_ADDRESS.search(text):
        stems += read_stems("email")
    return f" {' '.join(stems)} "


def _holds(stems: str, wordings: Wordings) -> float:
    return 1.0 if any(f" {' '.join(wording)} " in stems for wording in wordings) else 0.0
