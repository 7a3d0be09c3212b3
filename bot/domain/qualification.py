"""What a posting asks of the applicant's past: years and degrees."""

from enum import StrEnum

from pydantic import Field

from bot.domain.model import Model


class Experience(Model):
    """The least number of years asked for."""

    years: float = Field(ge=0, le=60)
    """In years; half years occur."""


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
