"""What pressing a button or sending a form means, written into its id, so that it is understood after a restart."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.text.gazetteer import country_codes
from bot.topics import BY_NAME, OTHER

PATTERN = r"(?:rolecall|manage):.{0,91}"
"""Every id of a button or form of ours; what stands in it is checked by `read_button_id`."""


class ButtonAction(StrEnum):
    """What is to be done: first what anybody may do, then what takes the right to manage postings."""

    ASK = "ask"
    """Answer the topic about the posting, in a message of its own."""

    PICK = "pick"
    """The posting is the one that was meant: answer in place."""

    PAGE = "page"
    """Show another page of the answer in place."""

    MORE = "more"
    """Show all topics below the answer."""

    LIST = "list"
    FORGET = "forget"
    PRIVACY = "privacy"
    REPORT = "report"
    """Open the form to say that the answer is not right."""

    REPORTED = "reported"
    """That form was sent."""

    ADD = "add"
    """Open the form for a posting's text."""

    SET_UP = "setup"
    """A form with a server's settings was sent."""

    ADD_EXAMPLES = "examples"
    DROP_EXAMPLES = "dropexamples"
    SILENT = "silent"
    """Show a page of a list's postings that leave open whether they fit, in place."""

    COMPARE = "compare"
    """Put the postings of a list's page side by side, in a message of its own."""

    FIT = "fit"
    """Say whether the posting fits the person."""

    WHOLE = "whole"
    """Show the posting's whole text, in a message of its own."""

    LEAF = "leaf"
    """Show another page of that text in place."""

    TELL = "tell"
    """Open the form in which a person tells of themselves; what is answered with a form is answered at once."""

    TOLD = "told"
    """That form was sent."""

    KEEP_TOLD = "keeptold"
    GIVE_TOLD = "givetold"
    """Give the person a file of what they told of themselves."""

    WATCH = "watch"
    """Have the person told of the posting's company, or of what the answer's search finds."""

    WATCH_POSTING = "watchone"
    """Watch the posting alone, in the place of the watch that is named."""

    SET_PACE = "setpace"
    """Tell what a watch is about at once, daily or weekly."""

    WATCHES = "watches"
    """Show a page of the person's watches, or of those of the server's channels, in place."""

    END_WATCH = "endwatch"
    END_WATCHES = "endwatches"
    RESUME = "resume"
    """Go on with watches that were paused."""

    LOOK = "look"
    """Show a page of a proposal's preview in place."""

    KEEP = "keep"
    KEEP_AS_UPDATE = "update"
    """Keep the proposal as a new revision of the posting that is named."""

    KEEP_AS_NEW = "new"
    """Keep the proposal as a posting of its own although one of its name is there."""

    LOOK_AGAIN = "again"
    """Show the proposal against what is kept now, which somebody changed meanwhile."""

    UNDO = "undo"
    """Take back what led to the revision that is named."""

    CORRECT = "correct"
    """Show what can be corrected."""

    OPEN_FORM = "form"
    """Open the form of a group of fields; what is answered with a form is answered at once."""

    TYPED = "typed"
    """A form with corrections was sent."""

    CANCEL = "cancel"
    PASTED = "pasted"
    """A form with a posting's text was sent."""

    ADD_ALL = "addall"
    """Keep all postings of an upload that holds several."""

    DROP_ALL = "dropall"
    ASK_REMOVE = "askremove"
    REMOVE = "remove"
    LEAVE = "leave"
    """Do not remove it after all."""

    ASK_RESTORE = "askrestore"
    """Show what bringing back an older revision would change."""

    RESTORE = "restore"
    """Bring back a removed posting, or the revision that is named."""

    EDIT = "edit"
    LIST_MANAGED = "listmanaged"
    """Show a page of one of the managers' lists in place."""

    HISTORY = "history"
    FOLLOW = "follow"
    CLOSE_REPORT = "closereport"


WITH_CLOSED = "_closed"
"""How the group of a list's button ends that shows closed postings too."""

OF_WATCHES = frozenset(
    {
        *(ButtonAction.WATCH, ButtonAction.WATCH_POSTING, ButtonAction.SET_PACE, ButtonAction.WATCHES),
        *(ButtonAction.END_WATCH, ButtonAction.END_WATCHES, ButtonAction.RESUME),
    }
)
FOR_ANYBODY = OF_WATCHES | frozenset(
    {
        *(ButtonAction.ASK, ButtonAction.PICK, ButtonAction.PAGE, ButtonAction.MORE, ButtonAction.LIST, ButtonAction.FORGET),
        *(ButtonAction.SILENT, ButtonAction.COMPARE, ButtonAction.FIT, ButtonAction.TELL, ButtonAction.TOLD, ButtonAction.KEEP_TOLD),
        *(ButtonAction.GIVE_TOLD, ButtonAction.REPORT, ButtonAction.REPORTED, ButtonAction.PRIVACY),
        *(ButtonAction.WHOLE, ButtonAction.LEAF),
    }
)

BESIDE = frozenset(
    {
        *(ButtonAction.ASK, ButtonAction.COMPARE, ButtonAction.FIT, ButtonAction.TELL, ButtonAction.GIVE_TOLD, ButtonAction.WATCH),
        ButtonAction.WHOLE,
    }
)
"""What is answered in a message of its own."""


@dataclass(frozen=True, slots=True)
class ButtonId:
    """
    One button, or one form: what is to be done, and with what.

    >>> ButtonId(ButtonAction.ASK, posting=7, topic="pay").id, ButtonId(ButtonAction.REMOVE, posting=7, revision=2).id
    ('rolecall:ask:7:pay::0:0', 'rolecall:remove:7:::0:0:2::')
    """

    action: ButtonAction
    posting: int = 0
    """The id, for watches theirs; 0 for none."""

    topic: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""

    page: int = 0
    """Counts from 0."""

    owner: int = 0
    """Whose question it was; what others press is answered to them alone."""

    revision: int = 0
    """0 for none."""

    group: str = ""
    """The name of a group of fields, which list is shown, or whose watch it is."""

    proposal: str = ""
    """Of a proposal, of an upload that waits, of a report, or of a message about a watch."""

    @property
    def id(self) -> str:
        """The button's id, at most 100 characters."""
        managed = "" if self.action in FOR_ANYBODY and not self.group else f":{self.revision}:{self.group}:{self.proposal}"
        return f"rolecall:{self.action}:{self.posting}:{self.topic or ''}:{self.country or ''}:{self.page}:{self.owner}{managed}"


_ID = re.compile(
    rf"rolecall:(?P<action>{'|'.join(ButtonAction)}):(?P<posting>\d{{1,18}}):(?P<topic>[a-z_]{{0,30}}):(?P<country>(?:[A-Z]{{2}})?)"
    r":(?P<page>\d{1,4}):(?P<owner>\d{1,20})(?::(?P<revision>\d{1,9}):(?P<group>[a-z_]{0,24}):(?P<proposal>[A-Za-z0-9_-]{0,24}))?"
)
_OF_EARLIER_MESSAGES = re.compile(r"manage:([a-z]{2,12}):([^:]*):([^:]*):([^:]*):([^:]*):([^:]*)")
"""How the managers' buttons were written before: action, proposal, posting, revision, group, page."""


def read_button_id(written: str) -> ButtonId | None:
    """
    Read a button's or form's id; None for one that is none of ours, whoever made it up.

    >>> read_button_id("rolecall:ask:7:pay::0:1").topic, read_button_id("manage:remove::7:0::0").posting
    ('pay', 7)
    >>> read_button_id("rolecall:ask:7:passwords::0:1") is None
    True
    """
    match = _ID.fullmatch(_as_written_now(written)) if written.isascii() else None
    if match is None:
        return None
    action, topic, country = ButtonAction(match["action"]), match["topic"] or None, match["country"] or None
    is_narrowed = (action is ButtonAction.LIST or action in OF_WATCHES) and bool(match["group"])
    is_whole = (match["revision"] is None) == (action in FOR_ANYBODY and not is_narrowed)
    if not is_whole or topic not in (None, OTHER, *BY_NAME) or (country and country not in country_codes()):
        return None
    return ButtonId(
        action,
        posting=int(match["posting"]),
        topic=topic,
        country=country,
        page=int(match["page"]),
        owner=int(match["owner"]),
        revision=int(match["revision"] or 0),
        group=match["group"] or "",
        proposal=match["proposal"] or "",
    )


def _as_written_now(written: str) -> str:
    earlier = _OF_EARLIER_MESSAGES.fullmatch(written)
    if earlier is None:
        return written
    action, proposal, posting, revision, group, page = earlier.groups()
    action = {"list": "listmanaged"}.get(action, action)
    return f"rolecall:{action}:{posting}:::{page}:0:{revision}:{group}:{proposal}"
