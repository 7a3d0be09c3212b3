"""What a posting says it pays, as written: never converted, never annualised."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from bot.domain.model import Model


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
    """ISO 4217."""

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
