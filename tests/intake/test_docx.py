import pytest
from builders_files import docx_bytes, paragraph, read_file, zip_document
from builders_markup import read_markup_posting, values_of
from hypothesis import given
from hypothesis import strategies as st

DOCX = docx_bytes(
    paragraph("Night Baker", style="Title"),
    paragraph("Dough & Sons ", "bakes bread for forty towns."),
    paragraph("What you will do", style="Heading2"),
    paragraph("Bake rye bread", depth=0),
    paragraph("through the night", depth=1),
    paragraph("Benefits", bold=True),
    paragraph("Free bread", style="ListParagraph"),
    "<w:p><w:r><w:t>Pay</w:t><w:tab/><w:t>$20 an hour</w:t></w:r><w:del><w:r><w:delText>$90 an hour</w:delText></w:r></w:del></w:p>",
)


def test_headings_items_and_paragraphs_become_lines() -> None:
    texts, refused = read_file("a.docx", DOCX)
    assert not refused
    assert texts["a.docx"].split("\n") == [
        "# Night Baker",
        "",
        "",
        "Dough & Sons bakes bread for forty towns.",
        "",
        "",
        "## What you will do",
        "",
        "* Bake rye bread",
        "  * through the night",
        "",
        "**Benefits**",
        "",
        "* Free bread",
        "",
        "Pay $20 an hour",
    ]
    posting = read_markup_posting(texts["a.docx"])
    assert posting.title == "Night Baker"
    assert values_of(posting, "benefits") == ["Free bread"]


@pytest.mark.parametrize(
    ("style", "beginning"),
    [("Heading1", "# "), ("berschrift3", "### "), ("Titre2", "## "), ("Ttulo1", "# "), ("Aufzhlungszeichen", "* "), ("Normal", "")],
)
def test_styles_are_known_in_other_languages(style: str, beginning: str) -> None:
    words = "Wir backen Brot für vierzig Städte"
    assert read_file("a.docx", docx_bytes(paragraph(words, style=style)))[0]["a.docx"] == beginning + words


ENTITIES = '<!DOCTYPE x [<!ENTITY a "many words of text"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is a damaged Word document"),
        (b"PK\x03\x04 and so on", "is a damaged Word document"),
        (DOCX[:-30], "is a damaged Word document"),
        (b"\xd0\xcf\x11\xe0 and so on", "is an old Office document, or has a password"),
        (zip_document("<x/>", "other.xml"), "holds no Word document"),
        (zip_document("<x>"), "is a damaged Word document"),
        (zip_document("x" * 20_000_001), "unpacks to more than 20 MB"),
        (docx_bytes(paragraph("a")), "has no text in it"),
        (docx_bytes("<w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p>", before=ENTITIES), "is a damaged Word document"),
    ],
    ids=["empty", "beginning", "cut off", "old", "no document", "no XML", "bomb", "no text", "entities"],
)
def test_a_file_without_a_posting_is_refused_in_one_line(data: bytes, words: str) -> None:
    texts, refused = read_file("a.docx", data)
    assert not texts
    assert refused["a.docx"].startswith("a.docx " + words)
    assert "; " in refused["a.docx"]


def test_a_file_above_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.intake.sources._DOCUMENT_BOUND", 10)
    assert "larger than" in read_file("a.docx", DOCX)[1]["a.docx"]


def test_elements_within_elements_to_any_depth_are_read() -> None:
    deep = docx_bytes("<w:p>" * 20_000 + "<w:r><w:t>We bake bread for forty towns</w:t></w:r>" + "</w:p>" * 20_000)
    assert read_file("a.docx", deep)[0]["a.docx"] == "We bake bread for forty towns"


@given(st.lists(st.tuples(st.integers(0, len(DOCX) - 1), st.integers(0, 255)), max_size=12), st.integers(0, len(DOCX)))
def test_any_damage_ends_in_a_text_or_a_refusal(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(DOCX)
    for place, value in changes:
        data[place] = value
    texts, refused = read_file("a.docx", bytes(data[:length]))
    assert len(texts) + len(refused) == 1
