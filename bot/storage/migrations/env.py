"""Alembic runs this file to migrate over the connection that it is handed; it opens none and leaves logging alone."""

from alembic import context

from bot.storage.tables import metadata


def migrate() -> None:
    """Run the steps in the connection's own transaction: who began it commits it."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


# Alembic loads this file under that name; anybody else only imports it.
if __name__ == "env_py":
    migrate()
