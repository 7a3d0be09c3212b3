import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from builders_intake import CODEC, invent_text, write_files

from bot.domain.posting import EVERYONE, Posting
from bot.intake.files import read_sources
from bot.intake.importing import import_sources
from bot.intake.sources import Destination
from bot.parsing.parse import parse_posting
from bot.storage.store import Store

ROOT = Path(__file__).parents[2]
POSTINGS = 30
KILLS = 30
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name(program)), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)  # noqa: S603 - our own child


def write_postings(folder: Path, number: int) -> list[str]:
    """Write a folder of postings, and return the paths in their order."""
    write_files(folder, {f"{count:03}.md": invent_text(count) for count in range(number)})
    return [str(path) for path in sorted(folder.iterdir())]


@cache
def read_whole(name: str) -> Posting:
    return parse_posting(Path(name).read_text("utf-8"), name)


async def assert_nothing_is_lost(url: str, names: Sequence[str], done: int) -> None:
    """What was told to be kept is there and whole, and imported again the rest is added and nothing is there twice."""
    async with Store.open(url, CODEC) as store:
        kept = {kept.posting.source: kept.posting async for kept in store.every(scopes=[EVERYONE])}
        assert set(names[:done]) <= kept.keys()
        assert all(posting == read_whole(name) for name, posting in kept.items())
        counts = [0, 0, 0]
        for place in range(0, len(names), 5):
            summary = await import_sources(Destination(store, EVERYONE), read_sources(names[place : place + 5]))
            counts = [before + more for before, more in zip(counts, (summary.added, summary.updated, summary.unchanged), strict=True)]
        assert counts == [len(names) - len(kept), 0, len(kept)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forks")
async def test_thirty_kills_in_the_middle_of_imports_lose_nothing_that_was_told_to_be_kept(tmp_path: Path) -> None:
    names = write_postings(tmp_path / "postings", POSTINGS)
    async with Store.open(f"sqlite:///{tmp_path / 'empty.db'}", CODEC):
        pass
    files = [str(shutil.copy(tmp_path / "empty.db", tmp_path / f"{number}.db")) for number in range(KILLS)]
    halves = [start("killed_children.py", str(tmp_path / "postings"), str(seed), *files[seed::2]) for seed in (0, 1)]
    told = [[int(line) for line in (await asyncio.to_thread(half.communicate))[0].split()] for half in halves]
    done = {file: count for seed in (0, 1) for file, count in zip(files[seed::2], told[seed], strict=True)}
    assert len(set(done.values())) > 3
    await asyncio.gather(*(assert_nothing_is_lost(f"sqlite:///{file}", names, count) for file, count in done.items()))


async def test_a_kill_ends_the_reading_process_as_well(tmp_path: Path) -> None:
    names = write_postings(tmp_path / "postings", 120)
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with start("importing_child.py", url, str(tmp_path / "postings")) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(3)]
        child.kill()
        # Reading to the end shows that the reading process, which holds the same pipe, has ended with its parent.
        told += [line for line in child.stdout if line.endswith("\n")]
    await assert_nothing_is_lost(url, names, int(told[-1]))
