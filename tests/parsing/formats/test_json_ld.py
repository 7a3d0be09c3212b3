import json
from typing import Any

import pytest
from builders_markup import BODY, JOB, read_anything, read_markup_posting, values_of
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.formats.json_ld import render_json_ld

PAGE = '<!doctype html><html><head><script type="application/ld+json">{}</script></head><body><h1>Home</h1></body></html>'


def changed(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in (JOB | values).items() if value is not None}


def head_of(node: Any) -> list[str]:
    rendered = render_json_ld(node if isinstance(node, str) else json.dumps(node))
    assert rendered is not None
    return rendered.split("---")[1].strip().split("\n")


def test_what_the_fields_state_is_read() -> None:
    posting = read_markup_posting(JOB)
    assert (posting.title, posting.company, posting.location) == ("Night Baker", "Dough & Sons", "Lyon, France")
    assert posting.link == "https://dough.example/jobs/7"
    (pay,) = values_of(posting, "pay")
    assert (pay.minimum, pay.maximum, pay.currency, pay.per) == (30000, 35000, "EUR", "year")
    assert values_of(posting, "employment_type") == ["full_time"]
    assert values_of(posting, "countries")[0].countries == ("FR",)
    assert values_of(posting, "responsibilities") == ["Bake rye bread through the night", "Keep the ovens clean"]
    assert values_of(posting, "benefits") == ["Free bread, every day"]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(JOB),
        json.dumps([JOB]),
        json.dumps([[{"@type": "WebPage"}, JOB, JOB]]),
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "X"}, JOB]}),
        json.dumps({"@type": "WebPage", "mainEntity": JOB}),
        json.dumps(changed(**{"@type": ["Thing", "http://schema.org/JobPosting"]})),
        PAGE.format(json.dumps(JOB)),
        PAGE.format("<!-- " + json.dumps(JOB) + " -->"),
        PAGE.format("//<![CDATA[\n" + json.dumps(JOB) + "\n//]]>"),
        PAGE.format(json.dumps(JOB) + ";").replace("<script", "<script>{}</script><script id=x"),
        PAGE.format(json.dumps(JOB)).replace('"application/ld+json"', "application/ld+json"),
        PAGE.format("{broken").replace("</head>", f'<script type="application/ld+json">{json.dumps(JOB)}</script>'),
        json.dumps(JOB).replace("\\n", "\n"),
    ],
)
def test_a_posting_is_found_wherever_it_stands(text: str) -> None:
    assert head_of(text)[:2] == ["title: Night Baker", "company: Dough & Sons"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"@type": "JobPosting"',
        json.dumps({"@type": "Recipe", "title": "Bread"}),
        json.dumps([JOB, changed(title="Day Baker")]),
        json.dumps("JobPosting"),
        "[Night Baker](https://dough.example)",
        PAGE.format("{broken"),
        PAGE.format(json.dumps(changed(description="Soon."))),
        '<script type="application/ld+json">' + json.dumps(JOB),
        "We write JSON-LD of the type JobPosting.",
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_what_is_no_posting_or_several_is_not_this_format(text: str) -> None:
    assert render_json_ld(text) is None


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"hiringOrganization": "Dough"}, "company: Dough"),
        ({"hiringOrganization": [{"name": ["Dough", "Sons"]}, None]}, "company: Dough"),
        ({"title": ["Baker &amp; Cook"]}, "title: Baker & Cook"),
        ({"title": "<b>Baker</b>\n(night)"}, "title: Baker (night)"),
        ({"jobLocation": "Lyon"}, "location: Lyon"),
        ({"jobLocation": [{"address": "Lyon"}, {"address": {"addressCountry": {"name": "DE"}}}]}, "location: Germany"),
        ({"jobLocation": {"name": "The mill"}}, "location: The mill"),
        ({"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": {"name": "USA"}}, "location: USA"),
        (
            {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": [{"name": "FR"}, {"name": "DE"}]},
            "location: Germany",
        ),
        ({"jobLocationType": "TELECOMMUTE"}, "workplace: Remote"),
        ({"baseSalary": "€30k to €35k a year"}, "salary: €30k to €35k a year"),
        ({"baseSalary": {"currency": "usd", "value": {"value": "22.5", "unitText": "HOUR"}}}, "salary: USD 22.50 per hour"),
        ({"baseSalary": {"currency": "USD", "value": 90000}}, "salary: USD 90,000"),
        ({"baseSalary": {"currency": "USD", "minValue": 9, "unitText": "hour"}}, "salary: from USD 9 per hour"),
        ({"baseSalary": 50000, "salaryCurrency": "CHF"}, "salary: CHF 50,000"),
        ({"estimatedSalary": [{"currency": "EUR", "median": 40000, "duration": "P1Y"}]}, "salary: EUR 40,000"),
        ({"employmentType": ["PART_TIME", "CONTRACTOR"]}, "employment type: Part-time, Contract"),
        ({"employmentType": "Ausbildung"}, "employment type: Ausbildung"),
        ({"experienceRequirements": {"monthsOfExperience": 30}}, "experience: at least 2.5 years of experience"),
        ({"experienceRequirements": "2 years at an oven"}, "experience: 2 years at an oven"),
        ({"educationRequirements": [{"credentialCategory": "bachelor degree"}]}, "education: bachelor degree"),
    ],
)
def test_fields_of_any_shape_become_labelled_lines(values: dict[str, Any], line: str) -> None:
    assert line in head_of(changed(**values))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("baseSalary", {"currency": "EUR", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}),
        ("baseSalary", {"value": {"value": None}}),
        ("baseSalary", True),
        ("title", {}),
        ("jobLocation", [None, [], {}]),
        ("employmentType", "OTHER"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_a_field_that_says_nothing_is_left_out(key: str, value: Any) -> None:
    labels = {"baseSalary": "salary", "jobLocation": "location", "employmentType": "employment type", "url": "link"}
    assert not any(line.startswith(f"{labels.get(key, key)}:") for line in head_of(changed(**{key: value})))


def test_further_fields_stand_under_headings_unless_the_description_says_them() -> None:
    posting = read_markup_posting(
        changed(jobBenefits=["A pension plan", "Free bread, every day"], qualifications="<ul><li>A licence</li></ul>")
    )
    assert values_of(posting, "benefits") == ["Free bread, every day", "A pension plan"]
    assert "A licence" in values_of(posting, "requirements")


def test_values_cannot_end_the_head_or_add_lines_to_it() -> None:
    posting = read_markup_posting(changed(title="Baker\n---\ncompany: Evil", jobLocation="Lyon\nsalary: $1,000,000"))
    assert posting.company == "Dough & Sons"
    assert len(values_of(posting, "pay")) == 1


def test_a_description_whose_tags_are_escaped_is_read_alike() -> None:
    escaped = changed(description=BODY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    assert read_markup_posting(escaped).text == read_markup_posting(JOB).text


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["<p>x", "&lt;", "---", "a\nb: c"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "value", "address", "@type", "minValue", "currency", "text"]), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = [*JOB, "estimatedSalary", "jobLocationType", "applicantLocationRequirements", "experienceRequirements", "skills", "@graph"]


@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=4))
def test_anything_in_any_field_is_read_and_holds(values: dict[str, Any]) -> None:
    read_anything(json.dumps(JOB | values))


@given(st.text(max_size=200))
def test_any_description_is_read_and_holds(description: str) -> None:
    read_anything(json.dumps(JOB | {"description": BODY + description}))
