"""What Discord adds to a command or leaves out of it is no change; everything else is."""

from typing import Any

import pytest

from bot.discord.commands import are_registered

SALARY: dict[str, Any] = {
    "name": "salary",
    "description": "What it pays",
    "type": 1,
    "name_localizations": {"de": "gehalt"},
    "options": [{"name": "company", "type": 3, "description": "Which", "required": True, "autocomplete": True, "name_localizations": {}}],
    "nsfw": False,
    "default_member_permissions": None,
    "contexts": [0, 1, 2],
    "integration_types": [0, 1],
}


def test_ids_defaults_and_order_are_no_change() -> None:
    registered = SALARY | {"id": "1", "version": "2", "application_id": "3", "contexts": [2, 0, 1], "dm_permission": True}
    del registered["nsfw"]
    assert are_registered([SALARY], [registered])


@pytest.mark.parametrize(
    "change",
    [
        {"description": "What it pays, as written"},
        {"name_localizations": {"de": "lohn"}},
        {"name_localizations": None},
        {"contexts": [0]},
        {"options": []},
        {"options": [SALARY["options"][0] | {"required": False}]},
        {"options": [SALARY["options"][0] | {"max_length": 5}]},
        {"nsfw": True},
        {"default_member_permissions": "32"},
    ],
)
def test_whatever_a_person_would_notice_is_a_change(change: dict[str, Any]) -> None:
    assert not are_registered([SALARY], [SALARY | change])
    assert not are_registered([SALARY | change], [SALARY])
