"""Who asks in a chat, and where."""

from dataclasses import dataclass

from bot.domain.posting import EVERYONE
from bot.domain.question import Asker


@dataclass(frozen=True)
class Visitor:
    """
    One person in one channel.

    >>> Visitor(id=7, channel=3, server=5).asker.conversation, Visitor(id=7, channel=3).asker.conversation
    ('3:7', '7')
    """

    id: int
    channel: int
    server: int | None = None
    """None in direct messages."""

    locale: str = "en-US"

    @property
    def person(self) -> str:
        """The name that their conversations end in."""
        return str(self.id)

    @property
    def asker(self) -> Asker:
        """What answers are given by: a server's postings are seen in that server only."""
        scopes = {EVERYONE} if self.server is None else {EVERYONE, str(self.server)}
        conversation = self.person if self.server is None else f"{self.channel}:{self.person}"
        return Asker(scopes=frozenset(scopes), conversation=conversation, locale=self.locale)
