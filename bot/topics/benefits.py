"""STUB: What the employer offers besides pay."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

def find_benefits(document: Document) -> Sequence[Fact[str]]:
    """STUB."""
    return ()


def tell_benefits(facts: Sequence[Fact[str]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


BENEFITS: Topic[str] = Topic(
    name="benefits",
    command="benefits",
    label="Benefits",
    description="What the employer offers besides pay",
    asked_as=(
        "benefits",
        "perks",
        "perk",
        "what do they offer",
        "health insurance",
        "vacation",
        "pto",
        "paid time off",
        "holiday",
        "holidays",
        "parental leave",
        "401k",
        "401k match",
        "pension",
        "dental",
        "time off",
        "days off",
        "sick leave",
        "insurance",
    ),
    value_type=str,
    find=find_benefits,
    tell=tell_benefits,
    many=True,
    silence="The posting does not list benefits.",
    unstated=[],
)
