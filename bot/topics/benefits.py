"""What the employer offers besides pay."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.text.section_kind import SectionKind
from bot.topics.listed import find_listed, tell_listed
from bot.topics.topic import Topic


def find_benefits(document: Document) -> Sequence[Fact[str]]:
    r"""
    Return what the employer offers besides pay, one fact for each item, in the posting's order.

    >>> from bot.text.lines import read_lines
    >>> def found(body):
    ...     document = Document(title=None, company=None, link=None, location=None, lines=read_lines(body))
    ...     return [fact.value for fact in find_benefits(document)]
    >>> found("## Perks\n* 30 days of vacation")
    ['30 days of vacation']
    >>> found("## Requirements\n* Knows health insurance")
    []
    """
    return find_listed(document, SectionKind.BENEFITS)


def tell_benefits(facts: Sequence[Fact[str]]) -> Telling:
    """Say how many there are and list them."""
    return tell_listed(facts, one="benefit", many="benefits")


BENEFITS: Topic[str] = Topic(
    name="benefits",
    command="benefits",
    label="Benefits",
    description="What the employer offers besides pay",
    asked_as=(
        "benefits",
        "perks",
        "perk",
        "what do they offer",
        "health insurance",
        "vacation",
        "pto",
        "paid time off",
        "holiday",
        "holidays",
        "parental leave",
        "401k",
        "401k match",
        "pension",
        "dental",
        "time off",
        "days off",
        "sick leave",
        "insurance",
    ),
    value_type=str,
    find=find_benefits,
    tell=tell_benefits,
    many=True,
    silence="The posting does not list benefits.",
    unstated=[],
)
