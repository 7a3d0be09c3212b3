"""The simulated Discord and its page; here stands what is looked at before, for which nothing heavy is imported."""

import webbrowser
from importlib.util import find_spec
from pathlib import PurePath
from threading import Thread

from bot.domain.errors import RolecallError

_IN_THE_TERMINAL = frozenset({"elinks", "links", "lynx", "w3m", "www-browser"})
"""They would take the terminal away, and cannot show the page."""


def open_in_browser(url: str) -> None:
    """Open a page where there is a browser with windows; do nothing where there is none."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    if PurePath(browser.name).name not in _IN_THE_TERMINAL:
        # Some browsers are waited for until they are closed; the bot has to answer meanwhile, and Ctrl-C to work.
        Thread(target=browser.open, args=(url,), daemon=True).start()


EXTRA_MISSING = "what the try-out needs is not installed; install it with: python -m pip install -e '.[try]'"


def check_extra() -> None:
    """Raise RolecallError, which says how to install it, where the simulated Discord is missing."""
    if find_spec("simcord") is None:
        raise RolecallError(EXTRA_MISSING)
