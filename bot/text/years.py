"""Numbers of years of experience in a sentence: `5+ years`, `five (5) years`, `3 to 5 yrs`, `mindestens 3 Jahre`."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bot.text.alternation import one_of
from bot.text.document import Document, Line
from bot.text.lexicon import read_lexicon
from bot.text.numbers import COUNT, read_count
from bot.text.signs import read_whole, to_lower

_LEXICON = read_lexicon("experience_words")
_IN_FIGURES = r"(?:\(\s?\d{1,2}\s?\+?\s?\)\s?)?"
_OR_MORE = r"(?:\+|plus\b|or more\b|ou mais\b|o más\b|oder mehr\b)?"
_YEAR = one_of(_LEXICON["units"]["year"])
_MONTH = one_of(_LEXICON["units"]["month"])
_SPAN = re.compile(
    rf"(?<![\w$€£.,/])(?P<low>{COUNT})\s{{0,2}}{_IN_FIGURES}{_OR_MORE}\s{{0,2}}"
    rf"(?:(?:[-–—−‑~]|(?:to|bis|a|à|until|até|or|and|und|do)\b)\s{{0,2}}(?P<high>{COUNT})\s?{_IN_FIGURES}\+?)?\s{{0,2}}"
    rf"(?:or more\s|full\s|solid\s|plus\s|total\s)?-?(?:(?P<year>{_YEAR})|(?P<month>{_MONTH}))\.?(?:['’]s?)?(?![\w/])",
)
_UNIT = re.compile(f"{_YEAR}|{_MONTH}")
"""Both are for lower case."""

_UNITS: frozenset[str] = frozenset(_LEXICON["units"]["signs"])
_PIECES: tuple[str, ...] = tuple(_LEXICON["units"]["pieces"])
_EXPERIENCE = re.compile(rf"(?<!\w)(?:{one_of(_LEXICON['experience']['words'])})(?!\w)", re.IGNORECASE)
_FOLLOWER = re.compile(rf"\W{{0,4}}(?:{one_of(_LEXICON['experience']['followers'])}|[a-z]{{3,20}}ing)(?!\w)", re.IGNORECASE)
_OTHER_BEHIND = re.compile(rf"[\s-]{{0,2}}(?:\w{{1,12}}\s){{0,1}}(?:{one_of(_LEXICON['other']['behind'])})(?!\w)", re.IGNORECASE)
_OTHER_BEFORE = re.compile(rf"(?<!\w)(?:{one_of(_LEXICON['other']['before'])})\s(?:the\s)?(?:\w{{1,8}}\s)?$", re.IGNORECASE)
_AT_LEAST = re.compile(r"\b(?:for|at least|minimum(?: of)?|mindestens|au moins|al menos|pelo menos)\s$", re.IGNORECASE)
_LOOK_BACK = 90
_LOOK_AHEAD = 110
_MONTHS_IN_YEAR = 12
_MOST = 25
"""Years: nobody is asked for more; a larger number is a company's age."""

_MOST_NUMBERS = 10
"""Numbers of years in one sentence; nobody writes more."""

_MOST_LINES = 30
"""Lines with years that are read: of 1,500 postings none has more than 9."""


class YearSpan(NamedTuple):
    """A number of years at text[start:end]; of a range the lower end."""

    years: float
    start: int
    end: int
    names_experience: bool
    """Whether a word such as "experience" stands near it."""

    says_of_what: bool
    """Whether words such as "as" or "building" follow it."""


def find_lines_with_years(document: Document) -> list[Line]:
    r"""
    Return the first lines that may hold a number of years.

    >>> from bot.text.lines import read_lines
    >>> document = Document(None, None, None, None, read_lines("* 5 Years\n* five days"))
    >>> [line.text for line in find_lines_with_years(document)]
    ['5 Years']
    """
    return read_whole(document).lines_with(_UNITS, also=_PIECES)[:_MOST_LINES]


def find_year_spans(text: str) -> Iterator[YearSpan]:
    """
    Yield the numbers of years in a sentence that may be years of experience, in order.

    Not those of ages, contracts, vesting, degrees, nor "for the past 10 years".

    >>> [span.years for span in find_year_spans("Five (5) years of experience, 3-4 yrs in Go")]
    [5.0, 3.0]
    >>> list(find_year_spans("We grew for the past 10 years; a 4-year degree; 18 years old"))
    []
    """
    lowered = to_lower(text)
    if not _UNIT.search(lowered):
        return
    for match in islice(_SPAN.finditer(lowered), _MOST_NUMBERS):
        years = read_count(match["low"]) / (_MONTHS_IN_YEAR if match["month"] else 1)
        before, behind = text[max(0, match.start() - _LOOK_BACK) : match.start()], text[match.end() : match.end() + _LOOK_AHEAD]
        if years > _MOST or _OTHER_BEHIND.match(behind) or _OTHER_BEFORE.search(before):
            continue
        named = bool(_EXPERIENCE.search(match[0] + behind) or _EXPERIENCE.search(before))
        of_what = match["year"] is not None and _FOLLOWER.match(behind) is not None
        if named or of_what or _AT_LEAST.search(before):
            yield YearSpan(years=years, start=match.start(), end=match.end(), names_experience=named, says_of_what=of_what)
