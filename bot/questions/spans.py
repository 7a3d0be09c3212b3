"""The words of a question that may be a company's name, each with what speaks for it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import (
    CompanyMatch,
    FormKind,
    Found,
    NearTie,
    company_key,
    company_words,
    generic_words,
    telling_generic_words,
)
from bot.questions.match_company import match_company
from bot.questions.roles import CLEAR_FIT, fit_titles
from bot.questions.title_index import RoleWords, read_role_words, role_nouns
from bot.questions.tokens import Cue, Token, TokenisedQuestion, WordKind, find_cue, is_mistyped, question_words, word_kind

# A stretch of a question's words, with what they and the words around them say.


@dataclass(frozen=True)
class Stretch:
    """The words from one token to another, both included."""

    question: TokenisedQuestion
    first: int
    last: int

    @cached_property
    def text(self) -> str:
        """The words as written."""
        return self.question.slice(self.first, self.last)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words' tokens."""
        return self.question.tokens[self.first : self.last + 1]

    @property
    def further_words(self) -> int:
        """How many words there are beside the first."""
        return self.last - self.first

    @cached_property
    def cue(self) -> Cue:
        """How strongly the words around say that this is a name."""
        return find_cue(self.question, self.first, last=self.last)

    @cached_property
    def kind(self) -> WordKind:
        """The kind of the readiest word; "platforms" alone is as topical as "platform"."""
        kind = max(self.question.kind(number) for number in range(self.first, self.last + 1))
        is_topical = self.first == self.last and word_kind(self.tokens[0].word.removesuffix("s")) <= WordKind.TOPICAL
        return min(kind, WordKind.TOPICAL) if is_topical else kind

    @cached_property
    def asked_beside(self) -> RoleWords:
        """What the rest of the question says of a role."""
        text, tokens = self.question.text, self.tokens
        return read_role_words(f"{text[: tokens[0].start]} {text[tokens[-1].end :]}")

    @property
    def before(self) -> Token | None:
        """The token before; None at the start."""
        return self.question.tokens[self.first - 1] if self.first else None

    @property
    def behind(self) -> Token | None:
        """The token behind; None at the end."""
        return None if self.ends_question else self.question.tokens[self.last + 1]

    @property
    def ends_question(self) -> bool:
        """Whether these are the last words."""
        return self.last + 1 == len(self.question.tokens)

    @property
    def gap_behind(self) -> str:
        """What stands between these words and the next; empty at the end."""
        return "" if self.ends_question else self.question.gap(self.last + 1)

    @property
    def is_in_small_letters(self) -> bool:
        """Whether it is one word that no capital begins."""
        return self.first == self.last and not self.tokens[0].is_capital

    @property
    def stands_between(self) -> bool:
        """Whether it stands between a role and what is asked for: "software engineer gather pay"."""
        if not is_role(self.before) or self.behind is None:
            return False
        return self.question.kind(self.last + 1) is WordKind.TOPICAL and not is_role(self.behind)

    @property
    def is_rather_common(self) -> bool:
        """Whether it stands for itself in most questions, one word of questions in small letters: "remote", "one"."""
        if not self.is_in_small_letters or self.kind > WordKind.TOPICAL:
            return False
        return self.kind is WordKind.FUNCTION or self.tokens[0].word in question_words("topical")

    @cached_property
    def neighbours(self) -> tuple[RoleWords, ...]:
        """What the words right beside say of a role; only those behind count for a word that may itself be a role's."""
        before = () if self.kind is WordKind.FUNCTION or is_role(self.tokens[0]) else self.question.tokens[: self.first][-2:]
        behind = self.question.tokens[self.last + 1 :][:1]
        return tuple(read_role_words(" ".join(token.word for token in side)) for side in (before, behind) if side)


def is_role(token: Token | None) -> bool:
    """Tell whether a token is a word of roles."""
    return token is not None and token.word in role_nouns()


# What the words around a company's name, or its own words, say against it or for it.

_STEM = 4


def stands_by_title(stretch: Stretch, match: Found) -> bool:
    """Tell whether a word of one of the company's titles stands right beside the name, or a comma or bracket behind it."""
    if stretch.before and stretch.before.word in question_words("determiners"):
        return False
    if stretch.gap_behind.strip():
        return True
    titles = [read_role_words(entry.title) for entry in match.entries]
    return any(words.own_terms & title.own_terms or words.ranks & title.ranks for words in stretch.neighbours for title in titles)


def goes_on(stretch: Stretch, match: Found, *, is_whole: bool) -> bool:
    """
    Tell whether the name goes on with a word that neither the company's name nor its titles have: "Nomad List" is not Nomad Health.

    A name that is only shortened does not stand beside another name's word either.
    """
    question, first, following = stretch.question, stretch.first, stretch.last + 1
    own = {word for entry in match.entries for word in company_words(f"{entry.company} {entry.title}")}
    if not is_whole and (_is_foreign(stretch, first - 1, own, joint=first) or _is_foreign(stretch, following, own, joint=following)):
        return True
    if stretch.behind is None or stretch.gap_behind != " ":
        return False
    word = stretch.behind.word
    if word in own or (word not in generic_words() and question.kind(following) < WordKind.ORDINARY):
        return False
    begins_role = following + 1 < len(question.tokens) and is_role(question.tokens[following + 1])
    return question.stands_out(following) or (word in telling_generic_words() and not begins_role)


def _is_foreign(stretch: Stretch, number: int, own: Collection[str], *, joint: int) -> bool:
    """Tell whether a neighbour is a name's word, but none of this company's; `joint` is the later of the two tokens."""
    question = stretch.question
    if not 0 <= number < len(question.tokens) or question.kind(number) is not WordKind.UNKNOWN or question.gap(joint) != " ":
        return False
    word = question.tokens[number].word
    return not is_mistyped(word) and not any(part.startswith(word[:_STEM]) for part in own)


def follows_name(stretch: Stretch) -> bool:
    """Tell whether "and" and a name stand before: "Abercrombie and Fitch" is not Fetch."""
    question, first = stretch.question, stretch.first
    if stretch.before is None or stretch.before.word != "and" or first == 1 or not question.is_joined(first):
        return False
    return question.kind(first - 2) is WordKind.UNKNOWN


def swallows_topic(stretch: Stretch, match: Found) -> bool:
    """Tell whether the likeness came about by taking in what is asked for: "verta pay" for Versapay."""
    ends = {stretch.question.tokens[number].word for number in (stretch.first, stretch.last) if _is_topical(stretch, number)}
    return stretch.further_words > 0 and not ends <= {word for entry in match.entries for word in company_words(entry.company)}


def _is_topical(stretch: Stretch, number: int) -> bool:
    return stretch.question.kind(number) is WordKind.TOPICAL


def is_nearly_spelt(stretch: Stretch, match: Found) -> bool:
    """Tell whether the words are the company's, one by one, but for the mistyped one: "Grafane Labs"."""
    own, words = company_words(match.name), [token.word for token in stretch.tokens]
    return len(words) == len(own) > 1 and sum(word != right for word, right in zip(words, own, strict=True)) == 1


def begins_role(stretch: Stretch, index: CompanyIndex, *, scopes: Collection[str]) -> bool:
    """Tell whether the last word rather begins a role: "outlier ai developer", where there are Outlier and Outlier AI."""
    last = stretch.tokens[-1]
    if stretch.behind is None or last.is_capital or not stretch.question.is_joined(stretch.last + 1):
        return False
    if not role_nouns().issuperset((last.word, stretch.behind.word)):
        return False
    shorter = index.holding(company_key(stretch.question.slice(stretch.first, stretch.last - 1)), scopes)
    return bool(shorter) and shorter[0].kind <= FormKind.ALIAS


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
