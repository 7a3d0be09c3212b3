"""Boards' JSON and XML, made up in the shapes that they send: one posting, and lists of them."""

import json
from typing import Any

import pytest
from builders_markup import BODY, read_anything, read_markup_posting, values_of
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UnreadablePosting
from bot.parsing.formats.any_data import split_postings, split_text
from bot.parsing.formats.json_fields import read_xml
from bot.parsing.parse import parse_posting, render_markup

DUTIES, NEEDS = BODY[: BODY.index("<p><strong>")], "<ul><li>4+ years in a bakery</li><li>A steady hand</li></ul>"

RECRUITEE: dict[str, Any] = {
    "id": 7,
    "slug": "night-baker",
    "title": "Night Baker",
    "company_name": "Dough & Sons",
    "careers_url": "https://dough.recruitee.com/o/night-baker",
    "careers_apply_url": "https://dough.recruitee.com/o/night-baker/c/new",
    "description": DUTIES,
    "requirements": NEEDS,
    "locations": [{"name": "Mill", "city": "Lyon", "country": "France", "country_code": "FR"}, {"city": "Bern", "country": "Switzerland"}],
    "employment_type_code": "fulltime_permanent",
    "remote": False,
    "hybrid": True,
    "on_site": False,
    "salary": {"min": "30000", "max": "35000", "period": "year", "currency": "EUR"},
    "department": "Bakery",
}
SMARTRECRUITERS: dict[str, Any] = {
    "id": "743999",
    "name": "Night Baker",
    "company": {"identifier": "dough", "name": "Dough & Sons"},
    "location": {"city": "Lyon", "country": "fr", "remote": False, "hybrid": True, "fullLocation": "Lyon, France"},
    "typeOfEmployment": {"id": "permanent", "label": "Full-time"},
    "department": {"label": "Bakery"},
    "postingUrl": "https://jobs.smartrecruiters.com/dough/743999",
    "jobAd": {
        "sections": {
            "companyDescription": {"title": "Company Description", "text": "<p>Dough &amp; Sons bakes bread for forty towns.</p>"},
            "jobDescription": {"title": "Job Description", "text": DUTIES},
            "qualifications": {"title": "Qualifications", "text": NEEDS},
        }
    },
    "compensation": {"min": 30000, "max": 35000, "currency": "EUR", "period": "YEARLY"},
}
WORKABLE: dict[str, Any] = {
    "title": "Night Baker",
    "shortcode": "AB12CD",
    "employment_type": "Full-time",
    "telecommuting": False,
    "workplace": "hybrid",
    "url": "https://apply.workable.com/dough/j/AB12CD",
    "city": "Lyon",
    "country": "France",
    "description": DUTIES,
    "requirements": NEEDS,
    "salary": {"salary_from": 30000, "salary_to": 35000, "salary_currency": "eur", "salary_period": "year"},
}
REMOTIVE: dict[str, Any] = {
    "id": 7,
    "url": "https://remotive.com/remote-jobs/bakery/night-baker-7",
    "title": "Night Baker",
    "company_name": "Dough & Sons",
    "candidate_required_location": "France, Switzerland",
    "job_type": "full_time",
    "salary": "EUR 30,000 - 35,000 per year",
    "tags": ["Rye"],
    "description": BODY,
}
THE_MUSE: dict[str, Any] = {
    "name": "Night Baker",
    "contents": BODY,
    "locations": [{"name": "Lyon, France"}],
    "levels": [{"name": "Mid Level", "short_name": "mid"}],
    "refs": {"landing_page": "https://www.themuse.com/jobs/dough/night-baker"},
    "company": {"id": 1, "short_name": "dough", "name": "Dough & Sons"},
}
USAJOBS: dict[str, Any] = {
    "MatchedObjectId": "7",
    "MatchedObjectDescriptor": {
        "PositionTitle": "Night Baker",
        "PositionURI": "https://www.usajobs.gov:443/GetJob/ViewDetails/7",
        "PositionLocation": [{"LocationName": "Portland, Oregon"}, {"LocationName": "Bend, Oregon"}],
        "OrganizationName": "Bureau of Bread",
        "DepartmentName": "Department of Food",
        "PositionSchedule": [{"Name": "Full Time", "Code": "1"}],
        "PositionRemuneration": [{"MinimumRange": "41000.0", "MaximumRange": "52000.0", "RateIntervalCode": "PA"}],
        "QualificationSummary": "One year of specialized experience in a bakery.",
        "UserArea": {"Details": {"JobSummary": "You bake bread at night.", "MajorDuties": ["Bake rye bread.", "Keep the ovens clean."]}},
    },
}
TEAMTAILOR: dict[str, Any] = {
    "id": "7",
    "type": "jobs",
    "links": {"careersite-job-url": "https://dough.teamtailor.com/jobs/7-night-baker"},
    "attributes": {
        "title": "Night Baker",
        "pitch": "Bread at night.",
        "body": BODY,
        "remote-status": "hybrid",
        "employment-type": "fulltime",
        "min-salary": 30000,
        "max-salary": 35000,
        "currency": "EUR",
        "salary-time-unit": "yearly",
    },
    "relationships": {"locations": {"data": [{"type": "locations", "id": "1"}]}},
}
BESIDE = [
    {"type": "locations", "id": "1", "attributes": {"name": "Mill", "city": "Lyon", "country": "France"}},
    {"type": "locations", "id": "2", "attributes": {"name": "Shop", "city": "Bern", "country": "Switzerland"}},
]
PERSONIO = f"""<?xml version="1.0" encoding="UTF-8"?>
<workzag-jobs><position>
  <id>7</id><subcompany>Dough &amp; Sons</subcompany><office>Lyon, France</office>
  <additionalOffices><office>Bern, Switzerland</office></additionalOffices>
  <name>Night Baker</name>
  <jobDescriptions>
    <jobDescription><name>Your tasks</name><value><![CDATA[{DUTIES}]]></value></jobDescription>
    <jobDescription><name>Your profile</name><value><![CDATA[{NEEDS}]]></value></jobDescription>
  </jobDescriptions>
  <employmentType>permanent</employmentType><schedule>full-time</schedule>
</position></workzag-jobs>"""
OTHER: dict[str, Any] = {
    "positionName": "Night Baker",
    "employer": {"name": "Dough & Sons"},
    "jobUrl": "https://dough.example/jobs/7",
    "city": "Lyon",
    "country": "FR",
    "salaryMin": 30000,
    "salaryMax": 35000,
    "currency": "EUR",
    "salaryPeriod": "year",
    "jobType": "FULL_TIME",
    "workMode": "hybrid",
    "seniority": "Journeyman",
    "jobDescription": DUTIES,
    "benefits": ["Free bread, every day", "A warm oven"],
}

ALL = [RECRUITEE, SMARTRECRUITERS, WORKABLE, REMOTIVE, THE_MUSE, USAJOBS, {"data": TEAMTAILOR, "included": BESIDE[:1]}, PERSONIO, OTHER]


@pytest.mark.parametrize("markup", ALL)
def test_the_head_and_the_lists_are_read(markup: Any) -> None:
    posting = read_markup_posting(markup)
    assert posting.title == "Night Baker"
    assert posting.company in ("Dough & Sons", "Dough", "Bureau of Bread", None)
    assert "Bake rye bread" in posting.text
    assert values_of(posting, "employment_type") == (["full_time"] if markup is not THE_MUSE else [])


@pytest.mark.parametrize(
    ("markup", "day"),
    [
        (RECRUITEE, {"published_at": "2026-05-02 10:00:00 UTC", "close_at": "2026-05-30 10:00:00 UTC"}),
        (SMARTRECRUITERS, {"releasedDate": "2026-05-02T10:00:00.000Z"}),
        (WORKABLE, {"published_on": "2026-05-02"}),
        (REMOTIVE, {"publication_date": "2026-05-02T10:00:00"}),
        (THE_MUSE, {"publication_date": "2026-05-02T10:00:00Z"}),
    ],
)
def test_the_days_that_a_board_keeps_are_told(markup: Any, day: dict[str, str]) -> None:
    told = values_of(read_markup_posting(markup | day), "apply")
    assert "Posted on 2026-05-02" in told
    assert ("application deadline: 2026-05-30" in told) == ("close_at" in day)


@pytest.mark.parametrize("markup", [RECRUITEE, SMARTRECRUITERS, WORKABLE, {"data": TEAMTAILOR}, OTHER])
def test_pay_and_workplace_are_read_from_their_fields(markup: Any) -> None:
    posting = read_markup_posting(markup)
    assert [(pay.minimum, pay.maximum, pay.currency, pay.per.value) for pay in values_of(posting, "pay")] == [
        (30_000, 35_000, "EUR", "year")
    ]
    assert values_of(posting, "workplace") == ["hybrid"]


@pytest.mark.parametrize(
    ("markup", "location", "link"),
    [
        (RECRUITEE, "Lyon, France | Bern, Switzerland", "https://dough.recruitee.com/o/night-baker"),
        (SMARTRECRUITERS, "Lyon, France", "https://jobs.smartrecruiters.com/dough/743999"),
        (WORKABLE, "Lyon, France", "https://apply.workable.com/dough/j/AB12CD"),
        (REMOTIVE, "France, Switzerland", "https://remotive.com/remote-jobs/bakery/night-baker-7"),
        (THE_MUSE, "Lyon, France", "https://www.themuse.com/jobs/dough/night-baker"),
        (USAJOBS, "Portland, Oregon | Bend, Oregon", "https://www.usajobs.gov:443/GetJob/ViewDetails/7"),
        ({"data": TEAMTAILOR, "included": BESIDE[:1]}, "Lyon, France", "https://dough.teamtailor.com/jobs/7-night-baker"),
        (PERSONIO, "Lyon, France | Bern, Switzerland", None),
        (OTHER, "Lyon, France", "https://dough.example/jobs/7"),
    ],
)
def test_places_and_the_posting_s_own_link_are_read(markup: Any, location: str, link: str | None) -> None:
    posting = read_markup_posting(markup)
    assert (posting.location, posting.link) == (location, link)


@pytest.mark.parametrize(
    ("data", "location", "link"),
    [
        ({"position": "Baker", "company": "Dough", "location": "Worldwide", "apply_url": "https://x.example/1"}, "Worldwide", "https://x.example/1"),
        ({"job_title": "Baker", "employer_name": "Dough", "job_city": "Austin", "job_state": "TX"}, "Austin, TX", None),
        ({"title": "Baker", "company": {"display_name": "Dough"}, "location": {"display_name": "London, UK"}}, "London, UK", None),
        ({"title": "Baker", "company": "Dough", "location": {"name": "Faro"}, "absolute_url": "https://x.example/1"}, "Faro", "https://x.example/1"),
        ({"jobPostingInfo": {"title": "Baker", "jobDescription": BODY, "location": "Cork"}, "employer": {"name": "Dough"}}, "Cork", None),
        ({"result": {"jobOpeningName": "Baker", "description": BODY, "shareUrl": "https://dough.bamboohr.com/1"}}, None, "https://dough.bamboohr.com/1"),
    ],
)  # fmt: skip
def test_other_boards_are_read_by_likely_keys(data: dict[str, Any], location: str | None, link: str | None) -> None:
    whole = data if any(isinstance(value, dict) and len(value) > 1 for value in data.values()) else data | {"description": BODY}
    posting = read_markup_posting(whole)
    assert (posting.title, posting.company, posting.location, posting.link) == ("Baker", "Dough", location, link)


def test_lists_in_fields_of_their_own_are_what_their_fields_say() -> None:
    assert values_of(read_markup_posting(RECRUITEE), "requirements") == ["4+ years in a bakery", "A steady hand"]
    assert values_of(read_markup_posting(SMARTRECRUITERS), "requirements") == ["4+ years in a bakery", "A steady hand"]
    assert values_of(read_markup_posting(PERSONIO), "requirements") == ["4+ years in a bakery", "A steady hand"]
    assert values_of(read_markup_posting(OTHER), "benefits") == ["Free bread, every day", "A warm oven"]
    assert "seniority: Journeyman" in read_markup_posting(OTHER).text


@pytest.mark.parametrize(
    ("document", "titles"),
    [
        ({"offers": [RECRUITEE, RECRUITEE | {"title": "Cook"}]}, ["Night Baker", "Cook"]),
        ({"totalFound": 1, "content": [SMARTRECRUITERS]}, ["Night Baker"]),
        ({"name": "Dough & Sons", "jobs": [WORKABLE, WORKABLE | {"title": "Cook"}]}, ["Night Baker", "Cook"]),
        ({"job-count": 1, "jobs": [REMOTIVE]}, ["Night Baker"]),
        ({"page": 1, "results": [THE_MUSE, THE_MUSE | {"name": "Cook"}]}, ["Night Baker", "Cook"]),
        ({"SearchResult": {"SearchResultItems": [USAJOBS]}}, ["Night Baker"]),
        ({"data": [TEAMTAILOR], "included": BESIDE}, ["Night Baker"]),
        ([OTHER, OTHER | {"positionName": "Cook"}], ["Night Baker", "Cook"]),
        ({"results": {"hits": [OTHER]}}, ["Night Baker"]),
    ],
)
def test_each_posting_of_a_list_is_one(document: Any, titles: list[str]) -> None:
    parts = split_text(json.dumps(document))
    assert parts is not None
    postings = [parse_posting(part, "x") for part in parts]
    assert [posting.title for posting in postings] == titles
    assert {posting.company for posting in postings} <= {"Dough & Sons", "Dough", "Bureau of Bread", None}


def test_what_stands_above_a_list_goes_with_each() -> None:
    named = split_postings({"name": "Dough & Sons", "jobs": [WORKABLE, WORKABLE]})
    assert [job["company_name"] for job in named] == ["Dough & Sons"] * 2
    assert [job["included"] for job in split_postings({"data": [TEAMTAILOR], "included": BESIDE})] == [BESIDE[:1]]


def test_a_list_of_one_is_read_as_one_and_of_several_as_none() -> None:
    assert parse_posting(json.dumps({"offers": [RECRUITEE]}), "x").title == "Night Baker"
    with pytest.raises(UnreadablePosting, match="x holds 2 postings; give each by itself"):
        parse_posting(json.dumps({"offers": [RECRUITEE, RECRUITEE | {"title": "Cook"}]}), "x")


@pytest.mark.parametrize(
    "data",
    [
        {"title": "Menu"},
        {"recipes": [{"title": "Soup"}]},
        [1, 2],
        {"rolecall": 2, "title": "x", "text": "y" * 60},
        {"name": "Ada", "age": 7},
        [],
    ],
)
def test_data_that_is_no_posting_is_none(data: Any) -> None:
    assert split_postings(data) == []
    assert render_markup(json.dumps(data)) is None


@pytest.mark.parametrize(
    "text",
    [
        "<jobs><job>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><jobs><job>&a;</job></jobs>",
        "<p>We bake.</p>",
        "<jobs>" + "<a>" * 200 + "</a>" * 200 + "</jobs>",
    ],
)
def test_broken_and_hostile_xml_is_none(text: str) -> None:
    assert read_xml(text) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["title", "name", "jobs", "location", "salary", "description", "company", "url", "text", "attributes", "min", "body"]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=25,
    )
)
def test_any_json_is_read_or_refused(data: Any) -> None:
    read_anything(json.dumps(data))


@given(st.sampled_from(ALL[:7] + ALL[8:]), st.data())
def test_fields_of_any_kind_trip_nothing(markup: dict[str, Any], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(markup)))
    value = data.draw(
        st.none() | st.integers() | st.text(max_size=9) | st.lists(st.none() | st.text(max_size=9), max_size=2) | st.just({"name": 1})
    )
    read_anything(json.dumps(markup | {key: value}))
