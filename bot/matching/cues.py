"""How strongly the words around say that some words are a company's name."""

import re
from enum import IntEnum
from functools import cache

from bot.matching.question_tokens import TokenisedQuestion
from bot.matching.vocabulary import WordKind, question_words
from bot.text.lexicon import read_lexicon

_APART = re.compile(r"[(\[,;:]")


class Cue(IntEnum):
    """What the surroundings say, the weakest first."""

    PLACE = -2
    """They speak of a place: "in Austin"."""

    NONE = 0

    EDGE = 1
    """The words stand where names do in short questions: first, or last behind what is asked for."""

    MEDIUM = 2
    """ "for Flex", "does Flex", "the Flex job", a capital within a sentence."""

    STRONG = 4
    """ "at Flex", "@ Flex", "Flex's", "does Flex pay", in quotation marks, or two medium cues."""


def find_cue(question: TokenisedQuestion, first: int, *, last: int) -> Cue:
    """
    Return the strongest cue for the words from one token to another.

    >>> from bot.matching.question_tokens import tokenise
    >>> [find_cue(tokenise(text), place, last=place).name for text, place in (("pay at flex", 2), ("pay in Oslo", 2), ("is it remote", 2))]
    ['STRONG', 'PLACE', 'NONE']
    """
    if _is_strong(question, first, last):
        return Cue.STRONG
    stands_out = question.stands_out(first)
    led = _is_led(question, first, last)
    if stands_out and (led or _previous(question, first) in question_words("capital_cues")):
        return Cue.STRONG
    if first and question.tokens[first - 1].word in question_words("place_cues") and not led:
        return Cue.PLACE
    if stands_out or led:
        return Cue.MEDIUM
    return Cue.EDGE if _is_edge(question, first, last) else Cue.NONE


def _is_strong(question: TokenisedQuestion, first: int, last: int) -> bool:
    """Tell whether one of the cues that stand before or behind little else but names is there."""
    if question.tokens[last].is_possessive and question.tokens[last].word not in question_words("possessives"):
        return True
    if question.gap(first).rstrip().endswith("@") or question.is_quoted(first, last):
        return True
    previous = _previous(question, first)
    if previous in question_words("strong_cues") and not question.starts_sentence(first):
        return True
    return previous in question_words("medium_cues") and _next(question, last) in question_words("verbs")


def _is_led(question: TokenisedQuestion, first: int, last: int) -> bool:
    """Tell whether a preposition or a verb leads to the words, or they are "the ... job", or the subject of "pays"."""
    if _previous(question, first) in question_words("medium_cues") and not question.starts_sentence(first):
        return True
    following = _next(question, last)
    if _previous_pair(question, first) in _cue_pairs():
        return True
    if following in question_words("company_verbs"):
        return True
    return first > 0 and question.tokens[first - 1].word == "the" and following in question_words("posts")


def _is_edge(question: TokenisedQuestion, first: int, last: int) -> bool:
    """Tell whether the words begin the question, or end it behind what is asked for."""
    if first == 0:
        return last + 1 < len(question.tokens)
    return last + 1 == len(question.tokens) and question.kind(first - 1) is WordKind.TOPICAL


def _previous(question: TokenisedQuestion, number: int) -> str:
    """Return the word before, "the" passed over; empty at the start."""
    return _previous_pair(question, number).rpartition(" ")[2]


def _previous_pair(question: TokenisedQuestion, number: int) -> str:
    """Return the two words before, "the" passed over; none across a bracket or comma."""
    if _APART.search(question.gap(number)):
        return ""
    words = [token.word for token in question.tokens[max(0, number - 3) : number]]
    return " ".join((words[:-1] if len(words) > 1 and words[-1] == "the" else words)[-2:])


@cache
def _cue_pairs() -> frozenset[str]:
    """Return the two words that lead to a name."""
    return frozenset(read_lexicon("questions")["cue_pairs"])


def _next(question: TokenisedQuestion, number: int) -> str:
    """Return the word behind; empty at the end."""
    return question.tokens[number + 1].word if number + 1 < len(question.tokens) else ""
