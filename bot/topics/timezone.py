"""STUB: Which time zone or hours the work keeps to."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.domain.model import Model
from bot.text.document import Document
from bot.topics.topic import Topic

class Timezone(Model):
    """A time zone or hours, as the posting words them."""

    text: str


def find_timezone(document: Document) -> Sequence[Fact[Timezone]]:
    """STUB."""
    return ()


def tell_timezone(facts: Sequence[Fact[Timezone]]) -> Telling:
    """STUB."""
    return Telling(sentence=str(facts[0].value), items=tuple(str(fact.value) for fact in facts))


TIMEZONE: Topic[Timezone] = Topic(
    name="timezone",
    command="timezone",
    label="Time zone",
    description="Which time zone or hours the work keeps to",
    asked_as=(
        "timezone",
        "time zone",
        "timezones",
        "time zones",
        "which hours",
        "what hours",
        "working hours",
        "hours overlap",
        "overlap",
        "certain hours",
        "online hours",
    ),
    value_type=Timezone,
    find=find_timezone,
    tell=tell_timezone,
    silence="The posting does not name a time zone or hours.",
)
