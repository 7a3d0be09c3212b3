from builders_storage import ALL, HOURLY, build_fact, build_posting, build_postings

from bot.domain.posting import EVERYONE
from bot.storage import reading
from bot.storage.records import Listed
from bot.storage.store import Store


async def test_several_postings_come_in_the_order_asked_for(store: Store) -> None:
    await store.keep(build_postings(5), scope=EVERYONE)
    found = await store.get_many([4, 2, 99, 2, -7, 10**30, 5], scopes=ALL)
    assert [kept.id for kept in found] == [4, 2, 5]


async def test_more_postings_than_one_statement_names_are_found(store: Store) -> None:
    number = reading.CHUNK + 20
    await store.keep(build_postings(number), scope=EVERYONE)
    assert len(await store.get_many(range(1, number + 1), scopes=ALL)) == number


async def test_a_sketch_has_the_facts_of_the_topics_asked_for_and_no_text(store: Store) -> None:
    facts = {"requirements": (build_fact("flour"), build_fact("water")), "pay": (build_fact(HOURLY),)}
    await store.keep([build_posting("A.", facts=facts), build_posting("B.", title="Miller")], scope=EVERYONE)
    first, second = await store.sketch(["requirements"], scopes=ALL)
    assert (first.id, first.posting.company, first.posting.text) == (1, "Crust & Crumb", "")
    assert {topic: [fact.value for fact in found] for topic, found in first.posting.facts.items()} == {"requirements": ["flour", "water"]}
    assert (second.id, second.posting.facts) == (2, {})


async def test_a_sketch_is_of_the_current_postings_that_are_chosen(store: Store) -> None:
    await store.keep(build_postings(3), scope=EVERYONE)
    await store.remove(2, scopes=ALL)
    assert [one.id for one in await store.sketch(["pay"], scopes=ALL, ids=[3, 2, 1, 99])] == [1, 3]


async def test_the_list_is_light_and_in_order(store: Store) -> None:
    await store.keep([build_posting("A.", link="https://a.example"), build_posting("B.", title=None, company=None)], scope=EVERYONE)
    listed = await store.list_postings(scopes=ALL)
    read_at = listed[0].read_at
    assert listed == [
        Listed(1, EVERYONE, "Crust & Crumb", "Baker", "baker.md", "https://a.example", read_at),
        Listed(2, EVERYONE, None, None, "baker.md", None, read_at),
    ]


async def test_the_export_is_complete_and_in_order(store: Store) -> None:
    number = reading.CHUNK + 20
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
