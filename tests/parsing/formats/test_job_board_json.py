"""The JSON of Greenhouse, Lever and Ashby."""

import html
import json
from typing import Any

import pytest
from builders_markup import BODY, read_anything, read_markup_posting, values_of
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.formats import posting_apis

GREENHOUSE: dict[str, Any] = {
    "id": 7,
    "internal_job_id": 8,
    "title": "Night Baker",
    "company_name": "Dough & Sons",
    "absolute_url": "https://boards.greenhouse.io/doughandsons/jobs/7",
    "location": {"name": "Lyon, France"},
    "content": html.escape(BODY),
    "metadata": [{"name": "Employment Type", "value": "Full-time"}, {"name": "Level", "value": None}],
    "pay_input_ranges": [{"min_cents": 3000000, "max_cents": 3500000, "currency_type": "EUR", "title": "Annual salary", "blurb": ""}],
    "departments": [{"id": 1, "name": "Bakery"}],
}
LEVER: dict[str, Any] = {
    "id": "5a",
    "text": "Night Baker",
    "hostedUrl": "https://jobs.lever.co/doughandsons/5a",
    "applyUrl": "https://jobs.lever.co/doughandsons/5a/apply",
    "categories": {"location": "Lyon", "commitment": "Full-time", "team": "Bakery", "allLocations": ["Lyon, France", "Bern, Switzerland"]},
    "workplaceType": "hybrid",
    "country": "FR",
    "salaryRange": {"min": 30000, "max": 35000, "currency": "EUR", "interval": "per-year-salary"},
    "description": "<div>Dough and Sons bakes bread for forty towns along the river.</div>",
    "descriptionPlain": "not this one",
    "lists": [
        {"text": "What you will do", "content": "<li>Bake rye bread through the night</li><li>Keep the ovens clean</li>"},
        {"text": "What you bring", "content": "<li>4+ years in a bakery</li>"},
    ],
    "additional": "<b>Benefits</b><ul><li>Free bread, every day</li></ul>",
}
ASHBY: dict[str, Any] = {
    "title": "Night Baker",
    "location": "Lyon",
    "secondaryLocations": [{"location": "Bern", "address": {}}],
    "employmentType": "FullTime",
    "isRemote": False,
    "workplaceType": "OnSite",
    "jobUrl": "https://jobs.ashbyhq.com/dough-and-sons/5a",
    "applyUrl": "https://jobs.ashbyhq.com/dough-and-sons/5a/application",
    "descriptionHtml": BODY.replace("&amp;", "and"),
    "compensation": {
        "compensationTierSummary": None,
        "summaryComponents": [
            {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "EUR", "minValue": 30000, "maxValue": 35000},
            {"compensationType": "EquityPercentage", "minValue": 1, "maxValue": 2},
        ],
    },
}
RENDERS = [form.render for form in (posting_apis.GREENHOUSE, posting_apis.LEVER, posting_apis.ASHBY)]
ALL = {"greenhouse": GREENHOUSE, "lever": LEVER, "ashby": ASHBY}


@pytest.mark.parametrize("name", ALL)
def test_a_job_is_read_with_its_head_pay_and_lists(name: str) -> None:
    posting = read_markup_posting(ALL[name])
    assert posting.title == "Night Baker"
    assert posting.company in ("Dough & Sons", "Dough and Sons")
    assert posting.link is not None
    assert posting.location is not None
    assert posting.location.startswith("Lyon")
    (pay,) = values_of(posting, "pay")
    assert (pay.minimum, pay.maximum, pay.currency, pay.per) == (30000, 35000, "EUR", "year")
    assert values_of(posting, "employment_type") == ["full_time"]
    assert values_of(posting, "responsibilities") == ["Bake rye bread through the night", "Keep the ovens clean"]
    assert "4+ years in a bakery" in values_of(posting, "requirements")
    assert values_of(posting, "benefits") == ["Free bread, every day"]


@pytest.mark.parametrize(("name", "workplace"), [("lever", ["hybrid"]), ("ashby", ["onsite"])])
def test_the_workplace_is_read(name: str, workplace: list[str]) -> None:
    assert values_of(read_markup_posting(ALL[name]), "workplace") == workplace


@pytest.mark.parametrize(
    ("name", "values", "line"),
    [
        ("greenhouse", {"company_name": None}, "company: Dough & Sons"),
        ("greenhouse", {"location": "Rome"}, "location: Rome"),
        (
            "greenhouse",
            {"pay_input_ranges": [{"min_cents": 2250, "currency_type": "USD", "title": "Hourly"}]},
            "salary: from USD 22.50 per hour (Hourly)",
        ),
        (
            "lever",
            {"salaryRange": {"max": 40, "currency": "USD", "interval": "per-hour-wage"}},
            "salary: up to USD 40 per hour #= max: 40, currency: USD, interval: per-hour-wage",
        ),
        ("lever", {"categories": {"location": "Rome"}}, "location: Rome"),
        ("lever", {"hostedUrl": "https://jobs.lever.co/acme/1"}, "company: acme"),
        ("ashby", {"isRemote": True, "workplaceType": None}, "workplace: Remote"),
        ("ashby", {"compensation": {"compensationTierSummary": "€30K - €35K"}}, "salary: €30K - €35K"),
        ("ashby", {"address": {"postalAddress": {"addressCountry": "Peru"}}}, "location: Peru"),
        ("ashby", {"employmentType": "Intern"}, "employment type: Internship"),
        ("ashby", {"employmentType": "Contract"}, "employment type: Contract"),
    ],
)
def test_fields_become_labelled_lines(name: str, values: dict[str, Any], line: str) -> None:
    job = ALL[name] | values
    if name == "greenhouse" and "company_name" in values:
        job["content"] = html.escape("<p>At Dough & Sons, we bake. Dough & Sons is a bakery.")
        job["absolute_url"] = "https://dough.example/7"
    assert line in read_markup_posting(job).text.split("\n")


@pytest.mark.parametrize("text", ["", "{}", "[]", "5", "{", '{"title": "Baker"}', '{"text": "Baker", "categories": []}', "[" * 9999])
def test_other_json_is_none_of_these_formats(text: str) -> None:
    assert [render(text) for render in RENDERS] == [None, None, None]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.sampled_from(["<li>x", "https://x.example", "---"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "text", "content", "location", "min", "title"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(ALL)).flatmap(lambda name: st.tuples(st.just(ALL[name]), st.sampled_from(sorted(ALL[name])), ANYTHING)))
def test_anything_in_any_field_is_read_and_holds(case: tuple[dict[str, Any], str, Any]) -> None:
    job, key, value = case
    read_anything(json.dumps(job | {key: value}))


def test_each_tier_of_pay_of_ashby_is_told_in_the_data_s_own_words() -> None:
    salary = {"compensationType": "Salary", "maxValue": 40}
    tiers = [
        {"tierSummary": f"€{low}K – €{low + 10}K", "title": town, "components": [salary]} for low, town in ((30, "Lyon"), (20, "Nice"))
    ]
    job = json.dumps({**ASHBY, "compensation": {"compensationTierSummary": "€20K - €40K", "compensationTiers": tiers}})
    lines = (posting_apis.ASHBY.render(job) or "").splitlines()
    assert [line for line in lines if line.startswith("salary")] == ["salary: €30K – €40K, title: Lyon", "salary: €20K – €30K, title: Nice"]


def test_the_stated_workplace_comes_before_a_place_that_says_remote() -> None:
    job = {**ASHBY, "workplaceType": "Hybrid", "secondaryLocations": [{"location": "Remote (US)"}]}
    assert values_of(read_markup_posting(job), "workplace") == ["hybrid"]


@pytest.mark.parametrize(
    ("markup", "day"),
    [
        (GREENHOUSE, {"first_published": "2026-05-02T17:58:31-04:00"}),
        (LEVER, {"createdAt": 1777716000000}),
        (ASHBY, {"publishedAt": "2026-05-02T20:31:26.741+00:00"}),
    ],
)
def test_the_day_on_which_a_board_published_a_job_is_told(markup: dict[str, Any], day: dict[str, Any]) -> None:
    assert "Posted on 2026-05-02" in values_of(read_markup_posting(markup | day), "apply")
