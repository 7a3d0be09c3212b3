"""Looks at boards and postings' pages when they are due: who is asked when, what is fetched and kept, and what it came to."""

import asyncio
import hashlib
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple, TypeAlias, TypeVar, TypeVarTuple

from yarl import URL

from bot.boards import (
    BOARDS,
    CAREERS,
    MOST_JOBS,
    BoardKind,
    Listing,
    Preview,
    RawJob,
    find_kind,
    fits_place,
    fits_role,
    kind_of_page,
    read_listing,
    read_marked_page,
)
from bot.boards.openness import PagePosting, ask_address, find_closing
from bot.domain.answer import count_of
from bot.domain.errors import QuotaReached, RolecallError, StorageError, UnreadablePosting
from bot.domain.posting import Evidence, FollowedBoard, Openness, Posting, Proposal
from bot.intake.addresses import Unread, check_url
from bot.intake.fetching import NOT_THERE, Hosts, Page, Postponed, Validators, decode_page
from bot.intake.importing import BUNDLED, GiveWay, Readers, compare_new, keep_what_fits, nobody_waits
from bot.intake.isolated import KeptProcess, NoProcess, ProcessEnded, is_quick
from bot.intake.reading import refuse_failure
from bot.intake.sources import Destination, Source, to_label
from bot.storage.boards import FIRST_INTERVAL, LOOKS_WITHOUT, DueLink, Enrolled, JobSeen, Look, Seen
from bot.storage.records import Outcome
from bot.storage.store import Store

_LOG = logging.getLogger(__name__)

Given = TypeVarTuple("Given")
Returned = TypeVar("Returned")
_READING_SECONDS = 60.0

# How often.

_LEAST, _LONGEST = 3_600, 86_400
_JITTER = 0.1
_FASTER, _SLOWER = 0.5, 1.5
_RETRY = timedelta(minutes=10)
_MORE_AFTER = timedelta(minutes=1)
"""When the rest of a board is read that was too long for one look."""

_DAILY_FOR, _DAY, _WEEK = timedelta(days=30), timedelta(days=1), timedelta(days=7)
_CONFIRMED_AFTER = timedelta(hours=2)
"""When an address is looked at again that was not there for the first time."""


def next_interval(before: int, *, is_first: bool, has_changed: bool) -> int:
    """
    Return the seconds to a board's next look: what changes is looked at more often, up to each hour, what does not down to each day.

    >>> next_interval(14_400, is_first=False, has_changed=True), next_interval(80_000, is_first=False, has_changed=False)
    (7200, 86400)
    """
    if is_first:
        return FIRST_INTERVAL
    return int(min(_LONGEST, max(_LEAST, before * (_FASTER if has_changed else _SLOWER))))


# A look at a board.

_MOST_READ, _MOST_FETCHED = 100, 20
"""Postings that are read, and pages of single ones that are fetched, in one look; the rest follows in the next."""

_MOST_DUE, _KEPT_AT_ONCE, _ENROLLED_AT_ONCE = 8, 10, 20
_MOST_PREVIEWED = 6
_NOTHING_MARKED = "has no postings that are marked as such (schema.org), nor have its first links; give the address of a board or a feed"

Tell: TypeAlias = Callable[[Proposal], Awaitable[None]]
"""Shows a proposal to those who manage a scope's postings; it never raises."""


class Fetched(NamedTuple):
    """What a board answered."""

    jobs: tuple[RawJob, ...] = ()
    is_whole: bool = False
    is_same: bool = False
    known_by: Validators = Validators()
    mark: str | None = None


class Checker:
    """Looks at what is due; every method that is awaited may raise StorageError, and nothing else for whatever a site does."""

    def __init__(
        self,
        store: Store,
        hosts: Hosts,
        *,
        kinds: Sequence[BoardKind] = BOARDS,
        tell: Tell | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self.store = store
        self._boards = store.boards
        self.hosts = hosts
        self._kinds = {kind.name: kind for kind in kinds}
        self.tell = tell
        self._chance = chance or random.Random()  # noqa: S311 - for spreading requests
        self.process = KeptProcess(seconds=_READING_SECONDS)
        """Reads what is long: one process, whatever the number of boards."""

        self.give_way: GiveWay = nobody_waits
        """Lets those who are answered go first."""

        self._enrolled = 0

    def now(self) -> datetime:
        """Return the time that boards go by."""
        return self._boards.now()

    async def preview(self, wanted: FollowedBoard) -> Preview:
        """Return what a board has, before it is followed; raises RolecallError in one line where it cannot be read."""
        written = wanted.url.strip().strip("<>")
        try:
            url = check_url(written, allow_private=self.hosts.rules.allow_private)
            kind = find_kind(url, self._kinds.values())
            if kind is None:
                kind = self._kinds[await self.apart(kind_of_page, await self.hosts.fetch(str(url)))]
            board = wanted.model_copy(update={"url": str(url), "kind": kind.name})
            fetched = await self._fetch(board, kind)
        except Postponed as postponed:
            raise RolecallError(f"{to_label(written)} is {postponed}; try again then") from None
        except UnreadablePosting as error:
            told = str(error)
            raise RolecallError(told if told.startswith(written) else f"{to_label(written)} {told}") from None
        fitting = [job for job in fetched.jobs if fits_role(job.title, wanted.role)]
        if kind.name == CAREERS.name:
            fitting = [job for job in fitting if job.text] or [job for job in fitting[:_MOST_PREVIEWED] if await self._is_marked(job)]
            if not fitting:
                raise RolecallError(f"{to_label(written)} {_NOTHING_MARKED}")
        return Preview(board, len(fitting), tuple(job.title for job in fitting[:3]))

    async def _is_marked(self, job: RawJob) -> bool:
        try:
            return job.link is not None and await self.apart(read_marked_page, await self.hosts.fetch(job.link)) is not None
        except (Postponed, UnreadablePosting):
            return False

    async def look_at(self, board: FollowedBoard) -> str:
        """Look at a board that was taken, and return in one line what it came to."""
        kind = self._kinds.get(board.kind)
        try:
            if kind is None:
                raise Unread("is of a kind that this Rolecall does not know")
            fetched = await self._fetch(board, kind)
            return await self._take_in(board, kind, fetched=fetched)
        except Postponed as postponed:
            told = f"not looked at: its site is {postponed}"
            await self._boards.postpone(board.id, told, until=self._not_before(timedelta(seconds=postponed.seconds)), is_failure=False)
        except UnreadablePosting as error:
            told = f"could not be read: it {error}" if isinstance(error, Unread) else str(error)
            wait = max(_RETRY * 2 ** min(board.failures, 7), timedelta(seconds=getattr(error, "retry_after", None) or 0.0))
            await self._boards.postpone(board.id, told, until=self._not_before(min(wait, timedelta(seconds=_LONGEST))))
        return told

    async def apart(self, work: Callable[[Page, *Given], Returned], page: Page, *given: *Given) -> Returned:
        """Return what a function makes of a page: of a short one in a thread, of any other in a process. Raises Unread."""
        try:
            if is_quick(page.body):
                return await asyncio.to_thread(work, page, *given)
            async with self.process.held() as processes:
                return await processes.call(work, page, *given)
        except UnreadablePosting:
            raise
        except (ProcessEnded, NoProcess, MemoryError):
            raise Unread("takes more time or memory to read than any board") from None
        except Exception as error:
            _LOG.exception("what a board or a page of %s answers could not be read", page.url.origin())
            raise Unread("could not be read because of a fault in Rolecall") from error

    async def _fetch(self, board: FollowedBoard, kind: BoardKind) -> Fetched:
        """Return all that a board lists, page by page."""
        url = URL(board.url)
        known_by = Validators(board.etag, board.last_modified) if board.mark and not kind.on_page else None
        page = await self.hosts.fetch(kind.address(url), known_by)
        sent = hashlib.sha256(page.body).hexdigest()[:24]
        if page.is_unchanged or (board.mark and board.mark.startswith(f"{sent} ")):
            return Fetched(is_whole=kind.is_whole, is_same=True, known_by=page.known_by, mark=board.mark)
        listing: Listing = await self.apart(partial(read_listing, url=url), page, kind.name)
        jobs = {job.key: job for job in listing.jobs}
        read = len(listing.jobs)
        while kind.on_page and read and len(jobs) < min(listing.total or 0, MOST_JOBS):
            further = await self.hosts.fetch(kind.address(url, offset=len(jobs)))
            more: Listing = await self.apart(partial(read_listing, url=url), further, kind.name)
            read = len({job.key for job in more.jobs} - jobs.keys())
            jobs |= {job.key: job for job in more.jobs}
        is_whole = kind.is_whole and len(jobs) <= MOST_JOBS and listing.total in (None, len(jobs))
        if is_whole < kind.is_whole:
            return Fetched(tuple(jobs.values()))  # the same answer would tell as little the next time
        told = hashlib.sha256("\n".join(sorted(f"{job.key} {job.digest}" for job in jobs.values())).encode()).hexdigest()[:24]
        is_same = board.mark is not None and board.mark.endswith(f" {told}")
        mark = f"{'-' if kind.on_page else sent} {told}"  # of several pages the first alone tells nothing
        return Fetched(tuple(jobs.values()), is_whole, is_same, Validators() if kind.on_page else page.known_by, mark)

    async def _take_in(self, board: FollowedBoard, kind: BoardKind, *, fetched: Fetched) -> str:
        """Keep what is new and changed, and write down what the look came to."""
        by = board.actor
        interval = next_interval(board.interval, is_first=board.mark is None, has_changed=not fetched.is_same)
        look = Look(
            is_whole=fetched.is_whole,
            lists_newest=not kind.is_whole,
            is_same=fetched.is_same,
            interval=interval,
            next_at=self._after(timedelta(seconds=interval)),
            etag=fetched.known_by.etag or (board.etag if fetched.is_same else None),
            last_modified=fetched.known_by.last_modified or (board.last_modified if fetched.is_same else None),
            mark=fetched.mark,
            told="as at the last look",
        )
        if not fetched.is_same:
            taken = _Intake(self, board, kind)
            await taken.take(fetched.jobs)
            look = look._replace(jobs=tuple(taken.seen), told=taken.told(len(fetched.jobs)))
            if taken.is_more or taken.left_out:
                look = look._replace(mark=None, etag=None, last_modified=None)
            if taken.is_more:
                look = look._replace(next_at=self._after(_MORE_AFTER))
        await self._boards.finish(board.id, look, by=by)
        return look.told

    # A posting's own address.

    async def look_at_link(self, due: DueLink) -> Openness | None:
        """Look at the address of a posting that was taken, and return what is known by it; None where it is left for later."""
        kept = await self.store.get(due.posting, scopes={due.scope})
        is_young = self.now() - due.first_at < _DAILY_FOR
        next_at, missed = self._after(_DAY if is_young else _WEEK), 0
        if kept is None:  # it was removed, and may be brought back
            await self._boards.put_off(due.posting, until=self._after(_WEEK))
            return None
        sought = PagePosting(kept.posting.title or "", kept.posting.text, due.link)
        try:
            found = await ask_address(sought, self.hosts, apart=self.apart, now=self.now(), is_last=due.missed + 1 >= LOOKS_WITHOUT)
        except Postponed as postponed:
            await self._boards.put_off(due.posting, until=self._not_before(timedelta(seconds=postponed.seconds)))
            return None
        openness = found.openness
        if found.wait:
            next_at = max(next_at, self._not_before(timedelta(seconds=min(found.wait, _LONGEST))))
        if found.by is Evidence.GONE:
            missed = due.missed + 1
            if missed < LOOKS_WITHOUT:
                openness, next_at = Openness.UNKNOWN, self._after(_CONFIRMED_AFTER)
        return (await self._boards.settle(Seen(due.posting, openness, found.by), next_at=next_at, missed=missed)).openness

    # What is due.

    async def check_due(self) -> int:
        """Look at what is due, and return how many boards and postings that were."""
        await self.give_way()
        await self.enrol()
        await self._boards.close_past()
        boards = await self._boards.take_due(_MOST_DUE)
        links = await self._boards.take_due_links(_MOST_DUE)
        looks = [*map(self.look_at, boards), *map(self.look_at_link, links)]
        for ended in await asyncio.gather(*looks, return_exceptions=True):
            if isinstance(ended, BaseException):  # the other looks were made to their end
                raise ended
        return len(looks)

    async def enrol(self) -> None:
        """Begin to know of postings that are new: of which jobs they are, where they are looked at, and when they close by their words."""
        while found := await self._boards.read_unlisted(self._enrolled, _ENROLLED_AT_ONCE):
            now = self.now()
            enrolled = []
            for one in found:
                is_read = one.link is not None and not one.source.startswith(BUNDLED)
                first = now + self._chance.random() * _DAY if is_read else None
                enrolled.append(Enrolled(one, find_closing(one.quotes), first))
            await compare_new(self.store, {one.posting: one.scope for one in found}, give_way=self.give_way)
            await self._boards.enrol(enrolled)
            self._enrolled = found[-1].row_id

    async def run(self, pause: float = 10.0) -> None:
        """Look at what is due until it is cancelled; what goes wrong is logged, and what was under way is due again after a while."""
        while True:
            busy = 0
            try:
                busy = await self.check_due()
            except StorageError as error:
                _LOG.warning("boards are not looked at until the database is back: %s", error)
            except Exception:  # noqa: BLE001 - the outermost handler of looks: a bug in one must not end them all
                _LOG.exception("a look at a board failed")
            finally:
                if not busy:
                    await self.process.close()
            await asyncio.sleep(0 if busy else pause)

    def _after(self, span: timedelta, *, earliest: float = 1 - _JITTER) -> datetime:
        """Return a time that much from now, give or take a tenth, so that not all come at once."""
        return self.now() + span * self._chance.uniform(earliest, 1 + _JITTER)

    def _not_before(self, span: timedelta) -> datetime:
        """Return a time that much from now, or a little later."""
        return self._after(span, earliest=1.0)


@dataclass
class _Intake:
    """Takes one board's new and changed jobs in, and knows what became of them."""

    checker: Checker
    board: FollowedBoard
    kind: BoardKind
    seen: list[JobSeen] = field(default_factory=list)
    added: int = 0
    updated: int = 0
    shown: int = 0
    refused: int = 0
    unwanted: int = 0
    fetched: int = 0
    left_out: str = ""
    is_more: bool = False

    def told(self, count: int) -> str:
        parts = [f"{count_of(count, 'posting')} listed", f"{self.added:,} added", f"{self.updated:,} updated"]
        parts += [f"{self.shown:,} shown first"] if self.shown else []
        parts += [f"{self.unwanted:,} not wanted"] if self.unwanted else []
        parts += [f"{self.refused:,} not read"] if self.refused else []
        return ", ".join(parts) + (f". {self.left_out}" if self.left_out else "") + ("; the rest follows" if self.is_more else "")

    async def take(self, jobs: Sequence[RawJob]) -> None:
        known = await self.checker.store.boards.read_jobs(self.board.id)
        sources: dict[str, tuple[RawJob, Source]] = {}
        for job in jobs:
            before = known.get(job.key)
            if before and before.digest == job.digest:
                self.seen.append(before._replace(missed=0))
            elif not (before and before.posting) and not fits_role(job.title, self.board.role):
                self._note(job, None)
                self.unwanted += 1
            elif len(sources) >= _MOST_READ or (not job.text and self.fetched >= _MOST_FETCHED):
                self._wait(before)
            elif (source := await self._source_of(job, before)) is not None:
                sources[source.name] = job, source
        await self._read(list(sources.values()), known)

    def _wait(self, before: JobSeen | None) -> None:
        """Leave a job for the next look; one that is known stands on its board all the same."""
        self.is_more = True
        if before:
            self.seen.append(before._replace(missed=0))

    def _note(self, job: RawJob, posting: int | None) -> None:
        self.seen.append(JobSeen(job.key, job.digest, posting))

    async def _source_of(self, job: RawJob, before: JobSeen | None) -> Source | None:
        """Return a job's text, fetched where the list does not have it; None where it has none."""
        text: str | None = job.text
        if not text:
            self.fetched += 1
            try:
                text = await self._fetch(job)
            except Postponed:
                self._wait(before)
                return None
            except UnreadablePosting as error:
                if getattr(error, "status", None) not in NOT_THERE:
                    self._wait(before)
                    return None
                text = None
        if text is None:
            self._note(job, before.posting if before else None)
            return None
        return Source(to_label(job.link or f"{self.board.url} {job.key}"), text)

    async def _fetch(self, job: RawJob) -> str | None:
        if self.kind.job:
            page = await self.checker.hosts.fetch(self.kind.address(URL(self.board.url), key=job.key))
            return decode_page(page.body, job.key, stated=page.charset)
        return await self.checker.apart(read_marked_page, await self.checker.hosts.fetch(job.link)) if job.link else None

    async def _read(self, found: Sequence[tuple[RawJob, Source]], known: Mapping[str, JobSeen]) -> None:
        """Read texts and keep what they are: short ones in a thread, others in a process of their own."""
        by = self.board.actor
        if all(is_quick(source.text) for _, source in found) and len(found) <= _KEPT_AT_ONCE:
            await self._read_with(Readers(by=by), found, known)
            return
        try:
            for start in range(0, len(found), _KEPT_AT_ONCE):
                async with self.checker.process.held() as processes:
                    await self._read_with(Readers(processes, by=by), found[start : start + _KEPT_AT_ONCE], known)
        except NoProcess:
            raise Unread("cannot be read now, because no process could be started for it") from None

    async def _read_with(self, readers: Readers, part: Sequence[tuple[RawJob, Source]], known: Mapping[str, JobSeen]) -> None:
        read = await readers.read([source for _, source in part])
        new: list[tuple[RawJob, Posting]] = []
        for (job, _), result in zip(part, read, strict=True):
            posting, before = refuse_failure(result), known.get(job.key)
            if not isinstance(posting, Posting):
                self.refused += 1
                self._note(job, before.posting if before else None)
                continue
            posting = posting if posting.link or not job.link else posting.model_copy(update={"link": job.link})
            if before and before.posting:
                await self._follow(job, posting, before)
            elif not fits_place(posting, self.board.place):
                self._note(job, None)
                self.unwanted += 1
            else:
                new.append((job, posting))
        await (self._show(new) if self.board.is_shown_first else self._keep(new))

    async def _follow(self, job: RawJob, posting: Posting, before: JobSeen) -> None:
        """Give a posting what its board says of it now; one that somebody removed does not come back by itself."""
        scopes, by = {self.board.scope}, self.board.actor
        try:
            kept = await self.checker.store.revise(before.posting or 0, posting, scopes=scopes, by=by, carries=True)
        except QuotaReached as error:
            self.left_out = str(error)
            self.seen.append(before._replace(missed=0))  # it stands there all the same
            return
        self._note(job, before.posting)
        self.updated += kept is not None and kept.outcome is Outcome.UPDATED

    async def _keep(self, new: Sequence[tuple[RawJob, Posting]]) -> None:
        into = Destination(self.checker.store, self.board.scope, self.board.actor)
        for (job, _), kept in zip(new, await keep_what_fits(into, [posting for _, posting in new]), strict=True):
            if isinstance(kept, QuotaReached):
                self.left_out = str(kept)
                continue
            self._note(job, kept.id)
            self.added += kept.outcome is Outcome.ADDED
            self.updated += kept.outcome is Outcome.UPDATED

    async def _show(self, new: Sequence[tuple[RawJob, Posting]]) -> None:
        """Show postings before they are kept; those that are there already need no look."""
        store, scope = self.checker.store, self.board.scope
        for job, posting in new:
            if (same := await store.find_same(posting, scope=scope)) is not None:
                self._note(job, same.id)
                continue
            try:
                proposal = await store.proposals.put(posting, scope=scope, by=self.board.actor)
            except QuotaReached as error:
                self.left_out = str(error)
                return
            self._note(job, None)
            self.shown += 1
            if self.checker.tell:
                await self.checker.tell(proposal)
