"""
Takes the README's pictures from the try-out page: `python -m docs.take_pictures`.

It needs `python -m pip install -e '.[test]'` and Debian's chromium.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from docs.try_page import CHROMIUM, choose_command, fill_option, open_page, run_command, running_browser, running_try, say, wait_until_drawn

_HERE = Path(__file__).resolve().parent
_WIDTH, _HEIGHT = 860, 620

_TOO_SMALL_BY = """most => {
    const box = selector => document.querySelector(selector).getBoundingClientRect();
    const shown = [...document.querySelectorAll("#channel-message-list article")].slice(-most).map(one => one.getBoundingClientRect());
    return Math.ceil(shown.at(-1).bottom - shown[0].top - (box("#channel-composer").top - box(".channel-header").bottom)) + 24;
}"""
_TO_THE_END = "() => { const all = document.querySelector('#channel-timeline'); all.scrollTop = all.scrollHeight; }"


@dataclass(frozen=True)
class Picture:
    """One picture: `NAME.png` beside this file."""

    name: str
    draw: Callable[[Page], None]
    """What is done on the page before it is taken."""

    messages: int | None = None
    """The last so many messages are shown whole; None for a picture of what is being typed."""

    is_direct: bool = False


def _pick(page: Page) -> None:
    page.get_by_label("Message", exact=True).fill("/")
    page.get_by_role("listbox", name="Application commands").wait_for()


def _complete(page: Page) -> None:
    choose_command(page, "countries")
    fill_option(page, "wikimeda")


def _list_countries(page: Page) -> None:
    run_command(page, "countries", "wikimedia")


def _ask_what_is_not_said(page: Page) -> None:
    run_command(page, "visa", "flex")


def _follow_up(page: Page) -> None:
    say(page, "what would flex pay me in new york?")
    say(page, "and in texas?")


_PICTURES = (
    Picture("picker", _pick),
    Picture("autocomplete", _complete),
    Picture("answer", lambda _: None, messages=1),
    Picture("silence", _ask_what_is_not_said, messages=1),
    Picture("countries", _list_countries, messages=1),
    Picture("direct", _follow_up, messages=4, is_direct=True),
)


def main() -> int:
    """Take every picture; return 1 where there is no Chromium."""
    if CHROMIUM is None:
        sys.stderr.write("There is no Chromium here; install it (Debian: apt-get install chromium) and run this again.\n")
        return 1
    with running_browser() as browser:
        for picture in _PICTURES:
            # Each has a bot of its own, so that none shows what another asked.
            with running_try(*(["--dm"] if picture.is_direct else [])) as (_, address):
                _take(browser, address, picture)
    return 0


def _take(browser: Browser, address: str, picture: Picture) -> None:
    page = open_page(browser, address, width=_WIDTH, height=_HEIGHT)
    picture.draw(page)
    if picture.messages is not None:
        # The ring around the focus says nothing where nobody types.
        page.evaluate("() => document.activeElement?.blur()")
        page.set_viewport_size({"width": _WIDTH, "height": _HEIGHT + page.evaluate(_TOO_SMALL_BY, picture.messages)})
        wait_until_drawn(page)
        page.evaluate(_TO_THE_END)
    page.locator("#preview-app").screenshot(path=_HERE / f"{picture.name}.png", animations="disabled")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
