"""STUB: What the posting says about the company."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.topics.topic import Topic

def find_company(document: Document) -> Sequence[Fact[str]]:
    """STUB."""
    return ()


def tell_company(facts: Sequence[Fact[str]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


COMPANY: Topic[str] = Topic(
    name="company",
    command="company",
    label="Company",
    description="What the posting says about the company",
    asked_as=(
        "company",
        "about the company",
        "what does the company do",
        "what do they do",
        "who are they",
        "investors",
        "what is the company",
        "mission",
        "founded",
        "industry",
    ),
    value_type=str,
    find=find_company,
    tell=tell_company,
    many=True,
    silence="The posting does not tell about the company.",
    key="company_about",
)
