"""Who has asked when the bot is told to end is still answered, and before what nobody waits for."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from builders_answering import make_database, read_bundled

from bot.discord import gateway
from bot.discord.client import RolecallClient
from bot.presentation.chat_service import open_for_answers
from bot.settings import Settings


@pytest.mark.parametrize("wait", [RolecallClient.close, RolecallClient.give_way], ids=["the end", "work that nobody waits for"])
async def test_what_is_being_answered_comes_first(tmp_path: Path, wait: Callable[[RolecallClient], Awaitable[None]]) -> None:
    answered = []
    async with (
        open_for_answers(await make_database(tmp_path / "test.db", read_bundled())) as opened,
        RolecallClient(opened, Settings()) as client,
    ):

        async def answer() -> None:
            client.note_work()
            await asyncio.sleep(0.05)
            answered.append("answered")

        task = asyncio.create_task(answer())
        await asyncio.sleep(0)
        await wait(client)
        assert answered == ["answered"]
        await task
        await client.close()


async def test_closing_does_not_wait_for_itself(tmp_path: Path) -> None:
    async with open_for_answers(await make_database(tmp_path / "test.db", read_bundled())) as opened:
        async with RolecallClient(opened, Settings()) as client:
            client.note_work()
            await client.close()
        assert client.is_closed()


async def test_what_is_done_for_somebody_gives_no_way_to_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "_GIVEN_WAY_SECONDS", 60.0)
    async with open_for_answers(await make_database(tmp_path / "test.db", read_bundled())) as opened:
        async with RolecallClient(opened, Settings()) as client:
            client.note_work()
            async with asyncio.timeout(20):
                await client.give_way()
            await client.close()
        assert client.is_closed()


async def test_closing_waits_for_the_notice_that_an_answer_leaves(tmp_path: Path) -> None:
    told = []
    async with (
        open_for_answers(await make_database(tmp_path / "test.db", read_bundled())) as opened,
        RolecallClient(opened, Settings()) as client,
    ):

        async def tell() -> None:
            await asyncio.sleep(0.02)
            told.append("told")

        async def answer() -> None:
            client.note_work()
            await asyncio.sleep(0.02)
            client.note_work(asyncio.create_task(tell()))

        task = asyncio.create_task(answer())
        await asyncio.sleep(0)
        await client.close()
        assert told == ["told"]
        await task
