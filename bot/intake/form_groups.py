"""Which fields of a posting stand together in one form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.correction import HeadField
from bot.topics import TOPICS

MOST_FIELDS = 5
"""What fits in a form on Discord."""


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Fields that are corrected together."""

    name: str
    """One word, never changed: it stands in the ids of buttons."""

    label: str
    """What its button and its form are called, at most 45 characters."""

    fields: tuple[str, ...]
    """HeadFields and names of topics, at most five."""


HEAD_LABELS = {HeadField.TITLE: "Title", HeadField.COMPANY: "Company's name", HeadField.LINK: "Link", HeadField.LOCATION: "Location"}

_GROUPS = (
    FormGroup("head", "Title, company, link, location", (HeadField.TITLE, HeadField.COMPANY, HeadField.LINK, HeadField.LOCATION)),
    FormGroup("terms", "Pay, contract, benefits, visa", ("pay", "employment_type", "benefits", "visa")),
    FormGroup("where", "Countries, workplace, time zone", ("countries", "workplace", "timezone")),
    FormGroup("asked", "What is asked for", ("requirements", "preferred", "skills", "experience", "education")),
    FormGroup("job", "Responsibilities, how to apply", ("responsibilities", "apply", "company")),
)


def group_rest(names: Iterable[str], groups: Iterable[FormGroup]) -> Iterator[FormGroup]:
    """
    Yield groups of the topics that none of the groups has, in fives.

    >>> list(group_rest(["pay", "luck"], [FormGroup("terms", "Terms", ("pay",))]))
    [FormGroup(name='more', label='More', fields=('luck',))]
    """
    grouped = {field for group in groups for field in group.fields}
    rest = [name for name in names if name not in grouped]
    for number, start in enumerate(range(0, len(rest), MOST_FIELDS), 1):
        suffix = "" if number == 1 else str(number)
        yield FormGroup(f"more{suffix}", f"More {suffix}".strip(), tuple(rest[start : start + MOST_FIELDS]))


FORM_GROUPS: tuple[FormGroup, ...] = (*_GROUPS, *group_rest((topic.name for topic in TOPICS), _GROUPS))
"""The one ordered list: every head field and every topic once. A topic that nobody has put into a group comes last."""
