"""Opens a page in the browser of whoever sits at this machine."""

import webbrowser
from pathlib import PurePath
from threading import Thread

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
