"""What was done to postings, as a page to read: who, what, when, and what it said before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.action import Action
from bot.domain.posting import Posting
from bot.interfaces.chat.card import Card, Control, Row, Tone, in_rows
from bot.interfaces.managing.change_lines import change_lines
from bot.interfaces.managing.differences import Differences, compare
from bot.interfaces.managing.naming import DEEDS, labels_of, moment, name_actor, name_posting
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb

ACTIONS_ON_PAGE = 5
_LONGEST_CHANGES = 550
"""Characters for what one action changed: five of them with their heads fit into a message."""


@dataclass(frozen=True)
class Seen:
    """An action with what the posting said before and after it, as far as it is known."""

    action: Action
    before: Posting | None
    after: Posting | None


@dataclass(frozen=True)
class HistoryPage:
    """A page of what was done."""

    seen: Sequence[Seen]
    """Newest first."""

    posting: int
    """The one whose history it is; 0 for that of all."""

    page: int
    """Counts from 0."""

    has_more: bool
    current: Mapping[int, int]
    """The current revision of each posting that has one."""


def history_card(shown: HistoryPage, *, locale: str) -> Card:
    """Return the page; it compares texts, so that an event loop leaves it to a thread."""
    blocks = [_block(one, locale=locale, is_of_one=bool(shown.posting)) for one in shown.seen]
    title = f"History of posting #{shown.posting}" if shown.posting else "What was done here last"
    body = "\n\n".join(blocks) or ("There is nothing further." if shown.page else "Nothing was done here yet.")
    return Card(
        body,
        title=title,
        footer=f"Page {shown.page + 1}" if shown.page or shown.has_more else None,
        tone=Tone.ANSWER if blocks else Tone.ASKING,
        rows=(*_rows(shown), *_page_row(shown)),
        is_personal=True,
    )


def _block(seen: Seen, *, locale: str, is_of_one: bool) -> str:
    """Tell of an action; its revisions only in the history of one posting, where they can be brought back."""
    action = seen.action
    head = f"{name_posting(action.posting, action.company, title=action.title)} was {DEEDS[action.deed]} by {name_actor(action.by)}"
    revisions = _revisions(action) if is_of_one else ""
    return "\n".join((f"{head}, {moment(action.at)}{revisions}", *_changes(seen, locale=locale)))


def _revisions(action: Action) -> str:
    """
    Say which revision became which.

    >>> from datetime import UTC, datetime
    >>> from bot.domain.action import Deed
    >>> from bot.domain.actor import ROLECALL
    >>> done = {"posting": 1, "scope": "7", "deed": Deed.UPDATED, "by": ROLECALL, "at": datetime.now(UTC)}
    >>> _revisions(Action(**done, before=1, after=2)), _revisions(Action(**done, after=1))
    (': revision 1 → 2', ': revision 1')
    """
    numbers = [str(number) for number in dict.fromkeys((action.before, action.after)) if number is not None]
    return f": revision {' → '.join(numbers)}" if numbers else ""


def _changes(seen: Seen, *, locale: str) -> list[str]:
    if seen.before is None or seen.after is None:
        whole = seen.after or seen.before
        return [f"> It says something on: {labels_of(whole)}"] if whole else []
    differences: Differences = compare(seen.before, seen.after, locale=locale)
    return change_lines(differences, longest=_LONGEST_CHANGES) or ["> What is told stayed the same"]


def _rows(shown: HistoryPage) -> tuple[Row, ...]:
    if not shown.posting:
        return in_rows([_history_control(number) for number in dict.fromkeys(one.action.posting for one in shown.seen)], most=1)
    current = shown.current.get(shown.posting)
    last = current or (shown.seen[0].action.before if shown.seen and not shown.page else None)  # of a removed posting what was there last
    older = sorted({number for one in shown.seen for number in (one.action.before, one.action.after) if number and number != last})
    asks = [
        Control(f"Bring back revision {number}", press=ManagingPress(ManagingVerb.ASK_RESTORE, posting=shown.posting, revision=number))
        for number in reversed(older)
    ]
    return (*in_rows(asks, most=2), *_posting_row(shown.posting, is_current=current is not None))


def _posting_row(number: int, *, is_current: bool) -> tuple[Row, ...]:
    if not is_current:
        return ((Control("Bring it back", press=ManagingPress(ManagingVerb.RESTORE, posting=number)),),)
    edit = Control("Edit", press=ManagingPress(ManagingVerb.EDIT, posting=number))
    return ((edit, Control("Remove …", press=ManagingPress(ManagingVerb.ASK_REMOVE, posting=number))),)


def _history_control(number: int) -> Control:
    return Control(f"History of #{number}", press=ManagingPress(ManagingVerb.HISTORY, posting=number))


def _page_row(shown: HistoryPage) -> tuple[Row, ...]:
    if not shown.page and not shown.has_more:
        return ()
    newer = ManagingPress(ManagingVerb.HISTORY, posting=shown.posting, page=max(0, shown.page - 1), group="newer")
    older = ManagingPress(ManagingVerb.HISTORY, posting=shown.posting, page=shown.page + 1, group="older")
    return ((Control("◀ Newer", press=newer, is_current=not shown.page), Control("Older ▶", press=older, is_current=not shown.has_more)),)
