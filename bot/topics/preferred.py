"""What is welcome but not required."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document
from bot.text.section_kind import SectionKind
from bot.topics.listed import find_listed, tell_listed
from bot.topics.topic import Topic


def find_preferred(document: Document) -> Sequence[Fact[str]]:
    r"""
    Return what is welcome and not required, from its own list or the requirements, one fact for each item, in order.

    >>> from bot.text.lines import read_lines
    >>> def found(body):
    ...     document = Document(title=None, company=None, link=None, location=None, lines=read_lines(body))
    ...     return [fact.value for fact in find_preferred(document)]
    >>> found("## Requirements\n* Five years with Go\n* Rust is a plus")
    ['Rust is a plus']
    >>> found("## Requirements\n* Five years with Go; Rust is a plus")
    []
    """
    return find_listed(document, SectionKind.PREFERRED)


def tell_preferred(facts: Sequence[Fact[str]]) -> Telling:
    """Say how many there are and list them."""
    return tell_listed(facts, one="point that is welcome", many="points that are welcome")


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
        "desirable",
        "what would help",
        "bonus",
        "would be nice",
        "would * help",
        "like to see",
        "would knowing",
        "extra points",
        "nice-to-have",
        "nice-to-haves",
    ),
    value_type=str,
    find=find_preferred,
    tell=tell_preferred,
    many=True,
    silence="The posting does not list anything as merely nice to have.",
    unstated=[],
)
