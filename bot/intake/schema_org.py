"""A kept posting in schema.org's words for a JobPosting, and what it has no word for under a key of our own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.domain.facts import Education, EducationLevel, Eligibility, Experience, Pay, PayKind, Scope

OWN_KEY = "rolecall:record"
"""Holds the source, the facts with their quotes, and when it was read."""

CONTEXT = [
    "https://schema.org",
    {"rolecall": "urn:rolecall:", OWN_KEY: {"@id": OWN_KEY, "@type": "@json"}},
]
"""The document's `@context`: schema.org's words, and our key as plain JSON within them."""

_MONTHS = 12
_EMPLOYMENT = {
    "full_time": "FULL_TIME",
    "part_time": "PART_TIME",
    "contract": "CONTRACTOR",
    "internship": "INTERN",
    "temporary": "TEMPORARY",
}
_CREDENTIALS = {
    EducationLevel.HIGH_SCHOOL: "high school",
    EducationLevel.ASSOCIATE: "associate degree",
    EducationLevel.BACHELOR: "bachelor degree",
    EducationLevel.MASTER: "postgraduate degree",
    EducationLevel.DOCTORATE: "postgraduate degree",
}
"""The words that job search engines document for credentialCategory."""

Properties = dict[str, Any]
Values = Sequence[Any]


def _say_pay(values: Sequence[Pay]) -> Properties:
    # Total pay is no base salary, and schema.org has no word for it.
    amounts = [_to_amount(pay) for pay in values if pay.kind is not PayKind.TOTAL]
    return {"baseSalary": amounts[0] if len(amounts) == 1 else amounts} if amounts else {}


def _to_amount(pay: Pay) -> Properties:
    amounts = {"value": pay.minimum} if pay.minimum == pay.maximum else {"minValue": pay.minimum, "maxValue": pay.maximum}
    stated = {key: amount for key, amount in amounts.items() if amount is not None}
    value = {"@type": "QuantitativeValue", **stated, "unitText": pay.per.name}
    where = {"description": pay.where} if pay.where else {}
    return {"@type": "MonetaryAmount", "currency": pay.currency, "value": value, **where}


def _say_countries(values: Sequence[Eligibility]) -> Properties:
    eligibility = values[0]
    if eligibility.scope is not Scope.LISTED:
        return {}
    united_states = {"@type": "Country", "name": "US"}
    states = [{"@type": "State", "name": state, "containedInPlace": united_states} for state in eligibility.us_states]
    # Named beside its states, the whole country would say more than the posting does.
    countries = [{"@type": "Country", "name": code} for code in eligibility.countries if not (states and code == "US")]
    areas = [{"@type": "AdministrativeArea", "name": area.value} for area in eligibility.areas]
    places = [*countries, *states, *areas]
    return {"applicantLocationRequirements": places} if places else {}


def _say_workplace(values: Sequence[str]) -> Properties:
    return {"jobLocationType": "TELECOMMUTE"} if values[0] == "remote" else {}


def _say_experience(values: Sequence[Experience]) -> Properties:
    months = round(values[0].years * _MONTHS)
    return {"experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": months}}


def _say_education(values: Sequence[Education]) -> Properties:
    credential = _CREDENTIALS.get(values[0].level)
    # A degree that is only preferred is no requirement.
    if credential is None or not values[0].required:
        return {}
    return {"educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": credential}}


def _say_employment_type(values: Sequence[str]) -> Properties:
    said = _EMPLOYMENT.get(values[0])
    return {"employmentType": said} if said else {}


def _list_as(word: str) -> Callable[[Values], Properties]:
    return lambda values: {word: list(values)}


_WORDS: tuple[tuple[str, Callable[[Any], Properties]], ...] = (
    ("pay", _say_pay),
    ("employment_type", _say_employment_type),
    ("workplace", _say_workplace),
    ("countries", _say_countries),
    ("experience", _say_experience),
    ("education", _say_education),
    ("skills", _list_as("skills")),
    ("responsibilities", _list_as("responsibilities")),
    ("requirements", _list_as("qualifications")),
    ("benefits", _list_as("jobBenefits")),
)
"""Topics that schema.org has words for; each is said only where the posting states it."""


def to_properties(facts: Mapping[str, Values]) -> Properties:
    """Return what schema.org can say of a posting's values by topic; nothing that is not stated."""
    said: Properties = {}
    for topic, say in _WORDS:
        if facts.get(topic):
            said |= say(facts[topic])
    return said


def to_head(record: Properties) -> Properties:
    """Return a record's head in schema.org's words, and what they leave out under our key."""
    company = record["company"]
    said = {
        "title": record["title"],
        "hiringOrganization": None if company is None else {"@type": "Organization", "name": company},
        "url": record["link"],
        "description": record["text"],
        OWN_KEY: {key: value for key, value in record.items() if key not in ("title", "company", "link", "text")},
    }
    return {key: value for key, value in said.items() if value is not None}


def to_plain_record(node: Properties) -> Properties:
    """Undo `to_head`: the record of a JobPosting that has our key, unchecked as it came."""
    own, organization = node[OWN_KEY], node.get("hiringOrganization")
    return {
        **(own if isinstance(own, dict) else {}),
        "title": node.get("title"),
        "company": organization.get("name") if isinstance(organization, dict) else organization,
        "link": node.get("url"),
        "text": node.get("description"),
    }
