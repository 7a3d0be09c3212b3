"""One link is not one posting: careers pages, forms and notices stand in the postings of many jobs."""

import secrets
from typing import Any

import pytest
from builders_storage import ADA, ALL, CODEC, broken_rules, build_correction, build_fact, build_posting, connecting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.domain.posting import EVERYONE, Posting
from bot.domain.query import Criterion
from bot.storage.address import read_address
from bot.storage.corrections import apply_corrections
from bot.storage.database import open_engine
from bot.storage.migrations import build
from bot.storage.records import Kept, Outcome
from bot.storage.rows import fingerprint, identity
from bot.storage.store import Store

LINK = "https://crumb.example/jobs/7"
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
        assert await store.search([Criterion(topic="skills", keys=("flour",))], scopes=ALL, limit=5) == [6]
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


async def test_a_title_that_a_person_put_right_parts_nothing(new_url: str) -> None:
    await fill_second_step(new_url, last_id=0)
    async with Store.open(new_url, CODEC) as store:
        await store.keep([under_link("Backer", "Bread.")], scope=EVERYONE)
        await store.revise(
            1, apply_corrections(under_link("Backer", "Bread."), [build_correction("head_title", words="Baker")]), scopes=ALL, by=ADA
        )
    async with connecting(new_url) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    async with Store.open(new_url, CODEC) as store:
        assert await store.count(scopes=ALL) == 1
        assert (await store.keep([build_posting("x", facts={"skills": (build_fact(("y",)),)})], scope=EVERYONE))[0].id == 3
