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
_SIZE = {"width": 1120, "height": 760}
_FIRST_OPTION = "[role=listbox] [role=option]"


@contextmanager
def running_try(*options: str, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `python -m bot try` with options and settings, and give its process and the address it tells."""
    environment: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(_ROOT), **settings}
    command = [sys.executable, "-m", "bot", "try", "--no-browser", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=_ROOT) as process:  # noqa: S603 - our own
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            yield process, process.stdout.readline().split()[-1]
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


def open_page(browser: Browser, address: str) -> Page:
    """Open a page and wait until all of it is drawn."""
    # The page forbids scripts that are not its own; Playwright waits with one.
    page = browser.new_page(bypass_csp=True, viewport=_SIZE, device_scale_factor=2)
    page.goto(address)
    wait_until_drawn(page)
    return page


def wait_until_drawn(page: Page) -> None:
    """Wait until the bot has answered and the page shows it."""
    page.wait_for_function("() => window.simcordPreview && window.simcordPreview.ready")


def choose_command(page: Page, name: str) -> None:
    """Type a slash command and take it from the picker."""
    page.get_by_label("Message", exact=True).fill(f"/{name}")
    page.locator(_FIRST_OPTION).first.wait_for()
    page.keyboard.press("Enter")


def fill_option(page: Page, typed: str) -> None:
    """Type into the option that has the focus, and wait for what is offered."""
    page.keyboard.type(typed)
    page.locator(_FIRST_OPTION).first.wait_for()


def run_command(page: Page, name: str, company: str) -> None:
    """Run a command about a company as it is offered first, and wait for the answer."""
    choose_command(page, name)
    fill_option(page, company)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("[data-command-mode]").wait_for(state="detached")
    wait_until_drawn(page)


def say(page: Page, words: str) -> None:
    """Send a message, and wait for the answer."""
    page.get_by_label("Message", exact=True).fill(words)
    page.keyboard.press("Enter")
    page.get_by_label("Message", exact=True).and_(page.locator(":text-is('')")).wait_for()
    wait_until_drawn(page)
