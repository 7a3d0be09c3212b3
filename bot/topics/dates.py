"""When a posting was published and up to when one may apply, where it states the day; told with how to apply."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import NamedTuple

from babel import Locale

from bot.domain.facts import Quote
from bot.text.clean import fold
from bot.text.document import HEADING, PROSE, Document, Line
from bot.text.lexicon import one_of, read_lexicon
from bot.text.markup import read_markup
from bot.text.prefilter import to_lower

_LEXICON = read_lexicon("date_words")
_LANGUAGES = ("en", "de", "fr", "es", "pt")
_MONTHS_IN_YEAR = 12
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_FEWEST_LETTERS = 3

# Dates as they are written.

_YEAR = r"(?P<year>(?:20)\d{2})"
_ISO = re.compile(rf"(?<![\d-]){_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)")
_FIGURES = re.compile(rf"(?<![\d.,/-])(?P<first>\d{{1,2}})(?P<sign>[./-])\s?(?P<second>\d{{1,2}})(?P=sign)\s?{_YEAR}(?![\d-])")
_ORDINAL = r"(?:st|nd|rd|th|er|º|°|\.)?"
_DAY_FIRST = re.compile(
    rf"(?<![\d.,/-])(?P<day>\d{{1,2}}){_ORDINAL}[\s-]{{1,2}}(?:of\s|de\s|d['’]\s?)?(?P<month>[^\W\d_]{{3,12}})\.?,?[\s-]{{1,2}}(?:de\s|del\s)?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"(?<!\w)(?P<month>[^\W\d_]{{3,12}})\.?\s{{1,2}}(?P<day>\d{{1,2}}){_ORDINAL},?\s{{1,2}}{_YEAR}")


def read_date(text: str) -> date | None:
    """
    Return the first day that a text names with its year; None for one that may be read in two ways.

    >>> [str(read_date(text)) for text in ("5 March 2026", "March 5th, 2026", "05.03.2026", "2026-03-05T09:00", "13/03/2026")]
    ['2026-03-05', '2026-03-05', '2026-03-05', '2026-03-05', '2026-03-13']
    >>> read_date("05/03/2026") is None, read_date("5 March") is None
    (True, True)
    """
    found = [(match.start(), day) for pattern, read in _FORMS for match in pattern.finditer(text) if (day := read(match))]
    return min(found)[1] if found else None


def _read_iso(match: re.Match[str]) -> date | None:
    return _to_date(match["year"], int(match["month"]), match["day"])


def _read_figures(match: re.Match[str]) -> date | None:
    """Read figures with the same sign between: days come first before dots; with other signs only where one can be no month."""
    first, second = int(match["first"]), int(match["second"])
    if match["sign"] == "." or first > _MONTHS_IN_YEAR or first == second:
        return _to_date(match["year"], second, first)
    return _to_date(match["year"], first, second) if second > _MONTHS_IN_YEAR else None


def _read_words(match: re.Match[str]) -> date | None:
    month = _months().get(fold(match["month"]))
    return _to_date(match["year"], month, match["day"]) if month else None


def _to_date(year: str, month: int, day: str | int) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


_FORMS = ((_ISO, _read_iso), (_FIGURES, _read_figures), (_DAY_FIRST, _read_words), (_MONTH_FIRST, _read_words))


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its names, whole and short, in the languages that are read."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).months["format"][width].items():
                if len(key := fold(name).strip(".")) >= _FEWEST_LETTERS:
                    found[key] = int(number)
    return found | {"sept": 9}


# What a date in a posting is.


class DateKind(StrEnum):
    """What happens on a day."""

    POSTED = "posted"
    CLOSES = "closes"


class StatedDate(NamedTuple):
    """A day that a posting states, with the words that do."""

    kind: DateKind
    day: date
    quote: Quote

    def __str__(self) -> str:
        """Say it: "Closes on 2026-05-30"."""
        return f"{self.kind.value.capitalize()} on {self.day.isoformat()}"


_KIND_WORDS = {kind: re.compile(rf"(?<!\w)(?:{one_of(_LEXICON[kind.value]['words'])})(?!\w)") for kind in DateKind}
_NEEDS = frozenset(_LEXICON["closes"]["needs_applying"])
_APPLYING = re.compile(one_of(_LEXICON["closes"]["applying"]))
_OTHER = re.compile(rf"(?<!\w)(?:{one_of(_LEXICON['other']['words'])})")
_BETWEEN = re.compile(
    r"[\"'\s:=>*_|!()-]{0,12}(?:(?:is|on|by|the|at|of|am|le|el|em|o|a|this|for|position|job|posting|announcement|role|timestamp|den|dem"
    r"|\w{2,12}day)[\s:,'\"]{0,3}){0,6}\W{0,6}$"
)
_YEAR_SIGN = "20"
_LONGEST = 400
_MOST = 40
_PERIOD = re.compile(r"\s?(?:-|–|to|bis|au|a|al|até|through)\s?$")
"""Between the two days of an announcement that is open from one to the other."""


def find_dates(document: Document) -> Iterator[StatedDate]:
    """
    Yield the days on which the posting says that it was published and that it closes, in its order.

    >>> from bot.text.lines import read_lines
    >>> def read(text):
    ...     return [(stated.kind.value, str(stated.day)) for stated in find_dates(Document(None, None, None, None, read_lines(text)))]
    >>> read("Posted: 2 May 2026. Applications close on May 30, 2026.")
    [('posted', '2026-05-02'), ('closes', '2026-05-30')]
    >>> read("We start on 1 June 2026, in business since 1 May 2003.")
    []
    """
    for line in islice((line for line in document.lines if _YEAR_SIGN in line.text and line.kind is not HEADING), _MOST):
        yield from _read_line(line)


def _read_line(line: Line) -> Iterator[StatedDate]:
    whole = [(0, len(line.text))]
    spans = whole if len(line.text) <= _LONGEST else [(sentence.start, sentence.end) for sentence in line.sentences]
    for start, end in spans:
        yield from _read_sentence(line, start, end)


def _read_sentence(line: Line, start: int, end: int) -> Iterator[StatedDate]:
    text = line.text[start:end]
    lowered = to_lower(text)
    days = sorted((match.start(), match.end(), day) for pattern, read in _FORMS for match in pattern.finditer(text) if (day := read(match)))
    after, last = 0, None
    for first, stop, day in days:
        before = lowered[after:first]
        kind = _kind_of(before, lowered)
        if kind is None and last is DateKind.POSTED and _PERIOD.fullmatch(before):
            kind = DateKind.CLOSES
        if kind is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR:
            yield StatedDate(kind, day, line.quote(start, end))
        after, last = stop, kind


def _kind_of(before: str, sentence: str) -> DateKind | None:
    """Return what the words right before a date say that it is, None where they speak of something else."""
    named = [(match.end(), len(match[0]), kind, match[0]) for kind, words in _KIND_WORDS.items() for match in words.finditer(before)]
    if not named:
        return None
    end, _, kind, words = max(named)
    if not _BETWEEN.fullmatch(before, end) or _OTHER.search(before):
        return None
    if words == "date" and before[:end].strip(" *_\"'-") != "date":
        return None
    return None if words in _NEEDS and not _APPLYING.search(sentence) else kind


def dates_in(quotes: Iterable[str]) -> dict[DateKind, date]:
    """
    Return the days that a posting's own words state, the first of each kind.

    >>> {kind.value: str(day) for kind, day in dates_in(["Closing date: 30 May 2026"]).items()}
    {'closes': '2026-05-30'}
    """
    found: dict[DateKind, date] = {}
    for quote in quotes:
        for stated in _read_line(Line(0, read_markup(quote), PROSE)):
            found.setdefault(stated.kind, stated.day)
    return found
