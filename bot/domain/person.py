"""Who asks, who manages, and who did something to a posting."""

from pydantic import Field

from bot.domain.facts import Model

EVERYONE = "everyone"
"""The scope of postings that everybody sees; any other scope is one Discord server's id."""

_LONGEST_NAME = 100


class Actor(Model):
    """
    A person as a posting's history names them, or Rolecall itself.

    >>> Actor(id="discord:7", name="ada").name
    'ada'
    """

    id: str = Field(min_length=1, max_length=100)
    """Stays the same when the name changes: `discord:` and the user's number, `terminal:` and the login."""

    name: str = Field(max_length=_LONGEST_NAME)
    """As it was when they did it."""


ROLECALL = Actor(id="rolecall", name="Rolecall")
"""Who keeps the bundled postings, and whatever nobody in particular does."""


class Asker(Model):
    """Whose question it is: decides what may be seen and which conversation goes on."""

    scopes: frozenset[str] = frozenset({EVERYONE})
    conversation: str | None = None
    """Names the conversation that follow-ups belong to, the person last: "ann", "lobby:ann"; None where each question stands alone."""

    locale: str = "en"
    """In which form numbers and countries are written, as a BCP 47 tag: "de", "pt-BR"."""


class Person(Model):
    """
    Somebody in one channel of a chat, with what the chat says of their rights in this very moment.

    >>> Person(id=7, channel=3, server=5).asker.conversation, Person(id=7, channel=3).asker.conversation
    ('3:7', '7')
    >>> sorted(Person(id=7, channel=3, server=5).asker.scopes), sorted(Person(id=7, channel=3, member_of=frozenset({5, 6})).asker.scopes)
    (['5', 'everyone'], ['5', '6', 'everyone'])
    """

    id: int
    name: str = ""
    channel: int
    server: int | None = None
    """The server that they are in and the bot too; None in direct messages, and where the bot was not added."""

    member_of: frozenset[int] = frozenset()
    """In a direct message with the bot, the servers whose postings they see there."""

    locale: str = "en-US"
    may_manage_server: bool = False
    """They have Manage Server (or are administrator) where they act."""

    roles: frozenset[int] = frozenset()
    is_owner: bool = False
    is_direct: bool = False
    """They act in a direct message with the bot, where nobody else reads along."""

    @property
    def asker(self) -> Asker:
        """What answers are given by: a server's postings are seen in that server, and by its members in direct messages."""
        servers = self.member_of if self.server is None else {self.server}
        conversation = str(self.id) if self.server is None else f"{self.channel}:{self.id}"
        return Asker(scopes=frozenset({EVERYONE, *map(str, servers)}), conversation=conversation, locale=self.locale)

    def as_actor(self) -> Actor:
        """Return who they are in a posting's history."""
        return Actor(id=f"discord:{self.id}", name=self.name[:_LONGEST_NAME])
