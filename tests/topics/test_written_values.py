"""Every topic's values can be written and read: years, degrees, choices, phrases, and types that nobody wrote a form for."""

import re
from dataclasses import replace
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.domain.facts import Education, EducationLevel, Experience, Model
from bot.topics import TOPICS
from bot.topics.employment_type import EmploymentType
from bot.topics.topic import Topic, written_form_of
from bot.topics.visa import Sponsorship
from bot.topics.workplace import Workplace
from bot.topics.written import (
    Miswritten,
    WrittenForm,
    choice_form,
    member_form,
    read_education,
    read_experience,
    read_figure,
    write_education,
    write_experience,
    write_figure,
)


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("5 years", 5),
        ("1 year", 1),
        ("5", 5),
        ("five yrs", 5),
        ("5+ years", 5),
        ("2,5 years", 2.5),
        ("0.125 years", 0.125),
        ("At least 3 years of experience", 3),
        ("min. 2 years or more", 2),
    ],
)
def test_years_are_read_as_people_write_them(typed: str, years: float) -> None:
    assert read_experience(typed) == Experience(years=years)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("3-5 years", '"3-5 years" is no single number of years'),
        ("6 months", '"6 months" is no single number of years'),
        ("80 years", "80 years are more than 60"),
    ],
)
def test_years_that_are_none_are_complained_of(typed: str, complaint: str) -> None:
    with pytest.raises(Miswritten) as caught:
        read_experience(typed)
    assert str(caught.value) == complaint


@given(st.floats(0, 60))
def test_any_years_are_read_back_as_they_were_written(years: float) -> None:
    value = Experience(years=years)
    assert read_experience(write_experience(value)) == value


@given(st.floats(0, 1e300))
def test_any_figure_is_read_back_as_it_was_written(figure: float) -> None:
    assert read_figure(write_figure(figure)) == figure


@pytest.mark.parametrize(
    ("typed", "level", "required"),
    [
        ("bachelor, required", "bachelor", True),
        ("Bachelor's degree preferred", "bachelor", False),
        ("BS or equivalent experience", "bachelor", False),
        ("PhD (required)", "doctorate", True),
        ("a high school diploma is required", "high_school", True),
        ("master - nice to have", "master", False),
        ("MSc, not required", "master", False),
        ("no degree", "none", False),
    ],
)
def test_degrees_are_read_as_people_write_them(typed: str, level: str, required: bool) -> None:
    assert read_education(typed) == Education(level=EducationLevel(level), required=required)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("master", 'say whether the degree is "required" or "not required"'),
        ("diploma, required", '"diploma" is none of these: none, high school, associate, bachelor, master or doctorate'),
    ],
)
def test_degrees_that_are_none_are_complained_of(typed: str, complaint: str) -> None:
    with pytest.raises(Miswritten) as caught:
        read_education(typed)
    assert str(caught.value) == complaint


@pytest.mark.parametrize("level", EducationLevel)
@pytest.mark.parametrize("required", [True, False])
def test_any_degree_is_read_back_as_it_was_written(level: EducationLevel, required: bool) -> None:
    value = Education(level=level, required=required)
    assert read_education(write_education(value)) == value


@pytest.mark.parametrize(
    ("choices", "typed", "chosen"),
    [
        (Workplace, "Remote", Workplace.REMOTE),
        (Workplace, "on-site", Workplace.ONSITE),
        (Workplace, "in the office", Workplace.ONSITE),
        (EmploymentType, "full-time", EmploymentType.FULL_TIME),
        (EmploymentType, "FULL_TIME", EmploymentType.FULL_TIME),
        (EmploymentType, "freelance", EmploymentType.CONTRACT),
        (Sponsorship, "Yes", Sponsorship.YES),
    ],
)
def test_one_of_a_fixed_few_is_read_in_plain_words(choices: type[Enum], typed: str, chosen: Enum) -> None:
    form = choice_form(choices)
    assert form.read(typed) is chosen
    assert all(form.read(form.write(choice)) is choice for choice in choices)


def test_another_word_is_answered_with_the_choice() -> None:
    with pytest.raises(Miswritten) as caught:
        choice_form(Workplace).read("remoote")
    assert str(caught.value) == '"remoote" is none of remote, hybrid or onsite'


class Shift(Model):
    days: int
    nights: bool = False
    notes: str | None = None
    tags: tuple[str, ...] = ()


FORM = member_form(TypeAdapter(Shift))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("days: 5", Shift(days=5)),
        ("days: 5; nights: true; notes: on call", Shift(days=5, nights=True, notes="on call")),
        ('days:5;notes:"7"', Shift(days=5, notes="7")),
        ('{"days": 5, "tags": ["a"]}', Shift(days=5, tags=("a",))),
    ],
)
def test_members_are_read_by_their_names(typed: str, expected: Shift) -> None:
    assert FORM.read(typed) == expected


@pytest.mark.parametrize("typed", ["", "5", "days", "days: five", "days: 5; luck: 7", "days: NaN", "{", "days: 5.5"])
def test_members_that_do_not_fit_are_complained_of(typed: str) -> None:
    with pytest.raises(Miswritten) as caught:
        FORM.read(typed)
    assert str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.builds(Shift, days=st.integers(), nights=st.booleans(), notes=st.none() | st.text(), tags=st.lists(st.text()).map(tuple)))
def test_any_members_are_read_back_as_they_were_written(value: Shift) -> None:
    written = FORM.write(value)
    assert written.isascii()
    assert written.isprintable()
    assert "|" not in written
    assert FORM.read(written) == value


@pytest.mark.parametrize(
    ("value_type", "value"), [(int, 5), (list[int], [1, 2]), (dict[str, int], {"a b": 1}), (bool, True), (int | str, "5")]
)
def test_a_type_of_no_form_has_one_all_the_same(value_type: Any, value: Any) -> None:
    form = written_form_of(value_type)
    assert form.read(form.write(value)) == value


def test_a_topic_may_name_its_own_form() -> None:
    form: WrittenForm[int] = WrittenForm(write=str, read=int, example="5 | five of them")
    topic = replace(TOPICS[0], written=form)
    assert topic.form is form


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_topic_shows_an_example_that_fits(topic: Topic[Any]) -> None:
    assert 0 < len(topic.form.example) < 100
    assert len(topic.form.hint) < 100
    value, bar, words = topic.form.example.partition(" | ")
    assert bool(bar and words) is topic.form.is_quoted
    stated = topic.form.read(value)
    written = topic.form.write(stated)
    assert topic.form.read(written) == stated
    # Countries and areas are written in an order of their own.
    assert sorted(re.split("[,;:] ", written)) == sorted(re.split("[,;:] ", value))
