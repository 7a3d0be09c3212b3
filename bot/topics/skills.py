"""STUB: Which languages, tools and frameworks are named."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

def find_skills(document: Document) -> Sequence[Fact[str]]:
    """STUB."""
    return ()


def tell_skills(facts: Sequence[Fact[str]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


SKILLS: Topic[str] = Topic(
    name="skills",
    command="skills",
    label="Skills",
    description="Which languages, tools and frameworks are named",
    asked_as=(
        "skills",
        "tech stack",
        "stack",
        "tools",
        "technologies",
        "languages",
        "programming languages",
        "frameworks",
        "which tools",
        "what langs",
        "which language",
        "what technology",
        "do they use",
    ),
    value_type=str,
    find=find_skills,
    tell=tell_skills,
    many=True,
    silence="The posting does not name particular languages or tools.",
    unstated=[],
)
