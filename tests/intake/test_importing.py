import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders_intake import invent_sources, invent_text, write_files, zip_bytes
from structlog.testing import capture_logs

from bot.domain.person import ROLECALL
from bot.domain.posting import EVERYONE, Posting
from bot.intake import reading
from bot.intake.files import read_sources
from bot.intake.importing import ImportSummary, ProcessReaders, Progress, import_sources
from bot.intake.isolated import open_processes
from bot.intake.reading import Failure, Packed, pack, unpack
from bot.intake.sources import Destination, Refusal, Source
from bot.parsing.parse import parse_posting
from bot.storage.store import Store

ROOT = Path(__file__).parents[2]


async def texts_in(store: Store) -> list[str]:
    return [kept.posting.text async for kept in store.every(scopes=[EVERYONE])]


async def test_files_folders_and_archives_are_kept_and_counted(store: Store, tmp_path: Path) -> None:
    write_files(
        tmp_path, {"one.md": invent_text(1), "more/two.md": invent_text(2), "more/bad.md": "", "z.zip": zip_bytes({"3.md": invent_text(3)})}
    )
    paths = [tmp_path / "one.md", tmp_path / "more", tmp_path / "z.zip", tmp_path / "missing"]
    summary = await import_sources(Destination(store, EVERYONE), read_sources(paths))
    assert (summary.added, summary.updated, summary.unchanged) == (3, 0, 0)
    assert [Path(refusal.source).name for refusal in summary.refused] == ["bad.md", "missing"]
    assert await texts_in(store) == [invent_text(1), invent_text(2), invent_text(3)]


async def test_the_same_posting_in_two_files_is_kept_once(store: Store) -> None:
    twice = [Source("a.md", invent_text()), Source("b.md", invent_text().replace("\n\n", "\n \n\n"))]
    assert await import_sources(Destination(store, EVERYONE), twice) == ImportSummary(added=1, updated=0, unchanged=1, refused=())


async def test_a_changed_posting_under_the_same_link_is_a_new_revision(store: Store) -> None:
    await import_sources(Destination(store, EVERYONE), [Source("a.md", invent_text())])
    summary = await import_sources(Destination(store, EVERYONE), [Source("b.md", invent_text(pay=95_000))])
    assert summary == ImportSummary(added=0, updated=1, unchanged=0, refused=())
    assert [kept.revision async for kept in store.every(scopes=[EVERYONE])] == [2]


@pytest.mark.parametrize("number", [0, 1, 7, 8, 130])
async def test_few_and_many_are_kept_in_their_order(store: Store, number: int) -> None:
    told: list[Progress] = []
    sources = invent_sources(number)
    summary = await import_sources(Destination(store, EVERYONE), sources, on_progress=told.append, workers=2)
    assert summary == ImportSummary(added=number, updated=0, unchanged=0, refused=())
    assert await texts_in(store) == [source.text for source in sources]
    assert [progress.done for progress in told] == sorted({progress.done for progress in told})
    last = Progress(done=number, added=number, updated=0, unchanged=0, refused=0)
    assert told[-1:] == ([last] if number else [])


async def test_what_is_told_to_be_done_is_kept(store: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def count_beside(progress: Progress) -> None:
        async def count() -> None:
            async with Store.open(f"sqlite:///{tmp_path / 'kept.db'}") as other:
                told.append((progress.added, await other.count(scopes=[EVERYONE])))

        counting.append(asyncio.create_task(count()))

    counting: list[asyncio.Task[None]] = []
    await import_sources(Destination(store, EVERYONE), invent_sources(30), on_progress=count_beside, workers=1)
    await asyncio.gather(*counting)
    assert told
    assert all(said <= counted for said, counted in told)


async def test_sources_are_taken_as_they_are_needed(store: Store) -> None:
    taken = 0

    def endless() -> Iterator[Source]:
        nonlocal taken
        while True:
            taken += 1
            yield Source(f"{taken}.md", invent_text(taken))

    class EnoughError(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.done >= 100:
            raise EnoughError

    with pytest.raises(EnoughError):
        await import_sources(Destination(store, EVERYONE), endless(), on_progress=stop, workers=1)
    assert taken <= 1000
    assert await store.count(scopes=[EVERYONE]) >= 100


async def test_the_event_loop_goes_on_meanwhile(store: Store) -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0)
            ticks += 1

    ticking = asyncio.create_task(tick())
    counts: list[int] = []
    await import_sources(Destination(store, EVERYONE), invent_sources(200), on_progress=lambda _: counts.append(ticks), workers=1)
    ticking.cancel()
    # Others had many turns between any two parts that were kept.
    assert len(counts) >= 20
    assert all(later - earlier > 5 for earlier, later in itertools.pairwise(counts))


async def test_a_text_that_trips_a_bug_is_refused_under_an_error_id_and_the_others_are_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trip(raw: str, source: str) -> Posting:
        if source == "1.md":
            raise ZeroDivisionError("a bug of ours")
        return parse_posting(raw, source)

    monkeypatch.setattr(reading, "parse_posting", trip)
    with capture_logs() as logs:
        summary = await import_sources(Destination(store, EVERYONE), invent_sources(3))
    assert summary.added == 2
    (refusal,) = summary.refused
    assert refusal.source == "1.md"
    (logged,) = logs
    assert (logged["source"], logged["error_id"]) == ("1.md", refusal.reason.rpartition(" ")[2])
    assert "a bug of ours" in logged["cause"]
    assert "a bug of ours" not in refusal.reason


def test_a_posting_travels_between_processes_as_it_is() -> None:
    posting = parse_posting(invent_text(), "a.md")
    assert posting.facts
    assert unpack(pack(posting)) == posting


class Killer(str):
    """A text that ends the process that reads it."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


async def test_a_text_that_ends_its_process_is_the_only_one_that_is_lost() -> None:
    killing, refused = Source("killer.md", Killer("x")), Refusal("no.md", "no.md is empty")
    batch: list[Source | Refusal] = [*invent_sources(2), killing, refused, *invent_sources(1, start=5)]
    async with open_processes(1) as together, open_processes(1) as alone:
        results = await ProcessReaders(together, alone, by=ROLECALL).read(batch)
    assert [type(result) for result in results] == [Packed, Packed, Failure, Refusal, Packed]


PIPED = """
import asyncio
from builders_intake import CODEC, invent_sources
from bot.intake.sources import Destination
from bot.intake.importing import import_sources
from bot.storage.store import Store

async def main():
    async with Store.open("sqlite:///piped.db", CODEC) as store:
        print((await import_sources(Destination(store, "everyone"), invent_sources(20))).added)

asyncio.run(main())
"""


def test_a_program_that_no_process_can_be_started_from_reads_in_a_thread(empty_folder: Path) -> None:
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    command = [sys.executable, "-"]  # a process that is started would look for this program in a file
    ran = subprocess.run(  # noqa: S603 - our own child
        command, input=PIPED, capture_output=True, text=True, cwd=empty_folder, env={**os.environ, "PYTHONPATH": paths}, check=False
    )
    assert ran.stdout == "20\n"
