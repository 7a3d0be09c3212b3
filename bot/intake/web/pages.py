"""The postings on a page: one in markup or in its main text, those of a board, or the line that says why there is none."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from yarl import URL

from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.intake.source import Refusal, Source, to_label
from bot.intake.web.addresses import Unread
from bot.intake.web.boards import Place, list_jobs, pick_jobs
from bot.intake.web.charset import decode_page
from bot.intake.web.fetching import Page
from bot.intake.web.links import choose_link, clean_link, find_stated_link, is_same_page
from bot.parsing.formats.json_ld import find_job_postings, render_json_ld
from bot.parsing.formats.loose_json import read_json
from bot.parsing.parse import parse_posting, render_markup
from bot.text.clean import repair

MOST_JOBS = 2_000
"""Of one board: more than any whose JSON is not larger than what is read of an address."""

_WHAT_THE_JOB_IS = frozenset({"requirements", "responsibilities"})
_TOLD_OF_JOBS = _WHAT_THE_JOB_IS | {"preferred", "experience", "education", "pay", "benefits", "employment_type", "workplace", "visa"}
_LEAST_TOLD = 2
"""
A page without markup is a posting where it tells what the job is, and one thing more.

Of 500 real postings' texts 492 do, and none of 200 other texts but two, nor a page of a sign-in, a wait, a cookie notice, an application
without scripts or a list of jobs. Any two of them took lists whose teasers name pay and years for postings; with skills among them
it is 493, but a program's page with its requirements is one too.
"""

_NONE = (
    "shows no posting: it may want a sign-in or a browser, list several, or be of another kind; "
    "paste the posting's text, or give it as a file"
)


def read_page(page: Page, name: str) -> list[Source | Refusal]:
    """
    Return the posting on a page, or those of a list in JSON; takes up to a second for the largest, so call it beside the event loop.

    Raises UnreadablePosting for what is no text, and Unread where there is no posting.
    """
    text = repair(decode_page(page.body, name, stated=page.charset))
    jobs = list_jobs(read_json(text))
    found = [Source(f"{name} item {number}", rendered) for number, rendered in _render_each(jobs)]
    return [*found, *_tell_excess(jobs, name)] if found else [_read_markup(text, page.url, name=name)]


def read_board(page: Page, name: str, *, place: Place, url: URL) -> list[Source | Refusal]:
    """
    Return what a board's JSON says of a place that a page at `url` shows, nothing where the job is not in it.

    Raises UnreadablePosting for what is no text.
    """
    jobs = pick_jobs(read_json(decode_page(page.body, name, stated=page.charset)), place.spot)
    rendered = list(_render_each(jobs))
    if place.spot.job is not None:
        return [Source(name, text, link=choose_link(text, url)) for _, text in rendered]
    # The board itself is trusted to say where each of its jobs stands.
    found = [Source(to_label(find_stated_link(text) or f"{name} item {number}"), text) for number, text in rendered]
    return [*found, *_tell_excess(jobs, name)]


def _render_each(jobs: list[Any]) -> Iterator[tuple[int, str]]:
    """Yield the jobs that are in a known layout, with their numbers from 1."""
    for number, job in enumerate(jobs[:MOST_JOBS], 1):
        if isinstance(job, dict) and (rendered := render_markup(json.dumps(job))):
            yield number, rendered


def _tell_excess(jobs: list[Any], name: str) -> list[Refusal]:
    told = f"{name} lists more than {MOST_JOBS:,} postings, of which the first were read; give the others one by one"
    return [Refusal(name, told)] if len(jobs) > MOST_JOBS else []


def _read_markup(text: str, url: URL, *, name: str) -> Source:
    """Return the posting that a page marks as one, or the page's main text where that is one."""
    marked = find_job_postings(text)
    if len(marked) > 1:
        own = (rendered for node in marked if (rendered := render_json_ld(json.dumps(node))))
        text = next((each for each in own if is_same_page(find_stated_link(each), url)), "")
        if not text:
            raise Unread(f"shows {len(marked):,} postings; give the address of one of them")
    rendered = render_markup(text)
    posting = _parse(rendered or text, name)
    is_known = marked or (rendered is not None and not text.lstrip().startswith("<"))
    if not is_known and not _is_told_of_a_job(posting.facts.keys()):
        raise Unread(_NONE)
    if rendered is None:
        return Source(name, text, link=None if posting.link else clean_link(url))
    return Source(name, rendered, link=choose_link(rendered, url))


def _parse(text: str, name: str) -> Posting:
    try:
        return parse_posting(text, name)
    except UnreadablePosting:
        raise Unread(_NONE) from None


def _is_told_of_a_job(topics: Collection[str]) -> bool:
    return not _WHAT_THE_JOB_IS.isdisjoint(topics) and len(_TOLD_OF_JOBS.intersection(topics)) >= _LEAST_TOLD
