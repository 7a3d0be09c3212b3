import pytest
from builders_records import VALUES, keep_facts

from bot.domain.facts import Area, Education, EducationLevel, Eligibility, Pay, PayKind, Period, Scope
from bot.intake.records import OWN_KEY, to_job_posting
from bot.topics import BY_NAME


def test_a_posting_is_told_in_the_words_of_schema_org() -> None:
    kept = keep_facts(VALUES)
    node = to_job_posting(kept)
    assert set(node.pop(OWN_KEY)) == {"rolecall", "source", "location", "facts", "corrections", "read_at", "revision"}
    united_states = {"@type": "Country", "name": "US"}
    assert node == {
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Rolecall", "value": "7"},
        "title": "Clockmaker",
        "hiringOrganization": {"@type": "Organization", "name": "Tick & Tock"},
        "url": "https://jobs.example/1",
        "description": kept.posting.text,
        "baseSalary": [
            {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {"@type": "QuantitativeValue", "minValue": 30, "maxValue": 40.5, "unitText": "HOUR"},
                "description": "Level 2",
            },
            {"@type": "MonetaryAmount", "currency": "USD", "value": {"@type": "QuantitativeValue", "maxValue": 9, "unitText": "YEAR"}},
        ],
        "employmentType": "FULL_TIME",
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [
            {"@type": "Country", "name": "CA"},
            {"@type": "State", "name": "NY", "containedInPlace": united_states},
            {"@type": "AdministrativeArea", "name": "EU"},
        ],
        "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 30},
        "educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": "bachelor degree"},
        "skills": ["Lathe", "Files"],
        "responsibilities": ["Wind the tower clock"],
        "qualifications": ["Mend clocks", "Read drawings"],
        "jobBenefits": ["Free watches"],
    }


def test_a_silent_posting_says_nothing() -> None:
    kept = keep_facts({}, title=None, company=None, link=None, location=None)
    assert set(to_job_posting(kept)) == {"@type", "identifier", "description", OWN_KEY}


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        ("pay", Pay(minimum=1, maximum=2, currency="USD", per=Period.YEAR, kind=PayKind.TOTAL)),
        ("workplace", "hybrid"),
        ("countries", Eligibility(scope=Scope.WORLDWIDE)),
        ("countries", Eligibility(scope=Scope.UNSTATED)),
        ("countries", Eligibility(scope=Scope.LISTED, excluded=("FR",))),
        ("education", Education(level=EducationLevel.MASTER, required=False)),
        ("education", Education(level=EducationLevel.NONE, required=True)),
        ("visa", "yes"),
        ("preferred", "Own tools"),
    ],
)
def test_what_schema_org_has_no_word_for_is_not_said_in_another(topic: str, value: object) -> None:
    say = BY_NAME[topic].schema_org
    assert say is None or say([value]) == {}


def test_one_amount_is_one_value_and_a_country_without_states_stands_alone() -> None:
    said = to_job_posting(
        keep_facts(
            {
                "pay": [Pay(minimum=5, maximum=5, currency="USD", per=Period.DAY)],
                "countries": [Eligibility(scope=Scope.LISTED, countries=("US",), areas=(Area.LATAM,))],
            }
        )
    )
    assert said["baseSalary"]["value"] == {"@type": "QuantitativeValue", "value": 5, "unitText": "DAY"}
    assert [place["name"] for place in said["applicantLocationRequirements"]] == ["US", "LATAM"]
