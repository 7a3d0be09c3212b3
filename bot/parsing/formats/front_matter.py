"""The front-matter layout: labelled lines between two lines `---`, then markdown. What markup holds is written in it."""

import re
from collections.abc import Iterable, Iterator

from bot.parsing.formats import Format
from bot.text.clean import fold_space
from bot.text.document import Document, Line, LineKind
from bot.text.lines import read_lines
from bot.text.markup import find_links, read_markup, to_link

_FENCE = re.compile(r"\s{0,20}---[ \t]{0,20}\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]{0,20}$", re.MULTILINE)
_FIELD = re.compile(r"(?P<label>[^\W\d_][\w /-]{0,40}?)[ \t]{0,5}:[ \t]{1,5}(?P<words>\S.{0,3000})")
_LONGEST_HEAD = 60
"""Lines; what goes on longer is no head."""

_LONGEST_VALUE = 2000
_TITLES = frozenset({"title", "job title", "position"})
_COMPANIES = frozenset({"company", "employer", "organization", "organisation"})
_LINKS = frozenset({"link", "url", "apply"})
_TAGS = {
    "location": "location",
    "locations": "location",
    "salary": "salary",
    "pay": "salary",
    "compensation": "salary",
    "employment type": "type",
    "type": "type",
    "contract": "type",
    "workplace": "tag",
    "tag": "tag",
}
"""Labels whose values are tags; a line with another label is read like one of the body."""


def read_front_matter(text: str) -> Document | None:
    r"""
    Read the front-matter layout, or return None if the text does not begin with labelled lines between two fences.

    >>> document = read_front_matter("---\ntitle: Cook\nlocation: Paris\n---\n\nWe cook.")
    >>> document.title, document.location, [line.text for line in document.body]
    ('Cook', 'Paris', ['We cook.'])
    >>> read_front_matter("---\nWe cook.\n---\n") is None
    True
    """
    fence = _FENCE.match(text)
    end = _END.search(text, fence.end()) if fence else None
    if fence is None or end is None:
        return None
    first = text.count("\n", 0, fence.end()) + 1
    written = text[fence.end() : end.start()].split("\n")
    fields = [(number, _FIELD.fullmatch(line.strip())) for number, line in enumerate(written, first) if line.strip()]
    if not fields or len(written) > _LONGEST_HEAD or fields[0][1] is None:
        return None
    head = [_read_field(number, field) for number, field in fields if field is not None]
    body = read_lines(text[end.end() :], first_number=text.count("\n", 0, end.end()) + 1)
    return _to_document(head, body)


def write_front_matter(fields: Iterable[tuple[str, str | None]], body: str) -> str:
    r"""
    Write labelled values and a body in this layout; values that are empty are left out, and without any the body stands alone.

    >>> write_front_matter([("title", "Cook"), ("salary", None), ("location", " Paris ")], "We cook.")
    '---\ntitle: Cook\nlocation: Paris\n---\n\nWe cook.'
    """
    lines = [f"{label}: {words}" for label, value in fields if value and (words := fold_space(value)[:_LONGEST_VALUE].strip())]
    return "\n".join(["---", *lines[: _LONGEST_HEAD - 1], "---", "", body]) if lines else body


def _read_field(number: int, field: re.Match[str]) -> Line:
    label = field["label"].casefold()
    words = field["words"].strip()
    if label in _TITLES:
        return Line(number=number, marked=read_markup(words), kind=LineKind.TITLE, label="title")
    if label in _TAGS:
        return Line(number=number, marked=read_markup(words), kind=LineKind.TAG, label=_TAGS[label])
    return Line(number=number, marked=read_markup(field[0]), kind=LineKind.PROSE, label=field["label"])


def _to_document(head: list[Line], body: tuple[Line, ...]) -> Document:
    titles = [line for line in head if line.kind is LineKind.TITLE]
    tags = [line for line in head if line.kind is LineKind.TAG]
    others = [line for line in head if line.kind is LineKind.PROSE and not _is_of(line, _COMPANIES | _LINKS)]
    links = (link for line in head if _is_of(line, _LINKS) if (link := to_link(_words(line))))
    return Document(
        title=titles[0].text if titles else None,
        company=next((_words(line) for line in head if _is_of(line, _COMPANIES)), None),
        link=next(links, None) or next(_links_in(body), None),
        location=next((line.text for line in tags if line.label == "location"), None),
        lines=(*titles[:1], *tags, *others, *body),
    )


def _is_of(line: Line, labels: frozenset[str]) -> bool:
    return line.kind is LineKind.PROSE and (line.label or "").casefold() in labels


def _words(line: Line) -> str:
    return line.text.partition(":")[2].strip()


def _links_in(body: tuple[Line, ...]) -> Iterator[str]:
    return (link for line in body for link in find_links(line.marked.raw))


FRONT_MATTER = Format(name="front matter", read=read_front_matter)
