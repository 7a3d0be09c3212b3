import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.pdf import Piece, to_piece, write_pdf_lines

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
