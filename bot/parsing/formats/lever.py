"""A posting of Lever's postings API."""

from collections.abc import Iterator

from bot.parsing.formats import Format
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
)
from bot.text.hypertext import read_hypertext
from bot.text.markup import to_link

_KEYS = frozenset({"text", "categories"})
_LINKS = ("hostedUrl", "applyUrl")
_WORKPLACES = {"remote": "Remote", "hybrid": "Hybrid", "on-site": "On-site", "onsite": "On-site"}


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
    if not isinstance(posting, dict) or not posting.keys() >= _KEYS or not isinstance(posting["categories"], dict):
        return None
    body = "\n\n".join(part for part in _parts(posting) if part)
    return write_front_matter(_head(posting, body), body)


def _head(posting: Object, body: str) -> Iterator[tuple[str, str | None]]:
    link = next((link for key in _LINKS if (link := to_link(as_words(posting.get(key)) or ""))), None)
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
    yield "workplace", _WORKPLACES.get((as_words(posting.get("workplaceType")) or "").casefold())
    yield "team", as_words(categories.get("team"))
    yield "department", as_words(categories.get("department"))


def _parts(posting: Object) -> Iterator[str]:
    yield _first_of(posting, "description", "descriptionPlain")
    for each in as_list(posting.get("lists")):
        heading, content = as_words(as_object(each).get("text")), read_hypertext(as_markup(as_object(each).get("content")))
        yield f"## {heading}\n\n{content}" if heading and content else content
    yield _first_of(posting, "salaryDescription", "salaryDescriptionPlain")
    yield _first_of(posting, "additional", "additionalPlain")


def _first_of(posting: Object, *keys: str) -> str:
    return next((words for key in keys if (words := read_hypertext(as_markup(posting.get(key))))), "")


LEVER = Format(name="Lever JSON", render=render_lever)
