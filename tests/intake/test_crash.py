import os
import random
import subprocess
import sys
from pathlib import Path

from builders_intake import CODEC, invent_text, write_files

from bot.domain.posting import EVERYONE
from bot.intake.importing import import_sources
from bot.intake.sources import read_sources
from bot.storage.store import Store

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("importing_child.py")
POSTINGS = 250
ROUNDS = 3


def import_and_kill(url: str, folder: Path, *, lines: int) -> int:
    """Let a child import a folder, kill it once it has told of some, and return how many it said were done."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    command = [sys.executable, str(CHILD), url, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}) as child:  # noqa: S603 - our own child
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(lines)]
        child.kill()
        # Reading to the end also shows that the reading process, which holds the same pipe, has ended with its parent.
        told += [line for line in child.stdout if line.endswith("\n")]
    return int(told[-1])


async def test_a_kill_in_the_middle_of_an_import_loses_nothing_that_was_told_to_be_kept(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "postings", {f"{number:03}.md": invent_text(number) for number in range(POSTINGS)})
    names = [str(path) for path in sorted(folder.iterdir())]
    chance = random.Random(11)  # noqa: S311
    for round_ in range(ROUNDS):
        url = f"sqlite:///{tmp_path / f'{round_}.db'}"
        done = import_and_kill(url, folder, lines=chance.randint(1, 12))
        assert done > 0
        async with Store.open(url, CODEC) as store:
            kept = {kept.posting.source async for kept in store.every(scopes=[EVERYONE])}
            assert set(names[:done]) <= kept
            summary = await import_sources(store, read_sources([folder]), scope=EVERYONE, workers=1)
        # Imported again, the rest is added and nothing is there twice.
        assert (summary.added, summary.unchanged) == (POSTINGS - len(kept), len(kept))
