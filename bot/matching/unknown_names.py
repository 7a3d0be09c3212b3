"""The words of a question that are a company's name, though no such company is known."""

from collections.abc import Iterator

from bot.matching.company_key import generic_words, legal_forms
from bot.matching.cues import Cue, find_cue
from bot.matching.question_tokens import TokenisedQuestion
from bot.matching.vocabulary import WordKind, is_mistyped

_MOST_WORDS = 4
_SHORTEST_WITHOUT_CUE = 4

UnknownName = tuple[int, int, Cue]
"""The first and the last token, and what speaks for it."""


def find_unknown_name(question: TokenisedQuestion, *, not_names: frozenset[str] = frozenset()) -> UnknownName | None:
    """
    Return the clearest name of the question, None if nothing in it is one.

    A word is a name with a strong cue if it means nothing else, or has a capital and is not what is asked for; with any other cue
    if it means nothing else and is no slip of a word that questions have.

    >>> from bot.matching.question_tokens import tokenise
    >>> find_unknown_name(tokenise("what does Initech pay?"))[:2], find_unknown_name(tokenise("what does it pay?"))
    ((2, 2), None)
    """
    names = list(_names(question, not_names))
    return max(names, key=lambda name: (name[2], -name[0]), default=None)


def _names(question: TokenisedQuestion, not_names: frozenset[str]) -> Iterator[UnknownName]:
    """Yield every name, each as far as it goes."""
    number = 0
    while number < len(question.tokens):
        last = _end_of_name(question, number)
        cue = find_cue(question, number, last=last)
        if question.tokens[number].word not in not_names and _is_name(question, number, cue):
            yield number, last, cue
            number = last
        number += 1


def _is_name(question: TokenisedQuestion, number: int, cue: Cue) -> bool:
    """Tell whether the word, with this cue, is a name."""
    kind, token = question.kind(number), question.tokens[number]
    word = token.word
    if cue is Cue.STRONG:
        is_new = kind is WordKind.UNKNOWN and ((token.is_capital and not question.is_loud) or not is_mistyped(word))
        return is_new or (kind is WordKind.ORDINARY and question.stands_out(number))
    if cue is Cue.PLACE or kind is not WordKind.UNKNOWN or is_mistyped(word):
        return False
    return cue is Cue.MEDIUM or (cue is Cue.EDGE and (len(word) >= _SHORTEST_WITHOUT_CUE or _is_initials(question, number)))


def _is_initials(question: TokenisedQuestion, number: int) -> bool:
    """Tell whether a word is in capitals where the others are not: "IBM salary"."""
    return len(question.tokens[number].word) > 1 and question.slice(number, number).isupper() and not question.text.isupper()


def _end_of_name(question: TokenisedQuestion, first: int) -> int:
    """Return the last token of the name that begins here."""
    last = first
    while last + 1 < min(first + _MOST_WORDS, len(question.tokens)) and question.is_joined(last + 1):
        if not _goes_on_name(question, last + 1):
            break
        last += 1
    return last


def _goes_on_name(question: TokenisedQuestion, number: int) -> bool:
    """Tell whether a word goes on a name: it stands out, means nothing else, or says what kind of company it is."""
    kind, token = question.kind(number), question.tokens[number]
    if question.stands_out(number) and kind >= WordKind.ORDINARY:
        return True
    if kind is WordKind.UNKNOWN and not is_mistyped(token.word):
        return True
    return token.word in legal_forms() or (token.word in generic_words() and (token.is_capital or kind is not WordKind.TOPICAL))
