"""Corrections, as they are applied and as they are carried on."""

import secrets
from typing import Any

import pytest
from builders_storage import ADA, ADAPTERS, ALL, BEN, CODEC, HOURLY, KEYS, build_correction, build_fact, build_posting, connecting, find_all
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.domain.facts import Fact
from bot.domain.person import EVERYONE
from bot.domain.posting import Correction, HeadField, KeptPosting, Posting
from bot.domain.query import Criterion
from bot.storage.corrections import QuotedText, apply_corrections, fold_marks, say_the_same, says_the_same
from bot.storage.records import Kept, Outcome, Same, Sameness, codec_of
from bot.storage.store import Store
from bot.text.clean import fold_space

TEXT = "We need flour.\nYeast\n too. Ovens are ours."
FLOUR, YEAST, OVENS = build_fact("flour", "We need flour."), build_fact("yeast", "Yeast too."), build_fact("ovens", "Ovens are ours.")
RYE = build_fact("rye", "Rye is dear.")

APPLIED: list[tuple[str, tuple[Fact[Any], ...], Correction, tuple[Fact[Any], ...]]] = [
    ("other facts hold", (FLOUR,), build_correction("requirements", YEAST, read=[FLOUR]), (YEAST,)),
    ("facts hold where nothing was read", (), build_correction("requirements", YEAST), (YEAST,)),
    (
        "white space of a quote is folded",
        (),
        build_correction("requirements", build_fact("x", " Yeast\ttoo.")),
        (build_fact("x", " Yeast\ttoo."),),
    ),
    ("without one of its quotes it rests", (FLOUR,), build_correction("requirements", YEAST, RYE), (FLOUR,)),
    ("an empty quote is none", (FLOUR,), build_correction("requirements", build_fact("x", " ")), (FLOUR,)),
    ("what was misread is hidden", (FLOUR,), build_correction("requirements", read=[FLOUR]), ()),
    ("other facts show", (FLOUR, YEAST), build_correction("requirements", read=[FLOUR]), (YEAST,)),
    (
        "another value with the same quote shows",
        (FLOUR,),
        build_correction("requirements", read=[build_fact("x", "We need flour.")]),
        (FLOUR,),
    ),
    ("the same value with another quote shows", (FLOUR,), build_correction("requirements", read=[build_fact("flour", "Flour.")]), (FLOUR,)),
    (
        "a misreading is known under another heading",
        (FLOUR,),
        build_correction("requirements", read=[build_fact("flour", "We need  flour.", heading="H")]),
        (),
    ),
    ("nothing was misread and nothing is hidden", (FLOUR,), build_correction("requirements"), (FLOUR,)),
]


@pytest.mark.parametrize(("read", "correction", "holding"), [row[1:] for row in APPLIED], ids=[row[0] for row in APPLIED])
def test_what_holds(read: tuple[Fact[Any], ...], correction: Correction, holding: tuple[Fact[Any], ...]) -> None:
    facts = {"requirements": read} if read else {}
    corrected = apply_corrections(build_posting(TEXT, facts={**facts, "pay": (build_fact(HOURLY),)}), [correction])
    expected = {"requirements": holding} if holding else {}
    assert corrected.facts == {**expected, "pay": (build_fact(HOURLY),)}
    assert [one.field for one in corrected.corrections] == ["requirements"]


def test_what_was_read_now_is_remembered_beside_what_holds() -> None:
    corrections = [
        build_correction("requirements", YEAST, read=[OVENS]),
        build_correction("head_title", words="Head Baker", read_words="Old"),
    ]
    corrected = apply_corrections(build_posting(TEXT, facts={"requirements": (FLOUR,)}), corrections)
    assert [(one.read, one.read_words) for one in corrected.corrections] == [((FLOUR,), None), ((), "Baker")]
    assert corrected.title == "Head Baker"


def test_a_correction_that_rests_remembers_what_was_read_now() -> None:
    corrected = apply_corrections(
        build_posting(TEXT, facts={"requirements": (FLOUR,)}), [build_correction("requirements", RYE, read=[OVENS])]
    )
    assert corrected.facts == {"requirements": (FLOUR,)}
    assert corrected.corrections == (build_correction("requirements", RYE, read=[FLOUR]),)


def test_one_without_facts_goes_on_to_hide_what_it_hid() -> None:
    """What shows beside it was not misread; it must not be hidden the next time."""
    correction = build_correction("requirements", read=[FLOUR])
    once = apply_corrections(build_posting(TEXT, facts={"requirements": (YEAST,)}), [correction])
    again = apply_corrections(build_posting(TEXT, facts={"requirements": (FLOUR, YEAST)}), once.corrections)
    assert again.facts == {"requirements": (YEAST,)}
    assert again.corrections == (correction,)


@pytest.mark.parametrize("field", list(HeadField))
@pytest.mark.parametrize("words", ["Other", None])
def test_the_head_always_holds(field: HeadField, words: str | None) -> None:
    corrected = apply_corrections(build_posting(TEXT), [build_correction(field.value, words=words)])
    assert getattr(corrected, field.attribute) == words
    assert corrected.corrections[0].read_words == getattr(build_posting(TEXT), field.attribute)


def test_what_the_posting_brings_itself_goes_before() -> None:
    own = build_correction("head_title", words="Own", read_words="Baker")
    posting = build_posting(TEXT, title="Own", corrections=(own,))
    corrected = apply_corrections(posting, [build_correction("head_title", words="Old"), build_correction("head_company", words="Crumb")])
    assert (corrected.title, corrected.company) == ("Own", "Crumb")
    assert [one.words for one in corrected.corrections] == ["Own", "Crumb"]


SAME = [
    (build_correction("pay", FLOUR), build_correction("pay", FLOUR, read=[YEAST], by=BEN), True),
    (build_correction("pay", FLOUR), build_correction("pay", YEAST), False),
    (build_correction("pay", FLOUR), build_correction("pay"), False),
    (build_correction("pay", read=[FLOUR]), build_correction("pay", read=[FLOUR], by=BEN), True),
    (build_correction("pay", read=[FLOUR]), build_correction("pay", read=[YEAST]), False),
    (build_correction("head_title", words="A"), build_correction("head_title", words="A", read_words="B"), True),
    (build_correction("head_title", words="A"), build_correction("head_title", words=None), False),
]


@pytest.mark.parametrize(("first", "second", "expected"), SAME)
def test_whether_two_corrections_come_to_the_same(first: Correction, second: Correction, expected: bool) -> None:
    assert says_the_same(first, second) is expected
    assert say_the_same([first], [second]) is expected
    assert not say_the_same([first], [])


FACTS = st.lists(st.sampled_from([FLOUR, YEAST, OVENS, RYE]), max_size=3).map(tuple)
CORRECTIONS = st.builds(lambda facts, read: build_correction("requirements", *facts, read=read), FACTS, FACTS) | st.builds(
    lambda words: build_correction("head_title", words=words), st.sampled_from([None, "A", "B"])
)


@given(read=FACTS, corrections=st.lists(CORRECTIONS, max_size=3))
def test_applied_to_the_next_reading_of_the_same_they_come_to_the_same(read: tuple[Fact[Any], ...], corrections: list[Correction]) -> None:
    reading = build_posting(TEXT, facts={"requirements": read} if read else {})
    once = apply_corrections(reading, corrections)
    assert apply_corrections(reading, once.corrections) == once
    for topic, facts in once.facts.items():
        assert topic == "requirements"
        assert set(facts) <= {*read, *(fact for one in corrections for fact in one.facts)}


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("It pays **$20** an hour.", "pays $20", "pays **$20**"),
        ("It pays $20 an hour.", "pays **$20**", "pays $20"),
        ("It pays *\n  $20* an hour.", "pays $20", "pays *\n  $20*"),
        ("snake\\_case and Go", "snake_case", "snake\\_case"),
        ("It pays $200 an hour.", "pays $20", None),
        ("It pays $20,000 a year.", "pays $20", None),
        ("It pays 1,200 a day.", "200 a day", None),
        ("You have 15 years of Go.", "5 years", None),
        ("You have 2.5 years of Go.", "5 years", None),
        ("You have 15 years of Go, 5 years of them here.", "5 years", "5 years"),
        ("It pays $20, or more.", "pays $20", "pays $20"),
        ("You write C++.", "C", None),
        ("** is no word", "**", "**"),
        ("None.", "**", None),
        ("None.", "", None),
    ],
)
def test_a_quote_is_found_in_other_spellings_of_its_words_and_never_within_other_words(text: str, quote: str, found: str | None) -> None:
    assert QuotedText(text).find(quote) == found


def test_a_correction_quotes_the_words_as_they_stand_now() -> None:
    correction = build_correction("requirements", build_fact("rye", "**Rye** is dear.", heading="H"))
    corrected = apply_corrections(build_posting("Here Rye is dear."), [correction])
    assert corrected.facts == {"requirements": (build_fact("rye", "Rye is dear.", heading="H"),)}
    assert corrected.correction_of("requirements") == corrected.corrections[0]


def test_a_misreading_stays_hidden_where_only_marks_changed() -> None:
    correction = build_correction("requirements", read=[build_fact("rye", "**Rye** is dear.")])
    read = build_posting("Rye is dear.", facts={"requirements": (RYE,)})
    assert apply_corrections(read, [correction]).facts == {}


@given(
    words=st.text("a *_`5,.\n+#\x85\u3000", max_size=30), before=st.text("a *5,.\n\x1c", max_size=8), behind=st.text("a *5,.\n", max_size=8)
)
def test_what_is_found_has_the_words_and_stands_in_the_text(words: str, before: str, behind: str) -> None:
    text = f"{before}{words}{behind}"
    found = QuotedText(text).find(words)
    if found is not None:
        assert fold_space(found) in fold_space(text)
        assert fold_marks(found) == fold_marks(words)


LINK, OTHER_LINK = "https://crumb.example/jobs/7", "https://crumb.example/jobs/8"
FLOUR, YEAST = build_fact("flour", "We need flour."), build_fact("yeast", "Yeast too.")
SOURDOUGH = build_fact("sourdough", "Sourdough.")
SKILLED = build_fact(("Sourdough",), "Sourdough.")
FLOUR_TEXT = "We need flour. Yeast too. Sourdough."
READ = build_posting(FLOUR_TEXT, link=LINK, facts={"requirements": (FLOUR,)})
TO_YEAST = build_correction("requirements", YEAST)
TO_SKILLED = build_correction("skills", SKILLED)
TO_HEAD_BAKER = build_correction("head_title", words="Head Baker")


def corrected(*corrections: Correction, read: Posting = READ) -> Posting:
    return apply_corrections(read, corrections)


async def current(store: Store, number: int = 1) -> KeptPosting:
    found = await store.get(number, scopes=ALL)
    assert found is not None
    return found


async def test_corrections_come_back_with_the_posting(store: Store) -> None:
    posting = corrected(TO_YEAST, TO_HEAD_BAKER, build_correction("pay", read=[build_fact(HOURLY)]))
    await store.keep([posting], scope=EVERYONE)
    found = (await current(store)).posting
    assert {one.field: one for one in found.corrections} == {one.field: one for one in posting.corrections}
    assert found == posting.model_copy(update={"corrections": found.corrections})
    (revision,) = await store.history(1, scopes=ALL)
    assert revision.kept.posting == found


async def test_an_update_takes_them_over(store: Store) -> None:
    await store.keep([corrected(TO_YEAST, TO_HEAD_BAKER)], scope=EVERYONE)
    update = build_posting(f"{FLOUR_TEXT} Now.", link=LINK, title="BAKER", facts={"requirements": (FLOUR, SOURDOUGH)})
    assert await store.keep([update], scope=EVERYONE) == (Kept(Outcome.UPDATED, 1, 2),)
    found = (await current(store)).posting
    assert (found.title, found.facts) == ("Head Baker", {"requirements": (YEAST,)})
    assert {one.field: (one.read, one.read_words, one.by) for one in found.corrections} == {
        "requirements": ((FLOUR, SOURDOUGH), None, ADA),
        "head_title": ((), "BAKER", ADA),
    }


async def test_one_rests_while_its_words_are_gone_and_holds_again_when_they_are_back(store: Store) -> None:
    await store.keep([corrected(TO_YEAST)], scope=EVERYONE)
    await store.keep([build_posting("We need flour.", link=LINK, facts={"requirements": (FLOUR,)})], scope=EVERYONE)
    assert (await current(store)).posting.facts == {"requirements": (FLOUR,)}
    await store.keep([build_posting("We need flour. Yeast too. Again.", link=LINK, facts={"requirements": (FLOUR,)})], scope=EVERYONE)
    assert (await current(store)).posting.facts == {"requirements": (YEAST,)}


async def test_reading_the_same_words_anew_keeps_them(store: Store) -> None:
    await store.keep([corrected(TO_YEAST)], scope=EVERYONE)
    version = await store.version()
    assert await store.keep([READ], scope=EVERYONE) == (Kept(Outcome.UNCHANGED, 1, 1),)
    assert await store.version() == version
    better = build_posting(FLOUR_TEXT, link=LINK, facts={"requirements": (SOURDOUGH,), "skills": (SKILLED,)})
    assert await store.keep([better], scope=EVERYONE) == (Kept(Outcome.UNCHANGED, 1, 1),)
    found = (await current(store)).posting
    assert found.facts == {"requirements": (YEAST,), "skills": (SKILLED,)}
    assert found.corrections == (build_correction("requirements", YEAST, read=[SOURDOUGH]),)


async def test_what_a_better_reader_finds_beside_a_hidden_misreading_shows(store: Store) -> None:
    await store.keep([corrected(build_correction("requirements", read=[FLOUR]))], scope=EVERYONE)
    assert (await current(store)).posting.facts == {}
    for _ in range(2):
        await store.keep([build_posting(FLOUR_TEXT, link=LINK, facts={"requirements": (FLOUR, YEAST)})], scope=EVERYONE)
        assert (await current(store)).posting.facts == {"requirements": (YEAST,)}


async def test_a_posting_brings_its_own_corrections_field_by_field(store: Store) -> None:
    await store.keep([corrected(TO_YEAST, TO_HEAD_BAKER)], scope=EVERYONE)
    own = build_correction("head_title", words="Chief Baker", by=BEN)
    assert await store.keep([corrected(own)], scope=EVERYONE, by=BEN) == (Kept(Outcome.UPDATED, 1, 2),)
    found = (await current(store)).posting
    assert (found.title, found.facts) == ("Chief Baker", {"requirements": (YEAST,)})
    assert {one.field: one.by for one in found.corrections} == {"head_title": BEN, "requirements": ADA}


async def test_the_same_corrections_by_somebody_else_change_nothing(store: Store) -> None:
    await store.keep([corrected(TO_YEAST, TO_HEAD_BAKER)], scope=EVERYONE)
    version = await store.version()
    again = corrected(*(one.model_copy(update={"by": BEN}) for one in (TO_YEAST, TO_HEAD_BAKER)))
    assert await store.keep([again], scope=EVERYONE, by=BEN) == (Kept(Outcome.UNCHANGED, 1, 1),)
    assert await store.version() == version


async def test_a_removed_posting_that_is_kept_again_has_its_corrections(store: Store) -> None:
    await store.keep([corrected(TO_YEAST)], scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    assert await store.keep([READ], scope=EVERYONE) == (Kept(Outcome.ADDED, 1, 2),)
    assert (await current(store)).posting.facts == {"requirements": (YEAST,)}


async def test_within_a_batch_they_are_taken_over_too(store: Store) -> None:
    update = build_posting(f"{FLOUR_TEXT} Now.", link=LINK)
    assert [kept.revision for kept in await store.keep([corrected(TO_YEAST), update, update], scope=EVERYONE)] == [1, 2, 2]
    assert (await current(store)).posting.facts == {"requirements": (YEAST,)}


async def test_another_scope_has_its_own(store: Store) -> None:
    await store.keep([corrected(TO_YEAST)], scope="4711")
    await store.keep([READ], scope=EVERYONE)
    assert (await current(store, 2)).posting == READ


async def test_a_search_goes_by_what_holds(store: Store) -> None:
    asked = [Criterion(topic="skills", keys=("sourdough",))]
    await store.keep([READ], scope=EVERYONE)
    assert await find_all(store, asked, scopes=ALL, limit=1) == []
    await store.revise(1, corrected(TO_SKILLED), scopes=ALL, by=ADA)
    assert await find_all(store, asked, scopes=ALL, limit=1) == [1]
    await store.keep([build_posting("No such words.", link=LINK)], scope=EVERYONE)
    assert await find_all(store, asked, scopes=ALL, limit=1) == []


async def test_a_posting_is_known_by_how_it_came_and_by_its_corrected_link(store: Store) -> None:
    head = {"head_link": OTHER_LINK, "head_title": "Head Baker", "head_company": "Crumb"}
    await store.keep([corrected(*(build_correction(field, words=words) for field, words in head.items()))], scope=EVERYONE)
    for number, update in enumerate(
        (build_posting("A.", link=LINK), build_posting("B.", link=OTHER_LINK), build_posting("C.", link=LINK)), start=2
    ):
        assert await store.find_same(update, scope=EVERYONE) == Same(Sameness.SAME_IDENTITY, 1, number - 1)
        assert await store.keep([update], scope=EVERYONE) == (Kept(Outcome.UPDATED, 1, number),)
        found = (await current(store)).posting
        assert (found.link, found.title, found.company) == (OTHER_LINK, "Head Baker", "Crumb")


async def test_without_a_link_it_is_known_by_the_source_company_and_title_that_it_came_with(store: Store) -> None:
    read = build_posting("Old words.", title="Backer")
    await store.keep([corrected(build_correction("head_title", words="Baker"), read=read)], scope=EVERYONE)
    assert await store.keep([build_posting("New words.", title="Backer")], scope=EVERYONE) == (Kept(Outcome.UPDATED, 1, 2),)
    assert (await current(store)).posting.title == "Baker"
    assert await store.find_same(build_posting("Newer words.", title="Baker"), scope=EVERYONE) is None


async def test_a_link_that_came_goes_before_one_that_was_put_right(store: Store) -> None:
    await store.keep([build_posting("Came.", link=OTHER_LINK)], scope=EVERYONE)
    await store.keep([corrected(build_correction("head_link", words=OTHER_LINK), read=build_posting("Put.", link=LINK))], scope=EVERYONE)
    assert (await store.keep([build_posting("New.", link=OTHER_LINK)], scope=EVERYONE))[0].id == 1


async def test_a_corrected_link_finds_the_posting_that_came_with_it(store: Store) -> None:
    await store.keep([build_posting("Came.", link=OTHER_LINK)], scope=EVERYONE)
    put = corrected(build_correction("head_link", words=OTHER_LINK), read=build_posting("Put."))
    assert (await store.keep([put], scope=EVERYONE)) == (Kept(Outcome.UPDATED, 1, 2),)


async def test_a_link_that_is_taken_back_does_not_find_the_posting_any_more(store: Store) -> None:
    await store.keep([corrected(build_correction("head_link", words=OTHER_LINK))], scope=EVERYONE)
    await store.revise(1, READ, scopes=ALL, by=ADA)
    assert await store.find_same(build_posting("New.", link=OTHER_LINK), scope=EVERYONE) is None
    assert await store.find_same(build_posting("New.", link=LINK), scope=EVERYONE) == Same(Sameness.SAME_IDENTITY, 1, 2)


async def test_a_link_beside_the_text_stays_where_the_same_words_come_without_one(store: Store) -> None:
    await store.keep([READ], scope=EVERYONE)
    await store.keep([build_posting(f"# {FLOUR_TEXT}", source="pasted", facts=READ.facts)], scope=EVERYONE)
    assert (await current(store)).posting.link == LINK
    await store.revise(1, corrected(TO_YEAST, read=build_posting(FLOUR_TEXT, source="pasted", facts=READ.facts)), scopes=ALL, by=ADA)
    found = (await current(store)).posting
    assert (found.link, found.source, found.facts) == (LINK, READ.source, {"requirements": (YEAST,)})
    typed = build_posting(FLOUR_TEXT, link=None, facts=READ.facts)
    await store.keep([corrected(build_correction("head_link", words=OTHER_LINK), read=typed)], scope=EVERYONE)
    assert (await current(store)).posting.link == OTHER_LINK
    assert await store.keep([build_posting("Yeast too.", link=LINK)], scope=EVERYONE) == (Kept(Outcome.UPDATED, 1, 4),)
    assert (await current(store)).posting.facts == {"requirements": (YEAST,)}


async def test_a_link_within_the_same_words_is_left_to_the_reader(store: Store) -> None:
    await store.keep([build_posting(f"See {LINK}", link=LINK)], scope=EVERYONE)
    await store.keep([build_posting(f"See {LINK}")], scope=EVERYONE)
    assert (await current(store)).posting.link is None


async def test_words_that_a_person_corrects_keep_the_source_by_which_their_update_is_found(store: Store) -> None:
    await store.keep([build_posting(FLOUR_TEXT)], scope=EVERYONE)
    await store.revise(1, corrected(TO_YEAST, read=build_posting(FLOUR_TEXT, source="pasted")), scopes=ALL, by=ADA)
    assert await store.keep([build_posting("Yeast too.")], scope=EVERYONE) == (Kept(Outcome.UPDATED, 1, 3),)
    assert (await current(store)).posting.facts == {"requirements": (YEAST,)}


async def test_a_restored_revision_has_its_own_corrections(store: Store) -> None:
    await store.keep([READ], scope=EVERYONE)
    await store.revise(1, corrected(TO_YEAST), scopes=ALL, by=ADA)
    await store.revise(1, corrected(TO_HEAD_BAKER), scopes=ALL, by=ADA)
    for revision, corrections in ((2, ["requirements"]), (1, []), (3, ["head_title"])):
        restored = await store.restore(1, scopes=ALL, by=ADA, revision=revision)
        assert restored is not None
        assert [one.field for one in restored.posting.corrections] == corrections
    assert (await current(store)).revision == 6


async def test_what_this_version_does_not_know_is_carried_on_as_it_stands(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        facts = {"skills": (SKILLED,), "requirements": (FLOUR,)}
        await store.keep([corrected(TO_YEAST, TO_SKILLED, read=READ.model_copy(update={"facts": facts}))], scope=EVERYONE)
    older = codec_of({"requirements": ADAPTERS["requirements"]}, KEYS)
    async with Store.open(url, older) as store:
        seen = (await current(store)).posting
        assert [one.field for one in seen.corrections] == ["requirements"]
        await store.revise(1, corrected(TO_HEAD_BAKER), scopes=ALL, by=ADA)
        await store.keep([corrected(build_correction("head_location", words="Paris"))], scope=EVERYONE)
    async with Store.open(url, CODEC) as store:
        found = (await current(store)).posting
        assert found.facts == facts
        assert [one.field for one in found.corrections] == ["head_location", "head_title", "skills"]
        assert await find_all(store, [Criterion(topic="skills", keys=("sourdough",))], scopes=ALL, limit=1) == [1]
    async with Store.open(url, older) as store:
        await store.keep([build_posting("Sourdough. New.", link=LINK)], scope=EVERYONE)
    async with Store.open(url, CODEC) as store:
        assert "skills" in [one.field for one in (await current(store)).posting.corrections]


async def test_a_correction_that_cannot_be_read_is_passed_over_and_stays(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([corrected(TO_YEAST, TO_HEAD_BAKER)], scope=EVERYONE)
    async with connecting(url) as connection:
        await connection.execute(
            text("""UPDATE correction SET facts = '[{"value": 5, "quote": "Yeast too.", "heading": null}]' WHERE field = 'requirements'""")
        )
    async with Store.open(url, CODEC) as store:
        assert [one.field for one in (await current(store)).posting.corrections] == ["head_title"]
        await store.keep([build_posting("New.", link=LINK)], scope=EVERYONE)
    async with connecting(url) as connection:
        assert (await connection.execute(text("SELECT posting_id, field FROM correction WHERE posting_id = 2 ORDER BY field"))).all() == [
            (2, "head_title"),
            (2, "requirements"),
        ]


async def test_hostile_texts_in_them_are_kept(store: Store) -> None:
    quote = "Pays\x00 well"
    words = "n\x00" + "x" * 20_000
    hostile = [
        build_correction("requirements", build_fact("a\x00b", quote, heading="\x00")),
        build_correction("head_title", words=words),
        build_correction("head_link", words="\x00" * 9000),
    ]
    await store.keep([corrected(*hostile, read=build_posting("Pays\x00 well."))], scope=EVERYONE)
    found = (await current(store)).posting
    assert found.title == words.replace("\x00", "\ufffd")
    await store.keep([build_posting("Pays\x00 well.", location="Paris")], scope=EVERYONE)
    assert (await current(store)).posting.facts["requirements"][0].value == "a\x00b"


async def test_a_revision_that_a_person_makes_has_exactly_its_own(store: Store) -> None:
    await store.keep([corrected(TO_YEAST, TO_HEAD_BAKER)], scope=EVERYONE)
    assert await store.revise(1, corrected(TO_HEAD_BAKER), scopes=ALL, by=BEN) == Kept(Outcome.UPDATED, 1, 2)
    found = (await current(store)).posting
    assert (found.title, found.facts, found.text) == ("Head Baker", {"requirements": (FLOUR,)}, FLOUR_TEXT)
    assert await store.revise(1, build_posting("Other words."), scopes=ALL, by=BEN) == Kept(Outcome.UPDATED, 1, 3)
    assert (await current(store)).posting == build_posting("Other words.")


async def test_a_revision_that_says_the_same_is_only_read_anew(store: Store) -> None:
    await store.keep([corrected(TO_YEAST)], scope=EVERYONE)
    assert await store.revise(1, corrected(TO_YEAST), scopes=ALL, by=BEN) == Kept(Outcome.UNCHANGED, 1, 1)
    assert await store.version() == 1
    better = READ.model_copy(update={"facts": {**READ.facts, "skills": (SKILLED,)}})
    assert await store.revise(1, corrected(TO_YEAST, read=better), scopes=ALL, by=BEN) == Kept(Outcome.UNCHANGED, 1, 1)
    assert (await current(store)).posting.facts == {"requirements": (YEAST,), "skills": (SKILLED,)}
    assert len(await store.list_actions(scopes=ALL)) == 1


async def test_a_revision_needs_a_current_posting(store: Store) -> None:
    await store.keep([READ], scope=EVERYONE)
    await store.keep([build_posting(link=LINK)], scope=EVERYONE)
    for number in (2, -1, 2**70):
        assert await store.revise(number, corrected(TO_YEAST), scopes=ALL, by=ADA) is None
    assert await store.revise(1, corrected(TO_YEAST), scopes=["4711"], by=ADA) is None
    assert await store.revise(1, corrected(TO_YEAST), scopes=ALL, by=ADA) == Kept(Outcome.UPDATED, 1, 3)
    await store.remove(1, scopes=ALL)
    assert await store.revise(1, READ, scopes=ALL, by=ADA) is None


async def test_words_that_another_posting_has_are_not_kept_twice(store: Store) -> None:
    await store.keep([READ, build_posting("Other.", title="Miller")], scope=EVERYONE)
    assert await store.revise(2, READ, scopes=ALL, by=ADA) == Kept(Outcome.UNCHANGED, 1, 1)
    assert (await current(store, 2)).posting.text == "Other."


async def test_what_keeping_would_come_to_is_told(store: Store) -> None:
    await store.keep([READ], scope=EVERYONE)
    assert await store.find_same(build_posting(f"# {FLOUR_TEXT}"), scope=EVERYONE) == Same(Sameness.SAME_WORDS, 1, 1)
    assert await store.find_same(build_posting(link=LINK), scope=EVERYONE) == Same(Sameness.SAME_IDENTITY, 1, 1)
    assert await store.find_same(build_posting(), scope=EVERYONE) is None
    assert await store.find_same(READ, scope="4711") is None
    assert await store.find_removed(READ, scope=EVERYONE) is None
    await store.remove(1, scopes=ALL)
    assert await store.find_same(READ, scope=EVERYONE) is None
    gone = await store.find_removed(build_posting(f"# {FLOUR_TEXT}"), scope=EVERYONE)
    assert gone is not None
    assert (gone.id, gone.posting) == (1, READ)
    assert await store.find_removed(READ, scope="4711") is None
    assert await store.find_removed(build_posting("Other."), scope=EVERYONE) is None


WORDS = st.sampled_from(["We need flour.", "We need flour. Yeast too.", "Yeast too."])
MADE = st.lists(
    st.sampled_from(
        [TO_YEAST, build_correction("requirements", read=[FLOUR]), TO_HEAD_BAKER, build_correction("head_link", words=OTHER_LINK)]
    ),
    max_size=3,
)
STEP = st.tuples(st.sampled_from(["keep", "keep", "revise", "remove"]), WORDS, st.sampled_from([LINK, OTHER_LINK]), MADE)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=7))
async def test_whatever_happens_what_holds_is_what_the_corrections_say(
    store: Store, steps: list[tuple[str, str, str, list[Correction]]]
) -> None:
    scope = secrets.token_hex(8)
    for step, words, link, made in steps:
        facts: dict[str, Any] = {"requirements": (FLOUR,)} if "flour" in words else {}
        posting = corrected(*made, read=build_posting(words, link=link, facts=facts))
        ids = [listed.id for listed in await store.list_postings(scopes=[scope])]
        match step, ids:
            case "revise", [number, *_]:
                await store.revise(number, posting, scopes=[scope], by=ADA)
            case "remove", [number, *_]:
                await store.remove(number, scopes=[scope], by=ADA)
            case _:
                (kept,) = await store.keep([posting], scope=scope)
                found = await store.get(kept.id, scopes=[scope])
                assert found is not None
                assert {one.field for one in posting.corrections} <= {one.field for one in found.posting.corrections}
        for kept_posting in [one async for one in store.every(scopes=[scope])]:
            found_facts: dict[str, Any] = {"requirements": (FLOUR,)} if "flour" in kept_posting.posting.text else {}
            read = kept_posting.posting.model_copy(update={"corrections": (), "facts": found_facts})
            assert apply_corrections(read, kept_posting.posting.corrections).facts == kept_posting.posting.facts
            for one in kept_posting.posting.corrections:
                if one.words is not None:
                    assert one.words in (kept_posting.posting.title, kept_posting.posting.link)
