"""Real questions about real postings, where they are at hand: the share that leads to the right posting may only rise."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders_queries import named
from company_rows import HERE

from bot.domain.person import EVERYONE
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry, Found
from bot.questions.match_company import pick_postings
from bot.questions.message import read_message

_SHARED = Path(__file__).resolve().parents[3] / "shared"
_SEEDS, _LABELLED, _UNLABELLED = _SHARED / "seeds/labels.jsonl", _SHARED / "postings/labels.jsonl", _SHARED / "postings/unlabelled"

pytestmark = pytest.mark.skipif(not _LABELLED.exists(), reason="the real postings are not beside the project")

Asked = list[tuple[str, Entry]]


def _labels(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text("utf-8").splitlines())


def _read(path: Path, start: int) -> tuple[list[Entry], Asked]:
    entries: list[Entry] = []
    asked: Asked = []
    for place, label in enumerate(_labels(path)):
        entries.append(Entry(id=start + place, scope=EVERYONE, company=label["company"], title=label["title"]))
        asked += [(question["q"], entries[-1]) for question in label["questions"]]
    return entries, asked


def _others() -> list[Entry]:
    found = []
    for place, path in enumerate(sorted(_UNLABELLED.iterdir())):
        lines = path.read_text("utf-8", errors="replace").splitlines()
        company = lines[1].removeprefix("### ").strip() if len(lines) > 1 else ""
        if company not in {"", "None"} and lines[1].startswith("### "):
            title = lines[0].lstrip("# [").partition("](")[0]
            found.append(Entry(id=10_000 + place, scope=EVERYONE, company=company, title=title))
    return found


def _company(question: str, index: CompanyIndex) -> Found | None:
    mention = named(question, index)
    return mention.match if mention and isinstance(mention.match, Found) else None


def _first_posting(question: str, index: CompanyIndex) -> Entry | None:
    message = read_message(question, index, scopes=HERE)
    found = [name.match for name in message.names if isinstance(name.match, Found)]
    return pick_postings(message.without_names(), found[0].entries)[0] if found else None


def test_each_seed_question_leads_to_its_posting_among_the_seeds() -> None:
    entries, asked = _read(_SEEDS, 1)
    index = CompanyIndex(entries)
    assert [question for question, entry in asked if _first_posting(question, index) != entry] == []


def test_each_seed_question_leads_to_its_posting_among_all() -> None:
    entries, asked = _read(_SEEDS, 1)
    index = CompanyIndex(entries + _read(_LABELLED, 100)[0])
    assert [question for question, entry in asked if _first_posting(question, index) != entry] == []


def test_97_of_100_questions_lead_to_their_posting() -> None:
    entries, asked = _read(_LABELLED, 100)
    index = CompanyIndex(_read(_SEEDS, 1)[0] + entries)
    missed = [question for question, entry in asked if _first_posting(question, index) != entry]
    assert len(missed) <= 0.03 * len(asked), missed


def test_98_of_100_questions_lead_to_their_company_among_hundreds() -> None:
    entries, asked = _read(_LABELLED, 100)
    index = CompanyIndex([*_read(_SEEDS, 1)[0], *entries, *_others()])
    missed = [question for question, entry in asked if (found := _company(question, index)) is None or entry not in found.entries]
    assert len(missed) <= 0.02 * len(asked), missed


def test_no_question_leads_to_a_company_where_its_own_is_missing() -> None:
    entries, asked = _read(_LABELLED, 100)
    answered = []
    for question, entry in asked:
        others = [other for other in entries if other.company != entry.company]
        if (found := _company(question, CompanyIndex(others))) is not None:
            answered.append((question, found.name))
    assert answered == []
