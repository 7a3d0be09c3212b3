"""Which company a whole question names: one that is there, one that is not, or none at all."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.domain.model import Model
from bot.matching.company_index import CompanyIndex
from bot.matching.company_key import company_key, company_words, generic_words
from bot.matching.company_match import CompanyMatch, Found, NearTie
from bot.matching.cues import Cue, find_cue
from bot.matching.match_company import match_company
from bot.matching.name_forms import FormKind
from bot.matching.question_tokens import TokenisedQuestion, tokenise
from bot.matching.role_words import role_nouns
from bot.matching.unknown_names import find_unknown_name
from bot.matching.vocabulary import WordKind, is_mistyped

_MOST_WORDS = 5
_SHORTEST_MISTYPED = 3
_ACCEPTED = 7
_READINESS = {WordKind.FUNCTION: 2, WordKind.TOPICAL: 3, WordKind.ORDINARY: 6, WordKind.UNKNOWN: 10}
_FORM_COST = {FormKind.FULL: 0, FormKind.ALIAS: 0, FormKind.CORE: 0, FormKind.ACRONYM: 2, FormKind.PREFIX: 1}
_TYPO_COST = 2
_PER_WORD = 3
_GOES_ON_COST = 3
"""
What speaks for words being a company's name is added up, and 7 is enough.

A word of no other meaning is enough by itself; an ordinary one ("block", "flex") needs any cue; a topical one ("remote", "writer")
a strong one; a function word ("one") a strong one and a capital. Every further word of a whole name counts as three weak cues.
Found on 200 real questions and 175 of our own, with 5, 65 and 321 companies in the index.
"""


class Mention(Model):
    """A company that a question names."""

    match: CompanyMatch
    start: int
    end: int
    """Where the name stands in the question; a possessive "'s" lies behind it."""

    rest: str
    """The question without the name: what is left for the topic, the role and the country."""


@dataclass(frozen=True)
class _Span:
    """Words of the question that may be a name."""

    first: int
    last: int
    match: CompanyMatch
    score: float
    cue: Cue
    is_exact: bool = False
    is_whole: bool = False
    """Whether it is a company's whole name, spelt right."""


def find_company_mention(question: str, index: CompanyIndex, *, scopes: Collection[str], not_names: Collection[str] = ()) -> Mention | None:
    """
    Return the company that a question names, None if it names none; a name that is not there is an Unknown.

    `not_names` are further folded words that are something else in this question, such as skills.

    >>> from bot.matching.company_match import Entry
    >>> index = CompanyIndex([Entry(id=1, scope="everyone", company="Flex"), Entry(id=2, scope="everyone", company="Remote")])
    >>> find_company_mention("flx apply link", index, scopes={"everyone"}).match.name
    'Flex'
    >>> find_company_mention("salary at Initech?", index, scopes={"everyone"}).match.typed
    'Initech'
    >>> find_company_mention("is it remote?", index, scopes={"everyone"}) is None
    True
    """
    tokens = tokenise(question)
    spans = _accepted_spans(tokens, index, scopes)
    best = max(spans, key=lambda span: (span.score, -span.first), default=None)
    unknown = find_unknown_name(tokens, not_names=frozenset(not_names))
    if unknown and (best is None or _speaks_against(unknown, best)):
        first, last, _ = unknown
        return _mention(tokens, first, last, _match_unknown(tokens.slice(first, last), index, scopes))
    return _mention(tokens, best.first, best.last, best.match) if best else None


def _accepted_spans(question: TokenisedQuestion, index: CompanyIndex, scopes: Collection[str]) -> list[_Span]:
    """Return the words that are names, none that is only like a name where a whole name stands."""
    spans = [span for span in _spans(question, index, scopes) if span.score >= _ACCEPTED]
    whole = [span for span in spans if span.is_whole]
    return [span for span in spans if span.is_exact or not any(span.first <= other.last and other.first <= span.last for other in whole)]


def _speaks_against(unknown: tuple[int, int, Cue], best: _Span) -> bool:
    """Tell whether an unknown name is named more clearly than the best known one, and elsewhere."""
    first, last, cue = unknown
    overlaps = first <= best.last and best.first <= last
    return cue is Cue.STRONG and best.cue < Cue.MEDIUM and not overlaps


def _match_unknown(name: str, index: CompanyIndex, scopes: Collection[str]) -> CompanyMatch:
    """Return the match of a name that no known company was seen in: asked back or unknown."""
    match = match_company(name, index, scopes=scopes)
    return NearTie(typed=name, names=(match.name,)) if isinstance(match, Found) else match


def _mention(question: TokenisedQuestion, first: int, last: int, match: CompanyMatch) -> Mention:
    """Return the mention that these tokens make."""
    start, end = question.tokens[first].start, question.tokens[last].end
    rest = question.text[:start] + " " + question.text[end:].removeprefix("'s").removeprefix("’s")
    return Mention(match=match, start=start, end=end, rest=" ".join(rest.split()))


def _spans(question: TokenisedQuestion, index: CompanyIndex, scopes: Collection[str]) -> Iterator[_Span]:
    """Yield the words that are, or look like, a company's name."""
    for first in range(len(question.tokens)):
        for last in range(first, min(first + _MOST_WORDS, len(question.tokens))):
            if last > first and not question.is_joined(last):
                break
            span = _exact_span(question, first, last, index=index, scopes=scopes) or _mistyped_span(
                question, first, last, index=index, scopes=scopes
            )
            if span:
                yield span


def _exact_span(question: TokenisedQuestion, first: int, last: int, *, index: CompanyIndex, scopes: Collection[str]) -> _Span | None:
    """Return the words as a name that is spelt as one of the index's forms."""
    text = question.slice(first, last)
    holding = index.holding(company_key(text), scopes)
    if not holding:
        return None
    kind, cue = holding[0].kind, find_cue(question, first, last=last)
    readiness = max(question.kind(number) for number in range(first, last + 1))
    if kind is FormKind.ACRONYM and not text.isupper():
        readiness = WordKind.TOPICAL
    more_words = _PER_WORD * (last - first) if kind <= FormKind.ALIAS else 0
    capital = 1 if cue is Cue.STRONG and question.stands_out(first) else 0
    if more_words and _begins_role(question, first, last, index=index, scopes=scopes):
        more_words = -_PER_WORD
    score = _READINESS[readiness] + cue - _FORM_COST[kind] + more_words + capital + len(text) / 100
    match = match_company(text, index, scopes=scopes)
    if isinstance(match, Found) and _goes_on(question, last, match):
        match, score = NearTie(typed=text, names=(match.name,)), score - _GOES_ON_COST
    return _Span(first, last, match, score, cue, is_exact=True, is_whole=kind <= FormKind.ALIAS)


def _goes_on(question: TokenisedQuestion, last: int, match: Found) -> bool:
    """Tell whether the name goes on with a word that neither the company's name nor its titles have: "Nomad List" is not Nomad Health."""
    following = last + 1
    if following >= len(question.tokens) or question.gap(following) != " " or not question.stands_out(following):
        return False
    word = question.tokens[following].word
    if word not in generic_words() and question.kind(following) < WordKind.ORDINARY:
        return False
    own = {word for entry in match.entries for word in company_words(f"{entry.company} {entry.title}")}
    return word not in own


def _mistyped_span(question: TokenisedQuestion, first: int, last: int, *, index: CompanyIndex, scopes: Collection[str]) -> _Span | None:
    """Return the words as a name with typos: one of them at least is no word that questions have."""
    numbers = range(first, last + 1)
    unknown = [question.tokens[number].word for number in numbers if question.kind(number) is WordKind.UNKNOWN]
    text = question.slice(first, last)
    if not unknown or len(text) < _SHORTEST_MISTYPED or WordKind.FUNCTION in (question.kind(first), question.kind(last)):
        return None
    cue = find_cue(question, first, last=last)
    if cue < Cue.MEDIUM and all(map(is_mistyped, unknown)):
        return None
    match = match_company(text, index, scopes=scopes)
    if not isinstance(match, Found):
        return None
    more_words = _PER_WORD * (last - first)
    return _Span(first, last, match, _READINESS[WordKind.UNKNOWN] + cue - _TYPO_COST + more_words + len(text) / 100, cue)


def _begins_role(question: TokenisedQuestion, first: int, last: int, *, index: CompanyIndex, scopes: Collection[str]) -> bool:
    """Tell whether the last word rather begins a role: "outlier ai developer", where there are Outlier and Outlier AI."""
    if last + 1 >= len(question.tokens) or question.tokens[last].is_capital or not question.is_joined(last + 1):
        return False
    if not role_nouns().issuperset((question.tokens[last].word, question.tokens[last + 1].word)):
        return False
    shorter = index.holding(company_key(question.slice(first, last - 1)), scopes)
    return bool(shorter) and shorter[0].kind <= FormKind.ALIAS
