"""Counts how much of what a careful reader wrote down about a posting was read, and no more."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

HERE = Path(__file__).parent / "accuracy"
LISTS = ("requirements", "preferred", "responsibilities", "benefits")


@dataclass
class Tally:
    """What was right, found and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing was wanted and nothing found."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


def read_labels() -> list[dict[str, Any]]:
    """The labels of tests/accuracy, one record a posting."""
    return [json.loads(line) for line in (HERE / "labels.jsonl").read_text("utf-8").splitlines() if line.strip()]


def score(readings: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Tally]:
    """Compare labels with what `parse --json` prints, field by field."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for label, got in readings:
        lines = (HERE / "postings" / label["path"]).read_text("utf-8").splitlines()
        for name, (wanted, found) in _fields(label, got, lines).items():
            tally = tallies[name]
            tally.right += sum(any(_is_alike(one, other) for other in found) for one in wanted)
            tally.wanted += len(wanted)
            tally.found += len(found)
    return tallies


def _fields(label: dict[str, Any], got: dict[str, Any], lines: list[str]) -> dict[str, tuple[set[Any], set[Any]]]:
    who, where = label["countries"], got["eligibility"]
    single = {
        "title": (label["title"], got["title"]),
        "company": (label["company"], got["company"]),
        "scope": (who["scope"], where["scope"]),
        "workplace": (label["workplace"], got["workplace"]),
        "experience": (label["experience_years"], (got["experience"] or {}).get("years")),
        "education": (_degree(label["education"]), _degree(got["education"])),
        "employment_type": (label["employment_type"], got["employment_type"]),
        "visa": (label["visa"], got["visa"]),
        "timezone": (bool(label["timezone"]) or None, bool(got["timezone"]) or None),
    }
    fields: dict[str, tuple[set[Any], set[Any]]] = {name: (_one(wanted), _one(found)) for name, (wanted, found) in single.items()}
    fields["pay"] = ({_pay(p, "min", "max") for p in label["pay"]}, {_pay(p, "minimum", "maximum") for p in got["pay"]})
    fields["countries"] = ({*who["codes"], *who["areas"]}, {*where["countries"], *where["areas"]})
    fields["excluded"] = (set(who["excluded"]), set(where["excluded"]))
    fields["skills"] = ({plain(skill) for skill in label["skills"]}, {plain(skill) for skill in got["skills"]})
    for name in LISTS:
        fields[name] = ({plain(lines[number - 1]) for number in label[name]}, {plain(item) for item in got[name]})
    return fields


def _is_alike(one: Any, other: Any) -> bool:
    """Tell whether two values are the same; an item may be a line's best part."""
    if not (isinstance(one, str) and isinstance(other, str)):
        return bool(one == other)
    return fuzz.ratio(one, other) >= 88 or (min(len(one), len(other)) >= 25 and fuzz.partial_ratio(one, other) >= 95)


def plain(text: str) -> str:
    """Letters and digits only, in lower case."""
    return re.sub(r"[\W_]+", " ", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).lower()).strip()


def _pay(pay: dict[str, Any], low: str, high: str) -> tuple[Any, ...]:
    return pay[low], pay[high], pay["currency"], pay["per"], pay["kind"]


def _degree(degree: dict[str, Any] | None) -> tuple[Any, ...] | None:
    return (degree["level"], degree["required"]) if degree else None


def _one(value: Any) -> set[Any]:
    return set() if value is None else {value}
