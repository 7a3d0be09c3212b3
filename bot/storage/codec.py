"""How the value of a fact becomes JSON and search keys, and comes back with its type, without the Store knowing any topic."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from bot.domain.search import SearchKey

Knows = Callable[[str], bool]
"""Whether a topic is known."""

FindKeys = Callable[[Any], Iterable[SearchKey]]
"""From a value to the keys that its fact is filed under."""


def _write_plainly(_topic: str, value: Any) -> Any:
    return to_jsonable_python(value)


def _read_plainly(_topic: str, value: Any) -> Any:
    return value


def _find_no_keys(_topic: str, _value: Any) -> Iterable[SearchKey]:
    return ()


def _knows_all(_topic: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class FactCodec:
    """
    Reads and writes values by their topic's name.

    `read_value` raises ValueError (as pydantic does) for JSON that is no value of its topic; that fact is then passed over.
    Facts of topics that are not known are passed over at reading and left as they stand at writing.
    """

    write_value: Callable[[str, Any], Any] = _write_plainly
    """Topic and value to plain JSON."""

    read_value: Callable[[str, Any], Any] = _read_plainly
    """Topic and plain JSON to value."""

    knows: Knows = _knows_all
    """Whether this Rolecall has a topic of that name."""

    find_keys: Callable[[str, Any], Iterable[SearchKey]] = _find_no_keys
    """Topic and value to the keys that the fact is found by in a search."""


PLAIN_JSON = FactCodec()
"""Knows every topic, writes models as JSON, reads all values as plain JSON, and files nothing under keys."""


def codec_of(adapters: Mapping[str, TypeAdapter[Any]], keys: Mapping[str, FindKeys] | None = None) -> FactCodec:
    """
    Return the codec of topics that are given as name and type, with what finds the search keys of those that have any.

    >>> codec = codec_of({"experience": TypeAdapter(float)})
    >>> codec.read_value("experience", 5), codec.knows("horoscope")
    (5.0, False)
    >>> list(codec_of({}, {"experience": lambda years: [SearchKey("years", years, years)]}).find_keys("experience", 5.0))
    [SearchKey(key='years', low=5.0, high=5.0)]
    """
    finders = keys or {}
    return FactCodec(
        write_value=lambda topic, value: adapters[topic].dump_python(value, mode="json"),
        read_value=lambda topic, value: adapters[topic].validate_python(value),
        knows=adapters.__contains__,
        find_keys=lambda topic, value: finders[topic](value) if topic in finders else (),
    )
