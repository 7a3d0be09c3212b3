"""Whoever runs the bot sees whether it is alive and ready, and how much it does; nothing tells who asked what."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from discord.http import Route
from prometheus_client import generate_latest
from pydantic import SecretStr
from small_discord import TOKEN, SmallDiscord, small_discord

from bot.discord import gateway
from bot.discord.client import run_bot
from bot.discord.health import Figures, serving_health
from bot.domain.errors import QuotaReached, ServiceError, SettingsError, StorageError, UnreadablePosting
from bot.settings import Settings

_DASHBOARD = Path(__file__).parent.parent.parent / "deploy" / "grafana.json"
_MESSAGE: dict[str, Any] = {
    "id": "6", "channel_id": "4", "content": "what does flex pay?", "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None,
    "type": 0, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
    "pinned": False, "flags": 0, "author": {"id": "7", "username": "mia", "discriminator": "0", "avatar": None, "global_name": None},
}  # fmt: skip


async def _holds() -> bool:
    return True


async def _fails() -> bool:
    raise StorageError("the database does not answer")


async def _rows() -> Mapping[str, int]:
    return {"postings": 5}


async def _get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_each_check_is_named_and_one_that_fails_makes_it_not_ready() -> None:
    checks = {"discord": _holds, "database": _fails}
    async with serving_health(Figures(), checks, measure=_rows, place=("127.0.0.1", 0)) as port:
        status, told = await _get(port, "/readyz")
        assert (status, json.loads(told)) == (503, {"discord": True, "database": False})
        assert (await _get(port, "/healthz"))[0] == 200
        checks["database"] = _holds
        assert (await _get(port, "/readyz"))[0] == 200


async def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"nothing can listen at 127.0.0.1:{port} .*; set another HEALTH_PORT"):
            async with serving_health(Figures(), {}, measure=_rows, place=("127.0.0.1", port)):
                pass


async def test_a_kind_of_board_of_which_none_fails_any_more_is_not_shown() -> None:
    failing = [{"Lever": 2}, {}]
    figures = Figures()

    async def measure_boards() -> Mapping[str, Mapping[str, int]]:
        return {"boards_failing": failing.pop(0)}

    for told in (True, False):
        measuring = asyncio.create_task(figures.measure_rows(_rows, measure_boards))
        while len(failing) == (2 if told else 1):  # noqa: ASYNC110 -- a figure tells nobody
            await asyncio.sleep(0)
        measuring.cancel()
        assert ('rolecall_boards_failing{kind="Lever"} 2.0' in generate_latest(figures.registry).decode()) is told


def test_only_uploads_that_are_not_taken_count_as_refused() -> None:
    figures = Figures()
    for error in (UnreadablePosting("x"), QuotaReached("x"), QuotaReached("x"), ServiceError("x")):
        figures.count_refusal(error)
    shown = generate_latest(figures.registry).decode()
    assert 'rolecall_uploads_refused_total{reason="quota"} 2.0' in shown
    assert 'rolecall_uploads_refused_total{reason="unreadable"} 1.0' in shown


@asynccontextmanager
async def _running(here: SmallDiscord, folder: Path) -> AsyncIterator[int]:
    """Run the bot, and give the port at which it tells how it is."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    settings = Settings.model_construct(discord_token=SecretStr(TOKEN), discord_api_url=f"{here.url}/api/v10", health_port=port)
    running = asyncio.ensure_future(run_bot(f"sqlite+aiosqlite:///{folder / 'run.db'}", settings))
    try:
        coming: asyncio.Future[Any] = asyncio.ensure_future(here.came_in.get())
        await asyncio.wait([coming, running], return_when=asyncio.FIRST_COMPLETED)
        yield port
    finally:
        running.cancel()
        await asyncio.wait({running})


async def _until_counted(port: int, line: str) -> str:
    async with asyncio.timeout(20):
        while line not in (shown := (await _get(port, "/metrics"))[1]):  # noqa: ASYNC110 -- a figure tells nobody
            await asyncio.sleep(0.02)
    return shown


async def test_a_bot_that_is_in_is_ready_and_counts_what_it_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    async with small_discord() as here:
        here.sent = [[json.dumps({"op": 0, "s": 3, "t": "MESSAGE_CREATE", "d": _MESSAGE})]]
        here.troubles = {0: 503}
        async with _running(here, tmp_path) as port:
            shown = await _until_counted(port, 'rolecall_answer_seconds_count{way="message"} 1.0')
            async with asyncio.timeout(20):
                while (ready := await _get(port, "/readyz"))[0] != 200:  # noqa: ASYNC110 -- servers may still come
                    await asyncio.sleep(0.02)
    assert json.loads(ready[1]) == {"discord": True, "database": True, "schema": True}
    assert 'rolecall_questions_total{outcome="answered",topic="pay"} 1.0' in shown
    assert 'rolecall_discord_troubles_total{status="503"} 1.0' in shown
    assert 'rolecall_rows{kind="postings"} 5.0' in shown
    assert 'rolecall_boards{state="followed"} 0.0' in shown
    assert 'rolecall_openness{verdict="closed"} 0.0' in shown
    assert re.search(r"^rolecall_database_seconds_count [1-9]", shown, re.MULTILINE)
    assert not re.search(r"(?i)flex|mia", shown)


async def test_a_bot_that_ends_is_not_ready_at_once() -> None:
    client = gateway.SteadyClient(intents=discord.Intents(guilds=True))
    await client._async_setup_hook()  # noqa: SLF001 -- as when it is started
    client._ready.set()  # noqa: SLF001 -- as when all servers are known
    assert await client.is_connected()
    ready: list[bool] = []

    async def finish() -> None:
        await asyncio.sleep(0.05)
        ready.append(await client.is_connected())

    client.note_work(asyncio.create_task(finish()))
    await client.close()
    assert ready == [False]


def test_the_dashboard_shows_every_figure_and_no_other() -> None:
    dashboard = json.loads(_DASHBOARD.read_text("utf-8"))
    shown = {name for panel in dashboard["panels"] for one in panel["targets"] for name in re.findall(r"rolecall_[a-z_]+", one["expr"])}
    named = {re.sub(r"_(total|bucket)$", "", name) for name in shown}
    assert named == {metric.name for metric in Figures().registry.collect() if metric.name.startswith("rolecall_")}
