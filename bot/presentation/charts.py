"""Pay to look at: ranges as bars on one axis, as a picture, in the words of its alternative text, and as lines for a terminal."""

import math
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import accumulate, takewhile
from typing import NamedTuple

from bot.domain.answer import Bar, Chart
from bot.presentation.card import readable
from bot.text.lexicon import data_directory
from bot.text.translations import say, say_each, say_of
from bot.topics.pay import EACH

# The axis that all bars share.


class Axis(NamedTuple):
    """Where an amount stands between the two ends, which are round figures."""

    start: float
    end: float
    ticks: tuple[float, ...]

    def place(self, amount: float) -> float:
        """Return where an amount stands, from 0 to 1."""
        return (amount - self.start) / (self.end - self.start)

    def span(self, bar: Bar) -> tuple[float, float]:
        """Return where a bar begins and ends; an open end reaches to the axis's own."""
        return (0.0 if bar.low is None else self.place(bar.low), 1.0 if bar.high is None else self.place(bar.high))


_MOST_STEPS = 5


def lay_axis(chart: Chart) -> Axis:
    """
    Return the axis on which all statements of a chart have room.

    >>> bars = (Bar(name="A", low=90_000, high=120_000, told=""), Bar(name="B", low=None, high=185_000, told=""))
    >>> lay_axis(Chart(currency="USD", per="year", bars=bars)).ticks
    (80000.0, 100000.0, 120000.0, 140000.0, 160000.0, 180000.0, 200000.0)
    """
    amounts = [amount for bar in chart.bars for amount in (bar.low, bar.high) if amount is not None]
    low, high = min(amounts), max(amounts)
    least = max((high - low) / _MOST_STEPS, high / 100, 0.01)
    power = 10.0 ** math.floor(math.log10(least))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= least * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    if first * step >= low and first > 0:
        first -= 1
    if last * step <= high:
        last += 1
    ticks = tuple(round(number * step, 4) for number in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks)


# The picture: readable at the width of a phone, on its own ground, so that it is the same in dark and light.

_WIDTH, _EDGE, _ROW, _TOP, _BOTTOM, _BAR = 720, 28, 82, 76, 56, 22
_GROUND, _INK, _QUIET, _LINE, _FILL = "#2b2d31", "#f2f3f5", "#c4c9ce", "#4e5058", "#57c7a3"
_FADING = (
    f"<defs><linearGradient id='on'><stop offset='.6' stop-color='{_FILL}'/><stop offset='1' stop-color='{_FILL}' stop-opacity='.15'/>"
    f"</linearGradient><linearGradient id='off'><stop offset='0' stop-color='{_FILL}' stop-opacity='.15'/>"
    f"<stop offset='.4' stop-color='{_FILL}'/></linearGradient></defs>"
)
"""How an open end looks."""

_TITLE, _NAME, _TICK = 26, 25, 22
"""Sizes of letters in pixels."""

_APART = 14
"""Pixels between two texts of a line, at least."""

_OF_A_WIDTH = {0.29: "ijlIJ'", 0.33: " ,.·/:;|’", 0.41: "ft-()[]!r", 0.5: "–*_", 0.57: "szckvxyFL?", 0.77: "GDOQHNU&", 1.0: "mwMW@%…—≤≥"}
_WIDTHS = {letter: width for width, letters in _OF_A_WIDTH.items() for letter in letters}
"""How wide letters of the font are, as a part of their size; others are about as wide as a figure."""

_BEFORE_IDEOGRAMS = "\u2e7f"

_FONT = data_directory() / "fonts" / "charts.ttf"
_MOST_PICTURES = 200


@lru_cache(_MOST_PICTURES)
def draw_picture(chart: Chart, locale: str) -> bytes:
    """Return a chart as PNG: some ten milliseconds of work that lets other threads go on; those drawn last are remembered."""
    import resvg_py

    options = {"skip_system_fonts": True, "font_files": [str(_FONT)], "text_rendering": "optimize_speed"}
    return bytes(resvg_py.svg_to_bytes(svg_string=draw_svg(chart, locale), **options))  # type: ignore[arg-type]


def draw_svg(chart: Chart, locale: str) -> str:
    """Return a chart as SVG."""
    axis, height = lay_axis(chart), _TOP + _ROW * len(chart.bars) + _BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" font-family="DejaVu Sans">',
        _FADING,
        f'<rect width="{_WIDTH}" height="{height}" rx="14" fill="{_GROUND}"/>',
        _text((_EDGE, 46), title_of(chart, locale), size=_TITLE, colour=_QUIET),
        *_draw_axis(axis, height, rows=len(chart.bars)),
        *(part for number, bar in enumerate(chart.bars) for part in _draw_bar(bar, axis, top=_TOP + _ROW * number)),
        "</svg>",
    ]
    return "".join(parts)


def title_of(chart: Chart, locale: str) -> str:
    """Return what is measured: "Pay in USD a year"."""
    return say("Pay in {currency} {per}", locale, currency=chart.currency, per=say(EACH[chart.per], locale))


def _draw_axis(axis: Axis, height: int, *, rows: int) -> Iterator[str]:
    """Yield the lines behind the bars, which leave the names free, and the figures below them: as many as stand apart."""
    widest = max(_width(shorten(tick), _TICK) for tick in axis.ticks)
    each = math.ceil((widest + _APART) / (_x(axis.place(axis.ticks[1])) - _x(0)))
    for number, tick in enumerate(axis.ticks):
        x = _x(axis.place(tick))
        drawn = "".join(f"M{x:.1f} {_TOP + _ROW * row + 36}v{_BAR + 8}" for row in range(rows))
        yield f'<path d="{drawn}" stroke="{_LINE}" stroke-width="2"/>'
        if number % each == 0:
            half = _width(shorten(tick), _TICK) / 2 + 4
            yield _text((min(max(x, half), _WIDTH - half), height - 24), shorten(tick), size=_TICK, colour=_QUIET, anchor="middle")


def _draw_bar(bar: Bar, axis: Axis, *, top: int) -> Iterator[str]:
    figures = _figures(bar)
    name = _cut_to(bar.name, _WIDTH - 2 * _EDGE - _APART - _width(figures, _NAME))
    start, end = (_x(place) for place in axis.span(bar))
    width = max(end - start, 10.0)
    fill = "url(#on)" if bar.high is None else "url(#off)" if bar.low is None else _FILL
    yield _text((_EDGE, top + 28), name, size=_NAME, colour=_INK)
    yield _text((_WIDTH - _EDGE, top + 28), figures, size=_NAME, colour=_INK, anchor="end")
    yield f'<rect x="{start:.1f}" y="{top + 40}" width="{width:.1f}" height="{_BAR}" rx="6" fill="{fill}"/>'


def _figures(bar: Bar) -> str:
    low, high = ("" if amount is None else shorten(amount) for amount in (bar.low, bar.high))
    return low if low == high else f"≤ {high}" if not low else f"≥ {low}" if not high else f"{low} – {high}"


def shorten(amount: float) -> str:
    """
    Return an amount in few signs.

    >>> shorten(135_000), shorten(109_047), shorten(17.5), shorten(1_250_000)
    ('135k', '109k', '17.5', '1.25M')
    """
    if amount >= _MILLION:
        return f"{amount / _MILLION:.4g}M"
    if amount >= 10 * _THOUSAND:
        return f"{amount / _THOUSAND:.4g}k" if amount % _THOUSAND == 0 else f"{amount / _THOUSAND:.0f}k"
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


_THOUSAND, _MILLION = 1_000, 1_000_000


def _width(words: str, size: int) -> float:
    """Return about how many pixels of a line words take, rather too many."""
    return size * sum(_WIDTHS.get(letter, 1.0 if letter > _BEFORE_IDEOGRAMS else 0.7 if letter.isupper() else 0.63) for letter in words)


def _cut_to(name: str, room: float) -> str:
    """Return a name, or as much of it as has room, with an ellipsis."""
    name = readable(name)
    if _width(name, _NAME) <= room:
        return name
    return f"{max(takewhile(lambda head: _width(f'{head}…', _NAME) <= room, accumulate(name)), key=len, default='').rstrip(' ·')}…"


def _x(place: float) -> float:
    return _EDGE + place * (_WIDTH - 2 * _EDGE)


def _text(at: tuple[float, float], words: str, *, size: int, colour: str, anchor: str = "start") -> str:
    x, y = at
    return f'<text x="{x:.1f}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="{anchor}">{escape(readable(words))}</text>'


# The same in words.


def describe_chart(chart: Chart, locale: str, *, longest: int = 1000) -> str:
    """
    Return what the picture shows, in words.

    >>> bars = (Bar(name="A", low=1, high=2, told="$1 to $2"), Bar(name="B", low=3, high=None, told="from $3"))
    >>> describe_chart(Chart(currency="USD", per="hour", bars=bars), "en")
    'Pay in USD an hour. A: $1 to $2; B: from $3'
    """
    told = f"{title_of(chart, locale)}. {say_each((say_of(bar.name, bar.told, locale=locale) for bar in chart.bars), locale=locale)}"
    return told if len(told) <= longest else f"{told[: longest - 1]}…"


_COLUMNS = 36


def chart_lines(chart: Chart, locale: str) -> Iterator[str]:
    r"""
    Yield a chart as lines of letters of one width, none of which needs its spaces kept.

    >>> bars = (Bar(name="A", low=1, high=2, told="$1 to $2"), Bar(name="Bo", low=2, high=None, told="from $2"))
    >>> print(*chart_lines(Chart(currency="USD", per="hour", bars=bars), "en"), sep="\n")
    Pay in USD an hour
    0.8·······························2.2
    ·····██████████████████████████······ A: $1 to $2
    ·······························████▶· Bo: from $2
    """
    axis = lay_axis(chart)
    yield title_of(chart, locale)
    yield f"{shorten(axis.start)}{shorten(axis.end):·>{_COLUMNS + 1 - len(shorten(axis.start))}}"
    for bar in chart.bars:
        start, end = (round(place * _COLUMNS) for place in axis.span(bar))
        drawn = "·" * min(start, _COLUMNS - 1) + "█" * max(end - start, 1)
        drawn = f"{drawn[:-1]}▶" if bar.high is None else f"◀{drawn[1:]}" if bar.low is None else drawn
        yield f"{drawn:·<{_COLUMNS + 1}} {say_of(bar.name, bar.told, locale=locale)}"
