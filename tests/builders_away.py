"""A way to a database server that can be cut, or hang."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import make_url


class Way:
    """Passes on what is sent to a server and back."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._open = asyncio.Event()
        self._open.set()
        self.writers: list[asyncio.StreamWriter] = []
        self._passing: list[asyncio.Task[None]] = []
        self.server: asyncio.Server
        self.port = 0

    @property
    def url(self) -> str:
        """The database's URL by this way."""
        return self._url.set(host="127.0.0.1", port=self.port).render_as_string(hide_password=False)

    def hang(self) -> None:
        """Accept whoever comes, and pass on nothing more."""
        self._open.clear()

    def go_on(self) -> None:
        self._open.set()

    def cut(self) -> None:
        """Refuse whoever comes, and hang up."""
        self.server.close()
        for writer in self.writers:
            writer.transport.abort()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(self._url.host, self._url.port or 5432)
        self.writers += [writer, there_writer]
        self._passing += [
            asyncio.create_task(self._pass_on(reader, there_writer)),
            asyncio.create_task(self._pass_on(there_reader, writer)),
        ]

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        writer.close()

    async def end(self) -> None:
        self.cut()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)


@asynccontextmanager
async def way_to(url: str) -> AsyncIterator[Way]:
    way = Way(url)
    way.server = await asyncio.start_server(way.accept, "127.0.0.1", 0)
    way.port = way.server.sockets[0].getsockname()[1]
    try:
        yield way
    finally:
        await way.end()
