"""The pictures beside the names."""

import io

from PIL import Image

from bot.tryout.simulation import draw_letter


def test_a_letter_is_drawn_in_white_on_its_colour() -> None:
    picture = Image.open(io.BytesIO(draw_letter("R", "#2D7D6E"))).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(maxcolors=4096) or ()}
    assert {(0x2D, 0x7D, 0x6E), (255, 255, 255)} <= colours
    assert picture.getpixel((0, 0)) == (0x2D, 0x7D, 0x6E)


def test_two_letters_are_two_pictures() -> None:
    assert draw_letter("M", "#2D7D6E") != draw_letter("A", "#2D7D6E")
