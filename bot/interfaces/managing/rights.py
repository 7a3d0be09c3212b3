"""Who wants to manage postings, and whose postings they may."""

from dataclasses import dataclass

from bot.domain.actor import Actor
from bot.domain.errors import RolecallError
from bot.domain.posting import EVERYONE
from bot.domain.server import ServerSettings
from bot.interfaces.chat.visitor import Visitor

_LONGEST_NAME = 100
_NOT_HERE = "Postings are managed in a server, by its admins; the bot's owners manage everyone's in direct messages with me"
_NOT_ALLOWED = "Only members with the permission Manage Server, or with the role that /settings names, may manage this server's postings"
_NOT_OWNER = "Only the bot's owners may manage everyone's postings; manage your server's in the server itself"


class NotAllowed(RolecallError):
    """Somebody may not do what they tried; the message says who may."""


@dataclass(frozen=True)
class Manager:
    """Who acts, with what Discord says of them in this very interaction."""

    visitor: Visitor
    name: str
    may_manage_server: bool = False
    """They have Manage Server (or are administrator) where they act."""

    roles: frozenset[int] = frozenset()
    """The ids of their roles in the server."""

    is_owner: bool = False
    """They are one of the bot's owners."""

    is_direct: bool = False
    """They act in a direct message with the bot, where nobody else reads along."""

    @property
    def actor(self) -> Actor:
        """Who they are in a posting's history."""
        return Actor(id=f"discord:{self.visitor.id}", name=self.name[:_LONGEST_NAME])


def scope_to_manage(manager: Manager, settings: ServerSettings) -> str:
    """
    Return the scope whose postings they may manage here; `settings` are those of the server where they act.

    Raises NotAllowed, which says who may.
    """
    if manager.visitor.server is not None:
        if manager.may_manage_server or settings.admin_role in manager.roles:
            return str(manager.visitor.server)
        raise NotAllowed(_NOT_ALLOWED)
    if not manager.is_direct:
        raise NotAllowed(_NOT_HERE)
    if not manager.is_owner:
        raise NotAllowed(_NOT_OWNER)
    return EVERYONE
