"""Whether somebody in a country may apply: yes, no, or the posting does not say."""

from functools import cache

from bot.domain.eligibility import Area, Eligibility, Eligible, Scope
from bot.text.lexicon import read_lexicon


def tell_whether_eligible(eligibility: Eligibility | None, country: str) -> Eligible:
    """
    Tell whether a posting takes people who live in a country (ISO 3166-1 alpha-2).

    What is excluded is a no; a posting that lists places is a no from everywhere else; one that lists none is unclear, never a no.
    For a country at an area's border ("Europe" and Turkey) it stays unclear.

    >>> tell_whether_eligible(Eligibility(scope=Scope.LISTED, areas=(Area.LATAM,)), "AR")
    <Eligible.YES: 'yes'>
    >>> tell_whether_eligible(None, "AR")
    <Eligible.UNCLEAR: 'unclear'>
    """
    if eligibility is None:
        return Eligible.UNCLEAR
    code = country.upper()
    if code in eligibility.excluded:
        return Eligible.NO
    if eligibility.scope is Scope.WORLDWIDE:
        return Eligible.YES
    if eligibility.scope is Scope.UNSTATED:
        return Eligible.UNCLEAR
    if code in eligibility.countries or any(code in countries_of(area) for area in eligibility.areas):
        return Eligible.YES
    return Eligible.UNCLEAR if any(code in _borders_of(area) for area in eligibility.areas) else Eligible.NO


@cache
def countries_of(area: Area) -> frozenset[str]:
    """
    Return the countries in an area (ISO 3166-1 alpha-2).

    >>> sorted(countries_of(Area.DACH))
    ['AT', 'CH', 'DE']
    """
    table: dict[str, str] = read_lexicon("areas")["countries"]
    codes: set[str] = set()
    for word in table[area].split():
        codes |= countries_of(Area(word[1:])) if word.startswith("+") else {word}
    return frozenset(codes)


@cache
def _borders_of(area: Area) -> frozenset[str]:
    return frozenset(read_lexicon("areas")["borders"].get(area, "").split())
