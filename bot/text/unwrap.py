"""Text that was wrapped at a page's margin, with its paragraphs made whole again."""

import re
from itertools import pairwise

from bot.text.section_kind import is_section_name

_ITEM = re.compile(r"\s*(?:[*+\-•·●○◦▪■□‣∙–—✓✔➢➤►❖✦o]\s|\d{1,2}[.)]\s|[•●▪‣✓✔➢])")
_LABEL = re.compile(r"[A-ZÀ-Þ][^:.]{1,38}:(?:\s|$)")
_END = (".", "!", "?", ":", ";")
_SENTENCE_END = (".", "!", "?")
_MARKS = ("#", "**")
_LEAST_WIDTH = 50
"""Characters: narrower text is a list or a poem, and not wrapped."""

_MARGIN = 0.9
"""Letters differ in width: a line that the next word would have taken to this part of the width was full."""

_LINES_AT_MARGIN = 10
"""One line in so many, at least, reaches the width: the longest few may stick out."""


def unwrap(text: str) -> str:
    r"""
    Join the lines that were broken because the next word did not fit, and leave the others as they are.

    >>> print(unwrap("We bake bread for forty towns along the river and deliver\nRye before the sun is up.\nOven\nFlour"))
    We bake bread for forty towns along the river and deliver Rye before the sun is up.
    Oven
    Flour
    """
    lines = text.split("\n")
    width = _width(lines)
    if width < _LEAST_WIDTH:
        return text
    joined: list[list[str]] = []
    before = ""
    for line in lines:
        if joined and _goes_on(before, line, width):
            joined[-1].append(line.strip())
        else:
            joined.append([line.rstrip()])
        before = line.strip()
    return "\n".join(_join(pieces) for pieces in joined)


def _width(lines: list[str]) -> int:
    """Return how long a full line is: the length that the longest tenth of the lines reaches."""
    lengths = sorted((len(line.strip()) for line in lines if line.strip()), reverse=True)
    return lengths[len(lengths) // _LINES_AT_MARGIN] if lengths else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    """Tell whether a line is the rest of the one before: its first word would not have fitted there, and it begins nothing new."""
    words = line.split(None, 1)
    if not before or not words or _begins_something(line.strip(), after=before):
        return False
    is_full = len(before) + 1 + len(words[0]) >= _MARGIN * width
    if before.endswith(_END):
        # A sentence that ends at the margin may end its paragraph: only prose goes on there, and no heading.
        return len(before) >= _MARGIN * width and (len(line) >= width // 2 or line.rstrip().endswith(_SENTENCE_END))
    return is_full or (words[0][0].islower() and len(before) >= _LEAST_WIDTH)


def _begins_something(line: str, *, after: str) -> bool:
    """Tell whether a line begins an item, a part of the text or a labelled statement, or stands behind what announces it."""
    if line.startswith(_MARKS) or after.startswith(_MARKS):
        return True
    return bool(
        _ITEM.match(line)
        or after.endswith(":")
        or (not line[0].islower() and is_section_name(line))
        or (_LABEL.match(line) and after.endswith(_END))
    )


def _join(pieces: list[str]) -> str:
    joined = [pieces[0]]
    for before, piece in pairwise(pieces):
        # A word that was divided at the margin keeps its hyphen: "full-" and "time" are one word with it.
        is_divided = before.endswith("-") and not before.endswith(" -") and piece[:1].islower()
        joined.append(piece if is_divided else f" {piece}")
    return "".join(joined)
