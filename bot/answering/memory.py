"""What is kept in memory: the companies and postings that there are, answers, when postings were seen open, and counts of gaps."""

import asyncio
import gc
import logging
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import aclosing, suppress
from functools import partial
from itertools import chain, islice
from typing import NamedTuple, TypeAlias, TypeVar

from cachetools import LRUCache, TTLCache

from bot.domain.answer import Answer, State, UnansweredQuestion
from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE, Asker
from bot.domain.posting import KeptPosting, Sighting
from bot.domain.query import Query, Target
from bot.questions.commands import resolve_target
from bot.questions.company_index import CompanyIndex, collector_paused, file, own_names_in, pack, unpack
from bot.questions.company_names import Entry
from bot.questions.read_question import read_question
from bot.storage.records import Changes, Headed
from bot.storage.rows import quoted_in
from bot.storage.store import Store
from bot.text.clean import fold

_LOG = logging.getLogger(__name__)

Found = TypeVar("Found")

_SLICE_SECONDS = 0.002
"""How long changes are taken in before others have their turn."""

_BEFORE_SLICES, _BETWEEN_SLICES = 2.0, 0.001
_WORTH_KEEPING = 1000
"""Postings whose names had to be worked out, which takes a tenth of a second: fewer need not be kept for the next process."""

_FILED_AT_ONCE = 1000
"""Postings whose slips are filed right after they were read: so few take milliseconds."""

_KEPT_AT_ONCE = 500
"""Those that are written together, beside what is answered."""

_FEW_LETTERS = 60
"""So many are read in some milliseconds, whatever they are; of a message of 4,000 it can be a hundred."""

_MANY = 5000
"""From so many postings on, what was taken in is left out of what the garbage collector looks through later: with 100,000 postings each
look held everything up for 0.6 to 1 second."""


class LiveIndex:
    """
    Answers from memory which companies there are; looks at the Store's version before it does.

    What this process keeps is seen at once, what another one keeps within half a second (as `Store.version` says); with `fresh_for`,
    within so many seconds, and an answer waits for a look only if none was made for so long: under way, looks are made beside the
    answers. Each scope is read whole when it is first asked for; after that only its changes are.
    """

    def __init__(self, store: Store, *, fresh_for: float = 0.0) -> None:
        self._store = store
        self._fresh_for = fresh_for
        self._looked_at = -math.inf
        self._looking: asyncio.Task[None] | None = None
        self._is_away = False
        self._failures: Counter[str] = Counter()
        self._failed = ""
        self.version = -1
        """The version of the Store that was last seen: what was read since then is at least as new."""

        self._index = CompanyIndex()
        self._unkept: dict[int, str] = {}
        """What postings are filed under, that had to be worked out: it is kept for the next process that starts."""

        self._keeping: asyncio.Task[None] | None = None
        self._behind: dict[str, None] = {}
        self._catching_up: asyncio.Task[None] | None = None
        self._versions: dict[str, int] = {}
        self._changed: dict[str, int] = {}
        """The last change in each scope that has postings, of all versions up to `_scanned`."""

        self._scanned = -1
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._steady = asyncio.Lock()
        """Held while a thread reads the index, and while it is changed."""

    async def index_for(self, scopes: Collection[str]) -> CompanyIndex:
        """Return the index, with all that these scopes hold now; it must be asked with scopes again."""
        await self.look()
        if self._scanned < self.version and not (self._is_away and self._scanned >= 0):
            await self._find_changed()
        for scope in sorted(scopes):
            if (known := self._versions.get(scope, -1)) < self._changed.get(scope, -1) and not (self._is_away and known >= 0):
                await self._follow(scope)
        return self._index

    async def read_question(self, text: str, asker: Asker, *, last: Query | None) -> Query:
        """Read plain words, with the companies that the asker sees; the index must be up to date for them."""
        return await self._consult(partial(read_question, text, self._index, scopes=asker.scopes, last=last, locale=asker.locale), text)

    async def resolve(self, name: str, asker: Asker) -> Target:
        """Find whom a typed name means; the index must be up to date for the asker."""
        return await self._consult(partial(resolve_target, name, self._index, scopes=asker.scopes), name)

    async def _consult(self, work: Callable[[], Found], text: str) -> Found:
        """Look into the index: in a thread where a long text takes long, during which the index does not change."""
        if len(text) <= _FEW_LETTERS:
            return work()
        async with self._steady:
            return await asyncio.to_thread(work)

    async def look(self) -> int:
        """Return the Store's version, and wait for the database only if nobody has looked for `fresh_for` seconds."""
        known, age = self._store.known_version, time.monotonic() - self._looked_at
        if known is None or (age >= self._fresh_for and not self._is_away):
            await self._look()
        else:
            self.version = max(self.version, known)
            if age >= self._fresh_for / 2:
                self._look_beside()
        return self.version

    async def settle(self) -> None:
        """Return when no look is under way, and what was worked out is kept."""
        if self._catching_up is not None:
            self._catching_up.cancel()
        if under_way := {task for task in (self._looking, self._keeping) if task is not None}:
            await asyncio.wait(under_way)

    async def _look(self) -> None:
        """Ask the Store for its version; raise StorageError only where nothing is in memory to answer from."""
        self._looked_at = time.monotonic()
        try:
            version = await self._store.version()
        except StorageError as error:
            if self.version < 0:
                raise
            self._render_away(error)
        else:
            self._is_away = False
            self.version = max(self.version, version)

    def _render_away(self, error: StorageError) -> None:
        if not self._is_away:
            _LOG.warning("answers come from memory until the database is back: %s", error)
        self._is_away = True

    def _look_beside(self) -> None:
        """Look without letting anybody wait; a failure shows when somebody has to."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
            self._looking.add_done_callback(lambda looking: None if looking.cancelled() else looking.exception())

    async def _find_changed(self) -> None:
        """Learn which scopes have changed: of ten thousand servers few have postings of their own, and each would be asked about."""
        async with self._locks[""]:
            if self._scanned < (version := self.version):
                try:
                    self._changed.update(await self._store.last_changes(since=self._scanned))
                    self._scanned = version
                except StorageError as error:
                    if self._scanned < 0:
                        raise
                    self._render_away(error)

    async def _follow(self, scope: str) -> None:
        """Bring one scope up to date; who asks for it meanwhile waits, and fails with the others."""
        failures = self._failures[scope]
        async with self._locks[scope]:
            known = self._versions.get(scope, -1)
            if known < 0 and self._failures[scope] > failures:
                raise StorageError(self._failed)
            if known < self._changed[scope]:
                try:
                    await self._take_in_since(known, scope)
                except StorageError as error:
                    self._failures[scope] += 1
                    self._failed = str(error)
                    if known < 0:
                        raise
                    self._render_away(error)

    async def _take_in_since(self, known: int, scope: str) -> None:
        count, version = 0, known
        alike: dict[str, str] = {}
        with collector_paused():
            async with aclosing(self._store.changes_since(known, scopes={scope})) as pages:
                async for changes in pages:
                    await self._take_in(changes, alike)
                    self._keep_beside()
                    count, version = count + len(changes.current), changes.version
            if count >= _MANY:
                gc.freeze()
        self._versions[scope] = version
        self.version = max(self.version, version)
        if count < _FILED_AT_ONCE and scope not in self._behind:
            is_more = True
            while is_more:
                is_more = self._index.catch_up(scope)
                await asyncio.sleep(0)
            return
        self._behind[scope] = None
        if self._catching_up is None or self._catching_up.done():
            self._catching_up = asyncio.create_task(self._catch_up())

    async def _catch_up(self) -> None:
        """Do beside the answers what makes slips be found sooner, once what a process starts with is done."""
        await asyncio.sleep(_BEFORE_SLICES)
        while self._behind:
            scope = next(iter(self._behind))
            if not self._index.catch_up(scope):
                del self._behind[scope]
            await asyncio.sleep(_BETWEEN_SLICES)

    async def _take_in(self, changes: Changes, alike: dict[str, str]) -> None:
        """Apply changes to the index a slice at a time: a thread would hold the interpreter as long, in slices of 5 ms."""
        steps = chain[int | Headed](changes.gone, changes.current)
        is_more = True
        while is_more:
            async with self._steady:
                is_more = self._apply_some(steps, alike)
            await asyncio.sleep(0)

    def _apply_some(self, steps: Iterator[int | Headed], alike: dict[str, str]) -> bool:
        """Apply a slice of changes, and tell whether there may be more."""
        until = time.monotonic() + _SLICE_SECONDS
        for change in steps:
            self._apply(change, alike)
            if time.monotonic() > until:
                return True
        return False

    def _apply(self, change: int | Headed, alike: dict[str, str]) -> None:
        if isinstance(change, int):
            self._index.remove(change)
            return
        number, scope, company, title, location, names, called = change
        once, called = alike.setdefault, called if isinstance(called, str) else ""
        head = (company or "", once(title or "", title or ""), once(location or "", location or ""))
        if (filed := unpack(called, head)) is not None:
            self._index.add(Entry(number, once(scope, scope), *head, filed.names), filed)
            return
        own_names = own_names_in(called) if called else tuple(names.split("\n")) if names else ()
        entry = Entry(number, scope, *head, own_names)
        filed = file(entry)
        self._unkept[number] = pack(entry, filed)
        self._index.add(entry, filed)

    def _keep_beside(self) -> None:
        if len(self._unkept) >= _WORTH_KEEPING and (self._keeping is None or self._keeping.done()):
            self._keeping = asyncio.create_task(self._keep_called())

    async def _keep_called(self) -> None:
        """Keep what was worked out; where that fails it is worked out again at the next start."""
        while self._unkept:
            worked_out = dict(islice(self._unkept.items(), _KEPT_AT_ONCE))
            for number in worked_out:
                del self._unkept[number]
            with suppress(StorageError):
                await self._store.keep_called(worked_out)


# The postings that were read last, in memory for as long as nothing in the Store changes.

_MOST, _HEAVIEST = 500, 64_000_000
"""Postings and their bytes: 500 have some 15 MB together, and of the longest ones there is room for 70."""

Topics: TypeAlias = frozenset[str] | None
"""The topics whose facts are read; None for all that is known of a posting."""

_A_FACT = 1_000
"""Bytes that a fact takes, or a correction, besides the words that it quotes."""


def weigh(kept: KeptPosting) -> int:
    """Return the bytes that a posting takes in memory, roughly."""
    posting = kept.posting
    corrected = (fact.quote.text for made in posting.corrections for fact in (*made.facts, *made.read))
    quoted = sum(_A_FACT + sys.getsizeof(quote) for quote in chain(quoted_in(posting.facts), corrected))
    return sys.getsizeof(posting.text) + quoted + _A_FACT * (1 + len(posting.corrections))


class PostingCache:
    """
    Gives postings from memory where it can; it is told which version of the Store is asked for.

    Whether a posting is open is read with it, and told to the `sightings`.
    """

    def __init__(self, store: Store, sightings: "SightingCache", *, heaviest: int = _HEAVIEST) -> None:
        self._store = store
        self._sightings = sightings
        self._version: int | None = None
        # Bounded in number too: each counts at least as its share of what there is room for.
        self._kept: LRUCache[tuple[int, Topics], KeptPosting] = LRUCache(heaviest, getsizeof=lambda one: max(weigh(one), heaviest // _MOST))

    async def get_many(
        self, ids: Sequence[int], *, scopes: Collection[str], version: int, topics: Topics = None
    ) -> tuple[KeptPosting, ...]:
        """Return the current postings of these ids that the scopes may see, in the order of the ids, with what is stated on the topics."""
        if version != self._version:
            self._kept.clear()
            self._version = version
        known = ((number, self._kept.get((number, None)) or self._kept.get((number, topics))) for number in ids)
        found = {number: kept for number, kept in known if kept is not None}
        if missing := [number for number in ids if number not in found]:
            read = await self._store.read_for_answer(missing, topics=topics, scopes=scopes)
            found |= {one.id: one for one, _ in read}
            self._sightings.note({one.id: sighting for one, sighting in read}, scopes=scopes, version=version)
            if version == self._version:  # else what was read may be older than what is asked for by now
                for one, _ in read:
                    with suppress(ValueError):  # it alone is too heavy
                        self._kept[one.id, topics] = one
        return tuple(found[number] for number in dict.fromkeys(ids) if number in found and found[number].scope in scopes)

    @property
    def weight(self) -> float:
        """Bytes of the postings in memory, roughly."""
        return self._kept.currsize


# The answers that were given last: what is asked often is worked out once, as long as no posting changes.

_MOST_ANSWERS, _HEAVIEST_ANSWERS = 2_000, 32_000_000
"""Answers and their bytes: 2,000 have some 10 MB together."""

_AN_ANSWER = 2_000
"""Bytes that an answer takes besides the question and what it quotes."""


class Given(NamedTuple):
    """An answer, and what the conversation is about from then on."""

    answer: Answer
    about: Query | None = None
    """None where it stays what it was about."""

    stands_alone: bool = False
    """The question names its company, so that it does not matter what was spoken of before."""

    scope: str | None = None
    """The scope of the posting that is answered about."""


def _weigh_answer(given: Given) -> int:
    answer = given.answer
    weight = (
        _AN_ANSWER
        + 2 * sys.getsizeof(answer.question)
        + sum(sys.getsizeof(text) for text in (answer.whole, *(one.text for one in answer.quotes)))
    )
    return max(weight, _HEAVIEST_ANSWERS // _MOST_ANSWERS)


class RecentAnswers:
    """
    Answers by all that they depend on; with another version of the Store they are worked out anew.

    >>> from bot.domain.answer import State, Rendered
    >>> recent, given = RecentAnswers(), Given(Answer(question="?", state=State.NOT_UNDERSTOOD, rendered=Rendered(sentence="What?")))
    >>> recent.keep("?", given, version=1)
    >>> recent.find("?", version=1) is given, recent.find("?", version=2) is None
    (True, True)
    """

    def __init__(self) -> None:
        self._version: int | None = None
        self._given: LRUCache[Hashable, Given] = LRUCache(_HEAVIEST_ANSWERS, getsizeof=_weigh_answer)

    def find(self, key: Hashable, *, version: int) -> Given | None:
        """Return what was answered before, None if it is not known or perhaps no longer so."""
        if version != self._version:
            return None
        return self._given.get(key)

    def keep(self, key: Hashable, given: Given, *, version: int) -> None:
        """Keep an answer that was worked out from this version; the one that was not asked for longest goes when there are too many."""
        if version != self._version:
            self._version = version
            self._given.clear()
        with suppress(ValueError):  # it alone is too heavy
            self._given[key] = given


# When postings were last seen open: that changes without a change of anything that is told of them.

_SEEN_FRESH = 60.0
"""Seconds that a later sighting may stay untold; what is closed changes the Store's version, and counts at once."""

_MOST_SEEN = 20_000


class SightingCache:
    """Gives what is known of whether postings are open from memory for a minute; nothing while the database is away."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version: int | None = None
        self._known: TTLCache[tuple[int, frozenset[str]], Sighting] = TTLCache(_MOST_SEEN, _SEEN_FRESH)
        self._dated: LRUCache[int, tuple[Answer, Answer]] = LRUCache(_MOST_ANSWERS)

    async def of(self, ids: Sequence[int], *, scopes: Collection[str], version: int) -> dict[int, Sighting]:
        """Return what is known of postings that the scopes may see."""
        self._follow(version)
        own = frozenset(scopes)  # where else a job stands, not everybody may see
        if missing := [number for number in ids if (number, own) not in self._known]:
            with suppress(StorageError):
                found = await self._store.boards.sightings(missing, scopes=scopes)
                self._known.update({(number, own): found.get(number, Sighting()) for number in missing})
        return {number: known for number in ids if (known := self._known.get((number, own))) is not None}

    def note(self, found: Mapping[int, Sighting], *, scopes: Collection[str], version: int) -> None:
        """Take in what was read beside postings that the scopes may see."""
        self._follow(version)
        own = frozenset(scopes)
        self._known.update({(number, own): sighting for number, sighting in found.items()})

    def _follow(self, version: int) -> None:
        if version != self._version:
            self._known.clear()
            self._version = version

    async def dated(self, answer: Answer, *, scopes: Collection[str], version: int) -> Answer:
        """Return an answer with what is known of its postings; the same object as long as that is the same."""
        known = await self.of([one.id for one in answer.postings], scopes=scopes, version=version)
        postings = tuple(one.model_copy(update={"sighting": known.get(one.id, one.sighting)}) for one in answer.postings)
        if postings == answer.postings:
            return answer
        before = self._dated.get(id(answer))
        if before is None or before[0] is not answer or before[1].postings != postings:
            before = self._dated[id(answer)] = (answer, answer.model_copy(update={"postings": postings}))
        return before[1]


# Counts what could not be answered, and writes the counts down now and then; never who asked.

_REASONS = (State.NOT_STATED, State.NO_SUCH_COMPANY, State.NOT_UNDERSTOOD)
_LONGEST_KEY = 80
_WRITTEN_EVERY = 60.0
"""Seconds: counts are written together, because each writing waits for the disk."""

_MOST_WAITING = 200
_MOST_BY_ONE, _HOUR, _MOST_PEOPLE = 20, 3600.0, 10_000
"""Gaps that are counted of one person in an hour, so that nobody fills the list by themselves; and how many people are told apart."""


class GapCounter:
    """Counts in memory until it is time to write."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._waiting: dict[str, Counter[UnansweredQuestion]] = {}
        self._written_at = clock()
        self._by_person: TTLCache[str, int] = TTLCache(_MOST_PEOPLE, _HOUR, timer=clock)

    def note(self, answer: Answer, asker: Asker, *, about: str | None = None) -> None:
        """
        Count an answer that says that something is missing; it belongs to the asker's server, if there is one.

        Who sees several servers' postings asks in none of them: then it belongs to the scope of the posting that the answer is `about`,
        so that no server is shown a company of another one's.
        """
        if answer.state not in _REASONS or not (answer.topic or answer.company) or not self._admits(asker):
            return
        servers = asker.scopes - {EVERYONE}
        scope = min(servers, default=EVERYONE) if len(servers) <= 1 else about or EVERYONE
        question = UnansweredQuestion(
            topic=answer.topic or "", company=" ".join(fold(answer.company or "").split())[:_LONGEST_KEY], reason=answer.state
        )
        self._waiting.setdefault(scope, Counter())[question] += 1

    def _admits(self, asker: Asker) -> bool:
        """Tell whether one more gap of a person counts; who is in no conversation is at the host's own terminal."""
        person = (asker.conversation or "").rpartition(":")[2]
        count = self._by_person.get(person, 0)
        if person and count < _MOST_BY_ONE:
            self._by_person[person] = count + 1
        return not person or count < _MOST_BY_ONE

    @property
    def is_due(self) -> bool:
        """Whether there is enough to write, or it has waited long enough."""
        waiting = sum(map(len, self._waiting.values()))
        return waiting >= _MOST_WAITING or (waiting > 0 and self._clock() - self._written_at >= _WRITTEN_EVERY)

    async def write(self) -> None:
        """Write what was counted; where the database cannot be written to, answers go on and the counts are lost."""
        waiting, self._waiting = self._waiting, {}
        self._written_at = self._clock()
        try:
            await self._store.gaps.add(waiting)
        except StorageError as error:
            _LOG.warning("unanswered questions could not be counted: %s", error)
