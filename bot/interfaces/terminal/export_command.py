"""`export`: all postings as JSON Lines, as schema.org JobPosting JSON-LD, or as a table in CSV."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.domain.errors import RolecallError
from bot.interfaces.terminal.command import Command, add_database_option
from bot.interfaces.terminal.output_file import writing_to
from bot.interfaces.terminal.plain_text import harmless
from bot.interfaces.terminal.scope_option import add_server_option, scope_of, server_in_words
from bot.interfaces.terminal.streams import complain

_FORMS = ("jsonl", "jsonld", "csv")


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=_FORMS,
        default=_FORMS[0],
        help="JSON Lines, one posting a line, or schema.org JobPosting JSON-LD, which can be imported again; or a table in CSV, which"
        " has no quotes and cannot be imported",
    )
    parser.add_argument("--output", metavar="FILE", type=Path, help="where to write (default: standard output)")
    add_server_option(parser)
    add_database_option(parser)


def _run(arguments: Namespace) -> int:
    import asyncio

    count = asyncio.run(_export(arguments))
    if not count:
        server = server_in_words(arguments)
        whose = f"for server {arguments.server}" if server else "in this database"
        complain(f"there are no postings {whose}; add some with: python -m bot import PATH{server}")
    elif arguments.output:
        print(f"{count:,} posting{'' if count == 1 else 's'} written to {harmless(str(arguments.output))}")  # noqa: T201
    return 0


async def _export(arguments: Namespace) -> int:
    from bot.intake.exporting import ExportForm, write_export
    from bot.interfaces.opening import open_store

    _refuse_the_database_itself(arguments.output, arguments.database)
    async with open_store(arguments.database) as store:
        with writing_to(arguments.output) as write:
            return await write_export(store, {scope_of(arguments)}, form=ExportForm(arguments.format), write=write)


def _refuse_the_database_itself(output: Path | None, database_url: str) -> None:
    from bot.storage.address import read_address

    file = read_address(database_url).file
    if output and file and output.resolve() == Path(file).resolve():
        raise RolecallError(f"{output} is the database itself and would be lost; name another file behind --output")


EXPORT = Command(
    name="export",
    summary="write all postings with what was read in them",
    examples=("export --output postings.jsonl", "export --format jsonld", "export --format csv --output postings.csv"),
    add_options=_add_options,
    run=_run,
)
