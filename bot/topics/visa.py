"""STUB: Whether the employer sponsors a visa."""

from collections.abc import Sequence

from enum import StrEnum
from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

class Sponsorship(StrEnum):
    """STUB."""

    YES = "yes"
    NO = "no"


def find_visa(document: Document) -> Sequence[Fact[Sponsorship]]:
    """STUB."""
    return ()


def tell_visa(facts: Sequence[Fact[Sponsorship]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


VISA: Topic[Sponsorship] = Topic(
    name="visa",
    command="visa",
    label="Visa",
    description="Whether the employer sponsors a visa",
    asked_as=(
        "visa",
        "visas",
        "sponsor",
        "sponsorship",
        "do they sponsor visas",
        "visa sponsorship",
        "work permit",
        "h1b",
        "h-1b",
        "sponsor a visa",
        "sponsor work visas",
    ),
    value_type=Sponsorship,
    find=find_visa,
    tell=tell_visa,
    silence="The posting does not say whether it sponsors visas.",
)
