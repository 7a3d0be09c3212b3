"""The definition layout: blocks headed `Def Title:`, `Def Role:`, `Def Responsibilities:`, `Def Requirements:`."""

import re

from bot.parsing.formats import Format
from bot.text.document import Document, Line, LineKind
from bot.text.lines import read_lines
from bot.text.markup import read_markup, to_link

_BLOCK = re.compile(r"^[ \t]*Def[ \t]+(?P<name>[A-Za-z][A-Za-z /&-]{0,40}):[ \t]*", re.MULTILINE)
_FIELDS = frozenset({"title", "company", "location", "link", "salary", "outputfile"})
"""Blocks that hold one value of the head; every other block is a headed part of the body."""


def read_definition(text: str) -> Document | None:
    r"""
    Read the definition layout, or return None if the text has no `Def Title:` block.

    >>> document = read_definition("Def Title:\nCook\nDef Role:\nAcme is hiring.")
    >>> document.title, [line.text for line in document.statements]
    ('Cook', ['Acme is hiring.'])
    """
    blocks = list(_BLOCK.finditer(text))
    if not any(block["name"].casefold() == "title" for block in blocks):
        return None
    fields: dict[str, str] = {}
    lines: list[Line] = []
    number, counted = 1, 0
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        words = text[block.end() : after.start() if after else len(text)]
        name = block["name"].strip()
        if name.casefold() in _FIELDS:
            fields.setdefault(name.casefold(), words.strip().partition("\n")[0].strip())
        else:
            number += text.count("\n", counted, block.start())
            counted = block.start()
            lines += _read_block(name, words, number=number)
    title = fields.get("title", "").strip("# ")
    head = [_head_line(title, LineKind.TITLE, "title")] if title else []
    head += [_head_line(fields[label], LineKind.TAG, label) for label in ("salary", "location") if fields.get(label)]
    return Document(
        title=title or None,
        company=fields.get("company") or None,
        link=to_link(fields.get("link", "")),
        location=fields.get("location") or None,
        lines=(*head, *lines),
    )


def _read_block(name: str, words: str, *, number: int) -> tuple[Line, ...]:
    heading = Line(number=number, marked=read_markup(name), kind=LineKind.HEADING)
    below = (line for line in read_lines(words, first_number=number))
    return (
        heading,
        *(Line(line.number, line.marked, line.kind, (name, *line.headings), line.depth, line.label) for line in below),
    )


def _head_line(words: str, kind: LineKind, label: str) -> Line:
    return Line(number=0, marked=read_markup(words), kind=kind, label=label)


DEFINITION = Format(name="definition", read=read_definition)
