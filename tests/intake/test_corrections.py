"""A person puts a posting right in forms: what they leave alone stays, what they change is checked, what is wrong is said."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builders_intake import invent_text, write_field
from builders_records import ADA, READ_AT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.errors import Uncorrectable, UnreadablePosting
from bot.domain.facts import Eligibility, Experience, Fact, Pay, PayKind, Period, Quote, Scope
from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import Correction, HeadField, Posting
from bot.intake.corrections import correct, state_head
from bot.intake.files import read_sources
from bot.intake.form_text import FORM_GROUPS, FormField, FormGroup, find_missing_quote, form_pages, to_groups
from bot.intake.sources import Source
from bot.parsing.parse import parse_posting
from bot.text.lexicon import data_directory
from bot.topics import TOPICS
from bot.topics.timezone import Timezone
from bot.topics.workplace import Workplace

BOB = Actor(id="discord:8", name="bob")
EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)

TEXT = """# Pastry chef

Company: Sweet Sons
Location: Lisbon, Portugal

We bake for the whole town, and it’s fun – come and see.

## Requirements

* **5+ years** of baking
* You speak Portuguese
* A bachelor's degree is required

## Responsibilities

* Bake bread “daily”
* Clean the oven…

## Benefits

* Free cake
* 25 days of vacation

## Pay

Base salary: $120k-150k a year in New York, or 100,000 EUR a year in Lisbon.

You work full time in our kitchen, within 2 hours of Lisbon time. We do not sponsor visas.
"""
READ = parse_posting(TEXT, "chef.md")
PAY_SO = "Write it so: 120,000 to 150,000 USD a year (New York) | Base salary: $120k-150k"


def put(posting: Posting, typed: Mapping[str, str], *, by: Actor = ADA, at: datetime = EARLY) -> Posting:
    return correct(posting, typed, by=by, at=at)


def values(posting: Posting, topic: str) -> list[Any]:
    return [fact.value for fact in posting.facts.get(topic, ())]


def complaints(typed: Mapping[str, str], posting: Posting = READ) -> tuple[str, ...]:
    with pytest.raises(Uncorrectable) as caught:
        put(posting, typed)
    assert str(caught.value) == "\n".join(caught.value.complaints)
    assert all("\n" not in complaint for complaint in caught.value.complaints)
    return caught.value.complaints


def boxes(posting: Posting) -> list[FormField]:
    return [box for group in FORM_GROUPS for page in form_pages(posting, group) for box in page]


def box_of(posting: Posting, label: str) -> FormField:
    return next(box for box in boxes(posting) if box.label == label)


def test_the_posting_of_these_tests_states_something_on_most_topics() -> None:
    assert set(READ.facts) >= {"pay", "requirements", "responsibilities", "benefits", "countries", "experience", "education", "visa"}


# -- forms


def test_the_groups_have_every_field_once() -> None:
    fields = [field for group in FORM_GROUPS for field in group.fields]
    assert sorted(fields) == sorted([*HeadField, *(topic.name for topic in TOPICS)])
    assert len({group.name for group in FORM_GROUPS}) == len(FORM_GROUPS)
    assert all(len(group.fields) <= 5 and 0 < len(group.label) <= 45 for group in FORM_GROUPS)
    assert not [group for group in FORM_GROUPS if group.name.startswith("more")], "give each topic a form_group"


def test_topics_of_no_group_come_last_in_fives() -> None:
    toys = [
        replace(TOPICS[0], name=name, form_group=group) for name, group in zip("abcdefgh", ["more", "luck", *["more"] * 6], strict=True)
    ]
    assert list(to_groups(toys))[1:] == [
        FormGroup("more", "More", (*"acdef",)),
        FormGroup("more2", "More 2", ("g", "h")),
        FormGroup("luck", "Luck", ("b",)),
    ]


def test_boxes_fit_a_form_on_discord() -> None:
    for group in FORM_GROUPS:
        for page in form_pages(READ, group):
            assert len(page) <= 5
            for box in page:
                assert len(box.id) <= 100
                assert 0 < len(box.label) <= 45
                assert 0 < len(box.hint) <= 100
                assert len(box.text) <= 4_000
                assert box.is_long is not box.id.startswith("head_")


def test_a_field_is_written_one_line_for_each_fact() -> None:
    assert write_field(READ, "head_title") == "Pastry chef"
    assert write_field(READ, "benefits") == "Free cake\n25 days of vacation"
    assert write_field(READ, "experience") == "5 years | **5+ years** of baking"
    assert write_field(READ, "pay").splitlines()[0].startswith("120,000 to 150,000 USD a year")
    assert write_field(READ.model_copy(update={"facts": {}, "link": None}), "pay") == ""


# -- what is left alone


QUIRKS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "curly quotes": lambda text: text.replace("'", "’").replace('"', "”"),
    "straight quotes": lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"'),
    "dashes": lambda text: text.replace("–", "-").replace("-", "—"),
    "two dashes": lambda text: text.replace("–", "--"),
    "dots": lambda text: text.replace("…", "..."),
    "spaces": lambda text: text.replace(" ", "\u00a0") + "  ",
    "blank lines": lambda text: f"\n{text}\n\n".replace("\n", " \n\n"),
    "invisible": lambda text: text.replace("a", "a\u200b"),
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_what_a_keyboard_does_to_lines_changes_nothing(quirk: str) -> None:
    assert put(READ, {box.id: QUIRKS[quirk](box.text) for box in boxes(READ)}) == READ
    assert put(READ, {field: QUIRKS[quirk](write_field(READ, field)) for group in FORM_GROUPS for field in group.fields}) == READ


def test_nothing_typed_changes_nothing() -> None:
    assert put(READ, {}) == READ


printable = st.text(max_size=40)
FACTS = {
    "requirements": st.lists(printable, max_size=4),
    "pay": st.lists(
        st.builds(Pay, minimum=st.floats(0, 1e9), currency=st.just("XYZ"), per=st.sampled_from(Period), where=st.none() | printable),
        max_size=3,
    ),
    "countries": st.lists(st.builds(Eligibility, scope=st.sampled_from(Scope), countries=st.tuples(printable)), max_size=1),
    "timezone": st.lists(st.builds(Timezone, text=printable), max_size=1),
}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries(FACTS), printable, printable.filter(bool))
def test_any_facts_are_left_alone_by_forms_that_come_back_as_shown(found: dict[str, list[Any]], quote: str, title: str) -> None:
    facts = {topic: tuple(Fact(value=each, quote=Quote(text=quote)) for each in held) for topic, held in found.items() if held}
    posting = READ.model_copy(update={"facts": facts, "title": title})
    assert put(posting, {box.id: box.text for box in boxes(posting)}) == posting
    assert put(posting, {field: write_field(posting, field) for group in FORM_GROUPS for field in group.fields}) == posting


# -- what is changed


def test_a_head_field_is_what_is_typed_and_says_who_typed_it() -> None:
    corrected = put(READ, {"head_company": " Sweet\u202e &  Sons\r\n", "head_location": ""})
    assert (corrected.company, corrected.location) == ("Sweet & Sons", None)
    assert corrected.corrections == (
        Correction(field="head_company", words="Sweet & Sons", read_words="Sweet Sons", by=ADA, at=EARLY),
        Correction(field="head_location", words=None, read_words=READ.location, by=ADA, at=EARLY),
    )


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"head_link": "jobs.example"}, 'Link: "jobs.example" is no web address. Write it so: https://jobs.example/1'),
        ({"head_link": "javascript:alert(1)"}, 'Link: "javascript:alert(1)" is no web address. Write it so: https://jobs.example/1'),
        ({"head_title": "x" * 301}, "Title: it is longer than 300 characters. Make it shorter."),
        ({"head_company": "x" * 301}, "Company's name: it is longer than 300 characters. Make it shorter."),
        ({"luck": "seven"}, "This form is from another version of Rolecall. Open it again."),
    ],
)
def test_a_head_field_that_cannot_be_is_complained_of(typed: dict[str, str], complaint: str) -> None:
    assert complaints(typed) == (complaint,)


def test_items_are_added_moved_and_taken_away() -> None:
    typed = "• you SPEAK portuguese\n5+ years of baking\nFree cake\nFree cake"
    corrected = put(READ, {"requirements": typed})
    assert values(corrected, "requirements") == ["You speak Portuguese", "5+ years of baking", "Free cake"]
    assert [fact.quote.heading for fact in corrected.facts["requirements"]] == ["Requirements", "Requirements", "Benefits"]
    assert corrected.facts["requirements"][1] == READ.facts["requirements"][0]
    [correction] = corrected.corrections
    assert correction == Correction(
        field="requirements", facts=corrected.facts["requirements"], read=READ.facts["requirements"], by=ADA, at=EARLY
    )
    assert find_missing_quote(TEXT, corrected.facts) is None


def test_an_empty_field_says_that_the_posting_is_silent() -> None:
    corrected = put(READ, {"visa": " \n"})
    assert "visa" not in corrected.facts
    assert corrected.corrections == (Correction(field="visa", facts=(), read=READ.facts["visa"], by=ADA, at=EARLY),)


@pytest.mark.parametrize(
    ("topic", "typed", "expected"),
    [
        ("experience", "7 years | 5+ years of baking", Experience(years=7)),
        ("workplace", "on site | in our kitchen", Workplace.ONSITE),
        ("timezone", "within 2 hours of lisbon time", Timezone(text="within 2 hours of Lisbon time")),
        ("timezone", "hours of Lisbon time | within 2 hours of Lisbon time", Timezone(text="hours of Lisbon time")),
        (
            "countries",
            "Portugal, Spain; not in: Brazil | Lisbon, Portugal",
            Eligibility(scope=Scope.LISTED, countries=("PT", "ES"), excluded=("BR",)),
        ),
        (
            "pay",
            "110k EUR a year (lisbon) | 100,000 EUR a year",
            Pay(minimum=110_000, maximum=110_000, currency="EUR", per=Period.YEAR, kind=PayKind.BASE, where="Lisbon"),
        ),
    ],
)
def test_a_typed_value_becomes_one_with_the_postings_words(topic: str, typed: str, expected: object) -> None:
    corrected = put(READ, {topic: typed})
    assert values(corrected, topic) == [expected]
    assert find_missing_quote(TEXT, corrected.facts) is None


def test_where_only_the_value_changes_the_quote_stays() -> None:
    line = write_field(READ, "experience")
    [fact] = put(READ, {"experience": line.replace("5 years |", "6 years |")}).facts["experience"]
    assert fact.value == Experience(years=6)
    assert fact.quote == READ.facts["experience"][0].quote


def test_a_value_that_stays_needs_no_words_again() -> None:
    assert put(READ, {"experience": "5 yrs"}) == READ


def test_a_bar_may_stand_within_the_words() -> None:
    posting = parse_posting(f"{TEXT}\n| Role | Remote |\n", "chef.md")
    [fact] = put(posting, {"workplace": "remote | Role | Remote"}).facts["workplace"]
    assert (fact.value, fact.quote.text) == (Workplace.REMOTE, "Role | Remote")


@pytest.mark.parametrize(
    ("topic", "typed", "complaint"),
    [
        (
            "requirements",
            "You speak Portuguese\n\nTen years of Rust",
            'Requirements, line 3: the posting\'s text does not hold "Ten years of Rust": copy the words from the posting.',
        ),
        (
            "pay",
            "130k USD | Base salary: $120k-150k",
            f'Pay, line 1: say what it is paid for: "a year", "a month", "a week", "a day" or "an hour". {PAY_SO}',
        ),
        (
            "pay",
            "130k USD a year (Mars) | Base salary: $120k-150k",
            'Pay, line 1: the posting\'s text does not hold "Mars": copy the words from the posting.',
        ),
        (
            "experience",
            "7 years",
            "Experience, line 1: the posting's words that say so are missing. Write it so: 5 years | 5+ years of experience with Go",
        ),
        (
            "experience",
            "7 years | seven years",
            'Experience, line 1: the posting\'s text does not hold "seven years": copy the words from the posting.',
        ),
        ("visa", "maybe | We do not", 'Visa, line 1: "maybe" is none of yes or no. Write it so: yes | the posting\'s own words for it'),
        ("experience", "5 years | 5+ years\n6 years | 5+ years", "Experience: a posting says one thing here. Leave one line."),
        ("benefits", "\n".join(["Free cake"] * 201), "Benefits: these are more than 200 lines. Leave some out."),
    ],
)
def test_what_cannot_be_taken_is_complained_of(topic: str, typed: str, complaint: str) -> None:
    assert complaints({topic: typed}) == (complaint,)


def test_all_complaints_come_at_once_and_nothing_is_corrected() -> None:
    found = complaints({"head_link": "x", "benefits": "Free cake\nfoo\nbar", "head_company": "Right", "visa": "perhaps"})
    assert [complaint.split(":")[0] for complaint in found] == ["Link", "Benefits, line 2", "Benefits, line 3", "Visa, line 1"]


def test_endless_complaints_are_cut() -> None:
    found = complaints({"benefits": "\n".join(f"nothing {number}" for number in range(30))})
    assert len(found) == 21
    assert found[-1] == "... and more"


# -- corrections of corrections


def test_another_persons_correction_keeps_its_author_until_it_is_changed() -> None:
    first = put(READ, {"head_title": "Baker", "benefits": "Free cake"})
    second = put(first, {"head_title": "Baker", "benefits": "Free cake", "visa": ""}, by=BOB, at=LATE)
    assert second.corrections[:2] == first.corrections
    assert [each.by for each in second.corrections] == [ADA, ADA, BOB]
    third = put(second, {"benefits": "25 days of vacation"}, by=BOB, at=LATE)
    assert [(each.field, each.by) for each in third.corrections] == [("head_title", ADA), ("benefits", BOB), ("visa", BOB)]
    assert third.corrections[1].read == READ.facts["benefits"]


@pytest.mark.parametrize("field", ["head_title", "head_company", "benefits", "pay", "countries", "visa", "experience"])
def test_what_is_typed_back_to_what_was_read_is_no_correction_any_more(field: str) -> None:
    typed = {"head_title": "Baker", "head_company": "Acme"}.get(field, "")
    corrected = put(READ, {field: typed})
    assert corrected.corrections
    assert put(corrected, {field: write_field(READ, field).replace("’", "'")}, by=BOB, at=LATE) == READ


def test_a_resting_correction_stays_until_its_field_is_corrected_anew() -> None:
    resting = Correction(
        field="experience",
        facts=(Fact(value=Experience(years=9), quote=Quote(text="nine years")),),
        read=(Fact(value=Experience(years=1), quote=Quote(text="a year")),),
        by=ADA,
        at=EARLY,
    )
    posting = READ.model_copy(update={"corrections": (resting,)})
    assert put(posting, {"experience": write_field(posting, "experience"), "head_title": "Baker"}).corrections[0] == resting
    [correction] = put(posting, {"experience": "8 years | 5+ years"}, by=BOB, at=LATE).corrections
    assert correction.by == BOB
    assert correction.read == READ.facts["experience"]


def test_silence_that_a_later_text_breaks_is_remembered_with_what_it_hides() -> None:
    silenced = put(READ, {"benefits": ""})
    cake, days = READ.facts["benefits"]
    hiding = silenced.corrections[0].model_copy(update={"read": (cake,)})
    later = silenced.model_copy(update={"facts": {**silenced.facts, "benefits": (days,)}, "corrections": (hiding,)})
    [correction] = put(later, {"benefits": "Bake bread “daily”"}, by=BOB, at=LATE).corrections
    assert correction.read == (cake, days)
    assert put(later, {"benefits": "Free cake\n25 days of vacation"}, by=BOB, at=LATE) == READ


def test_what_somebody_else_changed_meanwhile_is_not_undone() -> None:
    opened = {box.id: box.text for box in boxes(READ)}
    meanwhile = put(READ, {"benefits": "Free cake"}, by=BOB)
    assert put(meanwhile, opened) == meanwhile
    id_of_benefits = box_of(READ, "Benefits").id
    assert complaints(opened | {id_of_benefits: "25 days of vacation"}, meanwhile) == (
        "Benefits: it was changed meanwhile. Open the form again and correct what it says now.",
    )


# -- long fields


LONG = parse_posting(
    "# Cook\n\n## Responsibilities\n\n"
    + "\n".join(f"* You cook the dish of number {number} for all of the guests" for number in range(250)),
    "long.md",
)
DUTIES = next(group for group in FORM_GROUPS if "responsibilities" in group.fields)


def test_a_long_field_is_shown_in_parts_on_as_many_pages_as_it_takes() -> None:
    pages = form_pages(LONG, DUTIES)
    shown = [box for page in pages for box in page if box.label.startswith("Responsibilities")]
    assert [len(page) for page in pages] == [5, 1]
    assert [box.label for box in shown] == [f"Responsibilities {number} of 4" for number in (1, 2, 3, 4)]
    assert all(len(box.text) <= 4_000 for box in shown)
    assert "\n".join(box.text for box in shown) == write_field(LONG, "responsibilities")


def test_to_correct_a_part_leaves_the_other_parts_as_they_are() -> None:
    box = box_of(LONG, "Responsibilities 2 of 4")
    first, *rest = box.text.split("\n")
    corrected = put(LONG, {box.id: "\n".join(["the dish of number 249", *rest])})
    before, after = values(LONG, "responsibilities"), values(corrected, "responsibilities")
    at = before.index(first)
    assert after == [*before[:at], "the dish of number 249", *before[at + 1 :]]
    assert put(corrected, {"responsibilities": write_field(LONG, "responsibilities")}) == LONG


def test_an_item_of_another_part_is_not_said_twice() -> None:
    box = box_of(LONG, "Responsibilities 2 of 4")
    assert put(LONG, {box.id: f"{box.text}\n{values(LONG, 'responsibilities')[0]}"}) == LONG


def test_complaints_name_the_part() -> None:
    box = box_of(LONG, "Responsibilities 2 of 4")
    assert complaints({box.id: f"You eat\n{box.text}"}, LONG) == (
        'Responsibilities 2 of 4, line 1: the posting\'s text does not hold "You eat": copy the words from the posting.',
    )


def test_a_line_too_long_to_show_is_kept_whole_when_it_is_left_alone() -> None:
    item = "You cook " + "and cook " * 1_000
    quote = Quote(text=item)
    facts = {
        "requirements": (Fact(value=item, quote=quote), Fact(value="cook", quote=quote)),
        "experience": (Fact(value=Experience(years=5), quote=quote),),
    }
    posting = READ.model_copy(update={"text": item, "facts": facts})
    assert all(len(box.text) <= 4_000 for box in boxes(posting))
    corrected = put(
        posting,
        {
            "requirements": write_field(posting, "requirements").rpartition("\n")[0],
            "experience": write_field(posting, "experience").replace("5", "6"),
        },
    )
    assert corrected.facts["requirements"] == facts["requirements"][:1]
    assert corrected.facts["experience"] == (Fact(value=Experience(years=6), quote=quote),)


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from([field for group in FORM_GROUPS for field in group.fields]))
def test_whatever_is_typed_is_a_correction_that_holds_or_a_complaint(typed: str, field: str) -> None:
    try:
        corrected = put(READ, {field: typed})
    except Uncorrectable as error:
        assert error.complaints  # noqa: PT017 -- either end is right
        return
    assert find_missing_quote(TEXT, corrected.facts) is None
    assert put(corrected, {box.id: box.text for box in boxes(corrected)}, by=BOB) == corrected


# Forms of real postings that come back as they were shown change nothing.


SHARED = Path(__file__).parents[3] / "shared"
FOLDERS = {
    "bundled": (data_directory() / "postings", 1),
    "seeds": (SHARED / "seeds", 1),
    "labelled": (SHARED / "postings" / "labelled", 10),
    "unlabelled": (SHARED / "postings" / "unlabelled", 30),
}
"""Each with how many postings one is taken of: all 1,565 have gone through this."""

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", FOLDERS)
def test_real_postings_come_back_unchanged(name: str) -> None:
    folder, step = FOLDERS[name]
    if not folder.is_dir():
        pytest.skip("the real postings are not beside this checkout")
    sources = [found for found in read_sources([folder]) if isinstance(found, Source)]
    assert sources
    for source in sources[::step]:
        posting = parse_posting(source.text, source.name)
        shown = {box.id: box.text for group in FORM_GROUPS for page in form_pages(posting, group) for box in page}
        assert correct(posting, {box: text.replace("\n", "\r\n") for box, text in shown.items()}, by=ROLECALL, at=NOW) == posting
        whole = {field: write_field(posting, field) for group in FORM_GROUPS for field in group.fields}
        assert correct(posting, whole, by=ROLECALL, at=NOW) == posting


EVE = Actor(id="discord:666", name="eve")
MESSAGE = parse_posting(invent_text(), "message")
BARE = parse_posting("We are looking for somebody who mends clocks, early in the morning, with a steady hand.", "message")


def stated(**words: str | None) -> dict[HeadField, str | None]:
    return {field: words.get(field.attribute) for field in HeadField}


def say(posting: Posting, said: dict[HeadField, str | None], by: Actor = ADA) -> Posting:
    return state_head(posting, said, by=by, at=READ_AT)


def test_what_is_said_stands_in_for_what_the_text_leaves_out() -> None:
    assert (BARE.company, BARE.link, BARE.title, BARE.location) == (None, None, None, None)
    posting = say(BARE, stated(company=" Tick  & Tock ", link="https://jobs.example/7", title="Clockmaker", location="Bern"))
    assert (posting.company, posting.link, posting.title, posting.location) == (
        "Tick & Tock",
        "https://jobs.example/7",
        "Clockmaker",
        "Bern",
    )
    assert [(made.field, made.read_words, made.by) for made in posting.corrections] == [(field, None, ADA) for field in HeadField]


def test_what_is_said_goes_before_what_the_text_states() -> None:
    posting = say(MESSAGE, stated(company="Tock Holding"))
    assert posting.company == "Tock Holding"
    (made,) = posting.corrections
    assert (made.field, made.words, made.read_words, made.at) == (HeadField.COMPANY, "Tock Holding", MESSAGE.company, READ_AT)


@pytest.mark.parametrize(
    "said",
    [
        stated(),
        stated(company="", link="  "),
        stated(title=MESSAGE.title, company=MESSAGE.company, link=MESSAGE.link),
    ],
)
def test_what_is_said_as_the_text_says_it_corrects_nothing(said: dict[HeadField, str | None]) -> None:
    assert say(MESSAGE, said) == MESSAGE


def test_the_last_word_holds_and_what_had_been_read_stays_known() -> None:
    posting = say(say(MESSAGE, stated(title="Watchmaker")), stated(title="Head Watchmaker"), by=EVE)
    assert posting.title == "Head Watchmaker"
    (made,) = posting.corrections
    assert (made.words, made.read_words, made.by) == ("Head Watchmaker", MESSAGE.title, EVE)


def test_what_is_said_back_to_what_was_read_takes_the_correction_back() -> None:
    assert say(say(MESSAGE, stated(title="Watchmaker")), stated(title=MESSAGE.title)) == MESSAGE


@pytest.mark.parametrize("link", ["javascript:alert(1)", "jobs.example", "https://", "see\nbelow", "https://a b.example"])
def test_a_link_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(UnreadablePosting, match=r"^[^\n]* is no web address; give [^\n]*$"):
        say(MESSAGE, stated(link=link))
