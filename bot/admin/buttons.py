"""What a button or a sent form of the managing commands means, written into its id, so that it is understood after a restart."""

import re
from dataclasses import dataclass
from enum import StrEnum

ADMIN_PATTERN = r"manage:.{0,90}"
"""Every id of ours that manages; what stands in it is checked by `read_managing_press`."""


class ManagingVerb(StrEnum):
    """What is to be done."""

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
    """Open the form of a group of fields."""

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
    LIST = "list"
    """Show a page of the list in place."""

    HISTORY = "history"
    """Show a page of the history in place."""


OPENS_FORM = frozenset({ManagingVerb.OPEN_FORM})
"""What is answered with a form, and so at once."""


@dataclass(frozen=True)
class ManagingPress:
    """
    One press of a button, or one form that was sent.

    >>> ManagingPress(ManagingVerb.REMOVE, posting=7).id
    'manage:remove::7:0::0'
    """

    verb: ManagingVerb
    proposal: str = ""
    posting: int = 0
    """The id; 0 for none."""

    revision: int = 0
    """0 for none."""

    group: str = ""
    """The name of a group of fields, or which list is shown."""

    page: int = 0
    """Counts from 0."""

    @property
    def id(self) -> str:
        """The button's or form's id."""
        return f"manage:{self.verb}:{self.proposal}:{self.posting}:{self.revision}:{self.group}:{self.page}"


_ID = re.compile(
    rf"manage:(?P<verb>{'|'.join(ManagingVerb)}):(?P<proposal>[A-Za-z0-9_-]{{0,24}}):(?P<posting>\d{{1,18}}):(?P<revision>\d{{1,9}})"
    r":(?P<group>[a-z_]{0,24}):(?P<page>\d{1,4})"
)


def read_managing_press(written: str) -> ManagingPress | None:
    """
    Read a button's or form's id; None for one that is none of ours, whoever made it up.

    >>> read_managing_press("manage:remove::7:0::0").posting
    7
    >>> read_managing_press("manage:destroy::7:0::0") is None
    True
    """
    match = _ID.fullmatch(written) if written.isascii() else None
    if match is None:
        return None
    return ManagingPress(
        ManagingVerb(match["verb"]),
        proposal=match["proposal"],
        posting=int(match["posting"]),
        revision=int(match["revision"]),
        group=match["group"],
        page=int(match["page"]),
    )
