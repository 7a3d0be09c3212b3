import pytest
from builders_files import locked_pdf, pdf_bytes, read_file
from builders_markup import read_markup_posting, values_of
from hypothesis import given
from hypothesis import strategies as st

from bot.intake import pdf

LINES = [
    "Night Baker",
    "Company: Dough & Sons",
    "",
    "Dough & Sons bakes bread for forty towns along the river, and its ovens have not been",
    "Cold since the great flood. We pay $50,000 to $60,000 a year, and",
    "everybody takes home what is left on the shelves in the evening (there is always some).",
    "",
    "Requirements",
    "• A steady hand with the long wooden peel, also at the end of a night that was a very",
    "Long one",
    "• 4+ years in a bakery",
]
PDF = pdf_bytes([LINES, ["Benefits", "• Free bread"]])


def test_the_pages_are_read_and_wrapped_lines_are_made_whole() -> None:
    texts, refused = read_file("a.pdf", PDF)
    assert not refused
    posting = read_markup_posting(texts["a.pdf"])
    assert (posting.title, posting.company) == ("Night Baker", "Dough & Sons")
    assert values_of(posting, "pay")[0].minimum == 50000
    assert values_of(posting, "requirements") == [
        "A steady hand with the long wooden peel, also at the end of a night that was a very Long one",
        "4+ years in a bakery",
    ]
    assert values_of(posting, "benefits") == ["Free bread"]


def test_bullets_that_are_drawn_and_no_letters_are_bullets() -> None:
    squares = " ".join(f"40 {y} 3 3 re f" for y in (728, 716))
    texts, _ = read_file(
        "a.pdf", pdf_bytes([["Night Baker", "Requirements", "A steady hand", "4+ years in a bakery", "We bake."]], drawn=f"{squares} ")
    )
    assert texts["a.pdf"].split("\n")[1:5] == ["Requirements", "• A steady hand", "• 4+ years in a bakery", "We bake."]


def test_a_pdf_is_known_by_its_beginning_whatever_its_name() -> None:
    assert list(read_file("posting", PDF)[0]) == ["posting"]


def test_a_pdf_that_anybody_may_open_is_read_although_it_is_encrypted() -> None:
    assert "Night Baker" in read_file("a.pdf", locked_pdf(PDF, ""))[0]["a.pdf"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (locked_pdf(PDF, "secret"), "is protected with a password; save it without one"),
        (b"", "is a damaged PDF"),
        (b"%PDF-1.7 and so on", "is a damaged PDF"),
        (PDF[:200], "is a damaged PDF"),
        (pdf_bytes([[]]), "has no text in it, perhaps only pictures"),
        (pdf_bytes([["x"]] * 61), "has more than 60 pages"),
    ],
    ids=["password", "empty", "beginning", "cut off", "no text", "long"],
)
def test_a_pdf_without_a_posting_is_refused_in_one_line(data: bytes, words: str) -> None:
    texts, refused = read_file("a.pdf", data)
    assert not texts
    assert refused["a.pdf"].startswith("a.pdf " + words)
    assert "; " in refused["a.pdf"]


@pytest.mark.parametrize(
    ("bound", "words"), [("_FILE_BOUND", "larger than"), ("_STEPS_BOUND", "more steps"), ("_TEXT_BOUND", "longer than")]
)
def test_what_is_above_a_bound_is_refused(monkeypatch: pytest.MonkeyPatch, bound: str, words: str) -> None:
    monkeypatch.setattr(pdf, bound, 10)
    assert words in read_file("a.pdf", PDF)[1]["a.pdf"]


@given(st.lists(st.tuples(st.integers(0, len(PDF) - 1), st.integers(0, 255)), max_size=12), st.integers(20, len(PDF)))
def test_any_damage_ends_in_a_text_or_a_refusal(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(PDF)
    for place, value in changes:
        data[place] = value
    texts, refused = read_file("a.pdf", bytes(data[:length]))
    assert len(texts) + len(refused) == 1
