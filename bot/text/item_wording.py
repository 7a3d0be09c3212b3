"""What a line says by its own words: a requirement, a duty, a benefit, or something said to every applicant."""

import re
from functools import cache, lru_cache

from bot.text.lexicon import read_lexicon
from bot.text.phrases import PhraseBook, split_words, to_phrases
from bot.text.section_kind import BENEFITS, LEGAL, REQUIREMENTS, RESPONSIBILITIES, SectionKind

_OPENING = 4
"""Words from the start within which a wording counts as the line's opening."""

_READ = 400
"""Characters of a line that are read; its kind shows in its first sentences."""

_YEARS = re.compile(
    r"^\W{0,4}(?:at least|minimum(?: of)?|over|more than)?\W{0,3}\d{1,2}\s?(?:\+|-|–|to|or more)?\s?\d{0,2}\+?\s?"
    r"(?:years?|yrs?|jahre|ans|años|anos)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^:.!?]{3,48}:\s+(?=\S)")
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"))
_INFINITIVE = ("ar", "er", "ir", "re")
_DOUBLED = 2
_OFFERING = frozenset({"benefits", "benefit", "offer", "offers", "package", "perks", "eligible", "receive", "provide", "provides"})
_ENOUGH_OFFERS = 3
"""Kinds of benefits that a sentence in any place must name to be an offer: two occur in talk about pay."""


def read_wording(text: str) -> SectionKind | None:
    """
    Return what a line is by its own words: requirements, responsibilities, benefits, legal, or None where they do not tell.

    >>> read_wording("5+ years with distributed systems")
    <SectionKind.REQUIREMENTS: 'requirements'>
    >>> read_wording("Mentoring two junior cooks")
    <SectionKind.RESPONSIBILITIES: 'responsibilities'>
    >>> read_wording("The kitchen is on the third floor") is None
    True
    """
    return _read_opening(text[:_READ])


@lru_cache(maxsize=512)
def _read_opening(text: str) -> SectionKind | None:
    """The kind once more: a list is asked several times how its lines are worded."""
    words = split_words(text)
    if not words:
        return None
    if is_legal(words):
        return LEGAL
    label = _LABEL.match(text)
    told = None
    if label is not None:
        if names_offer(split_words(label[0])):
            return BENEFITS
        told = _ability_or_duty(text[label.end() :], split_words(text[label.end() :]))
    told = told or _ability_or_duty(text, words)
    return told or (BENEFITS if names_offer(words) else None)


def _ability_or_duty(text: str, words: list[str]) -> SectionKind | None:
    """Return whether words begin as a requirement or as a duty does."""
    if not words:
        return None
    if _YEARS.match(text) or words[0] in _openers(REQUIREMENTS) or _book("requirements", "begins").match(words, 0):
        return REQUIREMENTS
    if words[0] in _verbs() or not _holds(words, REQUIREMENTS):
        is_duty = _begins_with_verb(words) or words[0] in _openers(RESPONSIBILITIES) or _holds(words, RESPONSIBILITIES)
        return RESPONSIBILITIES if is_duty else None
    return REQUIREMENTS


def names_years(text: str) -> bool:
    """Tell whether a line begins with years of something."""
    return _YEARS.match(text) is not None


def is_legal(words: list[str]) -> bool:
    """Tell whether words speak to every applicant: equal treatment, privacy, "apply even if you do not meet all"."""
    return _book("legal", "phrases").holds(words)


def is_about_pay(words: list[str]) -> bool:
    """Tell whether words state the pay."""
    return _book("legal", "pay").holds(words)


def is_closing(words: list[str]) -> bool:
    """Tell whether words send the reader elsewhere, or speak to every applicant: what stands behind a list."""
    return is_legal(words) or _book("legal", "closing").holds(words)


def asks_something(words: list[str], *, of_anyone: bool) -> bool:
    """Tell whether words name something that one has or knows: experience, a language; said of anyone, years or a degree."""
    return _book("requirements", "strong" if of_anyone else "evidence").holds(words)


def is_offer(words: list[str]) -> bool:
    """
    Tell whether a sentence lists benefits wherever it stands.

    >>> is_offer(split_words("Our package holds medical, dental and paid time off."))
    True
    >>> is_offer(split_words("We build billing software for dental offices."))
    False
    """
    return not _OFFERING.isdisjoint(words) and len({phrase for *_, phrase in _plain_offers().find(words)}) >= _ENOUGH_OFFERS


def names_offer(words: list[str]) -> bool:
    """Tell whether words name a benefit."""
    return _book("benefits", "phrases").holds(words)


def count_offers(words: list[str]) -> int:
    """Count the kinds of benefits that words name."""
    return sum(1 for _ in _book("benefits", "phrases").find(words))


def _holds(words: list[str], kind: SectionKind) -> bool:
    """Tell whether a phrase of a kind begins among a line's first words."""
    return any(start < _OPENING for start, *_ in _book(kind, "phrases").find(words[: _OPENING * 3]))


def _begins_with_verb(words: list[str]) -> bool:
    first, after = words[0], words[1] if len(words) > 1 else ""
    if _is_verb(first) or (first.endswith("ly") and _is_verb(after)):
        return True
    return first.endswith(_INFINITIVE) and after in _words_after_infinitive()


def _is_verb(word: str) -> bool:
    verbs = _verbs()
    if word in verbs:
        return True
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if stem + instead in verbs or (len(stem) > _DOUBLED and stem[-1] == stem[-2] and stem[:-1] in verbs):
                return True
    return False


@cache
def _verbs() -> frozenset[str]:
    return frozenset(read_lexicon("wording")["responsibilities"]["verbs"])


@cache
def _words_after_infinitive() -> frozenset[str]:
    return frozenset(read_lexicon("wording")["responsibilities"]["after_infinitive"])


@cache
def _openers(kind: SectionKind) -> frozenset[str]:
    return frozenset(read_lexicon("wording")[kind]["openers"])


@cache
def _book(table: str, key: str) -> PhraseBook:
    return PhraseBook(to_phrases(read_lexicon("wording")[table][key], table))


@cache
def _plain_offers() -> PhraseBook:
    return PhraseBook({phrase: phrase for phrase in read_lexicon("wording")["benefits"]["plain"]})
