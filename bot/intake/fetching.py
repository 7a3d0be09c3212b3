"""
One address fetched: redirects followed by hand and each checked, the body read up to a bound, and only if it is text.

Then who is asked when, where many addresses are looked at again and again.
"""

import asyncio
import codecs
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

import aiohttp
from cachetools import LRUCache
from yarl import URL

from bot.intake.addresses import CheckedConnector, Unread, WebRules, check_url, follow
from bot.intake.sources import decode_text, name_kind, to_label
from bot.text.lexicon import read_lexicon

_LOG = logging.getLogger(__name__)

_HEADERS = {
    "User-Agent": "Rolecall",
    "Accept": "text/html, application/xhtml+xml, application/json;q=0.9, text/plain;q=0.8, */*;q=0.1",
    # Only these are unpacked piece by piece with every aiohttp, whatever else is installed.
    "Accept-Encoding": "gzip, deflate",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEXTS = frozenset(f"application/{kind}" for kind in ("json", "ld+json", "feed+json", "xhtml+xml", "xml", "rss+xml", "atom+xml", "rdf+xml"))
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?(?P<name>[\w.:-]{1,40})", re.IGNORECASE)
_GOOD = 200
_FAULTS = 500
_UNCHANGED = 304
_LONGEST_TIME = 60
_PASTE = "paste the posting's text, or give it as a file"
_REFUSALS = {
    401: f"may be read only by who is signed in there; {_PASTE}",
    403: f"may not be read by programs, or only by who is signed in there; {_PASTE}",
    404: "is not there any more; check the address, or paste the posting's text",
    410: "is not there any more; check the address, or paste the posting's text",
    429: f"is asked too often for now; try again later, or {_PASTE}",
    451: f"may not be read from here; {_PASTE}",
}


class Refused(Unread):
    """A page that its site does not give out."""

    def __init__(self, told: str, *, url: URL, status: int, retry_after: float | None) -> None:
        super().__init__(told)
        self.url = url
        """Where it was passed on to in the end."""

        self.status = status
        self.retry_after = retry_after
        """Seconds that the site wants to be left alone."""


class Validators(NamedTuple):
    """What a page is known by, so that it is sent only if it has changed."""

    etag: str | None = None
    last_modified: str | None = None


class Page(NamedTuple):
    """What a site answered."""

    url: URL
    """Where it was found in the end."""

    body: bytes
    """Unpacked."""

    charset: str | None
    """What the answer's head says, unchecked."""

    known_by: Validators = Validators()
    is_unchanged: bool = False
    """It is as it was when it was asked for with what it was known by; the body is empty then."""


async def fetch_page(url: URL, rules: WebRules, *, known_by: Validators | None = None) -> Page:
    """
    Return what a checked address holds; raise Unread with the rule for whatever is not read, Refused for what its site refuses.

    Nothing is sent but a GET without cookies, proxies or passwords. How long it may take is up to the caller.
    """
    etag, last_modified = known_by or Validators()
    headers = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value}
    async with aiohttp.ClientSession(
        connector=CheckedConnector(rules.look_up, allow_private=rules.allow_private),
        headers=_HEADERS,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        trust_env=False,
    ) as session:

        async def get(url: URL) -> Page | str:
            try:
                return await _get(session, url, most=rules.most_bytes, headers=headers)
            except aiohttp.ClientError as error:
                # What stands behind a site's name may be a key, as in a signed link; most errors would write the whole address too.
                cause = str(error) if isinstance(error, aiohttp.ClientConnectorError) else type(error).__name__
                _LOG.info("an address of %s could not be read: %s", url.origin(), cause)
                raise Unread(_tell(error)) from error

        return await follow_redirects(url, get, rules=rules)


async def follow_redirects(url: URL, get: Callable[[URL], Awaitable[Page | str]], *, rules: WebRules) -> Page:
    """Return the page that an address leads to; `get` gives the page at one, or where it is passed on to. Raises Unread by the rules."""
    way = [url]
    while not isinstance(found := await get(way[-1]), Page):
        target = follow(way[-1], found, allow_private=rules.allow_private)
        if target in way:
            raise Unread(f"is passed on in a circle; open it in a browser, then {_PASTE}")
        if len(way) > rules.most_redirects:
            raise Unread(f"is passed on more than {rules.most_redirects} times; give the address that it leads to")
        way.append(target)
    return found


async def _get(session: aiohttp.ClientSession, url: URL, *, most: int, headers: Mapping[str, str]) -> Page | str:
    """Return the page at an address, or where it is redirected to."""
    response = await session.get(url, allow_redirects=False, headers=headers)
    try:
        if response.status in _REDIRECTS and (location := response.headers.get("Location")):
            return location
        known_by = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
        if response.status == _UNCHANGED and headers:
            return Page(url, b"", None, known_by, is_unchanged=True)
        _check_status(url, response.status, retry_after=response.headers.get("Retry-After"))
        kind = response.headers.get("Content-Type", "")
        _check_kind(kind)
        body = await _read_body(response, most)
    finally:
        response.close()
    charset = _CHARSET.search(kind[:300])
    return Page(url, body, charset["name"] if charset else None, known_by)


def _check_status(url: URL, status: int, *, retry_after: str | None) -> None:
    if _GOOD <= status < _GOOD + 100:
        return
    told = _REFUSALS.get(status, f"was not given out by its site ({status}); {_PASTE}")
    if status >= _FAULTS:
        told = f"cannot be read because its site has a fault at the moment ({status}); try again later, or {_PASTE}"
    raise Refused(told, url=url, status=status, retry_after=_read_wait(retry_after))


def _read_wait(written: str | None) -> float | None:
    """
    Return the seconds that a head asks to wait, as a number or until a time; None where it does not.

    >>> _read_wait("120"), _read_wait(None), _read_wait("Fri, 01 Jan 2010 00:00:00 GMT"), _read_wait("soon")
    (120.0, None, 0.0, None)
    """
    if written is None or len(written) > _LONGEST_TIME:
        return None
    if written.strip().isdecimal():
        return float(written)
    try:
        return max(0.0, (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _check_kind(written: str) -> None:
    """Raise Unread for what is no text; what has no type is looked at later."""
    kind = written.partition(";")[0].strip().lower()
    if kind and not kind.startswith("text/") and kind not in _TEXTS:
        raise Unread(f"is no text but {to_label(kind, 60)}; save it and give the file, or paste the posting's text")


async def _read_body(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Read as it comes, unpacked, and stop at the bound."""
    body = bytearray()
    # The stated length is that of the packed bytes, and may be a lie.
    if (response.content_length or 0) <= most:
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > most:
                break
        else:
            return bytes(body)
    raise Unread(f"is larger than {most / 1_000_000:g} MB; give one posting's own address, or paste its text")


def _tell(error: aiohttp.ClientError) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "names a site that cannot be found; check the address"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"has no safe connection that can be trusted, so it is not read; {_PASTE}"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "broke off in the middle; try again later, or paste the posting's text"
    if isinstance(error, aiohttp.ClientResponseError):
        return f"answers with what is no web page; {_PASTE}"
    return f"cannot be reached; check the address and try again later, or {_PASTE}"


# Who is asked when.

_AT_ONCE = 2
"""Requests, over all hosts."""

_SPACING = 1.0
"""Seconds between two requests to one host."""

_FAILURES, _CLOSED_FOR, _LONGEST_CLOSED = 3, 600.0, 6 * 3600.0
"""After so many failures in a row a host is left alone for so many seconds, twice as long after each further one."""

_LONGEST_WAIT = 86_400.0
_MOST_HOSTS = 10_000
_TOO_MANY = 429
NOT_THERE = frozenset({404, 410})
"""What a site answers that does not have a page any more."""


class Postponed(Exception):
    """A host is left alone for now."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"left alone for {seconds:.0f} seconds")
        self.seconds = seconds


@dataclass(eq=False, slots=True)
class _Host:
    free_at: float = 0.0
    failures: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hosts:
    """Fetches, two addresses at once and one a second of a host; a host that fails again and again, or asks for it, is left alone."""

    def __init__(
        self,
        rules: WebRules,
        *,
        spacing: float = _SPACING,
        ticks: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.rules = rules
        self._sleep = sleep
        self._spacing = spacing
        self._ticks = ticks
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._hosts: LRUCache[str, _Host] = LRUCache(_MOST_HOSTS)

    async def fetch(self, written: str, known_by: Validators | None = None) -> Page:
        """Return what an address answers; raises Postponed, Refused or another Unread."""
        url = check_url(written, allow_private=self.rules.allow_private)
        host = self._hosts.setdefault(f"{url.host}:{url.port}", _Host())
        async with host.turn:
            wait = host.free_at - self._ticks()
            if wait > self._spacing:
                raise Postponed(wait)
            await self._sleep(max(0.0, wait))
            host.free_at = self._ticks() + self._spacing
            async with self._places:
                return await self._ask(url, host, known_by or Validators())

    async def _ask(self, url: URL, host: _Host, known_by: Validators) -> Page:
        try:
            async with asyncio.timeout(self.rules.most_seconds):
                page = await fetch_page(url, self.rules, known_by=known_by)
        except Refused as refused:
            if refused.status == _TOO_MANY or refused.status >= _FAULTS:
                self._fail(host, refused.retry_after)
            else:
                host.failures = 0
            raise
        except (Unread, TimeoutError) as error:
            self._fail(host, None)
            raise error if isinstance(error, Unread) else Unread("took too long to answer") from None
        host.failures = 0
        return page

    def _fail(self, host: _Host, retry_after: float | None) -> None:
        host.failures += 1
        closed = _CLOSED_FOR * 2.0 ** (host.failures - _FAILURES) if host.failures >= _FAILURES else 0.0
        host.free_at = self._ticks() + max(min(closed, _LONGEST_CLOSED), min(retry_after or 0.0, _LONGEST_WAIT), self._spacing)


# The bytes of a page as text.

_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}(?P<name>[\w.:-]{1,40})", re.IGNORECASE)
_LOOKED_AT = 4_096
"""Bytes; browsers look at 1,024."""

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ENCODINGS: dict[str, Any] = read_lexicon("file_words")["encodings"]
_CODECS: dict[str, str] = {name: name for name in _ENCODINGS["known"]} | _ENCODINGS["larger"]
"""Python's names of the encodings that web pages have; read are, as in browsers, the larger ones that they are parts of."""

_LIKE_UTF8 = frozenset({"iso2022_jp", "utf-16", "utf-16-le", "utf-16-be"})
"""Bytes in these may pass for UTF-8."""


def decode_page(body: bytes, name: str, *, stated: str | None) -> str:
    """
    Return a page's text; `stated` is the encoding in the answer's head. Raises UnreadablePosting for what is no text.

    Bytes that are UTF-8 are read so whatever is said of them; else what the head says holds, then what the page says.

    >>> decode_page("привет, повар".encode("cp1251"), "page", stated="Windows-1251")
    'привет, повар'
    >>> decode_page("<meta charset=latin1>café".encode("latin1"), "page", stated=None)
    '<meta charset=latin1>café'
    """
    codec = None if body.startswith(_MARKS) else _find_codec(stated) or _find_codec(_in_page(body))
    if codec is None or name_kind(body) or (codec not in _LIKE_UTF8 and _is_utf8(body)):
        return decode_text(body, name)
    return decode_text(body.decode(codec, "replace").encode("utf-8", "replace"), name)


def _in_page(body: bytes) -> str | None:
    """Return what a page says of itself; that it were UTF-16 it could not say."""
    found = _META.search(body, 0, _LOOKED_AT)
    said = found["name"].decode("ascii", "replace") if found else None
    return None if said is None or said.lower().startswith("utf") else said


def _find_codec(written: str | None) -> str | None:
    try:
        known = codecs.lookup(written or "").name
    except (LookupError, ValueError):
        return None
    return _CODECS.get(known)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
