"""Values of any other type as people edit them: `name: value; name: value`, or as JSON."""

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from bot.topics.written.form import Miswritten, WrittenForm

_ESCAPES = {";": "\\u003b", "|": "\\u007c"}
"""In JSON these two only stand within quotes."""


def member_form(adapter: TypeAdapter[Any]) -> WrittenForm[Any]:
    r"""
    Return the written form of any type that its adapter reads and writes as JSON.

    >>> form = member_form(TypeAdapter(dict[str, int | str]))
    >>> form.write({"days": 3, "notes": "a; b"})
    'days: 3; notes: "a\\u003b b"'
    >>> form.read("days: 3; notes: any") == {"days": 3, "notes": "any"}
    True
    """

    def write_members(value: Any) -> str:
        dumped = adapter.dump_python(value, mode="json")
        if isinstance(dumped, dict) and dumped and all(map(_is_plain_name, dumped)):
            return "; ".join(f"{name}: {_write_value(member)}" for name, member in dumped.items())
        return _write_json(dumped)

    def read_members(written: str) -> Any:
        # As JSON and strictly: no value of another type is bent into shape, and no infinite number passes.
        readings = (json.dumps(found, allow_nan=False) for found in _readings_of(written))
        error: ValidationError | None = None
        for reading in readings:
            try:
                return adapter.validate_json(reading, strict=True)
            except ValidationError as caught:
                error = error or caught
        raise Miswritten(_tell(error))

    return WrittenForm(write=write_members, read=read_members, example="name: value; name: value | the posting's own words for it")


def _is_plain_name(name: Any) -> bool:
    return isinstance(name, str) and name.isidentifier()


def _write_value(value: Any) -> str:
    """Return a text as it is where it cannot be taken for anything else."""
    is_plain = isinstance(value, str) and value.isascii() and value.isprintable() and " ".join(value.split()) == value != ""
    return value if is_plain and not set(value) & {*_ESCAPES, '"', "'", "`"} and not _is_json(value) else _write_json(value)


def _write_json(value: Any) -> str:
    written = json.dumps(value)
    for sign, escape in _ESCAPES.items():
        written = written.replace(sign, escape)
    return written


def _is_json(written: str) -> bool:
    try:
        _load(written)
    except ValueError:
        return False
    return True


def _load(written: str) -> Any:
    return from_json(written, allow_inf_nan=False)


def _readings_of(written: str) -> list[Any]:
    """Return what the words may stand for, the likeliest first: JSON, members with JSON where they hold some, members of texts."""
    if _is_json(written):
        return [_load(written)]
    members = [part.partition(":") for part in written.split(";") if part.strip()]
    if not all(colon for _, colon, _ in members):
        return [written]
    texts = {name.strip(): value.strip() for name, _, value in members}
    return [{name: _load(value) if _is_json(value) else value for name, value in texts.items()}, texts]


def _tell(error: ValidationError | None) -> str:
    """Return the first thing that is wrong, on one line."""
    if error is None:
        return "that is no value"
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]
