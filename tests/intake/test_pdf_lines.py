import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.pdf import Dot, Piece, Place, to_piece, with_bullets, write_pdf_lines

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
