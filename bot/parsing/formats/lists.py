"""Many postings in one document: a board's answer, a feed, a list of any kind."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import to_json

from bot.parsing.formats.any_data import is_likely_posting
from bot.parsing.formats.board import dig
from bot.parsing.formats.json_fields import Object, as_list, as_object, as_words, read_data
from bot.parsing.formats.json_ld import find_postings_of

_DEEPEST = 4
_MOST = 100_000
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
        objects = [each for each in data[:_MOST] if isinstance(each, dict)]
        if objects and sum(map(_is_posting, objects)) >= _LEAST_SHARE * len(objects):
            yield [job for job in objects if _is_posting(job)], above
    elif isinstance(data, dict) and depth < _DEEPEST:
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
