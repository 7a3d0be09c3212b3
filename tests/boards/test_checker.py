"""Boards are looked at, and what they list is kept; no open posting is told as closed, and no closed one as open for long."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from builders_boards import ALL, PATH, Street, job, on_street, to_board
from builders_web import main_text, page_with

from bot.boards.checker import Checker
from bot.domain.errors import RolecallError
from bot.domain.posting import ActionKind, Evidence, Openness, Quotas

JOBS = [job(number) for number in range(1, 21)]
Trouble: TypeAlias = Callable[[Street], object]


def _half(street: Street) -> None:
    street.site.put(PATH, json.dumps({"jobs": JOBS})[:4_000], kind="application/json")


TROUBLES: dict[str, Trouble] = {
    "a fault": lambda street: street.site.put(PATH, status=500),
    "too many requests": lambda street: street.site.put(PATH, status=429, Retry_After="900"),
    "half an answer": _half,
    "an empty answer": lambda street: street.put_jobs([]),
    "a bot wall": lambda street: street.site.put(PATH, "<html><body>Checking your browser before you go on</body></html>"),
    "a refusal": lambda street: street.site.put(PATH, status=403),
    "a circle": lambda street: street.site.redirect(PATH, PATH),
    "fewer jobs than there are": lambda street: street.site.put_json(PATH, {"jobs": JOBS[:5], "meta": {"total": 20}}),
    "other ids": lambda street: street.put_jobs([{**one, "id": f"new{one['id']}"} for one in JOBS]),
    "a board that is gone": lambda street: street.site.put(PATH, status=404),
}


async def _meet(street: Street, trouble: str) -> None:
    """Look at the board while it is in trouble, and let it be well again."""
    TROUBLES[trouble](street)
    street.clock.turn(hours=4)
    await street.look()
    street.put_jobs(JOBS)
    street.checker.hosts._hosts.clear()  # noqa: SLF001 - how long a host is left alone is tested with it


async def test_no_open_posting_is_told_as_closed_for_what_a_site_does_once(tmp_path: Path) -> None:
    """20 postings in each of ten cases: 0 of 200."""
    async with on_street(tmp_path) as street:
        street.put_jobs(JOBS)
        await street.follow()
        closed = {}
        for trouble in TROUBLES:
            await _meet(street, trouble)
            known = await street.known()
            closed[trouble] = (len(known), [title for title, one in known.items() if one.openness is Openness.CLOSED])
            street.clock.turn(hours=4)
            await street.look()
            assert await street.of_all() == {Openness.OPEN}, trouble
        assert closed == dict.fromkeys(TROUBLES, (20, []))


async def test_no_closed_posting_is_told_as_open_for_longer_than_two_looks(tmp_path: Path) -> None:
    """20 postings behind each of ten cases: 0 of 200."""
    async with on_street(tmp_path) as street:
        known: dict[str, object] = {}
        for trouble in TROUBLES:
            street.put_jobs(JOBS)
            await (street.look() if known else street.follow())
            assert await street.of_all() == {Openness.OPEN}
            await _meet(street, trouble)
            street.put_jobs([])
            for _ in range(2):
                street.clock.turn(hours=4)
                await street.look()
            known[trouble] = {(one.openness, one.by) for one in (await street.known()).values()}
        assert known == {trouble: {(Openness.CLOSED, Evidence.BOARD)} for trouble in TROUBLES}


async def test_what_is_missing_once_is_unknown_and_what_comes_back_is_open_again(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.put_jobs([job(1), job(2)])
        await street.follow()
        street.put_jobs([job(1)])
        await street.look()
        assert (await street.known())["Clockmaker 2"].openness is Openness.UNKNOWN
        await street.look()
        closed = (await street.known())["Clockmaker 2"]
        assert (closed.openness, closed.by) == (Openness.CLOSED, Evidence.BOARD)
        street.put_jobs([job(1), job(2)])
        await street.look()
        assert await street.of_all() == {Openness.OPEN}
        done = [one.kind for one in await street.store.list_actions(scopes=ALL, posting=2)]
        assert done == [ActionKind.REOPENED, ActionKind.CLOSED, ActionKind.ADDED]


async def test_closed_postings_are_in_no_search_unless_they_are_wanted(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.put_jobs([job(1), job(2)])
        await street.follow()
        street.put_jobs([job(2)])
        await street.look()
        await street.look()
        store = street.store
        assert (await store.weigh([], scopes=ALL)).here == 0b100
        assert (await store.weigh([], scopes=ALL, with_closed=True)).here == 0b110
        assert await store.newest(scopes=ALL, limit=9, with_closed=False) == [2]
        assert await store.newest(scopes=ALL, limit=9) == [2, 1]
        await store.remove(1, scopes=ALL)
        await store.restore(1, scopes=ALL)
        assert (await store.weigh([], scopes=ALL)).here == 0b100


async def test_a_changed_posting_becomes_a_revision_also_under_another_title(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.put_jobs([job(1)])
        await street.follow()
        street.put_jobs([job(1, content=job(1)["content"].replace("$40,000", "$50,000"))])
        assert "1 updated" in await street.look()
        street.put_jobs([job(1, title="Head of clocks")])
        assert "1 updated" in await street.look()
        kept = await street.store.get(1, scopes=ALL)
        assert kept is not None
        assert (kept.revision, kept.posting.title) == (3, "Head of clocks")
        assert await street.store.count(scopes=ALL) == 1


async def test_what_a_person_removed_does_not_come_back_by_itself(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.put_jobs([job(1), job(2)])
        await street.follow()
        await street.store.remove(1, scopes=ALL)
        street.put_jobs([job(1, location={"name": "Bergen, Norway"}), job(2)])
        await street.look()
        assert [one.id for one in await street.store.list_postings(scopes=ALL)] == [2]


async def test_a_posting_for_which_there_is_no_room_is_not_told_as_closed(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.put_jobs([job(1), job(2)])
        board = await street.follow(scope="7")
        bounded = street.store.within(Quotas(postings=2, megabytes=0, previews=1))
        checker = Checker(bounded, street.checker.hosts, kinds=list(street.checker._kinds.values()))  # noqa: SLF001 - the same street
        street.put_jobs([job(1, content=f"{job(1)['content']} And more of it."), job(2), job(3)])
        for _ in range(3):
            taken = await bounded.boards.take(board.id, scopes={"7"})
            assert taken is not None
            assert "may keep" in await checker.look_at(taken)
        known = await bounded.boards.sightings([1, 2], scopes={"7"})
        assert [one.openness for one in known.values()] == [Openness.OPEN, Openness.OPEN]


async def test_a_posting_that_cannot_be_read_any_more_is_followed_still(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.put_jobs([job(1)])
        await street.follow()
        street.put_jobs([job(1, content="word " * 60_000)])
        assert "1 not read" in await street.look()
        street.clock.turn(hours=4)
        street.put_jobs([job(1, content="word " * 60_001)])
        await street.look()
        seen = (await street.known())["Clockmaker 1"]
        assert (seen.openness, seen.seen_at) == (Openness.OPEN, street.clock.now)


async def test_a_board_that_says_that_nothing_has_changed_is_not_read(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.site.put_json(PATH, {"jobs": JOBS})
        street.site.put(PATH, json.dumps({"jobs": JOBS}), kind="application/json", ETag='"one"')
        await street.follow()
        street.site.put(PATH, status=304)
        street.clock.turn(hours=5)
        assert await street.look() == "as at the last look"
        assert street.site.heads[-1]["If-None-Match"] == '"one"'
        assert {one.seen_at for one in (await street.known()).values()} == {street.clock.now}


async def test_a_board_is_looked_at_more_often_when_it_changes_and_less_when_it_does_not(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.put_jobs([job(1)])
        await street.follow()
        intervals = []
        for number in (1, 2, 2, 2, 2, 2, 2, 2):
            street.put_jobs([job(one) for one in range(1, number + 1)])
            await street.look()
            (board,) = await street.store.boards.list_boards(scopes=ALL)
            intervals.append(board.interval)
            assert abs((board.next_at - street.clock.now).total_seconds() - board.interval) <= 0.1 * board.interval
        assert intervals == [21_600, 10_800, 16_200, 24_300, 36_450, 54_675, 82_012, 86_400]


async def test_a_long_board_is_read_in_parts_and_by_its_filters(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        jobs = [job(number, title=f"Baker {number}" if number % 3 else f"Clockmaker {number}") for number in range(1, 13)]
        jobs[11]["location"] = {"name": "Lisbon, Portugal"}
        street.put_jobs(jobs)
        board = await street.follow(role="clockmaker", place="Norway")
        assert board.role == "clockmaker"
        assert sorted(await street.known()) == ["Clockmaker 3", "Clockmaker 6", "Clockmaker 9"]
        assert (await street.checker.preview(board)).fitting == 4


async def test_pages_are_read_to_the_end_and_texts_fetched_where_the_list_has_none(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        heads = [{"id": str(number), "name": f"Clockmaker {number}", "location": {"city": "Oslo"}} for number in range(120)]
        path = "/v1/companies/Acme/postings"
        for offset in (0, 100):
            street.site.put_json(f"{path}?limit=100&offset={offset}", {"totalFound": 120, "content": heads[offset : offset + 100]})
        for head in heads:
            text = f"<p>You mend clock number {head['id']} in the tower of the town and oil its wheels each night.</p>"
            sections = {"jobDescription": {"text": text}}
            whole = {**head, "company": {"identifier": "Acme", "name": "Acme"}, "jobAd": {"sections": sections}}
            street.site.put_json(f"{path}/{head['id']}", whole)
        board = await street.follow("https://careers.smartrecruiters.com/Acme", role="12")
        assert board.kind == "SmartRecruiters"
        assert sorted(await street.known()) == ["Clockmaker 12"]
        assert await street.of_all() == {Openness.OPEN}
        street.site.put(f"{path}?limit=100&offset=100", status=500)
        street.site.put_json(f"{path}?limit=100&offset=0", {"totalFound": 120, "content": heads[20:100]})
        assert "could not be read" in await street.look()
        assert await street.of_all() == {Openness.UNKNOWN}


@pytest.mark.parametrize(
    ("kind", "url", "path", "answer"),
    [
        ("Lever", "https://jobs.lever.co/acme", "/v0/postings/acme", [{"id": "a", "text": "Cook", "hostedUrl": "https://jobs.lever.co/acme/a"}]),
        ("Ashby", "https://jobs.ashbyhq.com/acme", "/posting-api/job-board/acme", {"jobs": [{"id": "a", "title": "Cook"}]}),
        ("Workable", "https://apply.workable.com/acme/", "/api/v1/widget/accounts/acme", {"jobs": [{"shortcode": "X", "title": "Cook"}]}),
        ("Recruitee", "https://acme.recruitee.com/", "/api/offers/", {"offers": [{"id": 1, "title": "Cook"}]}),
    ],
)  # fmt: skip
async def test_each_board_with_json_lists_its_jobs(kind: str, url: str, path: str, answer: Any, tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.site.put_json(path, answer)
        found = await street.checker.preview(to_board(url))
        assert (found.board.kind, found.fitting, found.examples) == (kind, 1, ("Cook",))


async def test_a_careers_page_is_followed_by_the_postings_that_its_links_are_marked_as(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        links = "<a href='/jobs/1'>Clockmaker</a><a href='/jobs/2'>Our values at work</a><a href='/blog/3'>Blog</a>"
        url = street.site.put("/careers", page_with(body=links))
        text = "You mend the clock of the tower, oil its wheels each night and wind it on Sundays. We pay $40,000 a year."
        node = {"@type": "JobPosting", "title": "Clockmaker", "description": text, "hiringOrganization": {"name": "Tower"}}
        street.site.put("/jobs/1", page_with(node))
        street.site.put("/jobs/2", main_text("<p>We value time."))
        assert (await street.checker.preview(to_board(url))).examples == ("Clockmaker",)
        await street.follow(url)
        assert list(await street.known()) == ["Clockmaker"]
        street.site.asked.clear()
        street.site.put("/careers", page_with(body=links + "<a href='/jobs/4'>Winder</a>"))
        street.site.put("/jobs/4", page_with({**node, "title": "Winder"}))
        await street.look()
        assert street.site.asked == ["/careers", "/jobs/4"]
        assert sorted(await street.known()) == ["Clockmaker", "Winder"]


async def test_a_page_without_postings_is_no_board(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        url = street.site.put("/about", main_text("<p>We value time.</p><a href='/jobs/1'>Jobs</a>"))
        with pytest.raises(RolecallError, match="has no postings that are marked as such"):
            await street.checker.preview(to_board(url))


async def test_what_is_no_longer_in_a_feed_was_not_seen_and_is_not_closed(tmp_path: Path) -> None:
    items = {
        title: f"<item><title>{title}</title><guid>{title}</guid><link>https://tower.example/{title}</link>"
        "<description>You mend the clock of the tower and oil its wheels each night. We pay $40,000 a year.</description></item>"
        for title in ("Clockmaker", "Winder")
    }
    async with on_street(tmp_path) as street:
        url = street.site.put("/rss", f"<rss><channel>{''.join(items.values())}</channel></rss>", kind="application/rss+xml")
        await street.follow(url)
        first = street.clock.now
        street.site.put("/rss", f"<rss><channel>{items['Winder']}</channel></rss>", kind="application/rss+xml")
        for _ in range(4):
            street.clock.turn(hours=4)
            await street.look()
        seen = {title: (one.openness, one.seen_at) for title, one in (await street.known()).items()}
        assert seen == {"Clockmaker": (Openness.OPEN, first), "Winder": (Openness.OPEN, street.clock.now)}


async def test_half_a_board_again_and_again_says_nothing_of_the_other_half(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.put_jobs(JOBS)
        await street.follow()
        first = street.clock.now
        street.site.put(PATH, json.dumps({"jobs": JOBS[:5], "meta": {"total": 20}}), kind="application/json", ETag='"half"')
        for _ in range(3):
            street.clock.turn(hours=4)
            await street.look()
        seen = [one.seen_at for one in (await street.known()).values()]
        assert (seen.count(first), seen.count(street.clock.now)) == (15, 5)


async def test_a_job_that_a_board_lists_in_a_shape_that_is_not_read_is_not_closed(tmp_path: Path) -> None:
    async with on_street(tmp_path) as street:
        street.site.put_json(PATH, {"jobs": [job(1), job(2)]})
        await street.follow()
        for one in ({**job(2), "id": None}, "Clockmaker 2", None):
            street.site.put_json(PATH, {"jobs": [job(1), one]})
            street.clock.turn(hours=4)
            await street.look()
        assert Openness.CLOSED not in await street.of_all()
        street.site.put_json(PATH, {"jobs": [job(1)]})
        for _ in range(2):
            street.clock.turn(hours=4)
            await street.look()
        assert (await street.known())["Clockmaker 2"].openness is Openness.CLOSED


async def test_a_job_that_two_boards_list_is_kept_twice_and_told_of_at_both(tmp_path: Path) -> None:
    long = " ".join(f"You mend the clock of tower {number} in the town and oil its wheels each night." for number in range(9))
    async with on_street(tmp_path) as street:
        street.put_jobs([job(1, content=f"<p>{long}</p>"), job(2)])
        await street.follow()
        copy = job(9, title="Clockmaker 1", company_name="Agency", content=f"<p>{long} Write to the agency.</p>")
        street.put_jobs([{**copy, "absolute_url": "https://boards.greenhouse.io/agency/jobs/9"}], "/v1/boards/agency/jobs")
        await street.follow("https://boards.greenhouse.io/agency")
        found = await street.store.boards.sightings([1, 2, 3], scopes=ALL)
        assert {number: [other.company for other in one.also_at] for number, one in found.items()} == {
            1: ["Agency"],
            2: [],
            3: ["Tick & Tock"],
        }
        assert await street.store.count(scopes=ALL) == 3


async def test_a_job_that_comes_again_under_a_new_id_is_reposted(tmp_path: Path) -> None:
    long = " ".join(f"You mend the clock of tower {number} in the town and oil its wheels each night." for number in range(9))
    async with on_street(tmp_path) as street:
        street.put_jobs([job(1, title="Clockmaker", content=f"<p>{long}</p>")])
        await street.follow()
        first = street.clock.now
        street.put_jobs([job(7, title="Clockmaker", content=f"<p>{long} Apply now.</p>")])
        for _ in range(3):
            street.clock.turn(hours=4)
            await street.look()
        found = await street.store.boards.sightings([1, 2], scopes=ALL)
        told = [(one.openness, one.earlier_at, [other.id for other in one.also_at]) for one in found.values()]
        assert told == [(Openness.CLOSED, None, [2]), (Openness.OPEN, first, [])]
        done = [one.kind for one in await street.store.list_actions(scopes=ALL, posting=2)]
        assert done == [ActionKind.REPOSTED, ActionKind.ADDED]
