"""Where the data files are, and how a word list is read."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def data_directory() -> Path:
    """Return the folder `data`: inside the package where it was installed from a wheel, else beside it."""
    installed = _PACKAGE / "data"
    return installed if installed.is_dir() else _PACKAGE.parent / "data"


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """Return the tables of data/lexicons/NAME.toml; read once."""
    return tomllib.loads((data_directory() / "lexicons" / f"{name}.toml").read_text("utf-8"))
