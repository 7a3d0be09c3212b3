import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders_uploads import eat_memory, hand_over_half, work_forever

import bot
from bot.intake.isolated import FairTurns, ProcessEnded, on_behalf_of, open_processes


def test_a_process_that_reads_starts_without_what_databases_and_discord_need() -> None:
    command = [sys.executable, "-c", "import bot.intake.reading, sys; print(*sys.modules)"]
    environment = {**os.environ, "PYTHONPATH": str(Path(bot.__file__).parent.parent)}
    loaded = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split()  # noqa: S603 - our own
    assert not {"sqlalchemy", "aiosqlite", "alembic", "aiohttp", "discord"} & set(loaded)


_LOWEST_PRIORITY = 19
"""Tests may run with it themselves."""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems lack some of these limits")
async def test_a_process_that_hangs_is_ended_and_the_next_one_has_so_much_memory_and_a_lower_priority() -> None:
    async with open_processes(1, seconds=2) as processes:
        with pytest.raises(ProcessEnded):
            await processes.call(work_forever)
        taken, niceness = await processes.call(eat_memory)
        assert 5 < taken < 20
        assert niceness >= min(os.nice(0) + 1, _LOWEST_PRIORITY)


async def test_a_process_ends_with_what_opened_it_also_while_it_works(tmp_path: Path) -> None:
    sign = tmp_path / "has begun"
    async with open_processes(1, seconds=3600) as processes:
        number = await processes.call(os.getpid)
        hanging = asyncio.create_task(processes.call(work_forever, sign))
        while not sign.exists():  # noqa: ASYNC110 - another process gives it
            await asyncio.sleep(0.001)
    with pytest.raises(ProcessEnded):
        await hanging
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


async def test_a_process_ends_also_in_the_middle_of_a_result(tmp_path: Path) -> None:
    sign = tmp_path / "has begun"
    async with asyncio.timeout(30):
        async with open_processes(1, seconds=3600) as processes:
            hanging = asyncio.create_task(processes.call(hand_over_half, sign))
            while not sign.exists():  # noqa: ASYNC110 - another process gives it
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.2)
        with pytest.raises(ProcessEnded):
            await hanging


async def test_one_server_with_much_to_read_keeps_no_other_waiting() -> None:
    turns, hangs = FairTurns(), asyncio.Event()
    reading: list[str] = []

    async def read(server: str) -> None:
        with on_behalf_of(server):
            async with turns.take():
                reading.append(server)
                if server == "slow":
                    await hangs.wait()

    slow = [asyncio.create_task(read("slow")) for _ in range(5)]
    async with asyncio.timeout(10):
        await asyncio.gather(*(read(server) for server in ("a", "b", "a", "b")))
        assert reading == ["slow", "a", "b", "a", "b"]
        hangs.set()
        await asyncio.gather(*slow)
    assert reading[5:] == ["slow"] * 4


async def test_so_many_servers_read_at_once_and_no_more() -> None:
    turns = FairTurns()
    now: list[str] = []
    most: list[int] = []

    async def read(server: str) -> None:
        with on_behalf_of(server):
            async with turns.take():
                now.append(server)
                most.append(len(now))
                await asyncio.sleep(0.01)
                now.remove(server)

    await asyncio.gather(*(read(str(server)) for server in range(10)))
    assert max(most) == 3
