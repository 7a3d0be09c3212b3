"""What a free question looks for: its words, subjects and meaning, and how much each of them counts."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from bot.domain.query import Ask
from bot.questions.tokens import WordKind, is_slip, question_words, word_kind
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.likeness import vector_of
from bot.text.wording import FIGURES, find_head, kind_asked
from bot.text.words import (
    Word,
    Wordings,
    english_words,
    find_subjects,
    is_function_word,
    other_words,
    read_stems,
    read_words,
    small_words,
    wordings_of,
)

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

    meaning: float = 2.0
    """How much a sentence's likeness to the question counts beside the words that they share, where these are few."""

    known: float = 0.8
    """The share of the question's weight in shared words from which on likeness counts for nothing."""

    alike: float = 0.8
    mixed: float = 0.2
    """What likeness comes to as a share of the question's weight, and what is added to it of the share that words have."""

    like_heading: float = 0.2
    """How much the likeness of a sentence's heading counts beside its own."""

    least_alike: float = 0.35
    """From which likeness on a sentence without a shared word is looked at."""

    favoured: float = 1.6
    nearly: float = 0.8
    """How much better a passage elsewhere must be than where the answer is looked for, and the share of the best's score told with it."""


WEIGHTS = Weights()

_SHORTEST_KIN = 5  # letters
_BOILERPLATE = compile_later(lambda: rf"\b(?:{one_of(read_lexicon('passages')['boilerplate']['words'])})", re.IGNORECASE)


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

    meaning: tuple[int, ...] = ()
    """The vector of the whole question, but for the company and the role."""

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
    heads = list(find_head(words))
    head = frozenset(heads)
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
        and (part in named or (part not in of_topic and (part in (head if kind == "count" else heads[:1]) or not _is_of(part, leave_out))))
        and not _is_led_to(texts.get(part, ""), subjects)
    )
    paired = pairwise(word for word in words if word.text not in read_lexicon("passages")["no_kinds"]["costless"])
    pairs = frozenset((one.stem, other.stem) for one, other in paired if min(weigh_word(one), weigh_word(other)) > WEIGHTS.vague)
    counted = frozenset((part,) for part in (head & in_subjects).difference(units, nouns)) if kind in FIGURES else frozenset()
    told = (replace(term, own=term.own | counted) for term in map(_to_subject_term, subjects))
    asks_with = read_lexicon("passages")["boilerplate"]["asked_with"]
    of_small_print = is_boilerplate(ask.words) or not set(asks_with).isdisjoint(subjects)
    said = dict.fromkeys(part for word in words for part in read_stems(english_words().get(word.text, word.text)) if part not in leave_out)
    return Wanted((*told, *terms), tuple(subjects), kind, of_small_print, pairs=pairs, head=head, meaning=vector_of(" ".join(said)))


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


_NAMED_BY_WHO = frozenset({"clients", "clients_named", "investors"})


def is_boilerplate(text: str) -> bool:
    """Tell whether a sentence is small print that stands in every posting."""
    return _BOILERPLATE.search(text) is not None
