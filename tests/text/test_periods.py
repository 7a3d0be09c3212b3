"""The words for a period behind and around an amount."""

import pytest

from bot.domain.facts import Period
from bot.text.numbers import find_periods, find_scale_period, read_period_behind


@pytest.mark.parametrize(
    ("behind", "per"),
    [
        ("/yr", Period.YEAR),
        (" per annum", Period.YEAR),
        (" a year", Period.YEAR),
        (" brutto im Jahr", Period.YEAR),
        (" bruts par an", Period.YEAR),
        (" brutos al año", Period.YEAR),
        (" (gross) / month", Period.MONTH),
        (" mensuales", Period.MONTH),
        (" miesięcznie", Period.MONTH),
        (" per week", Period.WEEK),
        (" / day", Period.DAY),
        (" an hour", Period.HOUR),
        (" l'heure", Period.HOUR),
        (" and a year later", None),
        (" annexes", None),
    ],
)
def test_only_a_period_right_behind_counts(behind: str, per: Period | None) -> None:
    found = read_period_behind(f"5{behind}", 1)
    assert (found[0] if found else None) is per


def test_periods_around_are_found_in_order() -> None:
    assert [period for period, _ in find_periods("The annual base, paid monthly, not per hour")] == [Period.YEAR, Period.MONTH, Period.HOUR]
    assert find_periods("pa and ph are too short to tell") == []


def test_lakhs_per_annum_say_their_period() -> None:
    assert find_scale_period("LPA") is Period.YEAR
    assert find_scale_period(None) is None
