"""What was done to postings as a page: who, what, when, and what it said before and after."""

from collections.abc import Iterable, Iterator

from bot.domain.action import Action
from bot.interfaces.managing.differences import ChangedLines, Difference, compare
from bot.interfaces.managing.history_cards import Seen
from bot.interfaces.terminal.answer_page import posting_title
from bot.interfaces.terminal.page import BLANK, Paragraph

_INDENT = "  "
_SILENT = "nothing"


def history_page(seen: Iterable[Seen]) -> Iterator[Paragraph]:
    """Yield the page, in the order of the actions; times are UTC."""
    for one in seen:
        yield Paragraph(_head(one.action), style="bold", rest=_INDENT)
        if one.before is not None and one.after is not None and one.action.before != one.action.after:
            yield from _changes(one)
            yield BLANK


def _head(action: Action) -> str:
    numbers = [str(number) for number in dict.fromkeys((action.before, action.after)) if number is not None]
    revision = f", revision {' → '.join(numbers)}" if numbers else ""
    who, when = action.by.name or action.by.id, action.at.strftime("%Y-%m-%d %H:%M")
    return f"{when} UTC: {who} {action.deed} #{action.posting} {posting_title(action.company, action.title)}{revision}"


def _changes(seen: Seen) -> Iterator[Paragraph]:
    differences = compare(seen.before, seen.after)
    for difference in differences.fields:
        yield from _field(difference)
    if any(differences.lines):
        yield Paragraph(_tell_lines(differences.lines), first=_INDENT, rest=_INDENT * 2)
    elif not differences.fields:
        yield Paragraph("what is told stayed the same", first=_INDENT)


def _field(difference: Difference) -> Iterator[Paragraph]:
    if len(difference.before) < 2 and len(difference.after) < 2:  # noqa: PLR2004 -- a statement on each side at most
        before, after = (statements[0] if statements else _SILENT for statements in (difference.before, difference.after))
        yield Paragraph(f"{difference.label}: {before} → {after}", first=_INDENT, rest=_INDENT * 2)
        return
    yield Paragraph(f"{difference.label}:", first=_INDENT)
    for sign, items in (("- ", difference.gone), ("+ ", difference.came)):
        yield from (Paragraph(item, first=_INDENT * 2 + sign, rest=_INDENT * 3) for item in items)


def _tell_lines(lines: ChangedLines) -> str:
    return f"Text: {lines.added:,} line{'' if lines.added == 1 else 's'} added, {lines.removed:,} removed"
