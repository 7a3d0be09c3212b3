import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from builders_storage import ALL, CODEC, broken_rules
from sqlalchemy import make_url

from bot.domain.posting import ProposalState
from bot.storage.records import Revision, RowState
from bot.storage.store import Store

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("keeping_child.py")
KILLS = 15
"""On each of the two databases."""

MOST_LINES, MOST_SECONDS = 14, 0.02
"""When a keeper is killed: so many acknowledgements are twice what it does over and over, and so long takes more than one more."""

Told = dict[str, Any]


@contextmanager
def child() -> Iterator[tuple[IO[str], IO[str]]]:
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    with subprocess.Popen(  # noqa: S603 - our own child
        [sys.executable, str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdin, process.stdout
        process.stdin.close()


def run_and_kill(pipes: tuple[IO[str], IO[str]], **keeper: Any) -> list[Told]:
    """Let a keeper work until it is killed, and return all that it acknowledged."""
    asking, telling = pipes
    asking.write(f"{json.dumps(keeper)}\n")
    asking.flush()
    told: list[Told] = []
    while "ended" not in (line := json.loads(telling.readline())):
        told.append(line)
    assert line["ended"] == -signal.SIGKILL
    return told


async def test_whenever_it_is_killed_nothing_that_was_acknowledged_is_lost_and_nothing_is_there_by_half(url: str) -> None:
    chance = random.Random(5)  # noqa: S311
    with child() as pipes:
        moments = [{"lines": chance.randint(1, MOST_LINES), "seconds": chance.uniform(0, MOST_SECONDS)} for _ in range(KILLS)]
        rounds = [run_and_kill(pipes, url=url, name=str(kill), **moment) for kill, moment in enumerate(moments)]
    told = [line for lines in rounds for line in lines]
    assert all(rounds)
    assert {"kept", "settled", "removed"} <= {what for line in told for what in line}
    async with Store.open(url, CODEC) as store:
        # What a keeper was about when it was killed may be done and not told: one thing each time.
        assert await check_told(store, told) <= KILLS
    assert await broken_rules(url) == {}
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(url).database or "")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


async def check_told(store: Store, told: list[Told]) -> int:
    """Find all that was told in the Store, and return of how many things it knows more than was told."""
    last = {line["kept"]: line for line in told if "kept" in line}
    removed = {line["removed"] for line in told if "removed" in line}
    settled = {line["settled"] for line in told if "settled" in line}
    more = 0
    histories = {number: await store.history(number, scopes=ALL) for number in last}
    for line in told:
        if "kept" in line:
            check_revision(histories[line["kept"]][line["revision"] - 1], line)
        if "proposed" in line:
            proposal = await store.proposals.get(line["proposed"], scopes=ALL)
            assert proposal is not None
            assert proposal.posting.text == line["text"]
            more += (proposal.state is ProposalState.KEPT) - (line["proposed"] in settled)
    for number, line in last.items():
        more += (histories[number][-1].state is RowState.REMOVED) - (number in removed)
        more += len(histories[number]) - line["revision"]
    return more


def check_revision(revision: Revision, line: Told) -> None:
    assert revision.kept.revision == line["revision"]
    assert revision.kept.posting.text == line["text"]
    assert len(revision.kept.posting.facts["requirements"]) == 2
    if "title" in line:
        assert revision.kept.posting.title == line["title"]
        assert [made.words for made in revision.kept.posting.corrections] == [line["title"]]
