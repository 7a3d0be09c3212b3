"""What was done to a posting, as it is written down and told."""

from typing import Any, NamedTuple

from sqlalchemy import RowMapping

from bot.domain.action import Action, Deed
from bot.domain.actor import Actor
from bot.storage.actor_columns import to_actor, to_columns
from bot.storage.rows import Draft

LONGEST_NAME = 200
"""Characters of a company or title in the history; the posting itself has it whole."""


class Note(NamedTuple):
    """A deed that is to be written down."""

    deed: Deed
    lineage: int
    scope: str
    company: str | None
    title: str | None
    before: int | None = None
    after: int | None = None


def note_of(deed: Deed, row: Draft, *, before: int | None = None, after: int | None = None) -> Note:
    """Return the note of a deed that led to a revision, or of the removal of one."""
    posting = row.reading.posting
    return Note(deed, row.lineage, row.scope, posting.company, posting.title, before, after)


def to_action_row(note: Note, by: Actor) -> dict[str, Any]:
    """Return what is stored of a deed, without when it was and in which place."""
    shown = {"company": _cut(note.company), "title": _cut(note.title)}
    return {**note._asdict(), "deed": note.deed.value, **shown, **to_columns(by)}


def to_action(row: RowMapping) -> Action:
    """Read a row of the action table."""
    return Action(
        posting=row["lineage"],
        scope=row["scope"],
        deed=Deed(row["deed"]),
        by=to_actor(row),
        at=row["at"],
        company=row["company"],
        title=row["title"],
        before=row["before"],
        after=row["after"],
    )


def _cut(name: str | None) -> str | None:
    return name if name is None or len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
