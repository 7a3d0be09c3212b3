"""
Takes the README's pictures from the try-out page: `python -m docs.take_pictures`.

It needs `python -m pip install -e '.[test]'` and Debian's chromium.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page

from docs.try_page import (
    CHROMIUM,
    choose_command,
    fill_form,
    fill_option,
    open_page,
    run_command,
    running_browser,
    running_try,
    say,
    send,
    view_as,
)

_HERE = Path(__file__).resolve().parent
_WIDTH, _HEIGHT, _TALL = 860, 620, 2400
_EDGE = 8

_POSTING = """\
# Night Baker
Company: Acme Ovens

You may work from Germany or Austria, in the bakery.

## What you bring
- 3+ years of experience in a bakery
- A calm hand

## What we offer
- EUR 38,000 to 45,000 a year
- 30 days of leave

Apply at https://ovens.example/night-baker
"""

_AROUND_THE_LAST = """most => {
    const shown = [...document.querySelectorAll(".channel-message")].slice(-most).map(one => one.getBoundingClientRect());
    return {x: shown[0].x, y: shown[0].y, width: shown[0].width, height: shown.at(-1).bottom - shown[0].y};
}"""


_ALL_DRAWN = """() => {
    const log = document.querySelector("[role=log]");
    log.scrollTop = log.scrollHeight;
    return [...document.images].every(one => one.complete && one.naturalWidth);
}"""
"""Charts come after the words, and what they push down is scrolled to."""


@dataclass(frozen=True)
class Picture:
    """One picture: `NAME.png` beside this file."""

    name: str
    draw: Callable[[Page], None]
    """What is done on the page before it is taken."""

    messages: int | None = None
    """The last so many messages are shown, and nothing around them; None for a picture of what is being typed."""

    is_direct: bool = False


def _pick(page: Page) -> None:
    page.get_by_label("Message", exact=True).fill("/")
    page.get_by_role("listbox", name="Application commands").wait_for()


def _complete(page: Page) -> None:
    choose_command(page, "requirements")
    fill_option(page, "pachma")


def _list_countries(page: Page) -> None:
    run_command(page, "countries", "wikimedia")


def _list_postings(page: Page) -> None:
    choose_command(page, "postings")
    send(page)


def _ask_what_is_not_said(page: Page) -> None:
    run_command(page, "visa", "flex")


def _follow_up(page: Page) -> None:
    say(page, "what would flex pay me in new york?")
    say(page, "and in texas?")


def _show_a_preview(page: Page) -> None:
    view_as(page, "Ada (admin)")
    choose_command(page, "posting add")
    send(page)
    fill_form(page, {"The posting's text": _POSTING})


PICTURES = (
    Picture("picker", _pick),
    Picture("autocomplete", _complete),
    Picture("answer", lambda _: None, messages=1),
    Picture("search", lambda page: say(page, "who hires in Germany and pays over 50k?"), messages=1),
    Picture("compare", lambda page: say(page, "compare Tallgrass Labs, Quillon and Nomad Health"), messages=1),
    Picture("postings", _list_postings, messages=1),
    Picture("silence", _ask_what_is_not_said, messages=1),
    Picture("countries", _list_countries, messages=1),
    Picture("direct", _follow_up, messages=4, is_direct=True),
    Picture("preview", _show_a_preview, messages=1),
)


def main() -> int:
    """Take every picture; return 1 where there is no Chromium."""
    if CHROMIUM is None:
        sys.stderr.write("There is no Chromium here; install it (Debian: apt-get install chromium) and run this again.\n")
        return 1
    with running_browser() as browser:
        for picture in PICTURES:
            # Each has a bot of its own, so that none shows what another asked.
            with running_try(*(["--dm"] if picture.is_direct else [])) as (_, address):
                take_picture(browser, address, picture=picture, folder=_HERE)
    return 0


def take_picture(browser: Browser, address: str, *, picture: Picture, folder: Path) -> None:
    """Draw one picture on a fresh page of a try-out and keep it as `NAME.png` in a folder."""
    page = open_page(browser, address, width=_WIDTH, height=_TALL if picture.messages else _HEIGHT)
    picture.draw(page)
    path = folder / f"{picture.name}.png"
    if picture.messages:
        page.wait_for_function(_ALL_DRAWN)
        page.mouse.move(0, 0)  # what is offered for the message under it stays out of the picture
        around: FloatRect = page.evaluate(_AROUND_THE_LAST, picture.messages)
        around["y"] -= _EDGE
        around["height"] += 2 * _EDGE
        page.screenshot(path=path, clip=around, animations="disabled")
    else:
        page.locator("#preview-app").screenshot(path=path, animations="disabled")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
