"""The fixed sentences of answers in the languages that a community types: gettext catalogues, read when a language is first needed."""

from functools import cache

from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.text.lexicon import data_directory

SPOKEN = ("en", "es", "de", "fr", "pt")
"""Languages that questions are understood in and answered in (ISO 639-1); the sentences in the code are the English ones."""


def language_of(locale: str) -> str:
    """
    Return the language of a locale that sentences are worded in, English for one that they are not translated into.

    >>> language_of("pt-BR"), language_of("nl")
    ('pt', 'en')
    """
    language = locale.partition("-")[0].lower()
    return language if language in SPOKEN else "en"


def say(message: str, locale: str = "en", /, **values: object) -> str:
    """
    Return a fixed sentence in a locale's language, with its values filled in, whole numbers as that language writes them.

    >>> say("The job is remote.", "de"), say("Yes"), say("{number} postings", "de", number=12000)
    ('Die Stelle ist remote.', 'Yes', '12.000 Anzeigen')
    """
    language = language_of(locale)
    words = message if language == "en" else read_catalogue(language).get(message, message)
    return words.format_map({name: _write(value, language) for name, value in values.items()}) if values else words


def say_of(label: str, told: str, *, locale: str) -> str:
    """
    Return what is told behind a label that is worded already.

    >>> say_of("Salaire", "5 €", locale="fr"), say_of("Pay", "$5", locale="en")
    ('Salaire : 5 €', 'Pay: $5')
    """
    return say("{label}: {told}", locale, label=label, told=told)


def _write(value: object, language: str) -> object:
    return str(format_decimal(value, locale=language)) if type(value) is int and value >= _WITHOUT_MARKS else value


_WITHOUT_MARKS = 1000
"""Below it all languages write numbers alike."""


@cache
def read_catalogue(language: str) -> dict[str, str]:
    """Return the sentences of a language by the English ones; what is not translated is left out."""
    with (data_directory() / "translations" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
