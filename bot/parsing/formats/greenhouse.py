"""A job of Greenhouse's job board API."""

from collections.abc import Iterator

from bot.parsing.formats import Format
from bot.parsing.formats.front_matter import write_front_matter
from bot.parsing.formats.json_fields import (
    Object,
    as_list,
    as_markup,
    as_number,
    as_object,
    as_words,
    each_words,
    find_employer,
    read_data,
    read_period,
    write_pay,
)
from bot.text.hypertext import read_hypertext
from bot.text.markup import to_link

_KEYS = frozenset({"title", "absolute_url"})
_FURTHER = frozenset({"content", "internal_job_id", "pay_input_ranges", "requisition_id"})
_CENTS = 100


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
    if not isinstance(job, dict) or not job.keys() >= _KEYS or _FURTHER.isdisjoint(job):
        return None
    body = read_hypertext(as_markup(job.get("content")))
    return write_front_matter(_head(job, body), body)


def _head(job: Object, body: str) -> Iterator[tuple[str, str | None]]:
    link = to_link(as_words(job.get("absolute_url")) or "")
    yield "title", as_words(job.get("title"))
    yield "company", as_words(job.get("company_name")) or find_employer(link, body)
    yield "link", link
    yield "location", as_words(job.get("location"))
    ranges = [each for each in as_list(job.get("pay_input_ranges")) if isinstance(each, dict)]
    yield from (("salary", _write_range(each)) for each in ranges)
    # What the employer's own fields mean only their names tell: they are read like lines of the text.
    for field in as_list(job.get("metadata")):
        name, words = as_words(as_object(field).get("name")), ", ".join(each_words(as_object(field).get("value")))
        if name and words:
            yield name.strip(" :"), words
    yield "departments", ", ".join(each_words(job.get("departments")))
    yield "application deadline", as_words(job.get("application_deadline"))


def _write_range(pay: Object) -> str | None:
    """Write one range; amounts are in cents, and what it is paid for only its title and blurb say."""
    least, most = (_in_units(pay.get(key)) for key in ("min_cents", "max_cents"))
    title = as_words(pay.get("title"))
    written = write_pay(least, most, currency=pay.get("currency_type"), per=read_period(title) or read_period(pay.get("blurb")))
    return f"{written} ({title})" if written and title else written


def _in_units(cents: object) -> float | None:
    amount = as_number(cents)
    return amount / _CENTS if amount is not None else None


GREENHOUSE = Format(name="Greenhouse JSON", render=render_greenhouse)
