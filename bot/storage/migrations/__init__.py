"""The steps that build the tables, oldest first; a step that has been released is never edited."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import NewerSchema
from bot.storage.tables import ledger, metadata

HEAD = "0007"
"""The newest step; kept here so that a database that has it, or nothing yet, is opened without loading Alembic."""

_FOLDER = Path(__file__).parent
_LOCK = 0x526F6C6563616C6C
"""The word Rolecall in ASCII, as the number of PostgreSQL's advisory lock."""


async def migrate(engine: AsyncEngine, *, place: str) -> None:
    """
    Create or upgrade the tables; raise NewerSchema for a database from a newer Rolecall.

    Alembic is loaded for a database that has some of them only: one that is up to date is looked at, and a new one is built as it is now.
    """
    async with engine.connect() as connection:
        stamped = await connection.run_sync(read_revision)
    if stamped == HEAD:
        return
    async with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        await connection.run_sync(_upgrade, place)


def read_revision(connection: Connection) -> str | None:
    """Return the step that a database has reached, None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


async def build(engine: AsyncEngine, revision: str) -> None:
    """Build the tables of a new database as they were at a step."""
    async with engine.execution_options(writes=True).begin() as connection:
        await connection.run_sync(_build, revision)


def check_known(stamped: str | None, *, place: str) -> None:
    """Raise NewerSchema for a step that this Rolecall does not have."""
    from alembic.script import ScriptDirectory

    known = {step.revision for step in ScriptDirectory(str(_FOLDER)).walk_revisions()}
    if stamped is not None and stamped not in known:
        raise NewerSchema(f"{place} was written by a newer Rolecall; update Rolecall or name another database in DATABASE_URL")


def _build(connection: Connection, revision: str) -> None:
    """Run the steps up to one in the connection's own transaction, without the script that Alembic's command line would run them by."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(_FOLDER))

    def missing(reached: Any, _: object) -> Any:
        return steps._upgrade_revs(revision, reached)  # noqa: SLF001 -- what the command `upgrade` itself goes by

    with EnvironmentContext(Config(), steps, fn=missing) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()


def _upgrade(connection: Connection, place: str) -> None:
    # Read again: another process may have migrated while this one waited for its turn.
    stamped = read_revision(connection)
    if stamped is None and not inspect(connection).get_table_names():
        _create(connection)
        return
    check_known(stamped, place=place)
    if stamped != HEAD:
        _build(connection, "head")


def _create(connection: Connection) -> None:
    """Create all tables of a new database, as the steps would have built them one after the other."""
    for index in (index for table in metadata.tables.values() for index in table.indexes):
        # Said here and not with the tables, since it loads PostgreSQL's dialect: a first answer from SQLite does without.
        if connection.dialect.name == "postgresql":
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
    metadata.create_all(connection)
    connection.execute(ledger.insert().values(id=1, version=0, last_id=0))
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": HEAD})
