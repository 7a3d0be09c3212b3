"""One damaged row takes nothing down: it is left out, and the log has its number."""

import logging
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from builders_storage import ADA, ALL, CODEC, build_correction, build_fact, build_posting
from sqlalchemy import make_url

from bot.answering.live_index import Directory
from bot.domain.administration import ServerSettings
from bot.domain.errors import StorageError
from bot.domain.posting import EVERYONE
from bot.questions.company_names import company_key
from bot.storage.store import Store

SCOPES = [*ALL, "4711"]
FACTS = {"requirements": (build_fact("flour"), build_fact("salt")), "skills": (build_fact(("knead",)),)}


async def fill(store: Store) -> str:
    """Put something of each kind into a database, and return the id of the proposal."""
    corrections = (build_correction("head_title", words="Head Baker"), build_correction("skills", build_fact(("knead",))))
    posting = build_posting(facts=FACTS, corrections=corrections)
    await store.keep([posting, build_posting("b", company="Oven", title="Miller")], scope=EVERYONE, by=ADA)
    await store.keep([build_posting("c", company="Mill", title="Cook")], scope=EVERYONE, by=ADA)
    await store.remove(3, scopes=SCOPES, by=ADA)
    await store.servers.put("4711", ServerSettings(language="de"))
    return (await store.proposals.put(posting, scope=EVERYONE, by=ADA)).id


async def everything(store: Store, proposal: str) -> dict[str, Any]:
    """Return all that is read, so that nothing of it may fail."""
    directory = Directory(store)
    index = await directory.index_for({EVERYONE})
    return {
        "companies": [name for name in ("Crust & Crumb", "Oven") if index.entries(company_key(name), {EVERYONE})],
        "every": [kept.id async for kept in store.every(scopes=SCOPES)],
        "facts": {kept.id: {topic: len(found) for topic, found in kept.posting.facts.items()} async for kept in store.every(scopes=SCOPES)},
        "corrections": [[made.field for made in kept.posting.corrections] async for kept in store.every(scopes=SCOPES)],
        "listed": [one.id for one in await store.list_postings(scopes=SCOPES)],
        "removed": [one.id for one in await store.list_removed(scopes=SCOPES)],
        "history": [len(await store.history(number, scopes=SCOPES)) for number in (1, 2, 3)],
        "actions": len(await store.list_actions(scopes=SCOPES)),
        "settings": await store.servers.get("4711"),
        "proposal": await store.proposals.get(proposal, scopes=SCOPES) is not None,
        "version": await store.version(),
        "gaps": len(await store.list_unanswered(scopes=SCOPES)),
    }


DAMAGES = [
    ("UPDATE fact SET value = '{' WHERE topic = 'requirements' AND position = 0", "fact table's 1 requirements 0", {"facts"}),
    ("UPDATE correction SET facts = 'x' WHERE field = 'skills'", "correction table's 1 skills", {"corrections"}),
    (
        "UPDATE correction SET facts = '[1]' WHERE field = 'skills'",
        "a stored correction of skills that this version cannot read, of the posting table's 1",
        {"corrections"},
    ),
    ("UPDATE correction SET at = 'soon' WHERE field = 'head_title'", "correction table's 1 head_title", {"corrections"}),
    ("UPDATE server SET settings = '{'", "server table's 4711", {"settings"}),
    ("UPDATE server SET settings = '[1]'", "server table's 4711", {"settings"}),
    ("UPDATE proposal SET content = '{}'", "proposal table's ", {"proposal"}),
    ("UPDATE proposal SET state = 'lost'", "proposal table's ", {"proposal"}),
    (
        "UPDATE posting SET state = 'lost' WHERE id = 1",
        "posting 1 in the state lost",
        {"companies", "every", "facts", "corrections", "listed", "history"},
    ),
    ("UPDATE posting SET read_at = 'soon' WHERE id = 1", "posting 1", {"companies", "every", "facts", "corrections", "listed", "history"}),
    ("UPDATE posting SET changed_at = 'soon' WHERE id = 3", "posting 3", {"removed", "history"}),
    ("UPDATE action SET deed = 'sung' WHERE version = 1 AND position = 0", "action table's 1 0", {"actions"}),
    ("UPDATE action SET at = 'soon' WHERE version = 1 AND position = 0", "action table's 1 0", {"actions"}),
    ("DELETE FROM ledger", "ledger's 1", set[str]()),
]


@pytest.mark.parametrize(("statement", "told", "missing"), DAMAGES, ids=[statement for statement, *_ in DAMAGES])
async def test_a_damaged_row_is_left_out_and_nothing_else_is(
    statement: str, told: str, missing: set[str], sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        proposal = await fill(store)
        before = await everything(store, proposal)
    with closing(sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)) as connection:
        connection.execute(statement)
    with caplog.at_level(logging.WARNING):
        async with Store.open(sqlite_url, CODEC) as store:
            after = await everything(store, proposal)
    assert {name for name in before if before[name] != after[name]} == missing
    assert told in caplog.text


async def test_without_the_row_that_counts_nothing_is_written_and_that_is_told(sqlite_url: str) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        await fill(store)
        with closing(sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)) as connection:
            connection.execute("DELETE FROM ledger")
        with pytest.raises(StorageError, match="is damaged and takes nothing in; restore a backup"):
            await store.keep([build_posting("d")], scope=EVERYONE)


async def test_damaged_settings_can_be_set_anew(sqlite_url: str) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        await store.servers.put("4711", ServerSettings(language="de"))
        with closing(sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)) as connection:
            connection.execute("UPDATE server SET settings = '{'")
        await store.servers.put("4711", ServerSettings(language="fr"))
        assert await store.servers.get("4711") == ServerSettings(language="fr")
