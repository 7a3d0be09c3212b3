"""The fixed sentences of answers in the languages that a community types: gettext catalogues, read when a language is first needed."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from string import Formatter

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.text.gazetteer import find_named_country, name_country
from bot.text.lexicon import data_directory, read_lexicon

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

    Behind a number's name may stand two words of which it picks one: that of one, or of several.

    >>> say("The job is remote.", "de"), say("Yes"), say("{number} postings", "de", number=12000)
    ('Die Stelle ist remote.', 'Yes', '12.000 Anzeigen')
    >>> say("{number} {number:fits|fit}", number=1), say("{number} {number:fits|fit}", number=2)
    ('1 fits', '2 fit')
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


def say_each(parts: Iterable[str], *, locale: str) -> str:
    """
    Return what is told one behind the other, in a line.

    >>> say_each(["5 €", "6 €"], locale="fr"), say_each(["$5"], locale="en")
    ('5 € ; 6 €', '$5')
    """
    return say("{one}; {other}", locale, one="", other="").join(parts)


def retell(told: str, locale: str) -> str:
    """
    Return what was told in English where no reader is known, in a locale's language: a sentence is known again by its fixed words.

    What reads files does so in a process of its own, and what looks at boards writes down what came of it; both tell it in English.

    >>> retell("cook.md is empty; give the posting's whole text", "de"), retell("cook.md was eaten", "de")
    ('cook.md ist leer; gib den ganzen Text der Anzeige', 'cook.md was eaten')
    """
    language = language_of(locale)
    if language == "en" or not told:
        return told
    if told in read_catalogue(language):
        return say(told, locale)
    for message, parts in _messages_with_blanks(language):
        if all(part in told for part in parts) and (found := _pattern_of(message).fullmatch(told)) is not None:
            return say(message, locale, **{name: _retell_value(name, value, locale) for name, value in found.groupdict().items()})
    return told


def _retell_value(name: str, value: str, locale: str) -> str:
    return value if name == "name" and " " not in value else retell(value, locale)  # a file may be called as anything


_LEAST_FIXED = 6
"""Characters that a sentence must have beside its blanks, to be known again by them."""


@cache
def _messages_with_blanks(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the English sentences with blanks, each with its fixed parts, those with the longest first."""
    parts = {message: tuple(part for part, *_ in Formatter().parse(message) if part) for message in read_catalogue(language)}
    fixed = {message: sum(map(len, found)) for message, found in parts.items() if "{" in message}
    ranked = sorted((message for message, length in fixed.items() if length >= _LEAST_FIXED), key=lambda message: -fixed[message])
    return tuple((message, parts[message]) for message in ranked)


@cache
def _pattern_of(message: str) -> re.Pattern[str]:
    parsed = Formatter().parse(message)
    blanks = ((part, "" if not name else ".+?" if words else f"(?P<{name}>.+?)") for part, name, words, _ in parsed)
    return re.compile("".join(f"{re.escape(part)}{blank}" for part, blank in blanks), re.DOTALL)


def say_first(names: Iterable[str], more: int, *, locale: str) -> str:
    """
    Return names that begin a list, and behind them how many more it has, where it has any.

    >>> say_first(["Flex", "Nixtla"], 3, locale="en"), say_first(["Flex", "Nixtla"], 0, locale="en")
    ('Flex, Nixtla and 3 more', 'Flex, Nixtla')
    """
    named = ", ".join(names)
    return say("{names} and {number} more", locale, names=named, number=more) if more > 0 else named


def cut_items(items: Sequence[str], most: int, *, locale: str) -> tuple[str, ...]:
    """
    Return the first items of a list, and behind them how many more it has, where it has any.

    >>> cut_items(["bread", "tea", "fruit"], 1, locale="en"), cut_items(["bread"], 1, locale="en")
    (('bread', '… and 2 more.'), ('bread',))
    """
    more = len(items) - most
    return (*items[:most], say("… and {number} more.", locale, number=more)) if more > 0 else tuple(items)


class _Number(int):
    """A whole number as a language writes it; what stands behind a colon are the words for one and for several."""

    language = "en"

    def __format__(self, words: str) -> str:
        if words:
            return words.partition("|")[0 if Locale(self.language).plural_form(self) == "one" else 2]
        return str(format_decimal(self, locale=self.language)) if self >= _WITHOUT_MARKS else str(int(self))


def _write(value: object, language: str) -> object:
    if type(value) is not int:
        return value
    number = _Number(value)
    number.language = language
    return number


_WITHOUT_MARKS = 1000
"""Below it all languages write numbers alike."""


@cache
def read_catalogue(language: str) -> dict[str, str]:
    """Return the sentences of a language by the English ones; what is not translated is left out."""
    with (data_directory() / "translations" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


# What commands and their options are called in the languages that they are translated into.

_TABLES = {"de": "de", "es": "es-ES", "fr": "fr", "pt": "pt-BR"}
LOCALES = (*_TABLES.values(), "es-419")
"""Discord's tags; the Spanish of Latin America is told the same as that of Spain."""

_TYPED = ("search", "compare", "fit", "show")
"""Commands that are understood as text."""

_YES, _PER = "yes", re.compile(r"\ban? [a-z]+$")
_CALLED = {"fits": "fits-me"}
"""Options that the commands of Discord call otherwise than the text does."""


def find_translation(kind: str, word: str, *, locale: str) -> str | None:
    """
    Return the name or description that a command or option goes by; None where it keeps the English one.

    `kind` is names or descriptions; a subcommand goes by its group's name and its own: "posting add".

    >>> find_translation("names", "salary", locale="de"), find_translation("names", "salary", locale="ja")
    ('gehalt', None)
    """
    found: str | None = read_lexicon("discord_words")[kind].get(_TABLES.get(language_of(locale), ""), {}).get(word)
    return found


def name_command(words: str, locale: str) -> str:
    """
    Return a command that is written out as a locale's commands have it: its name, its options and the country; other words as they are.

    >>> name_command("/search role: baker · country: Germany", "de"), name_command("what does it pay?", "de")
    ('/suche rolle: baker · land: Deutschland', 'what does it pay?')
    """
    command = next((name for name in _TYPED if words.startswith(f"/{name} ")), None)
    if command is None:
        return words
    given = words.removeprefix(f"/{command} ")
    told = given if command != "search" else " · ".join(_name_option(one, locale) for one in given.split(" · "))
    return f"/{find_translation('names', command, locale=locale) or command} {told}"


def _name_option(option: str, locale: str) -> str:
    name, colon, value = option.partition(": ")
    code = find_named_country(value) if name == "country" else None
    called = find_translation("names", _CALLED.get(name, name), locale=locale)
    if code:
        value = name_country(code, locale).removeprefix("the ")
    elif name == "pay":
        value = _PER.sub(lambda found: say(found[0], locale), value)
    elif value == _YES:
        value = say("Yes", locale).lower()
    return f"{called or name}{colon}{value}"


def name_search(words: str, locale: str) -> str:
    """
    Return what a search is called: its options as the locale's commands have them, but for the order; plain words as they are.

    >>> name_search("/search role: baker · workplace: remote · sort: pay", "de"), name_search("remote jobs", "de")
    ('rolle: baker · arbeitsort: remote', 'remote jobs')
    """
    is_command, options = words.startswith("/search "), words.removeprefix("/search ").split(" · ")
    return " · ".join(_name_option(one, locale) for one in options if not one.startswith("sort: ")) if is_command else words


def read_named_command(words: str) -> str:
    """
    Return a command as it is written out in English, whatever the language that `name_command` wrote it in.

    >>> read_named_command("/suche rolle: baker · land: Deutschland"), read_named_command("was zahlt es?")
    ('/search role: baker · country: Deutschland', 'was zahlt es?')
    """
    name, _, given = words.partition(" ")
    command = _english_names().get(name.removeprefix("/")) if name.startswith("/") else None
    if command is None:
        return words
    options = (one.partition(": ") for one in given.split(" · "))
    yes = {say("Yes", locale).lower() for locale in SPOKEN}
    told = (f"{_english_options().get(option, option)}{colon}{_YES if value in yes else value}" for option, colon, value in options)
    return f"/{command} {given if command != 'search' else ' · '.join(told)}"


@cache
def _english_names() -> dict[str, str]:
    names = read_lexicon("discord_words")["names"]
    return {table[command]: command for table in names.values() for command in _TYPED}


@cache
def _english_options() -> dict[str, str]:
    names, called = read_lexicon("discord_words")["names"], {discord: text for text, discord in _CALLED.items()}
    return {table[option]: called.get(option, option) for table in names.values() for option in (*_OPTIONS, *called) if option in table}


_OPTIONS = ("role", "skills", "country", "workplace", "pay", "years", "contract", "degree", "visa", "company", "closed", "sort")
