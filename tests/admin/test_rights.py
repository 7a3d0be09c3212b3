"""Who may manage whose postings, by what Discord says of them in the interaction itself."""

import pytest

from bot.admin.context import Manager, NotAllowed, scope_to_manage
from bot.domain.administration import ServerSettings
from bot.domain.posting import EVERYONE
from bot.presentation.members import Visitor

HERE, DIRECT = Visitor(id=1, channel=2, server=5), Visitor(id=1, channel=2)
ROLE = ServerSettings(admin_role=7)


@pytest.mark.parametrize(
    ("manager", "settings", "scope"),
    [
        (Manager(HERE, "ada", may_manage_server=True), ServerSettings(), "5"),
        (Manager(HERE, "ada", roles=frozenset({6, 7})), ROLE, "5"),
        (Manager(HERE, "ada", may_manage_server=True, is_owner=True), ROLE, "5"),
        (Manager(DIRECT, "ada", is_owner=True, is_direct=True), ServerSettings(), EVERYONE),
    ],
)
def test_who_may_manages_one_scope(manager: Manager, settings: ServerSettings, scope: str) -> None:
    assert scope_to_manage(manager, settings) == scope


@pytest.mark.parametrize(
    ("manager", "settings", "told"),
    [
        (Manager(HERE, "mia"), ServerSettings(), "Manage Server"),
        (Manager(HERE, "mia", roles=frozenset({6})), ROLE, "Manage Server"),
        (Manager(HERE, "mia", roles=frozenset({7})), ServerSettings(), "Manage Server"),
        (Manager(HERE, "owner of the bot", is_owner=True), ServerSettings(), "Manage Server"),
        (Manager(DIRECT, "mia", is_direct=True), ServerSettings(), "Only the bot's owners"),
        (Manager(DIRECT, "mia", is_direct=True, may_manage_server=True, roles=frozenset({7})), ROLE, "Only the bot's owners"),
        (Manager(DIRECT, "in a group, or where the bot is not", is_owner=True), ServerSettings(), "in a server"),
    ],
)
def test_anybody_else_is_told_who_may(manager: Manager, settings: ServerSettings, told: str) -> None:
    with pytest.raises(NotAllowed, match=told):
        scope_to_manage(manager, settings)
