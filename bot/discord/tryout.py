"""The bot on a simulated Discord, and the page that shows it in the browser until it is ended."""

import asyncio
import io
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePath
from threading import Thread
from typing import NamedTuple
from xml.sax.saxutils import escape

import discord
import simcord
from aiohttp import web
from PIL import Image, ImageDraw, ImageFont
from simcord import ChannelHandle, Env, MemberActor, Preview, UserHandle

from bot.boards import FEED
from bot.boards.checker import Checker
from bot.discord.client import RolecallClient
from bot.domain.errors import RolecallError
from bot.domain.person import Asker
from bot.domain.posting import FollowedBoard
from bot.intake.addresses import WebRules
from bot.intake.fetching import Hosts
from bot.intake.files import read_sources
from bot.intake.importing import load_bundled
from bot.intake.sources import Source
from bot.parsing.parse import parse_posting
from bot.presentation.chat_service import open_for_answers
from bot.settings import Settings
from bot.storage.boards import FIRST_INTERVAL, LOOKS_WITHOUT
from bot.storage.store import Store
from bot.text.lexicon import data_directory
from bot.topics.pay import PAY

# The round pictures beside the names, drawn here: the simulated Discord has none of its own.

_AT = "https://cdn.simcord.invalid"
"""Where the simulation looks for pictures; should it look elsewhere one day, its own plain ones are shown."""

_SIDE, _LETTER_SIZE = 128, 76
_BOT_COLOUR = "#4752C4"
_COLOURS = ("#2D7D6E", "#B35C1E", "#8E44AD")

Pictures = dict[str, tuple[str, bytes]]
"""By address: the file name and the PNG."""


def draw_avatars(bot: discord.ClientUser, people: Iterable[UserHandle]) -> Pictures:
    """Draw the first letter of everybody's name: the bot's for its default picture, the people's for the ones they chose."""
    drawn = {f"{_AT}/embed/avatars/{bot.default_avatar.key}.png": draw_letter(bot.name[:1], _BOT_COLOUR)}
    for person, colour in zip(people, _COLOURS, strict=False):
        drawn[f"{_AT}/avatars/{person.id}/{person.avatar}.png"] = draw_letter((person.global_name or person.name)[:1], colour)
    return {address: (address.rpartition("/")[2], picture) for address, picture in drawn.items()}


def draw_letter(letter: str, colour: str) -> bytes:
    """Draw a white letter on a square of this colour (#RRGGBB), as PNG."""
    picture = Image.new("RGB", (_SIDE, _SIDE), colour)
    middle = _SIDE / 2
    ImageDraw.Draw(picture).text((middle, middle), letter, fill="white", font=ImageFont.load_default(_LETTER_SIZE), anchor="mm")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


# What there is on the simulated Discord: a server with a channel, a member and an admin, and a first answer by the bot.

_BOT_NAME = "Rolecall"
_SERVER = "Job seekers"
_TOLD_AFTER = 1.0
"""Seconds after which one is told what one watches."""

_CHANNEL = "jobs"
_TOPIC = "Type / and choose a command, or just ask: who hires in Kenya?"
_MEMBER, _ADMIN = ("mia", "Mia"), ("ada", "Ada (admin)")
_ADMIN_COLOUR = 0xE67E22


class Stage(NamedTuple):
    """What a page shows, and as whom."""

    scope: str
    channel: ChannelHandle
    viewers: Sequence[MemberActor | UserHandle]
    pictures: Pictures


async def set_stage(env: Env, bot: RolecallClient, *, company: str | None, is_direct: bool, store: Store | None = None) -> Stage:
    """
    Build the server and its people, and let one of them ask a first question.

    With a store, the server has a dozen postings of its own, written for it. The admin owns the bot too, so that everyone's postings can be
    managed in the direct messages, which are theirs. `company` is whom the question is about, None where no postings are; `is_direct` is
    for the direct-message channel.
    """
    behind = (datetime.now(UTC) - env.now()).total_seconds()
    if behind > 0:  # the simulation's clock begins on a fixed day, and stands still
        await env.advance_time(behind)
    assert bot.user is not None  # noqa: S101 -- tells the type checker that it is logged in
    await bot.user.edit(username=_BOT_NAME)
    server = env.create_guild(_SERVER)
    channel = server.create_text_channel(_CHANNEL, topic=_TOPIC)
    member, admin = (env.create_user(name, global_name=shown, avatar=name) for name, shown in (_MEMBER, _ADMIN))
    pictures = draw_avatars(bot.user, (member, admin))
    role = server.create_role("Admin", permissions=discord.Permissions(administrator=True), color=_ADMIN_COLOUR)
    talking, ruling = server.add_member(member), server.add_member(admin, roles=[role])
    bot.owners = frozenset({admin.id})
    await env.settle()  # the bot introduces itself first
    scope = str(server.id)
    if store is not None:
        await load_bundled(store, scope=scope, folder="tryout")
    if is_direct:
        await admin.send_dm(f"what does {company} pay?" if company else "hi")
        return Stage(scope, admin.dm_channel, [admin], pictures)
    if company:
        await talking.slash(channel, PAY.command, company=company)
    else:
        await talking.slash(channel, "help")
    return Stage(scope, channel, [talking, ruling], pictures)


# A job board of the server's own, on which jobs come and go while one looks.

_TURNED_AFTER = 20.0
"""Seconds after which another job of the board is away."""

_RULES = WebRules(allow_private=True)
"""The board is on this machine, and so are those that somebody else has there."""


class ExampleBoard:
    """A board on loopback that lists all of its jobs but one, and each time another one; followed by a server as any other board is."""

    def __init__(self, jobs: Sequence[Source]) -> None:
        self._jobs = {PurePath(job.name).stem: job.text for job in jobs}
        self._turns = 0
        self.url = ""
        """Where it is, as long as it is open."""

    def turn(self) -> None:
        """Take the next job away, and list the one that was away."""
        self._turns += 1

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Answer as long as this lasts."""
        runner = web.ServerRunner(web.Server(self._answer, access_log=None))
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield
        finally:
            await runner.cleanup()

    async def follow(self, store: Store, scope: str, pause: float = _TURNED_AFTER) -> None:
        """Have a server follow it, and look at it after each turn, until this is cancelled."""
        checker = Checker(store, Hosts(_RULES, spacing=0.0), kinds=[replace(FEED, is_whole=True)])
        board = FollowedBoard(id=0, scope=scope, url=f"{self.url}/jobs.rss", kind=FEED.name, next_at=checker.now(), interval=FIRST_INTERVAL)
        number = (await store.boards.add(board)).id
        while True:
            for _ in range(LOOKS_WITHOUT):  # what is away is closed at the second look
                if (due := await store.boards.take(number, scopes={scope})) is not None:  # it is not paused
                    await checker.look_at(due)
            await checker.enrol()
            await asyncio.sleep(pause)
            self.turn()

    def _listed(self) -> dict[str, str]:
        away = self._turns % len(self._jobs)
        return {name: text for at, (name, text) in enumerate(self._jobs.items()) if at != away}

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        listed, name = self._listed(), request.path.strip("/")
        if name == "jobs.rss":
            items = "".join(f"<item>{_write_item(f'{self.url}/{name}', text)}</item>" for name, text in listed.items())
            return web.Response(text=f"<rss><channel><title>Jobs</title>{items}</channel></rss>", content_type="application/rss+xml")
        return web.Response(text=listed[name]) if name in listed else web.Response(status=404, text="This job is not open now.")


def _write_item(link: str, text: str) -> str:
    """Write a job as the entry of a feed: its head by name, and its text."""
    parsed = parse_posting(text, link)
    told = {"title": parsed.title, "company": parsed.company, "location": parsed.location, "guid": link, "link": link, "description": text}
    return "".join(f"<{name}>{escape(value or '')}</{name}>" for name, value in told.items())


def read_example_jobs() -> list[Source]:
    """Return the jobs of the example board."""
    return [found for found in read_sources([data_directory() / "tryout_board"]) if isinstance(found, Source)]


async def serve_page(database_url: str, settings: Settings, *, is_direct: bool, port: int, when_open: Callable[[str], None]) -> None:
    """
    Show the server, or the direct messages, until the page is closed with its own menu or this task is cancelled.

    It is at the port, any that is free for 0; `when_open` is told its address, which holds the key to it. Raises RolecallError for a port
    that is taken.
    """
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(open_for_answers(database_url))
        client = RolecallClient(opened, settings, hears_all=True)
        companies = await opened.assistant.complete_company("", Asker(), limit=1)
        # The bot's own handler tells and logs its errors; the page goes on.
        env = await stack.enter_async_context(simcord.run(client, shard_count=1, check_errors=False))
        company = next(iter(companies), None)
        stage = await set_stage(env, client, company=company, is_direct=is_direct, store=opened.store)
        board = ExampleBoard(read_example_jobs())
        await stack.enter_async_context(board.opened())
        client.checker.hosts = Hosts(_RULES)
        beside = [asyncio.create_task(work) for work in (board.follow(opened.store, stage.scope), client.outbox.run(_TOLD_AFTER))]
        preview = env.preview(stage.channel, viewers=stage.viewers, layout="channel", assets=stage.pictures, port=port)
        await _enter(preview, port)
        try:
            when_open(preview.url)
            await preview.wait_closed()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            await preview.close()


async def _enter(preview: Preview, port: int) -> None:
    try:
        await preview.__aenter__()
    except simcord.SetupError as error:
        if isinstance(error.__cause__, OSError):
            raise RolecallError(f"port {port} cannot be used ({error.__cause__.strerror}); name another with --port, or none") from None
        raise ModuleNotFoundError(name="simcord") from error  # a part of it


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
