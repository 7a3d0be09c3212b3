"""The base of every value in the domain, and the facts that a posting states."""

from enum import StrEnum
from functools import partial
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Model(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# A fact is a value and the posting's own words that state it.

Value = TypeVar("Value")


class Quote(Model):
    """The posting's own words, as they stand in its text (after encoding repair)."""

    text: str
    """The words, markup included; found in the posting's text when white space is folded."""

    heading: str | None = None
    """The heading that they stand under, as the posting spells it; None above the first heading."""


class Fact(Model, Generic[Value]):
    """
    One thing that a posting states.

    >>> Fact[int](value=5, quote=Quote(text="5+ years with Python")).value
    5
    """

    value: Value
    quote: Quote

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as a plain Fact: the class that was made for one type of value has no name there."""
        return partial(Fact, value=self.value, quote=self.quote), ()


# What a posting says it pays, as written: never converted, never annualised.


class Period(StrEnum):
    """What an amount is paid for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PayKind(StrEnum):
    """Base pay, or everything together (on-target earnings, total compensation)."""

    BASE = "base"
    TOTAL = "total"


class Pay(Model):
    """
    One statement of pay; a posting may hold several, by place or by level.

    >>> Pay(maximum=30, currency="USD", per=Period.HOUR).minimum is None
    True
    """

    minimum: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """In units of the currency; None for "up to"."""

    maximum: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """In units of the currency; None for "from"; one figure is both minimum and maximum."""

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    per: Period
    kind: PayKind | None = None

    where: str | None = None
    """The posting's own words for the place or level that the statement holds for."""

    @model_validator(mode="after")
    def _has_ordered_amounts(self) -> Self:
        if self.minimum is None and self.maximum is None:
            raise ValueError("pay needs a minimum or a maximum")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("the minimum of pay is above its maximum")
        return self


# From where a posting lets people apply: three-valued, because silence is never a no.


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

    provinces: tuple[str, ...] = ()
    """Postal codes of the provinces and territories of Canada that the job is bound to."""


# What a posting asks of the applicant's past: years and degrees.


class Experience(Model):
    """The least number of years asked for."""

    years: float = Field(ge=0, le=60)
    """In years; half years occur."""

    where: str | None = None
    """The posting's own words for the level that it holds for, where it names several; or that it holds without a degree."""


class EducationLevel(StrEnum):
    """Degrees, lowest first."""

    NONE = "none"
    HIGH_SCHOOL = "high_school"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"


class Education(Model):
    """The lowest degree that a posting names as enough."""

    level: EducationLevel
    required: bool
    """False where the degree is only preferred or experience may stand in for it."""
