"""What one does in the job."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.text.section_kind import SectionKind
from bot.topics.listed import find_listed, tell_listed
from bot.topics.topic import Topic


def find_responsibilities(document: Document) -> Sequence[Fact[str]]:
    r"""
    Return what one does in the job, one fact for each item, in the posting's order.

    >>> from bot.text.lines import read_lines
    >>> def found(body):
    ...     document = Document(title=None, company=None, link=None, location=None, lines=read_lines(body))
    ...     return [fact.value for fact in find_responsibilities(document)]
    >>> found("## What you'll do\n* Bake bread")
    ['Bake bread']
    >>> found("## Our story\n* We bake bread")
    []
    """
    return find_listed(document, SectionKind.RESPONSIBILITIES)


def tell_responsibilities(facts: Sequence[Fact[str]]) -> Telling:
    """Say how many there are and list them."""
    return tell_listed(facts, one="responsibility", many="responsibilities")


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
        "daily work",
        "building",
        "what would i be doing",
        "what will i be doing",
        "what would i work on",
        "actually do",
        "what do you do",
        "be working on",
        "the work like",
        "role involve",
        "job like",
    ),
    value_type=str,
    find=find_responsibilities,
    tell=tell_responsibilities,
    many=True,
    silence="The posting does not say what one does in the job.",
    unstated=[],
)
