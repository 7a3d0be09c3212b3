"""The page is opened in a browser with windows, and in no other."""

import webbrowser
from threading import Event

import pytest

from bot.tryout import open_in_browser


class Recording(webbrowser.BaseBrowser):
    """A browser that only remembers."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.opened: list[str] = []
        self.was_opened = Event()

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: ARG002, FBT002 - the signature is given
        self.opened.append(url)
        self.was_opened.set()
        return True


def test_a_browser_with_windows_is_told_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Recording("/usr/bin/xdg-open")
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    open_in_browser("http://127.0.0.1/")
    assert browser.was_opened.wait(timeout=30)
    assert browser.opened == ["http://127.0.0.1/"]


def test_a_browser_in_the_terminal_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Recording("/usr/bin/lynx")
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    open_in_browser("http://127.0.0.1/")
    assert not browser.was_opened.wait(timeout=0.2)


def test_a_machine_without_browsers_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_here() -> webbrowser.BaseBrowser:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none_here)
    open_in_browser("http://127.0.0.1/")
