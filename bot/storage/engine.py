"""The connection pool, set so that what was committed stays and readers wait for nobody."""

from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage.address import Address

BUSY_SECONDS = 30
"""How long SQLite waits for another process's write."""

_CONNECT_SECONDS = 10
_COMMAND_SECONDS = 60
_PRAGMAS = (f"busy_timeout = {BUSY_SECONDS * 1000}", "foreign_keys = ON", "synchronous = FULL", "fullfsync = ON")
"""
What was committed is on the disk, so that it also outlives the loss of power; with NORMAL it would outlive only the end of the program.
That is 3 ms more for each commit on a plain disk (11 instead of 8 for one posting), and the same speed for an import in batches. What a
server does stands in its own synchronous_commit, which is on unless its owner turned it off.
"""


def open_engine(address: Address) -> AsyncEngine:
    """Return an engine; nothing is connected before its first use."""
    return _open_sqlite(address) if address.is_sqlite else _open_postgresql(address)


def for_reading(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine for transactions that see one moment of the database."""
    # SQLite's transactions are so by themselves.
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine for transactions that write: SQLite's take their turn at the beginning, where waiting is safe."""
    return engine.execution_options(writes=True)


def _open_sqlite(address: Address) -> AsyncEngine:
    # Memory lasts as long as its one connection, for which all wait in turn; each transaction on a file has its own.
    pool: dict[str, Any] = {} if address.file else {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}
    engine = create_async_engine(address.url, hide_parameters=True, **pool)
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _open_postgresql(address: Address) -> AsyncEngine:
    asked: dict[str, Any] = {"timeout": _CONNECT_SECONDS, "command_timeout": _COMMAND_SECONDS, "server_settings": address.server_settings}
    return create_async_engine(address.url, hide_parameters=True, pool_pre_ping=True, connect_args=asked)


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin transactions late and by itself; `_begin` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
