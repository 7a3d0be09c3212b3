"""STUB: What the applicant must have."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

def find_requirements(document: Document) -> Sequence[Fact[str]]:
    """STUB."""
    return ()


def tell_requirements(facts: Sequence[Fact[str]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


REQUIREMENTS: Topic[str] = Topic(
    name="requirements",
    command="requirements",
    label="Requirements",
    description="What the applicant must have",
    asked_as=(
        "requirements",
        "require",
        "required",
        "what do they require",
        "qualifications",
        "what do i need",
        "must have",
        "must haves",
        "what are they looking for",
        "who are they looking for",
        "prerequisites",
        "do i need",
        "need to know",
        "ideal candidate",
    ),
    value_type=str,
    find=find_requirements,
    tell=tell_requirements,
    many=True,
    silence="The posting does not list requirements.",
    unstated=[],
)
