"""What each topic files its values under."""

from typing import Any

import pytest

from bot.domain.facts import Area, Education, EducationLevel, Eligibility, Experience, Pay, Period, Scope
from bot.domain.query import SearchKey
from bot.topics import BY_NAME, TOPICS
from bot.topics.authorization import Authorization, AuthorizationKind
from bot.topics.employment_type import EmploymentType
from bot.topics.skills import skill_key
from bot.topics.visa import Sponsorship
from bot.topics.workplace import Workplace

FILED: list[tuple[str, Any, list[SearchKey]]] = [
    ("pay", Pay(minimum=90_000, maximum=120_000, currency="USD", per=Period.YEAR), [SearchKey("USD/year", 90_000, 120_000)]),
    ("pay", Pay(maximum=40, currency="EUR", per=Period.HOUR), [SearchKey("EUR/hour", None, 40), SearchKey("EUR/hour-")]),
    (
        "countries",
        Eligibility(scope=Scope.LISTED, countries=("KE", "UG"), areas=(Area.EU,), excluded=("US",)),
        [SearchKey("KE"), SearchKey("UG"), SearchKey("area:EU"), SearchKey("listed"), SearchKey("not:US")],
    ),
    ("countries", Eligibility(scope=Scope.WORLDWIDE), [SearchKey("worldwide")]),
    ("countries", Eligibility(scope=Scope.UNSTATED), []),
    ("skills", "PyTorch", [SearchKey("pytorch")]),
    ("workplace", Workplace.REMOTE, [SearchKey("remote")]),
    ("visa", Sponsorship.NO, [SearchKey("no")]),
    ("employment_type", EmploymentType.FULL_TIME, [SearchKey("full_time")]),
    ("experience", Experience(years=2.5), [SearchKey("years", 2.5, 2.5)]),
    ("education", Education(level=EducationLevel.MASTER, required=False), [SearchKey("master")]),
    ("authorization", Authorization(kind=AuthorizationKind.CLEARANCE, text="TS/SCI"), [SearchKey("clearance")]),
]


@pytest.mark.parametrize(("topic", "value", "keys"), FILED)
def test_values_are_filed_under_their_keys(topic: str, value: Any, keys: list[SearchKey]) -> None:
    assert list(BY_NAME[topic].keys(value)) == keys


def test_all_other_topics_are_filed_under_nothing() -> None:
    others = {topic.name for topic in TOPICS} - {topic for topic, _, _ in FILED}
    assert {name for name in others if list(BY_NAME[name].keys("any words"))} == set()


SPELLINGS = [
    ("Node.js", "node js"),
    ("PyTorch", "pytorch"),
    ("C++", "c++"),
    ("C #", "c#"),
    ("CI/CD", "ci cd"),
    ("scikit-learn", "Scikit Learn"),
    ("Elasticsearch", "ElasticSearch"),
    ("Café", "cafe"),
]


@pytest.mark.parametrize(("first", "second"), SPELLINGS)
def test_spellings_of_a_skill_share_a_key(first: str, second: str) -> None:
    assert skill_key(first) == skill_key(second)


@pytest.mark.parametrize(("first", "second"), [("C", "C++"), ("C", "C#"), ("Java", "JavaScript")])
def test_other_skills_have_other_keys(first: str, second: str) -> None:
    assert skill_key(first) != skill_key(second)
