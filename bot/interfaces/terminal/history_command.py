"""`history`: who did what to which posting."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from bot.interfaces.terminal.command import Command, add_database_option
from bot.interfaces.terminal.scope_option import add_server_option, scope_of, server_in_words, to_number
from bot.interfaces.terminal.streams import complain

if TYPE_CHECKING:
    from bot.interfaces.managing.history_cards import Seen

_AS_MANY = 20
_MOST = 1_000


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("number", nargs="?", metavar="NUMBER", type=to_number, help="the number of one posting (default: all postings)")
    parser.add_argument(
        "--last", metavar="COUNT", type=_to_count, default=_AS_MANY, help=f"how many actions, newest first (default: {_AS_MANY})"
    )
    add_server_option(parser)
    add_database_option(parser)


def _run(arguments: Namespace) -> int:
    import asyncio

    from bot.interfaces.terminal.history_page import history_page
    from bot.interfaces.terminal.page import open_console, show

    seen = asyncio.run(_read(arguments))
    if not seen:
        complain(_nothing(arguments))
        return 1 if arguments.number else 0
    show(open_console(), history_page(seen))
    return 0


async def _read(arguments: Namespace) -> "list[Seen]":
    from bot.interfaces.managing.history import see_actions
    from bot.interfaces.opening import open_store

    scopes = {scope_of(arguments)}
    async with open_store(arguments.database) as store:
        actions = await store.list_actions(scopes=scopes, posting=arguments.number, limit=arguments.last)
        return await see_actions(store, actions, scopes=scopes)


def _nothing(arguments: Namespace) -> str:
    whose = f"server {arguments.server}" if arguments.server else "everyone"
    if not arguments.number:
        return f"nothing was done to postings for {whose} yet"
    return f"there is no posting #{arguments.number} for {whose}; python -m bot history{server_in_words(arguments)} shows the numbers"


def _to_count(written: str) -> int:
    if not written.isascii() or not written.isdigit() or not 0 < int(written[:9]) <= _MOST:
        raise ArgumentTypeError(f"{written!r} is no number from 1 to {_MOST:,}")
    return int(written)


HISTORY = Command(
    name="history",
    summary="show who did what to which posting",
    examples=("history", "history 12", "history --server 613425648685547541 --last 100"),
    add_options=_add_options,
    run=_run,
)
