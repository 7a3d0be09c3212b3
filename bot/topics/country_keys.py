"""What a posting is filed under for the countries that it hires in, and what to search for to find who hires in one."""

from bot.domain.eligibility import Area, Eligibility, Scope
from bot.domain.search import Criterion, SearchKey
from bot.topics.eligible import countries_of


def find_country_keys(eligibility: Eligibility) -> tuple[SearchKey, ...]:
    """
    Return the countries and areas as given (areas are not expanded), "worldwide", and what is excluded.

    >>> kenya = Eligibility(scope=Scope.LISTED, countries=("KE",), areas=(Area.EU,), excluded=("US",))
    >>> [found.key for found in find_country_keys(kenya)]
    ['KE', 'area:EU', 'not:US']
    >>> [found.key for found in find_country_keys(Eligibility(scope=Scope.UNSTATED))]
    []
    """
    keys = (
        *eligibility.countries,
        *(f"area:{area.value}" for area in eligibility.areas),
        *(["worldwide"] if eligibility.scope is Scope.WORLDWIDE else []),
        *(f"not:{code}" for code in eligibility.excluded),
    )
    return tuple(map(SearchKey, keys))


def hiring_in(country: str) -> Criterion:
    """
    Return what finds the postings that take people in a country (ISO 3166-1 alpha-2).

    They are exactly those of which `tell_whether_eligible` says yes.

    >>> hiring_in("KE").keys, hiring_in("ke").without
    (('KE', 'worldwide', 'area:EMEA', 'area:AFRICA'), ('not:KE',))
    """
    code = country.upper()
    areas = (f"area:{area.value}" for area in Area if code in countries_of(area))
    return Criterion(topic="countries", keys=(code, "worldwide", *areas), without=(f"not:{code}",))
