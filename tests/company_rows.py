"""Builds entries and indexes of companies for tests."""

from bot.domain.person import EVERYONE
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry

HERE = frozenset({EVERYONE})


def rows(*companies: str, scope: str = EVERYONE, start: int = 1) -> list[Entry]:
    """One posting of each company, "Company: Title" where a title is wanted."""
    parted = [company.partition(": ") for company in companies]
    return [Entry(id=start + place, scope=scope, company=name, title=title) for place, (name, _, title) in enumerate(parted)]


def index_of(*companies: str) -> CompanyIndex:
    """An index of one posting of each company, seen by everyone."""
    return CompanyIndex(rows(*companies))
