"""A name is looked up once, every address of it is checked, and the connection goes to what was checked."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from builders_web import LOOPBACK, Names, Site, main_text, open_raw, read_kept, read_one_url, read_refused

from bot.intake.web import addresses
from bot.intake.web.addresses import CheckedConnector, CheckedResolver, Unread, WebRules, look_up

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
