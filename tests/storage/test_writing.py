"""What keeping, revising, removing and restoring come to."""

import asyncio
import secrets
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from builders_storage import (
    ADA,
    ADAPTERS,
    ALL,
    CODEC,
    HOURLY,
    KEYS,
    broken_rules,
    build_correction,
    build_fact,
    build_posting,
    build_postings,
    connecting,
    find_all,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import StatementError

from bot.domain.person import EVERYONE
from bot.domain.posting import ActionKind, Posting
from bot.domain.query import Criterion, SearchKey
from bot.storage.address import read_address
from bot.storage.corrections import apply_corrections
from bot.storage.database import open_engine
from bot.storage.migrations import build
from bot.storage.migrations.versions import r0003_one_link_several_postings
from bot.storage.records import FactCodec, Kept, Outcome, RowState, codec_of
from bot.storage.rows import OWN_NAMES, fingerprint, identity
from bot.storage.store import Store

LINK = "https://crumb.example/jobs/7"


async def keep(store: Store, *postings: Posting, scope: str = EVERYONE) -> list[tuple[str, int, int]]:
    return [(kept.outcome.value, kept.id, kept.revision) for kept in await store.keep(postings, scope=scope)]


async def test_a_new_posting_is_added_and_comes_back(store: Store) -> None:
    posting = build_posting(facts={"pay": (build_fact(HOURLY, heading="What we pay"),), "requirements": (build_fact("a"), build_fact("b"))})
    assert await keep(store, posting) == [("added", 1, 1)]
    kept = await store.get(1, scopes=ALL)
    assert kept is not None
    assert (kept.id, kept.scope, kept.revision, kept.posting) == (1, EVERYONE, 1, posting)
    assert kept.read_at.utcoffset() is not None


async def test_the_same_words_are_unchanged_whatever_their_markup_and_source(store: Store) -> None:
    await keep(store, build_posting("# Baker\n\n* nights\n"))
    assert await keep(store, build_posting("baker\n- **Nights**", source="copy.txt")) == [("unchanged", 1, 1)]


async def test_new_words_under_the_same_link_are_a_new_revision(store: Store) -> None:
    await keep(store, build_posting("Old words.", link=LINK))
    assert await keep(store, build_posting("New words.", link=LINK, source="other.md", title="BAKER")) == [("updated", 1, 2)]
    kept = await store.get(1, scopes=ALL)
    assert kept is not None
    assert (kept.revision, kept.posting.text) == (2, "New words.")


async def test_without_a_link_source_company_and_title_tell_the_posting(store: Store) -> None:
    await keep(store, build_posting("Old words."))
    assert await keep(store, build_posting("New words.", title="BAKER")) == [("updated", 1, 2)]
    assert await keep(store, build_posting("Other words.", title="Miller")) == [("added", 3, 1)]
    assert await keep(store, build_posting("Yet other words.", source="elsewhere.md")) == [("added", 4, 1)]


async def test_the_link_goes_before_source_and_title(store: Store) -> None:
    await keep(store, build_posting("One.", link=LINK))
    assert await keep(store, build_posting("Two.", link=f"{LINK}1")) == [("added", 2, 1)]


async def test_one_batch_is_kept_one_after_the_other(store: Store) -> None:
    first, second = build_posting("First.", link=LINK), build_posting("Second.", link=LINK)
    assert await keep(store, first, first, second, second, first) == [
        ("added", 1, 1),
        ("unchanged", 1, 1),
        ("updated", 1, 2),
        ("unchanged", 1, 2),
        ("updated", 1, 3),
    ]
    assert [revision.kept.posting.text for revision in await store.history(1, scopes=ALL)] == ["First.", "Second.", "First."]
    among = await store.history(1, scopes=ALL, among={3, 1, 9})
    assert [(one.kept.revision, one.kept.posting.text) for one in among] == [(1, "First."), (3, "First.")]
    assert await store.history(1, scopes=ALL, among=()) == ()


async def test_an_empty_batch_changes_nothing(store: Store) -> None:
    assert await store.keep([], scope=EVERYONE) == ()
    assert await store.version() == 0


async def test_the_same_words_in_two_scopes_are_two_postings(store: Store) -> None:
    assert await keep(store, build_posting()) == [("added", 1, 1)]
    assert await keep(store, build_posting(), scope="4711") == [("added", 2, 1)]


async def test_unchanged_words_take_over_what_a_better_reader_found(store: Store) -> None:
    await keep(store, build_posting("Bread *daily*.", company=None, facts={"requirements": (build_fact("flour"), build_fact("yeast"))}))
    better = build_posting("Bread **daily**.", link=LINK, facts={"requirements": (build_fact("flour"),), "pay": (build_fact(HOURLY),)})
    assert await keep(store, better) == [("unchanged", 1, 1)]
    kept = await store.get(1, scopes=ALL)
    assert kept is not None
    assert kept.posting == better
    assert await keep(store, build_posting("Cake.", link=LINK)) == [("updated", 1, 2)]


async def test_unchanged_words_that_are_read_anew_are_filed_anew_under_what_they_call_the_company(url: str) -> None:
    codec = codec_of(ADAPTERS, KEYS | {OWN_NAMES: lambda posting: [SearchKey("Crumb Group"), SearchKey(posting.title)]})
    async with Store.open(url, codec) as store:
        await store.keep([build_posting(facts={"skills": (build_fact(("ovens",)),)})], scope=EVERYONE)
        better = build_posting(title="Night Baker", facts={"skills": (build_fact(("mixers",)),)})
        assert await store.keep([better], scope=EVERYONE) == (Kept(Outcome.UNCHANGED, 1, 1),)
    async with connecting(url) as connection:
        names = await connection.execute(text("SELECT key FROM fact_key WHERE topic = 'own_names' ORDER BY key"))
        assert [*names.scalars()] == ["Crumb Group", "Night Baker"]


async def test_what_a_posting_calls_its_company_stays_where_the_same_words_come_again(url: str) -> None:
    codec = codec_of(ADAPTERS, {OWN_NAMES: lambda _: [SearchKey("Crumb Group")]})
    async with Store.open(url, codec) as store:
        await store.keep([build_posting()], scope=EVERYONE)
        version = await store.version()
        assert await store.keep([build_posting()], scope=EVERYONE) == (Kept(Outcome.UNCHANGED, 1, 1),)
        assert await store.revise(1, build_posting(), scopes=ALL, by=ADA) == Kept(Outcome.UNCHANGED, 1, 1)
        assert await store.version() == version
        assert await store.revise(1, build_posting(title="Night Baker"), scopes=ALL, by=ADA) == Kept(Outcome.UNCHANGED, 1, 1)
    async with connecting(url) as connection:
        names = await connection.execute(text("SELECT key FROM fact_key WHERE topic = 'own_names'"))
        assert [*names.scalars()] == ["Crumb Group"]


async def test_facts_of_unknown_topics_are_passed_over_and_stay(url: str) -> None:
    newer = build_posting(facts={"requirements": (build_fact("flour"),), "skills": (build_fact(("ovens", "mixers")),)})
    async with Store.open(url, CODEC) as store:
        await store.keep([newer], scope=EVERYONE)
    async with Store.open(url, codec_of({})) as store:
        kept = await store.get(1, scopes=ALL)
        assert kept is not None
        assert kept.posting.facts == {}
        assert await store.keep([build_posting(title="Night Baker")], scope=EVERYONE) == (Kept(Outcome.UNCHANGED, 1, 1),)
    async with Store.open(url, CODEC) as store:
        kept = await store.get(1, scopes=ALL)
        assert kept is not None
        assert kept.posting == newer.model_copy(update={"title": "Night Baker"})


async def test_a_value_that_cannot_be_read_is_passed_over_alone(url: str, caplog: pytest.LogCaptureFixture) -> None:
    async with Store.open(url) as store:
        await store.keep([build_posting(facts={"pay": (build_fact("plenty"),), "requirements": (build_fact("flour"),)})], scope=EVERYONE)
    async with Store.open(url, CODEC) as store:
        kept = await store.get(1, scopes=ALL)
        assert kept is not None
        assert list(kept.posting.facts) == ["requirements"]
    assert "topic pay" in caplog.text


async def test_a_batch_is_kept_whole_or_not_at_all(url: str) -> None:
    async with Store.open(url, FactCodec(write_value=lambda _topic, value: value)) as store:
        broken = build_posting("Broken.", facts={"pay": (build_fact(object()),)})
        with pytest.raises(StatementError, match="not JSON serializable"):
            await store.keep([build_posting("Whole."), broken], scope=EVERYONE)
        assert await store.count(scopes=ALL) == 0
        assert await store.list_actions(scopes=ALL) == []
        assert await store.version() == 0


async def test_many_postings_go_in_one_batch(store: Store) -> None:
    postings = build_postings(1200)
    assert [kept.id for kept in await store.keep(postings, scope=EVERYONE)] == list(range(1, 1201))
    assert {kept.outcome for kept in await store.keep(postings, scope=EVERYONE)} == {Outcome.UNCHANGED}
    changed = [posting.model_copy(update={"text": f"New: {posting.text}"}) for posting in postings]
    assert {kept.outcome for kept in await store.keep(changed, scope=EVERYONE)} == {Outcome.UPDATED}


async def test_two_who_keep_the_same_at_once_do_not_keep_it_twice(url: str) -> None:
    postings = build_postings(30)
    async with Store.open(url, CODEC) as first, Store.open(url, CODEC) as second:
        results = await asyncio.gather(*(store.keep(postings, scope=EVERYONE) for store in (first, second, first, second)))
        assert await first.count(scopes=ALL) == 30
    assert sorted(kept[0].outcome for kept in results) == [Outcome.ADDED, *[Outcome.UNCHANGED] * 3]


async def test_memory_serves_many_at_once() -> None:
    async with Store.open("sqlite://", CODEC) as store:
        await asyncio.gather(*(store.keep(build_postings(3, start=start), scope=EVERYONE) for start in range(0, 60, 3)))
        assert await asyncio.gather(*(store.count(scopes=ALL) for _ in range(20))) == [60] * 20


FIRST = build_posting("First.", link=LINK, facts={"pay": (build_fact(HOURLY),)})
SECOND = build_posting("Second.", link=LINK)


async def told(store: Store, number: int = 1) -> list[tuple[int, str, str]]:
    revisions = await store.history(number, scopes=ALL)
    return [(revision.kept.revision, revision.state.value, revision.kept.posting.text) for revision in revisions]


async def test_the_history_holds_every_revision_with_its_facts(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.keep([SECOND], scope=EVERYONE)
    assert await told(store) == [(1, "superseded", "First."), (2, "current", "Second.")]
    assert (await store.history(1, scopes=ALL))[0].kept.posting == FIRST


@pytest.mark.parametrize("carries", [True, False])
async def test_what_a_board_says_anew_keeps_what_people_put_right_and_a_revision_has_its_own_only(store: Store, *, carries: bool) -> None:
    first, second = (build_posting(words, title="Backer") for words in ("Bread.", "Bread and rolls."))
    await store.keep([apply_corrections(first, [build_correction("head_title", words="Baker")])], scope=EVERYONE)
    await store.revise(1, second, scopes=ALL, by=ADA, carries=carries)
    assert [one.title for one in await store.list_postings(scopes=ALL)] == ["Baker" if carries else "Backer"]


async def test_a_removed_posting_is_gone_but_not_lost(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    assert await store.remove(1, scopes=ALL)
    assert await store.get(1, scopes=ALL) is None
    assert await store.list_postings(scopes=ALL) == []
    assert await told(store) == [(1, "removed", "First.")]
    assert not await store.remove(1, scopes=ALL)


async def test_a_removed_posting_is_restored_as_it_was(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    before = await store.get(1, scopes=ALL)
    await store.remove(1, scopes=ALL)
    assert await store.restore(1, scopes=ALL) == before
    assert await told(store) == [(1, "current", "First.")]


async def test_a_removed_posting_that_is_kept_again_is_a_new_revision(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    assert await store.keep([FIRST, FIRST], scope=EVERYONE) == (Kept(Outcome.ADDED, 1, 2), Kept(Outcome.UNCHANGED, 1, 2))
    assert await told(store) == [(1, "superseded", "First."), (2, "current", "First.")]


async def test_a_removed_posting_is_not_revised_by_other_words(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    assert await store.keep([SECOND], scope=EVERYONE) == (Kept(Outcome.ADDED, 2, 1),)


async def test_of_each_change_is_known_which_revisions_it_lies_between(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.keep([SECOND], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    await store.keep([SECOND], scope=EVERYONE)
    actions = (await store.outbox.read_ledger("anybody")).actions
    between = [(action.kind, action.before, action.after) for action in actions]
    assert between == [
        (ActionKind.ADDED, None, 1),
        (ActionKind.UPDATED, 1, 2),
        (ActionKind.REMOVED, 2, None),
        (ActionKind.ADDED, None, 3),
    ]


async def test_an_older_revision_is_restored_as_the_newest(store: Store) -> None:
    await store.keep([FIRST, SECOND], scope=EVERYONE)
    restored = await store.restore(1, scopes=ALL, revision=1)
    assert restored is not None
    assert (restored.revision, restored.posting) == (3, FIRST)
    assert await told(store) == [(1, "superseded", "First."), (2, "superseded", "Second."), (3, "current", "First.")]


async def test_an_older_revision_of_a_removed_posting_is_restored(store: Store) -> None:
    await store.keep([FIRST, SECOND], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    await store.restore(1, scopes=ALL, revision=1)
    assert await told(store) == [(1, "superseded", "First."), (2, "superseded", "Second."), (3, "current", "First.")]


async def test_restoring_keeps_facts_of_unknown_topics(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([FIRST, SECOND], scope=EVERYONE)
    async with Store.open(url, codec_of({})) as store:
        await store.restore(1, scopes=ALL, revision=1)
    async with Store.open(url, CODEC) as store:
        kept = await store.get(1, scopes=ALL)
        assert kept is not None
        assert kept.posting == FIRST


async def test_what_is_current_already_is_not_restored_again(store: Store) -> None:
    await store.keep([FIRST, SECOND], scope=EVERYONE)
    version = await store.version()
    current = await store.get(1, scopes=ALL)
    assert await store.restore(1, scopes=ALL) == current
    assert await store.restore(1, scopes=ALL, revision=2) == current
    assert await store.version() == version


async def test_words_that_are_current_under_another_id_are_not_restored_twice(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    await store.keep([SECOND, FIRST], scope=EVERYONE)
    restored = await store.restore(1, scopes=ALL)
    assert restored is not None
    assert (restored.id, restored.revision) == (2, 2)
    assert await store.count(scopes=ALL) == 1


async def test_what_was_never_there_cannot_be_removed_or_restored(store: Store) -> None:
    await store.keep([FIRST], scope=EVERYONE)
    for number in (2, 0, -1, 10**30):
        assert not await store.remove(number, scopes=ALL)
        assert await store.restore(number, scopes=ALL) is None
        assert await store.history(number, scopes=ALL) == ()
    assert await store.restore(1, scopes=ALL, revision=10**12) is None


async def test_times_are_utc_and_say_when_a_revision_was_read_and_changed(url: str) -> None:
    noon = datetime(2031, 5, 4, 12, 0, 0, 250_000, tzinfo=UTC)
    times = [noon, noon + timedelta(hours=1), noon + timedelta(hours=2)]
    clock = iter(time.astimezone(timezone(timedelta(hours=5))) for time in (noon, *times))  # opening it takes a turn, too
    async with Store.open(url, CODEC, clock=lambda: next(clock)) as store:
        await store.keep([FIRST], scope=EVERYONE)
        await store.keep([SECOND], scope=EVERYONE)
        await store.remove(1, scopes=ALL)
        found = await store.history(1, scopes=ALL)
    assert [(revision.kept.read_at, revision.changed_at) for revision in found] == [(times[0], times[1]), (times[1], times[2])]
    assert {revision.changed_at.tzinfo for revision in found} == {UTC}


async def test_the_version_rises_with_each_change_and_only_then(store: Store) -> None:
    versions = [await store.version()]
    for change in (
        lambda: store.keep([FIRST], scope=EVERYONE),
        lambda: store.keep([SECOND], scope=EVERYONE),
        lambda: store.keep([SECOND.model_copy(update={"title": "Miller"})], scope=EVERYONE),
        lambda: store.remove(1, scopes=ALL),
        lambda: store.restore(1, scopes=ALL),
        lambda: store.restore(1, scopes=ALL, revision=1),
        lambda: store.keep(build_postings(3), scope="4711"),
    ):
        await change()
        versions.append(await store.version())
    assert versions == list(range(8))
    await store.keep([FIRST], scope=EVERYONE)
    await store.remove(99, scopes=ALL)
    assert await store.version() == 7


WORDS = st.sampled_from("abc")
LINKS = st.sampled_from([None, "https://x.example", "https://y.example"])
KEEP = st.tuples(st.just("keep"), st.lists(st.tuples(WORDS, LINKS), min_size=1, max_size=3))
REMOVE = st.tuples(st.just("remove"), st.integers(0, 5))
RESTORE = st.tuples(st.just("restore"), st.tuples(st.integers(0, 5), st.none() | st.integers(1, 4)))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(KEEP | REMOVE | RESTORE, max_size=10))
async def test_in_whatever_order_the_history_stays_sound(store: Store, steps: list[tuple[str, object]]) -> None:
    scope = secrets.token_hex(8)
    ids: list[int] = []
    for step in steps:
        match step:
            case ("keep", list(batch)):
                postings = [build_posting(words, link=link, facts={"requirements": (build_fact(words),)}) for words, link in batch]
                ids += [kept.id for kept in await store.keep(postings, scope=scope) if kept.id not in ids]
                # What was kept last is there as it was given; without a link it may have the one that its words came with before.
                found = [kept.posting for kept in await store.get_many(ids, scopes=[scope])]
                given = postings[-1]
                assert given in found or (given.link is None and given in [one.model_copy(update={"link": None}) for one in found])
            case ("remove", int(which)) if which < len(ids):
                await store.remove(ids[which], scopes=[scope])
                assert await store.get(ids[which], scopes=[scope]) is None
            case ("restore", (int(which), int() | None as revision)) if which < len(ids):
                await store.restore(ids[which], scopes=[scope], revision=revision)
    await check_histories(store, sorted(set(ids)), scope=scope)


async def check_histories(store: Store, ids: list[int], *, scope: str) -> None:
    current = []
    for number in ids:
        history = await store.history(number, scopes=[scope])
        assert [revision.kept.revision for revision in history] == list(range(1, len(history) + 1))
        states = Counter(revision.state for revision in history)
        assert states[RowState.CURRENT] + states[RowState.REMOVED] == 1
        assert history[-1].state is not RowState.SUPERSEDED
        current += [revision.kept for revision in history if revision.state is RowState.CURRENT]
    assert [kept async for kept in store.every(scopes=[scope])] == current
    texts = [kept.posting.text for kept in current]
    assert len(texts) == len(set(texts))


# One link is not one posting: careers pages, forms and notices stand in the postings of many jobs.


TITLES = st.sampled_from(["Baker", "Head Baker", "Miller", "Cook", "Night Baker", "Clerk"])
PLACES = st.sampled_from(["Toronto", "Oslo", "Remote"])
NAMED = st.lists(st.tuples(TITLES, PLACES), min_size=2, max_size=12, unique=True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(named=NAMED, link=st.from_regex(r"https://[a-z]{1,8}\.example/[\w*~.?=-]{0,20}", fullmatch=True), is_one_batch=st.booleans())
async def test_any_number_of_postings_that_share_any_link_are_all_there(
    store: Store, named: list[tuple[str, str]], link: str, *, is_one_batch: bool
) -> None:
    scope = secrets.token_hex(8)
    postings = [build_posting(f"{title} in {place}.", title=title, location=place, link=link) for title, place in named]
    for batch in [postings] if is_one_batch else [[posting] for posting in postings]:
        assert {kept.outcome for kept in await store.keep(batch, scope=scope)} == {Outcome.ADDED}
    assert {kept.posting.text async for kept in store.every(scopes=[scope])} == {posting.text for posting in postings}
    assert {kept.outcome for kept in await store.keep(postings, scope=scope)} == {Outcome.UNCHANGED}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"title": "Baker"}, {"title": "Miller"}),
        ({"title": None}, {"title": None}),
        ({"location": "Oslo"}, {"location": "Toronto"}),
        ({"company": "Crumb"}, {"company": "Crust"}),
        ({"text": "bread " + " ".join(map(str, range(100)))}, {"text": "cake " + " ".join(map(str, range(200, 300)))}),
    ],
)
async def test_when_unsure_it_is_a_posting_of_its_own(store: Store, first: dict[str, Any], second: dict[str, Any]) -> None:
    one, other = (build_posting(**{"text": f"{number}.", "link": LINK, **said}) for number, said in enumerate((first, second)))
    await store.keep([one], scope=EVERYONE)
    assert await store.find_same(other, scope=EVERYONE) is None
    assert await store.keep([other], scope=EVERYONE) == (Kept(Outcome.ADDED, 2, 1),)


async def test_a_text_that_became_far_shorter_is_of_the_same_posting(store: Store) -> None:
    words = [f"loaf{number}" for number in range(400)]
    await store.keep([build_posting(" ".join(words), link=LINK)], scope=EVERYONE)
    assert await store.keep([build_posting(" ".join(words[:100]), link=LINK)], scope=EVERYONE) == (Kept(Outcome.UPDATED, 1, 2),)


async def test_a_link_that_several_share_joins_nothing(store: Store) -> None:
    await store.keep([build_posting(f"{title}.", title=title, link=LINK) for title in ("Baker", "Miller")], scope=EVERYONE)
    assert await store.keep([build_posting("Baker, anew.", title="Baker", link=LINK)], scope=EVERYONE) == (Kept(Outcome.ADDED, 3, 1),)


async def test_in_one_batch_a_shared_link_joins_nothing_whatever_the_order(store: Store) -> None:
    batch = [build_posting(f"{number}.", title=title, link=LINK) for number, title in enumerate(["Baker", "Baker", "Miller"])]
    assert [kept.outcome for kept in await store.keep(batch, scope=EVERYONE)] == [Outcome.ADDED] * 3


# What was lost before comes back.

_TIME = "'2031-05-04 12:00:00'"


def put(number: int, revision: int, words: Posting, *, lineage: int = 1, state: str = "superseded") -> tuple[str, dict[str, object]]:
    statement = f"""INSERT INTO posting
        (id, lineage, revision, state, scope, identity, fingerprint, change, read_at, changed_at, source, title, company, link, text)
        VALUES (:id, :lineage, :revision, :state, 'everyone', :identity, :words, 1, {_TIME}, {_TIME}, 'a.md', :title, 'Crumb', :link, :text)
        """  # noqa: S608 - ours
    bound = {"id": number, "lineage": lineage, "revision": revision, "state": state, "identity": identity(words)}
    return statement, {**bound, "words": fingerprint(words), "title": words.title, "link": words.link, "text": words.text}


def act(version: int, deed: str, before: int | None, after: int | None) -> tuple[str, dict[str, object]]:
    statement = f"""INSERT INTO action (version, position, lineage, scope, deed, actor_id, actor_name, at, before, after)
        VALUES (:version, 0, 1, 'everyone', :deed, 'x', 'x', {_TIME}, :before, :after)"""  # noqa: S608 - ours
    return statement, {"version": version, "deed": deed, "before": before, "after": after}


def under_link(title: str | None, words: str) -> Posting:
    return build_posting(words, title=title, link=LINK)


async def fill_second_step(url: str, *statements: tuple[str, dict[str, object]], last_id: int) -> None:
    """Build the tables as the second step left them, with these rows."""
    async with open_engine(read_address(url)) as engine:
        await build(engine, "0002")
    async with connecting(url) as connection:
        for statement, bound in statements:
            await connection.execute(text(statement), bound)
        await connection.execute(text(f"UPDATE ledger SET version = {last_id}, last_id = {last_id}"))  # noqa: S608 - ours


async def test_a_posting_that_another_took_the_place_of_comes_back(new_url: str) -> None:
    baker, anew, miller = under_link("Baker", "Bread."), under_link("baker ", "More bread."), under_link("Miller", "Flour.")
    cook, old = under_link("Cook", "Soup."), under_link("Miller", "Old flour.")
    rows = [put(number, number, words) for number, words in enumerate((baker, anew, cook, old), 1)] + [put(5, 5, miller, state="current")]
    deeds = [act(1, "added", None, 1), *(act(number, "updated", number - 1, number) for number in range(2, 6))]
    key: tuple[str, dict[str, object]] = (
        "INSERT INTO fact_key (posting_id, topic, key, position, scope) VALUES (2, 'skills', 'flour', 0, NULL)",
        {},
    )
    await fill_second_step(new_url, *rows, *deeds, key, last_id=5)
    async with Store.open(new_url, CODEC) as store:
        assert {kept.id: (kept.posting.text, kept.revision) async for kept in store.every(scopes=ALL)} == {
            1: ("Flour.", 2),
            6: ("More bread.", 2),
            7: ("Soup.", 1),
        }
        assert [revision.kept.posting.text for revision in await store.history(6, scopes=ALL)] == ["Bread.", "More bread."]
        assert await find_all(store, [Criterion(topic="skills", keys=("flour",))], scopes=ALL, limit=5) == [6]
        assert [(one.kind.value, one.before, one.after) for one in await store.list_actions(scopes=ALL, posting=6)] == [
            ("updated", 1, 2),
            ("added", None, 1),
        ]
        assert [one.kind.value for one in await store.list_actions(scopes=ALL, posting=1)] == ["updated", "added"]
        assert await store.version() == 6
        assert await store.keep([build_posting("Anew.", source="b.md")], scope=EVERYONE) == (Kept(Outcome.ADDED, 8, 1),)
    assert await broken_rules(new_url) == {}


async def test_a_database_that_has_lost_none_stays_as_it_is(new_url: str) -> None:
    same = [put(1, 1, under_link("Baker", "Bread.")), put(2, 2, under_link("BAKER", "More bread."), state="current")]
    others = [put(3, 1, build_posting("a b c"), lineage=3), put(4, 2, build_posting("d e f"), lineage=3, state="current")]
    await fill_second_step(new_url, *same, *others, last_id=4)
    async with Store.open(new_url, CODEC) as store:
        assert {kept.id: kept.revision async for kept in store.every(scopes=ALL)} == {1: 2, 3: 2}
        assert await store.version() == 4


async def test_words_that_are_current_are_not_brought_back_twice(new_url: str) -> None:
    rows = [put(1, 1, under_link("Baker", "Bread.")), put(2, 2, under_link("Miller", "Flour."))]
    await fill_second_step(new_url, *rows, put(3, 3, under_link("Baker", "Bread."), state="current"), last_id=3)
    async with Store.open(new_url, CODEC) as store:
        assert {kept.id: kept.posting.text async for kept in store.every(scopes=ALL)} == {1: "Bread.", 4: "Flour."}


def run_third_step(connection: Connection) -> None:
    """Run once more what the third step does, which leaves the tables as they are."""
    with Operations.context(MigrationContext.configure(connection)):
        r0003_one_link_several_postings.upgrade()


async def test_a_title_that_a_person_put_right_parts_nothing(new_url: str) -> None:
    await fill_second_step(new_url, last_id=0)
    async with Store.open(new_url, CODEC) as store:
        await store.keep([under_link("Backer", "Bread.")], scope=EVERYONE)
        await store.revise(
            1, apply_corrections(under_link("Backer", "Bread."), [build_correction("head_title", words="Baker")]), scopes=ALL, by=ADA
        )
    async with connecting(new_url) as connection:
        await connection.run_sync(run_third_step)
    async with Store.open(new_url, CODEC) as store:
        assert await store.count(scopes=ALL) == 1
        assert (await store.keep([build_posting("x", facts={"skills": (build_fact(("y",)),)})], scope=EVERYONE))[0].id == 3
