"""The names that a half-typed one may become."""

from collections.abc import Collection

from bot.matching.company_index import CompanyIndex
from bot.matching.company_key import company_key
from bot.matching.company_match import Entry
from bot.matching.match_company import split_role
from bot.matching.roles import pick_postings

_SHORTEST_MISTYPED = 3


def complete_company(typed: str, index: CompanyIndex, *, scopes: Collection[str], limit: int = 25) -> list[str]:
    """
    Return the names to offer: those that start so, then those with a word that does, then those that look like it.

    Nothing typed gives the names in alphabetical order. `limit` is Discord's for the choices of an autocomplete.

    >>> from bot.matching.company_match import Entry
    >>> index = CompanyIndex([Entry(id=1, scope="everyone", company="Nomad Health"), Entry(id=2, scope="everyone", company="Flex")])
    >>> complete_company("hea", index, scopes={"everyone"}), complete_company("flx", index, scopes={"everyone"})
    (['Nomad Health'], ['Flex'])
    """
    beginning = company_key(typed)
    keys = index.starting(beginning, scopes, limit=limit)
    if len(beginning) >= _SHORTEST_MISTYPED and len(keys) < limit:
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
