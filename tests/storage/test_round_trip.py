import secrets
from datetime import UTC, datetime
from typing import Any

from builders_storage import HOURLY, build_fact, build_posting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.facts import Experience, Fact, Pay, PayKind, Period, Quote
from bot.domain.person import Actor
from bot.domain.posting import EVERYONE, Correction, HeadField, Posting
from bot.storage.rows import REPLACEMENT
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
