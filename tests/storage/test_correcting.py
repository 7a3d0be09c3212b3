from typing import Any

import pytest
from builders_storage import BEN, HOURLY, build_correction, build_fact, build_posting
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facts import Fact
from bot.domain.posting import Correction, HeadField
from bot.storage.corrections import QuotedText, apply_corrections, fold_marks, say_the_same, says_the_same
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
