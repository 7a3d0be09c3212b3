"""What stands in cards and forms, compared between languages."""

import re
from collections.abc import Iterator

from bot.presentation.card import Card, CheckField, ChoiceField, FileField, Form, TextField
from bot.text.translations import SPOKEN, read_catalogue

TAGS = {"es": "es-419", "de": "de", "fr": "fr", "pt": "pt-BR"}
"""A locale of Discord's for each language but English."""

assert set(TAGS) == set(SPOKEN) - {"en"}

_WORD = re.compile(r"[^\W\d_]{3,}")
_GIVEN = re.compile(r"`[^`]*`|<[^<>]*>|https?://\S+|“[^“”]*”")


def texts_of(shown: Card | Form) -> Iterator[str]:
    """Yield each line and label that is read."""
    if isinstance(shown, Form):
        yield shown.title
        for one in shown.fields:
            yield from _texts_of_field(one)
        return
    blocks = (shown.title, shown.body, shown.note, shown.footer, *(entry.body for entry in shown.entries))
    yield from (line for block in blocks if block for line in block.split("\n"))
    yield from (control.label for control in (*(one for row in shown.rows for one in row), *(entry.control for entry in shown.entries)))


def _texts_of_field(field: TextField | FileField | CheckField | ChoiceField) -> Iterator[str]:
    yield from (field.label, field.hint)
    if isinstance(field, ChoiceField):
        yield from (name for name, _ in field.choices)


def left_in_english(english: Card | Form, translated: Card | Form, *, language: str, given: tuple[str, ...] = ()) -> list[str]:
    """
    Return what reads the same in both, and what holds an English sentence of the catalogue; `given` are words that nobody translates.

    A line without words, or of given ones alone, may read the same; so may a word that both languages have.
    """
    both = {english for english, own in read_catalogue(language).items() if english == own}
    same = [text for text in texts_of(translated) if text in set(texts_of(english)) and _has_words(text, given) and text not in both]
    told = "\n".join(texts_of(translated))
    sentences = [message for message, own in read_catalogue(language).items() if message not in own and len(message.split()) > 3]
    return same + [message for message in sentences if message in told]


def _has_words(text: str, given: tuple[str, ...]) -> bool:
    text = _GIVEN.sub(" ", text)
    for words in given:
        text = text.replace(words, " ")
    return _WORD.search(text) is not None
