"""Who does something to a posting."""

from pydantic import Field

from bot.domain.facts import Model


class Actor(Model):
    """
    A person, or Rolecall itself.

    >>> Actor(id="discord:7", name="ada").name
    'ada'
    """

    id: str = Field(min_length=1, max_length=100)
    """Stays the same when the name changes: `discord:` and the user's number, `terminal:` and the login."""

    name: str = Field(max_length=100)
    """As it was when they did it."""


ROLECALL = Actor(id="rolecall", name="Rolecall")
"""Who keeps the bundled postings, and whatever nobody in particular does."""
