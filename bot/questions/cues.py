"""Words and phrases that speak for a topic; how much each speaks is learned."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from bot.questions.tokens import flatten
from bot.text.lexicon import one_of, read_lexicon
from bot.text.words import read_words, stem
from bot.topics import TOPICS

_SHORTEST_STEM = 3
_LETTER = r"[^\W\d_]"


def find_cues(text: str) -> dict[str, float]:
    """
    Return the topics that a text's words and phrases speak for, as features of the model.

    >>> sorted(find_cues("cuánto es el sueldo?"))[:2]
    ['begins=wh', 'cue=pay']
    """
    flat = flatten(text)
    found = list(_cues_in([word.text for word in read_words(flat)]))
    features = {f"cue={topic}": 1.0 for topic, _ in found}
    features.update({f"phrase={topic}": 1.0 for topic, size in found if size > 1})
    if len({topic for topic, _ in found}) == 1:
        features[f"only cue={found[0][0]}"] = 1.0
    features.update(dict.fromkeys(_find_signs(flat), 1.0))
    return features


def _find_signs(flat: str) -> Iterator[str]:
    """Yield the kinds of phrases that tell what is wanted: "sign=most", and "begins=any" where one begins the text."""
    for match in _signs().finditer(flat):
        for kind in _kinds_of_sign()[match[0]]:
            yield f"sign={kind}"
            if match.start() <= 1:
                yield f"begins={kind}"


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?={_LETTER})(?:{one_of(_kinds_of_sign())})(?!\w)")


@cache
def _kinds_of_sign() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for kind, phrases in read_lexicon("asked_signs").items():
        for phrase in phrases:
            kinds.setdefault(phrase, []).append(kind)
    return {phrase: tuple(dict.fromkeys(found)) for phrase, found in kinds.items()}


def _cues_in(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the topic of each phrase that is found, and its words."""
    table = _phrases()
    for at, word in enumerate(words):
        yield from ((topic, 1) for topic in _topics_of_word(word))
        for key in {word, stem(word)}:
            for rest, topic in table.get(key, ()):
                following = words[at + 1 : at + 1 + len(rest)]
                if len(following) == len(rest) and all(map(_fits, following, rest)):
                    yield topic, 1 + len(rest)


def is_cue_word(word: str) -> bool:
    """Tell whether a word speaks for a topic or holds a question together in one of the languages: it is then no unknown company."""
    return bool(_topics_of_word(word)) or word in _kinds_of_sign() or word in _languages_of_word()


def _fits(word: str, wanted: str) -> bool:
    return word == wanted or stem(word) == wanted or (wanted.endswith("*") and word.startswith(wanted[:-1]))


@lru_cache(maxsize=20_000)
def _topics_of_word(word: str) -> tuple[str, ...]:
    """Return the topics that a single word speaks for."""
    whole, begun = _single_words()
    found = [*whole.get(word, ()), *whole.get(stem(word), ())]
    for size in range(_SHORTEST_STEM, len(word) + 1):
        found += begun.get(word[:size], ())
    return tuple(dict.fromkeys(found))


@cache
def _single_words() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the topics of whole words and of beginnings of words."""
    whole: dict[str, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for topic, words in _entries():
        if len(words) == 1:
            word = words[0]
            if word.endswith("*"):
                begun.setdefault(word[:-1], []).append(topic)
            else:
                whole.setdefault(word, []).append(topic)
    return whole, begun


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the phrases of several words by their first word: what follows, and the topic."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for topic, words in _entries():
        if len(words) > 1:
            table.setdefault(words[0], []).append((tuple(words[1:]), topic))
    return table


@cache
def _entries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for topic in TOPICS:
        for phrase in topic.asked_as:
            words = tuple(word.stem for word in read_words(phrase.lstrip("=")))
            if "*" not in phrase:
                found.append((topic.name, words))
    for subject in read_lexicon("subjects").values():
        phrases = (phrase for phrase in subject["asked"] if "*" not in phrase)
        found += [(subject.get("topic", "other"), tuple(word.stem for word in read_words(phrase))) for phrase in phrases]
    for topic_name, words in read_lexicon("asked_topics").items():
        found += [(topic_name, tuple(part for part in phrase.split(".") if part)) for phrase in words.split()]
    return tuple(dict.fromkeys(found))


# The languages whose small words a text has.

_LANGUAGE_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def find_language_signs(text: str) -> dict[str, float]:
    """
    Return what share of a text's words are small words of each language, as features of the model.

    >>> find_language_signs("hoeveel betaalt")["says=nl"]
    1.0
    """
    words = _LANGUAGE_WORD.findall(text.lower().replace("’", "'"))
    shares: dict[str, float] = {}
    for word in words:
        for language in _languages_of_word().get(word, ()):
            shares[f"says={language}"] = shares.get(f"says={language}", 0.0) + 1 / len(words)
    return shares


@cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in read_lexicon("asked_languages").items():
        for word in words.split():
            found.setdefault(word, []).append(language)
    return {word: tuple(dict.fromkeys(languages)) for word, languages in found.items()}
