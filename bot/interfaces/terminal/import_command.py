"""`import`: postings from files, folders and zip archives into the database."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from bot.interfaces.terminal.command import Command, add_database_option

if TYPE_CHECKING:
    from bot.intake.importing import ImportSummary, Progress


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a posting, a folder with postings (and folders) in it, or a zip archive of them"
    )
    add_database_option(parser)


def _run(arguments: Namespace) -> int:
    import asyncio

    summary = asyncio.run(_import(arguments))
    _print_summary(summary)
    return 1 if summary.refused else 0


async def _import(arguments: Namespace) -> "ImportSummary":
    from bot.domain.posting import EVERYONE
    from bot.intake.importing import import_sources
    from bot.intake.sources import read_sources
    from bot.interfaces.opening import open_store

    async with open_store(arguments.database) as store:
        with _progress_bar(arguments.paths) as on_progress:
            return await import_sources(store, read_sources(arguments.paths), scope=EVERYONE, on_progress=on_progress)


@contextmanager
def _progress_bar(paths: Sequence[str]) -> "Iterator[Callable[[Progress], None] | None]":
    """Give what shows how far it is, on standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Importing", total=None)
        # What there is to do is counted beside the import, which does not wait for it.
        Thread(target=lambda: bar.update(task, total=_count(paths)), daemon=True).start()
        yield lambda progress: bar.update(task, completed=progress.done)


def _count(paths: Sequence[str]) -> int:
    from bot.intake.sources import read_sources

    return sum(1 for _ in read_sources(paths))


def _print_summary(summary: "ImportSummary") -> None:
    from bot.interfaces.terminal.page import Paragraph, open_console, show

    counts = f"{summary.added:,} added, {summary.updated:,} updated, {summary.unchanged:,} unchanged, {len(summary.refused):,} refused"
    reasons = (Paragraph(refusal.reason, first="• ", rest="  ") for refusal in summary.refused)
    show(open_console(), [Paragraph(counts, style="bold"), *reasons])


IMPORT = Command(
    name="import",
    summary="add postings from files, folders and zip archives",
    examples=("import postings/", "import posting.md archive.zip"),
    add_options=_add_options,
    run=_run,
)
