"""The door: an address as people write it, and refusals that name it."""

import asyncio

import pytest
from builders_web import LOOPBACK, Site, main_text, read_one_url, read_refused

from bot.intake.sources import Refusal
from bot.intake.web.addresses import WebRules
from bot.intake.web.pages import read_url


@pytest.mark.parametrize("written", ["{}", " {}\n", "<{}>"])
async def test_an_address_is_read_as_people_write_it_and_is_the_name_of_the_source(site: Site, written: str) -> None:
    address = site.put("/1", main_text())
    assert (await read_one_url(written.format(address))).name == address


async def test_a_long_address_is_cut_where_it_is_told(site: Site) -> None:
    address = site.put("/1", main_text()) + "?" + "a" * 1_000
    assert len((await read_one_url(address)).name) < 310


@pytest.mark.parametrize(
    "written", ["", " ", "<>", "not an address", "http://", "https://a\nb", "ftp://jobs.example", "x" * 5_000, "\x00", "http://\ud800"]
)
async def test_what_is_no_address_is_refused_in_one_line(written: str) -> None:
    (found,) = await read_url(written, WebRules())
    assert isinstance(found, Refusal)
    assert found.reason.isprintable()
    assert found.reason.startswith(found.source)


async def test_addresses_that_are_not_public_are_refused_unless_they_are_allowed(site: Site) -> None:
    address = site.put("/1", main_text())
    assert (await read_refused(address, WebRules())).startswith("leads to an address that is not public (loopback)")
    assert site.asked == []
    assert (await read_one_url(address, LOOPBACK)).name == address


async def test_several_are_read_at_once(site: Site) -> None:
    addresses = [site.put(f"/{number}", main_text(title=f"Baker {number}")) for number in range(8)]
    found = await asyncio.gather(*(read_one_url(address) for address in addresses))
    assert [each.name for each in found] == addresses
