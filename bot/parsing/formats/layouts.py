"""The layouts of postings in markdown that have heads of their own: the job board's, and the definition's."""

import re
from collections.abc import Iterator

from bot.parsing.formats import Format
from bot.text.document import Document, Line, LineKind
from bot.text.lines import read_lines
from bot.text.markup import read_markup, strip_markup, to_link

# The job-board layout: `# [Title](link)`, `### Company`, `#### ` with tags for pay and place, then markdown.

_TITLE = re.compile(r"\s{0,20}#\s+\[(?P<title>[^\n]{1,400}?)\]\((?P<link>[^\s()]{1,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,500})?)\)[ \t]*\n")
_COMPANY = re.compile(r"\s{0,200}###(?!#)[ \t]*(?P<company>[^\n]{0,200})\n")
_TAGS = re.compile(r"\s{0,200}####(?!#)[ \t]*(?P<tags>[^\n]{0,2000})(?:\n|$)")
_TAG = re.compile(r"`([^`\n]{1,500})`|([💰🌎🌍🌏📍🕒⏰💼][^`💰🌎🌍🌏📍🕒⏰💼\n]{1,500})")
_APPLY = re.compile(r"^#{0,6}\s{0,5}CLICK TO \[APPLY\]\([^\n]{1,2000}\)\s*$", re.MULTILINE)
_APPLY_WORDS = "CLICK TO [APPLY]("
_LONGEST_BEFORE_APPLY = 11
"""Characters that may stand before those words in a match: six of a heading's and five of white space."""

_TAG_LABELS = {
    "💰": "salary",
    "🌎": "location",
    "🌍": "location",
    "🌏": "location",
    "📍": "location",
    "🕒": "type",
    "⏰": "type",
    "💼": "type",
}
_NO_COMPANY = frozenset({"", "none", "null", "n/a", "unknown", "-"})


def read_job_board(text: str) -> Document | None:
    r"""
    Read the job-board layout, or return None if the text does not begin with its title line.

    >>> document = read_job_board("# [Cook](https://x.example/1)\n### Bistro\n#### `🌎 Paris`\n\nWe cook.\n")
    >>> document.title, document.company, document.link, document.location
    ('Cook', 'Bistro', 'https://x.example/1', 'Paris')
    >>> read_job_board("# Cook") is None
    True
    """
    title = _TITLE.match(text)
    if title is None:
        return None
    company = _COMPANY.match(text, title.end())
    tags = _TAGS.match(text, (company or title).end())
    body_at = (tags or company or title).end()
    head = (_head_line(title["title"], LineKind.TITLE, "title"), *_read_tags(tags["tags"] if tags else ""))
    body = _without_apply(text[body_at:])
    name = strip_markup(company["company"]).strip() if company else ""
    places = [line.text for line in head if line.label == "location"]
    return Document(
        title=head[0].text,
        company=None if name.casefold() in _NO_COMPANY else name,
        link=to_link(title["link"]),
        location=places[0] if places else None,
        lines=(*head, *read_lines(body, first_number=text.count("\n", 0, body_at) + 1)),
    )


def _without_apply(body: str) -> str:
    """Return a body without the lines that hold the board's own link, looked for from the line on in which their words stand first."""
    at = body.find(_APPLY_WORDS)
    if at < 0:
        return body
    begin = body.rfind("\n", 0, max(0, at - _LONGEST_BEFORE_APPLY)) + 1
    return body[:begin] + _APPLY.sub("", body[begin:])


def _read_tags(tags: str) -> Iterator[Line]:
    for quoted, bare in _TAG.findall(tags):
        tag = (quoted or bare).strip()
        label = _TAG_LABELS.get(tag[:1])
        words = (tag[1:] if label else tag).lstrip("\ufe0f").strip()
        if words:
            yield _head_line(words, LineKind.TAG, label or "tag")


def _head_line(words: str, kind: LineKind, label: str) -> Line:
    return Line(number=0, marked=read_markup(words.strip()), kind=kind, label=label)


JOB_BOARD = Format(name="job board", read=read_job_board)


# The definition layout: blocks headed `Def Title:`, `Def Role:`, `Def Responsibilities:`, `Def Requirements:`.

_DEFINITION_BLOCK = re.compile(r"^[ \t]*Def[ \t]+(?P<name>[A-Za-z][A-Za-z /&-]{0,40}):[ \t]*", re.MULTILINE)
_DEFINITION_FIELDS = frozenset({"title", "company", "location", "link", "salary", "outputfile"})
"""Blocks that hold one value of the head; every other block is a headed part of the body."""


def read_definition(text: str) -> Document | None:
    r"""
    Read the definition layout, or return None if the text has no `Def Title:` block.

    >>> document = read_definition("Def Title:\nCook\nDef Role:\nAcme is hiring.")
    >>> document.title, [line.text for line in document.statements]
    ('Cook', ['Acme is hiring.'])
    """
    blocks = list(_DEFINITION_BLOCK.finditer(text))
    if not any(block["name"].casefold() == "title" for block in blocks):
        return None
    fields: dict[str, str] = {}
    lines: list[Line] = []
    number, counted = 1, 0
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        words = text[block.end() : after.start() if after else len(text)]
        name = block["name"].strip()
        if name.casefold() in _DEFINITION_FIELDS:
            fields.setdefault(name.casefold(), words.strip().partition("\n")[0].strip())
        else:
            number += text.count("\n", counted, block.start())
            counted = block.start()
            lines += _definition_read_block(name, words, number=number)
    title = fields.get("title", "").strip("# ")
    head = [_definition_head_line(title, LineKind.TITLE, "title")] if title else []
    head += [_definition_head_line(fields[label], LineKind.TAG, label) for label in ("salary", "location") if fields.get(label)]
    return Document(
        title=title or None,
        company=fields.get("company") or None,
        link=to_link(fields.get("link", "")),
        location=fields.get("location") or None,
        lines=(*head, *lines),
    )


def _definition_read_block(name: str, words: str, *, number: int) -> tuple[Line, ...]:
    heading = Line(number=number, marked=read_markup(name), kind=LineKind.HEADING)
    below = (line for line in read_lines(words, first_number=number))
    return (
        heading,
        *(Line(line.number, line.marked, line.kind, (name, *line.headings), line.depth, line.label) for line in below),
    )


def _definition_head_line(words: str, kind: LineKind, label: str) -> Line:
    return Line(number=0, marked=read_markup(words), kind=kind, label=label)


DEFINITION = Format(name="definition", read=read_definition)
