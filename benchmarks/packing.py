"""A folder of postings as an upload."""

import io
import zipfile
from pathlib import Path


def pack(folder: Path) -> bytes:
    """Return a zip archive of the folder's postings."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.glob("*.md")):
            archive.write(path, path.name)
    return written.getvalue()
