"""A posting's own address is looked at daily and then weekly; what cannot be looked at never closes it."""

from pathlib import Path
from typing import Any

import pytest
from builders_boards import ALL, Street, on_street
from builders_web import main_text

from bot.domain.person import EVERYONE
from bot.domain.posting import Evidence, Openness, Sighting
from bot.intake.importing import BUNDLED
from bot.parsing.parse import parse_posting

TEXT = (
    "You mend the clock of the tower, oil its wheels each night, wind it on Sundays and keep a book of its errors. We pay $40,000 a year."
)
PAGE = main_text(f"<p>{TEXT}</p>", "Clockmaker")


async def keep(street: Street, link: str | None, *, more: str = "", source: str = "clock.md") -> None:
    """Keep a posting with a link, and begin to know of it."""
    posting = parse_posting(f"# Clockmaker\nCompany: Tower\n\n{TEXT}\n\n{more}", source)
    await street.store.keep([posting.model_copy(update={"link": link})], scope=EVERYONE)
    await street.checker.enrol()


async def look(street: Street, **span: Any) -> Sighting:
    """Turn the clock, look at what is due, and return what is known of the one posting."""
    street.clock.turn(**(span or {"hours": 30}))
    await street.checker.check_due()
    return (await street.known())["Clockmaker"]


async def test_a_page_is_looked_at_daily_and_after_a_month_weekly(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        await keep(street, street.site.put("/1", PAGE))
        daily = [(await look(street, hours=27)).seen_at == street.clock.now for _ in range(5)]
        await look(street, days=40)
        weekly = [(await look(street, hours=27)).seen_at == street.clock.now for _ in range(15)]
        assert daily == [True] * 5
        assert sum(weekly) == 2


@pytest.mark.parametrize("trouble", [401, 403, 429, 500, 503, "wall", "scripts", "list"])
async def test_what_cannot_be_looked_at_is_unknown_and_never_closed(trouble: int | str, tmp_path: Path) -> None:
    pages = {
        "wall": main_text("<p>Are you a robot?</p>"),
        "scripts": "<!doctype html><html><body><div id=app></div></body></html>",
        "list": main_text("<li>All our jobs"),
    }
    async with on_street(tmp_path) as street:
        await keep(street, street.site.put("/1", PAGE))
        seen = await look(street)
        assert (seen.openness, seen.by) == (Openness.OPEN, Evidence.PAGE)
        if isinstance(trouble, int):
            street.site.put("/1", status=trouble)
        else:
            street.site.redirect("/1", street.site.put("/2", pages[trouble]))
        for _ in range(3):
            street.checker.hosts._hosts.clear()  # noqa: SLF001 - how long a host is left alone is tested with it
            found = await look(street)
            assert (found.openness, found.seen_at) == (Openness.UNKNOWN, seen.seen_at)


async def test_an_address_that_is_not_there_twice_is_closed_and_open_again_when_it_comes_back(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        await keep(street, street.site.put("/1", PAGE))
        assert (await look(street)).openness is Openness.OPEN
        street.site.put("/1", status=410)
        assert (await look(street)).openness is Openness.UNKNOWN
        assert (await look(street, hours=3)).by is Evidence.GONE
        street.site.put("/1", status=500)
        assert (await look(street)).openness is Openness.CLOSED
        street.checker.hosts._hosts.clear()  # noqa: SLF001 - how long a host is left alone is tested with it
        street.site.put("/1", PAGE)
        assert (await look(street)).openness is Openness.OPEN


async def test_a_page_that_says_so_closes_at_once(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        await keep(street, street.site.put("/1", main_text(f"<p>Diese Stelle wurde besetzt.</p><p>{TEXT}</p>", "Clockmaker")))
        found = await look(street)
        assert (found.openness, found.by) == (Openness.CLOSED, Evidence.WORDS)


async def test_a_closing_day_that_a_posting_states_closes_it_also_without_a_link(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        await keep(street, None, more="Closing date: 5 May 2031.")
        assert (await look(street, hours=30)).openness is Openness.UNCHECKED
        found = await look(street, hours=24)
        assert (found.openness, found.by) == (Openness.CLOSED, Evidence.DATE)


async def test_a_posting_on_a_known_board_is_looked_for_in_its_json(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        path = "/api/boards-api.greenhouse.io/v1/boards/acme/jobs/7"
        street.site.put_json(path, {"id": 7, "title": "Clockmaker"})
        await keep(street, "https://boards.greenhouse.io/acme/jobs/7")
        assert (await look(street)).openness is Openness.OPEN
        street.site.put(path, status=404)
        await look(street)
        assert (await look(street)).by is Evidence.GONE


async def test_the_examples_and_what_has_no_link_are_not_looked_at(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        await keep(street, street.site.put("/1", PAGE), source=f"{BUNDLED}clock.md")
        assert (await look(street)).openness is Openness.UNCHECKED
        assert street.site.asked == []


async def test_a_board_that_is_removed_leaves_its_postings_to_their_links(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        link = street.site.put("/1", PAGE)
        street.put_jobs([{"id": 1, "title": "Clockmaker", "absolute_url": link, "content": f"<p>{TEXT}</p>", "location": {"name": "Oslo"}}])
        board = await street.follow()
        street.site.asked.clear()
        await look(street, hours=1)
        assert "/1" not in street.site.asked
        await street.store.boards.remove(board.id, scopes=ALL)
        await look(street, hours=1)
        assert street.site.asked == ["/1"]
