"""The job-board layout: `# [Title](link)`, `### Company`, `#### ` with tags for pay and place, then markdown."""

import re
from collections.abc import Iterator

from bot.parsing.formats import Format
from bot.text.document import Document, Line, LineKind
from bot.text.lines import read_lines
from bot.text.markup import read_markup, strip_markup, to_link

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
