"""JSON from elsewhere: read whatever its mistakes, and asked for values that may be anything."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json

from bot.text.hypertext import read_words

Object = dict[str, Any]

_MANY = 200
"""Values of one list that are looked at."""

_SPACES = {ord(sign): " " for sign in "\n\r\t"}
_WORDS_IN = ("name", "@value", "value", "text", "label", "title", "description")


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
