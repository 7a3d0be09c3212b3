"""What the admins of servers set."""

from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.server import ServerSettings
from bot.storage.database import Database
from bot.storage.tables import server

_DEFAULTS = ServerSettings()


class Servers:
    """The settings of each server; every method may raise StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, scope: str) -> ServerSettings:
        """Return a server's settings, the defaults where nothing was set."""
        async with self._database.reading() as connection:
            return _read(await _read_stored(connection, scope))

    async def put(self, scope: str, settings: ServerSettings) -> None:
        """Set a server's settings; what a newer Rolecall has set beside them stays."""
        async with self._database.writing() as turn:
            stored = await _read_stored(turn.connection, scope)
            written = {**(stored or {}), **settings.model_dump(mode="json")}
            if stored is None:
                await turn.connection.execute(sa.insert(server).values(scope=scope, settings=written))
            else:
                await turn.connection.execute(sa.update(server).where(server.c.scope == scope).values(settings=written))


async def _read_stored(connection: AsyncConnection, scope: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (await connection.execute(sa.select(server.c.settings).where(server.c.scope == scope))).scalar()
    return found


def _read(stored: dict[str, Any] | None) -> ServerSettings:
    """Read settings; what this Rolecall does not know or cannot read is as if it were not set."""
    read = _DEFAULTS
    for name in (stored or {}).keys() & ServerSettings.model_fields.keys():
        with suppress(ValidationError):
            read = ServerSettings.model_validate({**read.model_dump(), name: (stored or {})[name]})
    return read
