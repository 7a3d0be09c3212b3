"""The companies and postings that there are, in memory, kept in step with the Store."""

import asyncio
from collections.abc import Collection, Iterable

from bot.matching.company_index import CompanyIndex
from bot.matching.company_match import Entry
from bot.storage.records import Listed
from bot.storage.store import Store


class Directory:
    """Answers from memory which companies there are; looks at the Store's version before it does."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = CompanyIndex()
        self._entries: dict[str, dict[int, Entry]] = {}
        self._version: int | None = None
        self._lock = asyncio.Lock()

    async def index_for(self, scopes: Collection[str]) -> CompanyIndex:
        """Return the index, with all that these scopes hold now; it must be asked with scopes again."""
        version = await self._store.version()
        if version == self._version and all(scope in self._entries for scope in scopes):
            return self._index
        async with self._lock:
            stale = set(scopes) if version == self._version else set(scopes) | set(self._entries)
            for scope in sorted(stale):
                await self._take_in(scope)
            self._version = version
        return self._index

    async def _take_in(self, scope: str) -> None:
        """Bring one scope up to date; what did not change is left as it is."""
        listed = await self._store.list_postings(scopes={scope})
        self._entries[scope] = await asyncio.to_thread(self._update, self._entries.get(scope, {}), listed)

    def _update(self, before: dict[int, Entry], listed: Iterable[Listed]) -> dict[int, Entry]:
        now = {row.id: Entry(id=row.id, scope=row.scope, company=row.company or "", title=row.title or "") for row in listed}
        for gone in before.keys() - now.keys():
            self._index.remove(gone)
        for number, entry in now.items():
            if before.get(number) != entry:
                self._index.add(entry)
        return now
