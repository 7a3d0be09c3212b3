"""
Takes the README's pictures from the try-out page: `python -m docs.take_pictures`.

It needs `python -m pip install -e '.[test]'` and Debian's chromium.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from docs.try_page import CHROMIUM, choose_command, fill_option, open_page, run_command, running_browser, running_try, say

_HERE = Path(__file__).resolve().parent
_WIDTH = 860


def _draw_answer(page: Page) -> None:
    run_command(page, "salary", "flex")


def _draw_autocomplete(page: Page) -> None:
    choose_command(page, "countries")
    fill_option(page, "wikmedia")


def _draw_countries(page: Page) -> None:
    run_command(page, "countries", "wikimedia")


def _draw_picker(page: Page) -> None:
    page.get_by_label("Message", exact=True).fill("/")
    page.get_by_role("listbox", name="Application commands").wait_for()


def _draw_direct(page: Page) -> None:
    say(page, "and can I apply from Kenya?")
    say(page, "what does flex pay in new york?")


_OF_THE_SERVER: tuple[tuple[str, int, Callable[[Page], None]], ...] = (
    ("picker", 700, _draw_picker),
    ("autocomplete", 700, _draw_autocomplete),
    ("answer", 700, _draw_answer),
    ("countries", 700, _draw_countries),
)
"""Each picture's name, its height in CSS pixels, and what is done on the page for it."""

_OF_THE_DIRECT_MESSAGES = (("direct", 700, _draw_direct),)


def main() -> int:
    """Take every picture; return 1 where there is no Chromium."""
    if CHROMIUM is None:
        sys.stderr.write("There is no Chromium here; install it (Debian: apt-get install chromium) and run this again.\n")
        return 1
    with running_browser() as browser:
        for options, pictures in ((), _OF_THE_SERVER), (("--dm",), _OF_THE_DIRECT_MESSAGES):
            for picture in pictures:
                # Each on a page of its own bot, so that they can be taken in any order.
                with running_try(*options) as (_, address):
                    _take(browser, address, picture)
    return 0


def _take(browser: Browser, address: str, picture: tuple[str, int, Callable[[Page], None]]) -> None:
    name, height, draw = picture
    page = open_page(browser, address, width=_WIDTH, height=height)
    draw(page)
    if page.locator(".command-popup:visible").count() == 0:
        # The ring around the focus says nothing where nobody types.
        page.evaluate("() => document.activeElement?.blur()")
    page.locator("#preview-app").screenshot(path=_HERE / f"{name}.png", animations="disabled")
    page.context.close()


if __name__ == "__main__":
    sys.exit(main())
