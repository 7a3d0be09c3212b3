"""Files that people attach, fetched after a look at their size."""

from collections.abc import Sequence

import discord

from bot.domain.errors import UnreadablePosting
from bot.intake.source import to_label
from bot.intake.unpacking import Upload
from bot.intake.uploads import BYTES_BOUND
from bot.interfaces.discord_sending import UNREACHED
from bot.interfaces.managing.form import Fetch

_MEGABYTE = 1_000_000


def fetcher_of(attachments: Sequence[discord.Attachment]) -> Fetch:
    """Return what fetches the files when they are wanted."""
    return lambda: fetch_uploads(attachments)


async def fetch_uploads(attachments: Sequence[discord.Attachment]) -> list[Upload]:
    """
    Return the files, in order.

    Raises UnreadablePosting where they are larger than an upload may be, or Discord does not hand them out.
    """
    if sum(attachment.size for attachment in attachments) > BYTES_BOUND:
        names = ", ".join(to_label(attachment.filename, 80) for attachment in attachments)
        raise UnreadablePosting(f"{to_label(names)} is larger than {BYTES_BOUND // _MEGABYTE} MB; split it into smaller files")
    return [Upload(to_label(attachment.filename), await _fetch(attachment)) for attachment in attachments]


async def _fetch(attachment: discord.Attachment) -> bytes:
    try:
        return await attachment.read()
    except (discord.HTTPException, *UNREACHED) as error:
        name = to_label(attachment.filename)
        raise UnreadablePosting(f"{name} could not be fetched from Discord ({type(error).__name__}); attach it again") from error
