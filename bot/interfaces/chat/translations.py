"""The names and descriptions of commands in the languages that they are translated into."""

from bot.text.lexicon import read_lexicon

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
