"""Every command that is registered goes by a name and a description in each language, groups and menus too."""

from collections.abc import Iterator, Mapping
from typing import Any

from builders_discord import Stage

from bot.text.translations import LOCALES

_IN_A_MENU = 3


def _nodes(command: Mapping[str, Any], called: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    name = f"{called} {command['name']}".strip()
    yield name, command
    for option in command.get("options") or []:
        yield from _nodes(option, name)


async def test_whatever_is_registered_is_translated(stage: Stage) -> None:
    commands = [*stage.env.backend.commands[None].values()]
    untranslated = [
        (name, kind)
        for command in commands
        for name, node in _nodes(command)
        for kind in ("name", "description")
        if set(LOCALES) - set(node.get(f"{kind}_localizations") or {}) and not (kind == "description" and command["type"] == _IN_A_MENU)
    ]
    assert untranslated == []
    assert {"posting", "Add as posting"} <= {command["name"] for command in commands}


async def test_choices_are_translated_too(stage: Stage) -> None:
    nodes = [node for command in stage.env.backend.commands[None].values() for _, node in _nodes(command)]
    choices = [choice for node in nodes for choice in node.get("choices") or []]
    named = {choice["name"] for choice in choices if set(LOCALES) - set(choice.get("name_localizations") or {})}
    assert named == {"JSON Lines", "JSON-LD", "CSV"}
    assert {"Vollzeit", "im Monat"} <= {(choice.get("name_localizations") or {}).get("de") for choice in choices}
