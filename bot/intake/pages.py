"""The postings on a page: one in markup or in its main text, those of a board, or the line that says why there is none."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import unquote

from yarl import URL

from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.intake.addresses import BoardPlace, Unread, WebRules, check_url, find_board_place, list_jobs, pick_jobs
from bot.intake.fetching import Page, decode_page, fetch_page
from bot.intake.isolated import NoProcess, ProcessEnded, is_quick, run_isolated
from bot.intake.reading import Failure, refuse_failure, to_failure
from bot.intake.sources import Refusal, Source, to_label
from bot.parsing.formats.json_fields import read_json
from bot.parsing.formats.json_ld import find_job_postings, render_json_ld
from bot.parsing.parse import parse_posting, read_document, render_markup
from bot.text.clean import repair
from bot.text.items import BY_HEADING, BY_LABEL, BY_LEAD, IN_PASSING, read_items
from bot.text.lexicon import read_lexicon
from bot.text.markup import to_link
from bot.text.sections import LISTED
from bot.topics import BY_NAME
from bot.topics.topic import JobSign

# The address that a posting from the web is kept with: its own, or that of its page.

_STATED = re.compile(r"---\n(?:(?!---)[^\n]*\n){0,60}?link: (?P<link>\S+)\n")
_TRACKING: dict[str, list[str]] = read_lexicon("file_words")["tracking"]


def choose_link(text: str, url: URL) -> str | None:
    r"""
    Return the link for a posting whose text was read out of a page: the page's, or None where the text's head states a better one.

    That of a site's front page is none: many give it as the address of each of their pages.

    >>> choose_link("---\ntitle: Cook\n---\n\nSee https://bistro.example/about.", URL("https://bistro.example/7?utm_source=x"))
    'https://bistro.example/7'
    >>> choose_link("---\nlink: https://bistro.example/apply/7\n---\n", URL("https://bistro.example/7")) is None
    True
    """
    stated = find_stated_link(text)
    return None if stated and not _is_front_page(stated) else clean_link(url)


def find_stated_link(text: str) -> str | None:
    """Return the link in the head that was written for what was read out of markup."""
    stated = _STATED.match(text)
    return stated["link"] if stated else None


def clean_link(url: URL) -> str | None:
    """
    Return an address without what only tracks people, or None for one that is too long for a link.

    >>> clean_link(URL("https://bistro.example/7?utm_source=x&ref=8%3D9&gh_src=y#top"))
    'https://bistro.example/7?ref=8%3D9'
    """
    query = url.raw_query_string
    named = [(unquote(part.partition("=")[0]).lower(), part) for part in query.split("&")]
    beginnings = tuple(_TRACKING["beginnings"])
    kept = "&".join(part for name, part in named if name not in _TRACKING["names"] and not name.startswith(beginnings))
    bare = str(url.with_query(None).with_fragment(None))
    return to_link(f"{bare}?{kept}" if kept else bare)


def is_same_page(link: str | None, url: URL) -> bool:
    """
    Tell whether a link is a page's own: the same site, path and parameters.

    >>> is_same_page("http://www.bistro.example/7/", URL("https://bistro.example/7?utm_source=x"))
    True
    >>> is_same_page("https://bistro.example/8", URL("https://bistro.example/7"))
    False
    """
    return link is not None and _key(link) == _key(str(url))


def _key(link: str) -> str | None:
    try:
        found = clean_link(URL(link))
    except ValueError:
        return None
    return found and re.sub(r"^https?://(?:www\.)?", "", found).rstrip("/")


def _is_front_page(link: str) -> bool:
    try:
        url = URL(link)
    except ValueError:
        return True
    return url.path in ("", "/") and not url.query_string


MOST_JOBS = 2_000
"""Of one board: more than any whose JSON is not larger than what is read of an address."""

_LEAST_TOLD = 2
"""
A page without markup is a posting where it tells what the job is, and one thing more.

Of 250 real postings of one usual layout all do, and 51 of 60 of many others; no page of a sign-in, a wait, a cookie notice, an application
without scripts or a list of jobs does. Any two of them took lists whose teasers name pay and years for postings; with skills among them
a program's page with its requirements is one too.
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
    return [*found, *_render_excess(jobs, name)] if found else [_read_markup(text, page.url, name=name)]


def read_board(page: Page, name: str, *, place: BoardPlace, url: URL) -> list[Source | Refusal]:
    """
    Return what a board's JSON says of a place that a page at `url` shows, nothing where the job is not in it.

    Raises UnreadablePosting for what is no text.
    """
    jobs = pick_jobs(read_json(decode_page(page.body, name, stated=page.charset)), place.ref)
    rendered = list(_render_each(jobs))
    if place.ref.job is not None:
        return [Source(name, text, link=choose_link(text, url)) for _, text in rendered]
    # The board itself is trusted to say where each of its jobs stands.
    found = [Source(to_label(find_stated_link(text) or f"{name} item {number}"), text) for number, text in rendered]
    return [*found, *_render_excess(jobs, name)]


def _render_each(jobs: list[Any]) -> Iterator[tuple[int, str]]:
    """Yield the jobs that are in a known layout, with their numbers from 1."""
    for number, job in enumerate(jobs[:MOST_JOBS], 1):
        if isinstance(job, dict) and (rendered := render_markup(json.dumps(job))):
            yield number, rendered


def _render_excess(jobs: list[Any], name: str) -> list[Refusal]:
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
    if not is_known and not _is_told_of_a_job(posting):
        raise Unread(_NONE)
    if rendered is None:
        return Source(name, text, link=None if posting.link else clean_link(url))
    return Source(name, rendered, link=choose_link(rendered, url))


def _parse(text: str, name: str) -> Posting:
    try:
        return parse_posting(text, name)
    except UnreadablePosting:
        raise Unread(_NONE) from None


def _is_told_of_a_job(posting: Posting) -> bool:
    """
    Tell whether a text says that it is a posting.

    A list that no heading or label names is not one of the things told, for a manual says what to do too; and what is only asked in
    passing, as teasers do, is no list.
    """
    items = [item for item in read_items(read_document(posting.text)) if item.told_by != IN_PASSING]
    named = {item.kind.value for item in items if item.told_by in (BY_HEADING, BY_LEAD, BY_LABEL)}
    lists = {kind.value for kind in LISTED}
    signs = {name: BY_NAME[name].job_sign for name in posting.facts if name in BY_NAME}
    tells = any(signs.get(item.kind.value) is JobSign.ITSELF for item in items)
    told = [name for name, sign in signs.items() if sign is not JobSign.NONE and (name in named or name not in lists)]
    return tells and len(told) >= _LEAST_TOLD


# Pages read beside the event loop: short ones in a thread, all others in a process of their own.

Reader: TypeAlias = Callable[[Page, str], list[Source | Refusal]]
"""Takes a page and its name; a function that other processes find by its name too."""

_SECONDS = 20.0
"""A page of 5 MB takes one."""


async def read_isolated(read: Reader, page: Page, *, name: str) -> list[Source | Refusal]:
    """
    Return what a reader finds on a page, whatever the page does to it: the process may hang, eat memory or crash.

    Raises UnreadablePosting as the reader does.
    """
    found: list[Source | Refusal | Failure] | None = None
    try:
        if not is_quick(page.body):
            with suppress(NoProcess):
                found = await run_isolated(_try, read, page, name, seconds=_SECONDS)
        found = await asyncio.to_thread(_try, read, page, name) if found is None else found
    except (ProcessEnded, MemoryError):
        raise Unread("takes more time or memory to read than any posting; paste the posting's text") from None
    return [refuse_failure(each) for each in found]


def _try(read: Reader, page: Page, name: str) -> list[Source | Refusal | Failure]:
    try:
        return [*read(page, name)]
    except (UnreadablePosting, MemoryError):
        raise
    except Exception:  # noqa: BLE001  the outermost handler of a page: what somebody else's site made trip must not end a conversation
        return [to_failure(name)]


# An address in, the postings behind it out: the one door for whoever adds a posting by its address.


async def read_url(url: str, rules: WebRules) -> list[Source | Refusal]:
    """
    Return the posting behind an address, several for a board's list, or the one line that says why it is not read.

    A source is called by its address. A posting on a known board is read from the board's public JSON, and where that does not have it
    from its page. Nothing is raised for whatever a site does. It takes 10 seconds at most, and then one or two to read what came.
    """
    visit = _Visit(to_label(url.strip().strip("<>")), rules)
    try:
        return await visit.read(check_url(url.strip().strip("<>"), allow_private=rules.allow_private))
    except Unread as error:
        return [Refusal(visit.name, f"{visit.name} {error}")]
    except UnreadablePosting as error:
        return [Refusal(visit.name, str(error))]
    except TimeoutError:
        told = f"took longer than {rules.most_seconds:g} seconds; try again later, or paste the posting's text"
        return [Refusal(visit.name, f"{visit.name} {told}")]


class _Visit:
    """Reads one address within one span of time."""

    def __init__(self, name: str, rules: WebRules) -> None:
        self.name = name
        self._rules = rules
        self._end = asyncio.get_running_loop().time() + rules.most_seconds

    async def read(self, url: URL) -> list[Source | Refusal]:
        place = find_board_place(url, self._rules.boards)
        if place and (found := await self._read_board(place, url)):
            return found
        async with asyncio.timeout_at(self._end):
            page = await fetch_page(url, self._rules)
        moved = find_board_place(page.url, self._rules.boards) if page.url != url else None
        # A closed job often leads to the list of all others, which nobody asked for.
        if moved and moved.ref.job and (found := await self._read_board(moved, page.url)):
            return found
        return await read_isolated(read_page, page, name=self.name)

    async def _read_board(self, place: BoardPlace, url: URL) -> list[Source | Refusal]:
        """Return what a board's JSON says of a place; nothing where it does not have the job, and its page may."""
        try:
            address = check_url(place.address, allow_private=self._rules.allow_private)
            async with asyncio.timeout_at(self._end):
                page = await fetch_page(address, self._rules)
            return await read_isolated(partial(read_board, place=place, url=url), page, name=self.name)
        except UnreadablePosting:
            if place.ref.job is None:
                raise
            return []
