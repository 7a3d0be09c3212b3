"""A proposal that is set against a newer revision keeps what was put right in it, and what was put right there."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.domain.person import Actor
from bot.domain.posting import Posting
from bot.intake.corrections import correct, rebase, uncorrect, without_carried
from bot.parsing.parse import parse_posting
from bot.storage.corrections import apply_corrections

RITA, OMAR = Actor(id="discord:1", name="rita"), Actor(id="discord:2", name="omar")
BAKER = """\
# Night Baker
Company: Acme Bread

Acme Bread is looking for a night baker who loves bread.

## What you need
- Two years of experience as a baker
- You can lift 25 kg

## What we pay
We pay $40,000 to $50,000 a year.
"""
POSTING = parse_posting(BAKER, "baker.md")
LATER = parse_posting(BAKER.replace("$40,000 to $50,000", "$60,000"), "baker.md")


def _corrected(posting: Posting, typed: Mapping[str, str], by: Actor = RITA) -> Posting:
    return correct(posting, typed, by=by, at=datetime(2026, 1, 2 if by is OMAR else 1, tzinfo=UTC))


def _who(posting: Posting) -> dict[str, str]:
    return {correction.field: correction.by.name for correction in posting.corrections}


def test_corrections_of_both_hold_where_they_are_of_other_fields() -> None:
    mine = _corrected(POSTING, {"requirements": "You can lift 25 kg"})
    theirs = _corrected(POSTING, {"head_location": "Lisbon"}, OMAR)
    together = rebase(mine, POSTING, current=theirs)
    assert _who(together) == {"requirements": "rita", "head_location": "omar"}
    assert together.location == "Lisbon"
    assert [fact.value for fact in together.facts["requirements"]] == ["You can lift 25 kg"]


def test_of_two_corrections_of_one_field_the_proposal_has_its_own() -> None:
    mine = _corrected(POSTING, {"requirements": "You can lift 25 kg"})
    theirs = _corrected(POSTING, {"requirements": "Two years of experience as a baker"}, OMAR)
    together = rebase(mine, POSTING, current=theirs)
    assert _who(together) == {"requirements": "rita"}
    assert together.corrections[0].read == POSTING.facts["requirements"]


def test_a_posting_that_was_only_corrected_gets_the_newer_words() -> None:
    mine = _corrected(POSTING, {"requirements": "You can lift 25 kg"})
    together = rebase(mine, POSTING, current=LATER)
    assert together.text == LATER.text
    assert together.facts["pay"] == LATER.facts["pay"]
    assert _who(together) == {"requirements": "rita"}


def test_a_correction_that_was_dropped_in_the_proposal_is_not_taken_over_again() -> None:
    base = _corrected(POSTING, {"requirements": "You can lift 25 kg"})
    mine = uncorrect(base, {"requirements"})
    theirs = _corrected(base, {"head_location": "Lisbon"}, OMAR)
    assert _who(rebase(mine, base, current=theirs)) == {"head_location": "omar"}


def test_a_newer_text_stays_and_takes_over_what_was_put_right_meanwhile() -> None:
    base = _corrected(POSTING, {"requirements": "You can lift 25 kg"})
    mine = apply_corrections(LATER, base.corrections)
    theirs = _corrected(base, {"head_location": "Lisbon"}, OMAR)
    together = rebase(mine, base, current=theirs)
    assert together.text == LATER.text
    assert _who(together) == {"requirements": "rita", "head_location": "omar"}


def test_what_was_read_comes_back_without_what_was_taken_over() -> None:
    base = _corrected(_corrected(POSTING, {"requirements": "You can lift 25 kg"}), {"head_title": "Baker", "pay": ""})
    assert without_carried(base, base).model_copy(update={"facts": dict(POSTING.facts)}) == POSTING
    assert dict(without_carried(base, base).facts) == dict(POSTING.facts)
    assert without_carried(base, POSTING) == base
