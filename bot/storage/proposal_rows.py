"""Proposals as rows and back; nothing here touches a database."""

import secrets
import string
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from bot.domain.posting import Posting
from bot.domain.proposal import Proposal, ProposalState
from bot.storage.actor_columns import to_actor
from bot.storage.codec import FactCodec
from bot.storage.correction_rows import CorrectionRow
from bot.storage.fact_json import FactRow
from bot.storage.rows import Found, to_posting, to_reading

_SIGNS = string.ascii_letters + string.digits
_LENGTH = 12
_LARGEST_REVISION = 2**31 - 1
_HEAD = ("source", "title", "company", "link", "location", "text")


def invent_id() -> str:
    """Return an id that nobody guesses: 71 bits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def is_id(written: str) -> bool:
    """
    Tell whether a proposal can have this id; people send others.

    >>> is_id("aB3dE6gH9jK2"), is_id("a" * 10_000), is_id("aB3dE6gH9jK!")
    (True, False, False)
    """
    return len(written) == _LENGTH and set(written) <= set(_SIGNS)


def possible_revision(revision: int | None) -> int | None:
    """
    Return a revision as it can be stored; 0, which no posting has, for one that cannot be.

    >>> possible_revision(2**70), possible_revision(3), possible_revision(None)
    (0, 3, None)
    """
    return revision if revision is None or 0 < revision <= _LARGEST_REVISION else 0


def write_content(posting: Posting, codec: FactCodec) -> dict[str, Any]:
    """Return a posting with its facts and corrections as JSON."""
    reading = to_reading(posting, codec)
    return {
        **{name: getattr(reading.posting, name) for name in _HEAD},
        "facts": [row._asdict() for row in reading.facts],
        "corrections": [{**row._asdict(), "at": row.at.isoformat()} for row in reading.corrections],
    }


def read_content(content: Mapping[str, Any], codec: FactCodec) -> Posting:
    """Read what `write_content` wrote, without what this Rolecall does not know or cannot read."""
    facts = [FactRow(**row) for row in content["facts"]]
    corrections = [CorrectionRow(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in content["corrections"]]
    posting = Posting(**{name: content[name] for name in _HEAD})
    return to_posting(posting, Found(facts=facts, corrections=corrections), codec=codec)


def to_proposal(row: RowMapping, codec: FactCodec) -> Proposal:
    """Read a row of the proposal table."""
    return Proposal(
        id=row["id"],
        scope=row["scope"],
        by=to_actor(row),
        made_at=row["made_at"],
        posting=read_content(row["content"], codec),
        revises=row["revises"],
        base=row["base"],
        state=ProposalState(row["state"]),
        kept_as=row["kept_as"],
    )
