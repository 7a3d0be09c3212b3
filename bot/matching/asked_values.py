"""Values of a kind that a question names: "in pounds", "remote", "freelance"."""

from collections.abc import Collection

from bot.text.lexicon import read_lexicon


def find_asked_values(kind: str, words: Collection[str]) -> tuple[str, ...]:
    """
    Return the values of a kind (a table of data/lexicons/asked_values.toml) that the folded words name, each once.

    >>> find_asked_values("currencies", {"in", "pounds"}), find_asked_values("workplaces", {"pay"})
    (('GBP',), ())
    """
    return tuple(value for value, names in read_lexicon("asked_values")[kind].items() if not set(names.split()).isdisjoint(words))
