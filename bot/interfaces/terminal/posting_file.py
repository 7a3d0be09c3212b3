"""One file that holds one posting, whatever its format."""

from pathlib import Path

from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.intake.source import Source
from bot.intake.text_files import read_text
from bot.parsing.parse import parse_posting


def read_posting_file(file: str) -> Posting:
    """Read a posting; UnreadablePosting says in one line why a file holds none."""
    if Path(file).is_dir():
        raise UnreadablePosting(f"{file} is a folder, and parse reads single files; name the files in it, or add them all with import")
    try:
        with Path(file).open("rb") as stream:
            found = next(read_text(file, stream))
    except FileNotFoundError:
        raise UnreadablePosting(f"{file} is not there; check the path") from None
    except PermissionError:
        raise UnreadablePosting(f"{file} may not be read; give this user the right to read it") from None
    except (OSError, ValueError) as error:  # ValueError for a name that no file can have
        raise UnreadablePosting(f"{file} cannot be read ({getattr(error, 'strerror', None) or error}); check the path") from None
    if not isinstance(found, Source):
        raise UnreadablePosting(found.reason)
    return parse_posting(found.text, file)
