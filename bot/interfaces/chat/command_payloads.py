"""Whether the commands that Discord has registered are the ones that there are now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_COMPARED = (
    "type",
    "name",
    "description",
    "name_localizations",
    "description_localizations",
    "options",
    "required",
    "autocomplete",
    "choices",
    "value",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "channel_types",
    "contexts",
    "integration_types",
    "default_member_permissions",
    "nsfw",
)
"""What we send; Discord adds ids, versions and the like, and leaves out what is empty or false."""

_IN_ANY_ORDER = ("contexts", "integration_types")


def are_registered(wanted: Sequence[Mapping[str, Any]], registered: Sequence[Mapping[str, Any]]) -> bool:
    """
    Tell whether the commands are all registered as they are wanted, and no others.

    >>> are_registered([{"name": "ask", "options": [], "nsfw": False}], [{"id": "7", "name": "ask"}])
    True
    >>> are_registered([{"name": "ask"}], [{"id": "7", "name": "ask"}, {"id": "8", "name": "old"}])
    False
    """
    return _by_name(wanted) == _by_name(registered)


def _by_name(commands: Iterable[Mapping[str, Any]]) -> list[Any]:
    return sorted((_essence({"type": 1, **command}) for command in commands), key=lambda command: (command["type"], command["name"]))


def _essence(node: Any) -> Any:
    """Return what is compared of a payload: without what Discord adds, and without what is empty."""
    if isinstance(node, Mapping):
        parts = {key: _part(key, node[key]) for key in _COMPARED if key in node}
        return {key: part for key, part in parts.items() if part not in (None, False, "", [], {})}
    if isinstance(node, list | tuple):
        return [_essence(part) for part in node]
    return node


def _part(key: str, value: Any) -> Any:
    if key.endswith("_localizations"):
        return dict(value or {})
    if key in _IN_ANY_ORDER:
        return sorted(value or ())
    return str(value) if key == "default_member_permissions" and value is not None else _essence(value)
