"""JSON or XML of any kind: read by the keys that its values are likely to have, and each posting of a list found."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pydantic_core import to_json

from bot.parsing.formats import Format
from bot.parsing.formats.boards import dig, join_place, write_contract, write_workplace
from bot.parsing.formats.json_fields import (
    Object,
    as_list,
    as_object,
    as_words,
    each_words,
    find_employer,
    read_data,
    write_pay,
    write_place,
)
from bot.parsing.formats.json_ld import find_postings_of
from bot.parsing.formats.layouts import write_front_matter, write_sections
from bot.text.hypertext import read_hypertext
from bot.text.lexicon import read_lexicon
from bot.text.markup import to_link

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_LEAST_LETTERS = 40
_LONG = 200
"""Characters: a longer value is a part of the text, a shorter one a labelled line."""

_DEEPEST = 3
_NAME_WORDS = 2
_MOST_VALUES = 200


class _Field(NamedTuple):
    """One key with its value, wherever it lies."""

    name: str
    """The key's words in lower case, with no signs between them."""

    label: str
    value: Any


def render_any_data(text: str) -> str | None:
    """
    Return the labelled values and the text of JSON or XML that has a title and a text in it, or None for any other.

    >>> job = '{"position": "Cook", "employer": {"name": "Bistro"}, "details": "<p>We cook fish soup in Lisbon, all day long."}'
    >>> print(render_any_data(job))
    ---
    title: Cook
    company: Bistro
    ---
    <BLANKLINE>
    We cook fish soup in Lisbon, all day long.
    """
    data = read_data(text)
    if not isinstance(data, dict):
        return None
    job = _unwrap(data)
    title = _first(job, "title")
    texts = list(_texts(job))
    if not title or "rolecall" in job or sum(len(each) for _, each in texts) < _LEAST_LETTERS:
        return None
    body = write_sections(texts)
    return write_front_matter(_head(job, title, body), body)


def is_likely_posting(data: Any) -> bool:
    """
    Tell whether an object has a title, and something beside it that postings have.

    >>> is_likely_posting({"title": "Cook", "url": "https://x.example/1"}), is_likely_posting({"title": "Menu"})
    (True, False)
    """
    if not isinstance(data, dict):
        return False
    job = _unwrap(data)
    if not (_has(job, "title") and any(_has(job, which) for which in _BESIDE)):
        return False
    return _first(job, "title") is not None and any(_first(job, which) for which in _BESIDE)


_BESIDE = ("text", "company", "link", "location", "salary")


def _has(job: Object, which: str) -> bool:
    """Tell whether an object has one of the keys of a field: a quick look, for lists are long."""
    known = _known_names(which)
    return any(_name(key) in known for key in job)


@cache
def _known_names(which: str) -> frozenset[str]:
    return frozenset(_names(which))


def _unwrap(data: Object) -> Object:
    """Return the object within one that has the title: {"job": {...}}, with what stands beside it."""
    for _ in range(_DEEPEST):
        inner = [(key, each) for key, each in data.items() if isinstance(each, dict)]
        titled = [(key, each) for key, each in inner if _first(each, "title") is not None and _first(each, "text") is not None]
        if not (titled or len(inner) == 1) or _first(data, "title") is not None:
            return data
        key, found = (titled or inner)[0]
        data = {**found, **{other: value for other, value in data.items() if other != key and other not in found}}
    return data


@lru_cache(maxsize=4096)
def _name(key: str) -> str:
    """Return a key's words without signs between them; "job" before others says nothing."""
    name = "".join(_WORDS.findall(key)).lower() or key.lower()
    return name.removeprefix("job") if name.removeprefix("job") in _read_names() else name


@cache
def _names(which: str) -> tuple[str, ...]:
    return tuple(read_lexicon("head_words")["keys"][which].split())


def _fields(job: Object) -> list[_Field]:
    return [_Field(_name(key), " ".join(_WORDS.findall(key)) or key, value) for key, value in list(job.items())[:_MOST_VALUES]]


def _values(job: Object, which: str) -> Iterator[Any]:
    """Yield the values of the keys that a field is likely to have, the likeliest first."""
    fields = {field.name: field.value for field in reversed(_fields(job))}
    return (fields[name] for name in _names(which) if name in fields and fields[name] not in (None, "", [], {}))


def _first(job: Object, which: str) -> str | None:
    """Return the words of the likeliest key that has any; only a text may be long."""
    found = (as_words(value) for value in _values(job, which))
    return next((words for words in found if words and (which == "text" or len(words) <= _LONG)), None)


def _head(job: Object, title: str, body: str) -> Iterator[tuple[str, str | None]]:
    yield "title", title
    link = next((link for value in _values(job, "link") for each in as_list(value) if (link := to_link(as_words(each) or ""))), None)
    yield "company", _first(job, "company") or find_employer(link, body)
    yield "link", link
    yield from (("location", place) for place in _places(job))
    yield "salary", _pay(job)
    kinds = [write_contract(kind) for value in _values(job, "contract") for kind in each_words(value)]
    yield "employment type", ", ".join(dict.fromkeys(kinds))
    workplaces = (write_workplace(as_words(value)) for value in _values(job, "workplace"))
    is_remote = any(value is True for value in _values(job, "remote"))
    yield "workplace", next((found for found in workplaces if found), "Remote" if is_remote else None)
    yield from _others(job)


def _places(job: Object) -> list[str]:
    for value in _values(job, "location"):
        found = [place for each in as_list(value) if (place := _place(each))]
        if found:
            return list(dict.fromkeys(found))
    whole = join_place({_name(key): value for key, value in job.items()}, "city", "town", "state", "region", "country")
    return [whole] if whole else []


def _place(value: Any) -> str | None:
    if isinstance(value, str):
        return as_words(value)
    place = {_name(key): each for key, each in as_object(value).items()}
    return join_place(place, "city", "town", "state", "region", "country") or write_place(value) or as_words(value)


def _pay(job: Object) -> str | None:
    if written := _write_pay({field.name: field.value for field in _fields(job)}):
        return written
    for value in _values(job, "salary"):
        told = _write_pay({_name(key): each for key, each in value.items()}) if isinstance(value, dict) else as_words(value)
        if told:
            return told
    return None


def _write_pay(fields: Object) -> str | None:
    low, high, currency, per = (
        next((fields[name] for name in _names(which) if fields.get(name)), None) for which in ("low", "high", "currency", "per")
    )
    return write_pay(low, high, currency=currency, per=per)


@cache
def _read_names() -> frozenset[str]:
    return frozenset(name for which in read_lexicon("head_words")["keys"] for name in _names(which))


def _others(job: Object) -> Iterator[tuple[str, str | None]]:
    """Yield the short values of other keys, beside the words of their keys."""
    for field in _fields(job):
        if field.name in _read_names() or isinstance(field.value, bool | int | float) or _is_list_of_texts(field.value):
            continue
        words = ", ".join(each_words(field.value))
        if words and len(words) <= _LONG and not to_link(words) and _is_said(field.label):
            yield field.label.lower(), words


def _is_list_of_texts(value: Any) -> bool:
    """Tell whether a value is a list of sentences or items of several words, and no list of names."""
    texts = [each for each in as_list(value) if isinstance(each, str)]
    return isinstance(value, list) and any(len(each.split()) > _NAME_WORDS for each in texts)


def _is_said(label: str) -> bool:
    """Tell whether a key's words say something to a reader: ids, dates and pictures do not."""
    return not {_name(word) for word in label.split()} & set(_names("unsaid")) and label[:1].isalpha()


def _texts(job: Object) -> Iterator[tuple[str | None, str]]:
    """Yield the long texts with their headings: the main one first, then those of other keys, and lists of texts."""
    main, told = next(((value, words) for value in _values(job, "text") if (words := _write(value))), (None, ""))
    if told:
        yield None, told
    for field in _fields(job):
        if field.value is main or field.name in _names("title"):
            continue
        words = _write(field.value)
        is_text = len(words) > _LONG or _is_list_of_texts(field.value)
        if is_text and field.name not in _names("link") and _is_said(field.label) and words not in told:
            yield field.label.capitalize(), words


def _write(value: Any) -> str:
    """Return a long text, a list of texts as a list, and the texts within an object below each other."""
    if isinstance(value, str):
        return read_hypertext(value)
    if isinstance(value, dict):
        return "\n\n".join(
            words for each in value.values() if isinstance(each, str) and len(each) > _LEAST_LETTERS and (words := read_hypertext(each))
        )
    texts = [" ".join(read_hypertext(each).split()) for each in as_list(value) if isinstance(each, str) and each.strip()]
    return "\n".join(f"* {text}" for text in texts)


ANY_DATA = Format(name="JSON or XML of any kind", render=render_any_data)


# Many postings in one document: a board's answer, a feed, a list of any kind.

_DEEPEST_LIST = 4
_MOST_POSTINGS = 100_000
_LOOKED_AT = 200
"""Objects of a list: where none of the first is a posting, none is looked for among the others."""

_LEAST_SHARE = 0.5
"""Of a list's objects that must be postings: a posting's places and tags have names too."""


def split_postings(data: Any) -> list[Object]:
    """
    Return the postings that a JSON value or an XML document holds, each as an object of its own; none where none is found.

    What is said above a list of all of them goes with each: the company's name, and what a feed sends beside its postings.

    >>> jobs = [{"title": "Cook", "url": "x"}, {"title": "Baker", "url": "y"}]
    >>> [(job["title"], job["company_name"]) for job in split_postings({"name": "Bistro", "jobs": jobs})]
    [('Cook', 'Bistro'), ('Baker', 'Bistro')]
    >>> split_postings({"recipes": [{"title": "Soup"}]})
    []
    """
    if found := find_postings_of(data):
        return found
    if isinstance(data, dict) and _is_posting(data):
        return [data]
    return next((list(_carry(jobs, above)) for jobs, above in _lists(data, {}, 0)), [])


def split_text(text: str) -> list[str] | None:
    """Return each posting of a JSON or XML text as a text of its own; None where the text holds no list of them."""
    data = read_data(text)
    found = split_postings(data) if isinstance(data, dict | list) else []
    return None if not found or (len(found) == 1 and found[0] is data) else [write_object(job) for job in found]


def write_object(job: Object) -> str:
    """Return an object as JSON."""
    return to_json(job, inf_nan_mode="constants").decode()


def _is_posting(data: Any) -> bool:
    """Tell whether an object is one posting: of likely keys, or of the boards whose keys tell otherwise."""
    if not isinstance(data, dict) or "rolecall" in data:
        return False
    job = as_object(data.get("_jobposting")) or data
    signs = ("attributes.title", "MatchedObjectDescriptor.PositionTitle", "text", "jobAd", "jobDescriptions", "contents")
    has_signs = any(dig(job, sign) is not None for sign in signs[:2]) or (as_words(job.get("text")) and "categories" in job)
    return bool(has_signs) or any(job.get(sign) is not None for sign in signs[3:]) or is_likely_posting(job)


def _lists(data: Any, above: Object, depth: int) -> Iterator[tuple[list[Object], Object]]:
    """Yield the lists of postings in a value, with the object that each lies in; the outermost first."""
    if isinstance(data, list):
        objects = [each for each in data[:_MOST_POSTINGS] if isinstance(each, dict)]
        jobs = [each for each in objects if _is_posting(each)] if any(map(_is_posting, objects[:_LOOKED_AT])) else []
        if jobs and len(jobs) >= _LEAST_SHARE * len(objects):
            yield jobs, above
    elif isinstance(data, dict) and depth < _DEEPEST_LIST:
        inner = sorted(data.values(), key=lambda each: not isinstance(each, list))
        for each in inner:
            if isinstance(each, list):
                yield from _lists(each, data, depth)
            elif isinstance(each, dict):
                # A feed with one posting has it where others have their lists.
                if _is_posting(each):
                    yield [each], data
                else:
                    yield from _lists(each, data, depth + 1)


def _carry(jobs: Iterable[Object], above: Object) -> Iterator[Object]:
    """Yield postings with what is said of all of them above their list."""
    company = as_words(above.get("company_name")) or as_words(above.get("company")) or as_words(above.get("name"))
    beside = as_list(above.get("included"))
    for job in jobs:
        found = as_object(job.get("_jobposting")) or job
        if beside:
            found = {**found, "included": [each for each in beside if _is_related(found, each)]}
        if company and not any(key in found for key in ("company_name", "company", "companyName", "hiringOrganization")):
            found = {**found, "company_name": company}
        yield found


def _is_related(job: Object, other: Any) -> bool:
    """Tell whether a posting of JSON:API refers to what is sent beside it."""
    wanted = (as_object(other).get("type"), as_object(other).get("id"))
    related = (each for link in as_object(job.get("relationships")).values() for each in as_list(as_object(link).get("data")))
    return any((as_object(each).get("type"), as_object(each).get("id")) == wanted for each in related)
