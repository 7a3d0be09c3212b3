"""`python -m bot`: the command line, from the typed words to the exit status."""

import errno
import sys
from argparse import Namespace
from collections.abc import Sequence

from bot.interfaces.failures import describe
from bot.interfaces.terminal.commands import COMMANDS
from bot.interfaces.terminal.streams import complain, drop_output, prepare_streams
from bot.interfaces.terminal.usage import help_page, read_arguments

_REFUSED = 1
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Carry out a command and return its exit status.

    0 it is done, 1 something could not be done, 2 wrong usage, 130 Ctrl-C; whatever is wrong is told in one line.
    """
    prepare_streams()
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
    _read_settings_into(arguments)
    status: int = arguments.run(arguments)
    return status


def _read_settings_into(arguments: Namespace) -> None:
    """Let the settings stand in for options that were left out, and begin to log."""
    from bot.logs import keep_out_of_logs, set_up_logs
    from bot.settings import read_settings

    settings = read_settings()
    set_up_logs(settings.log_level, settings.log_format)
    if settings.discord_token:
        keep_out_of_logs(settings.discord_token.get_secret_value())
    if "database" in arguments and arguments.database is None:
        arguments.database = settings.database_url


def _tell(error: Exception) -> None:
    """Tell what went wrong, in one line; the reader of a pipe who left is told nothing."""
    match error:
        case BrokenPipeError():
            drop_output()
        case OSError(errno=errno.ENOSPC):
            drop_output()
            complain("the disk is full, so what was written is not whole; make room and run it again")
        case _:
            complain(describe(error))


if __name__ == "__main__":
    sys.exit(main())
