"""STUB: What one does in the job."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

def find_responsibilities(document: Document) -> Sequence[Fact[str]]:
    """STUB."""
    return ()


def tell_responsibilities(facts: Sequence[Fact[str]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


RESPONSIBILITIES: Topic[str] = Topic(
    name="responsibilities",
    command="responsibilities",
    label="Responsibilities",
    description="What one does in the job",
    asked_as=(
        "responsibilities",
        "responsibility",
        "duties",
        "tasks",
        "what would i do",
        "what will i do",
        "day to day",
        "what does the job involve",
        "what would i be building",
        "what is the job",
        "what is the role",
        "work on",
        "daily work",
    ),
    value_type=str,
    find=find_responsibilities,
    tell=tell_responsibilities,
    many=True,
    silence="The posting does not say what one does in the job.",
    unstated=[],
)
