"""`remove`: takes a posting back, and brings it back again."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.interfaces.terminal.asking import agrees
from bot.interfaces.terminal.command import Command, add_database_option
from bot.interfaces.terminal.plain_text import harmless
from bot.interfaces.terminal.scope_option import add_server_option, operator, scope_of, server_in_words, to_number
from bot.interfaces.terminal.streams import complain

if TYPE_CHECKING:
    from bot.domain.posting import KeptPosting
    from bot.storage.store import Store


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", type=to_number, help="the posting's number, as history shows it")
    parser.add_argument("--undo", action="store_true", help="bring the posting back after it was removed")
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    add_server_option(parser)
    add_database_option(parser)


def _run(arguments: Namespace) -> int:
    import asyncio

    problem = asyncio.run(_restore(arguments) if arguments.undo else _remove(arguments))
    if problem:
        complain(problem)
    return 1 if problem else 0


async def _remove(arguments: Namespace) -> str:
    """Remove the posting, and return what was wrong, if anything."""
    from bot.interfaces.opening import open_store

    scopes = {scope_of(arguments)}
    async with open_store(arguments.database) as store:
        kept = await store.get(arguments.number, scopes=scopes)
        if kept is None:
            return await _tell_missing(store, arguments)
        if not agrees(f"Remove #{kept.id} {_name(kept)}?", is_agreed=arguments.yes):
            return f"nothing was removed; to remove #{kept.id} {_name(kept)} without being asked, add --yes"
        if not await store.remove(kept.id, scopes=scopes, by=operator()):
            return await _tell_missing(store, arguments)
    print(f"removed: #{kept.id} {_name(kept)}")  # noqa: T201
    print(f"to bring it back: python -m bot remove --undo {kept.id}{server_in_words(arguments)}")  # noqa: T201
    return ""


async def _restore(arguments: Namespace) -> str:
    """Bring the posting back, and return what was wrong, if anything."""
    from bot.interfaces.opening import open_store

    scopes = {scope_of(arguments)}
    async with open_store(arguments.database) as store:
        current = await store.get(arguments.number, scopes=scopes)
        if current is not None:
            return f"#{current.id} {_name(current)} is not removed"
        restored = await store.restore(arguments.number, scopes=scopes, by=operator())
        if restored is None:
            return await _tell_missing(store, arguments)
    if restored.id != arguments.number:
        return f"its words are here already, as #{restored.id} {_name(restored)}; nothing was changed"
    print(f"brought back: #{restored.id} {_name(restored)}")  # noqa: T201
    return ""


async def _tell_missing(store: "Store", arguments: Namespace) -> str:
    server = server_in_words(arguments)
    revisions = await store.history(arguments.number, scopes={scope_of(arguments)})
    if not revisions:
        whose = f"server {arguments.server}" if arguments.server else "everyone"
        return f"there is no posting #{arguments.number} for {whose}; python -m bot history{server} shows the numbers"
    last = revisions[-1].kept
    return f"#{last.id} {_name(last)} is removed already; to bring it back: python -m bot remove --undo {last.id}{server}"


def _name(kept: "KeptPosting") -> str:
    from bot.interfaces.terminal.answer_page import posting_title

    return harmless(posting_title(kept.posting.company, kept.posting.title))


REMOVE = Command(
    name="remove",
    summary="remove a posting, or bring it back",
    examples=("remove 12", "remove --undo 12", "remove 12 --server 613425648685547541"),
    add_options=_add_options,
    run=_run,
)
