"""A posting's own address is looked at daily and then weekly; what cannot be looked at never closes it."""

from pathlib import Path
from typing import Any

import pytest
from builders_boards import ALL, NOON, Street, on_street
from builders_web import main_text

from bot.domain.person import EVERYONE, ROLECALL
from bot.domain.posting import Evidence, HeadField, Openness, Sighting
from bot.intake.corrections import state_head
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
        street.site.put("/", main_text("<p>We keep the time."))
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


async def keep_several(street: Street, *links: str) -> None:
    """Keep one posting of another title for each link, and begin to know of them."""
    texts = [f"# Clockmaker {number}\nCompany: Tower\n\n{TEXT} It is tower number {number}." for number in range(1, len(links) + 1)]
    postings = [parse_posting(text, f"{number}.md") for number, text in enumerate(texts)]
    changed = [one.model_copy(update={"link": link}) for one, link in zip(postings, links, strict=True)]
    await street.store.keep(changed, scope=EVERYONE)
    await street.checker.enrol()


async def look_twice(street: Street) -> set[Openness]:
    """Look at all that is due two days in a row, and return what is known of the postings."""
    for _ in range(2):
        street.clock.turn(days=2)
        while await street.checker.check_due():
            pass
    return await street.of_all()


GONE = "the address is not there"
FILLED = main_text("<p>This position has been filled.</p>", "Tower")


@pytest.mark.parametrize("answer", [GONE, FILLED])
async def test_a_link_that_several_postings_name_closes_none_of_them(answer: str, tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.site.put("/", main_text("<p>We keep the time."))
        link = street.site.put("/tower/5", answer, status=404 if answer == GONE else 200)
        await keep_several(street, link, f"{link}/", f"{link}#night", street.site.base + "/tower/6")
        await look_twice(street)
        known = {title: one.openness for title, one in (await street.known()).items()}
        assert known.pop("Clockmaker 4") is Openness.CLOSED
        assert set(known.values()) == {Openness.UNKNOWN}


async def test_a_link_closes_its_posting_once_no_other_names_it_any_more(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        link = street.site.put("/tower/5", FILLED)
        await keep_several(street, link, link)
        assert await look_twice(street) == {Openness.UNKNOWN}
        await street.store.remove(2, scopes=ALL)
        assert await look_twice(street) == {Openness.CLOSED}


async def test_a_link_that_another_server_names_too_is_a_postings_own(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        link = street.site.put("/tower/5", FILLED)
        await keep_several(street, link)
        await street.store.keep([parse_posting(f"# Winder\n\n{TEXT}", "w.md").model_copy(update={"link": link})], scope="7")
        assert await look_twice(street) == {Openness.CLOSED}


async def test_a_link_that_a_person_gave_another_posting_is_shared_too(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        link = street.site.put("/tower/5", FILLED)
        await keep_several(street, link, street.site.put("/tower/6", PAGE))
        kept = await street.store.get(2, scopes=ALL)
        assert kept is not None
        corrected = state_head(kept.posting, {HeadField.LINK: link}, by=ROLECALL, at=NOON)
        await street.store.revise(2, corrected, scopes=ALL, by=ROLECALL)
        assert await look_twice(street) == {Openness.UNKNOWN}


@pytest.mark.parametrize("path", ["/careers", "/en/jobs/", "/", "/open-positions.html#clockmaker"])
async def test_a_page_of_many_postings_closes_none_even_where_only_one_names_it(path: str, tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        page = main_text("<p>We are not accepting applications at the moment.</p>", "Careers")
        await keep(street, street.site.put(path.partition("#")[0], page) + path.partition("#")[1])
        assert await look_twice(street) == {Openness.UNKNOWN}
        street.site.put(path.partition("#")[0], status=404)
        assert await look_twice(street) == {Openness.UNKNOWN}


@pytest.mark.parametrize("there", ["the careers page", "nothing", "another posting that is filled"])
async def test_an_address_that_is_passed_on_to_another_one_says_nothing_of_the_posting(there: str, tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.site.put("/", main_text("<p>We keep the time."))
        await keep(street, street.site.redirect("/jobs/1", "/careers"))
        if there == "nothing":
            street.site.put("/careers", status=404)
        else:
            street.site.put("/careers", FILLED if "filled" in there else main_text("<li>All our jobs"))
        assert await look_twice(street) == {Openness.UNKNOWN}


async def test_a_page_that_moves_within_its_site_closes_still(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        await keep(street, street.site.redirect("/jobs/17", "/en/jobs/17-clockmaker"))
        street.site.put("/en/jobs/17-clockmaker", FILLED)
        assert await look_twice(street) == {Openness.CLOSED}


@pytest.mark.parametrize("front", [404, 410, 500, 503])
async def test_a_site_that_is_gone_as_a_whole_says_nothing_of_one_posting(front: int, tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        await keep(street, street.site.put("/jobs/1", status=404))
        street.site.put("/", status=front)
        assert await look_twice(street) == {Openness.UNKNOWN}
        street.checker.hosts._hosts.clear()  # noqa: SLF001 - how long a host is left alone is tested with it
        street.site.put("/", status=403)
        assert await look_twice(street) == {Openness.CLOSED}
