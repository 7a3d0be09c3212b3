"""Which postings a question means that names a role but no company."""

import re
from collections.abc import Collection, Sequence

from bot.matching.company_index import CompanyIndex
from bot.matching.company_match import Entry
from bot.matching.cues import Cue, find_cue
from bot.matching.question_tokens import TokenisedQuestion, tokenise
from bot.matching.role_words import RoleWords, common_role_words, read_role_words, role_nouns
from bot.matching.roles import pick_postings
from bot.matching.title_index import TitleIndex, TitleWords
from bot.matching.vocabulary import WordKind, is_mistyped, question_words, word_kind

_MOST = 25
"""As many postings as are compared and returned at most."""

_ENOUGH = 2
_SHORTEST_MISTYPED = 5


def find_by_title(question: str, index: CompanyIndex, *, scopes: Collection[str]) -> tuple[Entry, ...]:
    """
    Return the postings whose titles the question spells out, those without a company first, then the best.

    A title counts by its whole or by its head before a bracket, dash or comma; short forms and plurals are undone, slips forgiven.
    "Engineer", "developer" and the like may be left out. One posting alone is what is meant; several are to be asked back; none: ().

    >>> rows = [("", "Senior Back-End Engineer"), ("Flex", "Staff Data Engineer")]
    >>> index = CompanyIndex([Entry(id=number, scope="everyone", company=name, title=title) for number, (name, title) in enumerate(rows)])
    >>> [entry.title for entry in find_by_title("hours for the sr backend job?", index, scopes={"everyone"})]
    ['Senior Back-End Engineer']
    >>> find_by_title("how is my data kept", index, scopes={"everyone"})
    ()
    """
    if _names_somebody(tokenise(question), index.titles, scopes):
        return ()
    asked = read_role_words(question)
    terms = asked.terms | _mended(question, index.titles, scopes)
    found = [pair for pair in index.titles.within(terms, scopes, limit=_MOST) if _says_enough(pair[0], terms, question)]
    read_as = f"{question} {' '.join(terms - asked.terms)}"
    return tuple(entry for is_named in (False, True) for entry in _best(read_as, found, is_named=is_named))


def _best(question: str, found: Sequence[tuple[TitleWords, list[Entry]]], *, is_named: bool) -> list[Entry]:
    """Return the postings that fit best, of those with a company or of those without."""
    asked = read_role_words(question)
    fitting = [(words, [one for one in group if bool(one.company) is is_named and _fits_rank(asked, one)]) for words, group in found]
    rivals = found if is_named else fitting
    sets = [words.telling for words, group in rivals if group]
    fullest = {one.id: one for words, group in fitting if not any(words.telling < other for other in sets) for one in group}
    newest = sorted(fullest.values(), key=lambda entry: -entry.id)[:_MOST]
    return pick_postings(question, newest) if newest else []


def _names_somebody(question: TokenisedQuestion, titles: TitleIndex, scopes: Collection[str]) -> bool:
    """Tell whether an ordinary word stands where a company does: in "compass qa engineer" no other company's role is meant."""
    for number, token in enumerate(question.tokens):
        is_word = question.kind(number) < WordKind.ORDINARY or titles.knows(token.word, scopes) or is_mistyped(token.word)
        if is_word or not (find_cue(question, number, last=number) is Cue.STRONG or (number == 0 and _begins_role(question, 1))):
            continue
        if not (len(token.word) >= _SHORTEST_MISTYPED and titles.mended(token.word, scopes)):
            return True
    return False


def _begins_role(question: TokenisedQuestion, number: int) -> bool:
    """Tell whether a role or rank stands there."""
    if number >= len(question.tokens):
        return False
    words = read_role_words(question.tokens[number].word)
    return bool(words.ranks) or not words.own_terms.isdisjoint(role_nouns())


def _mended(question: str, titles: TitleIndex, scopes: Collection[str]) -> frozenset[str]:
    """Return the titles' terms that the question's words without a meaning are slips of."""
    words = {token.word for token in tokenise(question).tokens if len(token.word) >= _SHORTEST_MISTYPED}
    unread = [word for word in words if word_kind(word) is WordKind.UNKNOWN]
    return frozenset(term for word in unread for term in titles.mended(word, scopes) if term in read_role_words(term).own_terms)


def _says_enough(words: TitleWords, terms: Collection[str], question: str) -> bool:
    """Tell whether so much of a title is a role's name: two telling words, or one with what goes with it, or "the ... role"."""
    if len(words.telling) >= _ENOUGH or (words.common and words.common.issubset(terms)):
        return True
    return bool(words.telling) and not question_words("posts").isdisjoint(re.findall(r"\w+", question.casefold()))


def _fits_rank(asked: RoleWords, entry: Entry) -> bool:
    """Tell whether a posting is of the rank and step that is asked for; a bare "Staff Engineer" of that rank only."""
    title = read_role_words(entry.title)
    if len(title.own_terms) == 1 and title.own_terms <= common_role_words():
        return title.ranks == asked.ranks and bool(asked.ranks)
    other_rank = asked.ranks and title.ranks and not asked.ranks & title.ranks
    other_step = asked.steps and title.steps and not asked.steps & title.steps
    return not other_rank and not other_step
