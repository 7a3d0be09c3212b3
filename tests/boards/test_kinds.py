"""What boards, feeds and pages say is read as it is meant: a posting is closed only where its page says so."""

import json
from typing import Any

import pytest
from builders_boards import NOON
from builders_web import main_text, page_with
from yarl import URL

from bot.boards import BOARDS, CAREERS, FEED, find_kind, fits_role, kind_of_page, read_listing
from bot.boards.openness import PagePosting, judge_page
from bot.domain.posting import Evidence, Openness
from bot.intake.addresses import Unread
from bot.intake.fetching import Page

TEXT = (
    "You mend the clock of the tower, oil its wheels each night, wind it on Sundays, keep a book of its errors and show children how it "
    "works. You bring a steady hand, a warm coat and two years with clocks. We pay $40,000 a year and give you a key to the tower."
)
SOUGHT = PagePosting("Clockmaker", f"# Clockmaker\n\n{TEXT}")
BODY = f"<p>{TEXT}</p>"
OPEN, CLOSED, UNKNOWN = Openness.OPEN, Openness.CLOSED, Openness.UNKNOWN


def page_of(body: str, url: str = "https://tower.example/jobs/1") -> Page:
    return Page(URL(url), body.encode(), "utf-8")


CLOSING = [
    "This job is no longer accepting applications.",
    "Sorry, this position has been filled",
    "The job you are looking for is no longer open.",
    "Diese Stelle ist leider nicht mehr verfügbar.",
    "Für diese Stelle werden keine Bewerbungen mehr angenommen.",
    "Cette offre n'est plus disponible.",
    "Le poste est pourvu.",
    "Esta vacante ya no está disponible.",
    "Esta oferta ya no acepta solicitudes",
    "Esta vaga não está mais disponível.",
    "Vaga encerrada",
    "Update: this position has been filled.",
    "Clockmaker: no longer accepting applications",
]
NOT_CLOSING = [
    "If this position has been filled, we will tell you.",
    "We review applications until the position has been filled.",
    "Falls die Stelle besetzt ist, melden wir uns.",
    "Si l'offre n'est plus disponible, nous vous le dirons.",
    "Si la vacante ya no está disponible, te avisamos.",
    "Se a vaga não está mais disponível, avisamos.",
    "Our office is closed on Sundays.",
    "No longer a small firm, we are hiring.",
    "We are not accepting applications from agencies.",
    "We are no longer accepting applications by post.",
    "Why do I read that this job is no longer available?",
    "We keep your data for a year after the position has been filled.",
    "Nous n'acceptons plus de candidatures par courrier.",
    "Wir löschen Ihre Daten, nachdem die Stelle besetzt wurde.",
    "Winder: this position has been filled.",
]


@pytest.mark.parametrize("words", CLOSING)
def test_a_page_that_says_that_it_is_closed_closes_its_posting(words: str) -> None:
    for page in (main_text(f"<div role=alert>{words}</div>{BODY}", "Clockmaker"), main_text(f"<p>{words}</p>", "Careers")):
        assert judge_page(page_of(page), SOUGHT, now=NOON) == (CLOSED, Evidence.WORDS)


@pytest.mark.parametrize("words", NOT_CLOSING)
def test_a_page_that_says_something_else_does_not(words: str) -> None:
    assert judge_page(page_of(main_text(f"<p>{words}</p>{BODY}", "Clockmaker")), SOUGHT, now=NOON) == (OPEN, Evidence.PAGE)


@pytest.mark.parametrize(
    "page",
    [
        main_text("<p>Checking your browser before you go on.</p>", "Just a moment"),
        "<!doctype html><html><body><div id=root></div><script src=app.js></script></body></html>",
        main_text("<p>Sign in to see this page.</p>", "Clockmaker"),
        main_text("<ul><li>Winder<li>Bell ringer<li>Clockmaker</ul>", "All jobs"),
        main_text(f"{BODY}", "Baker").replace("clock", "bread").replace("tower", "oven"),
        page_with({"@type": "Organization", "name": "Tower"}),
    ],
    ids=["bot wall", "scripts", "sign-in", "list", "another job", "no posting"],
)
def test_a_page_that_does_not_show_the_posting_says_nothing_of_it(page: str) -> None:
    assert judge_page(page_of(page), SOUGHT, now=NOON)[0] is UNKNOWN


def test_other_postings_that_are_closed_say_nothing_of_this_one() -> None:
    others = "<section class='related-jobs'><p>Winder: no longer accepting applications</p></section>"
    assert judge_page(page_of(main_text(BODY + others, "Clockmaker")), SOUGHT, now=NOON) == (OPEN, Evidence.PAGE)


@pytest.mark.parametrize(
    "part",
    [
        "<div class='notice d-none'>This job is no longer available.</div>",
        "<div hidden>This job is no longer available.</div>",
        "<div style='color: red; display: none'>This job is no longer available.</div>",
        "<template><p>This job is no longer available.</p></template>",
        "<script>const told = 'This job is no longer available.'</script>",
        "<aside><h3>Winder</h3><p>This position has been filled.</p></aside>",
    ],
)
def test_what_is_hidden_or_stands_beside_a_posting_does_not_close_it(part: str) -> None:
    assert judge_page(page_of(main_text(f"{part}{BODY}", "Clockmaker")), SOUGHT, now=NOON) == (OPEN, Evidence.PAGE)


def test_a_notice_that_is_hidden_on_small_screens_only_is_shown() -> None:
    part = "<div class='hidden md:block'>This job is no longer available.</div>"
    assert judge_page(page_of(main_text(f"{part}{BODY}", "Clockmaker")), SOUGHT, now=NOON)[0] is CLOSED


def test_a_short_list_of_postings_that_says_that_one_is_filled_says_nothing_of_another() -> None:
    jobs = "<h3><a href='/jobs/2'>Winder</a></h3><p>This position has been filled.</p><h3><a href='/jobs/3'>Clockmaker</a></h3>"
    assert judge_page(page_of(main_text(jobs, "Tower")), SOUGHT, now=NOON)[0] is UNKNOWN
    notice = f"<p>This position has been filled.</p><section class='related-jobs'>{jobs}</section>"
    assert judge_page(page_of(main_text(notice, "Tower")), SOUGHT, now=NOON)[0] is CLOSED


def test_a_long_page_that_does_not_show_the_posting_may_speak_of_another_one() -> None:
    jobs = "".join(f"<li>Baker number {number} for the town of Oslo" for number in range(60))
    page = main_text(f"<p>Winder: this position has been filled.</p><ul>{jobs}</ul><p>Clockmaker: apply</p>", "Jobs")
    assert judge_page(page_of(page), SOUGHT, now=NOON)[0] is UNKNOWN


def test_words_of_the_posting_itself_do_not_close_it() -> None:
    own = "We are no longer accepting applications by post."
    sought = SOUGHT._replace(text=f"{SOUGHT.text}\n\n{own}")
    assert judge_page(page_of(main_text(f"{BODY}<p>{own}</p>", "Clockmaker")), sought, now=NOON) == (OPEN, Evidence.PAGE)


@pytest.mark.parametrize(
    ("through", "found"),
    [("2031-05-02", CLOSED), ("2031-05-04T00:00", OPEN), (None, OPEN), ("1970-01-01T00:00:00Z", OPEN), ("0001-01-01", OPEN)],
)
def test_a_closing_day_that_is_past_everywhere_closes(through: str | None, found: Openness) -> None:
    node = {"@type": "JobPosting", "title": "Clockmaker", "description": TEXT, "validThrough": through}
    assert judge_page(page_of(page_with(node, body=BODY)), SOUGHT, now=NOON)[0] is found


def test_the_closing_day_of_another_posting_on_the_page_closes_nothing() -> None:
    node = {"@type": "JobPosting", "title": "Winder", "description": TEXT, "validThrough": "2031-05-02"}
    assert judge_page(page_of(page_with(node, body=f"<h1>Clockmaker</h1>{BODY}")), SOUGHT, now=NOON)[0] is OPEN


# What boards list.


def list_of(kind: str, answer: Any, url: str) -> list[tuple[str, str, str | None]]:
    body = answer if isinstance(answer, str) else json.dumps(answer)
    return [(job.key, job.title, job.link) for job in read_listing(page_of(body, url), kind, url=URL(url)).jobs]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://boards.greenhouse.io/acme", "Greenhouse"),
        ("https://jobs.lever.co/acme", "Lever"),
        ("https://jobs.eu.lever.co/acme", "Lever in Europe"),
        ("https://jobs.ashbyhq.com/acme", "Ashby"),
        ("https://apply.workable.com/acme/", "Workable"),
        ("https://acme.workable.com", "Workable"),
        ("https://acme.recruitee.com/o/cook", "Recruitee"),
        ("https://careers.smartrecruiters.com/Acme", "SmartRecruiters"),
        ("https://acme.jobs.personio.de/job/1", "Personio"),
        ("https://acme.teamtailor.com/jobs", "Teamtailor"),
        ("https://www.teamtailor.com/jobs", None),
        ("https://acme.recruitee.com.evil.example/", None),
        ("https://tower.example/careers", None),
    ],
)
def test_a_board_is_known_by_its_address(address: str, kind: str | None) -> None:
    found = find_kind(URL(address))
    assert (found and found.name) == kind


def test_each_kind_has_its_own_name() -> None:
    assert len({kind.name for kind in BOARDS}) == len(BOARDS)


def test_the_xml_of_personio_lists_one_position_or_several_or_none() -> None:
    url = "https://acme.jobs.personio.de"
    one = "<position><id>5</id><name>Cook</name></position>"
    assert list_of("Personio", f"<workzag-jobs>{one}</workzag-jobs>", url) == [("5", "Cook", f"{url}/job/5")]
    assert len(list_of("Personio", f"<workzag-jobs>{one}{one.replace('5', '6')}</workzag-jobs>", url)) == 2
    assert list_of("Personio", "<workzag-jobs></workzag-jobs>", url) == []


def test_the_entries_of_a_feed_are_jobs() -> None:
    told = "<title>Cook</title><link>https://a.example/1</link><guid isPermaLink='false'>77</guid><description>We cook.</description>"
    feed = f"<rss version='2.0'><channel><title>A</title><item>{told}</item></channel></rss>"
    assert list_of("Feed", feed, "https://a.example/rss") == [("77", "Cook", "https://a.example/1")]
    assert kind_of_page(page_of(feed)) == FEED.name
    assert kind_of_page(page_of(main_text())) == CAREERS.name


def test_a_careers_page_lists_what_it_marks_and_what_it_links_to_on_its_site() -> None:
    links = (
        "<a href='/jobs/1'>Clockmaker</a><a href='https://else.example/2'>Else</a><a href='mailto:x@y.example'>Mail</a><a href='/'>Home</a>"
    )
    node = {"@type": "JobPosting", "title": "Winder", "url": "https://tower.example/jobs/9", "description": "We wind."}
    found = list_of("Careers page", page_with(node, body=links), "https://tower.example/careers")
    assert found == [
        ("https://tower.example/jobs/9", "Winder", "https://tower.example/jobs/9"),
        ("https://tower.example/jobs/1", "Clockmaker", "https://tower.example/jobs/1"),
    ]


@pytest.mark.parametrize(
    "answer", ['{"jobs": [{"id": 1, "title": "Co', "<html><body>Log in</body></html>", '{"error": "busy"}', "null", '{"jobs": null}']
)
def test_half_an_answer_is_no_list(answer: str) -> None:
    with pytest.raises(Unread):
        list_of("Greenhouse", answer, "https://boards.greenhouse.io/acme")


def test_what_a_board_does_not_list_is_not_followed() -> None:
    jobs = [{"id": "a", "title": "Cook"}, {"id": "b", "title": "Winder", "isListed": False}]
    assert [key for key, *_ in list_of("Ashby", {"jobs": jobs}, "https://jobs.ashbyhq.com/acme")] == ["a"]


def test_a_role_is_found_by_its_words() -> None:
    assert fits_role("Ingénieur Logiciel", "logiciel ingenieur")
    assert not fits_role("Engineering Manager", "engineer")
    assert fits_role("Anything", "")
