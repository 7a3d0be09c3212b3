"""The subjects of free questions, and the other words for a word: synonyms, and what it is called in five languages."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from bot.text.lexicon import read_lexicon
from bot.text.words import Word, read_stems, read_words, stem

Wordings = frozenset[tuple[str, ...]]
"""Ways to say one thing, each by the stems of its words."""


def find_subjects(words: Sequence[Word]) -> tuple[str, ...]:
    """
    Return the entries of data/lexicons/subjects.toml that the words name, in any of the five languages.

    >>> find_subjects(read_words("who would i report to")), find_subjects(read_words("wie viele urlaubstage"))
    (('reports_to',), ('vacation',))
    """
    return _find_subjects(tuple(word.text for word in words))


@lru_cache(maxsize=1024)
def _find_subjects(texts: tuple[str, ...]) -> tuple[str, ...]:
    stems = [stem(text) for text in texts]
    translated = [part for text in texts for part in (read_stems(english_words().get(text, "")) or (stem(text),))]
    found = (
        subject
        for subject in read_lexicon("subjects")
        for phrase in _phrases(subject)
        if _holds_phrase(phrase, stems) or _holds_phrase(phrase, translated)
    )
    return tuple(dict.fromkeys(found))


@cache
def _phrases(subject: str) -> tuple[tuple[str, ...], ...]:
    phrases = read_lexicon("subjects")[subject]["asked"]
    return tuple(tuple(found for part in phrase.split() for found in (("*",) if part == "*" else read_stems(part))) for phrase in phrases)


_LONGEST_GAP = 9
"""Words that `*` in a phrase may stand for."""


def _holds_phrase(phrase: tuple[str, ...], stems: Sequence[str]) -> bool:
    return any(first == phrase[0] and _goes_on(phrase[1:], stems, start + 1) for start, first in enumerate(stems))


def _goes_on(phrase: Sequence[str], stems: Sequence[str], at: int) -> bool:
    reach = 0
    for part in phrase:
        if part == "*":
            reach = _LONGEST_GAP
            continue
        place = next((index for index in range(at, min(at + reach + 1, len(stems))) if stems[index] == part), None)
        if place is None:
            return False
        at, reach = place + 1, 0
    return True


@cache
def wordings_of(subject: str, key: str) -> Wordings:
    """Return a subject's wordings of one kind: asked, said or unless."""
    return frozenset(read_stems(phrase) for phrase in read_lexicon("subjects")[subject].get(key, ()) if "*" not in phrase)


def holds_subject(text: str, subject: str) -> bool:
    """Tell whether a text, such as a heading, speaks of a subject."""
    stems = f" {' '.join(word.stem for word in read_words(text))} "
    if any(f" {' '.join(wording)} " in stems for wording in wordings_of(subject, "unless")):
        return False
    return any(f" {' '.join(wording)} " in stems for wording in wordings_of(subject, "asked") | wordings_of(subject, "said"))


@cache
def small_words() -> frozenset[str]:
    """Return the words that hold a question together in the languages beside English, folded."""
    return frozenset(word for words in read_lexicon("bilingual")["small"].values() for word in words.split() if len(word) > 1)


@cache
def english_words() -> Mapping[str, str]:
    """The English word or words for a word of another language."""
    return {word: english for english, words in read_lexicon("bilingual")["words"].items() for word in words.split() if word != english}


@cache
def other_words(word: str, part: str) -> Wordings:
    """Return what may stand for a word: its synonyms, and what it is called in other languages."""
    english = english_words().get(word, word)
    also = {read_stems(english)} if english != word else set()
    foreign = read_lexicon("bilingual")["words"].get(english, "").split()
    return frozenset(
        {*also, *_synonyms().get(part, ()), *_synonyms().get(stem(english), ()), *(read_stems(other) for other in foreign)}
    ) - {()}


@cache
def _synonyms() -> dict[str, Wordings]:
    """Return the stems that may stand for a stem."""
    return {stem(word): frozenset(read_stems(other) for other in others.split()) for word, others in read_lexicon("synonyms").items()}
