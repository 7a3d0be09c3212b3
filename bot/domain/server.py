"""How Rolecall behaves in one Discord server."""

from bot.domain.model import Model


class ServerSettings(Model):
    """What a server's admins set."""

    admin_role: int | None = None
    """The id of the role whose members may manage postings, beside those with Manage Server."""

    is_hidden: bool = False
    """Whether answers are shown to the one who asks only, as long as nothing else is said."""

    notices_channel: int | None = None
    """The id of the channel that is told what was added, changed and removed."""

    language: str | None = None
    """How numbers and countries are written in the server's answers, as a BCP 47 tag; None: as the reader's Discord has it."""
