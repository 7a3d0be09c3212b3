"""What a posting becomes in rows, and what is read from rows that are damaged."""

import logging
import secrets
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builders_storage import ADA, ADAPTERS, ALL, CODEC, HOURLY, KEYS, build_correction, build_fact, build_posting, connecting, find_all
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url, text

from bot.answering.memory import LiveIndex
from bot.domain.errors import StorageError
from bot.domain.facts import Experience, Fact, Pay, PayKind, Period, Quote
from bot.domain.person import EVERYONE, Actor
from bot.domain.posting import Correction, HeadField, Posting, ServerSettings
from bot.domain.query import Criterion, SearchKey
from bot.questions.company_names import company_key
from bot.storage.records import FactCodec, codec_of
from bot.storage.rows import LONGEST_KEY, REPLACEMENT, KeyRow, fingerprint, identities, identity, to_correction_rows, to_key_rows
from bot.storage.store import Store

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
AMOUNTS = st.floats(0, 1e9, allow_subnormal=False)
PAY = st.builds(
    lambda amounts, currency, per, kind, where: Pay(
        minimum=min(amounts), maximum=max(amounts), currency=currency, per=per, kind=kind, where=where
    ),
    st.tuples(AMOUNTS, AMOUNTS),
    st.sampled_from(["EUR", "JPY"]),
    st.sampled_from(Period),
    st.none() | st.sampled_from(PayKind),
    st.none() | TEXTS,
)


def facts_of(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Fact[Any], ...]]:
    quotes = st.builds(Quote, text=TEXTS, heading=st.none() | TEXTS)
    return st.lists(st.builds(Fact[Any], value=values, quote=quotes), min_size=1, max_size=3).map(tuple)


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "pay": facts_of(PAY),
        "experience": facts_of(st.builds(Experience, years=st.floats(0, 60))),
        "requirements": facts_of(TEXTS),
        "skills": facts_of(st.lists(TEXTS, max_size=3).map(tuple)),
    },
)
PEOPLE = st.builds(Actor, id=TEXTS.filter(bool), name=TEXTS)
TIMES = st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
CORRECTIONS = st.lists(
    st.builds(Correction, field=st.sampled_from(HeadField), words=st.none() | TEXTS, read_words=st.none() | TEXTS, by=PEOPLE, at=TIMES)
    | st.builds(Correction, field=st.just("requirements"), facts=facts_of(TEXTS), read=facts_of(TEXTS), by=PEOPLE, at=TIMES)
    | st.builds(Correction, field=st.just("pay"), read=facts_of(PAY), by=PEOPLE, at=TIMES),
    max_size=3,
    unique_by=lambda correction: correction.field,
).map(lambda corrections: tuple(sorted(corrections, key=lambda correction: correction.field)))
POSTINGS = st.builds(
    Posting,
    source=TEXTS,
    title=st.none() | TEXTS,
    company=st.none() | TEXTS,
    link=st.none() | TEXTS,
    location=st.none() | TEXTS,
    text=TEXTS,
    facts=FACTS,
    corrections=CORRECTIONS,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posting=POSTINGS)
async def test_what_is_kept_comes_back_equal(store: Store, posting: Posting) -> None:
    scope = secrets.token_hex(8)
    (kept,) = await store.keep([posting], scope=scope)
    found = await store.get(kept.id, scopes=[scope])
    assert found is not None
    assert found.posting == posting
    assert [type(fact.value) for facts in found.posting.facts.values() for fact in facts] == [
        type(posting.facts[topic][position].value) for topic, facts in found.posting.facts.items() for position in range(len(facts))
    ]
    version = await store.version()
    assert (await store.keep([posting], scope=scope))[0].outcome == "unchanged"
    assert await store.version() == version


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(postings=st.lists(POSTINGS, max_size=8))
async def test_any_batch_is_kept_one_to_one(store: Store, postings: list[Posting]) -> None:
    scope = secrets.token_hex(8)
    kept = await store.keep(postings, scope=scope)
    assert len(kept) == len(postings)
    assert {row.id for row in kept} == {listed.id for listed in await store.list_postings(scopes=[scope])}


async def test_a_nul_becomes_the_replacement_character_and_quotes_are_still_found(store: Store) -> None:
    posting = build_posting(
        "Pays\x00 well.", source="a\x00", title="\x00", link="\x00", facts={"pay": (build_fact(HOURLY, "s\x00 w", heading="\x00"),)}
    )
    await store.keep([posting], scope=EVERYONE)
    found = await store.get(1, scopes=[EVERYONE])
    assert found is not None
    assert found.posting.text == f"Pays{REPLACEMENT} well."
    assert found.posting.facts["pay"][0].quote.text in found.posting.text


async def test_a_nul_inside_a_value_is_kept(store: Store) -> None:
    posting = build_posting(facts={"requirements": (build_fact("a\x00b"),)})
    await store.keep([posting], scope=EVERYONE)
    found = await store.get(1, scopes=[EVERYONE])
    assert found is not None
    assert found.posting == posting


async def test_a_very_long_posting_is_kept(store: Store) -> None:
    """PostgreSQL indexes no value beyond some 2,700 bytes; nothing long of a posting is indexed."""
    words = secrets.token_hex(30_000)
    posting = build_posting(words * 20, source=words, title=words, company=words, link=words, location=words)
    await store.keep([posting], scope=EVERYONE)
    found = await store.get(1, scopes=[EVERYONE])
    assert found is not None
    assert found.posting == posting


SAME = [
    ("We bake.", "  WE\n\nbake.\t"),
    ("Nights\nWeekends", "* Nights\n* Weekends"),
    ("Nights\nWeekends", "- Nights\r\n- Weekends"),
    ("Who we are", "### Who we are"),
    ("Who we are\nBakers", "Who we are\n==========\nBakers"),
    ("fresh bread", "**fresh** _bread_"),
    ("Café", "Cafe\u0301"),
    ("Straße", "STRASSE"),
    ("a cell and b", "| a cell | and b |"),
    ("quoted", "> quoted"),
    ("joined", "\ufeffjoi\u200bned"),
    ("one two", "one\u00a0two"),
]
OTHER = [
    ("We bake.", "We brew."),
    ("We write C#", "We write C"),
    ("We write C++ here", "We write C here"),
    ("from 30 to 40", "from 30 to 400"),
    ("re-sign", "resign"),
    ("3 years", "3+ years"),
    ("may bake", "maybake"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_words_have_one_fingerprint(first: str, second: str) -> None:
    assert fingerprint(build_posting(first)) == fingerprint(build_posting(second))


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_other_words_have_another(first: str, second: str) -> None:
    assert fingerprint(build_posting(first)) != fingerprint(build_posting(second))


@given(st.text(), st.text())
def test_white_space_never_counts(first: str, second: str) -> None:
    assert fingerprint(build_posting(f"{first} {second}")) == fingerprint(build_posting(f" {first}\t  {second}  "))


def test_only_the_text_counts() -> None:
    assert fingerprint(build_posting(title="A", source="a")) == fingerprint(build_posting(title="B", source="b"))


def test_the_identity_is_the_link_where_there_is_one() -> None:
    linked = build_posting(link="https://crumb.example/7")
    assert identity(linked) == identity(build_posting("Other.", link="https://crumb.example/7 ", source="x", title="y", company="z"))
    assert identity(linked) != identity(build_posting(link="https://crumb.example/8"))


def test_the_identity_is_else_source_company_and_title() -> None:
    assert identity(build_posting()) == identity(build_posting("Other.", title=" baker"))
    others = (build_posting(source="x"), build_posting(title="x"), build_posting(company="x"), build_posting())
    assert len({identity(posting) for posting in others}) == 4


def test_marks_heaped_on_a_letter_make_no_difference() -> None:
    heaped = "We bake e" + "\u0301" * 10
    assert fingerprint(build_posting(heaped + "\u0301\u0323" * 50_000)) == fingerprint(build_posting(heaped))


PYTORCH = Criterion(topic="skills", keys=("pytorch",))
TENSORS = Criterion(topic="skills", keys=("tensors",))
SKILLED = {"skills": (build_fact(("PyTorch", "Go")),)}
LINK = "https://crumb.example/jobs/7"


async def stored(url: str) -> list[tuple[Any, ...]]:
    async with connecting(url) as connection:
        found = await connection.execute(text("SELECT posting_id, key FROM fact_key ORDER BY posting_id, key"))
        return [tuple(row) for row in found]


async def test_keys_are_written_with_the_facts(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting(facts=SKILLED)], scope="4711")
    assert await stored(url) == [(1, "go"), (1, "pytorch")]


async def test_only_current_revisions_are_searched(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting("First.", link=LINK, facts=SKILLED)], scope=EVERYONE)
        await store.keep([build_posting("Second.", link=LINK)], scope=EVERYONE)
        assert await find_all(store, [PYTORCH], scopes=ALL, limit=9) == []
        await store.restore(1, scopes=ALL, revision=1)
        assert await find_all(store, [PYTORCH], scopes=ALL, limit=9) == [1]
        await store.remove(1, scopes=ALL)
        assert await find_all(store, [PYTORCH], scopes=ALL, limit=9) == []
        await store.restore(1, scopes=ALL)
        assert await find_all(store, [PYTORCH], scopes=ALL, limit=9) == [1]
    assert await stored(url) == [(1, "go"), (1, "pytorch"), (3, "go"), (3, "pytorch")]


async def test_two_revisions_in_one_batch_leave_the_first_unsearched(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting(words, link=LINK, facts=SKILLED) for words in ("First.", "Second.")], scope=EVERYONE)
        assert await find_all(store, [PYTORCH], scopes=ALL, limit=9) == [1]
        await store.remove(1, scopes=ALL)
        assert await find_all(store, [PYTORCH], scopes=ALL, limit=9) == []


async def test_keys_become_others_when_the_topic_files_otherwise(url: str) -> None:
    posting = build_posting(facts=SKILLED)
    async with Store.open(url, CODEC) as store:
        await store.keep([posting], scope=EVERYONE)
    async with Store.open(url, codec_of(ADAPTERS, {"skills": lambda _: [SearchKey("tensors")]})) as store:
        assert (await store.keep([posting], scope=EVERYONE))[0].outcome == "unchanged"
        assert await find_all(store, [TENSORS], scopes=ALL, limit=9) == [1]
        assert await find_all(store, [PYTORCH], scopes=ALL, limit=9) == []
        version = await store.version()
        await store.keep([posting], scope=EVERYONE)
        assert await store.version() == version
    async with Store.open(url, codec_of(ADAPTERS)) as store:
        await store.keep([posting], scope=EVERYONE)
        assert await stored(url) == []


async def test_keys_of_unknown_topics_stay(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting("First.", facts=SKILLED)], scope=EVERYONE)
    async with Store.open(url, codec_of({})) as store:
        await store.keep([build_posting("First.", location="Paris")], scope=EVERYONE)
        assert await find_all(store, [PYTORCH], scopes=ALL, limit=9) == [1]
        await store.keep([build_posting("Second.")], scope=EVERYONE)
        await store.restore(1, scopes=ALL, revision=1)
        assert await find_all(store, [PYTORCH], scopes=ALL, limit=9) == [1]


async def test_keys_go_with_their_row(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting(facts=SKILLED)], scope=EVERYONE)
    async with connecting(url) as connection:
        await connection.execute(text("DELETE FROM posting"))
    assert await stored(url) == []


def pay(minimum: float | None, maximum: float | None, where: str | None = None) -> Any:
    return build_fact(Pay(minimum=minimum, maximum=maximum, currency="USD", per=Period.YEAR, where=where))


def test_each_range_is_a_row_and_an_open_end_is_the_stated_one() -> None:
    facts = {"pay": (pay(90_000, None), pay(None, 80_000), pay(1, 2, "Paris"), pay(1, 2, "Rome"))}
    assert to_key_rows(facts, CODEC) == (
        KeyRow("pay", "USD/year", 0, 90_000, 90_000),
        KeyRow("pay", "USD/year", 1, 80_000, 80_000),
        KeyRow("pay", "USD/year", 2, 1, 2),
    )


@pytest.mark.parametrize("key", ["", "x" * (LONGEST_KEY + 1)])
def test_a_key_that_nobody_searches_for_is_left_out(key: str) -> None:
    assert to_key_rows({"skills": (build_fact((key, "go")),)}, CODEC) == (KeyRow("skills", "go", 0, None, None),)


async def test_the_longest_key_and_a_nul_can_be_stored(store: Store) -> None:
    longest = "工" * LONGEST_KEY
    await store.keep([build_posting(facts={"skills": (build_fact((longest, "a\x00")),)})], scope=EVERYONE)
    assert await find_all(store, [Criterion(topic="skills", keys=(longest,))], scopes=ALL, limit=1) == [1]


def test_topics_without_keys_are_filed_under_nothing() -> None:
    assert set(KEYS) < set(ADAPTERS)
    assert to_key_rows({"requirements": (build_fact("flour"),)}, CODEC) == ()


# One damaged row takes nothing down: it is left out, and the log has its number.


SCOPES = [*ALL, "4711"]
SPOILED = {"requirements": (build_fact("flour"), build_fact("salt")), "skills": (build_fact(("knead",)),)}


async def fill(store: Store) -> str:
    """Put something of each kind into a database, and return the id of the proposal."""
    corrections = (build_correction("head_title", words="Head Baker"), build_correction("skills", build_fact(("knead",))))
    posting = build_posting(facts=SPOILED, corrections=corrections)
    await store.keep([posting, build_posting("b", company="Oven", title="Miller")], scope=EVERYONE, by=ADA)
    await store.keep([build_posting("c", company="Mill", title="Cook")], scope=EVERYONE, by=ADA)
    await store.remove(3, scopes=SCOPES, by=ADA)
    await store.servers.put("4711", ServerSettings(language="de"))
    return (await store.proposals.put(posting, scope=EVERYONE, by=ADA)).id


async def everything(store: Store, proposal: str) -> dict[str, Any]:
    """Return all that is read, so that nothing of it may fail."""
    directory = LiveIndex(store)
    index = await directory.index_for({EVERYONE})
    return {
        "companies": [name for name in ("Crust & Crumb", "Oven") if index.entries(company_key(name), {EVERYONE})],
        "every": [kept.id async for kept in store.every(scopes=SCOPES)],
        "facts": {kept.id: {topic: len(found) for topic, found in kept.posting.facts.items()} async for kept in store.every(scopes=SCOPES)},
        "corrections": [[made.field for made in kept.posting.corrections] async for kept in store.every(scopes=SCOPES)],
        "sketched": [
            (one.id, len(one.posting.facts.get("requirements", ()))) for one in await store.sketch(["requirements"], scopes=SCOPES)
        ],
        "for answers": [
            (one.id, {topic: len(found) for topic, found in one.posting.facts.items()}, [made.field for made in one.posting.corrections])
            for one, _ in await store.read_for_answer([1, 2, 3], topics=None, scopes=SCOPES)
        ],
        "listed": [one.id for one in await store.list_postings(scopes=SCOPES)],
        "removed": [one.id for one in await store.list_removed(scopes=SCOPES)],
        "history": [len(await store.history(number, scopes=SCOPES)) for number in (1, 2, 3)],
        "actions": len(await store.list_actions(scopes=SCOPES)),
        "settings": await store.servers.get("4711"),
        "proposal": await store.proposals.get(proposal, scopes=SCOPES) is not None,
        "version": await store.version(),
        "gaps": len(await store.gaps.list_gaps(scopes=SCOPES)),
    }


READ_OF_IT = {"for answers", "companies", "every", "facts", "corrections", "sketched", "listed", "history"}
DAMAGES = [
    (
        "UPDATE fact SET value = '{' WHERE topic = 'requirements' AND position = 0",
        "fact table's 1 requirements 0",
        {"facts", "sketched", "for answers"},
    ),
    ("UPDATE correction SET facts = 'x' WHERE field = 'skills'", "correction table's 1 skills", {"corrections", "for answers"}),
    (
        "UPDATE correction SET facts = '[1]' WHERE field = 'skills'",
        "a stored correction of skills that this version cannot read, of the posting table's 1",
        {"corrections", "for answers"},
    ),
    ("UPDATE correction SET at = 'soon' WHERE field = 'head_title'", "correction table's 1 head_title", {"corrections", "for answers"}),
    ("UPDATE server SET settings = '{'", "server table's 4711", {"settings"}),
    ("UPDATE server SET settings = '[1]'", "server table's 4711", {"settings"}),
    ("UPDATE proposal SET content = '{}'", "proposal table's ", {"proposal"}),
    ("UPDATE proposal SET state = 'lost'", "proposal table's ", {"proposal"}),
    (
        "UPDATE posting SET state = 'lost' WHERE id = 1",
        "posting 1 in the state lost",
        READ_OF_IT,
    ),
    (
        "UPDATE posting SET read_at = 'soon' WHERE id = 1",
        "posting 1",
        READ_OF_IT,
    ),
    ("UPDATE posting SET changed_at = 'soon' WHERE id = 3", "posting 3", {"removed", "history"}),
    ("UPDATE action SET deed = 'sung' WHERE version = 1 AND position = 0", "action table's 1 0", {"actions"}),
    ("UPDATE action SET at = 'soon' WHERE version = 1 AND position = 0", "action table's 1 0", {"actions"}),
    ("DELETE FROM ledger", "ledger's 1", {"version"}),  # what was set last changed no posting
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


# Long texts are folded and looked through beside the event loop, which answers everybody else meanwhile.


LONG = "We bake çok bread at night.\n" * 1_000


@pytest.mark.parametrize("longest", ["text", "company"])
async def test_a_long_posting_is_made_ready_in_a_thread_whatever_is_done_with_it(longest: str, tmp_path: Path) -> None:
    threads: set[threading.Thread] = set()

    def find_keys(_topic: str, _value: object) -> Iterable[SearchKey]:
        threads.add(threading.current_thread())
        return ()

    posting = build_posting(facts={"skills": (build_fact("bread"),)}).model_copy(update={longest: LONG})
    async with Store.open(f"sqlite:///{tmp_path / 'kept.db'}", FactCodec(find_keys=find_keys)) as store:
        await store.keep([posting], scope=EVERYONE)
        await store.find_same(posting, scope=EVERYONE)
        await store.find_removed(posting, scope=EVERYONE)
        await store.revise(1, posting.model_copy(update={longest: f"{LONG}And by day."}), scopes=ALL, by=ADA)
        proposal = await store.proposals.put(posting, scope=EVERYONE, by=ADA)
        await store.proposals.change(proposal.id, posting, scopes=ALL)
        await store.proposals.keep(proposal.id, scopes=ALL, by=ADA)
    assert threads
    assert threading.main_thread() not in threads


def test_a_posting_is_known_by_its_link_once_and_by_one_that_was_put_right_besides() -> None:
    posting = build_posting(link="https://crumb.example/jobs/7")
    assert identities(posting, ()) == (identity(posting),)
    put_right = to_correction_rows([build_correction("head_link", words=posting.link, read_words="https://crumb.example/jobs")], CODEC)
    came_as = posting.model_copy(update={"link": "https://crumb.example/jobs"})
    assert identities(posting, put_right) == (identity(came_as), identity(posting))
    taken_out = posting.model_copy(update={"link": None})
    assert identities(taken_out, put_right) == (identity(came_as),)
