"""Numbers in all the ways that postings spell them: `1,200.50`, `1.200,50`, `1'200`, `1 200`, `120k`, `five`."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from math import inf
from typing import NamedTuple

from bot.domain.facts import Period
from bot.text.clean import fold
from bot.text.document import Document, Line, read_once
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.prefilter import by_beginning, read_whole, to_lower
from bot.text.technologies import find_technologies
from bot.text.words import read_words

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
    r"|\d{1,3}, (?:000|\d{3}(?=\s?(?:(?:[-–—]|to|and|bis|und|à|et|y|e)\s?\d{1,3}, \d{3}(?!\d)"
    r"|[€£$]|(?:[A-Z]{3}|euros?|pounds|dollars|an?|per)\b)))"
    r"|\d{1,12}(?:[.,]\d{1,2})?"
    r")(?![.,]?\d)"
)
"""The source of a pattern for one figure, thousands grouped by commas, full stops, apostrophes, spaces or in the Indian way."""

SCALE = one_of(_SCALES)
"""The source of a pattern for what multiplies a figure: `k`, `million`, `lakh`."""

COUNT = rf"(?:\d{{1,2}}(?:[.,]\d)?|{one_of(_WORDS)})"
"""The source of a pattern for a small number, in digits or as a word."""

_THOUSANDS = compile_later(lambda: rf"(?<=\d)(?:, |[.,'’{_SPACES}])(?=\d{{3}}(?!\d))")
_INDIAN = compile_later(r"\d{1,2}(?:,\d{2})+,\d{3}")


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


# What an amount is paid for: the words for hours, days, weeks, months and years around it.

_LEXICON = read_lexicon("pay_words")["periods"]
_UNITS: dict[str, Period] = {word: Period(period) for period, words in _LEXICON["units"].items() for word in words}
_ADVERBS: dict[str, Period] = {word: Period(period) for period, words in _LEXICON["adverbs"].items() for word in words}
_LEAST_ALONE = 3
"""Letters: a shorter word for a period ("pa", "ph") only counts right behind an amount."""
_PER_UNIT = (
    rf"(?:/|\b(?:{one_of([word for word in _LEXICON['per'] if word != '/'])})(?:(?<=')|(?=\s)))\s?(?P<unit>{one_of(list(_UNITS))})(?!\w)"
)
_BEHIND = compile_later(
    lambda: (
        rf"(?:[\s(,*/]{{0,3}}(?:{one_of(_LEXICON['between'])})(?!\w)){{0,3}}\)?[\s(,*]{{0,3}}(?:{_PER_UNIT}|[/(-]?\s?(?P<adverb>{one_of(list(_ADVERBS))})(?!\w))"
    ),
    re.IGNORECASE,
)
_AROUND = compile_later(
    lambda: rf"{_PER_UNIT}|\b(?P<adverb>{one_of([word for word in _ADVERBS if len(word) >= _LEAST_ALONE])})(?!\w)",
)
"""For lower case."""

_WORD = compile_later(r"\w+")
_FIRST_WORD = compile_later(r"\W{0,12}(\w+)")
_SIGNS = frozenset(_WORD.findall(words)[0] for words in (*_UNITS, *_ADVERBS))
"""The words that those begin with."""

_FIRST_SIGNS = _SIGNS.union(*(_WORD.findall(words)[:1] for words in (*_LEXICON["per"], *_LEXICON["between"])))
"""The words that `_BEHIND` begins with."""


def read_period_behind(text: str, at: int) -> tuple[Period, int] | None:
    """
    Return the period that stands right behind an amount, and where its words end.

    >>> read_period_behind("$50 / hr", 3), read_period_behind("55.000 brutto im Jahr", 6), read_period_behind("$5 in cash", 2)
    ((<Period.HOUR: 'hour'>, 8), (<Period.YEAR: 'year'>, 21), None)
    """
    first = _FIRST_WORD.match(text, at)
    match = _BEHIND.match(text, at) if first and first[1].lower() in _FIRST_SIGNS else None
    return (_to_period(match), match.end()) if match else None


def find_scale_period(scale: str | None) -> Period | None:
    """
    Return the period that a scale has in itself: lakhs per annum.

    >>> find_scale_period("LPA"), find_scale_period("k")
    (<Period.YEAR: 'year'>, None)
    """
    return _ADVERBS.get(scale.casefold()) if scale else None


def find_periods(text: str) -> list[tuple[Period, int]]:
    """
    Return the periods that a text names, and where.

    >>> find_periods("Annual base pay, paid per month")
    [(<Period.YEAR: 'year'>, 0), (<Period.MONTH: 'month'>, 22)]
    """
    lowered = to_lower(text)
    if _SIGNS.isdisjoint(_WORD.findall(lowered)):
        return []
    return [(_to_period(match), match.start()) for match in _AROUND.finditer(lowered)]


def _to_period(match: re.Match[str]) -> Period:
    return _UNITS[match["unit"].casefold()] if match["unit"] else _ADVERBS[match["adverb"].casefold()]


# Numbers of years of experience in a sentence: `5+ years`, `five (5) years`, `3 to 5 yrs`, `mindestens 3 Jahre`.

_YEARS_LEXICON = read_lexicon("experience_words")
_IN_FIGURES = r"(?:\(\s?\d{1,2}\s?\+?\s?\)\s?)?"
_OR_MORE = r"(?:\+|plus\b|or more\b|ou mais\b|o más\b|oder mehr\b)?"
_YEAR = rf"{one_of(_YEARS_LEXICON['units']['year'])}|(?<=[\d+])y"
"""With a letter alone only right behind a figure: "5y+", for in Spanish it is "and"."""

_MONTH = one_of(_YEARS_LEXICON["units"]["month"])
_ONE_YEAR = (
    rf"(?:{'|'.join(f'(?<={words} )' for words in _YEARS_LEXICON['units']['least'])})(?:{one_of(_YEARS_LEXICON['units']['single'])})"
)
"""The article of "at least a year"."""

_SPAN = compile_later(
    lambda: (
        rf"(?<![\w$€£.,/])(?<!\d[-–—])(?P<low>{COUNT}|{_ONE_YEAR}(?=\s))\s{{0,2}}{_IN_FIGURES}{_OR_MORE}\s{{0,2}}"
        rf"(?:(?:[-–—−‑~]|(?:to|bis|a|à|until|até|or|and|und|do)\b)\s{{0,2}}(?P<high>{COUNT})\s?{_IN_FIGURES}\+?)?\s{{0,2}}"
        rf"(?:(?:or more|full|solid|plus|total|of)\s)?(?P<joined>-\s?)?(?:(?P<year>{_YEAR})|(?P<month>{_MONTH}))\.?(?:['’]s?)?(?![\w/])"
    ),
)
"""For lower case."""

_YEARS_UNITS: frozenset[str] = frozenset(_YEARS_LEXICON["units"]["signs"])
_PIECES = by_beginning(piece for piece in _YEARS_LEXICON["units"]["pieces"] if " " in piece)
_GLUED: tuple[str, ...] = tuple(piece for piece in _YEARS_LEXICON["units"]["pieces"] if " " not in piece)
_EXPERIENCE = compile_later(lambda: rf"(?<!\w)(?:{one_of(_YEARS_LEXICON['experience']['words'])})(?!\w)", re.IGNORECASE)
_FOLLOWER = compile_later(
    lambda: rf"\W{{0,4}}(?:{one_of(_YEARS_LEXICON['experience']['followers'])}|[a-z]{{3,20}}ing)(?!\w)", re.IGNORECASE
)
_OTHER_BEHIND = compile_later(
    lambda: rf"[\s-]{{0,2}}(?:\w{{1,12}}\s){{0,1}}(?:{one_of(_YEARS_LEXICON['other']['behind'])})(?!\w)|\s?running\s?(?:[.,;)]|$)",
    re.IGNORECASE,
)
_SCHOOLING_BEHIND = compile_later(
    lambda: rf"\s(?:[a-zà-ÿ]{{2,20}}[\s-]){{0,3}}(?:{one_of(_YEARS_LEXICON['other']['of_schooling'])})(?!\w|\s\w{{1,15}}\sexperience)",
    re.IGNORECASE,
)
"""Behind "4-year", which tells of what a noun is."""

_OTHER_BEFORE = compile_later(
    lambda: rf"(?<!\w)(?:{one_of(_YEARS_LEXICON['other']['before'])})\s(?:the\s)?(?:\w{{1,8}}\s)?$", re.IGNORECASE
)
_OTHER_CLAUSE = compile_later(
    lambda: rf"(?<!\w)(?:{one_of(_YEARS_LEXICON['other']['clause'])})(?!\w)[^.;:]{{0,50}}:?[^.;:]{{0,12}}$", re.IGNORECASE
)
_RIGHT_BEHIND = 40
"""Characters: where experience is named this close behind years, they are years of it, whatever the clause is about."""

_AT_LEAST = compile_later(r"\b(?:for|at least|minimum(?: of)?|mindestens|au moins|al menos|pelo menos)\s$", re.IGNORECASE)
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


@read_once
def find_lines_with_years(document: Document) -> list[Line]:
    r"""
    Return the first lines that may hold a number of years.

    >>> from bot.text.lines import read_lines
    >>> document = Document(None, None, None, None, read_lines("* 5 Years\n* five days"))
    >>> [line.text for line in find_lines_with_years(document)]
    ['5 Years']
    """
    whole = read_whole(document)
    pieces = (*filter(whole.odd.__contains__, _GLUED), *whole.pieces_held(_PIECES))
    return whole.lines_with(_YEARS_UNITS, also=pieces)[:_MOST_LINES]


def _begins_with_tool(behind: str) -> bool:
    """Tell whether a technology's name stands right behind years: "8 years SAP"."""
    return behind[1:2].isupper() and any(found.start == 1 for found in find_technologies(behind))


@lru_cache(maxsize=256)
def find_year_spans(text: str) -> tuple[YearSpan, ...]:
    """
    Return the numbers of years in a sentence that may be years of experience, in order; kept, because a sentence is asked again.

    Not those of ages, contracts, residence, vesting, degrees, nor "for the past 10 years".

    >>> [span.years for span in find_year_spans("Five (5) years of experience, 3-4 yrs in Go, at least a year of Rust")]
    [5.0, 3.0, 1.0]
    >>> find_year_spans("We grew for the past 10 years; a 4-year degree; 18 years old")
    ()
    """
    return tuple(_year_spans(text))


def _year_spans(text: str) -> Iterator[YearSpan]:
    lowered = to_lower(text)
    for match in islice(_SPAN.finditer(lowered), _MOST_NUMBERS):
        is_article = match["low"] in _YEARS_LEXICON["units"]["single"]
        years = (1.0 if is_article else read_count(match["low"])) / (_MONTHS_IN_YEAR if match["month"] else 1)
        before, behind = text[max(0, match.start() - _LOOK_BACK) : match.start()], text[match.end() : match.end() + _LOOK_AHEAD]
        if years > _MOST or _OTHER_BEHIND.match(behind) or _OTHER_BEFORE.search(before):
            continue
        if match["joined"] and _SCHOOLING_BEHIND.match(behind):
            continue
        if _OTHER_CLAUSE.search(before) and not _EXPERIENCE.search(behind[:_RIGHT_BEHIND]):
            continue
        named = bool(_EXPERIENCE.search(match[0] + behind) or _EXPERIENCE.search(before))
        of_what = match["year"] is not None and (_FOLLOWER.match(behind) is not None or _begins_with_tool(behind))
        least = _AT_LEAST.search(before)
        is_least = least is not None and not (match["month"] and least[0].casefold().startswith("for"))
        if named or of_what or is_least or (not before.strip(" *-•·💼🔹📌|") and not behind.strip(" .|")):
            yield YearSpan(years=years, start=match.start(), end=match.end(), names_experience=named, says_of_what=of_what)


# Ages, in small letters without accents.

_AGES = read_lexicon("number_words")["ages"]
_OWN_AGE = compile_later(lambda: rf"(?<!\w)(?:{one_of(_AGES['own'])})\s(?:\w+\s)?\d\d(?!\d)")
_AGE = compile_later(
    lambda: (
        rf"(?<!\w)(?:{one_of([*_AGES['own'], *_AGES['before']])})\s(?:(?:{one_of(_AGES['between'])})\s)?(?P<before>\d\d)"
        rf"(?![.,]?\d)(?!\s?(?:{one_of(_AGES['no_age'])}))"
        rf"|(?<!\w)(?:{one_of(_AGES['with'])})\s(?P<within>\d\d)\s(?=(?:{one_of(_AGES['years'])})(?!\w))(?!{one_of(_AGES['no_age'])})|(?<![\w.,])(?P<behind>\d\d)\s?-?(?:{one_of(_AGES['behind'])})(?!\w)"
    )
)


def find_age(text: str) -> float | None:
    """
    Return the age that a question tells or asks about, None where it names none.

    >>> find_age("i'm 22, ok?"), find_age("can a 17 year old apply"), find_age("con 17 anos, puedo"), find_age("im 10 years in sales")
    (22.0, 17.0, 17.0, None)
    """
    named = _AGE.search(text)
    return float(named["before"] or named["within"] or named["behind"]) if named else None


def tells_age(text: str) -> bool:
    """
    Tell whether somebody tells their own age.

    >>> tells_age("i am 22"), tells_age("must i be 22")
    (True, False)
    """
    return _OWN_AGE.search(text) is not None


def words_of_years(words: str) -> frozenset[str]:
    """Return the stems of the words that give a number of years: they are weighed and not looked for."""
    spans = list(find_year_spans(words))
    return frozenset(word.stem for word in read_words(words) if any(span.start <= word.start < span.end for span in spans))


# Shares of a hundred.

_SHARES = read_lexicon("number_words")["shares"]
_TO, _UNITS_OF_SHARE = one_of(_SHARES["to"]), one_of(_SHARES["units"])
_SHARE = compile_later(rf"(?i)(?<![\w.,])(\d{{1,3}})(?:\s?%?\s?(?:[-–—]|{_TO})\s?(\d{{1,3}}))?\s?(?:{_UNITS_OF_SHARE})(?!\w)")
_MORE, _LESS = (compile_later(rf"(?i)(?<!\w)(?:{one_of(_SHARES[key])})\s$") for key in ("more", "less"))
_LENGTHS = read_lexicon("number_words")["lengths"]
_AT_LEAST = compile_later(rf"(?i)(?<!\w)(?:{one_of(_LENGTHS['at_least'])})(?!\w)")


def find_shares(text: str) -> list[float]:
    """
    Return the shares that a text names, of a range both ends.

    >>> find_shares("Travel 10-25%, at least 5 percent"), find_shares("25 days")
    ([10.0, 25.0, 5.0], [])
    """
    return [float(one) for match in _SHARE.finditer(text) for one in match.groups() if one]


def compare_share(asked: str, said: str) -> bool | None:
    """
    Tell whether a sentence states the share that a question asks about; None where either names none, several, or it depends.

    >>> compare_share("over 30% travel?", "Travel 10-25%"), compare_share("is it 20 percent", "10 to 25%")
    (False, True)
    >>> compare_share("less than 15%?", "10-25%") is compare_share("a lot of travel?", "10%") is None
    True
    >>> compare_share("at least 25%?", "25% of the time"), compare_share("at least 25%?", "10-20%")
    (True, False)
    """
    wanted, found = list(_SHARE.finditer(asked)), list(_SHARE.finditer(said))
    if len(wanted) != 1 or len(found) != 1 or wanted[0][2]:
        return None
    share, ends = float(wanted[0][1]), [float(one) for one in found[0].groups() if one]
    before, before_found = asked[: wanted[0].start()], said[: found[0].start()]
    low = 0.0 if _LESS.search(before_found) else min(ends)
    high = 100.0 if _MORE.search(before_found) else max(ends)
    return _compare(before, share, low=low, high=high) if _compares(before) else low <= share <= high


def _compares(before: str, *, is_least: bool = False) -> bool:
    """Tell whether the words before a figure ask for more or less than that, or at least so much."""
    return is_least or any(pattern.search(before) for pattern in (_LESS, _MORE, _AT_LEAST))


def _compare(before: str, figure: float, *, low: float, high: float, is_least: bool = False) -> bool | None:
    """Tell whether all from `low` to `high` is more or less than a figure, as the words before that ask, or nothing is; else None."""
    if _LESS.search(before):
        return True if high <= figure else False if low > figure else None
    if is_least or _AT_LEAST.search(before):
        return True if low >= figure else False if high < figure else None
    return True if low > figure else False if high <= figure else None


# For how long something is: `10 weeks`, `6-month`, `drei Jahre`.

_SPAN_OF_TIME = compile_later(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|nine|ten|twelve|eighteen|zwei|drei|sechs|zwölf|deux|trois|douze|dos|tres|seis|dois|três)[\s-]?"
    r"(?:weeks?|months?|years?|wochen?|monate?n?|jahre?n?|semaines?|mois|ans|semanas?|mes(?:es)?|años?|anos?)\b(?!.{0,30}(?:experience|erfahrung|expérience|experi))",
    re.IGNORECASE,
)


def names_length(text: str) -> bool:
    """
    Tell whether a text names so many weeks, months or years, and not of experience.

    >>> names_length("A 6-month contract"), names_length("6 months of experience"), names_length("Weekly lunches")
    (True, False, False)
    """
    return _SPAN_OF_TIME.search(text) is not None


def names_months(text: str) -> bool:
    """
    Tell whether a text names a number of weeks or months, or from how many to how many.

    >>> names_months("Duration: 4-6 months"), names_months("Duration: a year")
    (True, False)
    """
    return any(match["week"] or match["month"] for match in _LENGTH.finditer(text))


# How long something is that is given: days of holiday, weeks of leave.

_DAYS_OF = {"day": 1, "week": 5, "month": 21}
"""Working days, by which lengths in other units are compared."""

_UNITS_OF_LENGTH = "|".join(rf"(?P<{unit}>{one_of(_LENGTHS[unit])})" for unit in _DAYS_OF)
_COUNTED = rf"\d{{1,3}}|{one_of(list(read_lexicon('number_words')['counts']))}"
_LENGTH = compile_later(
    rf"(?i)(?<![\w.,$€£])(?P<low>{_COUNTED})(?:\s?[-–—]\s?(?P<high>\d{{1,3}}))?"
    rf"(?P<more>\s?\+|\s(?:{one_of(_LENGTHS['or_more'])}))?[\s-](?:[^\W\d]+[\s-]){{0,2}}?(?:{_UNITS_OF_LENGTH})(?!\w)"
)


def find_lengths(text: str) -> list[tuple[int, int, float, float]]:
    """
    Return where a text counts days, weeks or months, with the least and the most of them in working days.

    >>> find_lengths("18 vacation days, 4+ months of leave")
    [(0, 16, 18.0, 18.0), (18, 27, 84.0, inf)]
    """
    found = []
    for match in _LENGTH.finditer(text):
        unit = next(days for name, days in _DAYS_OF.items() if match[name])
        low, high = read_count(match["low"]) * unit, read_count(match["high"] or match["low"]) * unit
        before = text[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
        is_open = match["more"] or _AT_LEAST.search(before)
        found.append((match.start(), match.end(), 0.0 if _LESS.search(before) else low, inf if is_open else high))
    return found


_LONGEST_BEFORE = 20


def compare_length(asked: str, said: str, *, at: int) -> bool | None:
    """
    Tell whether something is as long as a question asks, by what a sentence says nearest to a place; None where it does not tell.

    >>> [compare_length(asked, "18 vacation days", at=3) for asked in ("at least 18 days?", "over 4 weeks of it?", "under 10 days?")]
    [True, False, False]
    >>> compare_length("16+ weeks of leave", "Parental leave", at=0) is compare_length("25 days?", "30 days", at=0) is None
    True
    """
    wanted, found = list(_LENGTH.finditer(asked)), find_lengths(said)
    if len(wanted) != 1 or wanted[0]["high"] or not found:
        return None
    length = read_count(wanted[0]["low"]) * next(days for name, days in _DAYS_OF.items() if wanted[0][name])
    _, _, low, high = min(found, key=lambda one: max(one[0] - at, at - one[1]))
    before = asked[: wanted[0].start()]
    if _compares(before, is_least=bool(wanted[0]["more"])):
        return _compare(before, length, low=low, high=high, is_least=bool(wanted[0]["more"]))
    return False if high < length else True if low == length else None


def counts_years_of(thing: str, words: str) -> bool:
    """
    Tell whether years of a thing are asked for, and not those of the role that it only names.

    >>> counts_years_of("Go", "how many years of go"), counts_years_of("Go", "acme go how many years")
    (True, False)
    """
    named = re.escape(fold(thing))
    spoken = rf"(?<!\w)(?:(?:of|in|with|using|von|mit|de|en|con|com|em|avec)\s{named}(?!\w)|{named}\s(?:exp|years|yrs))"
    return re.search(spoken, fold(words)) is not None


def counts_team(text: str) -> bool | None:
    """
    Tell whether a sentence counts those of a team; None where it does not even call it small or large.

    >>> counts_team("We are a 4 person dev team"), counts_team("You lead a team (5-8 bakers)"), counts_team("A small team")
    (True, True, False)
    >>> counts_team("Our team size now stands at 5"), counts_team("The team now numbers 14")
    (True, True)
    >>> [counts_team(one) for one in ("6 years in a team", "Our team bakes for 60 shops", "3 million people in our team")]
    [None, None, None]
    """
    counted, sized = _team_sizes()
    return counted.search(fold(text)) is not None or (False if sized.search(fold(text)) else None)


@cache
def _team_sizes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    people, teams, counts, sized = ([*map(fold, words)] for words in read_lexicon("passages")["people"].values())
    counts += [fold(word) for word, count in _WORDS.items() if count > 1]
    number = rf"(?<![\w.,$€£])(?:\d{{1,3}}\+?(?:\s?[-–]\s?\d{{1,3}}\+?)?|(?:{one_of(counts)})(?![a-z]))(?![\d%]|[.,:]\d)"
    units = one_of(read_lexicon("passages")["head"]["units"].split())
    joint = rf"(?:\W{{1,2}}(?!m?illion|thousand|(?:{units})\b)[a-z'/]+){{0,2}}\W{{1,2}}"
    team = rf"\b(?:{one_of(teams)})\b"
    of = r"(?:\s(?:size|actually|currently|now)){0,2}(?:\s?[:(]|\s(?:of|de|d'|von|aus|por|size|stands at|numbers)\b)"
    counted = rf"{number}{joint}(?:{one_of(people)})\b|{team}{of}(?:\s?[a-z~]+){{0,2}}\s?{number}(?!\s?[-–]?\s?(?:{units})\b)"
    return re.compile(counted), re.compile(rf"\b(?:{one_of(sized)}){joint}{team}")
