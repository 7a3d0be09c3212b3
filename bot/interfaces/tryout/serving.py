"""Runs the bot on a simulated Discord and serves the page until it is ended."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import simcord
from simcord import Env, Preview

from bot.domain.errors import RolecallError
from bot.domain.question import Asker
from bot.interfaces.discord_client import build_client
from bot.interfaces.opening import Opened, open_for_answers
from bot.interfaces.tryout.extra import EXTRA_MISSING
from bot.interfaces.tryout.stage import Stage, set_stage
from bot.settings import Settings


@dataclass(frozen=True)
class Page:
    """Which page is shown, and where."""

    database_url: str
    is_direct: bool = False
    """The direct messages instead of the server."""

    port: int = 0
    """0 for any that is free."""


async def serve_page(page: Page, settings: Settings, *, when_open: Callable[[str], None]) -> None:
    """
    Show the page until it is closed with its own menu or this task is cancelled.

    `when_open` is told the page's address, which holds the key to it. Raises RolecallError for a port that is taken.
    """
    async with open_for_answers(page.database_url) as opened, _on_stage(opened, settings, is_direct=page.is_direct) as (env, stage):
        preview = env.preview(stage.channel, viewers=stage.viewers, layout="channel", assets=stage.pictures, port=page.port)
        await _enter(preview, page.port)
        try:
            when_open(preview.url)
            await preview.wait_closed()
        finally:
            await preview.close()


@asynccontextmanager
async def _on_stage(opened: Opened, settings: Settings, *, is_direct: bool) -> AsyncIterator[tuple[Env, Stage]]:
    client = build_client(opened, settings)
    companies = await opened.assistant.complete_company("", Asker(), limit=1)
    # The bot's own handler tells and logs its errors; the page goes on.
    async with simcord.run(client, shard_count=1, check_errors=False) as env:
        yield env, await set_stage(env, client, company=next(iter(companies), None), is_direct=is_direct)


async def _enter(preview: Preview, port: int) -> None:
    try:
        await preview.__aenter__()
    except simcord.SetupError as error:
        if isinstance(error.__cause__, OSError):
            raise RolecallError(f"port {port} cannot be used ({error.__cause__.strerror}); name another with --port, or none") from None
        raise RolecallError(EXTRA_MISSING) from error
