from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from docs.try_page import CHROMIUM, open_page, running_browser, running_try


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; for tests that are not asynchronous, in modules of their own: Playwright runs a loop as long as it is open."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here; Debian's package is chromium")
    with running_browser() as running:
        yield running


@pytest.fixture(scope="module")
def server_address() -> Iterator[str]:
    with running_try() as (_, address):
        yield address


@pytest.fixture(scope="module")
def direct_address() -> Iterator[str]:
    with running_try("--dm") as (_, address):
        yield address


@pytest.fixture
def server(browser: Browser, server_address: str) -> Iterator[Page]:
    """A fresh page of the server."""
    page = open_page(browser, server_address)
    yield page
    page.close()


@pytest.fixture
def direct(browser: Browser, direct_address: str) -> Iterator[Page]:
    """A fresh page of the direct messages."""
    page = open_page(browser, direct_address)
    yield page
    page.close()
