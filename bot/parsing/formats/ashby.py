"""A job of Ashby's posting API."""

import re
from collections.abc import Iterator
from typing import Any

from bot.parsing.formats import Format
from bot.parsing.formats.board import has_country
from bot.parsing.formats.front_matter import write_front_matter
from bot.parsing.formats.json_fields import (
    Object,
    as_list,
    as_markup,
    as_object,
    as_words,
    each_words,
    find_employer,
    name_country,
    read_data,
    write_pay,
    write_place,
)
from bot.text.hypertext import read_hypertext
from bot.text.markup import to_link

_KEYS = frozenset({"title", "jobUrl"})
_LINKS = ("jobUrl", "applyUrl")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SUMMARIES = ("scrapeableCompensationSalarySummary", "compensationTierSummary")


def render_ashby(text: str) -> str | None:
    """
    Return a job's labelled values and description, or None for other JSON.

    >>> print(render_ashby('{"title": "Cook", "jobUrl": "https://jobs.ashbyhq.com/bistro/1", "isRemote": true}'))
    ---
    title: Cook
    company: bistro
    link: https://jobs.ashbyhq.com/bistro/1
    workplace: Remote
    ---
    <BLANKLINE>
    <BLANKLINE>
    """
    job = read_data(text)
    if not isinstance(job, dict) or not job.keys() >= _KEYS:
        return None
    body = read_hypertext(as_markup(job.get("descriptionHtml"))) or read_hypertext(as_markup(job.get("descriptionPlain")))
    return write_front_matter(_head(job, body), body)


def _head(job: Object, body: str) -> Iterator[tuple[str, str | None]]:
    link = next((link for key in _LINKS if (link := to_link(as_words(job.get(key)) or ""))), None)
    yield "title", as_words(job.get("title"))
    yield "company", find_employer(link, body)
    yield "link", link
    yield from (("location", place) for place in _places(job))
    yield from (("salary", words) for words in _pay(as_object(job.get("compensation"))))
    kind = _CAPITAL.sub("-", as_words(job.get("employmentType")) or "")
    yield "employment type", kind.replace("-T", "-t").replace("Intern", "Internship") if not kind.endswith("ship") else kind
    yield "workplace", _workplace(job)
    yield "department", as_words(job.get("department"))
    yield "team", as_words(job.get("team"))


def _places(job: Object) -> list[str]:
    further = [as_object(each).get("location", each) for each in as_list(job.get("secondaryLocations"))]
    places = each_words([job.get("location"), *further])
    address = as_object(job.get("address")).get("postalAddress")
    country = as_words(as_object(address).get("addressCountry"))
    if country and not has_country(places, country):
        places.append(write_place(address) or name_country(country))
    return places


def _workplace(job: Object) -> str | None:
    stated = as_words(job.get("workplaceType"))
    if stated:
        return "On-site" if stated.casefold() in ("onsite", "on-site") else stated
    return "Remote" if job.get("isRemote") is True else None


def _pay(compensation: Object) -> Iterator[str]:
    """Yield what the job pays: the summary in words, else each range of pay among the components."""
    summary = next((words for key in _SUMMARIES if (words := as_words(compensation.get(key)))), None)
    if summary:
        yield summary
        return
    for component in as_list(compensation.get("summaryComponents")):
        yield from _component(as_object(component))


def _component(component: Object) -> Iterator[str]:
    kind: Any = component.get("compensationType")
    if kind is None or kind == "Salary":
        written = write_pay(
            component.get("minValue"), component.get("maxValue"), currency=component.get("currencyCode"), per=component.get("interval")
        )
        if written:
            yield written


ASHBY = Format(name="Ashby JSON", render=render_ashby)
