"""STUB: Which degree is asked for."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.domain.qualification import Education
from bot.text.document import Document
from bot.topics.topic import Topic

def find_education(document: Document) -> Sequence[Fact[Education]]:
    """STUB."""
    return ()


def tell_education(facts: Sequence[Fact[Education]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


EDUCATION: Topic[Education] = Topic(
    name="education",
    command="education",
    label="Education",
    description="Which degree is asked for",
    asked_as=(
        "education",
        "degree",
        "degree needed",
        "do i need a degree",
        "bachelor",
        "bachelors",
        "master",
        "masters",
        "phd",
        "doctorate",
        "diploma",
        "college",
        "university degree",
        "cs degree",
    ),
    value_type=Education,
    find=find_education,
    tell=tell_education,
    silence="The posting does not name a degree.",
)
