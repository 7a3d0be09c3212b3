import codecs
import io
import json
from io import BufferedReader, BytesIO

import pytest
from builders_intake import part

from bot.intake import records
from bot.intake.files import read_stream
from bot.intake.sources import Source

RECORD = '{"rolecall": 1, "text": "café"}'
NODE = '{"@type": "JobPosting"}'
HEAD = '{"@context": "https://schema.org", "@graph": ['


def read(text: str | bytes, name: str = "a.jsonl") -> tuple[dict[str, str], dict[str, str]]:
    data = text.encode() if isinstance(text, str) else text
    return part(read_stream(name, BufferedReader(BytesIO(data))))


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        ("a.jsonl", f"{RECORD}\n\n{RECORD}\r\n", ["line 1", "line 3"]),
        ("a.jsonl", f"\n{RECORD}", ["line 2"]),
        ("a.json", RECORD, ["line 1"]),
        ("a.json", f"{RECORD}\n{RECORD}", ["line 1", "line 2"]),
        ("a.txt", f"{RECORD}\n{RECORD}", ["line 1", "line 2"]),
        ("a.json", f"[{RECORD}, {RECORD}]", ["item 1", "item 2"]),
        ("a.json", json.dumps([json.loads(RECORD)], indent=2), ["item 1"]),
        ("a.json", json.dumps(json.loads(RECORD), indent=2), ["item 1"]),
        ("a.jsonld", f"{HEAD}{NODE}]{'}'}", ["item 1"]),
        ("a.jsonld", json.dumps({"@context": "x", "@graph": [{}, {}]}, indent=1), ["item 1", "item 2"]),
        ("a.jsonld", f"{HEAD}\n{NODE},\n{NODE}\n]}}\n", ["line 2", "line 3"]),
        ("a.md", f"{HEAD}\n{NODE}\n]}}\n", ["line 2"]),
    ],
)
def test_records_are_found_in_every_layout(name: str, text: str, places: list[str]) -> None:
    texts, refused = read(text, name)
    assert list(texts) == [f"{name} {place}" for place in places]
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
    texts, refused = read(f"{HEAD}\n{NODE},\n{NODE},\n", "a.jsonld")
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
