"""Boards that are followed: what a board's answer lists, as pure functions; and the one list of kinds."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urljoin

from yarl import URL

from bot.domain.posting import FollowedBoard, Posting
from bot.intake import addresses
from bot.intake.addresses import Unread
from bot.intake.fetching import Page, decode_page
from bot.parsing.formats.boards import dig, has_country
from bot.parsing.formats.json_fields import Object, as_list, as_object, as_words, read_data
from bot.parsing.formats.json_ld import find_job_postings
from bot.text.clean import fold, fold_space, repair
from bot.text.hypertext import parse_tree
from bot.text.lexicon import read_lexicon
from bot.text.markup import to_link

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# A kind of board: where its list is, and where in the answer stands what.

MOST_JOBS = 5_000
"""Of one board; of a longer one it is not said that it was read whole."""


@dataclass(frozen=True)
class BoardKind:
    """A kind of board; a path is keys with dots between them."""

    name: str
    find: Callable[[URL], str | None]
    """Returns the employer that an address on such a board names, None for an address of another kind."""

    jobs: str
    """The address of the list, with {employer}, {host} or {url}, and {offset} where there are pages."""

    listed: str = ""
    """The path of the list; empty where the answer is one."""

    key: str = "id"
    """The path of a job's id."""

    title: str = "title"
    links: tuple[str, ...] = ()
    """The paths of a job's address; the first that is one counts."""

    page: str = ""
    """The address of a job's page where the answer states none, with {employer}, {host} and {key}."""

    job: str = ""
    """The address of one job's JSON, where the list has no texts."""

    company: str = ""
    """The path of the employer's name in the whole answer."""

    total: str = ""
    """The path of how many jobs there are; what lists another number was not read whole."""

    on_page: int = 0
    """How many jobs a page of the list has; 0 where all come at once."""

    is_whole: bool = True
    """Whether what is not in the list is not open: of a feed or page with the newest only nobody can tell."""

    read: Callable[[str, URL], list[Object] | None] | None = None
    """Returns the jobs in a text, where it is no JSON or XML with a list at a path."""

    def address(self, url: URL, *, offset: int = 0, key: str = "") -> str:
        """Return where a page of the list is asked for, or with a key one job."""
        named = {"employer": quote(self.find(url) or "", safe=""), "host": url.host, "url": url, "offset": offset, "key": quote(key)}
        return (self.job if key else self.jobs).format(**named)


def _of_intake(board: addresses.Board) -> Callable[[URL], str | None]:
    """Return what finds the employer on a board that single postings are read from too."""

    def find(url: URL) -> str | None:
        place = addresses.find_board_place(url, (board,))
        return place.ref.employer if place else None

    return find


def _first_part_on(*hosts: str) -> Callable[[URL], str | None]:
    """Return what finds the employer where it is the first part of the path."""
    return lambda url: next((part for part in url.parts if part != "/"), None) if url.host in hosts else None


def _name_before(*domains: str) -> Callable[[URL], str | None]:
    """Return what finds the employer where it is a name of its own below a domain."""
    own = re.compile(rf"([a-z0-9-]+)\.(?:{'|'.join(map(re.escape, domains))})")
    not_employers = {"www", "api", "app", "apply", "jobs", "career"}
    return lambda url: found[1] if (found := own.fullmatch(url.host or "")) and found[1] not in not_employers else None


def _either(*finders: Callable[[URL], str | None]) -> Callable[[URL], str | None]:
    return lambda url: next((name for find in finders if (name := find(url))), None)


def read_feed(text: str, _url: URL) -> list[Object] | None:
    """
    Return the entries of an RSS or Atom feed as jobs, None for anything else.

    >>> entry = "<entry><id>1</id><title>Cook</title><link href='https://a.example/1'/><summary>We cook.</summary></entry>"
    >>> read_feed(f"<feed><title>Acme</title>{entry}</feed>", URL("https://a.example"))
    [{'id': '1', 'title': 'Cook', 'url': 'https://a.example/1', 'description': 'We cook.'}]
    """
    data = as_object(read_data(text))
    if not data.keys() & {"rss", "feed", "RDF"}:
        return None
    entries = as_list(dig(data, "rss.channel.item") or dig(data, "feed.entry") or dig(data, "RDF.item"))
    return [_to_job(entry) for entry in entries if isinstance(entry, dict)]


def _to_job(entry: Object) -> Object:
    links = [each.get("href") if isinstance(each, dict) else each for each in as_list(entry.get("link"))]
    link = next((found for each in links if (found := to_link(as_words(each) or ""))), None)
    texts = [each.get("text") if isinstance(each, dict) else each for name in _TEXTS for each in as_list(entry.get(name))]
    place = as_object(as_object(entry.get("locations")).get("location"))
    guid = entry.get("guid") or entry.get("id")
    told = {
        "id": as_words(guid.get("text") if isinstance(guid, dict) else guid) or link,
        "title": as_words(entry.get("title")),
        "company": as_words(entry.get("company") or entry.get("creator")),
        "url": link,
        "location": as_words(entry.get("location")) or ", ".join(filter(None, (as_words(place.get(key)) for key in ("city", "country")))),
        "description": next((each for each in texts if isinstance(each, str) and each.strip()), None),
    }
    return {name: value for name, value in told.items() if value}


_TEXTS = ("encoded", "content", "description", "summary")


def read_careers(text: str, url: URL) -> list[Object] | None:
    """Return the JobPostings that a page carries, and an object without a text for each of its site's pages that may be one's."""
    if not text.lstrip().startswith("<"):
        return None
    marked = [{**node, "id": as_words(node.get("url")) or as_words(node.get("title"))} for node in find_job_postings(text)]
    found: dict[str, str] = {}
    words = frozenset(read_lexicon("links")["applying"]["path"].split())
    for node, link in own_links(text, url):
        if to_link(str(link)) and not words.isdisjoint(re.split(r"[/.]", link.path.lower())):
            found.setdefault(str(link), fold_space(node.text())[:200])
    own = {one.get("url") for one in marked}
    return [*marked, *({"id": link, "url": link, "title": words} for link, words in found.items() if link not in own)]


_MOST_LINKS = 1_000


def own_links(text: str, url: URL) -> Iterator[tuple["LexborNode", URL]]:
    """Yield a page's links to other pages of its site."""
    for node in parse_tree(text).css("a[href]")[:_MOST_LINKS]:
        try:
            link = URL(urljoin(str(url), (node.attributes.get("href") or "").strip())).with_fragment(None)
        except ValueError:
            continue
        if link.host == url.host and link.path != url.path:
            yield node, link


FEED = BoardKind("Feed", lambda _url: None, "{url}", links=("url",), is_whole=False, read=read_feed)
CAREERS = BoardKind("Careers page", lambda _url: None, "{url}", links=("url",), is_whole=False, read=read_careers)

_GREENHOUSE, _LEVER, _LEVER_EU, _ASHBY = addresses.BOARDS

BOARDS: tuple[BoardKind, ...] = (
    BoardKind("Greenhouse", _of_intake(_GREENHOUSE), _GREENHOUSE.jobs, listed="jobs", links=("absolute_url",), total="meta.total"),
    BoardKind("Lever", _of_intake(_LEVER), _LEVER.jobs, title="text", links=("hostedUrl", "applyUrl")),
    BoardKind("Lever in Europe", _of_intake(_LEVER_EU), _LEVER_EU.jobs, title="text", links=("hostedUrl", "applyUrl")),
    BoardKind("Ashby", _of_intake(_ASHBY), _ASHBY.jobs, listed="jobs", links=("jobUrl", "applyUrl")),
    BoardKind(
        "Workable",
        _either(_first_part_on("apply.workable.com"), _name_before("workable.com")),
        "https://apply.workable.com/api/v1/widget/accounts/{employer}?details=true",
        listed="jobs",
        key="shortcode",
        links=("url", "shortlink"),
        company="name",
    ),
    BoardKind(
        "Recruitee",
        _name_before("recruitee.com"),
        "https://{employer}.recruitee.com/api/offers/",
        listed="offers",
        links=("careers_url",),
    ),
    BoardKind(
        "SmartRecruiters",
        _first_part_on("careers.smartrecruiters.com", "jobs.smartrecruiters.com"),
        "https://api.smartrecruiters.com/v1/companies/{employer}/postings?limit=100&offset={offset}",
        listed="content",
        title="name",
        page="https://jobs.smartrecruiters.com/{employer}/{key}",
        job="https://api.smartrecruiters.com/v1/companies/{employer}/postings/{key}",
        total="totalFound",
        on_page=100,
    ),
    BoardKind(
        "Personio",
        _name_before("jobs.personio.de", "jobs.personio.com"),
        "https://{host}/xml",
        listed="workzag-jobs.position",
        title="name",
        page="https://{host}/job/{key}",
    ),
    BoardKind(
        "Teamtailor",
        _name_before("teamtailor.com"),
        "https://{employer}.teamtailor.com/jobs.rss",
        links=("url",),
        is_whole=False,
        read=read_feed,
    ),
    FEED,
    CAREERS,
)
"""The one list of kinds; an address that none of them knows is a feed or a careers page, by what it answers."""


def find_kind(url: URL, kinds: Iterable[BoardKind] = BOARDS) -> BoardKind | None:
    """
    Return the kind of board that an address is on, None for any other site.

    >>> find_kind(URL("https://acme.recruitee.com/o/cook")).name, find_kind(URL("https://acme.example/jobs")) is None
    ('Recruitee', True)
    """
    return next((kind for kind in kinds if kind.find(url)), None)


def kind_of_page(page: Page) -> str:
    """Return the name of what a page of any other site is; takes as long as reading it."""
    return FEED.name if read_feed(text_of(page), page.url) is not None else CAREERS.name


# What an answer lists.


class RawJob(NamedTuple):
    """A job as its board lists it."""

    key: str
    digest: str
    """The same as long as the board says the same of it."""

    title: str
    link: str | None
    text: str
    """JSON to be read as a posting; empty where the list does not tell enough."""


class Listing(NamedTuple):
    """One answer's jobs."""

    jobs: tuple[RawJob, ...]
    total: int | None
    """How many the board has, by what it says or by what could not be read of its answer; None where nothing tells."""


def read_listing(page: Page, kind_name: str, *, url: URL) -> Listing:
    """
    Return the jobs that a board at `url` answers with; raises Unread for what is no list of jobs, as half an answer is none.

    It takes up to a second for the largest, so call it beside the event loop.
    """
    kind = next(kind for kind in BOARDS if kind.name == kind_name)
    text = text_of(page)
    if kind.read:
        data: Any = None
        found: Any = kind.read(text, page.url)
    else:
        data = read_data(text)
        found = _list_at(data, kind.listed)
    if not isinstance(found, list):
        raise Unread("does not answer with a list of postings")
    total = dig(data, kind.total) if kind.total else None
    company = as_words(dig(data, kind.company)) if kind.company else None
    listed = [job for job in found if not (isinstance(job, dict) and job.get("isListed") is False)]
    read = [_to_raw(job, kind, url=url, company=company) if isinstance(job, dict) else None for job in listed[: MOST_JOBS + 1]]
    jobs = {raw.key: raw for raw in read if raw}
    if None in read and not isinstance(total, int):
        total = len(found)  # what cannot be read stands there all the same
    return Listing(tuple(jobs.values()), total - (len(found) - len(listed)) if isinstance(total, int) else None)


def _list_at(data: Any, path: str) -> Any:
    """Return the list at a path; an XML document's is one also where it has one element or none."""
    if not path:
        return data
    *above, last = path.split(".")
    holder = dig(data, ".".join(above)) if above else data
    if above:
        return as_list(as_object(holder).get(last)) if isinstance(data, dict) and above[0] in data else None
    return holder.get(last) if isinstance(holder, dict) else None


def _to_raw(job: Object, kind: BoardKind, *, url: URL, company: str | None) -> RawJob | None:
    key = as_words(dig(job, kind.key))
    if not key:
        return None
    link = next((found for path in kind.links if (found := to_link(as_words(dig(job, path)) or ""))), None)
    if link is None and kind.page:
        link = kind.page.format(employer=quote(kind.find(url) or ""), host=url.host, key=quote(key))
        job = {**job, "link": link}
    if company and not job.get("company_name"):
        job = {**job, "company_name": company}
    written = json.dumps(job, sort_keys=True, ensure_ascii=False)
    has_text = not kind.job and (kind is not CAREERS or "@type" in job)
    digest = hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:24]
    return RawJob(key, digest if has_text or kind.job else "page", as_words(dig(job, kind.title)) or "", link, written if has_text else "")


class Preview(NamedTuple):
    """What a board that is not followed yet has."""

    board: FollowedBoard
    fitting: int
    """Postings that fit the filters by their titles."""

    examples: tuple[str, ...]


def read_marked_page(page: Page) -> str | None:
    """Return the one JobPosting that a page marks, as JSON; None for a page without or with several."""
    marked = find_job_postings(text_of(page))
    if len(marked) != 1:
        return None
    return json.dumps({"url": str(page.url), **marked[0]}, ensure_ascii=False)


def text_of(page: Page) -> str:
    """Return the text of a page; raises UnreadablePosting for what is no text."""
    return repair(decode_page(page.body, str(page.url), stated=page.charset))


def fits_role(title: str, role: str) -> bool:
    """
    Tell whether a title has all words of a role.

    >>> fits_role("Senior Data Engineer (m/f/d)", "data engineer"), fits_role("Data Analyst", "data engineer")
    (True, False)
    """
    return set(_WORDS.findall(fold(role))) <= set(_WORDS.findall(fold(title)))


def fits_place(posting: Posting, place: str) -> bool:
    """Tell whether a posting is in a place that is named in its head: a city, a country, or "remote"."""
    wanted, there = fold(place), fold(f"{posting.location or ''}, {posting.title or ''}")
    return not wanted or wanted in there or has_country([posting.location or ""], place)


_WORDS = re.compile(r"[^\W_]+")
