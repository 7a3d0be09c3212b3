"""A schema.org JobPosting: alone, in a list or graph, or in the scripts of an HTML page."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.parsing.formats import Format
from bot.parsing.formats.json_fields import (
    Object,
    as_list,
    as_markup,
    as_number,
    as_object,
    as_words,
    each_words,
    name_country,
    read_data,
    read_json,
    walk_objects,
    write_pay,
    write_place,
)
from bot.parsing.formats.layouts import write_front_matter
from bot.text.hypertext import read_hypertext
from bot.text.markup import to_link

_SCRIPT = re.compile(r"<script\b[^>]{0,300}\bld(?:\+|&#(?:x2b|43);|&plus;)json[^>]{0,300}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_WRAPPING = re.compile(r"^\s*(?://\s?)?(?:<!--|<!\[CDATA\[)|(?://\s?)?(?:-->|\]\]>)\s*$")
_KIND = re.compile(r"(?:.{0,60}[/:#])?JobPosting")
_MOST_SCRIPTS = 50
_INSIDE = frozenset({"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"})
_LEAST_LETTERS = 40
"""A posting with fewer letters in its description says more elsewhere on its page."""

_EMPLOYMENT = {
    "FULL_TIME": "Full-time",
    "PART_TIME": "Part-time",
    "CONTRACTOR": "Contract",
    "TEMPORARY": "Temporary",
    "INTERN": "Internship",
    "PER_DIEM": "Per diem",
    "VOLUNTEER": "Volunteer",
    "OTHER": None,
}
_SECTIONS = (
    ("Responsibilities", "responsibilities"),
    ("Requirements", "qualifications"),
    ("Skills", "skills"),
    ("Benefits", "jobBenefits"),
    ("Benefits", "incentiveCompensation"),
    ("Working hours", "workHours"),
)
"""Headings, and the fields that hold what stands below them where the description does not say it."""

_YEAR = 12


def render_json_ld(text: str) -> str | None:
    """
    Return a JobPosting's labelled values and description, or None if there is none, or several.

    >>> print(render_json_ld('{"@type": "JobPosting", "title": "Cook", "description": "<p>We cook."}'))
    ---
    title: Cook
    ---
    <BLANKLINE>
    We cook.
    >>> render_json_ld('{"@type": "Recipe"}') is None
    True
    """
    found = find_job_postings(text)
    if len(found) != 1:
        return None
    body = _write_body(found[0])
    if _is_page(text) and sum(map(str.isalnum, body)) < _LEAST_LETTERS:
        return None
    return write_front_matter(_head(found[0]), body)


def find_job_postings(text: str) -> list[Object]:
    """Return the JobPostings in a text or in the scripts of a page, in order; one that is there twice counts once."""
    return find_postings_of(list(_blocks(text, is_page=_is_page(text))))


def find_postings_of(data: Any) -> list[Object]:
    """Return the JobPostings in a JSON value, in order; one that is there twice counts once."""
    found = [node for node in walk_objects(data, inside=_INSIDE) if is_job_posting(node)]
    return found[:1] if all(node == found[0] for node in found) else list({json.dumps(node): node for node in found}.values())


def _is_page(text: str) -> bool:
    return text.lstrip().startswith("<")


def is_job_posting(node: Object) -> bool:
    """
    Tell whether a JSON object is a schema.org JobPosting.

    >>> is_job_posting({"@type": ["http://schema.org/JobPosting"]}), is_job_posting({"@type": "Job"})
    (True, False)
    """
    return any(isinstance(kind, str) and _KIND.fullmatch(kind) for kind in as_list(node.get("@type")))


def _blocks(text: str, *, is_page: bool) -> Iterator[Any]:
    """Yield the JSON of a text, or of each script of a page."""
    if not is_page:
        yield read_data(text)
        return
    at = 0
    for _ in range(_MOST_SCRIPTS):
        script = _SCRIPT.search(text, at)
        end = _SCRIPT_END.search(text, script.end()) if script else None
        if script is None or end is None:
            return
        at = end.end()
        yield read_json(_WRAPPING.sub("", text[script.end() : end.start()]))


def _head(node: Object) -> Iterator[tuple[str, str | None]]:
    yield "title", as_words(node.get("title")) or as_words(node.get("name"))
    yield "company", as_words(node.get("hiringOrganization"))
    yield "link", next((link for link in map(to_link, _addresses(node)) if link), None)
    yield from _places(node)
    for key in ("baseSalary", "estimatedSalary"):
        yield from (("salary", pay) for each in as_list(node.get(key)) if (pay := _write_salary(each, node)))
    kinds = [_EMPLOYMENT.get(kind.upper().replace("-", "_"), kind) for kind in each_words(node.get("employmentType"))]
    yield "employment type", ", ".join(kind for kind in kinds if kind)
    yield "experience", _write_experience(node.get("experienceRequirements"))
    yield "education", ", ".join(map(_write_degree, as_list(node.get("educationRequirements"))))
    yield "application deadline", as_words(node.get("validThrough"))


def _addresses(node: Object) -> Iterator[str]:
    for key in ("url", "@id", "sameAs", "mainEntityOfPage"):
        value = node.get(key)
        yield from (each for each in as_list(value) if isinstance(each, str))
    yield from (each for each in as_list(as_object(node.get("applicationContact")).get("url")) if isinstance(each, str))


def _places(node: Object) -> Iterator[tuple[str, str | None]]:
    """Yield where the work is, whether it is remote, and from where one may apply."""
    places = list(dict.fromkeys(place for each in as_list(node.get("jobLocation")) if (place := write_place(each))))
    areas = [name_country(words) for words in each_words(node.get("applicantLocationRequirements"))]
    is_remote = any(kind.upper() == "TELECOMMUTE" for kind in each_words(node.get("jobLocationType")))
    # For remote work the place is the office that it belongs to; where one may live is said beside it.
    yield from (("location", place) for place in (areas if is_remote and areas else places))
    yield "workplace", "Remote" if is_remote else None
    if areas and not is_remote:
        yield from (("location", area) for area in areas)
    if is_remote and areas:
        yield "office", " | ".join(places)


def _write_salary(value: Any, node: Object) -> str | None:
    if isinstance(value, str) and as_number(value) is None:
        return as_words(value)
    amount = as_object(value)
    inner = as_object(amount.get("value"))
    scalar = amount.get("value") if not inner else inner.get("value")
    if isinstance(scalar, str) and as_number(scalar) is None:
        return as_words(scalar)
    fields = {**amount, **inner}
    exact = scalar if scalar is not None else value if not amount else amount.get("median")
    return write_pay(
        fields.get("minValue", exact),
        fields.get("maxValue", exact),
        currency=amount.get("currency") or inner.get("currency") or node.get("salaryCurrency"),
        per=fields.get("unitText") or fields.get("unitCode") or amount.get("duration"),
    )


def _write_experience(value: Any) -> str | None:
    months = as_number(as_object(value).get("monthsOfExperience"))
    if months is None:
        return as_words(value)
    return f"at least {months / _YEAR:g} years of experience" if months >= _YEAR else f"at least {months:g} months of experience"


def _write_degree(value: Any) -> str:
    return as_words(as_object(value).get("credentialCategory")) or as_words(value) or ""


def _write_body(node: Object) -> str:
    body = read_hypertext(_without_escapes(as_markup(node.get("description"))))
    said = _letters(body)
    for heading, key in _SECTIONS:
        values = [read_hypertext(each) if isinstance(each, str) else as_words(each) or "" for each in as_list(node.get(key))]
        new = [words for words in values if words and _letters(words) not in said]
        if new:
            below = new[0] if len(values) == 1 else "\n".join(f"* {' '.join(words.split())}" for words in new)
            body = f"{body}\n\n## {heading}\n\n{below}"
    return body.strip()


def _without_escapes(markup: str) -> str:
    r"""
    Return markup in which line breaks that were escaped twice are line breaks; a single backslash is a path's.

    >>> _without_escapes(r"<p>We cook.</p>\n\n<b>You</b>")
    '<p>We cook.</p>\n\n<b>You</b>'
    """
    return markup.replace("\\r\\n", "\n").replace("\\n\\n", "\n\n").replace(">\\n", ">\n") if "\\n" in markup else markup


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


JSON_LD = Format(name="schema.org JSON-LD", render=render_json_ld)
