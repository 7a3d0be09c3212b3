"""STUB: Where and how to apply."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

def find_apply(document: Document) -> Sequence[Fact[str]]:
    """STUB."""
    return ()


def tell_apply(facts: Sequence[Fact[str]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


APPLY: Topic[str] = Topic(
    name="apply",
    command="apply",
    label="Apply",
    description="Where and how to apply",
    asked_as=(
        "apply",
        "apply link",
        "how do i apply",
        "how to apply",
        "where do i apply",
        "application",
        "link",
        "url",
        "deadline",
        "deadline to apply",
        "who do i email",
        "application process",
    ),
    value_type=str,
    find=find_apply,
    tell=tell_apply,
    many=True,
    silence="The posting does not say how to apply.",
)
