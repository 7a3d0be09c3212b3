"""What was learned of questions: topics, reach, form, language and talk of a message, and which words are a company's name."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TypeVar

from bot.questions.company_names import UNSPEAKABLE, famous_names
from bot.questions.title_index import RoleWords, read_role_words
from bot.questions.tokens import (
    TokenisedQuestion,
    WordKind,
    find_cues,
    flatten,
    is_cue_word,
    is_mistyped,
    question_words,
    tokenise,
    word_at,
    word_kind,
)
from bot.text.lexicon import compile_later, data_directory, one_of, read_lexicon
from bot.text.linear_model import LinearModel, read_model
from bot.text.wording import find_head, taken_for_experience
from bot.text.words import find_language_signs, read_words
from bot.topics import TOPICS

_MOST_ALIKE = 1024  # texts that are remembered: with what they name masked, most are put in few ways

UNDERSTOOD = ("en", "es", "de", "fr", "pt")

COMPANY_MASK = "xcompany"
"""What stands for a company's name in what the model reads."""

MASKS = {"country": "xcountry", "city": "xcity", "skill": "xskill", "amount": "xamount", "role": "posting"}
"""What stands for values that are recognised, by their kinds; what they are called tells nothing of what is asked."""

OPEN, NOTHING = "open", "nothing"
"""The labels of a message that leaves its topic or form open, and of one that asks about no topic."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model makes of a text, each head's labels with scores between 0 and 1."""

    topics: Mapping[str, float]
    reach: Mapping[str, float]
    form: Mapping[str, float]
    talk: Mapping[str, float]
    follows: float

    def best(self, head: str) -> str:
        """Return the label of a head with the highest score."""
        scores: Mapping[str, float] = getattr(self, head)
        return max(scores, key=lambda label: scores[label])


@cache
def question_model() -> LinearModel:
    """Return the model, read once."""
    return read_model(data_directory() / "models" / "questions.model")


@lru_cache(maxsize=_MOST_ALIKE)
def read_scores(masked: str, recognised: tuple[tuple[str, float], ...]) -> Scores:
    """Return what the model makes of a masked text, and of the features of what was recognised in it."""
    model, extras = question_model(), dict(recognised)
    read = model.read_text(masked)
    return Scores(
        topics=_with_new_topics(model.scores("topics", read, extras=extras), extras),
        reach=model.scores("reach", read, extras=extras),
        form=model.scores("form", read, extras=extras),
        talk=model.scores("talk", read, extras=extras),
        follows=model.scores("follows", read, extras=extras)["follows"],
    )


@lru_cache(maxsize=_MOST_ALIKE)
def read_topics(masked: str, recognised: tuple[tuple[str, float], ...]) -> Mapping[str, float]:
    """Return the scores of the topics of a part of a message."""
    extras = dict(recognised)
    return _with_new_topics(question_model().scores("topics", masked, extras=extras), extras)


def _with_new_topics(scores: dict[str, float], extras: Mapping[str, float]) -> dict[str, float]:
    """Add the topics that came after the model was made: their words alone speak for them, and before what was learned."""
    new = [topic.name for topic in TOPICS if topic.name not in scores and f"cue={topic.name}" in extras]
    if not new:
        return scores
    return {**{topic: score * (1 - NEW_TOPIC) for topic, score in scores.items()}, **dict.fromkeys(new, NEW_TOPIC / len(new))}


def read_language(text: str) -> Mapping[str, float]:
    """Return the scores of the languages that a text may be in."""
    return question_model().scores("language", text, extras=find_language_signs(text))


def name_weight(features: Iterable[str]) -> float:
    """Return what features add to the log-odds that words are a company's name."""
    known = question_model().heads["name"].extras
    return sum([known[feature][0] for feature in features if feature in known])


def is_known_word(word: str) -> bool:
    """Tell whether a folded word was learned as a word of questions, in whichever language."""
    return f"is={word}" in question_model().heads["name"].extras


def mask(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """
    Return a text with the spans (start, end, kind) replaced by their masks; kinds without a mask stay as they are.

    >>> mask("does Flex use rust?", [(5, 9, "company"), (14, 18, "skill")])
    'does xcompany use xskill?'
    >>> mask("years for the cook job", [(14, 18, "role")])
    'years for the posting job'
    """
    parts, at = [], 0
    for start, end, kind in sorted(spans):
        word = COMPANY_MASK if kind == "company" else MASKS.get(kind)
        if word and start >= at:
            parts += [text[at:start], word]
            at = end
    return "".join([*parts, text[at:]])


def extras_of(spans: Iterable[tuple[int, int, str]]) -> dict[str, float]:
    """
    Return what was recognised, as features: how many companies, which kinds of values.

    >>> extras_of([(5, 9, "company"), (14, 18, "skill")])
    {'has=skill': 1.0, 'companies=1': 1.0}
    """
    kinds = [kind for _, _, kind in spans]
    extras = {f"has={kind}": 1.0 for kind in kinds if kind != "company"}
    extras[f"companies={min(kinds.count('company'), 3)}"] = 1.0
    return extras


# The scores of the questions that are set by hand: each says what it is worth on the labelled slice (`python -m training.questions`).

TOPIC_FROM = 0.32
"""A topic's share of the score from which it is asked for beside the first one."""

NEW_TOPIC = 0.9
"""The share of the score of a topic that a word speaks for and that the model was not taught."""

LANGUAGE_FROM = 0.4
"""A language's share of the score from which the text tells it; below it the reader's locale does."""

SURE_LANGUAGE_FROM = 0.85
"""The share from which that holds for a text without any small word of a language."""

CLAUSE_TOPIC_FROM = 0.5
"""A topic's score in one clause of several, from which it is asked for there."""

SURE_CLAUSE_FROM = 0.8
"""The score from which a clause's topic stands whatever the whole message's is."""

LEAST_BESIDE = 0.3
"""What a further topic must have of the score where its clause asks for another one."""

LEAST_OF_WHOLE = 0.06
"""What a clause's topic must have of the score of the whole message, unless the clause is quite sure."""

FOLLOWS_FROM = 0.5
"""The score from which a message goes on about what was spoken of before."""

BOT_FROM = 0.6
"""The score from which a message is said to the bot or about it, and asks nothing of postings."""

BOT_BESIDE_POSTING_FROM = 0.75
"""The same after a posting was spoken of: "chairs?" may well ask something of it."""

SURELY_BOT_FROM = 0.9
"""The score from which that holds for a message with a word of some topic in it."""

SURELY_ALL_FROM = 0.85
"""The score from which a message with "there" or "they" in it is about all postings, though one was spoken of."""

SURELY_ONE_FROM = 0.7
"""The score from which a message that names no posting is about one nevertheless, so that it is asked back which."""

UNREAD_BELOW = 0.25
"""Where no topic of a part that ends in a question mark reaches this, the part is named as not understood."""


UNCUED_BELOW = 0.75
"""The score below which a topic that no word speaks for gives way to one that some word does."""

LEAST_CUED = 0.05
"""What that one must have."""

LEAST_CUED_OF_OPEN = 0.1
"""The same where the best one leaves the topic open: "and for a senior?" asks again what was asked."""

SURELY_ASKED_FROM = 0.9
"""The score from which a topic that a word speaks for is asked about, whatever else a message is like."""

SURELY_RANKED_FROM = 0.8
"""The score from which a message that names no posting asks for the most or the least of all."""


def heed_cues(scores: Mapping[str, float], signs: Collection[str]) -> dict[str, float]:
    """
    Return the topics' scores with those of the best one and of one that words speak for changed, where the best one is not sure.

    >>> heed_cues({"other": 0.45, "pay": 0.1}, {"cue=pay"}), heed_cues({"other": 0.8, "pay": 0.1}, {"cue=pay"})
    ({'other': 0.1, 'pay': 0.45}, {'other': 0.8, 'pay': 0.1})
    >>> heed_cues({"other": 0.45, "pay": 0.1}, find_cues("which ovens does it name"))
    {'other': 0.45, 'pay': 0.1}
    """
    best = max(scores, key=lambda topic: scores[topic])
    if (counted := next((topic for sign, topic in _COUNTED.items() if sign in signs and topic in scores), None)) is not None:
        return {**scores, best: scores[counted], counted: scores[best]}
    cued = [topic for topic in scores if f"cue={topic}" in signs]
    cued = ["other"] if "other" in cued and best not in cued and scores["other"] >= LEAST_CUED else cued
    heard = max(cued, key=lambda topic: scores[topic], default=best)
    if best not in cued and not cued and scores[best] < UNREAD_BELOW and "other" in scores:
        return {**scores, best: scores["other"], "other": scores[best]}  # "so what do u get instead"
    is_only = f"only cue={heard}" in signs
    is_sure = not is_only if best in (OPEN, "company") else scores[best] >= UNCUED_BELOW  # "and min years?", "hooli salaries?"
    if best in cued or is_sure or scores[heard] < (LEAST_CUED if best != OPEN else LEAST_CUED_OF_OPEN):
        return dict(scores)
    return {**scores, best: scores[heard], heard: scores[best]}


_COUNTED = {"sign=counts_years": "experience", "sign=counts_hours": "employment_type"}
"""What a count asks for whatever stands beside it: "how many years building software", "hours? like how many a week"."""


def choose_topics(scores: Mapping[str, float]) -> tuple[str, ...]:
    """
    Return the topics that a text asks for by their scores, the first one surest.

    >>> choose_topics({"pay": 0.5, "visa": 0.4, "skills": 0.1}), choose_topics({"nothing": 0.6, "pay": 0.4})
    (('pay', 'visa'), ('nothing',))
    """
    ranked = sorted(scores, key=lambda topic: -scores[topic])
    if ranked[0] in (OPEN, NOTHING):
        return (ranked[0],)
    return tuple(topic for topic in ranked if scores[topic] >= TOPIC_FROM and topic not in (OPEN, NOTHING)) or (ranked[0],)


_Part = TypeVar("_Part")


def rename_topics(found: Mapping[str, Sequence[_Part]], names: Mapping[str, str]) -> dict[str, list[_Part]]:
    """
    Return topics under their new names, each with all of its parts.

    >>> rename_topics({"pay": [1], "benefits": [2, 1]}, {"pay": "benefits"})
    {'benefits': [1, 2]}
    """
    renamed: dict[str, list[_Part]] = {}
    for topic, parts in found.items():
        of_topic = renamed.setdefault(names.get(topic, topic), [])
        of_topic += [part for part in parts if part not in of_topic]
    return renamed


def settle_topics(
    found: Mapping[str, Sequence[_Part]], flat: str, *, masked: str = "", scores: Mapping[str, float] | None = None
) -> dict[str, list[_Part]]:
    """
    Return topics with those in the place of others that are plainly asked for, by a message with its names and with masks for them.

    >>> settle_topics({"pay": [1]}, "how much do users pay?"), settle_topics({"experience": [1]}, "what do you get at level 2?")
    ({'other': [1]}, {'pay': [1]})
    >>> settle_topics({"employment_type": [1]}, "what benefits do full-time people get?"), settle_topics({"pay": [1]}, "what do you pay?")
    ({'benefits': [1]}, {'pay': [1]})
    >>> settle_topics({"responsibilities": [1]}, "what does flex actually do?", masked="what does xcompany actually do?")
    {'company': [1]}
    """
    settled, scores = dict[str, str](), scores or {}
    for topic in (one for one, pattern in _DOES.items() if pattern.search(masked)):
        settled |= dict.fromkeys({"company", "responsibilities", "apply", "other", NOTHING} & found.keys(), topic)
    if "authorization" in found and _SPONSORS.search(flat):
        settled["authorization"] = "visa"  # "do they sponsor green cards"
    if "pay" not in found and _EARNS.search(flat):
        settled |= dict.fromkeys({"other", "company", "countries", "responsibilities", "employment_type"} & found.keys(), "pay")
    is_of_thing = scores.get("other", 0.0) > scores.get("pay", 0.0) and "how much" in masked and any(find_head(read_words(masked)))
    if "pay" in found and (is_of_thing or _PAID_BY_OTHERS.search(flat)):  # "how much traffic", "what do the users pay"
        settled["pay"] = "other"
    if "pay" not in found and _LEVEL.search(flat) and _GETS.search(flat) and not _YEARS.search(flat):  # "what do level 2 techs make"
        settled |= dict.fromkeys({"experience", "skills"} & found.keys(), "pay")
    if found.get("experience") in (None, found.get("requirements")) and not found.keys().isdisjoint(("requirements", "other")):
        settled |= dict.fromkeys(taken_for_experience(flat) & found.keys(), "experience")
    if "employment_type" in found and (listed := _listed_by_head(flat)) is not None and listed not in found:
        settled["employment_type"] = listed
    return rename_topics(found, settled)


def _listed_by_head(flat: str) -> str | None:
    """Return the list that the word behind "which" names: "what benefits do full-time people get"."""
    words = [word.text for word in read_words(flat)]
    at = next((place for place, word in enumerate(words[:-1]) if word in read_lexicon("passages")["head"]["after"]), None)
    named = find_cues(words[at + 1]) if at is not None and words[at + 1] not in question_words("filler") else {}
    return next((topic for topic in _LISTS if f"cue={topic}" in named), None)


_LOGIC, _LISTS = read_lexicon("asked_logic"), ("benefits", "requirements", "responsibilities")
_DOING, _ADVERBS = _LOGIC["doing"], rf"(?:\s(?:{one_of(_LOGIC['doing']['adverbs'])}))*"
_DOES = {
    topic: compile_later(
        rf"(?<!\w)(?:{one_of(_DOING['asked'])})\s(?:{one_of(said['who'])}){_ADVERBS}\s(?:{one_of(said['verbs'])}){_ADVERBS}\W*$"
    )
    for topic, said in _DOING.items()
    if topic in ("company", *_LISTS)
}
_SPONSORING, _SPONSORED = (one_of(_LOGIC["sponsoring"][key]) for key in ("words", "things"))
_SPONSORS = compile_later(rf"(?<!\w)(?:(?:{_SPONSORING})\w*\s(?:\w+\s)?(?:{_SPONSORED})|(?:{_SPONSORED})\s(?:\w+\s)?(?:{_SPONSORING}))")
_PAID = read_lexicon("passages")["paid"]
_OTHERS, _PAYING, _TO_OTHERS, _INTERNS = (one_of(_PAID[key]) for key in ("by_others", "paying", "to_others", "interns"))
_EARNS = compile_later(
    rf"\bhow much [a-z]+\s[^,;?!]{{1,60}}?\s(?:makes?|earns?|pull in|bring home)\W*$|(?<!\w)(?:{_INTERNS})(?!\w)"
    rf"|\b(?:what|how much) (?:do|does|would|will)\s[^,;?!]{{1,60}}?\spay\s(?:{one_of(_PAID['whom'])})\b"
)
_PAID_BY_OTHERS = compile_later(rf"(?<!\w)(?:(?<!paying )(?:{_OTHERS})\s(?:\w+\s){{0,4}}(?:{_PAYING})|{_TO_OTHERS})(?!\w)")
_LEVEL = compile_later(lambda: rf"(?<!\w)(?:{one_of(_PAID['levels'])})\s(?:\d{{1,2}}|[a-e]|i{{1,3}}|iv|v)(?!\w)")
_GETS, _YEARS = (compile_later(rf"(?<!\w)(?:{one_of(_PAID[key])}){end}") for key, end in (("gets", r"(?!\w)"), ("by_years", "")))


# What tells whether the words of a message are a company's name.


@dataclass(frozen=True)
class Stretch:
    """The words of a message from one token to another, both included, with what is known of them."""

    question: TokenisedQuestion
    first: int
    last: int
    values: Sequence[str] = ()
    """For each token of the message the kind of value that it belongs to: "skill", "place", "" for none."""

    language: str = "en"

    @cached_property
    def text(self) -> str:
        """The words as written."""
        return self.question.slice(self.first, self.last)

    def features(self, match: str, *, fit: str = "none") -> Iterator[str]:
        """
        Yield what tells whether the words are a company's name: those around, how they are written, what they are otherwise.

        `match` says what the index knows of them: full, alias, core, acronym, prefix, typo, or none.
        """
        yield from self._features_around()
        yield from self._features_of(match, fit)

    def weight(self, match: str, *, fit: str = "none") -> float:
        """Return the log-odds that the words are a company's name."""
        return self._weight_around + name_weight(self._features_of(match, fit))

    @cached_property
    def _weight_around(self) -> float:
        return question_model().heads["name"].bias[0] + name_weight(self._features_around())

    def _features_of(self, match: str, fit: str) -> Iterator[str]:
        kind = self._kind
        yield f"match={match}"
        yield f"match={match} kind={kind}"
        yield f"match={match} size={min(self.last - self.first, 3)}"
        yield f"match={match} lang={self.language}"
        if fit != "none":
            yield f"fit={fit} match={match}"

    @cached_property
    def _kind(self) -> str:
        kind = max(self.question.kind(number) for number in range(self.first, self.last + 1))
        return WordKind(kind).name.lower()

    def _features_around(self) -> list[str]:
        question, first, last = self.question, self.first, self.last
        before, behind = word_at(question, first - 1), word_at(question, last + 1)
        words = [token.word for token in question.tokens[first : last + 1]]
        sign_behind = question.text[question.tokens[last].end :].lstrip()[:1]
        sign_behind = sign_behind if sign_behind and not sign_behind.isalnum() else ""
        features = [
            f"before={before}",
            f"before={word_at(question, first - 2)} {before}",
            f"behind={behind}",
            f"behind={behind} {word_at(question, last + 2)}",
            f"around={before} {behind}",
            f"sign={question.gap(first).strip()[-1:]}",
            f"sign behind={sign_behind}",
            f"lang={self.language} kind={self._kind}",
            f"lang={self.language} before={before}",
            f"ends={behind == '$'} begins={before == '^'}",
            f"words={min(len(question.tokens), 6)} at={min(first, 4)}",
            f"value={self._value}",
            f"first is={words[0]}",
            f"last is={words[-1]}",
            f"is={' '.join(words)}",
            f"ending={words[-1][-3:]}",
            f"ending={words[-1][-2:]}",
            f"start={words[0][:3]}",
            f"length={min(len(words[0]), 9)}",
        ]
        if "".join(words) in famous_names():
            features += ["famous", f"famous {self._kind}"]
        if question.tokens[last].is_possessive:
            features.append("possessive")
        features.append(f"capital={question.stands_out(first)} {question.tokens[first].is_capital and not question.is_loud}")
        if question.tokens[first].is_capital and self.text.isupper() and len(self.text) > 1 and not question.text.isupper():
            features.append("shouted")
        if self._kind == "unknown" and is_mistyped(words[0]):
            features.append("slip")
        return features

    @property
    def _value(self) -> str:
        kinds = {self.values[number] for number in range(self.first, self.last + 1)} if self.values else {""}
        return "+".join(sorted(kinds))

    @cached_property
    def asked_beside(self) -> RoleWords:
        """What the rest of the message says of a role."""
        text, tokens = self.question.text, self.question.tokens
        return read_role_words(f"{text[: tokens[self.first].start]} {text[tokens[self.last].end :]}")


# The language of a message.

_SCRIPTS = (
    ("es", re.compile("[¿¡]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("el", re.compile("[\u0370-\u03ff]{3}")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[ыэёЫЭЁ]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]{2}")),
)


def find_language(text: str, *, locale: str = "en") -> str:
    """
    Return the language of a text; the locale's where the text does not tell.

    >>> find_language("что платит flex?"), find_language("flex?", locale="de")
    ('ru', 'de')
    """
    own = locale.partition("-")[0]
    for language, script in _SCRIPTS:
        if script.search(text):
            return max(("ru", "uk", "bg"), key=lambda label: read_language(text).get(label, 0.0)) if language == "cyrillic" else language
    scores = read_language(flatten(text) if text.isupper() else text)
    signs = find_language_signs(text)
    best = max(scores, key=lambda label: scores[label])
    if {best, own} == {"es", "pt"} and signs.get(f"says={own}", 0.0) >= signs.get(f"says={best}", 0.0):
        return own  # "ordena por salario"
    if best == "hi":  # in Latin letters it is Hinglish: English with other words
        return "en"
    telling = _ONE_LETTER.sub(" ", text)  # "zone a" is no Portuguese
    is_open = scores[best] < SURE_LANGUAGE_FROM or not telling.strip(" ?!.,")  # "w2?" is no Polish
    is_untold = scores[best] < LANGUAGE_FROM or (is_open and not find_language_signs(telling))
    return own if own in UNDERSTOOD and is_untold else best if scores[best] >= LANGUAGE_FROM else "en"


_ONE_LETTER = compile_later(r"\b(?:\w|\w*\d\w*)\b")

# What is said by words alone, without the model.

_STRETCHED = compile_later(r"(.)\1\1+")
_MOST_BESIDE_GREETING = _NEXT_TO = 1
_ASKING = frozenset(f"sign={kind}" for kind in ("wh", "show", "count", "for_me", "any", "jobs", "which_of_all", "of_jobs", "yes_no"))


def said_alone(text: str, *, places: Sequence[tuple[int, int]]) -> str:
    """
    Return what a text without a question says by its words alone: "greeting", "insult", "gibberish"; "" for any other.

    >>> said_alone("hi all from kenya", places=[(12, 17)]), said_alone("dumb heap of junk", places=[]), said_alone("qwfrt sdfgh", places=[])
    ('greeting', 'insult', 'gibberish')
    """
    tokens = tokenise(text).tokens if "?" not in text else ()
    if tokens and all("sign=greets" in find_cues(token.word) for token in tokens):
        return "greeting"  # "gm gm"
    cues = find_cues(text)
    others = [token for token in tokens if not any(start - _NEXT_TO <= token.end <= end for start, end in places)]  # nor "from" before it
    small = question_words("filler")  # "folks"
    rest = [one for one in others if not (one.kind is WordKind.FUNCTION or one.word in small or "sign=greets" in find_cues(one.word))]
    if places and "begins=greets" in cues and _ASKING.isdisjoint(cues):
        is_greeting = len(rest) <= _MOST_BESIDE_GREETING and not any(is_cue_word(one.word) for one in rest)
        return "greeting" if is_greeting and len(rest) < len(others) else ""
    if "begins=rude" in cues and _ASKING.isdisjoint(cues) and not any(cue.startswith("cue=") for cue in cues):
        return "insult"
    words = [one for one in tokenise(text).tokens if not (one.word.isdigit() or one.word in famous_names())]
    found = (one.word for one in words if UNSPEAKABLE.search(one.word))
    unspeakable = [word for word in found if word_kind(_STRETCHED.sub(r"\1", word)) is WordKind.UNKNOWN]  # "heyyy" greets
    are_strange = all(one.kind is WordKind.UNKNOWN or not one.word.isalpha() for one in words)
    return "gibberish" if are_strange and 1 < len(words) <= 2 * len(unspeakable) else ""
