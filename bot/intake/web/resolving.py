"""Names resolved once, every address checked, and the connection made to what was checked."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import TypeAlias

import structlog
from aiohttp import ClientConnectionError, ClientRequest, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from bot.intake.web.addresses import Unread, check_public

LookUp: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]
"""Takes a name, returns all its IP addresses; raises OSError for a name that has none."""

_LOG = structlog.get_logger(__name__)

_THREADS = ThreadPoolExecutor(4, thread_name_prefix="look-up")
"""Of their own: a name server that does not answer holds these for half a minute, and not those that postings are read in."""


async def look_up(name: str) -> list[str]:
    """Ask the system for all addresses of a name; raise OSError where there are none."""
    found = await asyncio.get_running_loop().run_in_executor(
        _THREADS, lambda: socket.getaddrinfo(name, None, family=socket.AF_UNSPEC, type=socket.SOCK_STREAM)
    )
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedResolver(AbstractResolver):
    """Gives the connector the addresses that were checked, and no others; it is asked once for each connection."""

    def __init__(self, asked: LookUp, *, allow_private: bool) -> None:
        self._look_up = asked
        self._allow_private = allow_private

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """Return all addresses of a name; raise Unread unless each of them is global."""
        written = await self._look_up(host)
        if not written:
            raise OSError(socket.EAI_NONAME, "the name has no address")
        if not self._allow_private:
            for each in written:
                self._check(host, each)
        return [
            ResolveResult(
                hostname=host,
                host=each,
                port=port,
                family=socket.AF_INET6 if ":" in each else family or socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for each in written
        ]

    async def close(self) -> None:
        """Close nothing: nothing is kept."""

    def _check(self, host: str, written: str) -> None:
        try:
            check_public(ip_address(written))
        except Unread:
            # The number is for the log alone: told to whoever asked, it would be a directory of the host's own network.
            _LOG.info("a name leads to an address that is not public", name=host, address=written)
            raise


class CheckedConnector(TCPConnector):
    """Connects as TCPConnector does, and looks once more at who is at the other end before anything is sent."""

    def __init__(self, asked: LookUp, *, allow_private: bool) -> None:
        resolver = CheckedResolver(asked, allow_private=allow_private)
        super().__init__(resolver=resolver, use_dns_cache=False, force_close=True)
        self._allows_private = allow_private

    async def connect(self, req: ClientRequest, traces: list[Trace], timeout: ClientTimeout) -> Connection:  # noqa: ASYNC109  the library's
        """Return a connection to a public address; raise Unread for any other."""
        connection = await super().connect(req, traces, timeout)
        if not self._allows_private:
            try:
                self._check_peer(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def _check_peer(self, connection: Connection) -> None:
        peer = connection.transport.get_extra_info("peername") if connection.transport else None
        if not peer:
            raise ClientConnectionError("the connection was closed at once")
        check_public(ip_address(str(peer[0])))
