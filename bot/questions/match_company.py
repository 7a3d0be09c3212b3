"""Which company a typed name means, or that it cannot be said, or that there is none."""

from collections.abc import Collection

from rapidfuzz.distance import JaroWinkler

from bot.questions.company_index import Candidate, CompanyIndex
from bot.questions.company_names import CompanyMatch, Entry, FormKind, Found, NearTie, Unknown, company_key, core_of
from bot.questions.roles import CLEAR_FIT, fit_titles, pick_postings
from bot.questions.title_index import RoleWords

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
        return (asked and isinstance(match, NearTie) and _decide_by_title(exact, index, scopes, asked=asked)) or match
    near = index.near(key, scopes, most_edits=max(2, len(key) * 2 // 5))
    ranked = sorted(near, key=lambda candidate: _cost(candidate, key))
    decided = _decide_near(typed, ranked, index, scopes) if ranked else None
    if asked and not isinstance(decided, Found):
        decided = _decide_by_title(_slightly_mistyped(key, ranked), index, scopes, asked=asked) or decided
    return decided or _decide_related(typed, index, scopes) or Unknown(typed=typed, nearest=_nearest(ranked, index, scopes))


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
        near = index.near(beginning, scopes, most_edits=1 + len(beginning) // 5)
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
