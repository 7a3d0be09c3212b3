"""Which postings a person means who names one by its company, and perhaps its role."""

from collections.abc import Collection, Sequence

from rapidfuzz.distance import OSA

from bot.matching.company_index import CompanyIndex
from bot.matching.company_match import CompanyMatch, Entry, Found, Unknown
from bot.matching.match_company import match_company, split_role
from bot.matching.mentions import find_company_mention
from bot.matching.role_words import read_role_words, written_words
from bot.matching.roles import pick_postings
from bot.matching.titles import find_by_title

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
