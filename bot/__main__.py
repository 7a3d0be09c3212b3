"""`python -m bot`: the command line, from the typed words to the exit status."""

import errno
import gc
import sys
from argparse import Namespace
from collections.abc import Sequence

from bot.cli import complain, drop_output, prepare_streams
from bot.cli.commands import COMMANDS as CLI_COMMANDS
from bot.cli.commands import DATABASE, Command, database_option, help_page, option, read_arguments, to_count
from bot.presentation.failures import describe


def _run_on_discord(arguments: Namespace) -> int:
    import asyncio

    from bot.discord.client import run_bot
    from bot.settings import read_settings

    asyncio.run(run_bot(arguments.database, read_settings()))
    return 0


def _serve(arguments: Namespace) -> int:
    import asyncio

    from bot.discord.http import serve
    from bot.settings import read_settings

    place = (arguments.host, arguments.port)
    asyncio.run(serve(arguments.database, read_settings(), place=place, workers=arguments.workers))
    return 0


def _run_try(arguments: Namespace) -> int:
    import asyncio
    import logging
    from importlib.util import find_spec

    if find_spec("simcord") is None:
        raise ModuleNotFoundError(name="simcord")
    # What discord.py warns of here, voice for one, is about the simulation; the bot's own failures are still logged.
    logging.getLogger("discord").setLevel(logging.ERROR)
    from bot.discord.tryout import open_in_browser, serve_page
    from bot.settings import read_settings

    def tell(url: str) -> None:
        print(f"Rolecall answers here, on a simulated Discord: {url}\nCtrl-C ends it.", flush=True)  # noqa: T201
        if not arguments.no_browser:
            open_in_browser(url)

    asyncio.run(serve_page(arguments.database, read_settings(), is_direct=arguments.dm, port=arguments.port, when_open=tell))
    return 0


_MOST_WORKERS = 64
_LAST_PORT = 65535
_to_port = to_count(_LAST_PORT, f"port; ports are 1 to {_LAST_PORT}")

COMMANDS: tuple[Command, ...] = (
    Command(
        name="try",
        summary="try the Discord bot in the browser, without Discord",
        examples=("try", "try --dm", "try --no-browser --port 8080"),
        options=(
            option("--dm", action="store_true", help="the direct messages instead of the server"),
            option("--port", type=_to_port, default=0, help="where the page is on 127.0.0.1 (default: any that is free)"),
            option("--no-browser", action="store_true", help="only print the page's address"),
            database_option("sqlite://", "the bundled postings in memory, so that nothing is left behind"),
        ),
        run=_run_try,
    ),
    Command(
        name="run",
        summary="answer on Discord, as the bot whose token is in the settings",
        examples=("run",),
        options=(DATABASE,),
        run=_run_on_discord,
    ),
    Command(
        name="serve",
        summary="answer what Discord sends over HTTP, with one process or several",
        examples=("serve --port 8080", "serve --host 0.0.0.0 --workers 2"),
        options=(
            option("--port", type=_to_port, default=8080, help="where Discord's requests are taken (default: %(default)s)"),
            option("--host", default="127.0.0.1", help="the address to listen at; 0.0.0.0 for all (default: %(default)s)"),
            option(
                "--workers",
                type=to_count(_MOST_WORKERS, f"number of workers; there may be 1 to {_MOST_WORKERS}"),
                default=1,
                help="how many processes share the port (default: %(default)s)",
            ),
            DATABASE,
        ),
        run=_serve,
    ),
    *CLI_COMMANDS,
)
"""Every command, in the order of the help."""

_COLLECTED_AFTER = 50_000
"""New objects after which garbage is looked for: loading makes many that stay, and 700 took a twentieth of the time of an `ask`."""

_REFUSED = 1
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Carry out a command and return its exit status.

    0 it is done, 1 something could not be done, 2 wrong usage, 130 Ctrl-C; whatever is wrong is told in one line.
    """
    prepare_streams()
    gc.set_threshold(_COLLECTED_AFTER)
    try:
        status = _carry_out(read_arguments(sys.argv[1:] if arguments is None else arguments, COMMANDS))
        sys.stdout.flush()
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else _REFUSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the outermost handler: nobody above could tell
        _tell(error)
        return _REFUSED
    return status


def _carry_out(arguments: Namespace) -> int:
    if arguments.run is None:
        sys.stdout.write(help_page(COMMANDS))
        return 0
    from bot.settings import keep_out_of_logs, read_settings, set_up_logs

    settings = read_settings()
    set_up_logs(settings.log_level, settings.log_format)
    if settings.discord_token:
        keep_out_of_logs(settings.discord_token.get_secret_value())
    arguments.may_create = getattr(arguments, "database", None) is None  # a name that somebody types may be mistyped
    if "database" in arguments and arguments.database is None:
        arguments.database = settings.database_url
    status: int = arguments.run(arguments)
    return status


def _tell(error: Exception) -> None:
    """Tell what went wrong, in one line; the reader of a pipe who left is told nothing."""
    match error:
        case BrokenPipeError():
            drop_output()
        case OSError(errno=errno.ENOSPC):
            drop_output()
            complain("the disk is full, so what was written is not whole; make room and run it again")
        case ModuleNotFoundError(name="simcord"):
            complain("what the try-out needs is not installed; install it with: python -m pip install -e '.[try]'")
        case ModuleNotFoundError(name=str(name)) if not name.startswith("bot"):
            complain(f"{name} is not installed; run python -m pip install -c constraints.txt -e '.' in this folder")
        case _:
            complain(describe(error))


if __name__ == "__main__":
    sys.exit(main())
