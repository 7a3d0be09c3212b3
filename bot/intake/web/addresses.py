"""Which addresses may be read: the rules, pure, each with the line that names it."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import TypeAlias
from urllib.parse import urljoin

from yarl import URL

from bot.domain.errors import UnreadablePosting

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

_KINDS = (
    ("unspecified", "is_unspecified"),
    ("loopback", "is_loopback"),
    ("link-local", "is_link_local"),
    ("multicast", "is_multicast"),
    ("reserved", "is_reserved"),
    ("private", "is_private"),
)


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
    bot.intake.web.addresses.Unread: writes an IP address in an unusual way, which is not read; give the site's name
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
    if fault := next((kind for kind, test in _KINDS if getattr(address, test)), None):
        return fault
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
