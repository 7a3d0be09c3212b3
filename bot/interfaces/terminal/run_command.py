"""`run`: the bot on Discord."""

from argparse import Namespace

from bot.interfaces.terminal.command import Command, add_database_option


def _run(arguments: Namespace) -> int:
    import asyncio

    from bot.interfaces.discord_running import run_bot
    from bot.settings import read_settings

    asyncio.run(run_bot(arguments.database, read_settings()))
    return 0


RUN = Command(
    name="run",
    summary="answer on Discord, as the bot whose token is in the settings",
    examples=("run",),
    add_options=add_database_option,
    run=_run,
)
