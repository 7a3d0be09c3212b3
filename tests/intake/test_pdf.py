import pytest
from builders_files import locked_pdf, pdf_bytes, read_file
from builders_markup import read_markup_posting, values_of
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.pdf import Dot, Piece, Place, to_piece, unwrap, with_bullets, write_pdf_lines
from bot.text.clean import fold_space

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
    ("bound", "words"),
    [
        ("bot.intake.sources._DOCUMENT_BOUND", "larger than"),
        ("bot.intake.pdf._STEPS_BOUND", "more steps"),
        ("bot.intake.pdf._TEXT_BOUND", "longer than"),
    ],
)
def test_what_is_above_a_bound_is_refused(monkeypatch: pytest.MonkeyPatch, bound: str, words: str) -> None:
    monkeypatch.setattr(bound, 10)
    assert words in read_file("a.pdf", PDF)[1]["a.pdf"]


@given(st.lists(st.tuples(st.integers(0, len(PDF) - 1), st.integers(0, 255)), max_size=12), st.integers(20, len(PDF)))
def test_any_damage_ends_in_a_text_or_a_refusal(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(PDF)
    for place, value in changes:
        data[place] = value
    texts, refused = read_file("a.pdf", bytes(data[:length]))
    assert len(texts) + len(refused) == 1


BODY = Piece("We bake bread for forty towns along the river.\n", 10, is_bold=False)


def bold(text: str) -> Piece:
    return Piece(text, 10, is_bold=True)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([Piece("Needs\n", 14, is_bold=False)], "## Needs"),
        ([Piece("A baker for the night and for the day\n", 14, is_bold=False), Piece("in Lyon\n", 14, is_bold=False)],
         "## A baker for the night and for the day in Lyon"),
        ([Piece("Needs\nOffers\n", 14, is_bold=False)], "## Needs\n## Offers"),
        ([bold("Needs\n")], "**Needs**"),
        ([bold("Pay: "), Piece("5 an hour\n", 10, is_bold=False)], "Pay: 5 an hour"),
        ([bold("We bake rye\nand wheat\n")], "We bake rye\nand wheat"),
        ([bold("We bake.\n")], "We bake."),
        ([Piece("Rye  and\twheat\n", 10.5, is_bold=False)], "Rye and wheat"),
    ],
)  # fmt: skip
def test_lines_that_stand_out_are_headings(pieces: list[Piece], text: str) -> None:
    assert write_pdf_lines([*pieces, BODY]) == f"{text}\n{BODY.text}"


def test_where_most_is_bold_it_tells_nothing() -> None:
    assert write_pdf_lines([bold("Needs\n"), BODY, bold("We bake bread at night, and by day we sleep. " * 3)]).startswith("Needs\n")


@pytest.mark.parametrize("font", [None, {}, {"/BaseFont": "/ABCDEF+Lato-Bold"}])
def test_a_piece_has_its_size_as_it_is_seen(font: object) -> None:
    assert to_piece("x", [0.0, 2.0, -2.0, 0.0, 50, 50], font=font, size=7) == Piece("x", 14.0, is_bold=bool(font))


@given(st.lists(st.builds(Piece, st.text(st.sampled_from("ab.*\n "), max_size=9), st.sampled_from([0.0, 10.0, 14.0]), st.booleans())))
def test_no_letter_is_lost(pieces: list[Piece]) -> None:
    written = write_pdf_lines(pieces)
    assert [sign for sign in written if sign.isalpha()] == [sign for piece in pieces for sign in piece.text if sign.isalpha()]


FULL = "We bake bread for forty towns along the river, and the ovens are never"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{FULL}\nCold since then.", f"{FULL} Cold since then."),
        (f"{FULL}\ncold since then.", f"{FULL} cold since then."),
        (f"{FULL}\n• Rye\n• Wheat", f"{FULL}\n• Rye\n• Wheat"),
        (f"• {FULL}\nCold since then", f"• {FULL} Cold since then"),
        (f"Needs\n{FULL}\ncold.\nOffers\nBread", f"Needs\n{FULL} cold.\nOffers\nBread"),
        (f"{FULL}\n\ncold since then.", f"{FULL}\n\ncold since then."),
        ("Rye\nWheat\nSpelt", "Rye\nWheat\nSpelt"),
        (f"{FULL[:-5]} full-\ntime", f"{FULL[:-5]} full-time"),
        ("", ""),
    ],
)
def test_only_lines_that_were_broken_at_the_margin_are_joined(text: str, told: str) -> None:
    assert unwrap(text) == told


@given(st.text(st.sampled_from("ab •.\n "), max_size=400))
def test_no_word_is_lost_or_moved(text: str) -> None:
    assert fold_space(unwrap(text)).replace(" ", "") == fold_space(text).replace(" ", "")


def test_bullets_that_are_drawn_and_no_letters_are_bullets() -> None:
    squares = " ".join(f"40 {y} 3 3 re f" for y in (728, 716))
    texts, _ = read_file(
        "a.pdf", pdf_bytes([["Night Baker", "Requirements", "A steady hand", "4+ years in a bakery", "We bake."]], drawn=f"{squares} ")
    )
    assert texts["a.pdf"].split("\n")[1:5] == ["Requirements", "• A steady hand", "• 4+ years in a bakery", "We bake."]


def test_a_small_shape_before_words_is_their_bullet() -> None:
    place = Place(48, 160, 12)
    pieces = [Piece("Patience", 12, is_bold=False, place=place), Piece("with guests", 12, is_bold=False, place=place._replace(y=140))]
    marked = with_bullets(pieces, [Dot(33, 36, 164.5), Dot(33, 60, 400)])
    assert [piece.bullet_depth for piece in marked] == [0, None]
    assert write_pdf_lines(marked[:1]) == "• Patience"


def test_dots_farther_in_are_nested_deeper() -> None:
    pieces = [
        Piece("Pans", 12, is_bold=False, place=Place(48, 160, 12)),
        Piece("\n", 12, is_bold=False),
        Piece("Small ones", 12, is_bold=False, place=Place(78, 140, 12)),
    ]
    marked = with_bullets(pieces, [Dot(33, 36, 164), Dot(63, 66, 144)])
    assert write_pdf_lines(marked) == "• Pans\n  • Small ones"


@pytest.mark.parametrize(
    "dot", [Dot(100, 103, 164), Dot(33, 36, 190), Dot(1, 4, 164)], ids=["behind the words", "on another line", "far before them"]
)
def test_shapes_elsewhere_are_no_bullets(dot: Dot) -> None:
    pieces = [Piece("Pans", 12, is_bold=False, place=Place(48, 160, 12))]
    assert with_bullets(pieces, [dot])[0].bullet_depth is None


def test_words_with_a_bullet_of_their_own_get_no_second_one() -> None:
    pieces = [Piece("• Pans", 12, is_bold=False, place=Place(48, 160, 12))]
    assert write_pdf_lines(with_bullets(pieces, [Dot(33, 36, 164)])) == "• Pans"
