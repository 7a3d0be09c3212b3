"""Long texts are folded and looked through beside the event loop, which answers everybody else meanwhile."""

import threading
from collections.abc import Iterable
from pathlib import Path

from builders_storage import ADA, ALL, build_fact, build_posting

from bot.domain.posting import EVERYONE
from bot.domain.query import SearchKey
from bot.storage.records import FactCodec
from bot.storage.store import Store

LONG = "We bake çok bread at night.\n" * 1_000


async def test_a_long_posting_is_made_ready_in_a_thread_whatever_is_done_with_it(tmp_path: Path) -> None:
    threads: set[threading.Thread] = set()

    def find_keys(_topic: str, _value: object) -> Iterable[SearchKey]:
        threads.add(threading.current_thread())
        return ()

    posting = build_posting(LONG, facts={"skills": (build_fact("bread"),)})
    async with Store.open(f"sqlite:///{tmp_path / 'kept.db'}", FactCodec(find_keys=find_keys)) as store:
        await store.keep([posting], scope=EVERYONE)
        await store.find_same(posting, scope=EVERYONE)
        await store.find_removed(posting, scope=EVERYONE)
        await store.revise(1, build_posting(f"{LONG}And by day.", facts=posting.facts), scopes=ALL, by=ADA)
        proposal = await store.proposals.put(posting, scope=EVERYONE, by=ADA)
        await store.proposals.change(proposal.id, posting, scopes=ALL)
        await store.proposals.keep(proposal.id, scopes=ALL, by=ADA)
    assert threads
    assert threading.main_thread() not in threads
