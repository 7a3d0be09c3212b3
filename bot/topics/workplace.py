"""STUB: Remote, hybrid or in an office."""

from collections.abc import Sequence

from enum import StrEnum
from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

class Workplace(StrEnum):
    """STUB."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"


def find_workplace(document: Document) -> Sequence[Fact[Workplace]]:
    """STUB."""
    return ()


def tell_workplace(facts: Sequence[Fact[Workplace]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


WORKPLACE: Topic[Workplace] = Topic(
    name="workplace",
    command="workplace",
    label="Workplace",
    description="Remote, hybrid or in an office",
    asked_as=(
        "workplace",
        "remote",
        "is it remote",
        "fully remote",
        "hybrid",
        "onsite",
        "on site",
        "in office",
        "office",
        "days in the office",
        "come in",
        "work from home",
        "wfh",
        "return to office",
    ),
    value_type=Workplace,
    find=find_workplace,
    tell=tell_workplace,
    silence="The posting does not say whether the work is remote, hybrid or in an office.",
    unstated="unstated",
)
