"""The posting on a page is found in JSON-LD of many shapes or in its main text; other pages are refused in one line."""

import asyncio
import contextlib
import html
import json
from typing import Any

import pytest
from builders_markup import BODY, JOB
from builders_pages import PAGES_WITHOUT_POSTING
from builders_web import HTML_HEAD, LOOPBACK, Site, job_with, main_text, page_with, read_kept, read_one_url, read_refused
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.domain.errors import UnreadablePosting
from bot.domain.person import EVERYONE
from bot.intake import pages
from bot.intake.addresses import WebRules
from bot.intake.fetching import Page
from bot.intake.importing import import_sources
from bot.intake.pages import read_isolated, read_page, read_url
from bot.intake.sources import Destination, Refusal, Source
from bot.storage.store import Store

NO_POSTING = "shows no posting: "
ORGANIZATION = {"@context": "https://schema.org", "@type": "Organization", "name": "Dough & Sons", "url": "https://dough.example"}
CRUMBS = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "item": {"@id": "/", "name": "Jobs"}}]}


@pytest.mark.parametrize(
    "page",
    [
        page_with(JOB),
        page_with([JOB]),
        page_with([ORGANIZATION, CRUMBS, JOB]),
        page_with(ORGANIZATION, JOB, CRUMBS),
        page_with({"@context": "https://schema.org", "@graph": [ORGANIZATION, CRUMBS, JOB]}),
        page_with({"@graph": [{"@graph": [JOB]}]}),
        page_with({"@type": "WebPage", "mainEntity": JOB}),
        page_with({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": JOB}]}),
        page_with(JOB, JOB),
        page_with("{broken", JOB),
        page_with("", "null", "[]", "7", JOB),
        page_with("<!--" + json.dumps(JOB) + "-->"),
        page_with("//<![CDATA[\n" + json.dumps(JOB) + "\n//]]>"),
        page_with(json.dumps(JOB) + ";"),
        page_with(json.dumps(JOB).replace("\\n", "\n")),
        page_with(json.dumps(JOB, ensure_ascii=False)),
        page_with(job_with(**{"@type": ["JobPosting", "Thing"]})),
        page_with(job_with(**{"@type": "http://schema.org/JobPosting", "@context": ["https://schema.org"]})),
        page_with(job_with(hiringOrganization="Dough & Sons")),
        page_with(job_with(hiringOrganization=["Dough & Sons"])),
        page_with(job_with(hiringOrganization=[{"name": "Dough & Sons"}])),
        page_with(job_with(hiringOrganization={"name": ["Dough & Sons"]})),
        page_with(job_with(hiringOrganization={"name": {"@value": "Dough & Sons"}})),
        page_with(job_with(title=["Night Baker"])),
        page_with(job_with(title="Night&nbsp;Baker")),
        page_with(job_with(title={"@value": "Night Baker", "@language": "en"})),
        page_with(job_with(description=html.escape(BODY))),
        page_with(job_with(description=[BODY])),
        page_with(job_with(jobLocation="Lyon, France")),
        page_with(job_with(jobLocation=[JOB["jobLocation"], JOB["jobLocation"]])),
        page_with(job_with(jobLocation={"address": "Lyon, France"})),
        page_with(job_with(jobLocation={"address": {"addressLocality": ["Lyon"], "addressCountry": {"@type": "Country", "name": "FR"}}})),
        page_with(job_with(baseSalary=[JOB["baseSalary"]])),
        page_with(job_with(baseSalary={"currency": "EUR", "value": {"minValue": "30000", "maxValue": "35000.00", "unitText": "year"}})),
        page_with(job_with(baseSalary={"currency": "EUR", "minValue": 30_000, "maxValue": 35_000, "unitText": "YEAR"})),
        page_with(job_with(baseSalary="EUR 30,000 - 35,000 per year")),
        page_with(job_with(employmentType=["FULL_TIME"], identifier=7, directApply="true", datePosted=None, image=[], industry={})),
        page_with(JOB).replace('"application/ld+json"', "application/ld+json"),
        page_with(JOB).replace('"application/ld+json"', "'application/ld+json; charset=utf-8' data-x=1"),
        page_with(JOB).replace('"application/ld+json"', '"application/ld&#x2B;json"'),
        page_with(JOB).replace('"application/ld+json"', '"application/ld&#43;json"'),
        page_with(JOB).replace("<script type", "<SCRIPT id=jobs TYPE"),
        "\ufeff\n" + page_with(JOB),
        "<?xml version='1.0'?>" + page_with(JOB),
        "<!-- served by the bakery -->" + page_with(JOB),
        json.dumps(JOB),
        json.dumps([ORGANIZATION, JOB]),
        json.dumps({"@context": "https://schema.org", "@graph": [JOB, ORGANIZATION]}, indent=2),
    ],
)
async def test_a_marked_posting_is_read_whatever_the_shape_of_its_json(site: Site, page: str) -> None:
    kept = await read_kept(site.put("/1", page))
    assert (kept["title"], kept["company"], kept["location"]) == ("Night Baker", "Dough & Sons", "Lyon, France")
    assert {"responsibilities", "requirements", "benefits", "pay", "employment_type"} <= kept["topics"]
    assert "EUR 30,000 - 35,000 per year" in kept["text"]
    assert kept["link"] == "https://dough.example/jobs/7"


@pytest.mark.parametrize("broken", ["{", '{"@type": "JobPosting", "title": "Night', "[[[[", "{'@type': 'JobPosting'}", "undefined", "\\"])
async def test_where_the_markup_is_broken_the_main_text_is_read(site: Site, broken: str) -> None:
    kept = await read_kept(site.put("/1", page_with(broken, body=f"<main><h1>Night Baker</h1>{BODY}</main>")))
    assert kept["title"] == "Night Baker"
    assert {"responsibilities", "requirements", "benefits"} <= kept["topics"]


async def test_where_the_marked_description_is_a_teaser_the_main_text_is_read(site: Site) -> None:
    teaser = job_with(description="Bake with us!")
    kept = await read_kept(site.put("/1", page_with(teaser, body=f"<main><h1>Night Baker</h1>{BODY}</main>")))
    assert "rye bread" in kept["text"]


async def test_of_several_marked_postings_the_one_with_the_address_of_the_page_is_read(site: Site) -> None:
    jobs = [job_with(title=f"Baker {number}", url=f"{site.base}/jobs/{number}") for number in range(3)]
    site.put("/jobs/1", page_with(*jobs))
    kept = await read_kept(site.base + "/jobs/1?utm_source=x")
    assert (kept["title"], kept["link"]) == ("Baker 1", f"{site.base}/jobs/1")


@pytest.mark.parametrize("wrap", [lambda jobs: page_with(*jobs), lambda jobs: page_with({"@graph": jobs}, body=f"<main>{BODY}</main>")])
async def test_of_several_marked_postings_none_is_guessed(site: Site, wrap: Any) -> None:
    jobs = [job_with(title=f"Baker {number}", url=f"https://dough.example/jobs/{number}") for number in range(3)]
    assert await read_refused(site.put("/jobs", wrap(jobs))) == "shows 3 postings; give the address of one of them"


async def test_a_list_of_marked_postings_in_json_gives_each_by_where_it_was_found(site: Site) -> None:
    jobs = [job_with(title=f"Baker {number}", url=f"https://dough.example/jobs/{number}") for number in range(3)]
    found = await read_url(site.put_json("/jobs.json", [ORGANIZATION, *jobs]), LOOPBACK)
    assert [each.name for each in found if isinstance(each, Source)] == [f"{site.base}/jobs.json item {number}" for number in (2, 3, 4)]


@pytest.mark.parametrize("page", [*PAGES_WITHOUT_POSTING, HTML_HEAD, page_with(ORGANIZATION, CRUMBS)])
async def test_a_page_without_a_posting_is_refused_with_what_to_do(site: Site, page: str) -> None:
    told = await read_refused(site.put("/1", page))
    assert told.startswith(NO_POSTING)
    assert told.endswith("paste the posting's text, or give it as a file")


@pytest.mark.parametrize(
    "document", [{}, [], {"a": 1}, [1, 2], {"jobs": []}, ORGANIZATION, {"rolecall": 1, "text": BODY}, "words", 7, None]
)
async def test_json_of_another_kind_is_no_posting(site: Site, document: Any) -> None:
    assert (await read_refused(site.put_json("/1", document))).startswith(NO_POSTING)


async def test_the_main_text_of_a_page_without_markup_is_read(site: Site) -> None:
    kept = await read_kept(site.put("/1?utm_medium=post", main_text()))
    assert (kept["title"], kept["link"]) == ("Night Baker", site.base + "/1")
    assert "Home" not in kept["text"]
    assert "Imprint" not in kept["text"]


async def test_a_list_that_nothing_names_makes_a_posting_with_two_other_things_told(site: Site) -> None:
    duties = "<h2>Crumbs</h2><ul><li>Lead the bakers of three shops<li>Design new cakes<li>Build and maintain the ovens</ul>"
    told = "<p>The salary is 30,000 - 35,000 EUR per year.</p><p>This is a full-time position.</p>"
    assert (await read_kept(site.put("/1", main_text(duties + told))))["title"] == "Night Baker"
    assert (await read_refused(site.put("/2", main_text(duties)))).startswith(NO_POSTING)


@pytest.mark.parametrize("kind", ["text/plain", "text/markdown; charset=utf-8"])
async def test_a_text_is_read_as_it_stands(site: Site, kind: str) -> None:
    text = "# Night Baker\n\nDough & Sons bakes.\n\n## Requirements\n\n* 4+ years in a bakery\n\n## Benefits\n\n* Free bread\n"
    kept = await read_kept(site.put("/1.md", text, kind=kind))
    assert (kept["text"], kept["link"]) == (text, site.base + "/1.md")
    own = await read_kept(site.put("/2.md", text.replace("# Night Baker", "# [Night Baker](https://dough.example/7)"), kind=kind))
    assert own["link"] == "https://dough.example/7"


@pytest.mark.parametrize(
    ("head", "link"),
    [
        ("<link rel=canonical href=https://dough.example/jobs/7>", "https://dough.example/jobs/7"),
        ("<meta property=og:url content=https://dough.example/jobs/7>", "https://dough.example/jobs/7"),
        ("<link rel=canonical href=https://dough.example/>", None),
        ("<link rel=canonical href=https://dough.example>", None),
        ("<link rel=canonical href=javascript:alert(1)>", None),
        ("", None),
    ],
)
async def test_the_link_is_what_the_page_states_and_else_its_address(site: Site, head: str, link: str | None) -> None:
    site.put("/jobs/7", main_text(BODY + "<p>Read <a href=https://dough.example/about>about us</a>.").replace("<head>", "<head>" + head))
    kept = await read_kept(site.base + "/jobs/7?fbclid=x&job=1#apply")
    assert kept["link"] == (link or site.base + "/jobs/7?job=1")


async def test_a_marked_posting_whose_address_is_the_front_page_is_kept_with_its_page(site: Site) -> None:
    kept = await read_kept(site.put("/jobs/7", page_with(job_with(url="https://dough.example/"))))
    assert kept["link"] == site.base + "/jobs/7"


async def test_what_is_read_can_be_kept(site: Site, store: Store) -> None:
    found = await read_url(site.put("/jobs/7", main_text()), LOOPBACK)
    summary = await import_sources(Destination(store, EVERYONE), found)
    assert (summary.added, summary.refused) == (1, ())
    again = await import_sources(Destination(store, EVERYONE), await read_url(site.base + "/jobs/7?utm_source=x", LOOPBACK))
    assert (again.added, again.updated) == (0, 0)


pieces = st.sampled_from(
    [
        "<",
        ">",
        "<script type=application/ld+json>",
        "</script>",
        '{"@type":"JobPosting"',
        "}",
        "[",
        "]",
        ",",
        '"title":"Baker"',
        "<h1>",
        "<li>",
        "&lt;",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(pieces, st.text(max_size=8)), max_size=30).map("".join), st.sampled_from(["utf-8", "utf-16", "latin1", None]))
def test_any_page_is_read_or_refused(text: str, charset: str | None) -> None:
    page = Page(URL("https://dough.example/1"), text.encode("utf-8", "replace"), charset)
    with contextlib.suppress(UnreadablePosting):
        assert all(isinstance(each, Source) and each.text for each in read_page(page, "page"))


# The door: an address as people write it, and refusals that name it.


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


# Whatever a page does to who reads it, the conversation goes on.


LONG = BODY + "<p>We bake bread by the river, day and night.</p>" * 1_000


async def test_a_long_page_is_read_in_a_process_and_gives_the_same(site: Site) -> None:
    long = await read_one_url(site.put("/1", main_text(LONG)))
    short = await read_one_url(site.put("/1", main_text()))
    assert long.text.startswith(short.text)
    assert (long.name, long.link) == (short.name, short.link)


async def test_what_a_process_refuses_is_told_as_anywhere(site: Site) -> None:
    assert (await read_refused(site.put("/1", "<p>" + "words " * 10_000))).startswith("shows no posting")


async def test_a_page_that_takes_too_long_to_read_is_left(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_SECONDS", 0.001)
    assert (await read_refused(site.put("/1", main_text(LONG)))).startswith("takes more time or memory to read than any posting; ")


@pytest.mark.parametrize("length", [10, 30_000])
async def test_a_fault_of_our_own_is_told_by_an_error_id_with_the_cause_in_the_log(length: int, caplog: pytest.LogCaptureFixture) -> None:
    page = Page(URL("https://dough.example/1"), b"a" * length, None)
    # Not a reader at all: it cannot divide a page.
    (refused,) = await read_isolated(divmod, page, name="https://dough.example/1")
    assert isinstance(refused, Refusal)
    assert f"(error id {refused.reason.rpartition(' ')[2]})" in caplog.messages[-1]
    assert "TypeError" in caplog.messages[-1]
