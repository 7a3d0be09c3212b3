"""What somebody asks, and who they are as far as an answer needs it."""

from bot.domain.model import Model
from bot.domain.posting import EVERYONE


class Asker(Model):
    """Whose question it is: decides what may be seen and which conversation goes on."""

    scopes: frozenset[str] = frozenset({EVERYONE})
    """The scopes that the asker may see."""

    conversation: str | None = None
    """Names the conversation that follow-ups belong to, the person last: "ann", "lobby:ann"; None where each question stands alone."""

    locale: str = "en"
    """In which form numbers and countries are written, as a BCP 47 tag: "de", "pt-BR"."""


class Question(Model):
    """
    A question in free words, or put together from a command's options.

    Whatever option is given is taken as it is; the rest is found in the text.
    """

    text: str = ""
    topic: str | None = None
    """A topic's name."""

    company: str | None = None
    """A typed name, perhaps with typos, perhaps with the role behind a colon."""

    country: str | None = None
    """A typed country, perhaps with typos."""

    posting: int | None = None
    """The id of the one posting that is meant, where it was chosen and not typed."""
