"""STUB: Full time, part time, contract, internship or temporary."""

from collections.abc import Sequence

from enum import StrEnum
from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

class EmploymentType(StrEnum):
    """STUB."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACT = "contract"
    INTERNSHIP = "internship"
    TEMPORARY = "temporary"


def find_employment_type(document: Document) -> Sequence[Fact[EmploymentType]]:
    """STUB."""
    return ()


def tell_employment_type(facts: Sequence[Fact[EmploymentType]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


EMPLOYMENT_TYPE: Topic[EmploymentType] = Topic(
    name="employment_type",
    command="contract",
    label="Contract",
    description="Full time, part time, contract, internship or temporary",
    asked_as=(
        "employment type",
        "full time",
        "fulltime",
        "part time",
        "contract or permanent",
        "is it a contract",
        "permanent",
        "contractor",
        "freelance",
        "internship",
        "temporary",
        "contract type",
        "contract",
    ),
    value_type=EmploymentType,
    find=find_employment_type,
    tell=tell_employment_type,
    silence="The posting does not say what kind of contract it is.",
)
