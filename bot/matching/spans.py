"""The words of a question that may be a company's name, each with what speaks for it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.matching.company_index import CompanyIndex
from bot.matching.company_key import company_key, company_words, generic_words, telling_generic_words
from bot.matching.company_match import CompanyMatch, Found, NearTie
from bot.matching.cues import Cue, find_cue
from bot.matching.match_company import match_company
from bot.matching.name_forms import FormKind
from bot.matching.question_tokens import TokenisedQuestion
from bot.matching.role_words import RoleWords, read_role_words, role_nouns
from bot.matching.title_fit import CLEAR_FIT, fit_titles
from bot.matching.vocabulary import WordKind, is_mistyped, question_words, word_kind

ACCEPTED = 7
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
_TYPO_COST = 2
_PLURAL_COST = 1
_PER_WORD = 3
_GOES_ON_COST = 3
_SHORTEST_SLIP = 4


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
        """Return the words that are names, none that is only like a name where a whole name stands."""
        spans = [span for span in self._spans() if span.score >= ACCEPTED]
        whole = [span for span in spans if span.is_whole]
        return [span for span in spans if span.is_exact or not any(span.first <= other.last and other.first <= span.last for other in whole)]

    def slips(self) -> list[Span]:
        """Return the ordinary words that stand where a name does and are one slip away from one: "the sql job at deal" for Deel."""
        found = (self._slip(number) for number in range(len(self.question.tokens)))
        return [span for span in found if span and span.score >= ACCEPTED]

    def _spans(self) -> Iterator[Span]:
        """Yield the words that are, or look like, a company's name."""
        question = self.question
        for first in range(len(question.tokens)):
            for last in range(first, min(first + _MOST_WORDS, len(question.tokens))):
                if last > first and not question.is_joined(last):
                    break
                span = self._exact(first, last) or self._mistyped(first, last)
                if span:
                    yield span

    def _exact(self, first: int, last: int) -> Span | None:
        """Return the words as a name that is spelt as one of the index's forms, perhaps with the s of a possessive."""
        question, text = self.question, self.question.slice(first, last)
        holding = self.index.holding(company_key(text), self.scopes)
        plural = 0
        if not holding and len(text) > _SHORTEST_MISTYPED and text.endswith("s"):
            text, plural = text[:-1], _PLURAL_COST
            holding = [one for one in self.index.holding(company_key(text), self.scopes) if one.kind <= FormKind.CORE]
        if not holding:
            return None
        kind, cue = holding[0].kind, find_cue(question, first, last=last)
        match = self._match(text)
        score = self._readiness(first, last, kind) + cue - _FORM_COST[kind] - plural + len(text) / 100
        score += self._more_words(first, last, kind) + (cue is Cue.STRONG and question.stands_out(first))
        fit = self._fit_that_counts(match, first, last, cue)
        score += fit
        if isinstance(match, Found) and self._goes_on(first, last, match, is_whole=kind <= FormKind.ALIAS):
            match, score = NearTie(typed=text, names=(match.name,)), score - _GOES_ON_COST
        elif isinstance(match, Found) and self._is_rather_common(first, last, cue, fit=fit):
            match, score = NearTie(typed=text, names=(match.name,)), score + (cue is Cue.STRONG and last + 1 == len(question.tokens))
        return Span(first, last, match, score, cue, is_exact=True, is_whole=kind <= FormKind.ALIAS, is_common=self._kind(first, last) <= WordKind.TOPICAL)

    @cached_property
    def _asked(self) -> RoleWords:
        """What the whole question says of a role."""
        return read_role_words(self.question.text)

    def _match(self, text: str) -> CompanyMatch:
        """Return what the words match, the role beside them deciding where the names leave it open."""
        return match_company(text, self.index, scopes=self.scopes, asked=self._asked)

    def _readiness(self, first: int, last: int, kind: FormKind) -> int:
        """Return how readily the words are a name."""
        if kind is FormKind.ACRONYM and not self.question.slice(first, last).isupper():
            return _READINESS[WordKind.TOPICAL]
        return _READINESS[self._kind(first, last)]

    def _more_words(self, first: int, last: int, kind: FormKind) -> int:
        """Return what further words speak for a whole name; against it where the last one rather begins a role."""
        if last == first or kind > FormKind.ALIAS:
            return 0
        return -_PER_WORD if self._begins_role(first, last) else _PER_WORD * (last - first)

    def _mistyped(self, first: int, last: int) -> Span | None:
        """Return the words as a name with typos: one of them at least is no word that questions have."""
        question, numbers = self.question, range(first, last + 1)
        unknown = [question.tokens[number].word for number in numbers if question.kind(number) is WordKind.UNKNOWN]
        text = question.slice(first, last)
        if not unknown or len(text) < _SHORTEST_MISTYPED or WordKind.FUNCTION in (question.kind(first), question.kind(last)):
            return None
        match = self._match(text)
        if not isinstance(match, Found):
            return None
        cue = find_cue(question, first, last=last)
        fit = self._fit_that_counts(match, first, last, cue)
        if cue < Cue.MEDIUM and fit < CLEAR_FIT and all(map(is_mistyped, unknown)) and not self._is_nearly_spelt(first, last, match):
            return None
        if self._goes_on_unknown(first):
            return None
        more_words = _PER_WORD * (last - first) * (-1 if self._swallows_topic(first, last, match) else 1)
        return Span(first, last, match, _READINESS[WordKind.UNKNOWN] + cue - _TYPO_COST + more_words + fit + len(text) / 100, cue)

    def _swallows_topic(self, first: int, last: int, match: Found) -> bool:
        """Tell whether the name came about by taking in what is asked for: "verta pay" for Versapay."""
        ends = {self.question.tokens[number].word for number in (first, last) if self.question.kind(number) is WordKind.TOPICAL}
        return first < last and not ends <= {word for entry in match.entries for word in company_words(entry.company)}

    def _is_nearly_spelt(self, first: int, last: int, match: Found) -> bool:
        """Tell whether the words are the company's, one by one, but for the mistyped one: "Grafane Labs"."""
        own = company_words(match.name)
        words = [token.word for token in self.question.tokens[first : last + 1]]
        return len(words) == len(own) > 1 and sum(word != right for word, right in zip(words, own, strict=True)) == 1

    def _goes_on_unknown(self, first: int) -> bool:
        """Tell whether "and" and a name stand before: "Abercrombie and Fitch" is not Fetch."""
        question = self.question
        if first < 2 or not question.is_joined(first):  # noqa: PLR2004 -- a name and an "and"
            return False
        return question.tokens[first - 1].word == "and" and question.kind(first - 2) is WordKind.UNKNOWN

    def _slip(self, number: int) -> Span | None:
        """Return an ordinary or topical word as a name with one typo; found if a title fits, asked back with a strong cue."""
        question, word = self.question, self.question.tokens[number].word
        kind, cue = question.kind(number), find_cue(question, number, last=number)
        if len(word) < _SHORTEST_SLIP or kind not in (WordKind.ORDINARY, WordKind.TOPICAL) or cue < Cue.MEDIUM:
            return None
        near = [one for one in self.index.near(word, self.scopes, most_edits=1) if one.kind <= FormKind.CORE and one.edits]
        if not near:
            return None
        asked = self._asked_beside(number, number)
        match = match_company(word, self.index, scopes=self.scopes, asked=asked)
        if isinstance(match, Found) and (fit := fit_titles(asked, match.entries)) >= CLEAR_FIT:
            return Span(number, number, match, _READINESS[kind] + cue + fit, cue)
        names = tuple(self.index.name(one.key, self.scopes) for one in near)[:5]
        return Span(number, number, NearTie(typed=word, names=names), _READINESS[kind] + cue - _TYPO_COST, cue)

    def _fit_that_counts(self, match: CompanyMatch, first: int, last: int, cue: Cue) -> float:
        """Return how well the rest of the question fits the company's titles, 0 where the words are more likely something else."""
        if not isinstance(match, Found) or cue is Cue.PLACE:
            return 0.0
        fit = fit_titles(self._asked_beside(first, last), match.entries)
        kind = self._kind(first, last)
        if kind is not WordKind.FUNCTION and (cue >= Cue.MEDIUM or kind is WordKind.UNKNOWN):
            return fit
        if cue is Cue.STRONG or (cue is Cue.EDGE and kind is WordKind.ORDINARY):
            return fit
        return fit if fit >= CLEAR_FIT and self._stands_by_title(first, last, match) else 0.0

    def _kind(self, first: int, last: int) -> WordKind:
        """Return the kind of the words' readiest one; "platforms" is as topical as "platform"."""
        kind, word = max(self.question.kind(number) for number in range(first, last + 1)), self.question.tokens[last].word
        return min(kind, WordKind.TOPICAL) if first == last and word_kind(word.removesuffix("s")) <= WordKind.TOPICAL else kind

    def _is_rather_common(self, first: int, last: int, cue: Cue, *, fit: float) -> bool:
        """Tell whether the words stand for themselves in most questions ("one", "remote" in small letters): asked back at best."""
        if first < last or self.question.tokens[first].is_capital:
            return False
        word, kind = self.question.tokens[first].word, self._kind(first, last)
        if kind is WordKind.FUNCTION:
            return cue < Cue.STRONG or fit < CLEAR_FIT
        return kind is WordKind.TOPICAL and cue < Cue.STRONG and word in question_words("topical")

    def _stands_by_title(self, first: int, last: int, match: Found) -> bool:
        """Tell whether a word of one of the titles stands right beside, or a comma or bracket behind."""
        question = self.question
        if first and question.tokens[first - 1].word in question_words("determiners"):
            return False
        if last + 1 < len(question.tokens) and question.gap(last + 1).strip():
            return True
        is_role_word = question.tokens[first].word in role_nouns() or self._kind(first, last) is WordKind.FUNCTION
        numbers = (last + 1,) if is_role_word else (first - 1, last + 1)
        beside = [question.tokens[number].word for number in numbers if 0 <= number < len(question.tokens)]
        titles = [read_role_words(entry.title) for entry in match.entries]
        for words in map(read_role_words, beside):
            if any(words.own_terms & title.own_terms or words.ranks & title.ranks for title in titles):
                return True
        return False

    def _asked_beside(self, first: int, last: int) -> RoleWords:
        """Return what the question says of a role without these words."""
        text, tokens = self.question.text, self.question.tokens
        return read_role_words(f"{text[: tokens[first].start]} {text[tokens[last].end :]}")

    def _goes_on(self, first: int, last: int, match: Found, *, is_whole: bool) -> bool:
        """Tell whether the name goes on with a word that neither the company nor its titles have: "Nomad List" is not Nomad Health."""
        own = {word for entry in match.entries for word in company_words(f"{entry.company} {entry.title}")}
        if not is_whole and (self._is_foreign(first - 1, own, joint=first) or self._is_foreign(last + 1, own, joint=last + 1)):
            return True
        question, following = self.question, last + 1
        if following >= len(question.tokens) or question.gap(following) != " ":
            return False
        word, kind = question.tokens[following].word, question.kind(following)
        if word in own or (word not in generic_words() and kind < WordKind.ORDINARY):
            return False
        return question.stands_out(following) or (word in telling_generic_words() and not self._is_role(following + 1))

    def _is_role(self, number: int) -> bool:
        """Tell whether a token is a word of roles."""
        return number < len(self.question.tokens) and self.question.tokens[number].word in role_nouns()

    def _is_foreign(self, number: int, own: Collection[str], *, joint: int) -> bool:
        """Tell whether a neighbour is a name's word, but none of this company's."""
        question = self.question
        if not 0 <= number < len(question.tokens) or question.kind(number) is not WordKind.UNKNOWN:
            return False
        word = question.tokens[number].word
        return question.gap(joint) == " " and not is_mistyped(word) and not any(part.startswith(word[:4]) for part in own)

    def _begins_role(self, first: int, last: int) -> bool:
        """Tell whether the last word rather begins a role: "outlier ai developer", where there are Outlier and Outlier AI."""
        question = self.question
        if last + 1 >= len(question.tokens) or question.tokens[last].is_capital or not question.is_joined(last + 1):
            return False
        if not role_nouns().issuperset((question.tokens[last].word, question.tokens[last + 1].word)):
            return False
        shorter = self.index.holding(company_key(question.slice(first, last - 1)), self.scopes)
        return bool(shorter) and shorter[0].kind <= FormKind.ALIAS
