"""What stands on a known board is read from its public JSON; hosts are matched exactly."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from builders_markup import BODY
from builders_web import LOOPBACK, Names, Site, boards_on, job_with, main_text, page_with, read_kept, read_refused
from yarl import URL

from bot.domain.posting import Posting
from bot.intake.addresses import BOARDS, BoardRef, WebRules, find_board_place
from bot.intake.pages import MOST_JOBS, read_url
from bot.intake.reading import read_one
from bot.intake.sources import Refusal, Source

ID = "5ac21346-8e0c-4494-8e7a-3eb92ff77902"
OTHER = "0ba4a2f1-8e0c-4494-8e7a-3eb92ff77902"


@pytest.mark.parametrize(
    ("address", "board", "ref"),
    [
        ("https://boards.greenhouse.io/acme/jobs/4012345", "Greenhouse", BoardRef("acme", "4012345")),
        ("https://boards.greenhouse.io/acme/jobs/4012345?gh_src=x#app", "Greenhouse", BoardRef("acme", "4012345")),
        ("https://job-boards.greenhouse.io/acme/jobs/4012345/", "Greenhouse", BoardRef("acme", "4012345")),
        ("http://JOB-BOARDS.eu.greenhouse.io/acme/jobs/4012345", "Greenhouse", BoardRef("acme", "4012345")),
        ("https://boards.greenhouse.io/embed/job_app?for=acme&token=4012345&b=1", "Greenhouse", BoardRef("acme", "4012345")),
        ("https://boards.greenhouse.io/embed/job_board?for=acme", "Greenhouse", BoardRef("acme")),
        ("https://boards.greenhouse.io/acme", "Greenhouse", BoardRef("acme")),
        ("https://boards-api.greenhouse.io/v1/boards/acme/jobs/4012345", "Greenhouse", BoardRef("acme", "4012345")),
        ("https://boards-api.greenhouse.io/v1/boards/acme/jobs", "Greenhouse", BoardRef("acme")),
        (f"https://jobs.lever.co/acme/{ID}", "Lever", BoardRef("acme", ID)),
        (f"https://jobs.lever.co/acme/{ID}/apply?lever-source=x", "Lever", BoardRef("acme", ID)),
        ("https://jobs.lever.co/acme", "Lever", BoardRef("acme")),
        (f"https://api.lever.co/v0/postings/acme/{ID}?mode=json", "Lever", BoardRef("acme", ID)),
        (f"https://jobs.eu.lever.co/acme/{ID}", "Lever in Europe", BoardRef("acme", ID)),
        (f"https://jobs.ashbyhq.com/acme/{ID}", "Ashby", BoardRef("acme", ID)),
        (f"https://jobs.ashbyhq.com/Acme%20Ovens/{ID}/application", "Ashby", BoardRef("Acme Ovens", ID)),
        ("https://jobs.ashbyhq.com/acme.ai", "Ashby", BoardRef("acme.ai")),
        ("https://api.ashbyhq.com/posting-api/job-board/acme", "Ashby", BoardRef("acme")),
    ],
)
def test_a_place_on_a_board_is_found(address: str, board: str, ref: BoardRef) -> None:
    place = find_board_place(URL(address), BOARDS)
    assert place is not None
    assert (place.board.name, place.ref) == (board, ref)


@pytest.mark.parametrize(
    "address",
    [
        "https://evilgreenhouse.io/acme/jobs/1",
        "https://boards.greenhouse.io.evil.example/acme/jobs/1",
        "https://evil.example/boards.greenhouse.io/acme/jobs/1",
        "https://www.boards.greenhouse.io/acme/jobs/1",
        "https://greenhouse.io/acme/jobs/1",
        f"https://jobs-lever.co/acme/{ID}",
        f"https://ashbyhq.com/acme/{ID}",
        "https://boards.greenhouse.io/",
        "https://boards.greenhouse.io/acme/jobs/first",
        "https://boards.greenhouse.io/acme/about",
        "https://boards.greenhouse.io/acme/jobs/1/2",
        "https://boards.greenhouse.io/embed/job_app?for=acme",
        "https://boards.greenhouse.io/embed/job_app?token=1",
        "https://boards.greenhouse.io/embed/job_app?for=../../x&token=1",
        "https://boards.greenhouse.io/%2E%2E%2Fx/jobs/1",
        "https://boards-api.greenhouse.io/v1/boards",
        "https://jobs.lever.co/acme/1",
        f"https://jobs.lever.co/acme/{ID}/elsewhere",
        f"https://jobs.lever.co/?for={ID}",
    ],
)
def test_other_addresses_are_pages_like_any(address: str) -> None:
    assert find_board_place(URL(address), BOARDS) is None


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        (
            "https://boards.greenhouse.io/acme/jobs/1",
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs/1?content=true&pay_transparency=true",
        ),
        ("https://boards.greenhouse.io/acme", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"),
        (f"https://jobs.lever.co/acme/{ID}", f"https://api.lever.co/v0/postings/acme/{ID}"),
        (f"https://jobs.eu.lever.co/acme/{ID}", f"https://api.eu.lever.co/v0/postings/acme/{ID}"),
        ("https://jobs.lever.co/acme", "https://api.lever.co/v0/postings/acme?mode=json"),
        (
            f"https://jobs.ashbyhq.com/Acme%20Ovens/{ID}",
            "https://api.ashbyhq.com/posting-api/job-board/Acme%20Ovens?includeCompensation=true",
        ),
    ],
)
def test_each_board_is_asked_for_its_json(address: str, asked: str) -> None:
    place = find_board_place(URL(address), BOARDS)
    assert place is not None
    assert place.address == asked


def rules_on(site: Site, **changed: Any) -> WebRules:
    """Boards' JSON here, and every name on loopback too."""

    async def look_up(_name: str) -> list[str]:
        return ["127.0.0.1"]

    return replace(LOOPBACK, boards=boards_on(site), look_up=look_up, **changed)


def page_of(site: Site, host: str, path: str) -> str:
    return f"http://{host}:{site.base.rpartition(':')[2]}{path}"


def greenhouse_job(number: int = 7, **changed: Any) -> dict[str, Any]:
    link = f"https://boards.greenhouse.io/dough/jobs/{number}"
    return {
        "id": number,
        "title": "Night Baker",
        "absolute_url": link,
        "internal_job_id": 1,
        "content": BODY,
        "company_name": "Dough",
        **changed,
    }


def lever_job(name: str = ID, **changed: Any) -> dict[str, Any]:
    link = f"https://jobs.lever.co/dough/{name}"
    return {"id": name, "text": "Night Baker", "categories": {"location": "Lyon"}, "description": BODY, "hostedUrl": link, **changed}


def ashby_job(name: str = ID, **changed: Any) -> dict[str, Any]:
    return {"id": name, "title": "Night Baker", "jobUrl": f"https://jobs.ashbyhq.com/dough/{name}", "descriptionHtml": BODY, **changed}


async def test_a_job_on_greenhouse_is_read_from_its_json(site: Site) -> None:
    ranges = [{"min_cents": 3_000_000, "max_cents": 3_500_000, "currency_type": "EUR", "title": "Annual pay"}]
    site.put_json("/api/boards-api.greenhouse.io/v1/boards/dough/jobs/7", greenhouse_job(pay_input_ranges=ranges))
    address = page_of(site, "boards.greenhouse.io", "/dough/jobs/7?gh_src=newsletter")
    kept = await read_kept(address, rules_on(site))
    assert (kept["title"], kept["company"], kept["source"]) == ("Night Baker", "Dough", address)
    assert kept["link"] == "https://boards.greenhouse.io/dough/jobs/7"
    assert "pay" in kept["topics"]
    assert site.asked == ["/api/boards-api.greenhouse.io/v1/boards/dough/jobs/7?content=true&pay_transparency=true"]


async def test_a_posting_on_lever_is_read_from_its_json(site: Site) -> None:
    site.put_json(f"/api/api.eu.lever.co/v0/postings/dough/{ID}", lever_job())
    kept = await read_kept(page_of(site, "jobs.eu.lever.co", f"/dough/{ID}/apply"), rules_on(site))
    assert (kept["title"], kept["location"], kept["link"]) == ("Night Baker", "Lyon", f"https://jobs.lever.co/dough/{ID}")


@pytest.mark.parametrize("has_ids", [True, False])
async def test_of_a_list_on_ashby_only_the_job_that_is_asked_for_is_read(site: Site, *, has_ids: bool) -> None:
    jobs = [ashby_job(OTHER, title="Day Baker"), ashby_job(), ashby_job(str(UUID(int=1)), title="Taster")]
    if not has_ids:
        jobs = [{key: value for key, value in job.items() if key != "id"} for job in jobs]
    site.put_json("/api/api.ashbyhq.com/posting-api/job-board/dough", {"jobs": jobs})
    kept = await read_kept(page_of(site, "jobs.ashbyhq.com", f"/dough/{ID.upper()}"), rules_on(site))
    assert (kept["title"], kept["link"]) == ("Night Baker", f"https://jobs.ashbyhq.com/dough/{ID}")


@pytest.mark.parametrize(
    "answer",
    [
        {"jobs": [ashby_job(OTHER)]},
        {"jobs": []},
        {"jobs": "none"},
        {"jobs": [7, None, [ashby_job()]]},
        {"error": "no such board"},
        [],
        None,
        "words",
        {"jobs": [{"id": ID, "title": "Night Baker"}]},
    ],
)
async def test_where_the_json_does_not_have_the_job_its_page_is_read(site: Site, answer: Any) -> None:
    site.put_json("/api/api.ashbyhq.com/posting-api/job-board/dough", answer)
    site.put(f"/dough/{ID}", page_with(job_with(url=None)))
    kept = await read_kept(page_of(site, "jobs.ashbyhq.com", f"/dough/{ID}"), rules_on(site))
    assert (kept["company"], kept["link"]) == ("Dough & Sons", page_of(site, "jobs.ashbyhq.com", f"/dough/{ID}"))


@pytest.mark.parametrize(
    "broken",
    [{"status": 404}, {"status": 500}, {"kind": "image/png"}, {"status": 302, "Location": "file:///x"}, {"body": "{broken"}, {"body": b""}],
)
async def test_where_the_json_cannot_be_read_the_page_is(site: Site, broken: dict[str, Any]) -> None:
    site.put("/api/boards-api.greenhouse.io/v1/boards/dough/jobs/7", **broken)
    site.put("/dough/jobs/7", page_with(job_with()))
    assert (await read_kept(page_of(site, "boards.greenhouse.io", "/dough/jobs/7"), rules_on(site)))["title"] == "Night Baker"


async def test_where_both_fail_the_page_tells_why(site: Site) -> None:
    site.put("/api/boards-api.greenhouse.io/v1/boards/dough/jobs/7", status=500)
    told = await read_refused(page_of(site, "boards.greenhouse.io", "/dough/jobs/7"), rules_on(site))
    assert told.startswith("is not there any more")


async def test_a_job_of_another_number_is_never_taken(site: Site) -> None:
    site.put_json("/api/boards-api.greenhouse.io/v1/boards/dough/jobs/7", greenhouse_job(8, title="Day Baker"))
    site.put("/dough/jobs/7", page_with(job_with()))
    assert (await read_kept(page_of(site, "boards.greenhouse.io", "/dough/jobs/7"), rules_on(site)))["title"] == "Night Baker"


async def test_a_whole_board_gives_each_of_its_jobs_by_its_own_address(site: Site) -> None:
    site.put_json("/api/boards-api.greenhouse.io/v1/boards/dough/jobs", {"jobs": [greenhouse_job(7), greenhouse_job(8), "junk", {"id": 9}]})
    found = await read_url(page_of(site, "boards.greenhouse.io", "/dough"), rules_on(site))
    assert [each.name for each in found if isinstance(each, Source)] == [
        "https://boards.greenhouse.io/dough/jobs/7",
        "https://boards.greenhouse.io/dough/jobs/8",
    ]
    assert all(isinstance(each, Source) and isinstance(read_one(each), Posting) for each in found)


async def test_a_board_with_one_job_is_a_board_still(site: Site) -> None:
    site.put_json("/api/api.lever.co/v0/postings/dough", [lever_job(hostedUrl=None)])
    (found,) = await read_url(page_of(site, "jobs.lever.co", "/dough"), rules_on(site))
    assert isinstance(found, Source)
    assert (found.name, found.link) == (page_of(site, "jobs.lever.co", "/dough item 1"), None)


async def test_a_job_whose_json_has_no_link_is_kept_with_its_page(site: Site) -> None:
    site.put_json(f"/api/api.lever.co/v0/postings/dough/{ID}", lever_job(hostedUrl=None))
    kept = await read_kept(page_of(site, "jobs.lever.co", f"/dough/{ID}?lever-source=x"), rules_on(site))
    assert kept["link"] == page_of(site, "jobs.lever.co", f"/dough/{ID}")


async def test_jobs_that_a_board_does_not_list_are_left_out_of_the_whole(site: Site) -> None:
    jobs = [ashby_job(isListed=True), ashby_job(OTHER, isListed=False)]
    site.put_json("/api/api.ashbyhq.com/posting-api/job-board/dough", {"jobs": jobs})
    (found,) = await read_url(page_of(site, "jobs.ashbyhq.com", "/dough"), rules_on(site))
    assert isinstance(found, Source)
    kept = await read_kept(page_of(site, "jobs.ashbyhq.com", f"/dough/{OTHER}"), rules_on(site))
    assert kept["link"] == f"https://jobs.ashbyhq.com/dough/{OTHER}"


async def test_of_a_board_beyond_the_bound_the_first_are_read_and_the_rest_is_told(site: Site) -> None:
    jobs = [lever_job(str(UUID(int=number)), description="<p>We bake.") for number in range(MOST_JOBS + 1)]
    site.put_json("/api/api.lever.co/v0/postings/dough", jobs)
    *found, last = await read_url(page_of(site, "jobs.lever.co", "/dough"), rules_on(site))
    assert len(found) == MOST_JOBS
    assert isinstance(last, Refusal)
    assert "lists more than 2,000 postings" in last.reason


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ({"status": 404}, "is not there any more"),
        ({"body": b"[" + b" " * 60_000 + b"]"}, "is larger than 0.05 MB; give one posting's own address"),
        ({"body": "[]"}, "shows no posting"),
    ],
)
async def test_a_whole_board_that_cannot_be_read_is_told(site: Site, answer: dict[str, Any], rule: str) -> None:
    site.put("/api/api.lever.co/v0/postings/dough", **answer)
    site.put("/dough", main_text("<ul><li>Night Baker<li>Day Baker</ul>"))
    assert (await read_refused(page_of(site, "jobs.lever.co", "/dough"), rules_on(site, most_bytes=50_000))).startswith(rule)


async def test_an_address_that_is_passed_on_to_a_job_on_a_board_is_read_from_its_json(site: Site) -> None:
    site.redirect("/short", page_of(site, "jobs.lever.co", f"/dough/{ID}"))
    site.put(f"/dough/{ID}", "<div id=root></div>")
    site.put_json(f"/api/api.lever.co/v0/postings/dough/{ID}", lever_job())
    kept = await read_kept(site.base + "/short", rules_on(site))
    assert (kept["title"], kept["source"]) == ("Night Baker", site.base + "/short")


async def test_a_closed_job_that_is_passed_on_to_the_whole_board_does_not_bring_the_others(site: Site) -> None:
    site.put("/api/boards-api.greenhouse.io/v1/boards/dough/jobs/7", status=404)
    site.put_json("/api/boards-api.greenhouse.io/v1/boards/dough/jobs", {"jobs": [greenhouse_job(8)]})
    site.redirect("/dough/jobs/7", "/dough?error=true")
    site.put("/dough", main_text("<p>The job you are looking for is no longer open.</p>"))
    assert (await read_refused(page_of(site, "boards.greenhouse.io", "/dough/jobs/7"), rules_on(site))).startswith("shows no posting")


async def test_a_site_that_is_called_nearly_like_a_board_is_a_page_like_any(site: Site) -> None:
    site.put("/acme/jobs/7", page_with(job_with()))
    names = Names(boards_greenhouse_io_evil_example=[["127.0.0.1"]])
    address = page_of(site, "boards.greenhouse.io.evil.example", "/acme/jobs/7")
    await read_kept(address, replace(rules_on(site), look_up=names.look_up))
    assert site.asked == ["/acme/jobs/7"]


async def test_the_address_of_the_json_itself_is_read_too(site: Site) -> None:
    site.put_json("/api/api.lever.co/v0/postings/dough", [lever_job(), lever_job(OTHER)])
    assert len(await read_url(page_of(site, "api.lever.co", "/v0/postings/dough?mode=json&limit=2"), rules_on(site))) == 2
    feed = site.put("/feed.json", json.dumps({"jobs": [lever_job()]}), kind="application/json; charset=utf-8")
    kept = await read_kept(feed)
    assert (kept["title"], kept["source"]) == ("Night Baker", f"{feed} item 1")
    terse = lever_job(description="<p>We bake bread for forty towns along the river.")
    assert (await read_kept(site.put_json("/job.json", terse)))["source"] == site.base + "/job.json"


async def test_the_json_of_a_board_may_not_be_inside_either(site: Site) -> None:
    told = await read_refused("http://jobs.lever.co/dough", replace(rules_on(site), allow_private=False))
    assert told.startswith("leads to an address that is not public (loopback)")
    assert site.asked == []
