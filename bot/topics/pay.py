"""STUB: What the posting pays, as written."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.domain.pay import Pay
from bot.text.document import Document
from bot.topics.topic import Topic

def find_pay(document: Document) -> Sequence[Fact[Pay]]:
    """STUB."""
    return ()


def tell_pay(facts: Sequence[Fact[Pay]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


PAY: Topic[Pay] = Topic(
    name="pay",
    command="salary",
    label="Pay",
    description="What the posting pays, as written",
    asked_as=(
        "pay",
        "salary",
        "what does it pay",
        "how much does it pay",
        "how much",
        "compensation",
        "comp",
        "wage",
        "salary range",
        "pay range",
        "base",
        "base pay",
        "money",
        "rate",
        "hourly rate",
        "pay per hour",
        "earn",
        "make",
        "remuneration",
        "offering",
    ),
    value_type=Pay,
    find=find_pay,
    tell=tell_pay,
    many=True,
    silence="The posting does not say what it pays.",
)
