"""Websites played on loopback, and whoever answers for names."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from aiohttp import web
from builders_markup import BODY, JOB

from bot.domain.posting import Posting
from bot.intake.addresses import BOARDS, Board, WebRules
from bot.intake.pages import read_url
from bot.intake.reading import read_one
from bot.intake.sources import Refusal, Source

Answer: TypeAlias = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

HTML_HEAD = "<!doctype html><html><head><title>Night Baker</title></head>"


@dataclass
class Site:
    """A website on loopback: a table of paths, and what it was asked."""

    base: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)

    def put(self, path: str, body: str | bytes = b"", *, kind: str | None = "text/html", status: int = 200, **head: str) -> str:
        """Give a page out from now on; return its address."""
        data = body.encode() if isinstance(body, str) else body

        async def answer(_request: web.BaseRequest) -> web.StreamResponse:
            response = web.Response(body=data, status=status, headers={name.replace("_", "-"): value for name, value in head.items()})
            if kind is None:
                # What is not set the server would set itself.
                response.headers["Content-Type"] = ""
            else:
                response.headers["Content-Type"] = kind
            return response

        return self.put_answer(path, answer)

    def put_json(self, path: str, document: Any) -> str:
        return self.put(path, json.dumps(document), kind="application/json")

    def put_answer(self, path: str, answer: Answer) -> str:
        self.pages[path] = answer
        return self.base + path

    def redirect(self, path: str, location: str, *, status: int = 302) -> str:
        return self.put(path, b"", status=status, Location=location)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        self.heads.append(dict(request.headers))
        found = self.pages.get(request.path_qs) or self.pages.get(request.path)
        return await found(request) if found else web.Response(status=404, text="nothing here")


@asynccontextmanager
async def open_site(host: str = "127.0.0.1") -> AsyncIterator[Site]:
    """Play a website until the block ends."""
    site = Site()
    runner = web.ServerRunner(web.Server(site.answer), shutdown_timeout=0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, 0).start()
        site.base = f"http://{host}:{runner.addresses[0][1]}"
        yield site
    finally:
        await runner.cleanup()


@asynccontextmanager
async def open_raw(*said: bytes, stays: bool = False) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Play a server that says these bytes whatever it is asked, and then closes or keeps silent; with what it was sent."""
    heard: list[bytes] = []
    never = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            heard.append(await reader.read(65_536))
            for each in said:
                writer.write(each)
                await writer.drain()
            if stays:
                await never.wait()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/job", heard
    finally:
        never.set()
        server.close()
        await server.wait_closed()


class Names:
    """Answers for names, each time with the next list of addresses, and counts."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.asked: list[str] = []
        self._answers = {name.replace("_", "."): iter(found) for name, found in answers.items()}

    async def look_up(self, name: str) -> Sequence[str]:
        self.asked.append(name)
        if name not in self._answers:
            raise OSError(-2, "no such name")
        return next(self._answers[name])


LOOPBACK = WebRules(allow_private=True, most_seconds=5)
"""For pages that are played here."""


def boards_on(site: Site) -> tuple[Board, ...]:
    """The boards, with their JSON on a site here and their pages on loopback too where a path tells which."""
    return tuple(
        replace(
            board,
            job=site.base + "/api/" + board.job.partition("://")[2],
            jobs=site.base + "/api/" + board.jobs.partition("://")[2],
        )
        for board in BOARDS
    )


def page_with(*scripts: Any, body: str = "") -> str:
    """A page with JSON-LD in it: values, or a script as it stands."""
    written = (each if isinstance(each, str) else json.dumps(each) for each in scripts)
    return (
        HTML_HEAD + "<body>" + "".join(f'<script type="application/ld+json">{each}</script>' for each in written) + body + "</body></html>"
    )


def job_with(**changed: Any) -> dict[str, Any]:
    return {**JOB, **changed}


def main_text(body: str = BODY, title: str = "Night Baker") -> str:
    return f"{HTML_HEAD}<body><nav>Home Jobs</nav><main><h1>{title}</h1>{body}</main><footer>Imprint</footer></body></html>"


async def read_one_url(url: str, rules: WebRules = LOOPBACK) -> Source:
    """The one source behind an address; fails with the reason where it is refused."""
    (found,) = await read_url(url, rules)
    assert isinstance(found, Source), found
    return found


async def read_kept(url: str, rules: WebRules = LOOPBACK) -> dict[str, Any]:
    """The head of the posting behind an address, as it would be kept, with its topics."""
    read = read_one(await read_one_url(url, rules))
    assert isinstance(read, Posting), read
    return {**dict(read), "topics": frozenset(read.facts)}


async def read_refused(url: str, rules: WebRules = LOOPBACK) -> str:
    """What a person is told of an address that is not read, after the address."""
    (found,) = await read_url(url, rules)
    assert isinstance(found, Refusal), found
    assert len(found.reason.splitlines()) == 1
    assert found.reason.isprintable()
    assert found.reason.startswith(f"{found.source} ")
    return found.reason.removeprefix(f"{found.source} ")
