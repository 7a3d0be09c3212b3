"""Pictures of pay say what the words say, whatever stands in a name."""

import re
import struct
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import Bar, Chart
from bot.domain.facts import Period
from bot.presentation.charts import chart_lines, describe_chart, draw_picture, draw_svg, lay_axis

AMOUNTS = st.floats(1, 1e9)
BARS = st.builds(
    lambda name, low, more, ends: Bar(
        name=name, low=low if ends != "to" else None, high=low + more if ends != "from" else None, told="so much"
    ),
    st.text(max_size=40),
    AMOUNTS,
    st.floats(0, 1e6),
    st.sampled_from(["both", "from", "to"]),
)
CHARTS = st.builds(
    lambda bars, per: Chart(currency="EUR", per=per, bars=tuple(bars)), st.lists(BARS, min_size=2, max_size=8), st.sampled_from(Period)
)
TWO = Chart(
    currency="USD",
    per=Period.YEAR,
    bars=(
        Bar(name="Ash", low=90_000, high=130_000, told="$90,000 to $130,000 a year"),
        Bar(name="Elm", low=None, high=99_000, told="up to $99,000 a year"),
    ),
)


@given(CHARTS)
def test_every_bar_is_on_the_axis_and_the_picture_is_well_formed(chart: Chart) -> None:
    axis = lay_axis(chart)
    assert all(-1e-9 <= start <= end + 1e-9 <= 1 + 1e-6 for start, end in map(axis.span, chart.bars))
    assert len(ET.fromstring(draw_svg(chart, "en")).findall("{*}rect")) == 1 + len(chart.bars)  # noqa: S314 - our own
    assert len(list(chart_lines(chart, "en"))) == 2 + len(chart.bars)


def _texts(chart: Chart) -> list[ET.Element]:
    return list(ET.fromstring(draw_svg(chart, "en")).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314


@given(CHARTS)
def test_the_figures_of_the_axis_stand_apart_and_inside(chart: Chart) -> None:
    height = max(float(text.get("y", 0)) for text in _texts(chart))
    ticks = [text for text in _texts(chart) if float(text.get("y", 0)) == height]
    spans = [(float(text.get("x", 0)), len(text.text or "") * 22 * 0.63 / 2) for text in ticks]
    assert all(middle - half >= 0 and middle + half <= 720 for middle, half in spans)
    assert all(one + half + 8 < other - other_half for (one, half), (other, other_half) in pairwise(spans))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Tallow Works · all other places", "Tallow Works · all other places"),
        ("Illicit Fillings · little utilities, all in", "Illicit Fillings · little utilities, all in"),
        ("MMMMMMMMMMMMMMMMMMMMMMMM · Baker", "MMMMMMMMMMMMMMMMMMM…"),
    ],
)
def test_a_name_is_cut_only_where_it_has_no_room(name: str, shown: str) -> None:
    chart = TWO.model_copy(update={"bars": (TWO.bars[0].model_copy(update={"name": name}), TWO.bars[1])})
    assert [text.text for text in _texts(chart)][-4] == shown


@given(CHARTS)
def test_no_line_runs_through_a_name(chart: Chart) -> None:
    baselines = [float(text.get("y", 0)) for text in _texts(chart)]
    lines = [path.get("d", "") for path in ET.fromstring(draw_svg(chart, "en")).iter("{http://www.w3.org/2000/svg}path")]  # noqa: S314
    spans = [(float(top), float(top) + float(down)) for line in lines for top, down in re.findall(r" ([\d.]+)v([\d.]+)", line)]
    assert spans
    assert not [span for span in spans for line in baselines if span[0] < line + 6 and span[1] > line - 20]


def test_the_picture_is_a_png_of_a_phones_width_and_is_remembered() -> None:
    picture = draw_picture(TWO, "en")
    width, height = struct.unpack(">II", picture[16:24])
    assert picture.startswith(b"\x89PNG")
    assert (width, height) == (720, 296)
    assert draw_picture(TWO, "en") is picture


def test_an_open_end_is_told_from_a_figure() -> None:
    drawn = "".join(text.text or "" for text in ET.fromstring(draw_svg(TWO, "en")).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314
    assert "≤ 99k" in drawn
    assert "90k – 130k" in drawn


def test_the_alternative_text_says_the_same_in_the_readers_language() -> None:
    assert describe_chart(TWO, "de") == "Gehalt in USD im Jahr. Ash: $90,000 to $130,000 a year; Elm: up to $99,000 a year"
    assert len(describe_chart(TWO, "en", longest=30)) == 30
