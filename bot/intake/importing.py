"""Texts in, postings in the Store: read beside the event loop, kept in batches, told of when they are safe."""

import asyncio
import itertools
import os
import re
from collections import Counter, deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias, TypeVar
from zlib import crc32

from rapidfuzz.distance import LCSseq

from bot.domain.errors import QuotaReached
from bot.domain.person import EVERYONE, ROLECALL, Actor
from bot.domain.posting import KeptPosting, Posting
from bot.intake.files import read_sources
from bot.intake.isolated import NoProcess, ProcessEnded, Processes, is_quick, open_processes
from bot.intake.reading import TEXT_SECONDS, Failure, Result, read_batch, read_one, refuse_failure
from bot.intake.sources import Destination, LeftOut, Refusal, Source
from bot.questions.company_names import company_key, company_words
from bot.questions.title_index import RoleWords, read_role_words
from bot.questions.tokens import is_place
from bot.storage.records import Kept, Outcome
from bot.storage.store import Store
from bot.text.gazetteer import CITY
from bot.text.lexicon import data_directory, read_lexicon
from bot.text.places import find_places
from bot.topics import BY_NAME
from bot.topics.topic import JobSign

# Whether a posting is there already in other words: pasted again, from another board, reworded a little.

_LEAST_SHARED = 0.6
"""
Of the pairs of neighbouring words of the shorter text.

On 300 of 1,560 real postings: with every fifth word dropped, replaced or doubled, the altered text shared 0.63 to 0.75, also within
another board's frame; postings of one company that have one title and are other jobs shared 0.05 to 0.49. Runs of three words fell
to 0.48 and of four to 0.33, where other jobs are; counted over both texts instead of the shorter one, a frame cost 0.07.
"""

_LEAST_SHARED_WITHOUT_TITLE = 0.9
"""Where a title is missing the text alone speaks: of the pairs with other titles, one in a hundred shares more than 0.93."""

_LEAST_OWN = 0.25
"""How much of a kept text must be its own, and not what the company's other postings say as well, to be compared by that alone."""

_MOST_LETTERS = 50_000
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Words, and the signs of scripts that write none apart."""

Pairs = frozenset[tuple[str, str]]
"""Neighbouring words."""


def find_likely_duplicate(posting: Posting, candidates: Sequence[KeptPosting]) -> KeptPosting | None:
    """
    Return the candidate that is most likely the same job, or None where none is likely.

    It is of the same company, its title says the same (a place or an acknowledged short form aside), and most of the text is the
    same, or they have one link; what the company's other jobs among the candidates say as well tells nothing. Of another company, as an
    agency's is, it is one only where `is_same_job` says so.
    """
    key = company_key(posting.company or "")
    same = [each for each in candidates if key and company_key(each.posting.company or "") == key]
    rivals = [each for each in same if _may_be_one_title(posting, each.posting)]
    if not rivals:
        return next((each for each in candidates if is_same_job(posting, each.posting)), None)
    others = [_pairs(each.posting.text[:_MOST_LETTERS]) for each in same if each not in rivals]
    (shared, _), best = max(((_share(posting, each.posting, others), each) for each in rivals), key=lambda found: found[0])
    has_titles = bool(posting.title and best.posting.title)
    if shared >= (_LEAST_SHARED if has_titles else _LEAST_SHARED_WITHOUT_TITLE):
        return best
    # Under one link it may be the same job in other words, or another one that shares a notice or a form: a person can tell.
    return next((each for each in rivals if posting.link and posting.title and each.posting.link == posting.link), None)


def _may_be_one_title(first: Posting, second: Posting) -> bool:
    """Tell whether two titles of one company may be one job's: ranks, steps and places alike, and no word of a job in one of them only."""
    if not (first.title and second.title):
        return True
    one, other = read_role_words(first.title), read_role_words(second.title)
    if one.ranks != other.ranks or one.steps != other.steps:
        return False
    places = [{place.meaning for place in find_places(title)} for title in (first.title, second.title)]
    if all(places) and places[0] != places[1]:
        return False
    company = frozenset(company_words(first.company or ""))
    return _adds_nothing(one, other, company) or _adds_nothing(other, one, company)


def _adds_nothing(longer: RoleWords, shorter: RoleWords, company: Iterable[str]) -> bool:
    """Tell whether a title has all words of another one, and of its own only places, numbers and the company's name."""
    more = longer.own_terms - shorter.own_terms - frozenset(company)
    return shorter.own_terms <= longer.own_terms and all(term.isdigit() or is_place((term,)) for term in more)


def _share(first: Posting, second: Posting, others: Sequence[Pairs]) -> tuple[float, float]:
    """Return how much of the shorter text's own pairs the other one has, and of both texts' pairs, each 0 to 1."""
    one, other = _pairs(first.text[:_MOST_LETTERS]), _pairs(second.text[:_MOST_LETTERS])
    own = [pairs.difference(*others) for pairs in (one, other)]
    if len(own[1]) >= _LEAST_OWN * len(other):
        one, other = own
    fewest = min(len(one), len(other))
    return (len(one & other) / fewest, len(one & other) / len(one | other)) if fewest else (0.0, 0.0)


@lru_cache(maxsize=64)
def _pairs(text: str) -> Pairs:
    words = _WORD.findall(text.casefold())
    return frozenset(pairwise(words))


# Whether two postings are so surely of one job that people are told so: on several boards, by an agency, under a new link.

_LEAST_IN_ORDER, _LEAST_OF_LONGER = 0.95, 0.8
"""
Of the words of the shorter text, and of the longer one, how many both have in one order.

Measured on the 2,774 postings of 14 sources that were there to look at, of which 15,320 pairs share a band: with titles and places that
fit, no pair of two jobs had more than 0.94 of the shorter text, but for short texts within much longer ones.
"""

_LEAST_TO_COMPARE = 40
"""Words; in fewer there is little but the title."""

_RUN, _BANDS, _BINS = 3, 16, 32


def word_bands(text: str) -> tuple[int, ...]:
    """
    Return numbers of which texts of nearly the same words share some: by them they are found without being compared; none for a short text.

    Each band stands for the least digests of two of 32 parts of all runs of three words. Of two texts that have half of these in common,
    two of three words each, 99 in 100 share a band; of two that have a tenth in common, 15.
    """
    words = _words_of(text)
    if len(words) < _LEAST_TO_COMPARE:
        return ()
    least: dict[int, int] = {}
    for run in zip(*(words[start:] for start in range(_RUN)), strict=False):
        digest = crc32(" ".join(run).encode("utf-8", "replace"))
        part = digest % _BINS
        least[part] = min(digest, least.get(part, digest))
    pairs = ((band, least.get(2 * band), least.get(2 * band + 1)) for band in range(_BANDS))
    return tuple(band << 32 | crc32(f"{one} {other}".encode()) for band, one, other in pairs if one is not None and other is not None)


def is_same_job(first: Posting, second: Posting) -> bool:
    """Tell whether two postings are of one job, whoever posts it: titles and places fit, and they have nearly all words in one order."""
    return _may_be_one_place(first, second) and _is_same_apart_from_place(first, second)


def _is_same_apart_from_place(first: Posting, second: Posting) -> bool:
    if not (first.title and second.title and _may_be_one_title(first, second)):
        return False
    one, other = _words_of(first.text), _words_of(second.text)
    shorter, longer = sorted((len(one), len(other)))
    if shorter < _LEAST_TO_COMPARE or shorter < _LEAST_OF_LONGER * longer:
        return False
    shared = LCSseq.similarity(one, other, score_cutoff=int(_LEAST_IN_ORDER * shorter))
    return shared >= max(_LEAST_IN_ORDER * shorter, _LEAST_OF_LONGER * longer)


def _may_be_one_place(first: Posting, second: Posting) -> bool:
    """Tell whether two postings name one place, or one of them only a country or state of the other's; where one names none, it may be."""
    wider, narrower = sorted((first, second), key=lambda each: len(_place_words(each)))
    words, others = _place_words(wider), _place_words(narrower)
    if not words or words == others:
        return True
    lands, places = find_places(wider.location or ""), find_places(narrower.location or "")
    named = {word for land in lands if land.kind is not CITY for word in _words_of((wider.location or "")[land.start : land.end])}
    shared = {country for land in lands for country in land.countries} & {country for place in places for country in place.countries}
    return words < others and words <= named and bool(shared)


def _place_words(posting: Posting) -> frozenset[str]:
    return frozenset(_words_of(posting.location or "")) - frozenset(read_lexicon("whereabouts")["glue"].split())


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text[:_MOST_LETTERS].casefold())


class SameJob(NamedTuple):
    """Which of some postings are of one job with another one."""

    same: tuple[KeptPosting, ...] = ()
    placeless: tuple[KeptPosting, ...] = ()
    """Of its words, and of one of several places, nobody can tell which: with none of `placed` they are of one job."""

    placed: tuple[KeptPosting, ...] = ()


def find_same_job(kept: KeptPosting, candidates: Sequence[KeptPosting]) -> SameJob:
    """Return which candidates are of one job with a posting; of one text for several places, those without a place are left out."""
    group = [each for each in candidates if each.id != kept.id and _is_same_apart_from_place(kept.posting, each.posting)]
    own = _page_of(kept.posting)
    same = [each for each in group if _may_be_one_place(kept.posting, each.posting) and _page_of(each.posting) != own]
    placed = [each for each in (kept, *group) if _place_words(each.posting)]
    if all(_may_be_one_place(placed[0].posting, each.posting) for each in placed):
        return SameJob(tuple(same))
    placeless = tuple(each for each in (kept, *group) if not _place_words(each.posting))
    is_placed = bool(_place_words(kept.posting))
    return SameJob(tuple(each for each in same if bool(_place_words(each.posting)) is is_placed), placeless, tuple(placed))


GiveWay: TypeAlias = Callable[[], Awaitable[None]]
"""Waits until nobody waits for an answer, or has waited long enough itself."""


async def nobody_waits() -> None:
    """Go on at once: nobody else is answered by this process."""


async def compare_new(store: Store, numbers: Mapping[int, str], *, give_way: GiveWay = nobody_waits) -> None:
    """
    Find out of which jobs postings are that are new or say something new: their ids, each with its scope. Raises StorageError.

    Nobody waits for that: between two pieces of work it gives way to those who are answered meanwhile.
    """
    new: list[KeptPosting] = []
    for scope in sorted(set(numbers.values())):
        new += await _read_texts(store, [number for number, own in numbers.items() if own == scope], scopes={scope})
    bands: dict[int, tuple[int, ...]] = {}
    for kept in new:
        await give_way()
        bands[kept.id] = await asyncio.to_thread(word_bands, kept.posting.text)
    await store.same_jobs.file(bands, scopes=numbers)
    for kept in new:
        await give_way()
        scopes = None if kept.scope == EVERYONE else {kept.scope, EVERYONE}
        found = await store.same_jobs.find_candidates(bands[kept.id], scopes=scopes, apart_from=kept.id)
        candidates = await _read_texts(store, [number for number, _ in found], scopes={scope for _, scope in found}) if found else ()
        job = await asyncio.to_thread(find_same_job, kept, candidates)
        apart = [(one.id, other.id) for one in job.placeless for other in job.placed]
        key = company_key(kept.posting.company or "")
        same = {each.id: bool(key) and company_key(each.posting.company or "") == key for each in job.same}
        await store.same_jobs.write(kept.id, same, apart=apart)


async def _read_texts(store: Store, ids: Sequence[int], *, scopes: Collection[str]) -> list[KeptPosting]:
    """Return postings with their texts and no facts, in the order of their ids as given."""
    read = {kept.id: kept for kept in await store.sketch((), scopes=scopes, ids=ids, with_text=True)}
    return [read[number] for number in ids if number in read]


def _page_of(posting: Posting) -> tuple[str | None, str]:
    return posting.link, company_key(posting.company or "")


# Postings read beside the event loop: a few in a thread, many in processes.

Batch: TypeAlias = Sequence[Source | Refusal]

_MOST_WORKERS = 4
"""More do not help: one event loop keeps what they read."""


class Readers:
    """Reads batches, several at a time: in processes, or without any in a thread, which starts at once."""

    def __init__(self, processes: Processes | None = None, *, by: Actor) -> None:
        self._processes = processes
        self._by = by
        self._turn = asyncio.Lock()

    async def read(self, batch: Batch) -> list[Result]:
        """Return what became of each text, in order; one that ends its process is found out and is the only one that is lost."""
        if self._processes is None:
            return await asyncio.to_thread(read_batch, batch, self._by)
        try:
            return await self._processes.call(read_batch, batch, self._by)
        except ProcessEnded:
            # It may have been another batch's text: each is read in a process that nobody else uses meanwhile.
            async with self._turn, open_processes(1, seconds=TEXT_SECONDS) as alone:
                return [await self._read_alone(found, alone) for found in batch]

    async def _read_alone(self, found: Source | Refusal, alone: Processes) -> Result:
        if isinstance(found, Refusal):
            return found
        try:
            return await alone.call(read_one, found, self._by)
        except ProcessEnded:
            return Failure(found.name, "the process that read it ended: it took too long or too much memory, or a library failed")


_BATCH_COUNT = 50
_BATCH_LENGTH = 1_000_000
"""Characters: with the count it bounds what is in memory, whatever the size of the import."""

_BATCH_SECONDS = 2 * TEXT_SECONDS
"""A batch that takes longer has a text that hangs: each is then read by itself."""

_KEPT_COUNT = 10
_KEPT_WEIGHT = 200
"""Facts: more at once, and the event loop would be held for over 5 ms while the Store prepares them (50 postings: 65 ms)."""

_CHARACTERS_PER_FACT = 200

_FEW = 8
"""Fewer texts than this are read before a process has started."""

_AHEAD = 4
"""Batches that are read while one is kept."""


class Progress(NamedTuple):
    """How far an import is; everything that it counts is safely stored."""

    done: int
    """Texts kept or refused."""

    added: int
    updated: int
    unchanged: int
    refused: int


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import came to."""

    added: int
    updated: int
    unchanged: int
    refused: tuple[Refusal, ...]
    empty: tuple[str, ...] = ()
    """Sources of what was kept although nothing that postings tell was found in it."""


async def import_sources(
    into: Destination,
    sources: Iterable[Source | Refusal],
    *,
    on_progress: Callable[[Progress], None] | None = None,
    workers: int | None = None,
) -> ImportSummary:
    """
    Keep every posting among the sources, and say what became of each.

    `sources` may be endless in size: some hundred are in memory at a time. `on_progress` is called after each batch is
    committed: what it counts survives a crash. A text that Rolecall fails on is refused under an error id, with the cause in the log.
    `workers` is how many processes read, one beside a bot; without it as many as there are cores, and a few short texts are read in a
    thread. In a process each text has its time and memory, whoever imports. 0 is for texts that are known to be harmless: a thread reads
    all of them.
    Raises StorageError where the database fails; what was told of before stays.
    """
    keeping = _Keeping(into, on_progress)
    texts = iter(sources)
    head = await asyncio.to_thread(lambda: list(itertools.islice(texts, _FEW)))
    are_quick = all(is_quick(one.text) for one in head if isinstance(one, Source))
    if not head or (workers is None and len(head) < _FEW and are_quick):
        await keeping.keep(await Readers(by=into.by).read(head))
        return keeping.summary
    batches = _cut(itertools.chain(head, texts), _length, most=_BATCH_COUNT, heaviest=_BATCH_LENGTH)
    async with AsyncExitStack() as stack:
        processes: Processes | None = None
        if number := min(_MOST_WORKERS, os.cpu_count() or 1) if workers is None else workers:
            with suppress(NoProcess):  # a thread reads where this system or program cannot have any
                processes = await stack.enter_async_context(open_processes(number, seconds=_BATCH_SECONDS))
        async for batch in await stack.enter_async_context(aclosing(_read_in_order(Readers(processes, by=into.by), batches))):
            await keeping.keep(batch)
    return keeping.summary


def tells_of_job(posting: Posting) -> bool:
    """Tell whether anything was found in a posting that tells it from another text: who hires, or what postings state."""
    return bool(posting.company) or any(BY_NAME[name].job_sign is not JobSign.NONE for name in posting.facts if name in BY_NAME)


class _Keeping:
    """Keeps batches and counts."""

    def __init__(self, into: Destination, on_progress: Callable[[Progress], None] | None) -> None:
        self._into = into
        self._on_progress = on_progress
        self._counts: Counter[Outcome] = Counter()
        self._refused: list[Refusal] = []
        self._empty: list[str] = []

    @property
    def summary(self) -> ImportSummary:
        return ImportSummary(*self._kept, tuple(self._refused), tuple(self._empty))

    @property
    def _kept(self) -> tuple[int, int, int]:
        counts = self._counts
        return counts[Outcome.ADDED], counts[Outcome.UPDATED], counts[Outcome.UNCHANGED]

    async def keep(self, batch: Sequence[Result]) -> None:
        """Keep the postings of a batch in parts, and tell of each."""
        for part in _cut(batch, _weight, most=_KEPT_COUNT, heaviest=_KEPT_WEIGHT):
            await self._keep_part(part)

    async def _keep_part(self, part: Sequence[Result]) -> None:
        results = [refuse_failure(result) for result in part]
        postings = [result for result in results if isinstance(result, Posting)]
        self._refused += [result for result in results if isinstance(result, Refusal)]
        for posting, kept in zip(postings, await keep_what_fits(self._into, postings), strict=True):
            if isinstance(kept, QuotaReached):
                self._refused.append(LeftOut(posting.source, f"{posting.source} was left out. {kept}", why=str(kept)))
                continue
            self._counts[kept.outcome] += 1
            if not tells_of_job(posting):
                self._empty.append(posting.source)
        if self._on_progress:
            refused = len(self._refused)
            self._on_progress(Progress(sum(self._kept) + refused, *self._kept, refused))


async def keep_what_fits(into: Destination, postings: Sequence[Posting]) -> list[Kept | QuotaReached]:
    """Keep postings, all at once, or one after the other where there is no room for all; return what became of each."""
    try:
        return [*await into.store.keep(postings, scope=into.scope, by=into.by)] if postings else []
    except QuotaReached as error:
        if len(postings) == 1:
            return [error]
        return [kept for posting in postings for kept in await keep_what_fits(into, [posting])]


_Item = TypeVar("_Item")


def _cut(items: Iterable[_Item], weigh: Callable[[_Item], int], *, most: int, heaviest: int) -> Iterator[list[_Item]]:
    """Cut into parts, bounded in number and in weight."""
    part: list[_Item] = []
    weight = 0
    for item in items:
        more = weigh(item)
        if part and (len(part) >= most or weight + more > heaviest):
            yield part
            part, weight = [], 0
        part.append(item)
        weight += more
    if part:
        yield part


def _length(found: Source | Refusal) -> int:
    return len(found.text) if isinstance(found, Source) else 0


def _weight(posting: Result) -> int:
    if not isinstance(posting, Posting):
        return 0
    corrected = sum(len(each.facts) + len(each.read) for each in posting.corrections)
    return sum(map(len, posting.facts.values())) + corrected + len(posting.text) // _CHARACTERS_PER_FACT


async def _read_in_order(readers: Readers, batches: Iterator[Batch]) -> AsyncGenerator[list[Result], None]:
    """Yield what the batches hold, in order, while some more are being read."""
    reading: deque[asyncio.Task[list[Result]]] = deque()
    try:
        while True:
            while len(reading) < _AHEAD and (batch := await asyncio.to_thread(next, batches, ())):
                reading.append(asyncio.create_task(readers.read(batch)))
            if not reading:
                return
            yield await reading.popleft()
    finally:
        for task in reading:
            task.cancel()


# The postings that come with Rolecall.


BUNDLED = "bundled/"
"""How the source of each bundled posting begins."""


async def load_bundled(store: Store, *, scope: str = EVERYONE, by: Actor = ROLECALL, folder: str = "postings") -> ImportSummary:
    """Keep the bundled postings of a folder of data/; those that are there already stay as they are, under `bundled/NAME.md`."""
    found = read_sources([data_directory() / folder])
    named = (replace(each, name=f"{BUNDLED}{each.name.rpartition('/')[2]}") if isinstance(each, Source) else each for each in found)
    return await import_sources(Destination(store, scope, by=by), named, workers=0)
