"""What was changed is told in the channel that a server's admins chose, or nowhere, and nobody waits for it."""

import asyncio
import logging
from pathlib import Path

import discord
import pytest
from builders_discord import Stage, buttons_of, on_stage, text_of

from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE
from bot.domain.posting import ServerSettings
from bot.presentation.card import Card, Control

NEWS = Card("Baker at Crust Works was added.", rows=((Control("Look", link="https://jobs.example/1"),),))


async def _announce(stage: Stage, scope: str | None = None) -> None:
    await stage.client.notices.announce(scope or str(stage.guild.id), NEWS)
    while under_way := stage.client._under_way:  # noqa: SLF001 -- the simulation does not wait for what a test begins
        await asyncio.wait(under_way)
    await stage.env.settle()


async def _choose(stage: Stage, channel: int | None) -> None:
    await stage.client.servers.put(stage.guild.id, ServerSettings(notices_channel=channel))


async def test_a_notice_comes_to_the_channel_of_its_server_only(stage: Stage) -> None:
    other = stage.env.create_guild("Elsewhere")
    await stage.env.settle()
    elsewhere = other.create_text_channel("news")
    news = stage.guild.create_text_channel("news")
    await _choose(stage, news.id)
    await stage.client.servers.put(other.id, ServerSettings(notices_channel=elsewhere.id))
    await _announce(stage)
    assert "Crust Works" in text_of(stage.said_last(news))
    assert "Look" in buttons_of(stage.said_last(news))
    assert elsewhere.last_message is None
    assert stage.channel.last_message is None


@pytest.mark.parametrize("scope", [EVERYONE, "404"])
async def test_what_concerns_everyone_or_no_known_server_is_told_nowhere(scope: str, stage: Stage) -> None:
    await _choose(stage, stage.channel.id)
    await stage.client.servers.put(404, ServerSettings(notices_channel=stage.channel.id))
    await _announce(stage, scope)
    assert stage.channel.last_message is None


async def test_without_a_channel_nothing_is_told(stage: Stage) -> None:
    await _announce(stage)
    await _choose(stage, None)
    await _announce(stage)
    assert stage.channel.last_message is None


async def test_a_channel_of_another_server_is_not_told(stage: Stage) -> None:
    other = stage.env.create_guild("Elsewhere")
    await stage.env.settle()
    elsewhere = other.create_text_channel("news")
    await _choose(stage, elsewhere.id)
    await _announce(stage)
    assert elsewhere.last_message is None


async def test_a_missing_channel_or_right_is_logged_and_harms_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with on_stage(tmp_path) as stage:
        assert stage.client.user is not None
        silent = discord.PermissionOverwrite(send_messages=False)
        closed = stage.guild.create_text_channel("closed", overwrites={stage.client.user: silent})
        for channel in (closed.id, 404):
            await _choose(stage, channel)
            caplog.clear()
            await _announce(stage)
            (record,) = [one for one in caplog.records if one.name == "bot.discord.messages"]
            assert record.levelno == logging.INFO
            assert "is not told what was changed" in record.getMessage()
        assert closed.last_message is None


async def test_a_database_that_fails_harms_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_server: int) -> ServerSettings:
        raise StorageError("the database is gone")

    caplog.set_level(logging.INFO)
    async with on_stage(tmp_path) as stage:
        monkeypatch.setattr(stage.client.servers, "get", fail)
        await _announce(stage)
        assert "the database is gone" in caplog.text


async def test_nobody_waits_for_a_notice_and_closing_does(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await _choose(stage, stage.channel.id)
    released = asyncio.Event()
    get = stage.client.servers.get

    async def slowly(server: int | None) -> ServerSettings:
        await released.wait()
        return await get(server)

    monkeypatch.setattr(stage.client.servers, "get", slowly)
    await stage.client.notices.announce(str(stage.guild.id), NEWS)
    assert stage.channel.last_message is None
    closing = asyncio.create_task(stage.client.close())
    await asyncio.sleep(0)
    assert not closing.done()
    released.set()
    await closing
    assert "Crust Works" in text_of(stage.said_last())
