"""Who did something, as columns of a row and back."""

from sqlalchemy import RowMapping

from bot.domain.actor import Actor
from bot.storage.storable import storable

_LONGEST = 100
"""Characters that an Actor's id and name may have."""


def to_columns(actor: Actor) -> dict[str, str]:
    """Return the columns of an actor; what was put past the model is cut to its length."""
    return {"actor_id": storable(actor.id)[:_LONGEST], "actor_name": storable(actor.name)[:_LONGEST]}


def to_actor(row: RowMapping) -> Actor:
    """Read the columns of an actor."""
    return Actor(id=row["actor_id"], name=row["actor_name"])
