"""Which company a whole question names: one that is there, one that is not, or none at all."""

from collections.abc import Collection

from bot.domain.model import Model
from bot.matching.company_index import CompanyIndex
from bot.matching.company_match import CompanyMatch, Found, NearTie
from bot.matching.cues import Cue
from bot.matching.match_company import match_company
from bot.matching.question_tokens import TokenisedQuestion, tokenise
from bot.matching.spans import Span, SpanFinder
from bot.matching.unknown_names import find_unknown_name


class Mention(Model):
    """A company that a question names."""

    match: CompanyMatch
    start: int
    end: int
    """Where the name stands in the question; a possessive "'s" lies behind it."""

    rest: str
    """The question without the name: what is left for the topic, the role and the country."""


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
    finder = SpanFinder(tokens, index, scopes)
    best = max(finder.accepted(), key=_clearness, default=None)
    titles = {token.word for token in tokens.tokens if not token.is_capital and index.titles.knows(token.word, scopes)}
    unknown = find_unknown_name(tokens, not_names=frozenset(not_names).union(titles))
    if best is None and (unknown is None or unknown[2] < Cue.STRONG):
        best = max(finder.slips(), key=_clearness, default=None)
    if unknown and (best is None or _speaks_against(unknown, best)):
        first, last, _ = unknown
        return _mention(tokens, first, last, _match_unknown(tokens.slice(first, last), index, scopes))
    return _mention(tokens, best.first, best.last, best.match) if best else None


def _clearness(span: Span) -> tuple[float, int]:
    """Return what spans are compared by: what speaks for them, then which comes first."""
    return span.score, -span.first


def _speaks_against(unknown: tuple[int, int, Cue], best: Span) -> bool:
    """Tell whether an unknown name is named more clearly than the best known one, and elsewhere."""
    first, last, cue = unknown
    overlaps = first <= best.last and best.first <= last
    is_clear = cue is Cue.STRONG or (cue is Cue.MEDIUM and best.is_common)
    return is_clear and best.cue < Cue.MEDIUM and not overlaps


def _match_unknown(name: str, index: CompanyIndex, scopes: Collection[str]) -> CompanyMatch:
    """Return the match of a name that no known company was seen in: asked back or unknown."""
    match = match_company(name, index, scopes=scopes)
    return NearTie(typed=name, names=(match.name,)) if isinstance(match, Found) else match


def _mention(question: TokenisedQuestion, first: int, last: int, match: CompanyMatch) -> Mention:
    """Return the mention that these tokens make."""
    start, end = question.tokens[first].start, question.tokens[last].end
    rest = question.text[:start] + " " + question.text[end:].removeprefix("'s").removeprefix("’s")
    return Mention(match=match, start=start, end=end, rest=" ".join(rest.split()))
