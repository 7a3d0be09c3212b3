"""Which addresses may be read, each rule with the line that names it; and the job boards that give their postings as JSON."""

import asyncio
import logging
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import BoundedSemaphore, Thread
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote, urljoin

from aiohttp import ClientConnectionError, ClientRequest, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from bot.domain.errors import UnreadablePosting
from bot.intake.sources import POSTING_BOUND

# The job boards that give their postings as public JSON, and where on them an address leads.

_SLUG = re.compile(r"[^\W_][\w.&+' -]{0,99}")
"""An employer's name on a board, as boards spell it."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,20}")
_LINKS = ("jobUrl", "hostedUrl", "absolute_url", "applyUrl")


class BoardRef(NamedTuple):
    """What an address names on a board."""

    employer: str
    job: str | None = None
    """None for all jobs of the employer."""


@dataclass(frozen=True, slots=True)
class Board:
    """A job board."""

    name: str
    hosts: frozenset[str]
    """Where its pages are: exactly these."""

    find: Callable[[URL], BoardRef | None]
    """Returns what an address on these hosts names, or None for a page of another kind."""

    job: str
    """The address of one job's JSON, with {employer} and {job}; of a list where there is no other."""

    jobs: str
    """The address of the JSON of all jobs, with {employer}."""


class BoardPlace(NamedTuple):
    """What an address names, and the board that it is on."""

    board: Board
    ref: BoardRef

    @property
    def address(self) -> str:
        """The address of its JSON."""
        ref = self.ref
        employer = quote(ref.employer, safe="")
        return self.board.jobs.format(employer=employer) if ref.job is None else self.board.job.format(employer=employer, job=ref.job)


def find_board_place(url: URL, boards: tuple[Board, ...]) -> BoardPlace | None:
    """
    Return where on a board an address leads, or None for any other site.

    >>> find_board_place(URL("https://jobs.lever.co/acme/"), BOARDS).ref
    BoardRef(employer='acme', job=None)
    >>> find_board_place(URL("https://jobs.lever.co.evil.example/acme"), BOARDS) is None
    True
    """
    board = next((board for board in boards if url.raw_host in board.hosts), None)
    ref = board.find(url) if board else None
    return BoardPlace(board, ref) if board and ref and _SLUG.fullmatch(ref.employer) else None


def pick_jobs(document: Any, ref: BoardRef) -> list[Any]:
    """
    Return the jobs of a board's answer: the one that is asked for, or all that are listed.

    >>> pick_jobs({"jobs": [{"id": 7}, {"id": 8}]}, BoardRef("acme", "8"))
    [{'id': 8}]
    >>> pick_jobs([{"id": "a"}, {"id": "b", "isListed": False}], BoardRef("acme"))
    [{'id': 'a'}]
    """
    jobs = list_jobs(document) or [document]
    if ref.job is None:
        return [job for job in jobs if not isinstance(job, dict) or job.get("isListed") is not False]
    return [job for job in jobs if isinstance(job, dict) and _is_called(job, ref.job.lower())][:1]


def list_jobs(document: Any) -> list[Any]:
    """Return the list of jobs that a document is, or that it has under `jobs`; an empty one for a single job and anything else."""
    found = document.get("jobs") if isinstance(document, dict) else document
    return found if isinstance(found, list) else []


def _is_called(job: dict[str, Any], name: str) -> bool:
    """Tell whether a job has this id; where it has none, whether its link ends with it."""
    if job.get("id") is not None:
        return str(job["id"]).lower() == name
    return any(name in str(job.get(key)).lower().split("/") for key in _LINKS)


def _find_on_greenhouse(url: URL) -> BoardRef | None:
    parts = _parts_of(url)
    if parts[:1] == ["embed"]:
        job = url.query.get("token") if parts[1:] == ["job_app"] else None
        is_list = parts[1:] == ["job_board"]
        return _to_ref(url.query.get("for"), job, of=_DIGITS) if job or is_list else None
    if parts[:2] == ["v1", "boards"]:
        parts = parts[2:]
    elif len(parts) == 1:
        return BoardRef(parts[0])
    if parts[1:] == ["jobs"]:
        return BoardRef(parts[0])
    return _to_ref(parts[0], parts[2], of=_DIGITS) if len(parts) == 3 and parts[1] == "jobs" else None  # noqa: PLR2004


def _find_under(url: URL, api: list[str], *, form: str) -> BoardRef | None:
    """Read EMPLOYER, EMPLOYER/JOB and EMPLOYER/JOB/FORM, which may stand below the path of the board's API."""
    parts = _parts_of(url)
    if parts[:2] == api:
        parts = parts[2:]
    if len(parts) == 1:
        return BoardRef(parts[0])
    return _to_ref(parts[0], parts[1], of=_UUID) if parts and parts[2:] in ([], [form]) else None


def _parts_of(url: URL) -> list[str]:
    return [part for part in url.parts if part not in ("", "/")]


def _to_ref(employer: str | None, job: str | None, *, of: re.Pattern[str]) -> BoardRef | None:
    if not employer or (job is not None and not of.fullmatch(job)):
        return None
    return BoardRef(employer, job)


_find_on_lever = partial(_find_under, api=["v0", "postings"], form="apply")
_find_on_ashby = partial(_find_under, api=["posting-api", "job-board"], form="application")

_GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/{employer}/jobs"
_ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{employer}?includeCompensation=true"

BOARDS: tuple[Board, ...] = (
    Board(
        name="Greenhouse",
        # Its API is one for both regions: what stands on the European pages is asked from the same host.
        hosts=frozenset(f"{name}.greenhouse.io" for name in ("boards", "job-boards", "boards.eu", "job-boards.eu", "boards-api")),
        find=_find_on_greenhouse,
        job=_GREENHOUSE + "/{job}?content=true&pay_transparency=true",
        jobs=_GREENHOUSE + "?content=true",
    ),
    *(
        Board(
            name=name,
            hosts=frozenset({f"jobs{region}.lever.co", f"api{region}.lever.co"}),
            find=_find_on_lever,
            job=f"https://api{region}.lever.co/v0/postings/{{employer}}/{{job}}",
            jobs=f"https://api{region}.lever.co/v0/postings/{{employer}}?mode=json",
        )
        for name, region in (("Lever", ""), ("Lever in Europe", ".eu"))
    ),
    Board(name="Ashby", hosts=frozenset({"jobs.ashbyhq.com", "api.ashbyhq.com"}), find=_find_on_ashby, job=_ASHBY, jobs=_ASHBY),
)
"""The one list of boards."""


Address: TypeAlias = IPv4Address | IPv6Address

_LONGEST = 2_000
"""Characters; the longest that a posting's link may have."""

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{0,30}):(?P<rest>//)?", re.IGNORECASE)
_AUTHORITY = re.compile(r"[^/?#]*")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
"""A host whose last part is a number is an IPv4 address to whoever connects, however it is written."""

_GLOBAL_UNICAST = ip_network("2000::/3")
"""All of IPv6 that is given out; what lies outside is reserved, local, or an IPv4 address in another coat."""

_NAT64 = ip_network("64:ff9b::/96")
_SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""For protocols, tunnels to IPv4 (Teredo, 6to4) and documents; Python calls some of them global, and not every version the same ones."""

_KINDS = ("unspecified", "loopback", "link_local", "multicast", "reserved", "private")
"""What Python knows of an address, most exactly first."""


class Unread(UnreadablePosting):
    """Something that is not read; the message is what a line says after the address: which rule, and what to do."""


def check_url(written: str, *, allow_private: bool = False) -> URL:
    """
    Return an address that may be asked, in the one spelling in which it is asked; raise Unread for any other.

    A name is checked for its form only: what it resolves to is checked where it is resolved.

    >>> str(check_url("https://Jobs.Example./1#apply"))
    'https://jobs.example/1'
    >>> check_url("http://2130706433/")
    Traceback (most recent call last):
    bot.intake.addresses.Unread: writes an IP address in an unusual way, which is not read; give the site's name
    """
    written = written.strip()
    _check_signs(written)
    try:
        url = URL(written)
        host, port = url.raw_host, url.port
    except ValueError:
        raise Unread("is no address of a web page; copy it again from the browser") from None
    if not host or not port:
        raise Unread("names no site, or a port that cannot be; copy it again from the browser")
    host = host.lower().removesuffix(".")
    literal = _read_host(host)
    if literal is not None and not allow_private:
        check_public(literal)
    return (url if host == url.raw_host else url.with_host(host)).with_fragment(None)


def follow(url: URL, location: str, *, allow_private: bool = False) -> URL:
    """
    Return the address that a redirect leads to; raise Unread for one that may not be asked.

    >>> str(follow(URL("https://jobs.example/a/1"), "../b?x=1"))
    'https://jobs.example/b?x=1'
    """
    try:
        target = urljoin(str(url), location.strip().replace(" ", "%20"))
    except ValueError:
        raise Unread("is passed on to what is no address; open it in a browser and paste the posting's text") from None
    try:
        found = check_url(target, allow_private=allow_private)
    except Unread as error:
        raise Unread(f"is passed on to another address, which {error}") from None
    if url.scheme == "https" and found.scheme == "http":
        raise Unread("is passed on from https to http, which is not followed; give the address that it leads to, with https")
    return found


def check_public(address: Address) -> None:
    """Raise Unread unless an address is global."""
    if fault := name_fault(address):
        raise Unread(f"leads to an address that is not public ({fault}), which is not read; give a public address")


def name_fault(address: Address) -> str | None:
    """
    Return what an address is where it is not global, or None; IPv4 addresses within IPv6 ones are looked at too.

    >>> from ipaddress import ip_address
    >>> [name_fault(ip_address(each)) for each in ("93.184.215.14", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "64:ff9b::a00:1")]
    [None, 'private', 'link-local', 'loopback', 'private']
    """
    if isinstance(address, IPv6Address) and (inner := _translated(address)):
        return name_fault(inner)
    if fault := next((kind for kind in _KINDS if getattr(address, f"is_{kind}")), None):
        return fault.replace("_", "-")
    is_special = any(address in network for network in _SPECIAL)
    is_given_out = address.version == 4 or address in _GLOBAL_UNICAST  # noqa: PLR2004
    return None if address.is_global and is_given_out and not is_special else "reserved"


def _translated(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that packets for this one go to."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def _check_signs(written: str) -> None:
    if len(written) > _LONGEST:
        raise Unread(f"is longer than {_LONGEST:,} characters; give the posting's own address, or paste its text")
    if not written.isprintable() or " " in written or "\\" in written:
        raise Unread("holds spaces, backslashes or signs that cannot be seen; copy it again from the browser")
    begun = _SCHEME.match(written)
    if begun is None or begun["scheme"].lower() not in ("http", "https"):
        raise Unread("is no http or https address; give the whole address, with https:// before it")
    if begun["rest"] is None:
        raise Unread("names no site; give the whole address, with https:// before it")
    authority = _AUTHORITY.match(written, begun.end())
    if authority is not None and "@" in authority[0]:
        raise Unread("holds a user name or a password, which are not sent; give it without them")


def _read_host(host: str) -> Address | None:
    """Return the IP address that a host is, or None for a name; raise Unread for what is neither."""
    try:
        if ":" in host and "%" not in host:
            return IPv6Address(host)
        if _NUMBER.fullmatch(host):
            return IPv4Address(host)
    except ValueError:
        raise Unread("writes an IP address in an unusual way, which is not read; give the site's name") from None
    if not _HOST.fullmatch(host):
        raise Unread("names a site in a way that no site is called; copy it again from the browser")
    return None


# Names resolved once, every address checked, and the connection made to what was checked.

LookUp: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]
"""Takes a name, returns all its IP addresses; raises OSError for a name that has none."""

_LOG = logging.getLogger(__name__)

_SECONDS = 5.0
"""How long a name is waited for: half of what an address may take, and a name server that answers does so in one."""

_MOST_AT_ONCE = 64
"""Far more than all who add addresses ask at once; each holds a thread for as long as the system goes on asking."""

_HELD = BoundedSemaphore(_MOST_AT_ONCE)


async def look_up(name: str) -> list[str]:
    """
    Ask the system for all addresses of a name; raise OSError where there are none, or none come in time.

    Each name has a thread of its own, which ends by itself: the system goes on for half a minute after a name server that does not
    answer, and nobody else's name, no reading of postings, and not the end of the program waits for that.
    """
    held = _HELD
    if not held.acquire(blocking=False):
        raise OSError(socket.EAI_AGAIN, "too many names are being looked up")
    found: Future[list[str]] = Future()
    Thread(target=_ask, args=(name, found, held), name="look-up", daemon=True).start()
    try:
        async with asyncio.timeout(_SECONDS):
            return await asyncio.wrap_future(found)
    except TimeoutError:
        raise OSError(socket.EAI_AGAIN, "no name server answers") from None


def _ask(name: str, found: "Future[list[str]]", held: BoundedSemaphore) -> None:
    try:
        answered = socket.getaddrinfo(name, None, family=socket.AF_UNSPEC, type=socket.SOCK_STREAM)
        _tell(found.set_result, list(dict.fromkeys(str(address[0]) for *_, address in answered)))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is whose name it is that has to be told
        _tell(found.set_exception, error)
    finally:
        held.release()


def _tell(tell: Callable[[Any], None], what: object) -> None:
    # Nobody waits any more where it took too long, or where the program has ended.
    with suppress(InvalidStateError, RuntimeError):
        tell(what)


class CheckedResolver(AbstractResolver):
    """Gives the connector the addresses that were checked, and no others; it is asked once for each connection."""

    def __init__(self, asked: LookUp, *, allow_private: bool) -> None:
        self._look_up = asked
        self._allow_private = allow_private

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """Return all addresses of a name; raise Unread unless each of them is global."""
        written = await self._look_up(host)
        if not written:
            raise OSError(socket.EAI_NONAME, "the name has no address")
        for each in () if self._allow_private else written:
            try:
                check_public(ip_address(each))
            except Unread:
                # The number is for the log alone: told to whoever asked, it would be a directory of the host's own network.
                _LOG.info("the name %s leads to an address that is not public: %s", host, each)
                raise
        return [
            ResolveResult(
                hostname=host,
                host=each,
                port=port,
                family=socket.AF_INET6 if ":" in each else family or socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for each in written
        ]

    async def close(self) -> None:
        """Close nothing: nothing is kept."""


class CheckedConnector(TCPConnector):
    """Connects as TCPConnector does, and looks once more at who is at the other end before anything is sent."""

    def __init__(self, asked: LookUp, *, allow_private: bool) -> None:
        resolver = CheckedResolver(asked, allow_private=allow_private)
        super().__init__(resolver=resolver, use_dns_cache=False, force_close=True)
        self._allows_private = allow_private

    async def connect(self, req: ClientRequest, traces: list[Trace], timeout: ClientTimeout) -> Connection:  # noqa: ASYNC109  the library's
        """Return a connection to a public address; raise Unread for any other."""
        connection = await super().connect(req, traces, timeout)
        if not self._allows_private:
            try:
                self._check_peer(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def _check_peer(self, connection: Connection) -> None:
        peer = connection.transport.get_extra_info("peername") if connection.transport else None
        if not peer:
            raise ClientConnectionError("the connection was closed at once")
        check_public(ip_address(str(peer[0])))


# What is read from the web, and how much: every bound in this one place, with its story.

MOST_SECONDS = 10.0
"""For everything that one address leads to, name look-ups and redirects too: sites answer in one or two, and a person waits for it."""


@dataclass(frozen=True, slots=True)
class WebRules:
    """What holds while an address is read; tests use smaller bounds, other boards, and a look-up of their own."""

    allow_private: bool = False
    """Whether addresses that are not public are read too: for tests on loopback only."""

    boards: tuple[Board, ...] = BOARDS
    """The boards whose public JSON is read in a page's place."""

    look_up: LookUp = look_up

    most_bytes: int = POSTING_BOUND
    """Of one answer, unpacked: what one posting's text may have. A posting's page has 0.05 to 1 MB, a board with some 300 jobs 5 MB."""

    most_seconds: float = MOST_SECONDS
    most_redirects: int = 5
    """A short link, a country's site, a language and a slash at the end make four."""
