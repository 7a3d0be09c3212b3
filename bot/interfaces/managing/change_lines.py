"""What differs between two revisions, as lines of markdown."""

from collections.abc import Iterator, Sequence

from bot.interfaces.chat.escaping import cut, escaped_within
from bot.interfaces.managing.differences import ChangedLines, Difference, Differences

_LONGEST_STATEMENT = 160
_MOST_ITEMS = 4
_SILENT = "*nothing*"


def change_lines(differences: Differences, *, longest: int) -> list[str]:
    """
    Return the lines, as many as fit into so many characters, the last of them saying how many more there are.

    >>> from bot.interfaces.managing.differences import ChangedLines
    >>> change_lines(Differences((Difference("Pay", ("$5 an hour",), ("$6 an hour",)),), ChangedLines(1, 1)), longest=500)
    ['> Pay: $5 an hour → $6 an hour', '> Text: 1 line added, 1 removed']
    """
    blocks = [*map(_field_lines, differences.fields), *_text_lines(differences.lines)]
    lines: list[str] = []
    for number, block in enumerate(blocks):
        if sum(map(len, [*lines, *block])) + len(lines) + len(block) > longest:
            return [*lines, f"> … and {len(blocks) - number} more changes"]
        lines += block
    return lines


def _field_lines(difference: Difference) -> list[str]:
    if len(difference.before) < 2 and len(difference.after) < 2:  # noqa: PLR2004 -- a statement on each side at most
        return [f"> {difference.label}: {_statement(difference.before)} → {_statement(difference.after)}"]
    changes = [*_items("−", difference.gone), *_items("+", difference.came)]
    return [f"> {difference.label}:", *changes] if changes else [f"> {difference.label}: told in another order"]


def _items(sign: str, items: Sequence[str]) -> Iterator[str]:
    for item in items[:_MOST_ITEMS]:
        yield f"> {sign} {_short(item)}"
    if len(items) > _MOST_ITEMS:
        yield f"> {sign} … and {len(items) - _MOST_ITEMS} more"


def _statement(statements: Sequence[str]) -> str:
    return _short(statements[0]) if statements else _SILENT


def _short(statement: str) -> str:
    return escaped_within(cut(statement.strip(), _LONGEST_STATEMENT), _LONGEST_STATEMENT) or _SILENT


def _text_lines(lines: ChangedLines) -> Iterator[list[str]]:
    if lines.added and lines.removed:
        yield [f"> Text: {_count(lines.added)} added, {lines.removed:,} removed"]
    elif lines.added or lines.removed:
        yield [f"> Text: {_count(lines.added or lines.removed)} {'added' if lines.added else 'removed'}"]


def _count(number: int) -> str:
    return f"{number:,} line{'' if number == 1 else 's'}"
