"""A site may do what it likes: what is read stays within its bounds, and each refusal says its rule."""

import asyncio
import codecs
import gzip
import ssl
import zlib
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from builders_web import LOOPBACK, Names, Site, main_text, open_raw, open_site, read_kept, read_one_url, read_refused
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.domain.errors import UnreadablePosting
from bot.intake.addresses import Unread, WebRules
from bot.intake.fetching import Hosts, Postponed, Refused, Validators, decode_page, follow_redirects

SMALL = replace(LOOPBACK, most_bytes=20_000)
HURRIED = replace(LOOPBACK, most_seconds=0.2)


async def test_a_page_is_asked_for_once_and_plainly(site: Site) -> None:
    await read_one_url(site.put("/1", main_text(), Set_Cookie="a=b"))
    (head,) = site.heads
    assert head["User-Agent"] == "Rolecall"
    assert "text/html" in head["Accept"]
    assert not {"Cookie", "Authorization", "Referer", "Origin"} & head.keys()


async def test_no_cookie_is_kept_on_the_way(site: Site) -> None:
    site.put("/1", status=302, Location="/2", Set_Cookie="a=b; Path=/")
    site.put("/2", main_text())
    names = Names(jobs_example=[["127.0.0.1"]] * 2)
    await read_one_url(f"http://jobs.example:{site.base.rpartition(':')[2]}/1", replace(LOOPBACK, look_up=names.look_up))
    assert ["Cookie" in head for head in site.heads] == [False, False]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed_to_where_the_posting_is(site: Site, status: int) -> None:
    site.redirect("/1", "2?x=1", status=status)
    site.put("/2?x=1", main_text())
    kept = await read_kept(site.base + "/1")
    assert kept["link"] == site.base + "/2?x=1"
    assert kept["source"] == site.base + "/1"


async def test_five_redirects_are_followed_and_no_sixth(site: Site) -> None:
    for step in range(6):
        site.redirect(f"/{step}", f"/{step + 1}")
    site.put("/6", main_text())
    assert "rye bread" in (await read_one_url(site.base + "/1")).text
    assert (await read_refused(site.base + "/0")).startswith("is passed on more than 5 times; ")


async def test_a_circle_of_redirects_is_left(site: Site) -> None:
    site.redirect("/1", "/2")
    site.redirect("/2", "/1#again")
    assert (await read_refused(site.base + "/1")).startswith("is passed on in a circle; ")
    assert site.asked == ["/1", "/2"]


@pytest.mark.parametrize(
    ("location", "rule"),
    [
        ("file:///etc/passwd", "no http or https address"),
        ("ftp://jobs.example/", "no http or https address"),
        ("http://ada:secret@127.0.0.1/", "user name or a password"),
        ("http://2130706433/", "unusual way"),
        ("http://0x7f.0.0.1/", "unusual way"),
        ("http://[::1", "no address"),
    ],
)
async def test_a_redirect_to_what_is_not_read_is_refused(site: Site, location: str, rule: str) -> None:
    assert rule in await read_refused(site.redirect("/1", location))


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/", "https://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "//10.0.0.1/"])
async def test_a_public_site_cannot_pass_on_to_an_address_inside(target: str) -> None:
    asked: list[str] = []

    async def get(url: URL) -> str:
        asked.append(str(url))
        return "https://jobs.example/2" if len(asked) == 1 else target.replace("https:", "http:")

    with pytest.raises(Unread, match="is passed on"):
        await follow_redirects(URL("http://jobs.example/1"), get, rules=WebRules())
    assert asked == ["http://jobs.example/1", "https://jobs.example/2"]


async def test_a_page_may_have_as_many_bytes_as_the_bound_and_not_one_more(site: Site) -> None:
    page = main_text()
    fits = replace(LOOPBACK, most_bytes=len(page.encode()))
    assert "rye bread" in (await read_one_url(site.put("/1", page), fits)).text
    assert (await read_refused(site.put("/2", page + " "), fits)).startswith("is larger than ")
    assert (await read_refused(site.put("/3", b" " * 20_001), SMALL)).startswith("is larger than 0.02 MB; ")


async def test_a_body_that_is_said_to_be_too_large_is_not_waited_for() -> None:
    async with open_raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000001\r\n\r\n", stays=True) as (url, _):
        assert (await read_refused(url)).startswith("is larger than 5 MB; ")


async def test_an_endless_body_is_left_at_the_bound(site: Site) -> None:
    sent = 0

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            sent += 10_000
            await response.write(b"a" * 10_000)

    assert (await read_refused(site.put_answer("/1", answer), SMALL)).startswith("is larger than ")
    assert sent < 50_000_000


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_a_packed_page_is_unpacked_and_counts_as_it_is_unpacked(site: Site, coding: str) -> None:
    page = main_text().encode()
    pack = gzip.compress if coding == "gzip" else zlib.compress
    assert "rye bread" in (await read_one_url(site.put("/1", pack(page), Content_Encoding=coding), SMALL)).text
    bomb = pack(b"a" * 50_000_000)
    assert len(bomb) < 60_000
    for bound in (100_000, 1_000_000):
        told = await read_refused(site.put("/2", bomb, Content_Encoding=coding), replace(LOOPBACK, most_bytes=bound))
        assert told.startswith("is larger than ")


async def test_a_bomb_within_a_bomb_is_no_text(site: Site) -> None:
    twice = gzip.compress(gzip.compress(b"a" * 10_000_000))
    assert "is a compressed file and not text" in await read_refused(site.put("/1", twice, Content_Encoding="gzip"), SMALL)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_what_is_not_packed_as_it_says_is_told_as_broken(site: Site, coding: str) -> None:
    assert (await read_refused(site.put("/1", b"\x78no packing", Content_Encoding=coding))).startswith("broke off")


@pytest.mark.parametrize(
    "said",
    [
        [],
        [b"HTTP/1.1 200 OK\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\n\r\n", b"<p>We"],
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>We"],
    ],
)
async def test_a_site_that_says_nothing_more_is_left_after_some_seconds(said: list[bytes]) -> None:
    async with open_raw(*said, stays=True) as (url, _):
        told = await read_refused(url, HURRIED)
    assert told == "took longer than 0.2 seconds; try again later, or paste the posting's text"


async def test_a_body_that_comes_drop_by_drop_does_not_outlast_the_time(site: Site) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"a")
            await asyncio.sleep(0.01)

    assert (await read_refused(site.put_answer("/1", answer), HURRIED)).startswith("took longer than")


async def test_the_time_is_one_for_all_redirects_and_name_look_ups(site: Site) -> None:
    async def answer(_request: web.BaseRequest) -> web.StreamResponse:
        await asyncio.sleep(0.08)
        return web.Response(status=302, headers={"Location": f"/{len(site.asked)}"})

    for step in range(6):
        site.put_answer(f"/{step}", answer)
    assert (await read_refused(site.base + "/0", HURRIED)).startswith("took longer than")

    async def never(_name: str) -> list[str]:
        await asyncio.Event().wait()
        return []

    assert (await read_refused("http://jobs.example/", replace(HURRIED, look_up=never))).startswith("took longer than")


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ([], "cannot be reached; "),
        ([b"SSH-2.0-OpenSSH_9.6\r\n"], "answers with what is no web page; "),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"], "answers with what is no web page; "),
        ([b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n"], "answers with what is no web page; "),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"<p>We bake"], "broke off in the middle; "),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>We bake"], ("broke off in the middle; ", "answers with what")),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>We\r\n"], "broke off in the middle; "),
    ],
)
async def test_what_breaks_is_told_in_one_line(said: list[bytes], rule: str | tuple[str, ...]) -> None:
    async with open_raw(*said) as (url, _):
        told = await read_refused(url)
    assert told.startswith(rule)


async def test_where_nobody_listens_nothing_is_reached() -> None:
    async with open_raw() as (url, _):
        pass
    assert (await read_refused(url)).startswith("cannot be reached; ")


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        (401, "may be read only by who is signed in"),
        (403, "may not be read by programs"),
        (404, "is not there any more"),
        (410, "is not there any more"),
        (418, "was not given out by its site (418)"),
        (429, "is asked too often"),
        (304, "was not given out by its site (304)"),
        (500, "cannot be read because its site has a fault at the moment (500)"),
        (503, "cannot be read because its site has a fault at the moment (503)"),
    ],
)
async def test_what_a_site_does_not_give_out_is_told_by_its_reason(site: Site, status: int, rule: str) -> None:
    told = await read_refused(site.put("/1", b"" if status == 304 else "the secret of the house", status=status))
    assert told.startswith(rule)
    assert "secret" not in told


async def test_a_redirect_to_nowhere_is_no_redirect(site: Site) -> None:
    assert (await read_refused(site.put("/1", status=302))).startswith("was not given out by its site (302)")


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "TEXT/HTML; charset=UTF-8",
        "text/plain",
        "text/markdown; variant=GFM",
        "application/xhtml+xml",
        "application/xml",
        " text/html ;charset",
        None,
    ],
)
async def test_text_is_read(site: Site, kind: str | None) -> None:
    assert "rye bread" in (await read_one_url(site.put("/1", main_text(), kind=kind))).text


async def test_what_comes_without_a_type_is_read_if_it_is_text() -> None:
    async with open_raw(b"HTTP/1.0 200 OK\r\n\r\n" + main_text().encode()) as (url, _):
        assert "rye bread" in (await read_one_url(url)).text


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream", "video/mp4", "text", "textual/html", "*/*"])
async def test_other_types_are_not_read(site: Site, kind: str) -> None:
    told = await read_refused(site.put("/1", main_text(), kind=kind))
    assert told == f"is no text but {kind}; save it and give the file, or paste the posting's text"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"%PDF-1.7 ...", "is a PDF and not text"),
        (b"\x89PNG\r\n", "is a picture and not text"),
        (bytes(range(256)) * 20, "is not text"),
        (b"", "is empty"),
        (b" \r\n ", "is empty"),
    ],
)
@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=iso-8859-1", None])
async def test_what_is_no_text_whatever_its_type_is_refused(site: Site, body: bytes, rule: str, kind: str | None) -> None:
    assert (await read_refused(site.put("/1", body, kind=kind))).startswith(rule)


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted() -> None:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(Path(__file__).parent / "untrusted.pem")

    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + main_text().encode())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=made)
    async with server:
        told = await read_refused(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/1")
    assert told.startswith("has no safe connection that can be trusted")


async def test_https_where_only_http_is_spoken_is_no_safe_connection(site: Site) -> None:
    assert (await read_refused(site.base.replace("http:", "https:"))).startswith("has no safe connection")


async def test_a_key_in_an_address_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with open_raw(b"HTTP/1.1 200 OK\r\nNo head at all\r\n\r\n") as (address, _):
        with caplog.at_level("INFO", logger="bot"):
            assert (await read_refused(f"{address}?signature=very-secret")).startswith("answers with what is no web page")
    (line,) = caplog.messages
    assert str(URL(address).origin()) in line
    assert "very-secret" not in line


# A page's bytes are read by what they are, then by what its head says, then by what it says itself.


WORDS = {
    "windows-1251": "Мы печём хлеб",
    "koi8-r": "Мы печём хлеб",
    "iso-8859-1": "Bäckerei für Übermorgen",
    "ISO-8859-2": "Pečeme chléb, piekarz łódzki",
    "shift_jis": "パンを焼く仕事です",
    "euc-jp": "パンを焼く仕事です",
    "iso-2022-jp": "パンを焼く仕事です",
    "gb2312": "我们烤面包",
    "GBK": "我们烤面包",
    "big5": "我們烤麵包",
    "euc-kr": "우리는 빵을 굽는다",
    "windows-1255": "אנחנו אופים לחם",
    "utf-16-le": "Bäckerei für Übermorgen",
    "utf-8": "Bäckerei パン",
}


@pytest.mark.parametrize(("charset", "words"), WORDS.items())
def test_the_head_says_how_a_page_is_encoded(charset: str, words: str) -> None:
    assert decode_page(words.encode(charset), "page", stated=charset) == words


@pytest.mark.parametrize(("charset", "words"), [each for each in WORDS.items() if not each[0].startswith("utf-16")])
@pytest.mark.parametrize(
    "said", ['<meta charset="{}">', "<META http-equiv=Content-Type content='text/html; charset={}'>", '<?xml version="1.0" encoding="{}"?>']
)
def test_a_page_says_it_itself(charset: str, words: str, said: str) -> None:
    page = said.format(charset) + words
    assert decode_page(page.encode(charset), "page", stated=None) == page


@pytest.mark.parametrize("stated", ["iso-8859-1", "windows-1251", "gbk", "us-ascii"])
def test_what_is_utf8_is_read_so_whatever_is_said_of_it(stated: str) -> None:
    assert (
        decode_page("<meta charset=latin1>Bäckerei “für” alle".encode(), "page", stated=stated)
        == "<meta charset=latin1>Bäckerei “für” alle"
    )


@pytest.mark.parametrize("stated", ["utf-8", "utf8", "nonsense", "", "utf-7", "idna", "unicode_escape", "zlib", "../x", "a" * 40, "rot13"])
def test_a_wrong_or_odd_encoding_is_not_taken_at_its_word(stated: str) -> None:
    assert decode_page("Bäckerei".encode("cp1252"), "page", stated=stated) == "Bäckerei"


def test_a_mark_at_the_beginning_outweighs_what_is_said() -> None:
    assert decode_page(codecs.BOM_UTF16_LE + "Bäckerei".encode("utf-16-le"), "page", stated="latin1") == "Bäckerei"


def test_a_page_cannot_say_that_it_is_utf16() -> None:
    page = "<meta charset=utf-16>Bäckerei"
    assert decode_page(page.encode("cp1252"), "page", stated=None) == page


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([*WORDS, "utf-7", None]))
def test_any_bytes_are_text_or_refused(body: bytes, stated: str | None) -> None:
    told = ""
    try:
        assert decode_page(body, "page", stated=stated).strip()
    except UnreadablePosting as error:
        told = str(error)
    assert not told or told.startswith("page ")


async def test_the_encoding_is_taken_from_the_answer(site: Site) -> None:
    page = main_text("<h2>Requirements</h2><ul><li>Vier Jahre in einer Bäckerei</ul><h2>Benefits</h2><ul><li>Brötchen</ul>").replace(
        "<!doctype html>", ""
    )
    found = await read_one_url(site.put("/1", page.encode("latin1"), kind='text/html; Charset="ISO-8859-1"'))
    assert "einer Bäckerei" in found.text


# One request after the other, two in all, and none where a site fails or wants to be left alone.


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_host_is_asked_one_second_apart(site: Site) -> None:
    ticks, times = Ticks(), []

    async def pass_time(seconds: float) -> None:
        ticks.now += seconds

    async def answer(_request: web.BaseRequest) -> web.StreamResponse:
        times.append(ticks.now)
        return web.Response(text="here")

    hosts = Hosts(LOOPBACK, ticks=ticks, sleep=pass_time)
    url = site.put_answer("/", answer)
    await asyncio.gather(*(hosts.fetch(url) for _ in range(4)))
    assert times == [0.0, 1.0, 2.0, 3.0]


async def test_two_addresses_are_asked_at_once_whatever_their_hosts() -> None:
    running = most = 0

    async def answer(_request: web.BaseRequest) -> web.StreamResponse:
        nonlocal running, most
        running, most = running + 1, max(most, running + 1)
        await asyncio.sleep(0.01)
        running -= 1
        return web.Response(text="here")

    async with AsyncExitStack() as stack:
        sites = [await stack.enter_async_context(open_site()) for _ in range(5)]
        hosts = Hosts(LOOPBACK)
        await asyncio.gather(*(hosts.fetch(each.put_answer("/", answer)) for each in sites))
    assert most == 2


@pytest.mark.parametrize(("status", "wait"), [(429, 900), (503, 120)])
async def test_a_host_is_left_alone_for_as_long_as_it_asks(site: Site, status: int, wait: int) -> None:
    ticks = Ticks()
    hosts = Hosts(LOOPBACK, spacing=0.0, ticks=ticks)
    url = site.put("/", status=status, Retry_After=str(wait))
    with pytest.raises(Refused) as refused:
        await hosts.fetch(url)
    assert (refused.value.status, refused.value.retry_after) == (status, wait)
    site.put("/", "here")
    ticks.now = wait - 1.0
    with pytest.raises(Postponed) as postponed:
        await hosts.fetch(url)
    assert postponed.value.seconds == 1.0
    assert len(site.asked) == 1
    ticks.now = wait
    assert (await hosts.fetch(url)).body == b"here"


async def test_a_host_that_fails_again_and_again_is_left_alone_for_longer_and_longer(site: Site) -> None:
    ticks = Ticks()
    hosts = Hosts(LOOPBACK, spacing=0.0, ticks=ticks)
    url = site.put("/", status=500)
    waits = []
    for number in range(6):
        if number >= 3:
            with pytest.raises(Postponed) as postponed:
                await hosts.fetch(url)
            waits.append(postponed.value.seconds)
            ticks.now += postponed.value.seconds
        with pytest.raises(Unread):
            await hosts.fetch(url)
    assert waits == [600.0, 1200.0, 2400.0]
    ticks.now += 4800.0
    site.put("/", "here")
    assert (await hosts.fetch(url)).body == b"here"
    site.put("/", status=404)
    for _ in range(5):
        with pytest.raises(Refused):
            await hosts.fetch(url)


async def test_a_page_is_sent_only_if_it_has_changed(site: Site) -> None:
    hosts = Hosts(LOOPBACK, spacing=0.0)
    page = await hosts.fetch(site.put("/", "here", ETag='"1"', Last_Modified="Sun, 04 May 2031 12:00:00 GMT"))
    assert page.known_by == Validators('"1"', "Sun, 04 May 2031 12:00:00 GMT")
    site.put("/", status=304)
    again = await hosts.fetch(f"{site.base}/", page.known_by)
    assert again.is_unchanged
    assert site.heads[-1]["If-None-Match"] == '"1"'
    assert site.heads[-1]["If-Modified-Since"] == "Sun, 04 May 2031 12:00:00 GMT"
    with pytest.raises(Refused):
        await hosts.fetch(f"{site.base}/")
