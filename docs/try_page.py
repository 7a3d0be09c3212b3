"""The try-out page in headless Chromium, as the pictures and the tests drive it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
"""Debian's browser; None where it is not installed."""

_ROOT = Path(__file__).resolve().parent.parent
_QUIETLY = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
_OFFLINE = ("--disable-component-update", "--disable-sync")


@contextmanager
def running_try(*options: str, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `python -m bot try` with options and settings, and give its process and the address it tells."""
    environment: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(_ROOT), **settings}
    command = [sys.executable, "-m", "bot", "try", "--no-browser", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=_ROOT) as process:  # noqa: S603 - our own
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            yield process, process.stdout.readline().rpartition(" ")[2].strip()
        finally:
            process.kill()


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run Chromium without a window, with a profile of its own that is thrown away."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=[*_QUIETLY, *_OFFLINE])
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, address: str, *, width: int = 1120, height: int = 760) -> Page:
    """Open a page, of this many CSS pixels, and wait until all of it is drawn."""
    # The page forbids scripts that are not its own; Playwright waits with one.
    page = browser.new_page(bypass_csp=True, viewport={"width": width, "height": height}, device_scale_factor=1.5)
    page.goto(address)
    page.wait_for_function("() => window.simcordPreview?.ready")
    return page


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """Do something on the page, then wait until the bot has answered it."""
    before = page.evaluate("() => window.simcordPreview.lastAction?.requestId")
    yield
    page.wait_for_function("before => window.simcordPreview.ready && window.simcordPreview.lastAction?.requestId !== before", arg=before)


def choose_command(page: Page, name: str) -> None:
    """Type a slash command and take it from the picker."""
    page.get_by_label("Message", exact=True).fill(f"/{name}")
    page.get_by_role("listbox", name="Application commands").get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")


def fill_option(page: Page, typed: str) -> None:
    """Type into the option that has the focus, and wait for what the bot offers."""
    page.keyboard.type(typed)
    page.get_by_text(f"OPTIONS MATCHING {typed.upper()}").wait_for()
    page.wait_for_function("() => window.simcordPreview.commandPicker.autocomplete.state === 'answered'")


def run_command(page: Page, name: str, company: str) -> None:
    """Run a command about the company that is offered first, and wait for the answer."""
    choose_command(page, name)
    fill_option(page, company)
    page.keyboard.press("Enter")
    send(page)


def click_button(page: Page, label: str) -> None:
    """Press the last button with this label, and wait for what comes of it."""
    with answered(page):
        page.get_by_role("button", name=label).last.press("Enter")  # pictures that come in move it from under the mouse


def say(page: Page, words: str) -> None:
    """Send a message, and wait for the answer."""
    page.get_by_label("Message", exact=True).fill(words)
    send(page)


def view_as(page: Page, name: str) -> None:
    """Become another of the people on the page."""
    page.get_by_label("Viewing as").select_option(label=name)
    page.wait_for_function("() => window.simcordPreview.ready")


def fill_form(page: Page, texts: Mapping[str, str]) -> None:
    """Fill the boxes of an open form by their labels, send it, and wait for the answer."""
    form = page.get_by_role("dialog")
    for label, text in texts.items():
        form.get_by_label(label).fill(text)
    with answered(page):
        form.get_by_role("button", name="Submit").click()


def send(page: Page) -> None:
    """Send what was typed or chosen, and wait for the answer."""
    with answered(page):
        page.get_by_role("button", name="Send", exact=True).click()
