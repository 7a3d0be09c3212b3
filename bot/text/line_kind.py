"""What the headings above one line say about it."""

from bot.text.document import Line
from bot.text.section_kind import SectionKind, read_section_kind


def read_line_kind(line: Line) -> SectionKind | None:
    r"""
    Return what the nearest heading that says anything says about a line, or None.

    >>> from bot.text.lines import read_lines
    >>> [read_line_kind(line) for line in read_lines("## Nice to have\n* Go\n* SQL")][1:]
    [<SectionKind.PREFERRED: 'preferred'>, <SectionKind.PREFERRED: 'preferred'>]
    """
    kind = None
    for heading in reversed(line.headings):
        found = read_section_kind(heading)
        if found is SectionKind.TRAITS:
            kind = found
        elif found is not None:
            return found if kind is None or found is SectionKind.PREFERRED else kind
    return kind
