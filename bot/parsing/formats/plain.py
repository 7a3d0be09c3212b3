"""Plain text and markdown of no known layout; takes any text."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.parsing.formats import Format
from bot.text.document import Document, Line, LineKind
from bot.text.lines import read_lines
from bot.text.markup import find_links, to_link

_HEAD_LABELS = {
    "title": "title", "job title": "title", "position": "title", "role": "title", "stellenbezeichnung": "title", "poste": "title",
    "intitulé du poste": "title", "puesto": "title", "cargo": "title", "vaga": "title",
    "company": "company", "company name": "company", "employer": "company", "organization": "company", "organisation": "company",
    "unternehmen": "company", "firma": "company", "arbeitgeber": "company", "entreprise": "company", "empresa": "company",
    "location": "location", "job location": "location", "work location": "location", "standort": "location", "arbeitsort": "location",
    "ort": "location", "lieu": "location", "localisation": "location", "ubicación": "location", "lugar": "location",
    "localização": "location", "local": "location",
    "salary": "salary", "gehalt": "salary", "salaire": "salary", "salario": "salary", "salário": "salary",
    "apply": "link", "link": "link", "url": "link", "apply at": "link", "apply here": "link",
}  # fmt: skip
"""Labels of a head's lines, in the languages that postings come in, and the field that each fills."""

_HEAD_LENGTH = 14
"""Statements: a labelled value further down belongs to the body."""

_LONGEST_TITLE = 120
_LAST_ADDRESSES = 1
_TITLE_AT_COMPANY = re.compile(r"(?P<title>.{3,90}?)\s(?:at|@|bei|chez|\|)\s(?P<company>[^\s].{1,60})$")


def read_plain(text: str) -> Document:
    r"""
    Read any text: the first heading or short line is the title, labelled lines near the top fill the head.

    >>> document = read_plain("Data Engineer\nCompany: Acme\nLocation: Oslo\n\nWe need SQL.")
    >>> document.title, document.company, document.location
    ('Data Engineer', 'Acme', 'Oslo')
    """
    lines = read_lines(text)
    fields = dict(reversed(list(_read_head(lines))))
    title = fields.get("title") or _first_title(lines)
    link = _value(fields.get("link"))
    named = _TITLE_AT_COMPANY.match(title.text) if title and "company" not in fields and "title" not in fields else None
    return Document(
        title=named["title"] if named else _value(title),
        company=named["company"] if named else _value(fields.get("company")),
        link=(to_link(link) if link else None) or next(find_links(text), None),
        location=_value(fields.get("location")),
        lines=tuple(_with_head(lines, fields, title)),
    )


def _read_head(lines: tuple[Line, ...]) -> Iterator[tuple[str, Line]]:
    for line in lines[:_HEAD_LENGTH]:
        field = _HEAD_LABELS.get(line.label.casefold()) if line.label else None
        if field:
            yield field, line


def _first_title(lines: tuple[Line, ...]) -> Line | None:
    if not lines:
        return None
    first = lines[0]
    is_title = first.kind is LineKind.HEADING or (len(first.text) <= _LONGEST_TITLE and not first.text.rstrip().endswith((".", ":", "!")))
    return first if is_title and first.label is None else None


def _value(line: Line | None) -> str | None:
    if line is None:
        return None
    words = line.text.partition(":")[2] if line.label else line.text
    return words.strip() or None


def _with_head(lines: tuple[Line, ...], fields: dict[str, Line], title: Line | None) -> Iterator[Line]:
    """Yield the lines with those of the head made title and tags; other lines stay what they are."""
    kinds = {id(line): field for field, line in fields.items() if field in ("salary", "location")}
    title_heading = title.text if title is not None else None
    for line in lines:
        if line is title:
            yield replace(line, kind=LineKind.TITLE, label="title", headings=())
        elif id(line) in kinds:
            yield replace(line, kind=LineKind.TAG, label=kinds[id(line)], headings=())
        elif line.headings and line.headings[0] == title_heading:
            yield replace(line, headings=line.headings[1:])
        else:
            yield line


PLAIN = Format(name="plain text", read=read_plain)
