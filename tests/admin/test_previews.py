"""What a preview shows: what was found with its words, what was not, who put what right."""

from datetime import UTC, datetime

from bot.admin.proposals import preview_blocks
from bot.domain.person import Actor
from bot.domain.posting import Posting
from bot.intake.corrections import correct
from bot.parsing.parse import parse_posting
from bot.storage.corrections import apply_corrections
from bot.topics import TOPICS

RITA = Actor(id="discord:1", name="*rita*")
BAKER = """\
# Night Baker
Company: Acme Bread

Acme Bread is looking for a night baker who loves bread.

## What you need
- Two years of experience as a baker
- You can lift 25 kg

## What we pay
We pay €40,000 to €50,000 a year.
"""
POSTING = parse_posting(BAKER, "baker.md")


def _told(posting: Posting, locale: str = "en") -> str:
    return "\n".join(preview_blocks(posting, locale))


def _corrected(**typed: str) -> Posting:
    return correct(POSTING, typed, by=RITA, at=datetime(2026, 1, 1, tzinfo=UTC))


def test_each_topic_is_told_with_its_quote_or_named_as_silent() -> None:
    told = _told(POSTING)
    silent = next(line for line in told.splitlines() if line.startswith("Not stated: "))
    for topic in TOPICS:
        assert (f"**{topic.label}**: " in told) == bool(topic.facts_in(POSTING))
        assert (topic.label.lower() in silent) != bool(topic.facts_in(POSTING))
    assert "> We pay €40,000 to €50,000 a year." in told


def test_amounts_are_written_as_the_reader_writes_them() -> None:
    assert "40.000" in _told(POSTING, "de")
    assert "40,000" in _told(POSTING, "en")


def test_what_was_put_right_names_who_did_it() -> None:
    told = _told(_corrected(requirements="You can lift 25 kg", head_location="Lisbon"))
    assert "Location: Lisbon ✎ *corrected by \\*rita\\**" in told
    assert "**Requirements**: 1 requirement:" in told
    assert told.count("✎") == 2


def test_a_topic_that_was_emptied_is_shown_as_that_and_not_as_unsaid() -> None:
    told = _told(_corrected(pay=""))
    assert "**Pay**: nothing\n✎ *corrected by" in told
    assert ", pay" not in next(line for line in told.splitlines() if line.startswith("Not stated: "))


def test_a_correction_whose_words_are_gone_is_shown_as_resting() -> None:
    later = parse_posting(BAKER.replace("You can lift 25 kg", "You can carry flour"), "baker.md")
    told = _told(apply_corrections(later, _corrected(requirements="You can lift 25 kg").corrections))
    assert "what \\*rita\\* put right rests" in told
    assert "You can carry flour" in told


def test_a_missing_company_or_role_is_asked_for() -> None:
    told = _told(parse_posting("We bake bread at night and look for somebody who lifts sacks of flour.", "x"))
    assert "No company and no title was found: add them with Correct" in told
    assert "was found" not in _told(POSTING)


def test_of_hundreds_of_statements_a_page_full_is_shown_and_the_rest_counted() -> None:
    items = "".join(f"- Experience with recipe number {number}\n" for number in range(700))
    told = _told(parse_posting(f"# Cook\n\nCompany: Brook\n\n## Requirements\n{items}", "x"))
    assert "700 requirements:" in told
    assert "- … and 640 more" in told
