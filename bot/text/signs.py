"""The quick first look: which lines hold one of a few words at all."""

from collections.abc import Iterable, Iterator, Sequence

from bot.text.document import Line


def lines_holding(lines: Iterable[Line], signs: Sequence[str], *, exact: Sequence[str] = ()) -> Iterator[Line]:
    r"""
    Yield the lines that hold one of the signs, in any case, or one of those that must stand `exact`ly so.

    The whole text is searched first, so that signs that it never holds cost nothing for each line.

    >>> from bot.text.lines import read_lines
    >>> [line.text for line in lines_holding(read_lines("Remote work\nA hut"), ("remote",))]
    ['Remote work']
    """
    held = [(line, line.text.lower()) for line in lines]
    whole = "\n".join(lowered for _, lowered in held)
    present = [sign for sign in signs if sign in whole]
    written = "\n".join(line.text for line, _ in held) if exact else ""
    exactly = [sign for sign in exact if sign in written]
    for line, lowered in held:
        if _holds(lowered, present) or _holds(line.text, exactly):
            yield line


def _holds(text: str, signs: Sequence[str]) -> bool:
    for sign in signs:  # noqa: SIM110 - a loop is twice as quick as any() here, and this runs for each line of each posting
        if sign in text:
            return True
    return False
