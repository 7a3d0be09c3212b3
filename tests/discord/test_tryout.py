"""The admin of the try-out may set up the server, and owns the bot in the direct messages; the member may neither."""

import asyncio
import io
import webbrowser
from pathlib import Path
from threading import Event

import pytest
import simcord
from builders_answering import open_assistant, read_bundled
from builders_discord import SETTINGS, text_of
from PIL import Image
from simcord import MemberActor, UserHandle

from bot.discord.client import RolecallClient
from bot.discord.tryout import ExampleBoard, draw_letter, open_in_browser, read_example_jobs, set_stage
from bot.presentation.chat_service import Opened


@pytest.mark.parametrize("is_direct", [False, True])
async def test_the_admin_owns_the_bot(is_direct: bool, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, read_bundled()) as opened:
        client = RolecallClient(Opened(*opened), SETTINGS)
        async with simcord.run(client, shard_count=1) as env:
            stage = await set_stage(env, client, company="Flex", is_direct=is_direct)
            assert client.owners == {stage.viewers[-1].id}
            assert stage.viewers[-1].name == "ada"
            assert stage.channel.last_message is not None
            assert "$" in text_of(stage.channel.last_message)


async def test_the_admin_sets_up_the_server_and_the_member_does_not(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, read_bundled()) as opened:
        client = RolecallClient(Opened(*opened), SETTINGS)
        async with simcord.run(client, shard_count=1) as env:
            stage = await set_stage(env, client, company=None, is_direct=False)
            mia, ada = stage.viewers
            assert not isinstance(mia, UserHandle)
            assert isinstance(ada, MemberActor)
            assert "Saved." in text_of(await ada.slash(stage.channel, "settings", answers="asker", language="de"))
            assert "settings" not in mia.available_commands(stage.channel)
            assert (await mia.slash(stage.channel, "salary", company="flex")).ephemeral


async def test_the_server_has_a_dozen_postings_of_its_own_and_plain_words_are_answered(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, read_bundled()) as opened:
        client = RolecallClient(Opened(*opened), SETTINGS, hears_all=True)
        async with simcord.run(client, shard_count=1) as env:
            stage = await set_stage(env, client, company="Flex", is_direct=False, store=opened[0])
            mia = stage.viewers[0]
            assert isinstance(mia, MemberActor)
            assert (await opened[0].count(scopes={str(mia.guild.id)})) == 12
            await mia.send(stage.channel, "what does harbourlight pay a backend engineer?")
            assert stage.channel.last_message is not None
            assert "€52,000 to €64,000" in text_of(stage.channel.last_message)
            await mia.send(stage.channel, "who hires in kenya?")
            assert "Lumen" in text_of(stage.channel.last_message)


async def test_a_board_of_the_servers_own_closes_and_opens_postings_and_who_watches_is_told(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, read_bundled()) as opened:
        client = RolecallClient(Opened(*opened), SETTINGS)
        async with simcord.run(client, shard_count=1) as env:
            stage, board = await set_stage(env, client, company=None, is_direct=False), ExampleBoard(read_example_jobs())
            _, ada = stage.viewers
            assert isinstance(ada, MemberActor)
            async with board.opened():
                following = asyncio.create_task(board.follow(opened[0], stage.scope, pause=0.2))
                told: list[str] = []
                await ada.slash(stage.channel, "watch company", company="Oldtown Clock Tower", channel=stage.channel)
                async with asyncio.timeout(20):
                    while not all(any(word in one for one in told) for word in ("New", "Closed", "Open again")):
                        await asyncio.sleep(0.1)
                        await client.outbox.send_due()
                        told = [text_of(message) for message in stage.channel.history()]
                following.cancel()
            assert "Clock Mender" in " ".join(told)


# The pictures beside the names.


def test_a_letter_is_drawn_in_white_on_its_colour() -> None:
    picture = Image.open(io.BytesIO(draw_letter("R", "#2D7D6E"))).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(maxcolors=4096) or ()}
    assert {(0x2D, 0x7D, 0x6E), (255, 255, 255)} <= colours
    assert picture.getpixel((0, 0)) == (0x2D, 0x7D, 0x6E)


def test_two_letters_are_two_pictures() -> None:
    assert draw_letter("M", "#2D7D6E") != draw_letter("A", "#2D7D6E")


# The page is opened in a browser with windows, and in no other.


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
