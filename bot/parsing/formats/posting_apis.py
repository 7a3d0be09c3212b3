"""The JSON of the posting APIs of Greenhouse, Lever and Ashby."""

import re
from collections.abc import Iterator
from typing import Any

from bot.parsing.formats import Format
from bot.parsing.formats.boards import has_country
from bot.parsing.formats.json_fields import (
    Object,
    as_list,
    as_markup,
    as_number,
    as_object,
    as_words,
    each_words,
    find_employer,
    name_country,
    read_data,
    read_period,
    write_day,
    write_pay,
    write_place,
)
from bot.parsing.formats.layouts import write_front_matter
from bot.text.hypertext import read_hypertext
from bot.text.markup import to_link

# A job of Greenhouse's job board API.

_GREENHOUSE_KEYS = frozenset({"title", "absolute_url"})
_GREENHOUSE_FURTHER = frozenset({"content", "internal_job_id", "pay_input_ranges", "requisition_id"})
_NOT_GREENHOUSE = frozenset({"company", "salary"})
"""What boards of other kinds give that use the same keys for a job's address and text."""

_GREENHOUSE_CENTS = 100


def render_greenhouse(text: str) -> str | None:
    """
    Return a job's labelled values and content, or None for other JSON.

    >>> print(render_greenhouse('{"title": "Cook", "absolute_url": "https://x.example/1", "content": "&lt;p&gt;We cook.&lt;/p&gt;"}'))
    ---
    title: Cook
    link: https://x.example/1
    ---
    <BLANKLINE>
    We cook.
    """
    job = read_data(text)
    if (
        not isinstance(job, dict)
        or not job.keys() >= _GREENHOUSE_KEYS
        or _GREENHOUSE_FURTHER.isdisjoint(job)
        or not _NOT_GREENHOUSE.isdisjoint(job)
    ):
        return None
    body = read_hypertext(as_markup(job.get("content")))
    return write_front_matter(_greenhouse_head(job, body), body)


def _greenhouse_head(job: Object, body: str) -> Iterator[tuple[str, str | None]]:
    link = to_link(as_words(job.get("absolute_url")) or "")
    yield "title", as_words(job.get("title"))
    yield "company", as_words(job.get("company_name")) or find_employer(link, body)
    yield "link", link
    yield "location", as_words(job.get("location"))
    ranges = [each for each in as_list(job.get("pay_input_ranges")) if isinstance(each, dict)]
    yield from (("salary", _greenhouse_write_range(each)) for each in ranges)
    # What the employer's own fields mean only their names tell: they are read like lines of the text.
    for field in as_list(job.get("metadata")):
        name, words = as_words(as_object(field).get("name")), ", ".join(each_words(as_object(field).get("value")))
        if name and words:
            yield name.strip(" :"), words
    yield "departments", ", ".join(each_words(job.get("departments")))
    yield "date posted", write_day(job.get("first_published"))
    yield "application deadline", as_words(job.get("application_deadline"))


def _greenhouse_write_range(pay: Object) -> str | None:
    """Write one range; amounts are in cents, and what it is paid for only its title and blurb say."""
    least, most = (_greenhouse_in_units(pay.get(key)) for key in ("min_cents", "max_cents"))
    title = as_words(pay.get("title"))
    written = write_pay(least, most, currency=pay.get("currency_type"), per=read_period(title) or read_period(pay.get("blurb")))
    return f"{written} ({title})" if written and title else written


def _greenhouse_in_units(cents: object) -> float | None:
    amount = as_number(cents)
    return amount / _GREENHOUSE_CENTS if amount is not None else None


GREENHOUSE = Format(name="Greenhouse JSON", render=render_greenhouse)


# A posting of Lever's postings API.

_LEVER_KEYS = frozenset({"text", "categories"})
_LEVER_LINKS = ("hostedUrl", "applyUrl")
_LEVER_WORKPLACES = {"remote": "Remote", "hybrid": "Hybrid", "on-site": "On-site", "onsite": "On-site"}


def render_lever(text: str) -> str | None:
    """
    Return a posting's labelled values, description and lists, or None for other JSON.

    >>> print(render_lever('{"text": "Cook", "categories": {"location": "Rome"}, "lists": [{"text": "You", "content": "<li>cook"}]}'))
    ---
    title: Cook
    location: Rome
    ---
    <BLANKLINE>
    ## You
    <BLANKLINE>
    * cook
    """
    posting = read_data(text)
    if not isinstance(posting, dict) or not posting.keys() >= _LEVER_KEYS or not isinstance(posting["categories"], dict):
        return None
    body = "\n\n".join(part for part in _lever_parts(posting) if part)
    return write_front_matter(_lever_head(posting, body), body)


def _lever_head(posting: Object, body: str) -> Iterator[tuple[str, str | None]]:
    link = next((link for key in _LEVER_LINKS if (link := to_link(as_words(posting.get(key)) or ""))), None)
    categories = as_object(posting["categories"])
    places = each_words(categories.get("allLocations")) or each_words(categories.get("location"))
    country = as_words(posting.get("country"))
    pay = as_object(posting.get("salaryRange"))
    yield "title", as_words(posting.get("text"))
    yield "company", find_employer(link, body)
    yield "link", link
    yield from (("location", place) for place in places)
    yield "country", name_country(country) if country else None
    yield "salary", write_pay(pay.get("min"), pay.get("max"), currency=pay.get("currency"), per=pay.get("interval"))
    yield "employment type", as_words(categories.get("commitment"))
    yield "workplace", _LEVER_WORKPLACES.get((as_words(posting.get("workplaceType")) or "").casefold())
    yield "team", as_words(categories.get("team"))
    yield "department", as_words(categories.get("department"))
    yield "date posted", write_day(posting.get("createdAt"))


def _lever_parts(posting: Object) -> Iterator[str]:
    yield _lever_first_of(posting, "description", "descriptionPlain")
    for each in as_list(posting.get("lists")):
        heading, content = as_words(as_object(each).get("text")), read_hypertext(as_markup(as_object(each).get("content")))
        yield f"## {heading}\n\n{content}" if heading and content else content
    yield _lever_first_of(posting, "salaryDescription", "salaryDescriptionPlain")
    yield _lever_first_of(posting, "additional", "additionalPlain")


def _lever_first_of(posting: Object, *keys: str) -> str:
    return next((words for key in keys if (words := read_hypertext(as_markup(posting.get(key))))), "")


LEVER = Format(name="Lever JSON", render=render_lever)


# A job of Ashby's posting API.

_ASHBY_KEYS = frozenset({"title", "jobUrl"})
_ASHBY_LINKS = ("jobUrl", "applyUrl")
_ASHBY_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASHBY_SUMMARIES = ("scrapeableCompensationSalarySummary", "compensationTierSummary")


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
    if not isinstance(job, dict) or not job.keys() >= _ASHBY_KEYS:
        return None
    body = read_hypertext(as_markup(job.get("descriptionHtml"))) or read_hypertext(as_markup(job.get("descriptionPlain")))
    return write_front_matter(_ashby_head(job, body), body)


def _ashby_head(job: Object, body: str) -> Iterator[tuple[str, str | None]]:
    link = next((link for key in _ASHBY_LINKS if (link := to_link(as_words(job.get(key)) or ""))), None)
    yield "title", as_words(job.get("title"))
    yield "company", find_employer(link, body)
    yield "link", link
    yield from (("location", place) for place in _ashby_places(job))
    yield from (("salary", words) for words in _ashby_pay(as_object(job.get("compensation"))))
    yield "beside the salary", ", ".join(_ashby_beside(as_object(job.get("compensation"))))
    kind = _ASHBY_CAPITAL.sub("-", as_words(job.get("employmentType")) or "")
    yield "employment type", kind.replace("-T", "-t").replace("Intern", "Internship") if not kind.endswith("ship") else kind
    yield "workplace", _ashby_workplace(job)
    yield "department", as_words(job.get("department"))
    yield "team", as_words(job.get("team"))
    yield "date posted", write_day(job.get("publishedAt"))


def _ashby_places(job: Object) -> list[str]:
    further = [as_object(each).get("location", each) for each in as_list(job.get("secondaryLocations"))]
    places = each_words([job.get("location"), *further])
    address = as_object(job.get("address")).get("postalAddress")
    country = as_words(as_object(address).get("addressCountry"))
    if country and not has_country(places, country):
        places.append(write_place(address) or name_country(country))
    return places


def _ashby_workplace(job: Object) -> str | None:
    stated = as_words(job.get("workplaceType"))
    if stated:
        return "On-site" if stated.casefold() in ("onsite", "on-site") else stated
    return "Remote" if job.get("isRemote") is True else None


def _ashby_pay(compensation: Object) -> Iterator[str]:
    """Yield what the job pays: each tier's range where several are told, the summary in words, else each range among the components."""
    tiers = dict.fromkeys(words for tier in as_list(compensation.get("compensationTiers")) for words in _ashby_tier(as_object(tier)))
    if len(tiers) > 1:
        yield from tiers
        return
    summary = next((words for key in _ASHBY_SUMMARIES if (words := as_words(compensation.get(key)))), None)
    if summary:
        yield summary
        return
    for component in as_list(compensation.get("summaryComponents")):
        yield from _ashby_component(as_object(component))


def _ashby_beside(compensation: Object) -> list[str]:
    """
    Return what is paid beside a salary, each once, in the data's words; what holds an amount is none of it.

    >>> _ashby_beside({"compensationTiers": [{"components": [{"compensationType": "EquityCashValue", "summary": "Offers Equity"}]}]})
    ['Offers Equity']
    """
    tiers = (as_list(as_object(tier).get("components")) for tier in as_list(compensation.get("compensationTiers")))
    beside = (as_object(each) for components in tiers for each in components)
    told = [as_words(each.get("summary")) or "" for each in beside if each.get("compensationType") not in (None, "Salary")]
    return [words for words in dict.fromkeys(told) if words and ("%" in words or not any(sign.isdigit() for sign in words))]


def _ashby_tier(tier: Object) -> Iterator[str]:
    """Yield a tier's words, as the data has them, with its title, where it has a range of pay."""
    components = map(as_object, as_list(tier.get("components")))
    words, title = as_words(tier.get("tierSummary")), as_words(tier.get("title"))
    if words and any(each.get("compensationType") == "Salary" and each.get("maxValue") for each in components):
        yield f"{words}, title: {title}" if title else words


def _ashby_component(component: Object) -> Iterator[str]:
    kind: Any = component.get("compensationType")
    if kind is None or kind == "Salary":
        written = write_pay(
            component.get("minValue"), component.get("maxValue"), currency=component.get("currencyCode"), per=component.get("interval")
        )
        if written:
            yield written


ASHBY = Format(name="Ashby JSON", render=render_ashby)
