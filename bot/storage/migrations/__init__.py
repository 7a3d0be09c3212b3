"""The steps that build the tables, oldest first; a step that has been released is never edited."""

HEAD = "0003"
"""The newest step; kept here so that a database that has it is opened without loading Alembic."""
