"""One file that holds one posting, whatever its format."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.intake.kinds import read_stream
from bot.intake.reading import read_posting
from bot.intake.source import Refusal, Source


def read_posting_file(file: str) -> Posting:
    """Read a posting; UnreadablePosting says in one line why a file holds none."""
    if Path(file).is_dir():
        raise UnreadablePosting(f"{file} is a folder, and parse reads single files; name the files in it, or add them all with import")
    try:
        with Path(file).open("rb") as stream:
            found = tuple(islice(read_stream(file, stream), 2))
    except FileNotFoundError:
        raise UnreadablePosting(f"{file} is not there; check the path") from None
    except PermissionError:
        raise UnreadablePosting(f"{file} may not be read; give this user the right to read it") from None
    except (OSError, ValueError) as error:  # ValueError for a name that no file can have
        raise UnreadablePosting(f"{file} cannot be read ({getattr(error, 'strerror', None) or error}); check the path") from None
    return _only_one(file, found)


def _only_one(file: str, found: Sequence[Source | Refusal]) -> Posting:
    if len(found) > 1:
        raise UnreadablePosting(f"{file} holds several postings; add them all with import, or give each as a file of its own")
    if isinstance(found[0], Refusal):
        raise UnreadablePosting(found[0].reason)
    return read_posting(replace(found[0], name=file, is_vouched_for=True))
