"""Who may manage whose postings, by what Discord says of them in the interaction itself."""

from typing import Any

import pytest

from bot.admin.context import NotAllowed, scope_to_manage
from bot.domain.administration import ServerSettings
from bot.domain.person import Person
from bot.domain.posting import EVERYONE


def _here(name: str, **rights: Any) -> Person:
    return Person(id=1, name=name, channel=2, server=5, **rights)


def _direct(name: str, **rights: Any) -> Person:
    return Person(id=1, name=name, channel=2, **rights)


ROLE = ServerSettings(admin_role=7)


@pytest.mark.parametrize(
    ("person", "settings", "scope"),
    [
        (_here("ada", may_manage_server=True), ServerSettings(), "5"),
        (_here("ada", roles=frozenset({6, 7})), ROLE, "5"),
        (_here("ada", may_manage_server=True, is_owner=True), ROLE, "5"),
        (_direct("ada", is_owner=True, is_direct=True), ServerSettings(), EVERYONE),
    ],
)
def test_who_may_manages_one_scope(person: Person, settings: ServerSettings, scope: str) -> None:
    assert scope_to_manage(person, settings) == scope


@pytest.mark.parametrize(
    ("person", "settings", "told"),
    [
        (_here("mia"), ServerSettings(), "Manage Server"),
        (_here("mia", roles=frozenset({6})), ROLE, "Manage Server"),
        (_here("mia", roles=frozenset({7})), ServerSettings(), "Manage Server"),
        (_here("owner of the bot", is_owner=True), ServerSettings(), "Manage Server"),
        (_direct("mia", is_direct=True), ServerSettings(), "Only the bot's owners"),
        (_direct("mia", is_direct=True, may_manage_server=True, roles=frozenset({7})), ROLE, "Only the bot's owners"),
        (_direct("in a group, or where the bot is not", is_owner=True), ServerSettings(), "in a server"),
    ],
)
def test_anybody_else_is_told_who_may(person: Person, settings: ServerSettings, told: str) -> None:
    with pytest.raises(NotAllowed, match=told):
        scope_to_manage(person, settings)
