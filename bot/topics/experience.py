"""STUB: How many years of experience are asked for."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.domain.qualification import Experience
from bot.text.document import Document
from bot.topics.topic import Topic

def find_experience(document: Document) -> Sequence[Fact[Experience]]:
    """STUB."""
    return ()


def tell_experience(facts: Sequence[Fact[Experience]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


EXPERIENCE: Topic[Experience] = Topic(
    name="experience",
    command="experience",
    label="Experience",
    description="How many years of experience are asked for",
    asked_as=(
        "experience",
        "years of experience",
        "how many years",
        "how much experience",
        "years",
        "yrs",
        "yrs of experience",
        "years of exp",
        "seniority",
        "junior enough",
    ),
    value_type=Experience,
    find=find_experience,
    tell=tell_experience,
    silence="The posting does not ask for a number of years.",
)
