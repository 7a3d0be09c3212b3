import json
from collections.abc import Callable
from typing import Any

import pytest
from builders_records import READ_AT, VALUES, correct_facts, keep_facts, kept_postings
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UnreadablePosting
from bot.domain.posting import KeptPosting
from bot.intake.exporting import to_json_line
from bot.intake.records import parse_record, read_record, to_job_posting, to_record

KEPT = keep_facts(VALUES)
Change = Callable[[dict[str, Any]], object]


@given(kept_postings())
def test_a_posting_comes_back_from_json_lines_as_it_was(kept: KeptPosting) -> None:
    line = to_json_line(kept)
    assert len(line.split("\n")) == 1
    assert parse_record(line, "line 1") == kept.posting


@given(kept_postings())
def test_a_posting_comes_back_from_json_ld_as_it_was(kept: KeptPosting) -> None:
    assert parse_record(json.dumps(to_job_posting(kept)), "item 1") == kept.posting


def test_revision_and_time_of_reading_stand_in_the_record_and_scope_and_number_do_not() -> None:
    record = read_record(to_json_line(KEPT), "line 1")
    assert (record.revision, record.read_at) == (3, READ_AT)
    assert {"scope", "id"}.isdisjoint(to_record(KEPT))


CORRECTED = KEPT.model_copy(update={"posting": KEPT.posting.model_copy(update={"corrections": (correct_facts(KEPT, "pay"),)})})


def test_a_record_of_the_first_version_is_read_and_has_no_corrections() -> None:
    record = json.loads(to_json_line(KEPT))
    del record["corrections"]
    assert parse_record(json.dumps(record | {"rolecall": 1}), "line 1") == KEPT.posting


def change(change: Change) -> str:
    record = json.loads(to_json_line(CORRECTED))
    change(record)
    return json.dumps(record)


HEAD = {"field": "head_link", "by": {"id": "discord:7", "name": "ada"}, "at": "2026-01-01T00:00:00Z"}
HOSTILE: list[tuple[Change, str]] = [
    (lambda record: record.pop("text"), "not a whole posting (text: Field required)"),
    (lambda record: record.update(text=5), "not a whole posting (text: "),
    (lambda record: record.update(text=" \n"), "not a whole posting (text: "),
    (lambda record: record.update(title=["x"]), "not a whole posting (title: "),
    (lambda record: record.update(more=1), "not a whole posting (more: "),
    (lambda record: record.update(rolecall=3), "not a whole posting (rolecall: "),
    (lambda record: record.update(revision=10**40), "not a whole posting (revision: "),
    (lambda record: record.update(read_at="yesterday"), "not a whole posting (read_at: "),
    (lambda record: record.update(facts=[]), "not a whole posting (facts: "),
    (lambda record: record["facts"]["pay"][0].pop("quote"), "not a whole posting (facts.pay.0.quote: "),
    (lambda record: record["facts"]["pay"][0].update(quote=" "), "not a whole posting (facts.pay.0.quote: "),
    (lambda record: record["facts"].update({"horo\nscope": record["facts"]["pay"]}), "knows no topic horo\ufffdscope"),
    (lambda record: record["facts"]["pay"][0].update(quote="never said"), "quotes words that are not in its text: never said"),
    (lambda record: record["facts"]["pay"][0]["value"].update(minimum=float("inf")), "cannot be trusted"),
    (lambda record: record["facts"]["pay"][0]["value"].update(minimum="30"), "cannot be trusted (minimum: "),
    (lambda record: record["facts"]["pay"][0]["value"].update(maximum=-1), "cannot be trusted"),
    (lambda record: record["facts"]["countries"][0].update(value="everywhere"), "cannot be trusted"),
    (lambda record: record["facts"]["requirements"][0].update(value={"a": [1]}), "cannot be trusted"),
    (lambda record: record.update(link="javascript:alert(1)"), "its link is no http(s) address"),
    (lambda record: record["corrections"][0].pop("by"), "not a whole posting (corrections.0.by: "),
    (lambda record: record["corrections"][0].update(at="2026-01-01T00:00:00"), "not a whole posting (corrections.0.at: "),
    (lambda record: record["corrections"].append(record["corrections"][0]), "it corrects a field twice"),
    (lambda record: record["corrections"][0].update(field="horoscope"), "knows no topic horoscope"),
    (lambda record: record["corrections"][0].update(words="a lot"), "has words in the place of facts"),
    (lambda record: record["corrections"][0].update(field="head_title"), "has facts in the place of words"),
    (lambda record: record["corrections"][0]["facts"][0]["value"].update(maximum=-1), "cannot be trusted"),
    (lambda record: record["corrections"][0]["read"].append({"value": 5, "quote": "x"}), "cannot be trusted"),
    (lambda record: record.update(corrections=[HEAD | {"words": "javascript:alert(1)"}]), "its corrected link is no http(s) address"),
    (lambda record: record.clear(), "no posting that Rolecall exported"),
]


@pytest.mark.parametrize(("alter", "words"), HOSTILE)
def test_a_record_that_does_not_hold_is_refused_in_one_line(alter: Change, words: str) -> None:
    with pytest.raises(UnreadablePosting) as caught:
        parse_record(change(alter), "x.jsonl line 3")
    message = str(caught.value)
    assert message.startswith("x.jsonl line 3 ")
    assert words in message
    assert "; " in message
    assert message.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[" * 100_000,
        '{"rolecall": ' + "9" * 5000 + "}",
        '{"a": "\\ud800"}',
        "\udcff{}",
        "{}",
        "[]",
        "null",
        "5",
        '{"@type": 1}',
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
def test_what_is_no_record_at_all_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePosting, match=r"^x line 1 is no[^\n]*; give [^\n]*$"):
        parse_record(text, "x line 1")


def test_a_record_of_a_longer_text_than_a_posting_may_have_is_refused_with_that() -> None:
    kept = keep_facts(VALUES)
    longer = kept.model_copy(update={"posting": kept.posting.model_copy(update={"text": kept.posting.text + "\nBread." * 30_000})})
    with pytest.raises(UnreadablePosting, match=r"^a has 2\d\d,\d{3} characters, and a posting may have 200,000; give [^\n]+$"):
        parse_record(to_json_line(longer), "a")


def test_a_job_posting_from_elsewhere_is_refused_by_that_name() -> None:
    foreign = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Cook", "description": "We cook."}
    with pytest.raises(UnreadablePosting, match="is a JobPosting from elsewhere"):
        parse_record(json.dumps(foreign), "x line 1")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(to_job_posting(KEPT))), ANYTHING, st.sampled_from(sorted(to_record(KEPT))))
def test_anything_in_any_place_is_read_or_refused(key: str, value: object, own: str) -> None:
    node = to_job_posting(KEPT)
    for record in (node | {key: value}, node | {"rolecall:record": to_record(KEPT) | {own: value}}, to_record(KEPT) | {own: value}):
        try:
            parse_record(json.dumps(record), "x line 1")
        except UnreadablePosting as error:
            assert str(error).isprintable()  # noqa: PT017
