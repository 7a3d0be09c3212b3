"""The headings above a line say what it is."""

import pytest

from bot.text.headings import SectionKind, read_line_kind
from bot.text.lines import read_lines


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("## Requirements\n* Go", SectionKind.REQUIREMENTS),
        ("## Preferred qualifications\n### Skills\n* Go", SectionKind.PREFERRED),
        ("## Benefits\n* Tea", SectionKind.BENEFITS),
        ("* Tea", None),
    ],
)
def test_the_nearest_heading_that_says_something_counts(text: str, kind: SectionKind | None) -> None:
    assert read_line_kind(read_lines(text)[-1]) is kind
