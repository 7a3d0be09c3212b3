import json
from collections.abc import Callable
from typing import Any

import pytest
from builders_intake import invent_text
from builders_records import ADA, READ_AT

from bot.domain.errors import UnreadablePosting
from bot.domain.facts import Fact, Quote
from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import EVERYONE, Correction, HeadField, KeptPosting, Posting
from bot.intake.exporting import to_json_line
from bot.intake.reading import read_posting
from bot.intake.records import to_job_posting
from bot.intake.sources import Source
from bot.parsing.parse import parse_posting
from bot.storage.corrections import apply_corrections

EVE = Actor(id="discord:666", name="eve")
READ = parse_posting(invent_text(), "clock.md")
QUOTE = Quote(text="A steady hand", heading="Requirements")


def correct(*corrections: Correction) -> Posting:
    return apply_corrections(READ, corrections)


def write(posting: Posting, change: Callable[[dict[str, Any]], object] = lambda _: None) -> str:
    kept = KeptPosting(id=1, scope=EVERYONE, revision=1, read_at=READ_AT, posting=posting)
    record = json.loads(to_json_line(kept))
    change(record)
    return json.dumps(record)


def claim(record: str) -> Posting:
    return read_posting(Source("x.jsonl line 1", record, is_record=True), EVE)


SKILLS = Correction(field="skills", facts=(Fact(value="Steadiness", quote=QUOTE),), by=ADA, at=READ_AT)
NO_PAY = Correction(field="pay", read=READ.facts["pay"], by=ADA, at=READ_AT)
TITLE = Correction(field=HeadField.TITLE, words="Head Clockmaker", by=ADA, at=READ_AT)


def test_a_false_value_beside_a_true_quote_is_read_anew() -> None:
    forged = write(READ, lambda record: record["facts"]["pay"][0]["value"].update(minimum=1.0, maximum=2.0))
    assert claim(forged).facts == READ.facts
    vouched_for = read_posting(Source("x.jsonl line 1", forged, is_record=True, is_vouched_for=True))
    assert vouched_for.facts["pay"][0].value.maximum == 2.0


def test_the_head_is_taken_as_the_record_says_it() -> None:
    head = {"title": "Tower Clockmaker", "company": "Tock", "link": "https://jobs.example/9", "location": "Bern"}
    posting = claim(write(READ, lambda record: record.update(head)))
    assert {name: getattr(posting, name) for name in head} == head
    assert posting.corrections == ()


def test_corrections_become_those_of_the_person_who_gives_the_record() -> None:
    posting = claim(write(correct(SKILLS, NO_PAY, TITLE)))
    assert {made.by for made in posting.corrections} == {EVE}
    assert all(made.at > READ_AT for made in posting.corrections)
    assert [fact.value for fact in posting.facts["skills"]] == ["Steadiness"]
    assert "pay" not in posting.facts
    assert posting.title == "Head Clockmaker"


def test_corrections_of_a_file_of_the_host_keep_their_authors() -> None:
    corrected = correct(SKILLS, NO_PAY, TITLE)
    source = Source("x.jsonl line 1", write(corrected), is_record=True, is_vouched_for=True)
    assert read_posting(source, ROLECALL) == corrected


def test_what_the_record_says_was_read_is_not_believed() -> None:
    def lie(record: dict[str, Any]) -> None:
        record["corrections"][0]["read"] = [{"value": "Dishonesty", "quote": "A steady hand", "heading": None}]
        record["corrections"][1]["read_words"] = "Thief"

    skills, title = claim(write(correct(SKILLS, TITLE), lie)).corrections
    assert skills.read == READ.facts.get("skills", ())
    assert title.read_words == READ.title


def test_a_page_whose_link_was_corrected_is_still_known_by_its_address() -> None:
    read = parse_posting("Clockmaker at Tick\n\nWe mend clocks and pay $30 an hour.\n", "page").model_copy(
        update={"link": "https://tick.example/7"}
    )
    link = Correction(field=HeadField.LINK, words="https://apply.example/7", by=ADA, at=READ_AT)
    record = write(apply_corrections(read, [link]))
    assert claim(record).link == "https://apply.example/7"
    assert claim(record).corrections[0].read_words == "https://tick.example/7"
    assert claim(record.replace('"https://tick.example/7"', '"javascript:7"')).corrections[0].read_words is None


def test_a_correction_that_quotes_other_words_than_the_text_has_rests() -> None:
    posting = claim(write(correct(SKILLS), lambda record: record["corrections"][0]["facts"][0].update(quote="A golden hand")))
    assert posting.facts == READ.facts
    assert [made.field for made in posting.corrections] == ["skills"]


def test_a_denial_of_what_is_not_read_there_denies_nothing() -> None:
    posting = claim(write(correct(NO_PAY), lambda record: record["corrections"][0]["read"][0]["value"].update(minimum=1.0, maximum=1.0)))
    assert posting.facts == READ.facts
    assert posting.corrections == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda record: record.update(link="javascript:alert(1)"), "its link is no http(s) address"),
        (lambda record: record.update(title="x" * 1001), "its title, company, link or location is longer than any"),
        (lambda record: record["corrections"][1].update(words="x" * 1001), "its title, company, link or location is longer than any"),
        (lambda record: record["corrections"][0]["facts"][0].update(value=7), "cannot be trusted"),
        (lambda record: record["corrections"][0].update(field="horoscope"), "knows no topic horoscope"),
        (lambda record: record.update(text="Too short."), "holds no posting"),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(change: Callable[[dict[str, Any]], object], words: str) -> None:
    with pytest.raises(UnreadablePosting) as caught:
        claim(write(correct(SKILLS, TITLE), change))
    assert words in str(caught.value)
    assert str(caught.value).isprintable()


def test_json_ld_with_our_key_is_claimed_like_a_line() -> None:
    node = to_job_posting(KeptPosting(id=1, scope=EVERYONE, revision=1, read_at=READ_AT, posting=correct(SKILLS)))
    node["rolecall:record"]["facts"]["pay"][0]["value"]["maximum"] = 10.0**9
    posting = claim(json.dumps(node))
    assert posting.facts["pay"] == READ.facts["pay"]
    assert posting.corrections[0].by == EVE
