"""A job of Teamtailor's API, with what is sent beside it."""

from bot.parsing.formats import Format
from bot.parsing.formats.board import Board, dig, each_place, pay_of, write_posting, write_workplace
from bot.parsing.formats.json_fields import Object, as_list, as_object, as_words, read_data

_PLACE = ("city", "country")


def _places(job: Object) -> list[str]:
    beside = [as_object(each.get("attributes")) for each in as_list(job.get("included")) if as_object(each).get("type") == "locations"]
    return each_place(beside, *_PLACE) or each_place(beside, "name") or each_place(dig(job, "attributes.locations"), "name")


_BOARD = Board(
    name="Teamtailor JSON",
    signs=frozenset({"attributes.title", "attributes.body"}),
    title=("attributes.title",),
    company=("company_name", "attributes.company-name"),
    link=("links.careersite-job-url", "links.careersite-job-apply-url"),
    places=_places,
    pay=lambda job: pay_of(job, "attributes", low="min-salary", high="max-salary", currency="currency", per="salary-time-unit"),
    contract=("attributes.employment-type", "attributes.employment-level"),
    workplace=lambda job: write_workplace(as_words(dig(job, "attributes.remote-status"))),
    further=(("tags", "attributes.tags"), ("application deadline", "attributes.end-date")),
    body=((None, "attributes.pitch"), (None, "attributes.body")),
)


def render_teamtailor(text: str) -> str | None:
    """
    Return a job's labelled values and text, or None for other JSON; what is sent beside the job tells its places.

    >>> print(render_teamtailor('{"data": {"attributes": {"title": "Cook", "body": "<p>We cook."}}}'))
    ---
    title: Cook
    ---
    <BLANKLINE>
    We cook.
    """
    found = as_object(read_data(text))
    data = as_object(found.get("data"))
    return write_posting(_BOARD, {**data, "included": found.get("included")} if data else found)


TEAMTAILOR = Format(name="Teamtailor JSON", render=render_teamtailor)
