"""A posting that something is to be done to is named by its company and role, and no other one is ever taken for it."""

import pytest

from bot.domain.query import TargetKind
from bot.questions.commands import resolve_target
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry

TITLES = [
    ("Flex", "Staff Machine Learning Engineer"),
    ("Flex", "Data Analyst"),
    ("Pachama", "Senior Backend Engineer"),
    ("Nomad List", "Writer"),
    ("Nomad Health", "Nurse"),
    ("", "Night Porter"),
]
INDEX = CompanyIndex([Entry(id=number, scope="7", company=company, title=title) for number, (company, title) in enumerate(TITLES, start=1)])


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("Flex", (2, 1)),
        ("flx", (2, 1)),
        ("Flex: Data Analyst", (2,)),
        ("flex: analist", (2,)),
        ("flex: staff", (1,)),
        ("flex: ml", (1,)),
        ("Pachama", (3,)),
        ("pachama: back end", (3,)),
        ("pachamma: senior", (3,)),
        ("pachama: bakcend", (3,)),
        ("the writer at nomad list", (4,)),
        ("night porter", (6,)),
    ],
)
def test_a_name_leads_to_its_postings(typed: str, ids: tuple[int, ...]) -> None:
    target = resolve_target(typed, INDEX, scopes={"7"})
    assert (target.kind, target.postings) == (TargetKind.FOUND, ids)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("nomad", "tied"),
        ("initech", "unknown"),
        ("pachama: nurse", "unknown"),
        ("flex: janitor", "unknown"),
        ("", "unknown"),
        (":", "unknown"),
    ],
)
def test_what_leads_to_none_for_sure_is_not_found(typed: str, kind: str) -> None:
    assert resolve_target(typed, INDEX, scopes={"7"}).kind == kind


@pytest.mark.parametrize("typed", ["Flex", "flex: staff", "night porter", "pachama"])
def test_nothing_is_found_in_another_scope(typed: str) -> None:
    target = resolve_target(typed, INDEX, scopes={"8"})
    assert (target.kind, target.names, target.postings) == (TargetKind.UNKNOWN, (), ())
