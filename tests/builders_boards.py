"""Boards played on loopback, with a clock that tests turn."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from builders_intake import CODEC
from builders_web import LOOPBACK, Site, boards_on, open_site

from bot.boards import BOARDS
from bot.boards.checker import Checker
from bot.domain.person import EVERYONE
from bot.domain.posting import FollowedBoard, Openness, Sighting
from bot.intake.fetching import Hosts
from bot.storage.store import Store

ALL = frozenset({EVERYONE})
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
URL = "https://boards.greenhouse.io/acme"
PATH = "/v1/boards/acme/jobs"


@dataclass
class Street:
    """A site, a database, and what looks at boards; hours pass when a test says so."""

    site: Site
    store: Store
    checker: Checker
    clock: "TurnedClock"

    async def follow(self, url: str = URL, **changed: Any) -> FollowedBoard:
        """Follow a board, and look at it for the first time."""
        wanted = to_board(url, **changed)
        board = await self.store.boards.add((await self.checker.preview(wanted)).board)
        await self.look(board.id)
        return board

    async def look(self, number: int = 1) -> str:
        """Look at a board now."""
        board = await self.store.boards.take(number, scopes=ALL | {"7"})
        assert board is not None
        told = await self.checker.look_at(board)
        await self.checker.enrol()
        return told

    async def known(self) -> dict[str, Sighting]:
        """What is known of each posting, by its title."""
        listed = await self.store.list_postings(scopes=ALL)
        found = await self.store.boards.sightings([one.id for one in listed], scopes=ALL)
        return {one.title or "": found.get(one.id, Sighting()) for one in listed}

    async def of_all(self) -> set[Openness]:
        return {one.openness for one in (await self.known()).values()}

    def put_jobs(self, jobs: Sequence[dict[str, Any]], path: str = PATH) -> None:
        self.site.put_json(path, {"jobs": jobs, "meta": {"total": len(jobs)}})


@dataclass
class TurnedClock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **span: float) -> None:
        self.now += timedelta(**span)


def to_board(url: str = URL, **changed: Any) -> FollowedBoard:
    own = {"id": 0, "scope": EVERYONE, "url": url, "kind": "", "next_at": NOON, "interval": 14_400}
    return FollowedBoard.model_validate({**own, **changed})


def job(number: int, **changed: Any) -> dict[str, Any]:
    """A job as Greenhouse lists it."""
    return {
        "id": number,
        "title": f"Clockmaker {number}",
        "absolute_url": f"https://boards.greenhouse.io/acme/jobs/{number}",
        "company_name": "Tick & Tock",
        "location": {"name": "Oslo, Norway"},
        "content": f"<p>You mend clock number {number} in the tower of the town and oil its wheels each night. We pay $40,000 a year.</p>",
        **changed,
    }


@asynccontextmanager
async def open_checker(url: str, base: str, *, clock: Callable[[], datetime], spacing: float = 0.0) -> AsyncIterator[tuple[Store, Checker]]:
    """Open a database, with what looks at boards that a site plays."""
    kinds = tuple(replace(kind, jobs=_moved(kind.jobs, base), job=_moved(kind.job, base)) for kind in BOARDS)
    hosts = Hosts(replace(LOOPBACK, boards=boards_on(Site(base))), spacing=spacing)
    async with Store.open(url, CODEC, clock=clock) as store:
        checker = Checker(store, hosts, kinds=kinds, chance=random.Random(1))  # noqa: S311
        try:
            yield store, checker
        finally:
            await checker.process.close()


@asynccontextmanager
async def on_street(folder: Path) -> AsyncIterator[Street]:
    """Open a street with a database of its own."""
    url, clock = await _copy_empty(folder / "kept.db"), TurnedClock()
    async with open_site() as site, open_checker(url, site.base, clock=clock) as (store, checker):
        yield Street(site, store, checker, clock)


_EMPTY: list[bytes] = []
"""An empty database, once it was built: that takes as long as a test."""


async def _copy_empty(file: Path) -> str:
    if not _EMPTY:
        async with Store.open(f"sqlite:///{file}"):
            pass
        _EMPTY.append(await asyncio.to_thread(file.read_bytes))
    await asyncio.to_thread(file.write_bytes, _EMPTY[0])
    return f"sqlite:///{file}"


def _moved(address: str, base: str) -> str:
    """Put an API's address on the site, by its path."""
    if not address.startswith("https://"):
        return address
    return f"{base}/{address.removeprefix('https://').partition('/')[2]}"
