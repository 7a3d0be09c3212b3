"""The languages that a server's answers may be written for: Discord's, by their own names."""

from functools import cache

from bot.text.clean import fold
from bot.text.gazetteer import form_of
from bot.text.lexicon import read_lexicon

LANGUAGES = (
    "en-US", "en-GB", "de", "es-ES", "es-419", "fr", "pt-BR", "bg", "cs", "da", "el", "fi", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt",
    "nl", "no", "pl", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
)  # fmt: skip
"""Tags as Discord has them."""

AS_EACH_READER_HAS_IT = "as each reader has it"


def name_language(tag: str) -> str:
    """
    Return what a language is called in itself.

    >>> name_language("pt-BR"), name_language("de")
    ('português (Brasil)', 'Deutsch')
    """
    form = form_of(tag)
    country = tag.partition("-")[2]
    name = str(form.languages.get(form.language, form.language))
    return f"{name} ({form.territories[country]})" if country else name


def language_choices(typed: str, most: int = 25) -> list[tuple[str, str]]:
    """
    Return languages to offer while one is typed, as they are shown and as they are sent; nothing typed offers the first ones.

    >>> language_choices("deu"), language_choices("portug")
    ([('Deutsch', 'de')], [('português (Brasil)', 'pt-BR')])
    """
    wanted = fold(typed)
    offered = [(AS_EACH_READER_HAS_IT, AS_EACH_READER_HAS_IT), *((name_language(tag), tag) for tag in LANGUAGES)]
    return [(name, tag) for name, tag in offered if wanted in fold(name) or wanted in fold(_english_name(tag)) or fold(tag) == wanted][
        :most
    ]


def find_language(typed: str) -> str | None:
    """
    Return the tag of a language by its tag, its own or English name or a part of one, None if no language is meant, or several may be.

    >>> find_language("DE"), find_language("german"), find_language("Norwegian"), find_language("Klingon") is None
    ('de', 'de', 'no', True)
    """
    choices = language_choices(typed)
    return _tags().get(fold(typed)) or (choices[0][1] if len(choices) == 1 and choices[0][1] in LANGUAGES else None)


@cache
def _tags() -> dict[str, str]:
    tags = {fold(name): tag for tag in reversed(LANGUAGES) for name in (_english_name(tag), name_language(tag))}
    return tags | {fold(tag): tag for tag in LANGUAGES}


def _english_name(tag: str) -> str:
    form = form_of(tag)
    return str(form_of("en").languages.get(form.language, tag))


# The names and descriptions of commands in the languages that they are translated into.

LOCALES = ("de", "es-ES", "fr", "pt-BR")


def find_translation(kind: str, word: str, *, locale: str) -> str | None:
    """
    Return the name or description that a command or option goes by; None where it keeps the English one.

    `kind` is names or descriptions; a subcommand goes by its group's name and its own: "posting add".

    >>> find_translation("names", "salary", locale="de"), find_translation("names", "salary", locale="ja")
    ('gehalt', None)
    """
    found: str | None = read_lexicon("discord_words")[kind].get(locale, {}).get(word)
    return found


def find_option_description(command: str, option: str, *, locale: str) -> str | None:
    """
    Return the description of a command's option, or of the option of that name wherever it has none of its own.

    >>> find_option_description("salary", "company", locale="fr")
    "L'entreprise, même mal tapée ; derrière deux-points, le poste"
    """
    own = find_translation("descriptions", f"{command} {option} option", locale=locale)
    return own or find_translation("descriptions", f"{option} option", locale=locale)
