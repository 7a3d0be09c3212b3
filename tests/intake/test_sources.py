import codecs

import pytest
from builders_intake import zip_bytes
from builders_uploads import read_bounded
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UnreadablePosting
from bot.intake.reading import Upload
from bot.intake.sources import Refusal, decode_text, refusals_file

WORDS = "Café-Leitung gesucht – 2.400 € im Monat"


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 le", "utf-16 be", "cp1252"],
)
def test_text_is_read_in_its_encoding(data: bytes) -> None:
    assert decode_text(data, "a.txt") == WORDS


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "a.txt is empty"),
        (b" \r\n\t", "a.txt is empty"),
        (codecs.BOM_UTF8, "a.txt is empty"),
        (b"%PDF-1.7 ...", "a.txt is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a.txt is a picture"),
        (b"PK\x03\x04 ...", "a.txt is a zip archive or an Office document"),
        (b"{\\rtf1\\ansi ...}", "a.txt is a rich text document"),
        (b"a text with one \0 in it", "a.txt is not text"),
        (bytes(range(1, 256)), "a.txt is not text"),
        (WORDS.encode("utf-16-le"), "a.txt does not say how its letters are encoded"),
        (WORDS.encode("utf-16-be"), "a.txt does not say how its letters are encoded"),
        (b"MZ\x90\0\3\0\0\0", "a.txt is a program"),
        (codecs.BOM_UTF16_LE + b"a", "a.txt is not text"),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), "a.txt is not text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line_that_says_what_to_give(data: bytes, words: str) -> None:
    with pytest.raises(UnreadablePosting, match=f"^{words}.*; [^\n]*give [^\n]*$"):
        decode_text(data, "a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode_text(data, "a.txt")
    except UnreadablePosting:
        return
    assert text.strip()
    assert "\0" not in text


def test_each_refusal_is_a_line_with_its_source_and_reason() -> None:
    written = refusals_file([Refusal("a.md", "a.md is empty; give the posting's whole text"), Refusal("b.md", "no posting")])
    assert written.decode().splitlines() == ["a.md is empty; give the posting's whole text", "b.md: no posting"]


def test_a_hostile_name_stays_on_its_line() -> None:
    refusals = [
        each for each in read_bounded(Upload("x.zip", zip_bytes({"a\n\x1b[31m\u202eb.md": "", "c.md": ""}))) if isinstance(each, Refusal)
    ]
    lines = refusals_file(refusals).decode().splitlines()
    assert [line.split(" is empty")[0] for line in lines] == ["x.zip/a\ufffd\ufffd[31m\ufffdb.md", "x.zip/c.md"]


def test_nothing_refused_is_an_empty_file() -> None:
    assert refusals_file([]) == b""
    assert refusals_file([Refusal("\ud800", "\ud800 is odd")]).decode().endswith(" is odd\n")
