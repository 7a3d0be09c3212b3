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
    >>> sorted(Visitor(id=7, channel=3, server=5).asker.scopes), sorted(Visitor(id=7, channel=3, member_of=frozenset({5, 6})).asker.scopes)
    (['5', 'everyone'], ['5', '6', 'everyone'])
    """

    id: int
    channel: int
    server: int | None = None
    """The server that they are in and the bot too; None in direct messages, and where the bot was not added."""

    member_of: frozenset[int] = frozenset()
    """In a direct message with the bot, the servers whose postings they see there."""

    locale: str = "en-US"

    @property
    def person(self) -> str:
        """The name that their conversations end in."""
        return str(self.id)

    @property
    def asker(self) -> Asker:
        """What answers are given by: a server's postings are seen in that server, and by its members in direct messages."""
        servers = self.member_of if self.server is None else {self.server}
        conversation = self.person if self.server is None else f"{self.channel}:{self.person}"
        return Asker(scopes=frozenset({EVERYONE, *map(str, servers)}), conversation=conversation, locale=self.locale)
