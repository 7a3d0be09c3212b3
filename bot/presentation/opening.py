"""Opens the database and what answers from it, plugged together from the floors below; every interface begins here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple

from bot.domain.query import SearchKey
from bot.storage.records import codec_of
from bot.storage.rows import OWN_NAMES
from bot.storage.store import Store
from bot.topics import TOPICS
from bot.topics.company import find_own_names

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant


CODEC = codec_of(
    {topic.name: topic.adapter for topic in TOPICS},
    {topic.name: topic.keys for topic in TOPICS}
    | {OWN_NAMES: lambda posting: (SearchKey(name) for name in find_own_names(posting.text, posting.company))},
)
"""The topics' own types for what is kept, and their keys to search by."""


class Opened(NamedTuple):
    """What an interface works with."""

    store: Store
    assistant: "Assistant"


@asynccontextmanager
async def open_store(database_url: str) -> AsyncIterator[Store]:
    """Open the database with the topics' own types for what it holds; StorageError says in one line what keeps it shut."""
    async with Store.open(database_url, CODEC) as store:
        yield store


@asynccontextmanager
async def open_for_answers(database_url: str, *, fresh_for: float = 0.0) -> AsyncIterator[Opened]:
    """
    Open the database to answer from it; one that was never used is given the bundled postings first.

    `fresh_for` is how many seconds what other processes change may stay unseen, so that answers need not wait for a look.
    """
    from bot.answering.assistant import Assistant

    async with open_store(database_url) as store:
        if await store.version() == 0:
            from bot.intake.importing import load_bundled

            await load_bundled(store)
        assistant = Assistant(store, fresh_for=fresh_for)
        try:
            yield Opened(store, assistant)
        finally:
            await assistant.settle()
