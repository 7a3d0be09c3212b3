from builders_storage import ALL, HOURLY, build_fact, build_posting, build_postings

from bot.domain.posting import EVERYONE
from bot.storage import selecting
from bot.storage.records import Listed
from bot.storage.store import Store


async def test_several_postings_come_in_the_order_asked_for(store: Store) -> None:
    await store.keep(build_postings(5), scope=EVERYONE)
    found = await store.get_many([4, 2, 99, 2, -7, 10**30, 5], scopes=ALL)
    assert [kept.id for kept in found] == [4, 2, 5]


async def test_more_postings_than_one_statement_names_are_found(store: Store) -> None:
    number = selecting.CHUNK + 20
    await store.keep(build_postings(number), scope=EVERYONE)
    assert len(await store.get_many(range(1, number + 1), scopes=ALL)) == number


async def test_the_list_is_light_and_in_order(store: Store) -> None:
    await store.keep([build_posting("A.", link="https://a.example"), build_posting("B.", title=None, company=None)], scope=EVERYONE)
    listed = await store.list_postings(scopes=ALL)
    read_at = listed[0].read_at
    assert listed == [
        Listed(1, EVERYONE, "Crust & Crumb", "Baker", "baker.md", "https://a.example", read_at),
        Listed(2, EVERYONE, None, None, "baker.md", None, read_at),
    ]


async def test_the_export_is_complete_and_in_order(store: Store) -> None:
    number = selecting.CHUNK + 20
    postings = build_postings(number)
    await store.keep(postings[1::2], scope="4711")
    await store.keep(postings[0::2], scope=EVERYONE)
    found = [kept async for kept in store.every(scopes=[EVERYONE, "4711"])]
    assert [kept.id for kept in found] == list(range(1, number + 1))
    assert [kept.posting for kept in found] == postings[1::2] + postings[0::2]


async def test_the_export_may_be_left_half_way(store: Store) -> None:
    await store.keep(build_postings(3), scope=EVERYONE)
    export = store.every(scopes=ALL)
    assert (await anext(export)).id == 1
    await store.remove(3, scopes=ALL)
    assert (await anext(export)).id == 2


async def test_facts_of_a_topic_are_found_across_postings(store: Store) -> None:
    two = (build_fact("flour", "We need flour."), build_fact("yeast", "Yeast too.", heading="Needs"))
    await store.keep(
        [
            build_posting("A.", title="A", facts={"requirements": two, "pay": (build_fact(HOURLY),)}),
            build_posting("B.", title="B"),
            build_posting("C.", title="C", facts={"requirements": two[1:]}),
        ],
        scope=EVERYONE,
    )
    assert [found async for found in store.facts_of("requirements", scopes=ALL)] == [(1, two[0]), (1, two[1]), (3, two[1])]
    assert [found.value async for _, found in store.facts_of("pay", scopes=ALL)] == [HOURLY]
    assert [found async for found in store.facts_of("horoscope", scopes=ALL)] == []


async def test_facts_of_superseded_revisions_are_not_found(store: Store) -> None:
    old = build_posting("Old.", facts={"requirements": (build_fact("old"),)})
    await store.keep([old, build_posting("New.", facts={"requirements": (build_fact("new"),)})], scope=EVERYONE)
    assert [found.value async for _, found in store.facts_of("requirements", scopes=ALL)] == ["new"]


async def test_facts_are_found_beyond_one_page(store: Store) -> None:
    each = 7
    facts = {"requirements": tuple(build_fact(f"skill {position}") for position in range(each))}
    number = selecting.FACT_PAGE // each + 10
    await store.keep([posting.model_copy(update={"facts": facts}) for posting in build_postings(number)], scope=EVERYONE)
    found = [(number, fact.value) async for number, fact in store.facts_of("requirements", scopes=ALL)]
    assert found == [(kept, f"skill {position}") for kept in range(1, number + 1) for position in range(each)]
