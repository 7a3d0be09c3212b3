"""What a question asks, whichever posting answers it: the topic, the place, what in particular."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from bot.answering.bounded import BoundedCache
from bot.domain.answer import State, Telling
from bot.domain.facts import Eligible, Quote
from bot.domain.posting import KeptPosting
from bot.domain.query import Question
from bot.parsing.parse import read_document
from bot.questions.country import CountryMention
from bot.questions.title_index import read_role_words
from bot.questions.tokens import question_words
from bot.questions.topic import OTHER, TopicMatch, find_subjects, rank_topics
from bot.text.document import Document
from bot.text.lexicon import read_lexicon
from bot.text.words import Word, is_function_word, read_words
from bot.topics.skills import find_technologies

# What an answer is made from: one posting, and what was understood of the question.


@dataclass(frozen=True)
class Asked:
    """What a question asks, whichever posting answers it."""

    topic: str
    text: str = ""
    """The question as typed, without the company's name."""

    words: tuple[Word, ...] = ()
    """The question's words without the company's name."""

    details: tuple[Word, ...] = ()
    """Of those, the words that neither ask for the topic nor hold the question together: what is asked about in particular."""

    subjects: tuple[str, ...] = ()
    """Entries of data/lexicons/subjects.toml that are named."""

    named: tuple[str, ...] = ()
    """Technologies and languages that are asked about, as they are typed."""

    place: CountryMention | None = None

    also: tuple[str, ...] = ()
    """Further topics of the same question: "pay and requirements"."""


_READ = BoundedCache[str, Document](most=128, heaviest=600_000)
"""By their texts, up to so many characters: one takes 12 bytes of a document as a rule, and in the worst text 100."""


def _read_again(text: str) -> Document:
    """Read a posting's text; those asked about last are remembered."""
    document = _READ.get(text)
    if document is None:
        document = read_document(text)
        _READ.put(text, document, weight=len(text))
    return document


@dataclass(frozen=True)
class Subject:
    """One posting, and what is asked of it."""

    kept: KeptPosting
    asked: Asked
    locale: str = "en"
    """In which form numbers and countries are told."""

    @cached_property
    def document(self) -> Document:
        """The posting's text, read again into lines."""
        return _read_again(self.kept.posting.text)


@dataclass(frozen=True)
class Reply:
    """What one posting says to a question."""

    state: State
    telling: Telling
    quotes: tuple[Quote, ...] = ()
    further: tuple[Telling, ...] = ()
    """What is said to further topics of the same question."""

    topic: str | None = None
    """Where it is not the one that was asked for."""

    eligible: Eligible | None = None

    def after(self, verdict: str | None) -> "Reply":
        """Return the reply with a yes or no before it, if there is one and the posting says anything."""
        if verdict is None or self.state is not State.ANSWERED:
            return self
        return replace(self, telling=self.telling.model_copy(update={"sentence": f"{verdict}. {self.telling.sentence}"}))


_SURE = 0.9
"""A topic's weight from which it stands against the mention of a place."""

_NARROWED_BY_PLACE = frozenset({"pay", "visa", "timezone", "benefits", "education"})
"""Topics that a place does not turn into where one may work from."""

_PLACE_WEIGHT = {1: 0.6, 2: 0.9, 3: 2.5}
"""What a place adds to where one may work from, by how surely it is where somebody is."""

_JOINING = re.compile(r"^[^.?!]{0,30}?(?:\band\b|\bplus\b|&|\+|,\s?(?=\w+\s?$))")

_PER_DETAIL = 0.35
_MOST_FOR_DETAILS = 1.4
"""What each further thing that is asked about is worth against a place that is only mentioned."""

_SUREST = 3
LEAVE = frozenset(
    {"apply", "can", "could", "may", "allowed", "eligible", "hire", "hires", "hiring", "accept", "accepts", "take", "takes", "possible"}
)
"""Words that ask whether one may: with them, a place behind "from" or "in" is where somebody is."""

_ABOUT_NAMED = frozenset({OTHER, "requirements", "preferred", "skills", "experience"})
"""Topics under which a technology is asked after; any other topic that is asked for goes before it."""

_NAMED = 1.2
"""What a technology or a language that is asked about is worth."""

_YEAR_WORDS = frozenset({"many", "much", "long", "years", "year", "yrs", "yr", "yoe", "minimum", "least", "enough", "level"})
_WEAK = 0.5
"""Below this a topic was named by words that say little ("how much"): what else is asked about goes first."""


def make_out(question: Question, rest: str, *, place: CountryMention | None, titles: Sequence[str]) -> Asked | None:
    """Return what is asked, or None if the words ask for nothing."""
    words = read_words(rest)
    role = _words_of_role(words, titles)
    named = tuple(_name_in_particular(rest, words, role))
    ranked = rank_topics(words, role=role)
    details = tuple(word for word in words if not _is_beside_the_point(word, place, role))
    is_titled = place is not None and {word.stem for word in read_words(place.words)} <= role
    chosen = _choose_topic(
        ranked,
        None if is_titled and ranked else place,
        named=bool(named),
        asks_leave=any(word.text in LEAVE for word in words),
        details=len(details),
    )
    topic = question.topic or chosen or (OTHER if details else None)
    if topic is None:
        return None
    if topic == chosen and not question.topic and place is None and details and not named and ranked[0].weight < _WEAK:
        topic = OTHER
    if topic == "experience" and not question.topic and (details or named) and not _asks_for_years(words):
        topic = "requirements"
    if topic == "skills" and not question.topic and set(named) <= question_words("spoken") and named:
        topic = "requirements"
    used = next((match.used for match in ranked if match.topic == topic), frozenset())
    in_particular = tuple(word for word in details if topic == OTHER or word not in used or _narrows(word, topic))
    also = () if question.topic else tuple(_join_topics(ranked, topic, rest))
    return Asked(
        topic=topic, also=also, text=rest, words=words, details=in_particular, subjects=find_subjects(words), named=named, place=place
    )


def _join_topics(ranked: Sequence[TopicMatch], topic: str, rest: str) -> Iterator[str]:
    """Yield further topics that stand beside the chosen one with an "and" between: "pay and requirements"."""
    chosen = next((match for match in ranked if match.topic == topic), None)
    for match in ranked:
        if chosen is None or match is chosen or match.topic == OTHER or match.weight < _SURE or not chosen.used.isdisjoint(match.used):
            continue
        one, other = sorted(((match.used), (chosen.used)), key=lambda used: min(word.start for word in used))
        if _JOINING.search(rest[max(word.end for word in one) : min(word.start for word in other)]):
            yield match.topic


def _choose_topic(ranked: Sequence[TopicMatch], place: CountryMention | None, *, named: bool, asks_leave: bool, details: int) -> str | None:
    """
    Return the topic that is asked for most surely.

    A place speaks for where one may work from, the more the surer it is where somebody is; topics that a place only narrows
    ("pay in Texas"), and subjects named in particular, stand against it.
    """
    weights = {match.topic: match.weight for match in ranked}
    if named and not any(match.weight >= _SURE and match.topic not in _ABOUT_NAMED for match in ranked):
        weights["skills"] = max(weights.get("skills", 0.0), _NAMED)
    if place is not None:
        if weights.get("pay", 0.0) == max(weights.values(), default=0.0) > 0:
            return "pay"
        firm = (match.topic for match in ranked if match.weight >= _SURE and (match.is_particular or match.topic in _NARROWED_BY_PLACE))
        if (topic := next(firm, None)) is not None:
            return topic
        sureness = _SUREST if place.outside or (place.sureness > 1 and asks_leave) else place.sureness
        weights["countries"] = weights.get("countries", 0.0) + _PLACE_WEIGHT[sureness]
        weights[OTHER] = weights.get(OTHER, 0.0) + min(details * _PER_DETAIL, _MOST_FOR_DETAILS)
    return max(weights, key=lambda topic: weights[topic]) if weights else None


def _name_in_particular(rest: str, words: Sequence[Word], role: Collection[str]) -> Iterator[str]:
    """Yield the technologies and spoken languages that are asked about; those of the title only name the role."""
    for technology in find_technologies(rest):
        if not {word.stem for word in read_words(technology.name)} <= set(role):
            yield technology.name
    for word in words:
        if word.stem not in role and (word.text in question_words("spoken") or _is_technology_in_small_letters(word.text)):
            yield word.text


def _asks_for_years(words: Sequence[Word]) -> bool:
    """Tell whether a question about experience wants a number: "how much", "how many years", "2 yrs"."""
    return any(word.text in _YEAR_WORDS or word.text[0].isdigit() for word in words)


def _narrows(word: Word, topic: str) -> bool:
    """Tell whether a word that asks for a topic also says which part of it: "which database" is more than "which tools"."""
    return topic == "skills" and word.text not in question_words("any_skill")


def _words_of_role(words: Sequence[Word], titles: Sequence[str]) -> frozenset[str]:
    """Return the stems that only name the role: those of the titles, and words short for them ("ml" of Machine Learning)."""
    terms = frozenset().union(*(read_role_words(title).terms for title in titles))
    short = (word.stem for word in words if (own := read_role_words(word.text).own_terms) and own <= terms)
    return frozenset(short).union(word.stem for title in titles for word in read_words(title))


def _is_beside_the_point(word: Word, place: CountryMention | None, role: Collection[str]) -> bool:
    """Tell whether a word holds the question together, names the role or the place, or says nothing."""
    in_place = place is not None and word.text in {part.text for part in read_words(place.words)}
    return in_place or is_function_word(word.text) or word.stem in role or word.text in question_words("filler")


@cache
def _written_with_a_capital() -> frozenset[str]:
    return frozenset(name.casefold() for name in read_lexicon("skills")["as_spelled"]["words"])


def _is_technology_in_small_letters(word: str) -> bool:
    """Tell whether a word is "rust" or "swift": in a posting only the capital tells, but people type in small letters."""
    return len(word) > 1 and word in _written_with_a_capital() and word in question_words("proper")
