"""The postings that were read last, in memory for as long as nothing in the Store changes."""

from collections import OrderedDict
from collections.abc import Collection, Sequence

from bot.domain.posting import KeptPosting
from bot.storage.store import Store

_MOST = 500


class Shelf:
    """Gives postings from memory where it can; it is told which version of the Store is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version: int | None = None
        self._kept: OrderedDict[int, KeptPosting] = OrderedDict()

    async def get_many(self, ids: Sequence[int], *, scopes: Collection[str], version: int) -> tuple[KeptPosting, ...]:
        """Return the current postings of these ids that the scopes may see, in the order of the ids."""
        if version != self._version:
            self._kept.clear()
            self._version = version
        found = {number: kept for number in ids if (kept := self._take(number)) is not None}
        if missing := [number for number in ids if number not in found]:
            read = await self._store.get_many(missing, scopes=scopes)
            found |= {one.id: one for one in read}
            if version == self._version:  # else what was read may be older than what is asked for by now
                for one in read:
                    self._put(one)
        return tuple(found[number] for number in dict.fromkeys(ids) if number in found and found[number].scope in scopes)

    def _take(self, number: int) -> KeptPosting | None:
        if number in self._kept:
            self._kept.move_to_end(number)
        return self._kept.get(number)

    def _put(self, kept: KeptPosting) -> None:
        self._kept[kept.id] = kept
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
