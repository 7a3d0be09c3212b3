"""Every command and option is translated within what Discord takes."""

import re

import pytest

from bot.text.lexicon import read_lexicon
from bot.text.translations import LOCALES, find_translation
from bot.topics import TOPICS

COMMANDS = [
    *(topic.command for topic in TOPICS),
    "ask",
    "search",
    "compare",
    "fit",
    "postings",
    "help",
    "privacy",
    "settings",
    "about",
    "setup",
    "watch",
    "watches",
]
ACROSS = ["role", "pay", "currency", "period", "years", "degree", "sponsors", "sort", "first", "second", "third", "fourth", "fifth"]
OPTIONS = [
    "company",
    "country",
    "question",
    "admin_role",
    "answers",
    "notices",
    "feed",
    "language",
    "reset",
    "workplace",
    "pace",
    "channel",
    "mention",
    *ACROSS,
]

SUBCOMMANDS = ["posting", "posting add"]
ADDING = {*SUBCOMMANDS, "Add as posting", "file", "url", "posting add file option", "posting add url option"}
_KEPT_BY = ("edit", "remove", "restore", "list", "history", "import", "export")
KEEPING = {
    *(f"posting {name}" for name in _KEPT_BY),
    *(name for option in ("show", "form") for name in (option, f"{option} option")),
    "posting option",
    "posting list company option",
    "posting import file option",
}
FOLLOWING = {
    *("board", "board add", "board list", "board check", "board pause", "board remove"),
    *("board option", "board add url option", "board add role option"),
    *(name for option in ("closed", "place", "review") for name in (option, f"{option} option")),
}
WATCHING = {"watch company", "watch search", "watch company company option"}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_command_and_option_has_a_name_and_a_description(locale: str) -> None:
    names = [find_translation("names", word, locale=locale) for word in COMMANDS]
    assert all(name and re.fullmatch(r"[-_\w]{1,32}", name) and name == name.lower() for name in names)
    assert len(names) == len(set(names))
    described = [find_translation("descriptions", word, locale=locale) for word in (*COMMANDS, *(f"{option} option" for option in OPTIONS))]
    assert all(description and len(description) <= 100 for description in described)
    assert all(find_translation("names", option, locale=locale) for option in OPTIONS)


def test_there_is_nothing_that_no_command_is_called() -> None:
    known = {
        "fits-me",
        "fits-me option",
        "fits_me option",
        "skills option",
        "contract option",
        *COMMANDS,
        *ADDING,
        *KEEPING,
        *FOLLOWING,
        *WATCHING,
        *OPTIONS,
        *(f"{option} option" for option in OPTIONS),
    }
    for kind in ("names", "descriptions"):
        tables = read_lexicon("discord_words")[kind]
        assert set(tables) == {locale for locale in LOCALES if locale != "es-419"}  # which is told the same as es-ES
        assert all(set(table) <= known for table in tables.values())


def test_latin_america_reads_spanish_too() -> None:
    assert find_translation("names", "salary", locale="es-419") == find_translation("names", "salary", locale="es-ES")
