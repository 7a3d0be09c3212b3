"""The words of a question that may be a company's name, each with what speaks for it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.matching.company_index import CompanyIndex
from bot.matching.company_key import company_key
from bot.matching.company_match import CompanyMatch, Found, NearTie
from bot.matching.cues import Cue
from bot.matching.match_company import match_company
from bot.matching.name_forms import FormKind
from bot.matching.question_tokens import TokenisedQuestion
from bot.matching.role_words import RoleWords, read_role_words
from bot.matching.stretch import Stretch
from bot.matching.surroundings import begins_role, follows_name, goes_on, is_nearly_spelt, stands_by_title, swallows_topic
from bot.matching.title_fit import CLEAR_FIT, fit_titles
from bot.matching.vocabulary import WordKind, is_mistyped

ACCEPTED = 7
_SURE = 13
"""A whole name that scores so is meant, whatever else resembles one: a word of no other meaning behind "at", for example."""

"""
What speaks for words being a company's name is added up, and this is enough.

A word of no other meaning is enough by itself; an ordinary one ("block", "flex") needs any cue; a topical one ("remote", "writer")
a strong one, or a weak one and the title of a posting of that company; a function word ("one") a strong one and a capital or a title.
Every further word of a whole name counts as three weak cues. Found on 380 real questions and 175 of our own, with 5, 65, 185 and
1,500 postings in the index.
"""

_MOST_WORDS = 5
_SHORTEST_MISTYPED = 3
_READINESS = {WordKind.FUNCTION: 2, WordKind.TOPICAL: 3, WordKind.ORDINARY: 6, WordKind.UNKNOWN: 10}
_FORM_COST = {FormKind.FULL: 0, FormKind.ALIAS: 0, FormKind.CORE: 0, FormKind.ACRONYM: 2, FormKind.PREFIX: 1}
_TYPO_COST = -2
_PLURAL_COST = -1
_PER_WORD = 3
_GOES_ON_COST = -3
_SHORTEST_SLIP = 4
_MOST_NAMES = 5


@dataclass(frozen=True)
class Span:
    """Words of the question that may be a name."""

    first: int
    last: int
    match: CompanyMatch
    score: float
    cue: Cue
    is_exact: bool = False
    is_whole: bool = False
    """Whether it is a company's whole name, spelt right."""

    is_common: bool = False
    """Whether the words stand for something else in most questions: "remote", "platform", "one"."""


@dataclass(frozen=True)
class SpanFinder:
    """Looks for names in one question, among the companies that these scopes may see."""

    question: TokenisedQuestion
    index: CompanyIndex
    scopes: Collection[str]

    def accepted(self) -> list[Span]:
        """
        Return the words that are names, none that is only like a name where a whole name stands.

        Typos are looked for last, because that is what takes time: not within whole names, and not at all beside one that is sure.
        """
        stretches = list(self._stretches())
        exact = [span for stretch in stretches if (span := self._exact(stretch))]
        whole = [span for span in exact if span.is_whole and span.score >= ACCEPTED]
        if any(span.score >= _SURE for span in whole):
            return [span for span in exact if span.score >= ACCEPTED]
        taken = {(span.first, span.last) for span in exact}
        rest = [one for one in stretches if (one.first, one.last) not in taken and not any(_overlap(one, span) for span in whole)]
        mistyped = (span for stretch in rest if (span := self._mistyped(stretch)))
        return [span for span in (*exact, *mistyped) if span.score >= ACCEPTED]

    def slips(self) -> list[Span]:
        """Return the ordinary words that stand where a name does and are one slip away from one: "the sql job at deal" for Deel."""
        found = (self._slip(Stretch(self.question, number, number)) for number in range(len(self.question.tokens)))
        return [span for span in found if span and span.score >= ACCEPTED]

    def _stretches(self) -> Iterator[Stretch]:
        """Yield the words that may be a company's name."""
        for first in range(len(self.question.tokens)):
            for last in range(first, min(first + _MOST_WORDS, len(self.question.tokens))):
                if last > first and not self.question.is_joined(last):
                    break
                yield Stretch(self.question, first, last)

    def _exact(self, stretch: Stretch) -> Span | None:
        """Return the words as a name that is spelt as one of the index's forms, perhaps with the s of a possessive."""
        text, holding = stretch.text, self.index.holding(company_key(stretch.text), self.scopes)
        if not holding and len(text) > _SHORTEST_MISTYPED and text.endswith("s"):
            text = text[:-1]
            holding = [one for one in self.index.holding(company_key(text), self.scopes) if one.kind <= FormKind.CORE]
        if not holding:
            return None
        kind, match = holding[0].kind, self._match(text)
        is_whole, fit = kind <= FormKind.ALIAS, _fit_that_counts(stretch, match)
        score = self._readiness(stretch, kind) + stretch.cue - _FORM_COST[kind] + fit + len(text) / 100
        score += (_PLURAL_COST if text != stretch.text else 0) + (self._more_words(stretch) if is_whole else 0)
        score += stretch.cue is Cue.STRONG and self.question.stands_out(stretch.first)
        if isinstance(match, Found) and goes_on(stretch, match, is_whole=is_whole):
            match, score = NearTie(typed=text, names=(match.name,)), score + _GOES_ON_COST
        elif isinstance(match, Found) and _is_in_doubt(stretch, fit):
            match, score = NearTie(typed=text, names=(match.name,)), score + (stretch.cue is Cue.STRONG and stretch.ends_question)
        is_common = stretch.kind <= WordKind.TOPICAL
        return Span(stretch.first, stretch.last, match, score, stretch.cue, is_exact=True, is_whole=is_whole, is_common=is_common)

    @cached_property
    def _asked(self) -> RoleWords:
        """What the whole question says of a role."""
        return read_role_words(self.question.text)

    def _match(self, text: str) -> CompanyMatch:
        """Return what the words match, the role in the question deciding where the names leave it open."""
        return match_company(text, self.index, scopes=self.scopes, asked=self._asked)

    def _readiness(self, stretch: Stretch, kind: FormKind) -> int:
        """Return how readily the words are a name."""
        is_word = kind is FormKind.ACRONYM and not stretch.text.isupper()
        return _READINESS[WordKind.TOPICAL if is_word else stretch.kind]

    def _more_words(self, stretch: Stretch) -> int:
        """Return what further words speak for a whole name; against it where the last one rather begins a role."""
        if stretch.further_words and begins_role(stretch, self.index, scopes=self.scopes):
            return -_PER_WORD
        return _PER_WORD * stretch.further_words

    def _mistyped(self, stretch: Stretch) -> Span | None:
        """Return the words as a name with typos: one of them at least is no word that questions have."""
        kinds = [self.question.kind(number) for number in range(stretch.first, stretch.last + 1)]
        unknown = [token.word for token, kind in zip(stretch.tokens, kinds, strict=True) if kind is WordKind.UNKNOWN]
        if not unknown or len(stretch.text) < _SHORTEST_MISTYPED or WordKind.FUNCTION in (kinds[0], kinds[-1]):
            return None
        match = self._match(stretch.text)
        if not isinstance(match, Found) or follows_name(stretch):
            return None
        fit = _fit_that_counts(stretch, match)
        is_slip_of_word = stretch.cue < Cue.MEDIUM and fit < CLEAR_FIT and all(map(is_mistyped, unknown))
        if is_slip_of_word and not is_nearly_spelt(stretch, match):
            return None
        more_words = _PER_WORD * stretch.further_words * (-1 if swallows_topic(stretch, match) else 1)
        score = _READINESS[WordKind.UNKNOWN] + stretch.cue + _TYPO_COST + more_words + fit + len(stretch.text) / 100
        return Span(stretch.first, stretch.last, match, score, stretch.cue)

    def _slip(self, stretch: Stretch) -> Span | None:
        """Return an ordinary or topical word as a name with one typo; found if a title fits, asked back with a strong cue."""
        word, cue = stretch.tokens[0].word, stretch.cue
        kind = self.question.kind(stretch.first)
        if len(word) < _SHORTEST_SLIP or kind not in (WordKind.ORDINARY, WordKind.TOPICAL) or cue < Cue.MEDIUM:
            return None
        near = [one for one in self.index.near(word, self.scopes, most_edits=1) if one.kind <= FormKind.CORE and one.edits]
        if not near:
            return None
        match = self._match(word)
        if isinstance(match, Found) and (fit := fit_titles(stretch.asked_beside, match.entries)) >= CLEAR_FIT:
            return Span(stretch.first, stretch.last, match, _READINESS[kind] + cue + fit, cue)
        names = tuple(self.index.name(one.key, self.scopes) for one in near[:_MOST_NAMES])
        return Span(stretch.first, stretch.last, NearTie(typed=word, names=names), _READINESS[kind] + cue + _TYPO_COST, cue)


def _overlap(stretch: Stretch, span: Span) -> bool:
    return stretch.first <= span.last and span.first <= stretch.last


def _fit_that_counts(stretch: Stretch, match: CompanyMatch) -> float:
    """Return how well the rest of the question fits the company's titles, 0 where the words are more likely something else."""
    if not isinstance(match, Found) or stretch.cue is Cue.PLACE:
        return 0.0
    fit = fit_titles(stretch.asked_beside, match.entries)
    counts_from = {WordKind.FUNCTION: Cue.STRONG, WordKind.TOPICAL: Cue.MEDIUM, WordKind.ORDINARY: Cue.EDGE, WordKind.UNKNOWN: Cue.PLACE}
    if stretch.cue >= counts_from[stretch.kind]:
        return fit
    enough = CLEAR_FIT - (stretch.kind is WordKind.ORDINARY and stretch.stands_between)
    return fit if fit >= enough and stands_by_title(stretch, match) else 0.0


def _is_in_doubt(stretch: Stretch, fit: float) -> bool:
    """Tell whether common words are a name at best, so that it is asked back: no strong cue; for "one" no fitting title either."""
    return stretch.is_rather_common and (stretch.cue < Cue.STRONG or (stretch.kind is WordKind.FUNCTION and fit < CLEAR_FIT))
