import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from builders_storage import (
    ADA,
    ALL,
    BEN,
    CODEC,
    broken_rules,
    build_correction,
    build_postings,
    build_whole,
    changes_of,
    connecting,
    find_all,
    head_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url, text

from bot.answering.memory import LiveIndex
from bot.domain.errors import NewerSchema, StorageError
from bot.domain.person import EVERYONE
from bot.domain.posting import ServerSettings
from bot.domain.query import Criterion
from bot.storage.address import read_address
from bot.storage.backup import Restored, restore_backup, write_backup
from bot.storage.corrections import apply_corrections
from bot.storage.database import open_engine
from bot.storage.migrations import build
from bot.storage.records import LOOK_SECONDS, Headed
from bot.storage.store import Store

SCOPES = [*ALL, "4711"]


class Follower:
    """Knows the postings by following their changes, as a bot does that runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version = -1
        self._known: dict[int, Headed] = {}

    async def follow(self) -> list[Headed]:
        changes = await changes_of(self._store, self._version, scopes=SCOPES)
        self._version = changes.version
        for number in changes.gone:
            self._known.pop(number, None)
        self._known.update((listed.id, listed) for listed in changes.current)
        return [self._known[number] for number in sorted(self._known)]


def hidden(folder: Path) -> list[str]:
    """Return what was left behind half done."""
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


async def companies(directory: LiveIndex) -> dict[str, list[int]]:
    index = await directory.index_for(SCOPES)
    found = {name: [entry.id for entry in index.entries(name, SCOPES)] for name in ("alpha", "beta", "gamma", "delta")}
    return {name: ids for name, ids in found.items() if ids}


async def texts(store: Store) -> dict[int, str]:
    return {kept.id: kept.posting.text.removeprefix("whole: ") async for kept in store.every(scopes=SCOPES)}


async def test_what_the_backup_holds_is_there_again_and_who_follows_sees_it(url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    async with Store.open(url, CODEC) as store, Store.open(url, CODEC, monotonic=count(0.0, LOOK_SECONDS).__next__) as other:
        follower, directory = Follower(store), LiveIndex(other)
        await store.keep([build_whole("a", company="Alpha"), build_whole("b", company="Beta")], scope=EVERYONE, by=ADA)
        await store.servers.put("4711", ServerSettings(language="de"))
        await write_backup(url, file)
        expected = await store.history(1, scopes=SCOPES)
        await store.revise(
            1, apply_corrections(build_whole("a2", company="Alpha"), [build_correction("head_title", words="x")]), scopes=ALL, by=BEN
        )
        await store.remove(2, scopes=ALL, by=BEN)
        await store.keep([build_whole("c", company="Gamma"), build_whole("d", company="Delta")], scope="4711", by=BEN)
        await store.remove(5, scopes=["4711"], by=BEN)
        await store.servers.put("4711", ServerSettings(language="fr"))
        assert [listed.id for listed in await follower.follow()] == [1, 4]
        version = await store.version()
        assert await companies(directory) == {"gamma": [4], "alpha": [1]}

        restored = await restore_backup(url, file, by=ADA)

        assert restored == Restored(2, 1, restored.before)
        assert [listed.id for listed in await follower.follow()] == [1, 2] == list(await texts(store))
        assert await companies(directory) == {"alpha": [1], "beta": [2]}
        assert [revision.kept for revision in await store.history(1, scopes=SCOPES)] == [revision.kept for revision in expected]
        assert (await store.version(), await store.servers.get("4711")) == (version + 1, ServerSettings(language="de"))
        assert [listed.id for listed in await store.list_removed(scopes=SCOPES)] == [4, 5]
        assert [(action.kind, action.by) for action in await store.list_actions(scopes=SCOPES, posting=4)] == [
            ("removed", ADA),
            ("added", BEN),
        ]
        assert await store.restore(4, scopes=SCOPES, by=ADA) is not None
        assert await find_all(store, [Criterion(topic="skills", keys=("c",))], scopes=SCOPES, limit=9) == [4]
        (kept,) = await store.keep([build_whole("e")], scope=EVERYONE)
        assert kept.id == 6
    assert await broken_rules(url) == {}


async def test_what_was_there_before_is_in_a_backup_beside(url: str, tmp_path: Path) -> None:
    (tmp_path / "kept here").mkdir()
    file = tmp_path / "kept here" / "backup.db"
    async with Store.open(url, CODEC) as store:
        await store.keep([build_whole("a")], scope=EVERYONE)
        await write_backup(url, file)
        await store.revise(1, build_whole("a2"), scopes=ALL, by=ADA)
        await store.keep([build_whole("b")], scope=EVERYONE)
        was = await texts(store)
        restored = await restore_backup(url, file)
        assert restored.before is not None
        assert restored.before.parent == (tmp_path if url.startswith("sqlite") else file.parent)
        assert "-before-restore-" in restored.before.name
        assert await texts(store) == {1: "a"}
        again = await restore_backup(url, restored.before)
        assert await texts(store) == was
        assert again.before not in (None, restored.before)
        assert [revision.kept.posting.text for revision in await store.history(1, scopes=ALL)] == ["whole: a", "whole: a2"]
    assert await broken_rules(url) == {}
    assert hidden(file.parent) + hidden(tmp_path) == []


async def test_an_empty_database_takes_a_backup_of_either_kind(url: str, tmp_path: Path, new_url: str) -> None:
    file = tmp_path / "backup.db"
    corrected = apply_corrections(build_whole("a"), [build_correction("head_title", words="x")])
    async with Store.open(url, CODEC) as store:
        await store.keep([corrected, build_whole("b")], scope=EVERYONE, by=ADA)
        await store.remove(2, scopes=ALL, by=ADA)
        proposal = await store.proposals.put(corrected, scope="4711", by=BEN)
        await write_backup(url, file)
        assert await restore_backup(new_url, file) == Restored(1, 0, None)
        async with Store.open(new_url, CODEC) as other:
            assert await other.history(1, scopes=ALL) == await store.history(1, scopes=ALL)
            assert await other.list_removed(scopes=ALL) == await store.list_removed(scopes=ALL)
            assert await other.list_actions(scopes=ALL) == await store.list_actions(scopes=ALL)
            assert await other.proposals.get(proposal.id, scopes=["4711"]) == proposal
            assert await other.version() == await store.version() + 1
            assert [kept.id for kept in await other.keep([build_whole("c")], scope=EVERYONE)] == [3]
    assert await broken_rules(new_url) == {}


async def test_a_backup_of_another_database_leaves_what_was_there_to_be_brought_back(url: str, tmp_path: Path) -> None:
    """Rows of both have the same ids: the postings keep theirs where the other has no posting of that id, and else are only in the file."""
    foreign = f"sqlite:///{tmp_path / 'foreign.db'}"
    async with Store.open(foreign, CODEC) as store:
        await store.keep([build_whole("f1", link="https://x.example", title="f")], scope=EVERYONE, by=BEN)
        await store.keep([build_whole(words, link="https://x.example", title="f") for words in ("f1b", "f1c")], scope=EVERYONE, by=BEN)
    async with Store.open(url, CODEC) as store:
        follower = Follower(store)
        await store.keep([build_whole("a"), build_whole("b"), build_whole("c"), build_whole("d")], scope=EVERYONE, by=ADA)
        await store.revise(
            2, apply_corrections(build_whole("b2"), [build_correction("head_link", words="https://y.example")]), scopes=ALL, by=ADA
        )
        await store.remove(3, scopes=ALL, by=ADA)
        await follower.follow()
        restored = await restore_backup(url, tmp_path / "foreign.db")
        assert (restored.current, restored.removed) == (1, 2)
        assert [listed.id for listed in await follower.follow()] == [1]
        assert await texts(store) == {1: "f1c"}
        assert {listed.id for listed in await store.list_removed(scopes=ALL)} == {2, 3, 4}
        assert [action.kind for action in await store.list_actions(scopes=ALL, posting=2)] == ["removed", "updated", "added"]
        for number, words in ((2, "b2"), (3, "c"), (4, "d")):
            found = await store.restore(number, scopes=ALL)
            assert found is not None
            assert found.posting.text == f"whole: {words}"
            assert len(found.posting.facts["requirements"]) == 2
        assert [kept.id for kept in await store.keep([build_whole("b3", link="https://y.example", title="b2")], scope=EVERYONE)] == [2]
    assert await broken_rules(url) == {}


STEP = st.tuples(
    st.sampled_from(["keep", "keep", "remove", "restore"]),
    st.sampled_from("abcde"),
    st.sampled_from([None, "https://x.example", "https://y.example"]),
)
STEPS = st.lists(STEP, max_size=6)


async def take(store: Store, steps: list[tuple[str, str, str | None]]) -> None:
    for step, words, link in steps:
        ids = [listed.id for listed in await store.list_postings(scopes=SCOPES)]
        gone = [listed.id for listed in await store.list_removed(scopes=SCOPES)]
        match step:
            case "remove" if ids:
                await store.remove(ids[ord(words) % len(ids)], scopes=SCOPES, by=ADA)
            case "restore" if gone:
                await store.restore(gone[ord(words) % len(gone)], scopes=SCOPES, by=ADA)
            case "keep":
                await store.keep([build_whole(words, link=link)], scope=SCOPES[ord(words) % 2], by=ADA)


async def build_foreign(file: Path, steps: list[tuple[str, str, str | None]]) -> dict[int, str]:
    """Write a backup of another database, and return what it holds."""
    url = f"sqlite:///{file.with_name('foreign.db')}"
    file.with_name("foreign.db").unlink(missing_ok=True)
    async with Store.open(url, CODEC) as store:
        await take(store, steps)
        await write_backup(url, file, overwrite=True)
        return await texts(store)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=STEPS, foreign=st.none() | STEPS, after=STEPS)
async def test_whatever_both_hold_nothing_is_lost_and_who_follows_knows_what_is_there(
    url: str,
    tmp_path: Path,
    before: list[tuple[str, str, str | None]],
    foreign: list[tuple[str, str, str | None]] | None,
    after: list[tuple[str, str, str | None]],
) -> None:
    file = tmp_path / "backup.db"
    async with Store.open(url, CODEC) as store:
        follower = Follower(store)
        await take(store, before)
        if foreign is None:
            await write_backup(url, file, overwrite=True)
            expected = await texts(store)
        else:
            expected = await build_foreign(file, foreign)
        await take(store, after)
        await follower.follow()
        was, version = await texts(store), await store.version()
        restored = await restore_backup(url, file)
        assert await texts(store) == expected
        assert [head_of(one) for one in await follower.follow()] == [head_of(one) for one in await store.list_postings(scopes=SCOPES)]
        assert await store.version() > version
        assert restored.current == len(expected)
        if restored.before is not None:
            async with Store.open(f"sqlite:///{restored.before}", CODEC) as copy:
                assert await texts(copy) == was
    assert await broken_rules(url) == {}


async def test_what_is_acknowledged_while_a_backup_is_brought_back_is_there_or_in_the_file(url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    async with Store.open(url, CODEC) as store:
        await store.keep(build_postings(50), scope=EVERYONE)
        await write_backup(url, file)
        told: dict[int, str] = {}
        stop = asyncio.Event()

        async def work() -> None:
            for number in count():
                if stop.is_set():
                    return
                (kept,) = await store.keep([build_whole(f"meanwhile {number}")], scope=EVERYONE, by=ADA)
                told[kept.id] = f"meanwhile {number}"

        working = asyncio.create_task(work())
        restored = await restore_backup(url, file)
        stop.set()
        await working
        assert restored.before is not None
        async with Store.open(f"sqlite:///{restored.before}", CODEC) as copy:
            kept_before = set((await texts(copy)).values())
        assert set(told.values()) <= kept_before | set((await texts(store)).values())
    assert await broken_rules(url) == {}


async def test_a_backup_of_an_older_step_is_brought_up_and_left_as_it_is(url: str, tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    async with open_engine(read_address(f"sqlite:///{file}")) as engine:
        await build(engine, "0001")
    with closing(sqlite3.connect(file)) as connection, connection:
        at = "2031-05-04 12:00:00.000000"
        connection.execute(
            """
            INSERT INTO posting (id, lineage, revision, state, scope, identity, fingerprint, change, read_at, changed_at, source, text)
            VALUES (1, 1, 1, 'current', 'everyone', 'i', 'f', 1, :at, :at, 'a.md', 'whole: old')
            """,
            {"at": at},
        )
        connection.execute("UPDATE ledger SET version = 1, last_id = 1")
    was = file.read_bytes()
    assert (await restore_backup(url, file)).current == 1
    assert file.read_bytes() == was
    async with Store.open(url, CODEC) as store:
        assert await texts(store) == {1: "old"}


async def test_the_file_of_a_database_that_is_in_use_is_a_backup_too(url: str, tmp_path: Path) -> None:
    live = f"sqlite:///{tmp_path / 'live.db'}"
    async with Store.open(live, CODEC) as store:
        await store.keep([build_whole("in the log")], scope=EVERYONE)
        assert (await restore_backup(url, tmp_path / "live.db")).current == 1


Spoil = Callable[[Path], object]


def spoiled_by(*statements: str) -> Spoil:
    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return spoil


def written_over(change: Callable[[bytes], bytes]) -> Spoil:
    return lambda file: file.write_bytes(change(file.read_bytes()))


NOT_OURS = "holds what Rolecall did not write; name another backup"
SPOILED: list[tuple[str, Spoil, str]] = [
    ("a text", written_over(lambda _: b"Milk, flour, eggs. " * 500), "is damaged, or no backup at all"),
    ("nothing", written_over(lambda _: b""), "is no backup of Rolecall"),
    ("its first half", written_over(lambda content: content[: len(content) // 2]), "is damaged"),
    ("zeros in the middle", written_over(lambda content: content[:20_480] + bytes(len(content) - 20_480)), "is damaged"),
    ("another program's tables", spoiled_by("DROP TABLE alembic_version"), "is no backup of Rolecall"),
    ("a newer step", spoiled_by("UPDATE alembic_version SET version_num = '9999'"), "was written by a newer Rolecall; update Rolecall"),
    ("a missing table", spoiled_by("DROP TABLE action"), NOT_OURS),
    ("a missing column", spoiled_by("ALTER TABLE gap DROP COLUMN times"), NOT_OURS),
    ("a trigger", spoiled_by("CREATE TRIGGER t AFTER INSERT ON gap BEGIN DELETE FROM gap; END"), NOT_OURS),
    ("a view", spoiled_by("CREATE VIEW v AS SELECT 1"), NOT_OURS),
    ("an unknown state", spoiled_by("UPDATE posting SET state = 'lost'"), NOT_OURS),
    ("an unknown deed", spoiled_by("UPDATE action SET deed = 'eaten'"), NOT_OURS),
    ("a number that is none", spoiled_by("UPDATE posting SET revision = 'one'"), NOT_OURS),
    ("a text that is none", spoiled_by("UPDATE posting SET text = x'00ff'"), NOT_OURS),
    ("JSON that is none", spoiled_by("UPDATE fact SET value = '{'"), NOT_OURS),
    ("a time that is none", spoiled_by("UPDATE action SET at = 'noon'"), NOT_OURS),
    ("no ledger", spoiled_by("DELETE FROM ledger"), NOT_OURS),
    ("a ledger beyond counting", spoiled_by("UPDATE ledger SET version = 9223372036854775807"), NOT_OURS),
    ("two newest revisions", spoiled_by("DROP INDEX ux_posting_current", "UPDATE posting SET lineage = 1, revision = id"), NOT_OURS),
    ("facts of no posting", spoiled_by("PRAGMA foreign_keys = OFF", "DELETE FROM posting WHERE id = 1"), "is damaged"),
]


@pytest.mark.parametrize(("spoil", "line"), [row[1:] for row in SPOILED], ids=[row[0] for row in SPOILED])
async def test_what_is_no_whole_backup_changes_nothing(sqlite_url: str, tmp_path: Path, spoil: Spoil, line: str) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    file = folder / "backup.db"
    async with Store.open(sqlite_url, CODEC) as store:
        await store.keep([build_whole("a"), build_whole("b")], scope=EVERYONE)
        await write_backup(sqlite_url, file)
        await store.keep([build_whole("c")], scope=EVERYONE)
        spoil(file)
        was, version = await store.list_actions(scopes=ALL), await store.version()
        with pytest.raises(StorageError) as caught:
            await restore_backup(sqlite_url, file)
        assert line in str(caught.value)
        assert "\n" not in str(caught.value)
        assert isinstance(caught.value, NewerSchema) == ("newer" in line)
        assert (await store.list_actions(scopes=ALL), len(await texts(store))) == (was, 3)
        await store.keep([build_whole("d")], scope=EVERYONE)
        assert await store.version() == version + 1
    assert hidden(folder) + hidden(tmp_path) == []


async def test_what_the_database_itself_refuses_changes_nothing(url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    async with Store.open(url, CODEC) as store:
        await store.keep([build_whole("a"), build_whole("b")], scope=EVERYONE)
        await write_backup(url, file)
        await store.keep([build_whole("c")], scope=EVERYONE)
        spoiled_by("DROP INDEX ux_posting_current_words", "UPDATE posting SET fingerprint = 'x'")(file)
        with pytest.raises(StorageError, match="the database failed; "):
            await restore_backup(url, file)
        assert await texts(store) == {1: "a", 2: "b", 3: "c"}
    assert await broken_rules(url) == {}


async def test_a_wrong_file_is_told(url: str, tmp_path: Path) -> None:
    for file, line in ((tmp_path / "no.db", "there is no file"), (tmp_path, "there is no file")):
        with pytest.raises(StorageError, match=line):
            await restore_backup(url, file)
    if url.startswith("sqlite"):
        with pytest.raises(StorageError, match="is the database itself; name a backup of it"):
            await restore_backup(url, make_url(url).database or "")


async def test_a_database_from_a_newer_rolecall_is_left_alone(url: str, new_url: str, tmp_path: Path) -> None:
    await write_backup(url, tmp_path / "backup.db")
    async with Store.open(new_url):
        pass
    async with connecting(new_url) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="update Rolecall"):
        await restore_backup(new_url, tmp_path / "backup.db")


async def test_many_postings_are_brought_back(url: str, tmp_path: Path) -> None:
    number = 250
    async with Store.open(url, CODEC) as store:
        await store.keep([build_whole(str(one)) for one in range(number)], scope=EVERYONE)
        await write_backup(url, tmp_path / "backup.db")
        for one in range(1, number, 100):
            await store.remove(one, scopes=ALL)
        await store.keep([build_whole(f"more {one}") for one in range(number)], scope="4711")
        restored = await restore_backup(url, tmp_path / "backup.db")
        assert (restored.current, restored.removed) == (number, number)
        assert await store.count(scopes=SCOPES) == number
        assert len(await store.list_removed(scopes=["4711"])) == number
    assert await broken_rules(url) == {}
