"""The round pictures beside the names, drawn here: the simulated Discord has none of its own."""

import io
from collections.abc import Iterable

import discord
from PIL import Image, ImageDraw, ImageFont
from simcord import UserHandle

_AT = "https://cdn.simcord.invalid"
"""Where the simulation looks for pictures; should it look elsewhere one day, its own plain ones are shown."""

_SIDE, _LETTER_SIZE = 128, 76
_BOT_COLOUR = "#4752C4"
_COLOURS = ("#2D7D6E", "#B35C1E", "#8E44AD")

Pictures = dict[str, tuple[str, bytes]]
"""By address: the file name and the PNG."""


def draw_avatars(bot: discord.ClientUser, people: Iterable[UserHandle]) -> Pictures:
    """Draw the first letter of everybody's name: the bot's for its default picture, the people's for the ones they chose."""
    drawn = {f"{_AT}/embed/avatars/{bot.default_avatar.key}.png": draw_letter(bot.name[:1], _BOT_COLOUR)}
    for person, colour in zip(people, _COLOURS, strict=False):
        drawn[f"{_AT}/avatars/{person.id}/{person.avatar}.png"] = draw_letter((person.global_name or person.name)[:1], colour)
    return {address: (address.rpartition("/")[2], picture) for address, picture in drawn.items()}


def draw_letter(letter: str, colour: str) -> bytes:
    """Draw a white letter on a square of this colour (#RRGGBB), as PNG."""
    picture = Image.new("RGB", (_SIDE, _SIDE), colour)
    middle = _SIDE / 2
    ImageDraw.Draw(picture).text((middle, middle), letter, fill="white", font=ImageFont.load_default(_LETTER_SIZE), anchor="mm")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
