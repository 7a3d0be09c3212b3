"""The settings of servers, remembered so that an answer need not wait for them."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

from bot.domain.server import ServerSettings
from bot.storage.store import Store

_MOST = 10_000
_FRESH_SECONDS = 60.0
"""How long what another process set may stay unseen."""


class KnownServers:
    """Gives a server's settings from memory for a minute; what is set here counts at once."""

    def __init__(self, store: Store, ticks: Callable[[], float] = time.monotonic) -> None:
        self._servers = store.servers
        self._ticks = ticks
        self._known: OrderedDict[str, tuple[float, ServerSettings]] = OrderedDict()
        self._changing = asyncio.Lock()

    async def get(self, server: int | None) -> ServerSettings:
        """Return the settings of a server by its id, the defaults outside of servers."""
        if server is None:
            return ServerSettings()
        scope = str(server)
        known = self._known.get(scope)
        if known is None or self._ticks() - known[0] > _FRESH_SECONDS:
            settings = await self._servers.get(scope)
            if self._known.get(scope) is not known:  # they were set while the older ones were read
                return await self.get(server)
            self._remember(scope, settings)
        return self._known[scope][1]

    async def put(self, server: int, settings: ServerSettings) -> None:
        """Set a server's settings."""
        await self._servers.put(str(server), settings)
        self._remember(str(server), settings)

    async def change(self, server: int, change: Callable[[ServerSettings], ServerSettings]) -> ServerSettings:
        """Set what a change makes of a server's settings as they are stored, one change after the other, and return them."""
        async with self._changing:
            settings = change(await self._servers.get(str(server)))
            await self.put(server, settings)
        return settings

    def _remember(self, scope: str, settings: ServerSettings) -> None:
        self._known[scope] = (self._ticks(), settings)
        self._known.move_to_end(scope)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
