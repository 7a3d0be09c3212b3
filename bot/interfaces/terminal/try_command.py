"""`try`: the whole bot on a simulated Discord, as a page in the browser, without token and network."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from bot.interfaces.terminal.command import Command, add_database_option

_MEMORY = "sqlite://"
_LAST_PORT = 65535


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--dm", action="store_true", help="the direct messages instead of the server")
    parser.add_argument("--port", type=_read_port, default=0, help="where the page is on 127.0.0.1 (default: any that is free)")
    parser.add_argument("--no-browser", action="store_true", help="only print the page's address")
    add_database_option(parser, default=_MEMORY, told="the bundled postings in memory, so that nothing is left behind")


def _read_port(written: str) -> int:
    if written.isdecimal() and 0 < int(written) <= _LAST_PORT:
        return int(written)
    raise ArgumentTypeError(f"{written!r} is no port; ports are 1 to {_LAST_PORT}")


def _run(arguments: Namespace) -> int:
    import asyncio
    import logging

    from bot.interfaces.tryout.browser import open_in_browser
    from bot.interfaces.tryout.extra import check_extra

    check_extra()
    # What discord.py warns of here, voice for one, is about the simulation; the bot's own failures are still logged.
    logging.getLogger("discord").setLevel(logging.ERROR)
    from bot.interfaces.tryout.serving import Page, serve_page
    from bot.settings import read_settings

    def tell(url: str) -> None:
        print(_TOLD.format(url=url), flush=True)  # noqa: T201
        if not arguments.no_browser:
            open_in_browser(url)

    page = Page(arguments.database, is_direct=arguments.dm, port=arguments.port)
    asyncio.run(serve_page(page, read_settings(), when_open=tell))
    return 0


_TOLD = """\
Rolecall answers here, on a simulated Discord: {url}
Ctrl-C ends it."""

TRY = Command(
    name="try",
    summary="try the Discord bot in the browser, without Discord",
    examples=("try", "try --dm", "try --no-browser --port 8080"),
    add_options=_add_options,
    run=_run,
)
