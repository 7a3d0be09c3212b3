"""Which addresses are asked: http and https, a site's name or a public address, and no way around that."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import aiohttp
import pytest
from builders_web import LOOPBACK, Names, Site, main_text, open_raw, read_kept, read_one_url, read_refused
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.intake import addresses
from bot.intake.addresses import CheckedConnector, CheckedResolver, Unread, WebRules, check_url, follow, look_up, name_fault

# By the registries of special-purpose addresses, and what is not given out.
NOT_PUBLIC_4 = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
NOT_PUBLIC_6 = [
    "::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "4000::/3",
    "5f00::/16",
    "8000::/1",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]


def within(networks: list[str]) -> st.SearchStrategy[int]:
    parsed = [ip_network(each) for each in networks]
    return st.sampled_from(parsed).flatmap(lambda network: st.integers(int(network[0]), int(network[-1])))


private_4 = within(NOT_PUBLIC_4)


def refusal_of(written: str) -> str:
    with pytest.raises(Unread) as told:
        check_url(written)
    return str(told.value)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://jobs.example/1", "https://jobs.example/1"),
        (" HTTPS://Jobs.Example/A?b=C#d ", "https://jobs.example/A?b=C"),
        ("http://jobs.example.:8080/", "http://jobs.example:8080/"),
        ("https://bäckerei.example/öfen", "https://xn--bckerei-5wa.example/%C3%B6fen"),
        ("https://a_b.example/%2F?x=%26", "https://a_b.example/%2F?x=%26"),
        ("https://93.184.215.14/1", "https://93.184.215.14/1"),
        ("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/1", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/1"),
        ("https://jobs.example/@acme/1?to=a@b", "https://jobs.example/@acme/1?to=a@b"),
    ],
)
def test_an_address_that_may_be_asked_has_one_spelling(written: str, asked: str) -> None:
    assert str(check_url(written)) == asked


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("", "is no http or https address"),
        ("jobs.example/1", "is no http or https address"),
        ("//jobs.example/1", "is no http or https address"),
        ("ftp://jobs.example/1", "is no http or https address"),
        ("file:///etc/passwd", "is no http or https address"),
        ("javascript:alert(1)", "is no http or https address"),
        ("data:text/html,hello", "is no http or https address"),
        ("view-source:https://jobs.example", "is no http or https address"),
        ("https:jobs.example", "names no site"),
        ("https://", "names no site"),
        ("https:///1", "names no site"),
        ("https://jobs.example:0/", "names no site, or a port"),
        ("https://jobs.example:65536/", "is no address of a web page"),
        ("https://[::1/", "is no address of a web page"),
        ("https://ada:secret@jobs.example/1", "holds a user name or a password"),
        ("https://@jobs.example/1", "holds a user name or a password"),
        ("https://public.example@127.0.0.1/", "holds a user name or a password"),
        ("https://jobs.example/a b", "holds spaces, backslashes"),
        ("https://jobs.example\\@127.0.0.1/", "holds spaces, backslashes"),
        ("https://jobs.example/\n1", "holds spaces, backslashes"),
        ("https://jobs.exa\u200bmple/1", "holds spaces, backslashes"),
        ("https://jobs.example/\u202e1", "holds spaces, backslashes"),
        ("https://jobs.example/" + "a" * 2_000, "is longer than 2,000 characters"),
        ("https://jobs..example/", "names a site in a way"),
        ("https://jobs.example../", "names a site in a way"),
        ("https://-jobs.example/", "names a site in a way"),
        ("https://" + "a" * 64 + ".example/", "names a site in a way"),
        ("https://[fe80::1%25eth0]/", "names a site in a way"),
        ("https://2130706433/", "writes an IP address in an unusual way"),
        ("https://0x7f.1/", "writes an IP address in an unusual way"),
        ("https://0177.0.0.1/", "writes an IP address in an unusual way"),
        ("https://127.1/", "writes an IP address in an unusual way"),
        ("https://1.2.3.4.5/", "writes an IP address in an unusual way"),
        ("https://0/", "writes an IP address in an unusual way"),
        ("https://169.254.169.254/latest/meta-data/", "leads to an address that is not public (link-local)"),
        ("https://127.0.0.1./", "leads to an address that is not public (loopback)"),
        ("https://１２７.0.0.1/", "leads to an address that is not public (loopback)"),
        ("https://[::]/", "leads to an address that is not public (unspecified)"),
        ("https://[::ffff:10.0.0.1]/", "leads to an address that is not public (private)"),
        ("https://100.64.0.1/", "leads to an address that is not public (reserved)"),
        ("https://224.0.0.1/", "leads to an address that is not public (multicast)"),
    ],
)
def test_a_refusal_names_its_rule_and_what_to_do(written: str, rule: str) -> None:
    told = refusal_of(written)
    assert told.startswith(rule)
    assert "; " in told


def spell_4(number: int) -> list[str]:
    """The ways to write an IPv4 address that one program or another takes for it."""
    a, b, c, d = number.to_bytes(4, "big")
    dotted = f"{a}.{b}.{c}.{d}"
    return [
        dotted,
        f"{dotted}.",
        str(number),
        hex(number),
        hex(number).upper(),
        f"0{number:o}",
        f"{a}.{b}.{c * 256 + d}",
        f"{a}.{(b << 16) + (c << 8) + d}",
        f"0x{a:x}.{b}.0{c:o}.{d}",
        f"{a:03d}.{b:03d}.{c:03d}.{d:03d}",
        dotted.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
        dotted.replace(".", "\u3002"),
        dotted.replace(".", "%2e"),
        f"{dotted}:8080",
        f"[::ffff:{dotted}]",
        f"[0:0:0:0:0:ffff:{a:x}{b:02x}:{c:x}{d:02x}]",
        f"[::{dotted}]",
        f"[::ffff:0:{dotted}]",
        f"[64:ff9b::{dotted}]",
        f"[64:ff9b:1::{dotted}]",
        f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]",
        f"[2001:0:{a:02x}{b:02x}:{c:02x}{d:02x}:0:ffff:5d5d:5d5d]",
        f"[2001:0:808:808:0:ffff:{a ^ 255:02x}{b ^ 255:02x}:{c ^ 255:02x}{d ^ 255:02x}]",
        f"{dotted}#@jobs.example",
        f"{dotted}?@jobs.example",
    ]


@settings(deadline=None)
@given(private_4, st.sampled_from(["http", "HTTPS"]))
@example(int(IPv4Address("127.0.0.1")), "http")
@example(int(IPv4Address("169.254.169.254")), "http")
@example(0, "http")
def test_no_spelling_of_an_address_that_is_not_public_passes(number: int, scheme: str) -> None:
    for host in spell_4(number):
        refusal_of(f"{scheme}://{host}/")


@settings(deadline=None)
@given(within(NOT_PUBLIC_6))
def test_no_ipv6_address_that_is_not_public_passes(number: int) -> None:
    address = IPv6Address(number)
    assert name_fault(address)
    refusal_of(f"http://[{address.exploded}]/")


@settings(deadline=None)
@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_passes_is_global_to_python_too(address: IPv4Address | IPv6Address) -> None:
    if name_fault(address) is None:
        inner = getattr(address, "ipv4_mapped", None) or address
        assert inner.is_global or inner in ip_network("64:ff9b::/96")
        assert not inner.is_multicast
        assert not inner.is_private


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_passes_whatever_its_coat(address: str) -> None:
    assert name_fault(ip_address(address)) is None


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789abcdefxX.-_%:[]@/\\#?。１ｅ"), max_size=24))
def test_whatever_is_taken_for_a_number_by_the_system_is_a_public_address_or_refused(host: str) -> None:
    try:
        url = check_url(f"http://{host}/")
    except Unread:
        return
    assert url.raw_host
    try:
        packed = socket.inet_aton(url.raw_host)
    except OSError:
        return
    assert name_fault(IPv4Address(packed)) is None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused_in_one_line(written: str) -> None:
    for text in (written, f"http://{written}", f"https://jobs.example/{written}"):
        told = ""
        try:
            assert check_url(text).scheme in {"http", "https"}
        except Unread as error:
            told = str(error)
        assert told.isprintable()


def test_private_addresses_pass_where_they_are_allowed_but_not_in_unusual_spellings() -> None:
    assert str(check_url("http://127.0.0.1:8080/1", allow_private=True)) == "http://127.0.0.1:8080/1"
    with pytest.raises(Unread, match="unusual way"):
        check_url("http://2130706433/", allow_private=True)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "https://jobs.example/b"),
        ("c?x=1#y", "https://jobs.example/a/c?x=1"),
        ("//other.example/b", "https://other.example/b"),
        ("https://other.example/Data Baker", "https://other.example/Data%20Baker"),
    ],
)
def test_a_redirect_is_followed_from_where_it_was_found(location: str, target: str) -> None:
    assert str(follow(URL("https://jobs.example/a/1"), location)) == target


@pytest.mark.parametrize(
    ("location", "rule"),
    [
        ("http://jobs.example/a/1", "from https to http"),
        ("http://169.254.169.254/", "not public (link-local)"),
        ("//2130706433/", "unusual way"),
        ("file:///etc/passwd", "no http or https address"),
        ("gopher://jobs.example/", "no http or https address"),
        ("https://ada:secret@jobs.example/", "user name or a password"),
        ("https://[::1", "no address"),
        ("\\\\127.0.0.1\\", "backslashes"),
        ("/\x00", "signs that cannot be seen"),
        ("/\udcff", "signs that cannot be seen"),
    ],
)
def test_each_redirect_is_checked_again(location: str, rule: str) -> None:
    with pytest.raises(Unread, match="is passed on") as told:
        follow(URL("https://jobs.example/a/1"), location)
    assert rule in str(told.value)


# A name is looked up once, every address of it is checked, and the connection goes to what was checked.


PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        [PUBLIC, "10.0.0.1"],
        ["10.0.0.1", PUBLIC],
        [PUBLIC, "2606:4700::1111", "fe80::1%eth0"],
        ["169.254.169.254"],
        ["::ffff:192.168.0.1"],
        ["64:ff9b::7f00:1"],
        ["0.0.0.0"],  # noqa: S104  nothing is bound to it
    ],
)
async def test_a_name_is_refused_unless_every_address_of_it_is_public(addresses: list[str]) -> None:
    names = Names(jobs_example=[addresses])
    told = await read_refused("http://jobs.example/1", WebRules(look_up=names.look_up))
    assert told.startswith("leads to an address that is not public (")
    assert names.asked == ["jobs.example"]


async def test_a_refusal_does_not_tell_the_address_that_a_name_has_inside() -> None:
    told = await read_refused("http://db.intern.example/1", WebRules(look_up=Names(db_intern_example=[["10.20.30.40"]]).look_up))
    assert "10.20" not in told


async def test_the_system_knows_what_localhost_is_and_it_is_refused() -> None:
    assert "127.0.0.1" in await look_up("localhost") or "::1" in await look_up("localhost")
    assert "not public (loopback)" in await read_refused("http://localhost:1/", WebRules())


async def test_a_public_name_gives_exactly_the_addresses_that_were_checked_and_is_looked_up_anew_each_time() -> None:
    names = Names(jobs_example=[[PUBLIC, "2606:4700::1111"], ["127.0.0.1"]])
    resolver = CheckedResolver(names.look_up, allow_private=False)
    found = await resolver.resolve("jobs.example", 443)
    assert [(each["host"], each["port"], each["family"]) for each in found] == [
        (PUBLIC, 443, socket.AF_INET),
        ("2606:4700::1111", 443, socket.AF_INET6),
    ]
    with pytest.raises(Unread):
        await resolver.resolve("jobs.example", 443)


async def test_the_connection_goes_to_the_one_answer_that_was_checked(site: Site) -> None:
    port = site.base.rpartition(":")[2]
    site.put("/1", main_text())
    names = Names(jobs_example=[["127.0.0.1"], ["127.0.0.2"]])
    found = await read_one_url(f"http://jobs.example:{port}/1", WebRules(allow_private=True, look_up=names.look_up))
    assert "rye bread" in found.text
    assert names.asked == ["jobs.example"]
    assert [head["Host"] for head in site.heads] == [f"jobs.example:{port}"]


async def test_each_redirect_is_looked_up_and_checked_for_itself(site: Site) -> None:
    port = site.base.rpartition(":")[2]
    site.redirect("/1", f"http://other.example:{port}/2")
    site.put("/2", main_text())
    names = Names(jobs_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
    kept = await read_kept(f"http://jobs.example:{port}/1", WebRules(allow_private=True, look_up=names.look_up))
    assert names.asked == ["jobs.example", "other.example"]
    assert kept["link"] == f"http://other.example:{port}/2"


async def test_a_redirect_to_the_same_name_is_looked_up_anew(site: Site) -> None:
    port = site.base.rpartition(":")[2]
    site.redirect("/1", "/2")
    site.put("/2", main_text())
    names = Names(jobs_example=[["127.0.0.1"], []])
    told = await read_refused(f"http://jobs.example:{port}/1", WebRules(allow_private=True, look_up=names.look_up))
    assert told.startswith("names a site that cannot be found")
    assert (names.asked, site.asked) == (["jobs.example"] * 2, ["/1"])


@pytest.mark.parametrize("name", ["nowhere.example", "empty.example"])
async def test_a_name_without_an_address_is_told_as_that(name: str) -> None:
    names = Names(empty_example=[[]])
    assert (
        await read_refused(f"https://{name}/1", WebRules(look_up=names.look_up)) == "names a site that cannot be found; check the address"
    )


async def test_an_address_that_is_no_name_is_never_looked_up() -> None:
    names = Names()
    await read_refused("http://127.0.0.1/1", WebRules(look_up=names.look_up))
    await read_refused("http://127.0.0.1:1/1", WebRules(look_up=names.look_up, allow_private=True))
    assert names.asked == []


async def test_who_is_at_the_other_end_is_checked_before_anything_is_sent() -> None:
    async with open_raw(b"HTTP/1.1 200 OK\r\n\r\n", stays=True) as (url, heard):
        connector = CheckedConnector(Names().look_up, allow_private=False)
        # As if the number had been a public one, and the network led elsewhere.
        async with aiohttp.ClientSession(connector=connector) as session:
            with pytest.raises(Unread, match="loopback"):
                await session.get(url)
    assert heard in ([], [b""])


async def test_no_proxy_of_the_environment_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert "rye bread" in (await read_one_url(site.put("/1", main_text()), LOOPBACK)).text


@pytest.fixture
def unanswered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names below hung.example, which the system waits for until the test is over; the list has those that were asked."""
    over, asked = threading.Event(), list[str]()
    ask = socket.getaddrinfo

    def ask_or_hang(name: str, *more: Any, **named: Any) -> Any:
        if name.endswith("hung.example"):
            asked.append(name)
            over.wait(30)
            raise OSError(socket.EAI_AGAIN, "no answer")
        return ask(name, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", ask_or_hang)
    yield asked
    over.set()


async def test_names_that_nobody_answers_keep_no_other_name_waiting(unanswered: list[str]) -> None:
    hanging = [asyncio.create_task(look_up(f"{number}.hung.example")) for number in range(20)]
    await asyncio.sleep(0.05)
    async with asyncio.timeout(10):
        assert await look_up("localhost")
    assert len(unanswered) == 20
    assert not any(task.done() for task in hanging)
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)


async def test_a_name_that_nobody_answers_is_given_up(unanswered: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_SECONDS", 0.1)
    assert (await read_refused("http://one.hung.example/1", WebRules())).startswith("names a site that cannot be found")
    assert unanswered == ["one.hung.example"]


async def test_no_more_names_are_looked_up_at_once_than_there_are_threads_for(
    unanswered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "_SECONDS", 0.05)
    monkeypatch.setattr(addresses, "_HELD", threading.BoundedSemaphore(2))
    for number in range(4):
        with pytest.raises(OSError, match="no name server answers" if number < 2 else "too many names"):
            await look_up(f"{number}.hung.example")
    assert len(unanswered) == 2
