"""The try-out page in a browser: what is there, and that the bot answers in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from bot.topics import TOPICS
from docs.take_pictures import PICTURES, take_picture
from docs.try_page import (
    CHROMIUM,
    answered,
    choose_command,
    click_button,
    fill_option,
    open_page,
    run_command,
    running_browser,
    running_try,
    say,
)


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


def answers(page: Page) -> Locator:
    return page.get_by_role("log").locator(".channel-message")


def test_a_first_answer_is_already_there(server: Page) -> None:
    expect(server.get_by_text("Mia used /salary").first).to_be_visible()
    expect(server.get_by_text("Rolecall", exact=True).first).to_be_visible()


def test_the_member_and_the_admin_can_be_chosen(server: Page) -> None:
    viewers = server.get_by_label("Viewing as", exact=True)
    expect(viewers.get_by_role("option")).to_have_text(["Mia", "Ada (admin)"])
    with answered(server):
        viewers.select_option("Ada (admin)")
    run_command(server, "visa", "nixtla")
    expect(server.get_by_text("Ada (admin) used /visa")).to_be_visible()


def test_the_picker_offers_a_command_for_each_topic(server: Page) -> None:
    server.get_by_label("Message", exact=True).fill("/")
    offered = server.get_by_role("listbox", name="Application commands")
    for topic in TOPICS:
        if topic.command:
            expect(offered.get_by_text(f"/{topic.command}", exact=True)).to_have_count(1)


def test_a_company_is_offered_through_a_typo(server: Page) -> None:
    choose_command(server, "salary")
    fill_option(server, "wikmedia")
    expect(server.get_by_role("listbox", name="").get_by_role("option").first).to_contain_text("Wikimedia")


def test_a_command_is_answered(server: Page) -> None:
    run_command(server, "benefits", "flex")
    expect(server.get_by_text("Mia used /benefits")).to_be_visible()
    expect(answers(server).last).to_contain_text("Flex")


def test_a_button_is_answered(server: Page) -> None:
    run_command(server, "salary", "nixtla")
    before = answers(server).all_inner_texts()
    click_button(server, "Requirements")
    assert answers(server).all_inner_texts() != before
    expect(answers(server).last).to_contain_text("Nixtla")


def test_direct_messages_are_a_page_of_their_own(direct: Page) -> None:
    expect(direct.get_by_role("log").get_by_text("what does").first).to_be_visible()
    expect(answers(direct).last).to_contain_text("Rolecall")


def test_a_follow_up_is_understood_in_direct_messages(direct: Page) -> None:
    say(direct, "what does flex pay?")
    say(direct, "and in new york?")
    expect(answers(direct).last).to_contain_text("$209,000")


def test_ending_it_on_the_page_ends_the_command(browser: Browser) -> None:
    with running_try() as (process, address):
        page = open_page(browser, address)
        page.get_by_role("banner").get_by_text("More", exact=True).click()
        page.get_by_role("button", name="End preview session").click()
        assert process.wait(timeout=60) == 0
        page.close()


def test_a_picture_shows_the_last_message_only(browser: Browser, server_address: str, tmp_path: Path) -> None:
    silence = next(picture for picture in PICTURES if picture.name == "silence")
    take_picture(browser, server_address, picture=silence, folder=tmp_path)
    with Image.open(tmp_path / "silence.png") as taken:
        assert taken.height < taken.width / 2
