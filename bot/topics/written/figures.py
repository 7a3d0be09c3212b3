"""Figures for people to edit: written so that they come back exactly."""

import re
from decimal import Decimal

from bot.text.numbers import NUMBER, read_number

_LEAST_DECIMALS = 4
"""Of a figure with more than two: behind a full stop, three digits may be thousands."""

_EXACT = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3}){5,400}(?:\.\d{1,400})?|\d{1,3}(?:,\d{3}){0,400}\.\d{4,400})(?![.,]?\d)"
FIGURE = rf"(?:{_EXACT}|{NUMBER})"
"""The source of a pattern for whatever `write_figure` writes, and for what postings and people write."""

_IS_EXACT = re.compile(_EXACT)


def write_figure(figure: float) -> str:
    """
    Return a figure that is not negative in full, with commas between thousands.

    >>> write_figure(120_000.0), write_figure(17.5), write_figure(0.125)
    ('120,000', '17.5', '0.1250')
    """
    whole, _, decimals = f"{Decimal(repr(float(figure))):,f}".partition(".")
    if not decimals.strip("0"):
        return whole
    return f"{whole}.{decimals if len(decimals) <= 2 else decimals.ljust(_LEAST_DECIMALS, '0')}"  # noqa: PLR2004


def read_figure(written: str, scale: str | None = None) -> float:
    """
    Return what FIGURE has matched, times its scale.

    >>> read_figure("0.1250"), read_figure("1.200,50"), read_figure("95", "k")
    (0.125, 1200.5, 95000.0)
    """
    if scale is None and _IS_EXACT.fullmatch(written):
        return float(written.replace(",", ""))
    return read_number(written, scale)
