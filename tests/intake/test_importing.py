import asyncio
import itertools
import os
import pickle
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from builders_answering import make_database
from builders_intake import CODEC, invent_sources, invent_text, write_files, zip_bytes
from builders_records import READ_AT
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facts import Fact, Quote
from bot.domain.person import EVERYONE, ROLECALL
from bot.domain.posting import Correction, KeptPosting, Posting
from bot.intake import importing, reading
from bot.intake.files import read_sources
from bot.intake.importing import (
    ImportSummary,
    Progress,
    Readers,
    compare_new,
    find_likely_duplicate,
    find_same_job,
    import_sources,
    is_same_job,
    load_bundled,
    word_bands,
)
from bot.intake.isolated import NoProcess, Processes, open_processes
from bot.intake.reading import Failure
from bot.intake.sources import Destination, Refusal, Source
from bot.parsing.parse import parse_posting
from bot.storage.boards import Enrolled
from bot.storage.store import Store
from bot.text.lexicon import data_directory

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
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def trip(raw: str, source: str) -> Posting:
        if source == "1.md":
            raise ZeroDivisionError("a bug of ours")
        return parse_posting(raw, source)

    monkeypatch.setattr(reading, "parse_posting", trip)
    summary = await import_sources(Destination(store, EVERYONE), invent_sources(3))
    assert summary.added == 2
    (refusal,) = summary.refused
    assert refusal.source == "1.md"
    (logged,) = caplog.messages
    assert f"1.md could not be read (error id {refusal.reason.rpartition(' ')[2]})" in logged
    assert "a bug of ours" in logged
    assert "a bug of ours" not in refusal.reason


def test_a_posting_travels_between_processes_as_it_is() -> None:
    read = parse_posting(invent_text(), "a.md")
    made = Fact[int](value=4, quote=Quote(text="4+ years"))
    put_right = Correction(field="luck", facts=(made,), read=(made,), by=ROLECALL, at=datetime(2026, 1, 1, tzinfo=UTC))
    posting = read.model_copy(update={"facts": {**read.facts, "luck": (made,)}, "corrections": (put_right,)})
    assert pickle.loads(pickle.dumps(posting)) == posting  # noqa: S301 - our own


class Killer(str):
    """A text that ends the process that reads it."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


async def test_a_text_that_ends_its_process_is_the_only_one_that_is_lost() -> None:
    killing, refused = Source("killer.md", Killer("x")), Refusal("no.md", "no.md is empty")
    batch: list[Source | Refusal] = [*invent_sources(2), killing, refused, *invent_sources(1, start=5)]
    async with open_processes(1, seconds=60) as processes:
        results = await Readers(processes, by=ROLECALL).read(batch)
    assert [type(result) for result in results] == [Posting, Posting, Failure, Refusal, Posting]


async def test_one_long_text_is_read_in_a_process_whoever_imports(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []

    @asynccontextmanager
    async def open_none(number: int, *, seconds: float) -> AsyncIterator[Processes]:
        opened.append(number)
        raise NoProcess(seconds)
        yield

    monkeypatch.setattr(importing, "open_processes", open_none)
    short, long = Source("a.md", invent_text(1)), Source("b.md", invent_text(2) + "\nWe bake." * 5_000)
    await import_sources(Destination(store, EVERYONE), [short])
    assert opened == []
    await import_sources(Destination(store, EVERYONE), [long])
    assert len(opened) == 1


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


POSTINGS = 18
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
    files = [str(tmp_path / f"{number}.db") for number in range(KILLS)]
    for file in files:
        await make_database(Path(file))
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


async def test_the_bundled_postings_are_kept_for_everyone_and_once(store: Store) -> None:
    names = {f"bundled/{file.name}" for file in (data_directory() / "postings").iterdir()}
    first = await load_bundled(store)
    assert (first.added, first.refused) == (len(names), ())
    assert (await load_bundled(store)).unchanged == len(names)
    assert {kept.posting.source async for kept in store.every(scopes=[EVERYONE])} == names


async def test_what_comes_with_rolecall_is_read_without_a_process(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "open_processes", None)
    loaded = await load_bundled(store, scope="7", folder="tryout")
    assert (loaded.added, loaded.refused) == (len(list((data_directory() / "tryout").iterdir())), ())


REAL = Path(__file__).parents[3] / "shared" / "postings" / "labelled"
FRAME = "Job Application for {title} at {company}\n\n{text}\n\nApply now. Share this job. Report this job. All jobs."
COMPANY = (
    "At Tick & Tock we have made and mended clocks for eighty years, in workshops that look out on the river. Everybody here owns a part"
    " of the house. We offer a watch of your own, four weeks of holiday, lunch at noon and a pension that both sides pay into. We welcome"
    " people of every age and origin, and treat each application alike."
)
TOWER = (
    "You climb the towers of the old town, wind what is to be wound, and oil what squeaks. You replace worn teeth in wheels as tall"
    " as you are. You write down how each clock runs, and tell the sexton when a bell must rest. You need a head for heights, strong arms,"
    " five years with large movements and a licence to work on ropes. You start at six and are home by three."
)
SHOP = (
    "You stand behind the counter, listen to what people miss in their clocks, and say honestly whether a repair is worth its price."
    " You keep the till, order glass and straps, and dress the window for each season. You need patience, good handwriting, some Italian"
    " and two years in any shop. You work from ten to six, on Saturdays too."
)


def keep(number: int, title: str | None, text: str, *, company: str | None = "Tick & Tock", link: str | None = None) -> KeptPosting:
    posting = Posting(source=f"{number}.md", title=title, company=company, link=link, location=None, text=f"{COMPANY}\n\n{text}")
    return KeptPosting(id=number, scope=EVERYONE, revision=1, read_at=READ_AT, posting=posting)


TOWER_KEEPER, SHOP_KEEPER = keep(1, "Senior Clock Engineer", TOWER), keep(2, "Shop Assistant", SHOP)
KEPT = [TOWER_KEEPER, SHOP_KEEPER]


def paste(kept: KeptPosting, **changed: str | None) -> Posting:
    return kept.posting.model_copy(update={"source": "pasted", **changed})


def alter(text: str, share: float, chance: random.Random) -> str:
    """Drop, replace or double so many of the words."""
    words = []
    for word in text.split():
        kind = chance.random() / share
        words += [word] if kind > 1 else [] if kind < 1 / 3 else [chance.choice(text.split())] if kind < 2 / 3 else [word, "very"]
    return " ".join(words)


SAME: list[Posting] = [
    paste(TOWER_KEEPER),
    paste(TOWER_KEEPER, text=TOWER_KEEPER.posting.text.replace(" ", "  \n").upper()),
    paste(TOWER_KEEPER, link="https://jobs.example/1?utm_source=newsletter"),
    paste(TOWER_KEEPER, company="TICK AND TOCK GmbH"),
    paste(TOWER_KEEPER, title="Sr. Clock Engineer"),
    paste(TOWER_KEEPER, title="Senior Clock Engineer (Zürich)"),
    paste(TOWER_KEEPER, title="Senior Clock Engineer at Tick & Tock"),
    paste(TOWER_KEEPER, title=None),
    paste(TOWER_KEEPER, text=FRAME.format(title="Clockmaker", company="Tick & Tock", text=TOWER_KEEPER.posting.text)),
    paste(TOWER_KEEPER, text=alter(TOWER_KEEPER.posting.text, 0.2, random.Random(1))),  # noqa: S311
    paste(TOWER_KEEPER, text=TOWER),
    paste(TOWER_KEEPER, company="Agency for Clocks"),
    paste(TOWER_KEEPER, company=None),
]


@pytest.mark.parametrize("posting", SAME, ids=range(len(SAME)))
def test_the_same_job_pasted_again_is_found(posting: Posting) -> None:
    assert find_likely_duplicate(posting, KEPT) is TOWER_KEEPER


OTHER: list[Posting] = [
    paste(SHOP_KEEPER, title="Senior Clock Engineer"),
    paste(TOWER_KEEPER, title="Clock Engineer"),
    paste(TOWER_KEEPER, title="Staff Clock Engineer"),
    paste(TOWER_KEEPER, title="Senior Clock Engineer II"),
    paste(TOWER_KEEPER, title="Senior Clock Engineer, Software"),
    paste(TOWER_KEEPER, title="Window Dresser"),
    paste(TOWER_KEEPER, company="Tick", text=SHOP),
    paste(TOWER_KEEPER, company="Tick", text=TOWER),
    paste(TOWER_KEEPER, text=COMPANY),
    paste(TOWER_KEEPER, text=""),
]


@pytest.mark.parametrize("posting", OTHER, ids=range(len(OTHER)))
def test_another_job_is_none(posting: Posting) -> None:
    assert find_likely_duplicate(posting, KEPT) is None


def test_the_same_job_in_another_country_is_another_job() -> None:
    german = [keep(3, "Clock Engineer - Germany", TOWER)]
    assert find_likely_duplicate(paste(german[0], title="Clock Engineer - France"), german) is None
    assert find_likely_duplicate(paste(german[0], title="Clock Engineer"), german) is german[0]


def test_of_several_the_one_that_shares_most_is_returned() -> None:
    older, newer = keep(4, "Clock Engineer", f"{TOWER} {SHOP}"), keep(5, "Clock Engineer", TOWER)
    assert find_likely_duplicate(paste(newer), [older, newer]) is newer
    assert find_likely_duplicate(paste(older), [newer, older]) is older


def test_without_candidates_there_is_none() -> None:
    assert find_likely_duplicate(paste(TOWER_KEEPER), []) is None


def test_signs_that_are_written_without_spaces_are_compared_one_by_one() -> None:
    text = "我们在河边的工坊里修理钟表。你需要五年的经验和一双稳定的手。早上六点开始工作。" * 3
    kept = KeptPosting(id=9, scope=EVERYONE, revision=1, read_at=READ_AT, posting=paste(TOWER_KEEPER, text=text))
    assert find_likely_duplicate(paste(TOWER_KEEPER, text=text.replace("五年", "三年").replace("六点", "七点")), [kept]) is kept


@given(st.text(), st.none() | st.text(), st.none() | st.text())
def test_anything_is_compared(text: str, title: str | None, company: str | None) -> None:
    posting = paste(TOWER_KEEPER, text=text, title=title, company=company)
    found = find_likely_duplicate(posting, [*KEPT, keep(6, title, text, company=company)])
    assert found is None or found.id in (1, 2, 6)


def real_postings() -> Sequence[KeptPosting]:
    parsed = (parse_posting(path.read_text("utf-8", "replace"), path.name) for path in sorted(REAL.glob("*.md")))
    named = (posting for posting in parsed if posting.company and posting.title)
    return [KeptPosting(id=number, scope=EVERYONE, revision=1, read_at=READ_AT, posting=posting) for number, posting in enumerate(named, 1)]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real postings are not here")
def test_real_postings_are_found_again_when_a_sixth_of_their_words_is_altered() -> None:
    kept, chance = real_postings(), random.Random(3)  # noqa: S311
    for one in kept:
        altered = one.posting.model_copy(update={"text": FRAME.format(title="", company="", text=alter(one.posting.text, 0.16, chance))})
        assert find_likely_duplicate(altered, kept) is one
        others = [other for other in kept if other is not one]
        assert find_likely_duplicate(altered, others) is None


def test_other_words_of_one_title_under_one_link_are_named_too() -> None:
    kept = keep(1, "Clock Engineer", TOWER, link="https://tick.example/jobs")
    other = kept.posting.model_copy(update={"text": SHOP})
    assert find_likely_duplicate(other, [kept]) == kept
    assert find_likely_duplicate(other.model_copy(update={"link": "https://tick.example/other"}), [kept]) is None
    assert find_likely_duplicate(other.model_copy(update={"title": "Shop Assistant"}), [kept]) is None


# Whether people are told that two postings are of one job.


def in_place(number: int, location: str | None, **changed: str | None) -> KeptPosting:
    own = keep(number, "Senior Clock Engineer", TOWER, link=f"https://{number}.example")
    return own.model_copy(update={"posting": own.posting.model_copy(update={"location": location, **changed})})


REWORDED = TOWER.replace("as tall as you are", "taller than you").replace("three", "four")
JOBS: list[tuple[dict[str, str | None], bool]] = [
    ({}, True),
    ({"company": "Agency for Clocks"}, True),
    ({"company": None}, True),
    ({"text": f"{COMPANY}\n\n{TOWER}\n\nApply now. Share this job."}, True),
    ({"location": "Norway"}, True),
    ({"location": "Remote, Oslo, Norway"}, True),
    ({"location": None}, True),
    ({"location": "Bergen, Norway"}, False),
    ({"location": "Ireland"}, False),
    ({"title": "Clock Engineer"}, False),
    ({"title": None}, False),
    ({"text": f"{COMPANY}\n\n{SHOP}"}, False),
    ({"text": f"{COMPANY}\n\n{TOWER}\n\n{SHOP}"}, False),
    ({"text": "Senior Clock Engineer wanted."}, False),
]


@pytest.mark.parametrize(("changed", "is_same"), JOBS, ids=range(len(JOBS)))
def test_one_job_is_told_of_two_postings_only_where_words_titles_and_places_fit(changed: dict[str, str | None], *, is_same: bool) -> None:
    one, other = in_place(1, "Oslo, Norway"), in_place(2, **{"location": "Oslo, Norway", **changed})
    assert is_same_job(one.posting, other.posting) is is_same
    assert [each.id for each in find_same_job(one, [one, other]).same] == ([2] if is_same else [])


def test_of_one_text_for_several_places_one_without_a_place_is_of_none_of_these_jobs() -> None:
    oslo, bergen, nowhere = in_place(1, "Oslo"), in_place(2, "Bergen"), in_place(3, None)
    assert [each.id for each in find_same_job(nowhere, [oslo]).same] == [1]
    found = find_same_job(bergen, [oslo, nowhere])
    assert (found.same, [each.id for each in found.placeless], {each.id for each in found.placed}) == ((), [3], {1, 2})


def test_what_has_one_link_and_company_stands_nowhere_else() -> None:
    one = in_place(1, "Oslo", link="https://tick.example/jobs")
    assert find_same_job(one, [in_place(2, "Oslo", link="https://tick.example/jobs")]).same == ()


def test_texts_of_nearly_the_same_words_share_bands_and_short_ones_have_none() -> None:
    text = f"{COMPANY}\n\n{TOWER}"
    assert not set(word_bands(text)).isdisjoint(word_bands(f"Hired by an agency.\n{text.upper()}"))
    assert not set(word_bands(text)).isdisjoint(word_bands(f"{COMPANY}\n\n{REWORDED}"))
    assert set(word_bands(TOWER)).isdisjoint(word_bands(SHOP))
    assert word_bands("Baker wanted.") == ()
    assert all(0 <= band < 2**63 for band in word_bands(text))


@given(st.text())
def test_any_text_has_bands_or_none(text: str) -> None:
    assert len(set(word_bands(text))) == len(word_bands(text)) <= 16


@pytest.mark.skipif(not REAL.is_dir(), reason="the real postings are not here")
def test_of_real_postings_copies_by_an_agency_are_found_among_all_and_nothing_else() -> None:
    kept = real_postings()
    filed = {one.id: set(word_bands(one.posting.text)) for one in kept}
    for one in kept:
        text = f"An agency presents:\n{one.posting.text.replace(str(one.posting.company), 'our client')}\nWrite to the agency."
        copy = one.posting.model_copy(update={"text": text, "company": "Agency", "link": None})
        alike = [each for each in kept if filed[each.id] & set(word_bands(text))]
        assert [each.id for each in find_same_job(one.model_copy(update={"id": 99, "posting": copy}), alike).same] == [one.id]


async def test_postings_that_are_new_are_compared_with_those_that_may_be_seen_with_them(tmp_path: Path) -> None:
    async with Store.open(f"sqlite:///{tmp_path / 'kept.db'}", CODEC) as store:
        for scope in (EVERYONE, "7", "8"):
            await store.keep([in_place(ord(scope[0]), "Oslo").posting], scope=scope)
        given: list[None] = []

        async def give_way() -> None:
            given.append(None)

        await compare_new(store, {1: EVERYONE, 2: "7", 3: "8"}, give_way=give_way)
        assert len(given) == 6  # before each is read and before each is compared
        await store.boards.enrol([Enrolled(one, None, None) for one in await store.boards.read_unlisted(0, 9)])
        for scopes, others in (({EVERYONE, "7"}, {1: [2], 2: [1]}), ({EVERYONE, "8"}, {1: [3], 3: [1]}), ({"7", "8"}, {2: [], 3: []})):
            found = await store.boards.sightings([1, 2, 3], scopes=scopes)
            assert {number: [other.id for other in one.also_at] for number, one in found.items()} == others
