"""JSON of others in files: postings of a graph, of a board's list, of a stream of lines."""

import json
from typing import Any

import pytest
from builders_files import read_file
from builders_markup import BODY, JOB

from bot.domain.posting import Posting
from bot.intake.reading import Packed, read_one, read_posting
from bot.intake.sources import Refusal, Source

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


def test_a_posting_from_elsewhere_is_packed_like_any_other() -> None:
    packed = read_one(Source("a.json item 1", json.dumps(JOB), is_record=True))
    assert isinstance(packed, Packed)
    assert packed.head["company"] == "Dough & Sons"


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
