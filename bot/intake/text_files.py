"""A text file: one posting."""

from io import BufferedReader

from bot.domain.errors import UnreadablePosting
from bot.intake.decoding import decode_text
from bot.intake.source import POSTING_BOUND, Found, Refusal, Source

_MEGABYTE = 1_000_000


def read_text(name: str, stream: BufferedReader) -> Found:
    """Yield the one posting of a text file, or why it is none; no more than POSTING_BOUND bytes are read."""
    data = stream.read(POSTING_BOUND + 1)
    if len(data) > POSTING_BOUND:
        yield Refusal(
            name, f"{name} is larger than {POSTING_BOUND // _MEGABYTE} MB, which no posting is; give each posting as a file of its own"
        )
        return
    try:
        yield Source(name, decode_text(data, name))
    except UnreadablePosting as error:
        yield Refusal(name, str(error))
