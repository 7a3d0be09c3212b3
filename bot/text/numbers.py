"""Numbers in all the ways that postings spell them: `1,200.50`, `1.200,50`, `1'200`, `1 200`, `120k`, `five`."""

import re

from bot.text.alternation import one_of
from bot.text.lexicon import read_lexicon

_WORDS: dict[str, int] = read_lexicon("number_words")["counts"]
_SCALES: dict[str, int] = read_lexicon("number_words")["scales"]
_SPACES = " \u00a0\u202f\u2009"

NUMBER = (
    r"(?<!\d)(?<!\d[.,])(?:"
    r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?"
    r"|\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,2})?"
    r"|\d{1,3}(?:['’]\d{3}){1,4}(?:[.,]\d{1,2})?"
    rf"|\d{{1,3}}(?:[{_SPACES}]\d{{3}}){{1,4}}(?:[.,]\d{{1,2}})?"
    r"|\d{1,2}(?:,\d{2}){1,4},\d{3}(?:\.\d{1,2})?"
    r"|\d{1,12}(?:[.,]\d{1,2})?"
    r")(?![.,]?\d)"
)
"""The source of a pattern for one figure, thousands grouped by commas, full stops, apostrophes, spaces or in the Indian way."""

SCALE = one_of(_SCALES)
"""The source of a pattern for what multiplies a figure: `k`, `million`, `lakh`."""

COUNT = rf"(?:\d{{1,2}}(?:[.,]\d)?|{one_of(_WORDS)})"
"""The source of a pattern for a small number, in digits or as a word."""

_THOUSANDS = re.compile(rf"(?<=\d)[.,'’{_SPACES}](?=\d{{3}}(?!\d))")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")


def read_number(written: str, scale: str | None = None) -> float:
    """
    Return the figure that is written, times its scale.

    Three digits after the last sign are thousands, one or two are a fraction.

    >>> read_number("1,200.50"), read_number("1.200,50"), read_number("1'200"), read_number("1 200"), read_number("12,00,000")
    (1200.5, 1200.5, 1200.0, 1200.0, 1200000.0)
    >>> read_number("1.5"), read_number("120", "k"), read_number("4,5", "lakhs")
    (1.5, 120000.0, 450000.0)
    """
    figure = written if written.isdecimal() else written.replace(",", "") if _INDIAN.match(written) else _THOUSANDS.sub("", written)
    value = float(figure.replace(",", "."))
    return round(value * _SCALES[scale.casefold()], 2) if scale else value


def read_count(written: str) -> float:
    """
    Return a small number written in digits or as a word of five languages.

    Raises ValueError for what is no such number: match it with COUNT first.

    >>> read_count("five"), read_count("Drei"), read_count("1,5")
    (5.0, 3.0, 1.5)
    """
    word = written.casefold()
    return float(_WORDS[word] if word in _WORDS else word.replace(",", "."))
