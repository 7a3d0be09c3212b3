"""Whether a posting is still open by what its own address answers: its page, its board's JSON, or that nothing is there."""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from yarl import URL

from bot.boards import fits_role, own_links, text_of
from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Evidence, Openness
from bot.intake.addresses import BoardRef, Unread, find_board_place, pick_jobs
from bot.intake.fetching import NOT_THERE, Hosts, Page, decode_page
from bot.parsing.formats.json_fields import as_words, read_json
from bot.parsing.formats.json_ld import find_job_postings
from bot.text.clean import fold
from bot.text.hypertext import parse_tree, write_lines
from bot.text.lexicon import read_lexicon
from bot.topics.apply import DateKind, dates_in

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WORDS = re.compile(r"[^\W_]+")

# Whether an address is one posting's own.


def is_general(link: str) -> bool:
    """
    Tell whether a link leads to a page of many postings by its address alone: a site's front, or its careers page.

    >>> [is_general(f"https://a.example{path}") for path in ("/", "/en/careers.html#cook", "/jobs/12#apply", "/careers?job=12")]
    [True, True, False, False]
    """
    url = URL(link)
    if any(character.isdigit() for character in url.query_string):
        return False
    *_, last = url.parts or ("/",)
    return set(_WORDS.findall(last.lower())) <= _general_words()


@cache
def _general_words() -> frozenset[str]:
    return frozenset(read_lexicon("links")["applying"]["path"].split()) | _words()["general"]


def is_own(link: str, answered: URL) -> bool:
    """
    Tell whether what answered speaks for the posting that a link is of, and neither for all of a site nor for where it passes people on to.

    >>> [is_own("https://a.example/jobs/12", URL(f"https://www.a.example{path}")) for path in ("/en/jobs/12-cook", "/jobs", "/")]
    [True, False, False]
    """
    if is_general(link):
        return False
    asked = URL(link)
    own = [part for part in (asked.name or asked.parent.name, *asked.query.values()) if part]
    there = f"{answered.path} {answered.query_string}"
    return any(part in there for part in own)


def tells_gone(link: str, error: UnreadablePosting) -> bool:
    """Tell whether a link's own address, and not another one that it was passed on to, answers that it is not there any more."""
    answered = getattr(error, "url", None)
    return getattr(error, "status", None) in NOT_THERE and answered is not None and is_own(link, answered)


# What a posting's own page says.

_LEAST_SHARED = 0.5
"""Of a posting's words: its own page has nearly all, another job of the employer a third."""

_LEAST_WORDS = 15
_LONGEST_NOTICE = 250
"""Words of a page that only says that a posting is gone, with its menu and its footer."""

_LONGEST_LINE = 300
_SENTENCE = re.compile(r"[^.!?]+[.!?]?")
_LABEL = re.compile(r"([^.!?]{1,100}?)(?::| [-\N{EN DASH}\N{EM DASH}|]) ")
_FAULTS, _DEEPEST = 500, 100
_LEAST_LISTED = 2
"""Links to single postings from which on a page is a list of them."""


class PagePosting(NamedTuple):
    """The posting that a page is to show."""

    title: str
    text: str
    link: str | None = None
    """The address that the page was asked for at; None for the page's own."""


def judge_page(page: Page, sought: PagePosting, *, now: datetime) -> tuple[Openness, Evidence]:
    """
    Tell whether a posting is still open by its page; unknown where the page shows something else, or nothing.

    Raises UnreadablePosting for what is no text.
    """
    text = text_of(page)
    own = fold(sought.text)
    words, told = set(_WORDS.findall(own)), set(_WORDS.findall(fold(text)))
    is_shown = len(words) >= _LEAST_WORDS and fits_role(text, sought.title) and len(words & told) >= _LEAST_SHARED * len(words)
    shown = (Openness.OPEN if is_shown else Openness.UNKNOWN), Evidence.PAGE
    if not is_own(sought.link or str(page.url), page.url):
        return shown
    lines = list(_visible_lines(text))
    # Of a page that does not show the posting, such a line may be about another one.
    is_about_it = is_shown or (sum(len(line.split()) for line in lines) <= _LONGEST_NOTICE and not _lists_postings(text, page.url))
    if is_about_it and any(_says_closed(line, sought.title) and line not in own for line in lines):
        return Openness.CLOSED, Evidence.WORDS
    marked = find_job_postings(text) if is_shown else []
    if len(marked) == 1 and fits_role(as_words(marked[0].get("title")) or sought.title, sought.title):
        closing = find_closing([f"Valid through: {marked[0].get('validThrough')}"])
        if closing is not None and closing <= now:
            return Openness.CLOSED, Evidence.DATE
    return shown


def _visible_lines(text: str) -> Iterator[str]:
    """Yield the folded lines that a page shows, without those about other postings."""
    if not text.lstrip().startswith("<"):
        yield from map(fold, text.splitlines())
        return
    page = parse_tree(text)
    root = page.body or page.root
    if root is not None:
        yield from (fold(line) for line in write_lines(root, _is_about_others).splitlines())


def _is_about_others(node: "LexborNode") -> bool:
    """Tell whether a part of a page speaks of other postings, or is not shown."""
    attributes = node.attributes or {}
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()[:500]
    if node.tag in ("nav", "footer", "aside", "template") or _is_hidden(attributes):
        return True
    return any(word in _words()["others"] for word in _WORDS.findall(named))


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """
    Tell whether an element is there to be shown another time; one that is hidden on small screens only is shown.

    >>> [_is_hidden({"class": names}) for names in ("notice d-none", "hidden md:block", "notice")]
    [True, False, False]
    """
    style = "".join((attributes.get("style") or "").lower()[:500].split())
    if "hidden" in attributes or "display:none" in style or "visibility:hidden" in style:
        return True
    classes = (attributes.get("class") or "").lower()[:500].split()
    return not _words()["hidden"].isdisjoint(classes) and not any(":" in name for name in classes)


def _lists_postings(text: str, url: URL) -> bool:
    """Tell whether a page links to single postings of its site, besides those in the parts about others."""
    found: set[str] = set()
    for node, link in own_links(text, url) if text.lstrip().startswith("<") else ():
        is_posting = not _general_words().isdisjoint(_WORDS.findall(link.path.lower())) and not is_general(str(link))
        if is_posting and not _stands_among_others(node):
            found.add(link.path)
    return len(found) >= _LEAST_LISTED


def _stands_among_others(node: "LexborNode") -> bool:
    above = node.parent
    for _ in range(_DEEPEST):
        if above is None or above.tag in ("body", "-document"):
            return False
        if _is_about_others(above):
            return True
        above = above.parent
    return False


def _says_closed(line: str, title: str = "") -> bool:
    """
    Tell whether a folded line says that the posting is closed, and neither what would be if it were nor so of another one.

    >>> _says_closed("this job is no longer accepting applications."), _says_closed("we tell you if the position has been filled.")
    (True, False)
    >>> _says_closed("winder: this position has been filled.", "Clockmaker"), _says_closed("not accepting applications from agencies.")
    (False, False)
    """
    if len(line) > _LONGEST_LINE:
        return False
    line = line.replace("’", "'")
    label = _LABEL.match(line)
    if label and title and not _says_closed(label[1]):
        named = set(_WORDS.findall(label[1]))
        if named.isdisjoint(_words()["labels"]) and named.isdisjoint(_WORDS.findall(fold(title))):
            return False
    return any(
        not sentence.endswith("?") and _words()["unless"].isdisjoint(_split(sentence)) and _names_closing(sentence)
        for sentence in _SENTENCE.findall(line)
    )


def _names_closing(sentence: str) -> bool:
    """Tell whether a sentence has such a phrase, which neither hangs on a conjunction nor goes on to say for whom only."""
    for phrase in _words()["phrases"]:
        before, found, behind = sentence.partition(phrase)
        hangs = not _words()["conjunctions"].isdisjoint(_split(before)[-_NEAR:])
        if found and not hangs and _words()["narrowed"].isdisjoint(_split(behind.removeprefix("s"))[:1]):
            return True
    return False


def _split(sentence: str) -> list[str]:
    return re.split(r"[\s,;:.!()]+", sentence.strip())


_NEAR = 4


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_lexicon("closed_words").items()}


_FIRST_YEAR = 2000


def find_closing(quotes: Iterable[str]) -> datetime | None:
    """
    Return from when on the closing day that a posting's words state is past everywhere on earth, None where they state none.

    A day up to which one is preferred, or before any board was, closes nothing.

    >>> find_closing(["Closing date: 30 May 2026"]).isoformat()
    '2026-05-31T12:00:00+00:00'
    >>> find_closing(["Apply by 5 May 2026 for full consideration; open until filled."]) is None
    True
    """
    day = dates_in(quote for quote in quotes if not any(words in fold(quote) for words in _words()["open_longer"])).get(DateKind.CLOSES)
    return None if day is None or day.year < _FIRST_YEAR else datetime.combine(day, time(), UTC) + timedelta(hours=36)


def is_listed(page: Page, ref: BoardRef) -> bool:
    """Tell whether a board's answer has a job; raises Unread for what is no answer of a board."""
    document = read_json(decode_page(page.body, str(page.url), stated=page.charset))
    is_answer = isinstance(document, list) or (isinstance(document, dict) and ("id" in document or isinstance(document.get("jobs"), list)))
    if not is_answer:
        raise Unread("does not answer with a posting")
    return bool(pick_jobs(document, ref))


# What its address answers.


class Answered(NamedTuple):
    """What is known of a posting by its address."""

    openness: Openness
    by: Evidence
    wait: float = 0.0
    """Seconds that its site wants to be left alone."""


Apart: TypeAlias = Callable[..., Awaitable[Any]]
"""Calls a function with a page and more beside the event loop; raises UnreadablePosting."""


async def ask_address(sought: PagePosting, hosts: Hosts, *, apart: Apart, now: datetime, is_last: bool) -> Answered:
    """
    Return what is known of a posting by its link: on a board by its JSON, else by its page. Raises Postponed.

    Where nothing is there, and `is_last` says that it is closed for that, the site's front page is asked too: a site that is gone as
    a whole, moved or broken, tells nothing of one posting.
    """
    link = sought.link or ""
    place = find_board_place(URL(link), hosts.rules.boards)
    try:
        if place and place.ref.job:
            is_there = await apart(is_listed, await hosts.fetch(place.address), place.ref)
            return Answered(Openness.OPEN, Evidence.PAGE) if is_there else Answered(Openness.CLOSED, Evidence.GONE)
        return Answered(*await apart(partial(judge_page, now=now), await hosts.fetch(link), sought))
    except UnreadablePosting as error:
        wait = getattr(error, "retry_after", None) or 0.0
        is_gone = tells_gone(link, error)
    if is_gone and (place or not is_last or await _is_site_there(URL(link), hosts)):
        return Answered(Openness.CLOSED, Evidence.GONE)
    return Answered(Openness.UNKNOWN, Evidence.PAGE, wait)


async def _is_site_there(link: URL, hosts: Hosts) -> bool:
    """Tell by what a site's front page answers whether the site is there at all."""
    try:
        await hosts.fetch(str(link.origin()))
    except UnreadablePosting as error:
        status = getattr(error, "status", None)
        return status is not None and status not in NOT_THERE and status < _FAULTS
    return True
