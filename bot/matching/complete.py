"""The names that a half-typed one may become."""

from collections.abc import Collection

from bot.matching.company_index import CompanyIndex
from bot.matching.company_key import company_key

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
