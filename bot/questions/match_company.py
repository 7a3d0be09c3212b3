"""Which company a typed name means, or that it cannot be said, or that there is none."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from bot.domain.query import Place
from bot.questions.company_index import Candidate, CompanyIndex
from bot.questions.company_names import (
    CompanyMatch,
    Entry,
    FormKind,
    Found,
    NearTie,
    Unknown,
    company_key,
    company_words,
    core_of,
    name_forms,
)
from bot.questions.title_index import (
    RoleWords,
    common_role_words,
    is_common,
    place_terms,
    posting_words,
    read_role_words,
    role_nouns,
    written_words,
)
from bot.questions.tokens import WordKind, word_kind

# Which of a company's postings a question means, by the words of their titles.

MARGIN = 0.3
"""A posting that scores within this of the best one is not told apart from it."""

_WHOLE_TITLE = 0.6
_AS_WRITTEN = 0.2
NOT_ASKED_FOR = 0.04
_OTHER_RANK = 1.5
_FURTHER_RANK = 0.35
"""For "senior staff" asked for and "staff" in the title, or the other way about."""
_RANK_MISSING = 0.5
_RANKNOT_ASKED_FOR = 0.1
_OTHER_STEP = 1.0
_STEP_MISSING = 0.4
_SHORTEST_MISTYPED = 5
_SHORTEST_STEM = 4
_LONGEST_ENDING = 4


def pick_postings(words: str, entries: Sequence[Entry]) -> list[Entry]:
    """
    Return the postings whose titles fit the role words best, the best first; all, newest first, if nothing tells them apart.

    One posting alone is returned whatever the words say: they never lead to another company's.

    >>> staff = Entry(id=1, scope="everyone", company="Flex", title="Staff Machine Learning Engineer")
    >>> data = Entry(id=2, scope="everyone", company="Flex", title="Senior Data Engineer")
    >>> [entry.title for entry in pick_postings("the staff ml one", [staff, data])]
    ['Staff Machine Learning Engineer']
    >>> [entry.id for entry in pick_postings("what does it pay?", [staff, data])]
    [2, 1]
    """
    newest_first = sorted(entries, key=lambda entry: entry.id, reverse=True)
    titles = [read_role_words(entry.title) for entry in newest_first]
    asked = _mended(read_role_words(words), frozenset().union(*(title.terms for title in titles)))
    weights = _weights(titles)
    scores = [_score(asked, title, weights) for title in titles]
    ranked = sorted(zip(scores, newest_first, strict=True), key=lambda pair: -pair[0])
    return [entry for score, entry in ranked if score >= ranked[0][0] - MARGIN]


def _weights(titles: Sequence[RoleWords]) -> dict[str, float]:
    """Return how much a term tells: the fewer of the titles have it, the more."""
    holding = Counter(term for title in titles for term in title.terms)
    return {term: log(1 + len(titles) / count) for term, count in holding.items()}


def _score(asked: RoleWords, title: RoleWords, weights: dict[str, float]) -> float:
    """Return how well a title fits what is asked for."""
    shared = asked.terms & title.terms
    fit = sum(weights[term] for term in shared) + _AS_WRITTEN * len(asked.literal & title.literal) / max(1, len(title.literal))
    if shared:
        fit -= NOT_ASKED_FOR * len(title.own_terms - asked.terms)
        fit += _WHOLE_TITLE * (title.own_terms <= asked.terms and title.ranks <= asked.ranks and title.steps <= asked.steps)
    return fit - rank_difference(asked, title) - _step_difference(asked, title)


def fits_rank(asked: RoleWords, entry: Entry) -> bool:
    """Tell whether a posting is of the rank and step that is asked for; a bare "Staff Engineer" of that rank only."""
    title = read_role_words(entry.title)
    if len(title.own_terms) == 1 and all(map(is_common, title.own_terms)):
        return title.ranks == asked.ranks and bool(asked.ranks)
    other_rank = asked.ranks and title.ranks and not asked.ranks & title.ranks
    other_step = asked.steps and title.steps and not asked.steps & title.steps
    return not other_rank and not other_step


def rank_difference(asked: RoleWords, title: RoleWords) -> float:
    """Return what other words of seniority cost."""
    if asked.ranks and title.ranks:
        return 0 if title.ranks == asked.ranks else _FURTHER_RANK if title.ranks & asked.ranks else _OTHER_RANK
    if asked.ranks:
        return _RANK_MISSING
    return _RANKNOT_ASKED_FOR if title.ranks and asked.terms & title.terms else 0


def _step_difference(asked: RoleWords, title: RoleWords) -> float:
    """Return what another step costs: "II" asked for, "III" in the title."""
    if not asked.steps or title.steps & asked.steps:
        return 0
    return _OTHER_STEP if title.steps else _STEP_MISSING


def _mended(asked: RoleWords, known: frozenset[str]) -> RoleWords:
    """Return what is asked for with the terms that are forms or slips of a title's terms read as those."""
    mended = {near for term in asked.own_terms - known for near in known if _is_same_word(term, near)}
    return RoleWords(
        terms=asked.terms | mended, literal=asked.literal, ranks=asked.ranks, steps=asked.steps, own_terms=asked.own_terms | mended
    )


def _is_same_word(term: str, other: str) -> bool:
    """Tell whether two terms are forms of one word, or one is a slip of the other."""
    shorter, longer = sorted((term, other), key=len)
    if len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter) and len(longer) - len(shorter) <= _LONGEST_ENDING:
        return True
    return len(shorter) >= _SHORTEST_MISTYPED and OSA.distance(term, other, score_cutoff=1) <= 1


# How well the words of a question fit the titles of a company's postings: what speaks for a name that could be another word.

_MOST_FITTING = 4.0
_COMMON = 1.0
_OWN = 2.0
_WHOLE = 1.0
_OTHER_ROLE = 1.0
_MOST_AGAINST = 2.0
_OTHER_FITTING_RANK = 1.0

CLEAR_FIT = 3.0
"""From here on it is the title that is meant: a word of its own and a common one ("solution engineer"), or two of its own."""


def fit_titles(asked: RoleWords, entries: Iterable[Entry]) -> float:
    """
    Return how well the best of the postings' titles fits what is asked for: 0 for not at all, 5 for whole and beyond doubt.

    >>> snowflake = [Entry(id=1, scope="everyone", company="Snowflake", title="Senior Solution Engineer")]
    >>> fit_titles(read_role_words("how much presales experience for the solution engineer"), snowflake)
    4.0
    >>> fit_titles(read_role_words("how much experience for the data engineer"), snowflake)
    0.0
    """
    return max((_fit(asked, read_role_words(entry.title)) for entry in entries), default=0.0)


def _fit(asked: RoleWords, title: RoleWords) -> float:
    """Return how well one title fits."""
    shared = (asked.terms | _mended_to_fit(asked, title)) & title.own_terms
    if not shared:
        return 0.0
    common = common_role_words()
    same_rank = bool(title.ranks) and title.ranks <= asked.ranks
    points = min(_MOST_FITTING, sum(_COMMON if term in common else _OWN for term in shared) + _COMMON * same_rank)
    if len(shared) + same_rank > 1 and title.own_terms - common <= shared:
        points += _WHOLE
    other_roles = (asked.own_terms & role_nouns()) - title.terms - common
    against = min(_MOST_AGAINST, _OTHER_ROLE * len(other_roles))
    if asked.ranks and title.ranks and not asked.ranks & title.ranks:
        against += _OTHER_FITTING_RANK
    return max(0.0, points - against)


def _mended_to_fit(asked: RoleWords, title: RoleWords) -> set[str]:
    """Return the title's words that a word of no meaning in the question is a slip of."""
    near = (process.extractOne(term, title.own_terms, scorer=OSA.distance, score_cutoff=1) for term in _unread(asked.own_terms))
    return {hit[0] for hit in near if hit}


@lru_cache(maxsize=256)
def _unread(terms: frozenset[str]) -> tuple[str, ...]:
    """Return the terms without a meaning, long enough to be slips."""
    return tuple(term for term in terms if len(term) >= _SHORTEST_MISTYPED and word_kind(term) is WordKind.UNKNOWN)


# Whether a title has anything of a role.

_SHORTEST_SLIP = 4
_LONG = 8
"""From so many letters on, two slips make no other word."""


def has_part_of(role: str, entry: Entry) -> bool:
    """Tell whether a title has anything of a role: the beginning of a word, a word that says the same, a slip, or a rank."""
    asked, title = read_role_words(role), read_role_words(entry.title)
    begun = any(word.startswith(typed) for typed in written_words(role) for word in written_words(entry.title))
    near = any(_is_slip(one, other) for one in asked.own_terms for other in title.own_terms)
    return begun or near or bool(asked.terms & title.terms or asked.ranks & title.ranks)


def _is_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SHORTEST_SLIP and OSA.distance(one, other, score_cutoff=2) <= 1 + (len(one) >= _LONG)


_MOST_NAMES = 5
"""As many buttons as Discord puts in a row."""

_NEAREST = 3
_SHORTEST_BEGINNING = 4
_LONGER_FOR_FIRST_LETTER = 5
_SURE_FROM = {1: 4, 2: 8}
"""
How many letters a name has at least for so many edits to be typos and not another name; words like "Labs" do not count.

"blok" is Block and "flx" is Flex; two edits in six letters ("simple", "sample" ...) as often lead to another company: asked back.
"""

_APART = {1: 1, 2: 3}
"""
How many edits further the next company must be.

With 100,000 made-up names, edits counted over the whole name and without this margin gave a present company for 33 of 200 absent
names; over the name's own part and with it, for 3, each one edit or one space away. The price is that crowded names are asked back.
"""

_ASKED_FROM = {1: 4, 2: 6, 3: 10}
"""From how many letters on such a name is worth asking back."""

_MOST_COMPARED = 12
"""Where more companies than these are as near, the role says too little."""

_FIT_APART = 2.0
_FIT_FOR_SECOND_EDIT = 1.0
"""How much clearer the role must fit one company than another, and for a name with two typos."""


def match_company(typed: str, index: CompanyIndex, *, scopes: Collection[str], asked: RoleWords | None = None) -> CompanyMatch:
    """
    Return the company that a typed name means, among those that these scopes may see.

    The exact name decides, then another form of it that only one company has, then the nearest spelling; where that leaves two
    companies, or is far from what was typed, the answer is a NearTie, and never one of them. Only a role that is `asked` for beside
    the name, and that clearly fits the postings of one company alone, decides there.

    >>> from bot.questions.company_names import Entry
    >>> index = CompanyIndex([Entry(id=1, scope="everyone", company="Nomad Health"), Entry(id=2, scope="everyone", company="Flex")])
    >>> match_company("nomad helth", index, scopes={"everyone"}).name
    'Nomad Health'
    >>> match_company("initech", index, scopes={"everyone"})
    Unknown(typed='initech', nearest=())
    """
    key = company_key(typed)
    if not key:
        return Unknown(typed=typed)
    exact = index.holding(key, scopes)
    if exact:
        match = _decide_exact(typed, exact, index, scopes)
        if asked and isinstance(match, Found):
            return _decide_by_other_role(match, exact, index, scopes, asked=asked) or match
        return (asked and _decide_by_title(exact, index, scopes, asked=asked)) or match
    near = index.near(key, scopes, most_edits=max(2, len(key) * 2 // 5))
    ranked = sorted(near, key=lambda candidate: _cost(candidate, key))
    decided = _decide_near(typed, ranked, index, scopes) if ranked else None
    if asked and not isinstance(decided, Found):
        decided = _decide_by_title(_slightly_mistyped(key, ranked), index, scopes, asked=asked) or decided
    return decided or _decide_related(typed, index, scopes) or Unknown(typed=typed, nearest=_nearest(ranked, index, scopes))


def called_so(match: Unknown, index: CompanyIndex, *, scopes: Collection[str], role: str = "") -> Found | Unknown:
    """
    Return the postings whose texts call their employer, which their heads name otherwise or not at all, by a name that no head has.

    Of several employers' those are meant that the role picks; where it picks none the name stays unknown, and never is one of them.

    >>> index = CompanyIndex([Entry(id=1, scope="everyone", company="Dough Bank", title="Baker", names=("Loafly",))])
    >>> called_so(Unknown(typed="Loafly"), index, scopes={"everyone"}).name
    'Dough Bank'
    >>> called_so(Unknown(typed="Loaf"), index, scopes={"everyone"})
    Unknown(typed='Loaf', nearest=())
    """
    typed = name_forms(match.typed) if company_key(match.typed) else {}
    forms = {form for form, kind in typed.items() if kind <= FormKind.ALIAS}
    found = [index.titles.entry(number) for form in forms for number in index.titles.holding(f"~{form}", scopes)]
    called = [entry for entry in dict.fromkeys(found) if entry is not None and _is_called(entry, forms)]
    picked = pick_postings(role, called)
    is_one = len({company_key(entry.company) or entry.id for entry in picked}) == 1
    return Found(key=company_key(picked[0].company), name=picked[0].company, entries=tuple(picked)) if is_one else match


def _is_called(entry: Entry, forms: Collection[str]) -> bool:
    """Tell whether a posting's text calls its employer so, and not by a longer name that begins so."""
    own = (form for name in entry.names for form, kind in name_forms(name).items() if kind <= FormKind.CORE)
    return not set(forms).isdisjoint(own)


def split_role(typed: str) -> tuple[str, str]:
    """
    Return a typed name and the role behind its colon, empty where there is none.

    >>> split_role("Flex: Staff Machine Learning Engineer")
    ('Flex', 'Staff Machine Learning Engineer')
    """
    name, _, role = typed.partition(": ")
    return name.strip(), role.strip()


def is_sure(candidate: Candidate, typed: str, *, name: str) -> bool:
    """Tell whether so many edits are typos: few for the length of the name's own part, and none at the start of a short one."""
    if not candidate.edits:
        return True
    enough = _SURE_FROM.get(candidate.distance)
    own, key = core_of(name), company_key(typed)
    length = len(candidate.form) if key.startswith(own) else min(len(candidate.form), len(own))
    if candidate.edits > 1:
        length = min(length, len(key) + 1)
    if enough is None or length < enough:
        return False
    is_swap = length > enough and sorted(candidate.form) == sorted(key)
    return candidate.form[0] == key[0] or is_swap or length >= enough + _LONGER_FOR_FIRST_LETTER


def _decide_exact(typed: str, exact: list[Candidate], index: CompanyIndex, scopes: Collection[str]) -> CompanyMatch:
    """Decide between companies that all have the typed form: whole names before shortened ones."""
    whole = [candidate for candidate in exact if candidate.kind == exact[0].kind] if exact[0].kind <= FormKind.ALIAS else exact
    keys = [candidate.key for candidate in whole]
    return _found(keys[0], index, scopes) if len(keys) == 1 else NearTie(typed=typed, names=_names(keys, index, scopes))


def _decide_near(typed: str, ranked: list[Candidate], index: CompanyIndex, scopes: Collection[str]) -> CompanyMatch | None:
    """Decide by the fewest edits; None if even those are too many."""
    best = ranked[0]
    ranked = [candidate for candidate in ranked if candidate is best or not _is_shadowed(candidate, best)]
    is_apart = len(ranked) == 1 or ranked[1].distance - best.distance >= _APART.get(best.distance, 0)
    if is_apart and is_sure(best, typed, name=index.name(best.key, scopes)):
        return _found(best.key, index, scopes)
    rivals = [candidate for candidate in ranked if candidate.distance == best.distance]
    askable = [candidate.key for candidate in rivals if len(candidate.form) >= _ASKED_FROM.get(best.distance, len(candidate.form) + 1)]
    return NearTie(typed=typed, names=_names(askable, index, scopes)) if askable else None


def _slightly_mistyped(key: str, near: list[Candidate]) -> list[Candidate]:
    """Return the companies that are an edit away, or two in a longer name."""
    if len(key) < _SHORTEST_BEGINNING:
        return []
    return [one for one in near if min(len(key), len(one.form)) >= _ASKED_FROM.get(one.distance, len(key) + 1) + _begins_apart(one, key)]


def _begins_apart(candidate: Candidate, key: str) -> bool:
    """Tell whether a name begins with another letter, not swapped with the next: "alex" for Flex."""
    return candidate.form[0] != key[0] and sorted(candidate.form) != sorted(key)


def _decide_by_title(near: list[Candidate], index: CompanyIndex, scopes: Collection[str], *, asked: RoleWords) -> Found | None:
    """Decide by the role: None unless it fits one company's postings clearly, and those of no other that is as near."""
    if not near or len(near) > _MOST_COMPARED:
        return None
    fits = sorted(((fit_titles(asked, index.entries(one.key, scopes)), one) for one in near), key=lambda pair: -pair[0])
    (best_fit, best), *others = fits
    if best_fit < CLEAR_FIT + (best.edits > 1) * _FIT_FOR_SECOND_EDIT or (others and others[0][0] + _FIT_APART > best_fit):
        return None
    return _found(best.key, index, scopes)


def _decide_by_other_role(
    match: Found, exact: list[Candidate], index: CompanyIndex, scopes: Collection[str], *, asked: RoleWords
) -> Found | None:
    """Return the one company whose longer name begins so, where only it has the role that is asked for: "hooli director"."""
    if len(exact) < 2 or any(_has_role(entry, asked) for entry in match.entries):  # noqa: PLR2004 -- no other
        return None
    others = [one.key for one in exact if one.key != match.key and any(_has_role(entry, asked) for entry in index.entries(one.key, scopes))]
    return _found(others[0], index, scopes) if len(others) == 1 else None


def _has_role(entry: Entry, asked: RoleWords) -> bool:
    title = read_role_words(entry.title)
    return bool(asked.ranks & title.ranks or asked.own_terms & role_nouns() & title.terms)


def _is_shadowed(candidate: Candidate, best: Candidate) -> bool:
    """Tell whether a company only begins with what is the whole name of the best one, as Outlier AI with Outlier."""
    return candidate.form == best.form and best.kind <= FormKind.ALIAS < candidate.kind


def _decide_related(typed: str, index: CompanyIndex, scopes: Collection[str]) -> NearTie | None:
    """Ask back the companies that the typed name begins, or shares all but the kind of company with; None if there are none."""
    related = _related(typed, company_key(typed), index, scopes)
    return NearTie(typed=typed, names=_names(related, index, scopes)) if related else None


def _nearest(ranked: list[Candidate], index: CompanyIndex, scopes: Collection[str]) -> tuple[str, ...]:
    """Return the names that come nearest."""
    return _names([candidate.key for candidate in ranked[:_NEAREST]], index, scopes)


def _related(typed: str, key: str, index: CompanyIndex, scopes: Collection[str]) -> list[str]:
    """Return companies whose name the typed one begins, or shares all but the kind of company with: worth asking, never sure."""
    same_core = [candidate.key for candidate in index.holding(core_of(typed), scopes) if candidate.kind <= FormKind.CORE]
    beginning = index.starting(key, scopes, limit=_MOST_NAMES + 1) if len(key) >= _SHORTEST_BEGINNING else []
    begun = [company for company in beginning if company.startswith(key)]
    return same_core or (begun if len(begun) <= _MOST_NAMES else [])


def _cost(candidate: Candidate, key: str) -> tuple[int, float, FormKind]:
    """Return what candidates are ranked by: edits, then likeness at the start of the name."""
    return candidate.distance, JaroWinkler.distance(candidate.form, key), candidate.kind


def _found(key: str, index: CompanyIndex, scopes: Collection[str]) -> Found:
    """Return the company as found."""
    entries = index.entries(key, scopes)
    return Found(key=key, name=entries[0].company, entries=entries)


def _names(keys: list[str], index: CompanyIndex, scopes: Collection[str]) -> tuple[str, ...]:
    """Return the companies' names, as many as are asked back at most."""
    return tuple(index.name(key, scopes) for key in keys[:_MOST_NAMES])


# The names that a half-typed one may become.

_SHORTEST_COMPLETED = 3


def complete_company(typed: str, index: CompanyIndex, *, scopes: Collection[str], limit: int = 25) -> list[str]:
    """
    Return the names to offer: those that start so, then those with a word that does, then those that look like it.

    Nothing typed gives the names in alphabetical order. `limit` is Discord's for the choices of an autocomplete.

    >>> from bot.questions.company_names import Entry
    >>> index = CompanyIndex([Entry(id=1, scope="everyone", company="Nomad Health"), Entry(id=2, scope="everyone", company="Flex")])
    >>> complete_company("hea", index, scopes={"everyone"}), complete_company("flx", index, scopes={"everyone"})
    (['Nomad Health'], ['Flex'])
    """
    beginning = company_key(typed)
    keys = index.starting(beginning, scopes, limit=limit)
    if len(beginning) >= _SHORTEST_COMPLETED and len(keys) < limit:
        few, many = 1 + len(beginning) // 5, max(2, len(beginning) * 2 // 5)
        near = index.near(beginning, scopes, most_edits=few) or (() if keys else index.near(beginning, scopes, most_edits=many))
        keys = list(dict.fromkeys([*keys, *(candidate.key for candidate in near)]))[:limit]
    return [index.name(key, scopes) for key in keys]


def complete_posting(typed: str, index: CompanyIndex, *, scopes: Collection[str], limit: int = 25) -> list[Entry]:
    """
    Return the postings to offer: those of the companies to offer, and of one company the newest first.

    Behind a colon stands the role: "flex: staff".

    >>> staff = Entry(id=1, scope="everyone", company="Flex", title="Staff Engineer")
    >>> index = CompanyIndex([staff, Entry(id=2, scope="everyone", company="Flex", title="Data Analyst")])
    >>> [entry.title for entry in complete_posting("fle", index, scopes={"everyone"})]
    ['Data Analyst', 'Staff Engineer']
    >>> [entry.title for entry in complete_posting("Flex: sta", index, scopes={"everyone"})]
    ['Staff Engineer', 'Data Analyst']
    """
    name, role = split_role(typed)
    entries: list[Entry] = []
    for company in complete_company(name, index, scopes=scopes, limit=limit):
        own = index.entries(company_key(company), scopes)
        beginning = [entry for entry in own if role and role.casefold() in entry.title.casefold()]
        fitting = beginning or (pick_postings(role, own) if role and len(own) > 1 else ())
        entries += dict.fromkeys([*fitting, *own])
        if len(entries) >= limit:
            break
    return entries[:limit]


# The other postings of a company.


def sibling_of(number: int, index: CompanyIndex) -> int | None:
    """Return the other posting of the company, where it has just two."""
    entry = index.titles.entry(number)
    entries = index.entries(company_key(entry.company), {entry.scope}) if entry else ()
    others = [one.id for one in entries if one.id != number]
    return others[0] if len(others) == 1 else None


def sibling_at(number: int, place: Place, *, index: CompanyIndex) -> int | None:
    """Return the one other posting at a place where this one is not: of its company, or of the only one that is called after a city."""
    entry = index.titles.entry(number)
    exact = [term for term in place_terms([place.country], place.state, city=place.city) if term][-1:]
    if entry is None or not exact or exact[0] in posting_words(entry).beside:
        return None
    own = [one for one in index.entries(company_key(entry.company), {entry.scope}) if entry.company]
    there = [one.id for one in own if exact[0] in posting_words(one).beside]
    if not there and place.city:  # "what about groningen" asks for the university there
        found = map(index.titles.entry, index.titles.holding(exact[0], {entry.scope}))
        there = [one.id for one in found if one and exact[0].removeprefix("@") in company_words(one.company)]
    return there[0] if len(there) == 1 else None
