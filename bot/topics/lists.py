"""What the applicant must have."""

from collections.abc import Iterable, Sequence

from pydantic import TypeAdapter

from bot.domain.answer import Rendered
from bot.domain.facts import Fact, Quote
from bot.text.clean import fold_space
from bot.text.document import Document
from bot.text.headings import SectionKind
from bot.text.items import items_of
from bot.text.translations import say
from bot.topics.topic import JobSign, Topic, list_as

# What the topics that are lists of items share: finding the items, and telling them.

_TEXT_FACTS = TypeAdapter(list[Fact[str]])


def to_text_facts(told: Iterable[tuple[str, Quote | dict[str, str | None]]]) -> tuple[Fact[str], ...]:
    """Return the facts that values in words and their quotes are: all made at once, which takes a third of the time of one by one."""
    return tuple(_TEXT_FACTS.validate_python([{"value": value, "quote": quote} for value, quote in told]))


def find_listed(document: Document, kind: SectionKind) -> tuple[Fact[str], ...]:
    """Return a document's items of one kind: the value is the item without marks, the quote the item as it stands."""
    items = items_of(document, kind)
    return to_text_facts((fold_space(line.text), {"text": line.marked.raw, "heading": line.heading}) for line in items)


def render_listed(facts: Sequence[Fact[str]], locale: str, *, one: str, many: str) -> Rendered:
    """
    Say how many items there are, and list them.

    >>> from bot.domain.facts import Quote
    >>> render_listed([Fact[str](value="Go", quote=Quote(text="Go"))], "en", one="1 requirement:", many="{number} requirements:").sentence
    '1 requirement:'
    """
    return Rendered(sentence=say(one if len(facts) == 1 else many, locale, number=len(facts)), items=tuple(fact.value for fact in facts))


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


def render_requirements(facts: Sequence[Fact[str]], locale: str = "en") -> Rendered:
    """Say how many there are and list them."""
    return render_listed(facts, locale, one="1 requirement:", many="{number} requirements:")


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
    tell=render_requirements,
    many=True,
    silence="The posting does not list requirements.",
    job_sign=JobSign.ITSELF,
    form_group="asked",
    is_next=True,
    schema_org=list_as("qualifications"),
    unstated=[],
)


# What is welcome but not required.


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


def render_preferred(facts: Sequence[Fact[str]], locale: str = "en") -> Rendered:
    """Say how many there are and list them."""
    return render_listed(facts, locale, one="1 point that is welcome:", many="{number} points that are welcome:")


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
    tell=render_preferred,
    many=True,
    silence="The posting does not list anything as merely nice to have.",
    job_sign=JobSign.BESIDE,
    form_group="asked",
    unstated=[],
)


# What one does in the job.


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


def render_responsibilities(facts: Sequence[Fact[str]], locale: str = "en") -> Rendered:
    """Say how many there are and list them."""
    return render_listed(facts, locale, one="1 responsibility:", many="{number} responsibilities:")


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
    tell=render_responsibilities,
    many=True,
    silence="The posting does not say what one does in the job.",
    job_sign=JobSign.ITSELF,
    form_group="job",
    schema_org=list_as("responsibilities"),
    unstated=[],
)


# What the employer offers besides pay.


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


def render_benefits(facts: Sequence[Fact[str]], locale: str = "en") -> Rendered:
    """Say how many there are and list them."""
    return render_listed(facts, locale, one="1 benefit:", many="{number} benefits:")


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
    tell=render_benefits,
    many=True,
    silence="The posting does not list benefits.",
    job_sign=JobSign.BESIDE,
    form_group="terms",
    schema_org=list_as("jobBenefits"),
    unstated=[],
)
