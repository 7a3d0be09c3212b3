"""Rows that cannot be read: what stands in the place of their values, and what the log says of each, once."""

import logging
from collections.abc import Callable, Container
from enum import Enum
from typing import Any, Final

from sqlalchemy import JSON, Dialect, TypeDecorator

_LOG = logging.getLogger(__name__)
_MOST_TOLD = 10_000

_told: set[str] = set()


class Damage(Enum):
    """What is read where the stored value is none of its column."""

    DAMAGED = "damaged"


DAMAGED: Final = Damage.DAMAGED


class StoredJson(TypeDecorator[Any]):
    """JSON that takes nothing down where somebody damaged it; PostgreSQL takes no other in, SQLite does."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Read what is stored, or DAMAGED for what is no JSON."""
        return sound_or_damaged(super().result_processor(dialect, coltype))


def sound_or_damaged(read: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    """Return what reads a column's values, and gives DAMAGED where it would raise."""
    if read is None:
        return None

    def read_or_damaged(value: Any) -> Any:
        try:
            return read(value)
        except (ValueError, TypeError):
            return DAMAGED

    return read_or_damaged


def is_sound(values: Container[object], what: str, *numbers: object) -> bool:
    """Tell whether none of a row's values is damaged; a row that is not is logged by its number."""
    if DAMAGED not in values:
        return True
    leave_out(what, *numbers)
    return False


def leave_out(what: str, *numbers: object) -> None:
    """Log that a row is left out, once for each: answers come by it again and again."""
    line = f"{what} {' '.join(map(str, numbers))}".strip()
    if line not in _told and len(_told) < _MOST_TOLD:
        _told.add(line)
        _LOG.warning("left out what is damaged: %s", line)
