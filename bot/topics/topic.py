"""What a topic is: how people ask for it, how it is found in a posting, how it is told."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from bot.domain.answer import Rendered
from bot.domain.facts import Education, Eligibility, Experience, Fact, Model, Pay
from bot.domain.posting import Posting
from bot.domain.query import Ask, SearchKey, Verdict
from bot.text.document import Document
from bot.topics.written import EDUCATION_FORM, EXPERIENCE_FORM, WORDS_FORM, WrittenForm, choice_form, member_form, phrase_form
from bot.topics.written_places import ELIGIBILITY_FORM, PAY_FORM

# How the values of topics are written for people to correct them: each type of value has its form, a topic may name another.

_FORMS: tuple[tuple[type, WrittenForm[Any]], ...] = (
    (str, WORDS_FORM),
    (Pay, PAY_FORM),
    (Eligibility, ELIGIBILITY_FORM),
    (Experience, EXPERIENCE_FORM),
    (Education, EDUCATION_FORM),
)


def written_form_of(value_type: Any) -> WrittenForm[Any]:
    """
    Return the written form for a type of value; every type has one.

    A text is the posting's own words, and so is a model with nothing but a text.

    >>> written_form_of(str).is_words, written_form_of(Pay).example.partition(" | ")[0]
    (True, '120,000 to 150,000 USD a year (New York)')
    """
    if (form := next((form for known, form in _FORMS if value_type is known), None)) is not None:
        return form
    if isinstance(value_type, type) and issubclass(value_type, Enum):
        return choice_form(value_type)
    if isinstance(value_type, type) and issubclass(value_type, Model):
        fields = list(value_type.model_fields.items())
        if len(fields) == 1 and fields[0][1].annotation is str:
            return phrase_form(value_type, fields[0][0])
    return member_form(TypeAdapter(value_type))


Value = TypeVar("Value")


def find_no_keys(_value: object) -> Iterable[SearchKey]:
    """Return nothing: the topic is not searched by."""
    return ()


class JobSign(Enum):
    """How much a topic shows that a text is a posting."""

    NONE = "none"
    """Other texts tell of it too."""

    BESIDE = "beside"
    """Postings tell of it, and some other texts."""

    ITSELF = "itself"
    """It is what the job is: a page that tells of it and of one topic more is a posting."""


def list_as(word: str) -> Callable[[Sequence[str]], dict[str, Any]]:
    """Return what gives texts as a list under a word of schema.org."""
    return lambda values: {word: list(values)}


@dataclass(frozen=True)
class Topic(Generic[Value]):
    """One thing that people ask about a posting; everything that an interface, the storage and the matching need to know of it."""

    name: str
    """The name in answers and in the database: one word, never changed."""

    command: str
    """The name of its command: `/salary` for pay."""

    label: str
    """What a button or a heading calls it: "Pay"."""

    description: str
    """What the command does, for help and command lists: under 100 characters."""

    asked_as: tuple[str, ...]
    """
    How people ask for it: words and phrases in lower case, matched with their typos.

    `*` stands for a few words in between, `=` before a word for no other form of it.
    """

    value_type: Any
    """The type of one value, for reading it back from JSON."""

    find: Callable[[Document], Sequence[Fact[Value]]]
    """Returns what a posting states, in its order; nothing if it is silent. Pure."""

    tell: Callable[[Sequence[Fact[Value]], str], Rendered]
    """Says what was found in a locale's words, with numbers and countries as it writes them; never called with nothing."""

    many: bool = False
    """Whether a posting may state several values."""

    silence: str = ""
    """What is said when the posting is silent: "The posting does not say ..."."""

    key: str | None = None
    """The key in the command line's JSON where it is not the name."""

    keys: Callable[[Value], Iterable[SearchKey]] = find_no_keys
    """Returns what a value is filed under, to search across postings; a change takes effect where a posting is kept again. Pure."""

    judge: Callable[[Ask, Sequence[Fact[Value]]], Verdict | None] | None = None
    """Weighs what a question names against what is stated, for a yes or no; None where it names nothing to weigh. Pure."""

    written: WrittenForm[Value] | None = None
    """How a value is written for people to correct it, where its type alone does not tell."""

    job_sign: JobSign = JobSign.NONE
    """How much a text that states something on it shows to be a posting."""

    form_group: str = "more"
    """Which form it is corrected in, by the form's name; together with the topics that nobody put anywhere, unless it says."""

    is_next: bool = False
    """Whether its button stands first below every answer: what most people ask next."""

    at_a_glance: bool = False
    """Whether a summary of a posting tells it, or that the posting does not say."""

    side_by_side: bool = False
    """Whether it is told where postings are compared and nothing is named to compare them by."""

    takes_country: bool = False
    """Whether its command has a country as an option."""

    schema_org: Callable[[Sequence[Value]], dict[str, Any]] | None = None
    """Returns what schema.org's JobPosting has words for among the values; nothing that the posting does not state."""

    unstated: Any = field(default=None)
    """What the command line's JSON says when the posting is silent."""

    @cached_property
    def adapter(self) -> TypeAdapter[Value]:
        """Reads and writes one value as JSON."""
        return TypeAdapter(self.value_type)

    @cached_property
    def form(self) -> WrittenForm[Value]:
        """How a value is written for people to correct it."""
        return self.written or written_form_of(self.value_type)

    def render_in(self, locale: str, facts: Sequence[Fact[Value]]) -> Rendered:
        """Say what was found, in the locale's words."""
        return self.tell(facts, locale)

    def facts_in(self, posting: Posting) -> tuple[Fact[Value], ...]:
        """Return what was found in a posting on this topic."""
        return tuple(posting.facts.get(self.name, ()))
