import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from builders_storage import ALL, CODEC
from sqlalchemy import make_url

from bot.storage.store import Store

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("keeping_child.py")
ROUNDS = 2


def keep_and_kill(url: str, name: str, *, lines: int) -> dict[int, str]:
    """Let a child keep postings, kill it once it has told of some, and return all that it told of."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    with subprocess.Popen(  # noqa: S603 - our own child
        [sys.executable, str(CHILD), url, name], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    ) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(lines)]
        child.kill()
        # A last line that the kill cut short was not told.
        told += [line for line in child.stdout if line.endswith("\n")]
    return {int(number): text for number, _, text in (line.rstrip("\n").partition("\t") for line in told)}


async def test_a_kill_loses_nothing_that_was_told_to_be_kept(url: str) -> None:
    chance = random.Random(5)  # noqa: S311
    told: dict[int, str] = {}
    for round_ in range(ROUNDS):
        told |= keep_and_kill(url, f"round {round_}", lines=chance.randint(1, 60))
        async with Store.open(url, CODEC) as store:
            found = {kept.id: kept.posting async for kept in store.every(scopes=ALL)}
        assert told.items() <= {number: posting.text for number, posting in found.items()}.items()
        # A batch of three that the kill cut short is there whole or not at all, and no posting is without its facts.
        assert len(found) % 3 == 0
        assert {len(posting.facts["requirements"]) for posting in found.values()} == {2}
    assert len(told) >= ROUNDS
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(url).database or "")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
