"""From where a posting lets people apply: three-valued, because silence is never a no."""

from enum import StrEnum

from pydantic import Field

from bot.domain.model import Model


class Scope(StrEnum):
    """How far a posting hires."""

    LISTED = "listed"
    WORLDWIDE = "worldwide"
    UNSTATED = "unstated"


class Area(StrEnum):
    """A part of the world that postings name as such."""

    EUROPE = "EUROPE"
    EU = "EU"
    EEA = "EEA"
    EMEA = "EMEA"
    LATAM = "LATAM"
    NORTH_AMERICA = "NORTH_AMERICA"
    SOUTH_AMERICA = "SOUTH_AMERICA"
    AMERICAS = "AMERICAS"
    APAC = "APAC"
    ASIA = "ASIA"
    AFRICA = "AFRICA"
    MIDDLE_EAST = "MIDDLE_EAST"
    OCEANIA = "OCEANIA"
    NORDICS = "NORDICS"
    DACH = "DACH"
    CIS = "CIS"
    CARIBBEAN = "CARIBBEAN"


class Eligible(StrEnum):
    """Whether someone in a country may apply; unclear where the posting does not say."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class Eligibility(Model):
    """Where the person may live and work from, as the posting lists it."""

    scope: Scope
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes, in the posting's order."""

    areas: tuple[Area, ...] = ()
    """Areas stated as such; not expanded into countries."""

    excluded: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes of countries it says it cannot hire in."""

    us_states: tuple[str, ...] = Field(default=())
    """Postal codes of the US states that the job is bound to."""
