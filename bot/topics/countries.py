"""STUB: Where one may live and work from, and whether a country is among it."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.domain.eligibility import Eligibility
from bot.text.document import Document
from bot.topics.topic import Topic

def find_countries(document: Document) -> Sequence[Fact[Eligibility]]:
    """STUB."""
    return ()


def tell_countries(facts: Sequence[Fact[Eligibility]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


COUNTRIES: Topic[Eligibility] = Topic(
    name="countries",
    command="countries",
    label="Countries",
    description="Where one may live and work from, and whether a country is among it",
    asked_as=(
        "countries",
        "country",
        "where can i work from",
        "can i apply from",
        "can i work from",
        "which countries",
        "where do you need to live",
        "where is it based",
        "location",
        "where",
        "hire in",
        "hiring in",
        "eligible",
        "live in",
        "living in",
        "based in",
        "located",
        "outside the us",
        "relocate",
        "from my country",
        "where are they hiring",
    ),
    value_type=Eligibility,
    find=find_countries,
    tell=tell_countries,
    silence="The posting does not say from which countries one may apply.",
    key="eligibility",
    unstated={"scope": "unstated", "countries": [], "areas": [], "excluded": [], "us_states": []},
)
