"""What the applicant must have."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.text.section_kind import SectionKind
from bot.topics.listed import find_listed, tell_listed
from bot.topics.topic import Topic


def find_requirements(document: Document) -> Sequence[Fact[str]]:
    r"""
    Return what an applicant must have, one fact for each item, in the posting's order.

    >>> from bot.text.lines import read_lines
    >>> def found(body):
    ...     document = Document(title=None, company=None, link=None, location=None, lines=read_lines(body))
    ...     return [fact.value for fact in find_requirements(document)]
    >>> found("## Requirements\n* Five years with Go\n* Rust is a plus")
    ['Five years with Go']
    >>> found("## About us\n* Experience is our strength")
    []
    """
    return find_listed(document, SectionKind.REQUIREMENTS)


def tell_requirements(facts: Sequence[Fact[str]]) -> Telling:
    """Say how many there are and list them."""
    return tell_listed(facts, one="requirement", many="requirements")


REQUIREMENTS: Topic[str] = Topic(
    name="requirements",
    command="requirements",
    label="Requirements",
    description="What the applicant must have",
    asked_as=(
        "requirements",
        "what do they require",
        "qualifications",
        "what do i need",
        "must have",
        "must haves",
        "what are they looking for",
        "who are they looking for",
        "prerequisites",
        "need to know",
        "ideal candidate",
        "background",
        "do they expect",
        "skills do i need",
        "qualified",
        "am i qualified",
        "must i",
        "do i have to",
        "insist on",
        "looking for",
    ),
    value_type=str,
    find=find_requirements,
    tell=tell_requirements,
    many=True,
    silence="The posting does not list requirements.",
    unstated=[],
)
