"""The JSON of the posting APIs of Greenhouse, Lever and Ashby."""

import re
from collections.abc import Iterator

from bot.parsing.formats import Format
from bot.parsing.formats.boards import Board, format_of, has_country, write_posting, write_workplace
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
    read_period,
    write_day,
    write_pay,
    write_place,
)
from bot.parsing.formats.layouts import write_sections
from bot.text.hypertext import read_hypertext

# A job of Greenhouse's job board API.

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
    if not isinstance(job, dict) or _GREENHOUSE_FURTHER.isdisjoint(job) or not _NOT_GREENHOUSE.isdisjoint(job):
        return None
    return write_posting(_GREENHOUSE, job)


def _greenhouse_terms(job: Object) -> Iterator[tuple[str, str | None]]:
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
    least, most = (amount and amount / _GREENHOUSE_CENTS for amount in map(as_number, (pay.get("min_cents"), pay.get("max_cents"))))
    title = as_words(pay.get("title"))
    written = write_pay(least, most, currency=pay.get("currency_type"), per=read_period(title) or read_period(pay.get("blurb")))
    return f"{written} ({title})" if written and title else written


_GREENHOUSE = Board(
    name="Greenhouse JSON",
    signs=frozenset({"title", "absolute_url"}),
    title=("title",),
    company=("company_name",),
    link=("absolute_url",),
    places=lambda job: each_words([job.get("location")]),
    terms=_greenhouse_terms,
    body=lambda job: read_hypertext(as_markup(job.get("content"))),
)
GREENHOUSE = Format(name=_GREENHOUSE.name, render=render_greenhouse)


# A posting of Lever's postings API.


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
    is_one = isinstance(posting, dict) and isinstance(posting.get("categories"), dict)
    return write_posting(_LEVER, posting) if is_one else None


def _lever_places(posting: Object) -> list[str]:
    categories = as_object(posting["categories"])
    return each_words(categories.get("allLocations")) or each_words(categories.get("location"))


def _lever_terms(posting: Object) -> Iterator[tuple[str, str | None]]:
    country, pay = as_words(posting.get("country")), as_object(posting.get("salaryRange"))
    yield "country", name_country(country) if country else None
    yield "salary", write_pay(pay.get("min"), pay.get("max"), currency=pay.get("currency"), per=pay.get("interval"))
    yield "employment type", as_words(as_object(posting["categories"]).get("commitment"))


def _lever_body(posting: Object) -> str:
    lists = map(as_object, as_list(posting.get("lists")))
    parts = [
        (None, _lever_first_of(posting, "description", "descriptionPlain")),
        *((as_words(each.get("text")), read_hypertext(as_markup(each.get("content")))) for each in lists),
        (None, _lever_first_of(posting, "salaryDescription", "salaryDescriptionPlain")),
        (None, _lever_first_of(posting, "additional", "additionalPlain")),
    ]
    return write_sections(parts)


def _lever_first_of(posting: Object, *keys: str) -> str:
    return next((words for key in keys if (words := read_hypertext(as_markup(posting.get(key))))), "")


_LEVER = Board(
    name="Lever JSON",
    signs=frozenset({"text", "categories"}),
    title=("text",),
    company=(),
    link=("hostedUrl", "applyUrl"),
    places=_lever_places,
    terms=_lever_terms,
    workplace=lambda posting: write_workplace(as_words(posting.get("workplaceType"))),
    further=(("team", "categories.team"), ("department", "categories.department")),
    posted=("createdAt",),
    body=_lever_body,
)
LEVER = Format(name=_LEVER.name, render=render_lever)


# A job of Ashby's posting API.

_ASHBY_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASHBY_SUMMARIES = ("scrapeableCompensationSalarySummary", "compensationTierSummary")


def _ashby_places(job: Object) -> list[str]:
    further = [as_object(each).get("location", each) for each in as_list(job.get("secondaryLocations"))]
    places = each_words([job.get("location"), *further])
    address = as_object(job.get("address")).get("postalAddress")
    country = as_words(as_object(address).get("addressCountry"))
    if country and not has_country(places, country):
        places.append(write_place(address) or name_country(country))
    return places


def _ashby_terms(job: Object) -> Iterator[tuple[str, str | None]]:
    compensation = as_object(job.get("compensation"))
    yield from (("salary", words) for words in _ashby_pay(compensation))
    yield "beside the salary", ", ".join(_ashby_beside(compensation))
    kind = _ASHBY_CAPITAL.sub("-", as_words(job.get("employmentType")) or "")
    yield "employment type", kind.replace("-T", "-t").replace("Intern", "Internship") if not kind.endswith("ship") else kind


def _ashby_workplace(job: Object) -> str | None:
    stated = as_words(job.get("workplaceType"))
    if stated:
        return "On-site" if stated.casefold() in ("onsite", "on-site") else stated
    return "Remote" if job.get("isRemote") is True else None


def _ashby_pay(compensation: Object) -> Iterator[str | None]:
    """Yield what the job pays: each tier's range where several are told, the summary in words, else each range among the components."""
    tiers = dict.fromkeys(words for tier in as_list(compensation.get("compensationTiers")) for words in _ashby_tier(as_object(tier)))
    if len(tiers) > 1:
        yield from tiers
        return
    summary = next((words for key in _ASHBY_SUMMARIES if (words := as_words(compensation.get(key)))), None)
    if summary:
        yield summary
        return
    for each in map(as_object, as_list(compensation.get("summaryComponents"))):
        if each.get("compensationType") in (None, "Salary"):
            yield write_pay(each.get("minValue"), each.get("maxValue"), currency=each.get("currencyCode"), per=each.get("interval"))


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


ASHBY = format_of(
    Board(
        name="Ashby JSON",
        signs=frozenset({"title", "jobUrl"}),
        title=("title",),
        company=(),
        link=("jobUrl", "applyUrl"),
        places=_ashby_places,
        terms=_ashby_terms,
        workplace=_ashby_workplace,
        further=(("department", "department"), ("team", "team")),
        posted=("publishedAt",),
        body=lambda job: read_hypertext(as_markup(job.get("descriptionHtml"))) or read_hypertext(as_markup(job.get("descriptionPlain"))),
    )
)
