"""A correction is named where it holds, and only there."""

from datetime import UTC, datetime

import pytest

from bot.domain.facts import Fact, Quote
from bot.domain.person import Actor
from bot.domain.posting import Correction, HeadField, Posting

ADA = Actor(id="discord:7", name="ada")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIVE, SEVEN = (Fact[int](value=years, quote=Quote(text=f"{years} years")) for years in (5, 7))


def posting(*corrections: Correction, experience: tuple[Fact[int], ...] = ()) -> Posting:
    facts = {"experience": experience} if experience else {}
    return Posting(
        source="a.md", title="Cook", company="Acme", link=None, location=None, text="5 years", facts=facts, corrections=corrections
    )


@pytest.mark.parametrize(
    ("corrected", "holding", "is_named"),
    [
        ((FIVE,), (FIVE,), True),
        ((FIVE,), (SEVEN,), False),  # its words went from the text, so that it rests
        ((), (), True),
        ((), (SEVEN,), False),  # the text says something new meanwhile
    ],
)
def test_a_topic_is_corrected_where_what_holds_is_the_correction(
    corrected: tuple[Fact[int], ...], holding: tuple[Fact[int], ...], is_named: bool
) -> None:
    correction = Correction(field="experience", facts=corrected, read=(SEVEN,), by=ADA, at=NOW)
    found = posting(correction, experience=holding).correction_of("experience")
    assert (found == correction) is is_named
    assert (found is None) is not is_named


def test_a_head_field_that_was_corrected_stays_so() -> None:
    correction = Correction(field=HeadField.COMPANY, words="Acme", read_words="ACME Jobs", by=ADA, at=NOW)
    assert posting(correction).correction_of(HeadField.COMPANY) == correction
    assert posting(correction).correction_of(HeadField.TITLE) is None


def test_each_head_field_is_an_attribute_of_a_posting() -> None:
    assert {field.attribute for field in HeadField} <= set(Posting.model_fields)
