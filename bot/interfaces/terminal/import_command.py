"""`import`: postings from files, folders, zip archives and web pages into the database."""

import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from bot.interfaces.terminal.command import Command, add_database_option
from bot.interfaces.terminal.scope_option import add_server_option, operator, scope_of

if TYPE_CHECKING:
    from bot.intake.importing import ImportSummary, Progress
    from bot.intake.source import Found, Refusal, Source

    Fetched = Mapping[str, Sequence[Source | Refusal]]

_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)
"""Whatever its scheme: one that is not read is refused as an address and not taken for a missing file."""


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "places",
        nargs="+",
        metavar="PATH|URL",
        help="a posting, a folder with postings (and folders) in it, a zip archive of them, or the address of a posting or job board",
    )
    add_server_option(parser)
    add_database_option(parser)


def _run(arguments: Namespace) -> int:
    import asyncio

    summary = asyncio.run(_import(arguments))
    _print_summary(summary)
    return 1 if summary.refused else 0


async def _import(arguments: Namespace) -> "ImportSummary":
    from bot.intake.destination import Destination
    from bot.intake.importing import import_sources
    from bot.interfaces.opening import open_store

    async with open_store(arguments.database) as store:
        fetched = await _fetch([place for place in arguments.places if _URL.match(place)])
        into = Destination(store, scope_of(arguments), by=operator())
        with _progress_bar(arguments.places, fetched) as on_progress:
            return await import_sources(into, _read(arguments.places, fetched), on_progress=on_progress)


async def _fetch(urls: Sequence[str]) -> "Fetched":
    """Return what is behind each address, one asked after the other."""
    if not urls:
        return {}
    from bot.intake.web.rules import WebRules
    from bot.intake.web.urls import read_url
    from bot.settings import read_settings

    rules = WebRules(allow_private=read_settings().allow_private_urls)
    return {url: await read_url(url, rules) for url in dict.fromkeys(urls)}


def _read(places: Sequence[str], fetched: "Fetched") -> "Found":
    """Yield what is behind paths and addresses, in their order."""
    from bot.intake.sources import read_sources

    for place in places:
        yield from fetched[place] if place in fetched else read_sources([place])


@contextmanager
def _progress_bar(places: Sequence[str], fetched: "Fetched") -> "Iterator[Callable[[Progress], None] | None]":
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
        Thread(target=lambda: bar.update(task, total=sum(1 for _ in _read(places, fetched))), daemon=True).start()
        yield lambda progress: bar.update(task, completed=progress.done)


def _print_summary(summary: "ImportSummary") -> None:
    from bot.interfaces.terminal.page import Paragraph, open_console, show

    counts = f"{summary.added:,} added, {summary.updated:,} updated, {summary.unchanged:,} unchanged, {len(summary.refused):,} refused"
    reasons = (Paragraph(refusal.reason, first="• ", rest="  ") for refusal in summary.refused)
    show(open_console(), [Paragraph(counts, style="bold"), *reasons])


IMPORT = Command(
    name="import",
    summary="add postings from files, folders, archives and web pages",
    examples=("import postings/", "import posting.md archive.zip", "import https://jobs.example/baker --server 613425648685547541"),
    add_options=_add_options,
    run=_run,
)
