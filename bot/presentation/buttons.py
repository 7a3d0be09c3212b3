"""What pressing a button means, written into the button's id, so that it is understood after a restart."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.text.gazetteer import country_codes
from bot.topics import BY_NAME, OTHER

PATTERN = r"rolecall:.{0,90}"
"""Every id of a button of ours; what stands in it is checked by `read_press`."""


class Verb(StrEnum):
    """What is to be done."""

    ASK = "ask"
    """Answer the topic about the posting, in a message of its own."""

    PICK = "pick"
    """The posting is the one that was meant: answer in place."""

    PAGE = "page"
    """Show another page of the answer in place."""

    MORE = "more"
    """Show all topics below the answer."""

    LIST = "list"
    """Show another page of the postings in place."""

    FORGET = "forget"
    """Forget what is remembered of the person."""


@dataclass(frozen=True)
class Press:
    """One press of a button."""

    verb: Verb
    posting: int = 0
    """The id; 0 for none."""

    topic: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""

    page: int = 0
    """Counts from 0."""

    owner: int = 0
    """Whose question it was; what others press is answered to them alone."""

    @property
    def id(self) -> str:
        """The button's id."""
        return f"rolecall:{self.verb}:{self.posting}:{self.topic or ''}:{self.country or ''}:{self.page}:{self.owner}"


_ID = re.compile(
    rf"rolecall:(?P<verb>{'|'.join(Verb)}):(?P<posting>\d{{1,18}}):(?P<topic>[a-z_]{{0,30}}):(?P<country>[A-Z]{{2}})?:(?P<page>\d{{1,4}}):(?P<owner>\d{{1,20}})"
)


def read_press(written: str) -> Press | None:
    """
    Read a button's id; None for one that no button of ours has, whoever made it up.

    >>> read_press(Press(Verb.ASK, posting=7, topic="pay").id).topic
    'pay'
    >>> read_press("rolecall:ask:7:passwords::0:1") is None
    True
    """
    match = _ID.fullmatch(written) if written.isascii() else None
    if match is None:
        return None
    topic, country = match["topic"] or None, match["country"]
    if topic not in (None, OTHER, *BY_NAME) or (country and country not in country_codes()):
        return None
    return Press(
        Verb(match["verb"]),
        posting=int(match["posting"]),
        topic=topic,
        country=country,
        page=int(match["page"]),
        owner=int(match["owner"]),
    )
