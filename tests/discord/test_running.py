"""`python -m bot run`, as a process: it comes in and goes in order, or says in one line why it cannot."""

import asyncio
import gc
import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from builders_answering import make_database, read_bundled
from command_line import run_command
from discord.http import Route
from pydantic import SecretStr
from small_discord import TOKEN, small_discord

from bot.discord.client import run_bot, settle_interpreter
from bot.domain.errors import RolecallError, SettingsError
from bot.settings import Settings

Starter = Callable[..., Awaitable[None]]

_UNPRIVILEGED = (1 << 0) | (1 << 9) | (1 << 12)
"""Servers, messages in servers, direct messages."""


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starter:
    """Starts the bot in this process."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)

    async def run(api: str, gateway: str | None = None) -> None:
        settings = Settings.model_construct(discord_token=SecretStr(TOKEN), discord_api_url=api, discord_gateway_url=gateway)
        await run_bot(await make_database(tmp_path / "run.db", read_bundled()), settings)

    return run


@pytest.mark.usefixtures("empty_folder")
def test_without_a_token_it_says_where_to_get_one() -> None:
    ran = run_command("run")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "DISCORD_TOKEN is not set" in ran.err


@pytest.mark.usefixtures("empty_folder")
@pytest.mark.parametrize(("name", "value"), [("DISCORD_API_URL", "discord.com"), ("DISCORD_GATEWAY_URL", "http://gateway.example")])
def test_an_address_that_makes_no_sense_is_told_by_its_variable(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    ran = run_command("run")
    assert ran.status == 1
    assert f"{name} makes no sense" in ran.err


@pytest.mark.parametrize("token", ["hunter2", "a.b", "a b.c.d", "one.two.three.four", "Bot a.b.c", "1234567890123456789"])
async def test_a_token_of_another_shape_is_told_at_once(token: str, tmp_path: Path) -> None:
    settings = Settings.model_construct(discord_token=SecretStr(token))
    with pytest.raises(SettingsError, match="three pieces with dots between"):
        await run_bot(f"sqlite:///{tmp_path / 'kept.db'}", settings)
    assert not (tmp_path / "kept.db").exists()


async def test_a_wrong_token_is_one_line_without_the_token(tmp_path: Path) -> None:
    async with small_discord(accepts=False) as discord:
        ran = await discord.run_bot(tmp_path)
    assert ran.status == 1
    assert "does not accept DISCORD_TOKEN" in ran.told.splitlines()[-1]
    assert "Traceback" not in ran.told
    assert TOKEN not in ran.told


@pytest.mark.parametrize(("code", "told"), [(4004, "does not accept DISCORD_TOKEN"), (4014, "refuses an intent"), (4013, "code 4013")])
async def test_a_gateway_that_sends_it_away_is_told_in_one_line(code: int, told: str, start: Starter) -> None:
    async with small_discord(closing=code) as discord:
        with pytest.raises(RolecallError, match=told):
            await start(f"{discord.url}/api/v10")


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/api/v10", "http://nowhere.invalid/api/v10"])
async def test_where_nobody_listens_is_told_and_tried_again(address: str, start: Starter, caplog: pytest.LogCaptureFixture) -> None:
    starting = asyncio.ensure_future(start(address))
    while "cannot be reached" not in caplog.text:  # noqa: ASYNC110 -- a log tells nobody
        await asyncio.sleep(0.05)
    assert not starting.done()
    starting.cancel()
    await asyncio.wait({starting})
    assert starting.cancelled()


async def test_the_setting_names_another_gateway(start: Starter) -> None:
    async with small_discord(closing=4004) as discord:
        with pytest.raises(SettingsError):
            await start(f"{discord.url}/api/v10/", f"{discord.url.replace('http', 'ws')}/other")
    assert discord.gateways == ["/other"]


async def test_it_comes_in_asks_for_no_privilege_and_leaves_when_told_to(tmp_path: Path) -> None:
    async with small_discord() as discord:
        ran = await discord.run_bot(tmp_path, LOG_LEVEL="debug", LOG_FORMAT="json")
    assert ran.status == 0
    assert discord.gateways == ["/named"]
    assert discord.identified["intents"] == _UNPRIVILEGED
    assert discord.identified["token"] == TOKEN
    assert TOKEN not in ran.told
    logged = [json.loads(line) for line in ran.told.splitlines()]
    assert all(logged)
    assert any("invite it to a server: https://discord.com/oauth2/authorize?client_id=" in line["event"] for line in logged)


@pytest.fixture
def settled() -> Iterator[None]:
    """The interpreter as a bot has it, and afterwards as it was."""
    threshold, interval, callbacks = gc.get_threshold(), sys.getswitchinterval(), list(gc.callbacks)
    settle_interpreter()
    yield
    gc.set_threshold(*threshold)
    sys.setswitchinterval(interval)
    gc.callbacks[:] = callbacks


@pytest.mark.usefixtures("settled")
def test_what_outlives_a_whole_collection_is_left_out_of_the_next() -> None:
    remembered = [[number] for number in range(1_000)]
    gc.collect(0)
    assert any(one is remembered for one in gc.get_objects())
    gc.collect()
    assert not any(one is remembered for one in gc.get_objects())
