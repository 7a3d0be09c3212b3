import codecs
import io
import json
from collections.abc import Callable
from io import BufferedReader, BytesIO
from typing import Any

import pytest
from builders_files import read_file
from builders_intake import invent_text, part
from builders_markup import BODY, JOB
from builders_records import ADA, READ_AT, VALUES, correct_facts, keep_facts, kept_postings
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UnreadablePosting
from bot.domain.facts import Fact, Quote
from bot.domain.person import EVERYONE, ROLECALL, Actor
from bot.domain.posting import Correction, HeadField, KeptPosting, Posting
from bot.intake import records
from bot.intake.exporting import to_json_line
from bot.intake.files import read_stream
from bot.intake.reading import read_one, read_posting
from bot.intake.records import parse_record, read_record, to_job_posting, to_record
from bot.intake.sources import Refusal, Source
from bot.parsing.parse import parse_posting
from bot.storage.corrections import apply_corrections

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


RECORD = '{"rolecall": 1, "text": "café"}'
NODE = '{"@type": "JobPosting"}'
GRAPH = '{"@context": "https://schema.org", "@graph": ['


def read(text: str | bytes, name: str = "a.jsonl") -> tuple[dict[str, str], dict[str, str]]:
    data = text.encode() if isinstance(text, str) else text
    return part(read_stream(name, BufferedReader(BytesIO(data))))


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        ("a.jsonl", f"{RECORD}\n\n{RECORD}\r\n", ["line 1", "line 3"]),
        ("a.jsonl", f"\n{RECORD}", ["line 2"]),
        ("a.json", RECORD, [""]),
        ("a.json", f"{RECORD}\n{RECORD}", ["line 1", "line 2"]),
        ("a.txt", f"{RECORD}\n{RECORD}", ["line 1", "line 2"]),
        ("a.json", f"[{RECORD}, {RECORD}]", ["item 1", "item 2"]),
        ("a.json", json.dumps([json.loads(RECORD)], indent=2), ["item 1"]),
        ("a.json", json.dumps(json.loads(RECORD), indent=2), [""]),
        ("a.jsonld", f"{GRAPH}{NODE}]{'}'}", ["item 1"]),
        ("a.jsonld", json.dumps({"@context": "x", "@graph": [{}, {}]}, indent=1), ["item 1", "item 2"]),
        ("a.jsonld", f"{GRAPH}\n{NODE},\n{NODE}\n]}}\n", ["line 2", "line 3"]),
        ("a.md", f"{GRAPH}\n{NODE}\n]}}\n", ["line 2"]),
    ],
)
def test_records_are_found_in_every_layout(name: str, text: str, places: list[str]) -> None:
    texts, refused = read(text, name)
    assert list(texts) == [f"{name} {place}".strip() for place in places]
    assert not refused
    assert all(json.loads(found) in (json.loads(RECORD), json.loads(NODE), {}) for found in texts.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_records_are_read_in_any_unicode_encoding(encoding: str) -> None:
    texts, _ = read(f"{RECORD}\n{RECORD}\n".encode(encoding))
    assert [json.loads(text)["text"] for text in texts.values()] == ["café", "café"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.jsonl", "", "is empty"),
        ("a.json", "\n \n", "is empty"),
        ("a.json", "no JSON", "is not JSON: "),
        ("a.json", '{"a": ', "is not JSON: "),
        ("a.json", "[" * 5000, "is not JSON: "),
        ("a.json", "[]", "holds no list of postings"),
        ("a.json", '"words"', "holds no list of postings"),
        ("a.json", '{"@graph": 5}', "holds no list of postings"),
        ("a.json", b"\xff{}\n{}", "is not JSON: "),
        ("a.jsonl", codecs.BOM_UTF16_LE + b"{\0}", "is not Unicode text"),
    ],
)
def test_a_file_without_records_is_refused(name: str, text: str | bytes, words: str) -> None:
    texts, refused = read(text, name)
    assert not texts
    assert words in refused[name]


def test_an_export_that_was_cut_off_is_read_and_told_of() -> None:
    texts, refused = read(f"{GRAPH}\n{NODE},\n{NODE},\n", "a.jsonld")
    assert len(texts) == 2
    assert "ends in the middle" in refused["a.jsonld"]


def test_a_line_above_the_bound_is_refused_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "RECORD_BOUND", 100)
    monkeypatch.setattr(records, "_SKIPPED_AT_ONCE", 30)
    texts, refused = read(f"{'x' * 1000}\n{RECORD}\n")
    assert list(texts) == ["a.jsonl line 2"]
    assert "longer than any posting" in refused["a.jsonl line 1"]


def test_a_document_above_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "RECORD_BOUND", 100)
    assert "too large to be read as a whole" in read("[\n" + "{},\n" * 100, "a.json")[1]["a.json"]


class Endless(io.RawIOBase):
    """A file of records without end."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]", /) -> int:  # type: ignore[override]
        lines = f"{RECORD.replace('é', 'e')}\n".encode() * (len(buffer) // 10)
        buffer[:] = lines[: len(buffer)]
        return len(buffer)


def test_lines_are_read_one_at_a_time() -> None:
    found = read_stream("a.jsonl", BufferedReader(Endless()))
    assert [type(next(found)) for _ in range(3)] == [Source] * 3


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


# JSON of others in files: postings of a graph, of a board's list, of a stream of lines.


ASHBY = {"title": "Cook", "jobUrl": "https://jobs.ashbyhq.com/acme/1", "descriptionHtml": BODY}
LEVER = {"text": "Cook", "hostedUrl": "https://jobs.lever.co/acme/1", "categories": {}, "description": BODY}
GREENHOUSE = {"title": "Cook", "absolute_url": "https://boards.greenhouse.io/acme/jobs/1", "content": BODY}


def read_postings(name: str, document: Any) -> list[Posting]:
    texts, refused = read_file(name, document.encode() if isinstance(document, str) else json.dumps(document).encode())
    assert not refused
    return [read_posting(Source(place, text, is_record=True)) for place, text in texts.items()]


@pytest.mark.parametrize(
    ("name", "document", "titles"),
    [
        ("a.json", JOB, ["Night Baker"]),
        ("a.jsonld", [JOB, JOB | {"title": "Day Baker"}], ["Night Baker", "Day Baker"]),
        ("a.json", {"@context": "x", "@graph": [{"@type": "WebPage"}, JOB]}, ["Night Baker"]),
        ("a.json", {"jobs": [ASHBY, ASHBY | {"title": "Baker"}], "apiVersion": "1"}, ["Cook", "Baker"]),
        ("a.json", {"jobs": [GREENHOUSE], "meta": {"total": 1}}, ["Cook"]),
        ("a.json", [LEVER], ["Cook"]),
        ("a.json", json.dumps(LEVER, indent=2), ["Cook"]),
        ("a.jsonl", f"{json.dumps(LEVER)}\n{json.dumps(JOB)}\n", ["Cook", "Night Baker"]),
    ],
)
def test_every_posting_of_a_file_is_read(name: str, document: Any, titles: list[str]) -> None:
    assert [posting.title for posting in read_postings(name, document)] == titles


def test_json_of_no_known_layout_is_refused_and_not_taken_for_a_text() -> None:
    refused = read_one(Source("a.json item 1", json.dumps({"story": "We bake bread for forty towns along the river."}), is_record=True))
    assert isinstance(refused, Refusal)
    assert "is no posting that Rolecall exported" in refused.reason


def test_a_posting_from_elsewhere_is_read_like_any_other() -> None:
    found = read_one(Source("a.json item 1", json.dumps(JOB), is_record=True))
    assert isinstance(found, Posting)
    assert found.company == "Dough & Sons"


def test_a_page_is_read_from_a_file() -> None:
    texts, _ = read_file("a.html", f"<html><h1>Cook</h1>{BODY}".encode())
    assert read_posting(Source("a.html", texts["a.html"])).title == "Cook"


@pytest.mark.parametrize("kind", ["JobPosting", "http://schema.org/JobPosting", ["https://schema.org/JobPosting"], "schema:JobPosting"])
def test_a_posting_of_a_graph_is_one_for_an_import_as_it_is_for_a_reading(kind: Any) -> None:
    graph = {"@context": "x", "@graph": [{"@type": "WebPage", "name": "Jobs"}, JOB | {"@type": kind}]}
    assert [posting.title for posting in read_postings("a.json", graph)] == ["Night Baker"]


WORDS = "We bake bread for forty towns along the long river."
OTHER = {"position": "Cook", "employer": "Acme", "link": "https://acme.example/jobs/1", "details": BODY}


@pytest.mark.parametrize(
    ("name", "document", "titles"),
    [
        ("a.json", {"offers": [OTHER, OTHER | {"position": "Baker"}]}, ["Cook", "Baker"]),
        ("a.json", OTHER, ["Cook"]),
        ("a.jsonl", f"{json.dumps(OTHER)}\n{json.dumps(OTHER | {'position': 'Baker'})}\n", ["Cook", "Baker"]),
        ("a.txt", json.dumps([OTHER, OTHER | {"position": "Baker"}]), ["Cook", "Baker"]),
        ("a.xml", f"<jobs><job><title>Cook</title><text>{WORDS}</text></job><job><title>Baker</title><text>{WORDS}</text></job></jobs>",
         ["Cook", "Baker"]),
    ],
)  # fmt: skip
def test_lists_of_any_kind_hold_a_posting_each(name: str, document: Any, titles: list[str]) -> None:
    assert [posting.title for posting in read_postings(name, document)] == titles
