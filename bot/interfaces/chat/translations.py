"""The names and descriptions of commands in the languages that they are translated into."""

from bot.text.lexicon import read_lexicon

LOCALES = ("de", "es-ES", "fr", "pt-BR")


def find_translation(kind: str, word: str, *, locale: str) -> str | None:
    """
    Return the name or description that a command or option goes by; None where it keeps the English one.

    `kind` is names or descriptions; a description is found by its command's name, or by the option's and "option".

    >>> find_translation("names", "salary", locale="de"), find_translation("names", "salary", locale="ja")
    ('gehalt', None)
    """
    found: str | None = read_lexicon("discord_words")[kind].get(locale, {}).get(word)
    return found
