"""What the try-out needs besides Rolecall, which not everybody installs."""

from importlib.util import find_spec

from bot.domain.errors import RolecallError

EXTRA_MISSING = "what the try-out needs is not installed; install it with: python -m pip install -e '.[try]'"


def check_extra() -> None:
    """Raise RolecallError, which says how to install it, where the simulated Discord is missing."""
    if find_spec("simcord") is None:
        raise RolecallError(EXTRA_MISSING)
