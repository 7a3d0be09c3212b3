"""The companies and postings that there are, in memory, kept in step with the Store."""

import asyncio
import gc
import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from bot.matching.company_index import CompanyIndex
from bot.matching.company_match import Entry
from bot.storage.records import Changes, Listed
from bot.storage.store import Store

_SLICE_SECONDS = 0.002
"""How long changes are taken in before others have their turn."""

_MANY = 5000
"""From so many postings on, what was taken in is left out of what the garbage collector looks through later: with 100,000 postings each
look held everything up for a third of a second."""


class Directory:
    """
    Answers from memory which companies there are; looks at the Store's version before it does.

    What this process keeps is seen at once, what another one keeps within half a second (as `Store.version` says). Each scope is
    read whole when it is first asked for; after that only its changes are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.version = -1
        """The version of the Store that was last seen: what was read since then is at least as new."""

        self._index = CompanyIndex()
        self._versions: dict[str, int] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def index_for(self, scopes: Collection[str]) -> CompanyIndex:
        """Return the index, with all that these scopes hold now; it must be asked with scopes again."""
        version = await self._store.version()
        self.version = max(self.version, version)
        for scope in sorted(scopes):
            if self._versions.get(scope, -1) < self.version:
                await self._follow(scope)
        return self._index

    async def _follow(self, scope: str) -> None:
        """Bring one scope up to date; who asks for it meanwhile waits."""
        async with self._locks[scope]:
            known = self._versions.get(scope, -1)
            if known < self.version:
                with _collector_paused():
                    changes = await self._store.changes_since(known, scopes={scope})
                    await self._take_in(changes)
                    if len(changes.current) >= _MANY:
                        gc.freeze()
                self._versions[scope] = changes.version
                self.version = max(self.version, changes.version)

    async def _take_in(self, changes: Changes) -> None:
        """
        Apply changes to the index a slice at a time.

        It is done here and not in a thread: a thread would hold the interpreter just as long, in slices of Python's choice (5 ms), and
        change the index under those who are reading it.
        """
        until = time.monotonic() + _SLICE_SECONDS
        for change in self._steps(changes):
            self._apply(change)
            if time.monotonic() > until:
                await asyncio.sleep(0)
                until = time.monotonic() + _SLICE_SECONDS

    @staticmethod
    def _steps(changes: Changes) -> Iterator[int | Listed]:
        yield from changes.gone
        yield from changes.current

    def _apply(self, change: int | Listed) -> None:
        if isinstance(change, int):
            self._index.remove(change)
        else:
            self._index.add(Entry(id=change.id, scope=change.scope, company=change.company or "", title=change.title or ""))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Do without the garbage collector for a while: nothing of the index is garbage, and each look through it takes longer."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
