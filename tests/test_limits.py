"""The page of limits tells what the code keeps to."""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from bot.domain.posting import Quotas
from bot.settings import Settings

PAGE = (Path(__file__).parent.parent / "docs" / "limits.md").read_text("utf-8")
ROWS = re.findall(r"^\| (?P<what>[^|]+) \| (?P<bound>[^|]+) \| `(?P<place>[^`]+)` \| (?P<why>[^|]+) \|$", PAGE, re.MULTILINE)
UNITS = {"MB": 1_000_000, "seconds": 1, "second": 1, "minutes": 60, "minute": 60, "days": 86_400}


def _told(bound: str) -> float:
    number, _, unit = bound.partition(" ")
    return float(number.replace(",", "")) * UNITS.get(unit, 1)


def _kept_to(place: str) -> float:
    """Return the bound as it stands in the code, lengths of time in seconds."""
    if place.isupper():
        found = Settings.model_fields[place.lower()].default
    else:
        module, _, name = place.partition(":")
        found = getattr(import_module(module), name)
    return found.total_seconds() if isinstance(found, timedelta) else float(found)


@pytest.mark.parametrize(("what", "bound", "place", "why"), ROWS, ids=[row[0] for row in ROWS])
def test_a_bound_on_the_page_is_the_one_in_the_code(what: str, bound: str, place: str, why: str) -> None:
    assert _told(bound) == _kept_to(place), what
    assert why


def test_every_row_of_the_page_is_understood() -> None:
    assert len(ROWS) == len([line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| what |", "| ---"))])


def test_every_bound_that_can_be_set_is_on_the_page() -> None:
    settings = {name for name in Settings.model_fields if "_per_" in name}
    assert {name.partition("_")[0] for name in settings} >= set(Quotas.model_fields)
    assert {name.upper() for name in settings} == {place for _, _, place, _ in ROWS if place.isupper()}
