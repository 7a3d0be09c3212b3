"""An open database: how to read it, and how to take one's turn to write."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.actor import ROLECALL, Actor
from bot.storage.address import Address
from bot.storage.changing import Turn, end_turn, take_turn
from bot.storage.engine import for_reading, for_writing, open_engine
from bot.storage.failures import plainly_told
from bot.storage.migrating import migrate
from bot.storage.sqlite_file import make_ready
from bot.storage.versions import LatestVersion

Clock = Callable[[], datetime]
Ticks = Callable[[], float]


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


@asynccontextmanager
async def opened(address: Address) -> AsyncIterator[AsyncEngine]:
    """Create or upgrade the tables of a database, and close it at the end."""
    with plainly_told(address.place):
        if address.file:
            await asyncio.to_thread(make_ready, address.file)
        engine = open_engine(address)
    try:
        with plainly_told(address.place):
            await migrate(engine, place=address.place)
        yield engine
    finally:
        await engine.dispose()


@dataclass(slots=True)
class Database:
    """What everything that is kept is read and written through; failures are told in one line."""

    engine: AsyncEngine
    place: str
    """What a person is told that it is."""

    clock: Clock = utc_now
    latest: LatestVersion = field(default_factory=lambda: LatestVersion(time.monotonic))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection that sees one moment."""
        with plainly_told(self.place):
            async with for_reading(self.engine).connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, by: Actor = ROLECALL) -> AsyncIterator[Turn]:
        """Wait for the turn to write, and commit at the end; nothing is written where something fails."""
        with plainly_told(self.place):
            async with for_writing(self.engine).begin() as connection:
                turn = await take_turn(connection, now=self.clock(), by=by)
                yield turn
                await end_turn(turn)
        if turn.has_changed:
            self.latest.remember(turn.version)
