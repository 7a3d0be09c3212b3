"""What the command line does with postings: `import`, `board`, `remove`, `export`, `history`, `backup`, `restore` and `move`."""

import json
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from threading import Thread

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from bot.admin.boards import BoardRequest, board_of, preview_lines, read_board_number
from bot.admin.history import ActionDetails, Difference, compare, read_action_details
from bot.boards.checker import Checker
from bot.cli import complain
from bot.cli.terminal import BLANK, Paragraph, agrees, open_console, operator, scope_of, server_in_words, show, writing_to
from bot.domain.answer import count_of
from bot.domain.errors import RolecallError
from bot.domain.person import EVERYONE
from bot.domain.posting import Action, FollowedBoard, KeptPosting, company_and_title
from bot.intake.addresses import WebRules
from bot.intake.exporting import ExportForm, report_case, write_export
from bot.intake.fetching import Hosts
from bot.intake.files import read_sources
from bot.intake.importing import Progress, import_sources
from bot.intake.pages import read_url
from bot.intake.sources import Destination, Found, PassedOver, Refusal, Source
from bot.presentation.card import unescaped
from bot.presentation.chat_service import open_store
from bot.presentation.failures import harmless
from bot.settings import read_settings
from bot.storage.address import read_address
from bot.storage.backup import restore_backup, write_backup
from bot.storage.store import Store
from bot.storage.upkeep import move_database

Fetched = Mapping[str, Sequence[Source | Refusal]]

_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)
"""Whatever its scheme: one that is not read is refused as an address and not taken for a missing file."""


async def run_import(arguments: Namespace) -> int:
    """Import what was named, and tell what became of it."""
    async with open_store(arguments.database) as store:
        fetched = await _fetch([place for place in arguments.places if _URL.match(place)])
        into = Destination(store, scope_of(arguments), by=operator())
        with _progress_bar(arguments.places, fetched) as on_progress:
            summary = await import_sources(into, _read_import_options(arguments.places, fetched), on_progress=on_progress)
    refused = sum(not isinstance(refusal, PassedOver) for refusal in summary.refused)
    counts = f"{summary.added:,} added, {summary.updated:,} updated, {summary.unchanged:,} unchanged, {refused:,} refused"
    reasons = (Paragraph(refusal.reason, first="• ", rest="  ") for refusal in summary.refused)
    doubt = "nothing of a job posting was found in it; history shows its number, should it be none and be removed"
    doubts = (Paragraph(f"{source}: {doubt}", first="• ", rest="  ") for source in summary.empty)
    show(open_console(), [Paragraph(counts, style="bold"), *reasons, *doubts])
    return 1 if refused else 0


async def _fetch(urls: Sequence[str]) -> Fetched:
    """Return what is behind each address, one asked after the other."""
    rules = WebRules(allow_private=read_settings().allow_private_urls)
    return {url: await read_url(url, rules) for url in dict.fromkeys(urls)}


def _read_import_options(places: Sequence[str], fetched: Fetched) -> Found:
    for place in places:
        yield from fetched[place] if place in fetched else read_sources([place])


@contextmanager
def _progress_bar(places: Sequence[str], fetched: Fetched) -> Iterator[Callable[[Progress], None] | None]:
    """Give what shows how far it is, on standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Importing", total=None)
        # What there is to do is counted beside the import, which does not wait for it.
        Thread(target=lambda: bar.update(task, total=sum(1 for _ in _read_import_options(places, fetched))), daemon=True).start()
        yield lambda progress: bar.update(task, completed=progress.done)


# `board`: boards that are followed; the running bot looks at them when they are due.


async def run_board(arguments: Namespace) -> int:
    """Add, list, check, pause or remove a board."""
    if arguments.action != "list" and not arguments.board:
        raise RolecallError(f"name the board: python -m bot board {arguments.action} {'URL' if arguments.action == 'add' else 'NUMBER'}")
    scope = scope_of(arguments)
    async with open_store(arguments.database, may_create=arguments.action == "add") as store, AsyncExitStack() as stack:
        checker = Checker(store, Hosts(WebRules(allow_private=read_settings().allow_private_urls)))
        stack.push_async_callback(checker.process.close)
        if arguments.action == "list":
            lines = [line for board in await store.boards.list_boards(scopes={scope}) for line in _board_lines(board)]
            show(open_console(), map(Paragraph, lines or ["no board is followed"]))
            return 0
        if arguments.action == "add":
            await _add_board(checker, store, arguments)
            return 0
        board = await store.boards.get(read_board_number(arguments.board), scopes={scope})
        if board is None:
            told = f"no board {arguments.board} is followed; python -m bot board list{server_in_words(arguments)} shows the numbers"
            raise RolecallError(told)
        told = await _change_board(checker, store, board=board, action=arguments.action)
    print(harmless(told))  # noqa: T201
    return 0


async def _add_board(checker: Checker, store: Store, arguments: Namespace) -> None:
    asked = BoardRequest(arguments.board, arguments.role, arguments.place)
    found = await checker.preview(board_of(asked, scope=scope_of(arguments), checker=checker))
    show(open_console(), [Paragraph(unescaped(line).replace("**", "")) for line in preview_lines(found, "en")])
    if not agrees("Follow it?", is_agreed=arguments.yes):
        raise RolecallError("nothing is followed; to follow it without being asked, add --yes")
    board = await store.boards.add(found.board)
    told = await _change_board(checker, store, board=board, action="check")
    print(harmless(f"followed as board {board.id}: {told}"))  # noqa: T201


async def _change_board(checker: Checker, store: Store, *, board: FollowedBoard, action: str) -> str:
    """Check, pause or remove a board, and return what it came to."""
    scopes = {board.scope}
    if action == "remove":
        await store.boards.remove(board.id, scopes=scopes)
        return f"board {board.id} is followed no more; its postings stay"
    if action == "pause":
        await store.boards.pause(board.id, scopes=scopes, is_paused=not board.is_paused)
        return f"board {board.id} is {'followed again' if board.is_paused else 'paused'}"
    taken = await store.boards.take(board.id, scopes=scopes)
    told = await checker.look_at(taken) if taken else "it is paused"
    await checker.enrol()
    return told


def _board_lines(board: FollowedBoard) -> Iterator[str]:
    filters = " ".join(f"{name}: {value}" for name, value in (("role", board.role), ("place", board.place)) if value)
    when = "paused" if board.is_paused else f"next {board.next_at:%Y-%m-%d %H:%M} UTC"
    yield " · ".join(filter(None, (f"{board.id} {board.kind} {board.url}", filters, when)))
    yield f"  {board.told or 'not looked at yet'}"


# `remove`: takes a posting back, and brings it back again.


async def run_remove(arguments: Namespace) -> int:
    """Remove a posting, or bring it back."""
    await (_restore(arguments) if arguments.undo else _remove(arguments))
    return 0


async def _remove(arguments: Namespace) -> None:
    scopes = {scope_of(arguments)}
    async with open_store(arguments.database, may_create=False) as store:
        kept = await store.get(arguments.number, scopes=scopes)
        if kept is None:
            raise await _missing(store, arguments)
        if not agrees(f"Remove #{kept.id} {_name(kept)}?", is_agreed=arguments.yes):
            raise RolecallError(f"nothing was removed; to remove #{kept.id} {_name(kept)} without being asked, add --yes")
        if not await store.remove(kept.id, scopes=scopes, by=operator()):
            raise await _missing(store, arguments)
    print(f"removed: #{kept.id} {_name(kept)}")  # noqa: T201
    print(f"to bring it back: python -m bot remove --undo {kept.id}{server_in_words(arguments)}")  # noqa: T201


async def _restore(arguments: Namespace) -> None:
    scopes = {scope_of(arguments)}
    async with open_store(arguments.database, may_create=False) as store:
        current = await store.get(arguments.number, scopes=scopes)
        if current is not None:
            raise RolecallError(f"#{current.id} {_name(current)} is not removed")
        restored = await store.restore(arguments.number, scopes=scopes, by=operator())
        if restored is None:
            raise await _missing(store, arguments)
    if restored.id != arguments.number:
        raise RolecallError(f"its words are here already, as #{restored.id} {_name(restored)}; nothing was changed")
    print(f"brought back: #{restored.id} {_name(restored)}")  # noqa: T201


async def _missing(store: Store, arguments: Namespace) -> RolecallError:
    revisions = await store.history(arguments.number, scopes={scope_of(arguments)})
    if not revisions:
        return RolecallError(_no_such(arguments))
    last, server = revisions[-1].kept, server_in_words(arguments)
    return RolecallError(f"#{last.id} {_name(last)} is removed already; to bring it back: python -m bot remove --undo {last.id}{server}")


def _no_such(arguments: Namespace) -> str:
    server = server_in_words(arguments)
    return f"there is no posting #{arguments.number} for {_whose(arguments)}; python -m bot history{server} shows the numbers"


def _whose(arguments: Namespace) -> str:
    return f"server {arguments.server}" if arguments.server else "everyone"


def _name(kept: KeptPosting) -> str:
    return harmless(company_and_title(kept.posting.company, kept.posting.title))


# `export`: all postings as JSON Lines, as schema.org JobPosting JSON-LD, or as a table in CSV.


async def run_export(arguments: Namespace) -> int:
    """Write all postings, or what was reported."""
    _refuse_the_database_itself(arguments.reports or arguments.output, arguments.database)
    if arguments.reports:
        count = await _export_reports(arguments)
        print(f"{count_of(count, 'report')} written to {harmless(str(arguments.reports))}")  # noqa: T201
        return 0
    async with open_store(arguments.database, may_create=False) as store:
        with writing_to(arguments.output, may_replace=arguments.overwrite) as write:
            count = await write_export(store, {scope_of(arguments)}, form=ExportForm(arguments.format), write=write)
    if not count:
        server = server_in_words(arguments)
        whose = f"for server {arguments.server}" if server else "in this database"
        complain(f"there are no postings {whose}; add some with: python -m bot import PATH{server}")
    elif arguments.output:
        print(f"{count_of(count, 'posting')} written to {harmless(str(arguments.output))}")  # noqa: T201
    return 0


async def _export_reports(arguments: Namespace) -> int:
    scopes = {scope_of(arguments)}
    async with open_store(arguments.database) as store:
        reports = await store.reports.list_reports(scopes=scopes, with_closed=True)
        kept = {one.id: one for one in await store.get_many([one.posting or 0 for one in reports], scopes={EVERYONE, *scopes})}
        with writing_to(arguments.reports, may_replace=arguments.overwrite) as write:
            for one in reports:
                write(f"{json.dumps(report_case(one, kept.get(one.posting or 0)), ensure_ascii=False)}\n")
    return len(reports)


def _refuse_the_database_itself(output: Path | None, database_url: str) -> None:
    file = read_address(database_url).file
    if output and file and output.resolve() == Path(file).resolve():
        raise RolecallError(f"{output} is the database itself and would be lost; name another file behind --output")


# `history`: who did what to which posting.


async def run_history(arguments: Namespace) -> int:
    """Show what was done, newest first."""
    scopes = {scope_of(arguments)}
    async with open_store(arguments.database, may_create=False) as store:
        actions = await store.list_actions(scopes=scopes, posting=arguments.number, limit=arguments.last)
        seen = await read_action_details(store, actions, scopes=scopes)
    if not seen:
        complain(_no_such(arguments) if arguments.number else f"nothing was done to postings for {_whose(arguments)} yet")
        return 1 if arguments.number else 0
    show(open_console(), history_page(seen))
    return 0


# What was done to postings as a page: who, what, when, and what it said before and after.

_INDENT = "  "
_SILENT = "nothing"


def history_page(seen: Iterable[ActionDetails]) -> Iterator[Paragraph]:
    """Yield the page, in the order of the actions; times are UTC."""
    for one in seen:
        yield Paragraph(_head(one.action), style="bold", rest=_INDENT)
        if one.before is not None and one.after is not None and one.action.before != one.action.after:
            yield from _changes(one)
            yield BLANK


def _head(action: Action) -> str:
    numbers = [str(number) for number in dict.fromkeys((action.before, action.after)) if number is not None]
    revision = f", revision {' → '.join(numbers)}" if numbers else ""
    who, when = action.by.name or action.by.id, action.at.strftime("%Y-%m-%d %H:%M")
    return f"{when} UTC: {who} {action.kind} #{action.posting} {company_and_title(action.company, action.title)}{revision}"


def _changes(seen: ActionDetails) -> Iterator[Paragraph]:
    differences = compare(seen.before, seen.after)
    for difference in differences.fields:
        yield from _field(difference)
    if any(differences.lines):
        lines = differences.lines
        told = f"Text: {count_of(lines.added, 'line')} added, {lines.removed:,} removed"
        yield Paragraph(told, first=_INDENT, rest=_INDENT * 2)
    elif not differences.fields:
        yield Paragraph("what is told stayed the same", first=_INDENT)


def _field(difference: Difference) -> Iterator[Paragraph]:
    if len(difference.before) < 2 and len(difference.after) < 2:  # noqa: PLR2004 -- a statement on each side at most
        before, after = (statements[0] if statements else _SILENT for statements in (difference.before, difference.after))
        yield Paragraph(f"{difference.label}: {before} → {after}", first=_INDENT, rest=_INDENT * 2)
        return
    yield Paragraph(f"{difference.label}:", first=_INDENT)
    for sign, items in (("- ", difference.gone), ("+ ", difference.came)):
        yield from (Paragraph(item, first=_INDENT * 2 + sign, rest=_INDENT * 3) for item in items)


# `backup`: one moment of the database in one file, while a bot goes on running on it.


async def run_backup(arguments: Namespace) -> int:
    """Write the backup."""
    count = await write_backup(arguments.database, arguments.file, overwrite=arguments.overwrite)
    print(f"backup of {count_of(count, 'posting')} written to {harmless(str(arguments.file))}")  # noqa: T201
    return 0


# `restore`: the database as a backup holds it, and a backup of what it held before.


async def run_restore(arguments: Namespace) -> int:
    """Bring the backup back, after asking."""
    file = harmless(str(arguments.file))
    if not arguments.file.exists():
        raise RolecallError(f"there is no file {file}; name one that a backup was written to")
    if not agrees(f"Let the database hold what {file} holds, and nothing else?", is_agreed=arguments.yes):
        raise RolecallError("nothing was restored; to restore without being asked, add --yes")
    restored = await restore_backup(arguments.database, arguments.file, by=operator())
    print(f"{count_of(restored.current, 'posting')} restored from {file}")  # noqa: T201
    if restored.removed:
        told = f"{count_of(restored.removed, 'posting')} that the backup does not have {'was' if restored.removed == 1 else 'were'} removed"
        print(f"{told}; to bring one back: python -m bot remove --undo NUMBER")  # noqa: T201
    if restored.before:
        before = harmless(str(restored.before))
        print(f"what was here before is in {before}; to go back: python -m bot restore {before}")  # noqa: T201
    return 0


# `move`: everything in another database.


async def run_move(arguments: Namespace) -> int:
    """Move everything, and tell how many rows each table has there."""
    with Console(stderr=True).status("moving") as status:  # shown on a terminal only
        counts = await move_database(
            arguments.database, arguments.to, on_batch=lambda table, count: status.update(f"moving {table}: {count:,}")
        )
    for table, count in counts.items():
        print(f"{table}: {count_of(count, 'row')}")  # noqa: T201
    print("all of it is there, row by row; now let DATABASE_URL name it, and start the bot")  # noqa: T201
    return 0


# `check`: what is damaged in the database.


async def run_check(arguments: Namespace) -> int:
    """Look through the database; exit status 1 if anything is wrong with it."""
    async with open_store(arguments.database, may_create=False) as store:
        found = await store.upkeep.check()
        count = (await store.upkeep.measure())["postings"]
    for line in found:
        complain(f"damaged, and left out of answers: {line}")
    sound = (
        "the database is sound"
        if not found
        else f"{count_of(len(found), 'thing')} in the database {'is' if len(found) == 1 else 'are'} wrong"
    )
    print(f"{sound}; it has {count_of(count, 'posting')}")  # noqa: T201
    return 1 if found else 0
