"""JSON from elsewhere: read whatever its mistakes, and asked for values that may be anything."""

import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError, XMLParser

from pydantic_core import from_json

from bot.parsing.employer import find_company_name
from bot.text.document import Document
from bot.text.gazetteer import form_of
from bot.text.hypertext import read_words
from bot.text.lexicon import read_lexicon
from bot.text.lines import read_lines

Object = dict[str, Any]

_MANY = 200
"""Values of one list that are looked at."""

_SPACES = {ord(sign): " " for sign in "\n\r\t"}
_WORDS_IN = ("name", "Name", "display_name", "displayName", "descriptor", "@value", "value", "text", "label", "title", "description")


@lru_cache(maxsize=2)
def read_data(text: str) -> Any:
    """
    Return what a text says in JSON or XML, or None where it is neither; nobody changes it, because every format asks for it.

    >>> read_data('[1]'), read_data("<?xml version='1.0'?><job><title>Cook</title></job>")
    ([1], {'job': {'title': 'Cook'}})
    """
    return read_xml(text) if text.lstrip().startswith("<") else read_json(text)


def read_json(text: str) -> Any:
    r"""
    Return what a text says in JSON, line breaks within strings allowed, or None where it is none.

    >>> read_json('{"a": "b\nc"}'), read_json("{a: 1}"), read_json("[Cook](https://x.example)")
    ({'a': 'b\nc'}, None, None)
    """
    bare = text.strip().removesuffix(";")
    if not bare.startswith(("{", "[")):
        return None
    try:
        return from_json(bare.encode())
    except ValueError:
        pass
    try:
        # Not strict, the standard library's reader keeps line breaks; how deep it may go the other one has to find out first.
        from_json(bare.translate(_SPACES).encode())
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


# XML as the values that JSON has: an element is an object of what is in it, or its text; what stands several times is a list.

_XML = re.compile(
    r"\s{0,100}(?:<\?xml[^>]{0,200}\?>\s{0,100}|<(?:workzag-jobs|positions?|jobs?|jobposting|vacanc(?:y|ies)|rss|feed|source)[\s>])",
    re.IGNORECASE,
)
_MOST_ELEMENTS = 200_000
_DEEPEST_ELEMENT = 50


class _Elements:
    """Takes the elements of XML as a parser meets them; no tree is built beside what is returned."""

    def __init__(self) -> None:
        self.root: Object = {}
        self._open: list[tuple[str, Object, list[str]]] = [("", self.root, [])]
        self._left = _MOST_ELEMENTS

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if not self._left or len(self._open) > _DEEPEST_ELEMENT:
            raise ValueError("more elements than any list of postings has")
        self._open.append((tag.rpartition("}")[2], dict(attributes), []))

    def data(self, text: str) -> None:
        self._open[-1][2].append(text)

    def end(self, _tag: str) -> None:
        tag, inside, pieces = self._open.pop()
        text = "".join(pieces).strip()
        value: Any = (
            {**inside, **({"text": text} if text else {})} if any(isinstance(each, dict | list | str) for each in inside.values()) else text
        )
        above = self._open[-1][1]
        if tag not in above:
            above[tag] = value
        elif isinstance(above[tag], list):
            above[tag].append(value)
        else:
            above[tag] = [above[tag], value]


def read_xml(text: str) -> Any:
    """
    Return the values of an XML document, or None for any other text and for one that declares types or entities.

    >>> read_xml("<jobs><job><title>Cook</title></job><job><title>Baker</title></job></jobs>")
    {'jobs': {'job': [{'title': 'Cook'}, {'title': 'Baker'}]}}
    >>> read_xml("<p>We cook.</p>") is None
    True
    """
    if not _XML.match(text) or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    elements = _Elements()
    parser = XMLParser(target=elements)  # noqa: S314 - no entity is declared, and the elements are counted
    try:
        parser.feed(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        parser.close()
    except (ParseError, ValueError):
        return None
    return elements.root


def as_list(value: Any) -> list[Any]:
    """
    Return a value as a list: a list as it is, nothing as an empty one.

    >>> as_list(5), as_list(None), as_list([1])
    ([5], [], [1])
    """
    if value is None:
        return []
    return value[:_MANY] if isinstance(value, list) else [value]


def as_object(value: Any) -> Object:
    """
    Return a value as an object: the first one of a list, an empty one for anything else.

    >>> as_object([{"a": 1}]), as_object("a")
    ({'a': 1}, {})
    """
    return next((each for each in as_list(value) if isinstance(each, dict)), {})


def as_words(value: Any) -> str | None:
    """
    Return a value's words on one line: of a text or number itself, of an object what it is called.

    >>> as_words({"@type": "Organization", "name": "Dough &amp; Sons"}), as_words([" Rome "]), as_words(5), as_words({})
    ('Dough & Sons', 'Rome', '5', None)
    """
    if isinstance(value, list):
        return next((words for each in as_list(value) if not isinstance(each, list) and (words := as_words(each))), None)
    if isinstance(value, dict):
        firsts = (each for key in _WORDS_IN for each in as_list(value.get(key))[:1])
        named = (each.get("@value") if isinstance(each, dict) else each for each in firsts)
        return next((words for each in named if isinstance(each, str | int | float) and (words := as_words(each))), None)
    if isinstance(value, str):
        return read_words(value) or None
    return write_number(as_number(value))


def write_day(value: Any) -> str | None:
    """
    Return the day of a moment as boards write it, in words or in milliseconds since 1970, as "2026-05-30"; None for another value.

    >>> write_day("2026-05-30T09:00:00Z"), write_day(1674959303769), write_day("soon")
    ('2026-05-30', '2023-01-29', None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000, UTC).date().isoformat() if 0 < value < _LATEST else None
    found = _DAY.match(as_words(value) or "")
    return found[0] if found else None


_DAY = re.compile(r"20\d\d-\d\d-\d\d(?!\d)")
_LATEST = 4_102_444_800_000
"""Milliseconds: the year 2100."""


def each_words(value: Any) -> list[str]:
    """
    Return the words of each value of a list, none of them twice.

    >>> each_words(["Rome", {"name": "Oslo"}, None, "Rome"])
    ['Rome', 'Oslo']
    """
    return list(dict.fromkeys(words for each in as_list(value) if (words := as_words(each))))


def as_markup(value: Any) -> str:
    """Return a long text as it came: a list's texts below each other, nothing for what is no text."""
    return "\n".join(each for each in as_list(value) if isinstance(each, str))


def as_number(value: Any) -> float | None:
    """
    Return a finite number above zero, also one that is written as text, or None.

    >>> as_number("90,000.00"), as_number(0), as_number(True), as_number("many"), as_number(1e999)
    (90000.0, None, None, None, None)
    """
    if isinstance(value, str) and len(value) <= 20 and re.fullmatch(r"\d[\d,]*(?:\.\d+)?", value.strip()):  # noqa: PLR2004
        value = float(value.strip().replace(",", ""))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and number > 0 else None


def write_number(number: float | None) -> str | None:
    """
    Write a number as postings do.

    >>> write_number(90000.0), write_number(22.5), write_number(None)
    ('90,000', '22.50', None)
    """
    if number is None:
        return None
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.2f}"


def walk_objects(value: Any, *, inside: frozenset[str]) -> Iterator[Object]:
    """Yield an object, those of a list, and those within under the keys of `inside`; in order."""
    waiting = [value]
    left = 10_000
    while waiting and left:
        left -= 1
        here = waiting.pop()
        if isinstance(here, list):
            waiting += reversed(here)
        elif isinstance(here, dict):
            yield here
            waiting += [here[key] for key in sorted(inside & here.keys(), reverse=True)]


# The employer's name in the address of a job board, where the board's JSON does not give it.

_NAME_IN_ADDRESS = re.compile(r"[\w.%&+-]{2,60}")
_LONGEST = 40


def find_employer(link: str | None, body: str) -> str | None:
    """
    Return the employer that a board's address names, as the text spells it; else what the text names surely, or that address.

    >>> find_employer("https://jobs.lever.co/doughandsons/5a", "At Dough and Sons we bake.")
    'Dough and Sons'
    >>> find_employer("https://jobs.ashbyhq.com/doughhq/5a", "Dough bakes. At Dough we care.")
    'Dough'
    >>> find_employer("https://jobs.ashbyhq.com/acme-ovens/5a", "We bake.")
    'acme-ovens'
    """
    slug = (_name_in(link) or "").replace("%20", " ") if link else ""
    spelt = _spelt(slug, body) if slug and "%" not in slug else None
    return spelt or find_company_name(Document(None, None, None, None, read_lines(body))) or (slug if slug and "%" not in slug else None)


def _name_in(link: str) -> str | None:
    """Return the employer's name in a board's address, as it stands there."""
    hosts: dict[str, str] = read_lexicon("links")["employer"]
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    host, place = (parts.hostname or "").removeprefix("www."), f"{parts.hostname or ''}{parts.path}/"
    board = next((board for board in hosts["path"].split() if place.startswith(f"{board}/")), None)
    before = next((host.removesuffix(f".{board}") for board in hosts["host"].split() if host.endswith(f".{board}")), None)
    name = place[len(board) + 1 :].partition("/")[0] if board else before
    return name if name and _NAME_IN_ADDRESS.fullmatch(name) and name.lower() not in hosts["no_names"].split() else None


def _spelt(slug: str, text: str) -> str | None:
    """Return the name with the slug's letters as the text writes it, with capitals and spaces, or those without what addresses add."""
    return next((spelt for letters, times in _names_in(to_letters(slug)) if (spelt := find_spelt(letters, text, times=times))), None)


def to_letters(name: str) -> str:
    """Return the letters and digits of a name, as many as are looked for in a text."""
    return "".join(filter(str.isalnum, name))[:_LONGEST]


def find_spelt(letters: str, text: str, *, times: int = 1) -> str | None:
    """Return a name of these letters as a text writes it, with capitals and signs between, where it does so that many times."""
    pattern = re.compile(r"(?<![\w@./-])" + r"[ .&'’-]{0,2}".join(map(re.escape, letters)) + r"(?![\w@/-]|\.\w)", re.IGNORECASE)
    spelt = (found[0] for found in pattern.finditer(text) if found[0] != found[0].lower())
    return next(islice(spelt, times - 1, None), None)


def _names_in(letters: str) -> Iterator[tuple[str, int]]:
    """Yield what may be a name's letters, and how often the text must have it: all of an address's, those without "hq" behind them."""
    yield letters, 1
    affixes = read_lexicon("links")["employer"]
    for word in affixes["before_names"].split():
        if letters.lower().startswith(word) and len(letters) - len(word) >= _SHORTEST:
            yield letters[len(word) :], 2
    for word in affixes["behind_names"].split():
        if letters.lower().endswith(word) and len(letters) - len(word) >= _SHORTEST:
            yield letters[: -len(word)], 2


_SHORTEST = 4


# Pay that markup holds in fields, written as postings write it.

_PERIODS = (
    (re.compile(r"hour|\bhr", re.IGNORECASE), "hour"),
    (re.compile(r"day|daily|diem", re.IGNORECASE), "day"),
    (re.compile(r"week", re.IGNORECASE), "week"),
    (re.compile(r"month", re.IGNORECASE), "month"),
    (re.compile(r"year|annu|\byr", re.IGNORECASE), "year"),
)
_CODE = re.compile(r"[A-Za-z]{3}")


def write_pay(lowest: Any, highest: Any, *, currency: Any, per: Any) -> str | None:
    """
    Write one statement of pay, or return None where there is no amount.

    >>> write_pay(90000, "120000", currency="usd", per="YEAR")
    'USD 90,000 - 120,000 per year'
    >>> write_pay(None, 40, currency="EUR", per="per-hour-wage"), write_pay(0, 0, currency="EUR", per="YEAR")
    ('up to EUR 40 per hour', None)
    """
    amounts = [as_number(lowest), as_number(highest)]
    least, most = (write_number(amount) for amount in amounts)
    if least is None and most is None:
        return None
    code = as_words(currency) or ""
    sign = f"{code.upper()} " if _CODE.fullmatch(code) else ""
    figures = least or most
    if least and most and least != most:
        figures = f"{least} - {most}"
    bound = "up to " if least is None else "from " if most is None else ""
    period = read_period(per)
    return f"{bound}{sign}{figures}" + (f" per {period}" if period else "")


def read_period(written: Any) -> str | None:
    """
    Return the period that a field names: hour, day, week, month or year.

    >>> read_period("YEARLY"), read_period("1 MONTH"), read_period("one-time")
    ('year', 'month', None)
    """
    words = as_words(written) or ""
    return next((period for pattern, period in _PERIODS if pattern.search(words)), None)


# Places that markup holds in fields, written as postings write them.


def write_place(value: Any) -> str | None:
    """
    Write a schema.org Place or PostalAddress, or a place in words; None where it names nothing.

    >>> write_place({"address": {"addressLocality": "Lyon", "addressRegion": "", "addressCountry": {"name": "FR"}}})
    'Lyon, France'
    >>> write_place("Lyon"), write_place({})
    ('Lyon', None)
    """
    if isinstance(value, str):
        return as_words(value)
    place = as_object(value)
    inner = place.get("address", place)
    if isinstance(inner, str):
        return as_words(inner)
    address = as_object(inner)
    parts = [as_words(address.get(key)) for key in ("addressLocality", "addressRegion")]
    country = as_words(address.get("addressCountry"))
    words = [part for part in (*parts, name_country(country) if country else None) if part]
    return ", ".join(dict.fromkeys(words)) or as_words(place.get("name"))


def name_country(words: str) -> str:
    """
    Return a country's name for its code, which in a place may also be a state's; other words as they are.

    >>> name_country("DE"), name_country("Germany"), name_country("EU")
    ('Germany', 'Germany', 'EU')
    """
    code = words.upper()
    if len(code) != 2 or not code.isalpha() or code in ("EU", "UN", "ZZ"):  # noqa: PLR2004
        return words
    name: str = form_of("en").territories.get("GB" if code == "UK" else code, words)
    return name
