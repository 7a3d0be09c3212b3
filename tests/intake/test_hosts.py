"""Hosts are asked seldom enough: one request after the other, two in all, and none where a site fails or wants to be left alone."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from builders_web import LOOPBACK, Site, open_site

from bot.intake.addresses import Unread
from bot.intake.fetching import Hosts, Postponed, Refused, Validators


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
