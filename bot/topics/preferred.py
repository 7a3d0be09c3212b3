"""STUB: What is welcome but not required."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

def find_preferred(document: Document) -> Sequence[Fact[str]]:
    """STUB."""
    return ()


def tell_preferred(facts: Sequence[Fact[str]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


PREFERRED: Topic[str] = Topic(
    name="preferred",
    command="preferred",
    label="Nice to have",
    description="What is welcome but not required",
    asked_as=(
        "nice to have",
        "nice to haves",
        "preferred",
        "preferred qualifications",
        "bonus skills",
        "bonus points",
        "a plus",
        "optional skills",
        "desirable",
        "what would help",
        "advantage",
    ),
    value_type=str,
    find=find_preferred,
    tell=tell_preferred,
    many=True,
    silence="The posting does not list anything as merely nice to have.",
    unstated=[],
)
