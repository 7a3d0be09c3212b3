"""Which company a whole question names: one that is there, one that is not, or none at all."""

from collections.abc import Collection, Iterator, Sequence

from rapidfuzz.distance import OSA

from bot.domain.facts import Model
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import CompanyMatch, Entry, Found, NearTie, Unknown, generic_words, legal_forms
from bot.questions.match_company import match_company, split_role
from bot.questions.roles import find_by_title, pick_postings
from bot.questions.spans import Span, SpanFinder
from bot.questions.title_index import read_role_words, written_words
from bot.questions.tokens import Cue, TokenisedQuestion, WordKind, find_cue, is_mistyped, tokenise

# The words of a question that are a company's name, though no such company is known.

_MOST_WORDS = 4
_SHORTEST_WITHOUT_CUE = 4

UnknownName = tuple[int, int, Cue]
"""The first and the last token, and what speaks for it."""


def find_unknown_name(question: TokenisedQuestion, *, not_names: frozenset[str] = frozenset()) -> UnknownName | None:
    """
    Return the clearest name of the question, None if nothing in it is one.

    A word is a name with a strong cue if it means nothing else, or has a capital and is not what is asked for; with any other cue
    if it means nothing else and is no slip of a word that questions have.

    >>> from bot.questions.tokens import tokenise
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

    >>> from bot.questions.company_names import Entry
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


# Which postings a person means who names one by its company, and perhaps its role.

_SHORTEST_MISTYPED = 4
_LONG = 8
"""From so many letters on, two slips make no other word."""


def match_posting(typed: str, index: CompanyIndex, *, scopes: Collection[str]) -> CompanyMatch:
    """
    Return what a typed name means, typos and all; of a company that is found, the postings that fit the role behind the colon best.

    A role that none of the company's postings has anything of is unknown, so that nothing is done to another one. A posting without
    a company goes by its title; it then is found under an empty name.

    >>> staff = Entry(id=1, scope="everyone", company="Flex", title="Staff Engineer")
    >>> data = Entry(id=2, scope="everyone", company="Flex", title="Data Analyst")
    >>> index = CompanyIndex([staff, data, Entry(id=3, scope="everyone", company="", title="Night Porter")])
    >>> [match_posting(typed, index, scopes={"everyone"}).entries[0].id for typed in ("flx: data", "staff at flex", "night porter")]
    [2, 1, 3]
    >>> len(match_posting("flex", index, scopes={"everyone"}).entries)
    2
    >>> match_posting("flex: nurse", index, scopes={"everyone"})
    Unknown(typed='flex: nurse', nearest=('Flex',))
    """
    name, role = split_role(typed)
    match = match_company(name, index, scopes=scopes)
    if isinstance(match, Found) and role and not any(_has_part_of(role, entry) for entry in match.entries):
        return Unknown(typed=typed, nearest=(match.name,))
    if isinstance(match, Unknown) and not role and (mention := find_company_mention(typed, index, scopes=scopes)):
        match, role = mention.match, mention.rest
    if isinstance(match, Found):
        return match.model_copy(update={"entries": _fitting(role, match.entries)})
    titled = tuple(entry for entry in find_by_title(typed, index, scopes=scopes) if not entry.company)
    return Found(key="", name="", entries=titled) if titled and isinstance(match, Unknown) else match


def _has_part_of(role: str, entry: Entry) -> bool:
    """Tell whether a title has anything of a role: the beginning of a word, a word that says the same, a slip, or a rank."""
    asked, title = read_role_words(role), read_role_words(entry.title)
    begun = any(word.startswith(typed) for typed in written_words(role) for word in written_words(entry.title))
    near = any(_is_slip(one, other) for one in asked.own_terms for other in title.own_terms)
    return begun or near or bool(asked.terms & title.terms or asked.ranks & title.ranks)


def _is_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SHORTEST_MISTYPED and OSA.distance(one, other, score_cutoff=2) <= 1 + (len(one) >= _LONG)


def _fitting(role: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the postings that a role means: those of exactly that title, else those that fit it best."""
    written = role.casefold().strip()
    same = [entry for entry in entries if entry.title.casefold() == written] if written else []
    return tuple(same or pick_postings(role, entries))
