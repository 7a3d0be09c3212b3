"""The front-matter layout: labelled lines between two lines `---`, then markdown. What markup holds is written in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.parsing.formats import Format
from bot.parsing.head import read_head, tag_labels
from bot.parsing.pieces import head_labels
from bot.text.clean import fold, fold_space
from bot.text.document import BULLET, PROSE, TAG, TITLE, Document, Line
from bot.text.lines import read_lines
from bot.text.markup import find_links, read_markup
from bot.topics.apply import is_home

_FENCE = re.compile(r"\s{0,20}---[ \t]{0,20}\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]{0,20}$", re.MULTILINE)
_FIELD = re.compile(r"(?P<label>[^\W\d_][\w /-]{0,40}?)[ \t]{0,5}:[ \t]{1,5}(?P<words>\S.{0,3000})")
_LONGEST_HEAD = 60
"""Lines; what goes on longer is no head."""

_LONGEST_VALUE = 2000
_OWN_TAGS = {"employment type": "type", "workplace": "workplace"}
"""Labels whose values are tags here, besides those of any head."""

_COMMENT = re.compile(r"\s+#(?:\s.*)?$")
_KEY = re.compile(r"(?P<label>[^\W\d_][\w /-]{0,40}?)[ \t]{0,5}:[ \t]*$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<words>\S.{0,2000})")
_QUOTES = "\"'"
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


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
    if len(written) > _LONGEST_HEAD or not _begins_with_field(written):
        return None
    head = list(_read_fields(written, first))
    body = read_lines(text[end.end() :], first_number=text.count("\n", 0, end.end()) + 1)
    return _to_document(head, body)


def _begins_with_field(written: Iterable[str]) -> bool:
    begun = next((line.strip() for line in written if line.strip() and not line.lstrip().startswith("#")), "")
    return _FIELD.fullmatch(begun) is not None or _KEY.fullmatch(begun) is not None


def write_front_matter(fields: Iterable[tuple[str, str | None]], body: str) -> str:
    r"""
    Write labelled values and a body in this layout; values that are empty are left out, and without any the body stands alone.

    >>> write_front_matter([("title", "Cook"), ("salary", None), ("location", " Paris ")], "We cook.")
    '---\ntitle: Cook\nlocation: Paris\n---\n\nWe cook.'
    """
    lines: list[str] = []
    held: set[str] = set()
    for label, value in fields:
        words = fold_space(value or "")[:_LONGEST_VALUE].strip()
        name = head_labels().get(fold(label))
        # What a board calls so besides is none of the head's own values.
        if words and not (name in _SINGLE and name in held):
            held.add(name or label)
            lines.append(f'{label}: "{words}"' if _COMMENT.search(words) and '"' not in words else f"{label}: {words}")
    return "\n".join(["---", *lines[: _LONGEST_HEAD - 1], "---", "", body]) if lines else body


def _read_fields(written: Iterable[str], first: int) -> Iterator[Line]:
    """Yield the head's lines: those of a key that has several values, or values of its own, stand under it."""
    under: tuple[str, ...] = ()
    for number, line in enumerate(written, first):
        is_inner = line[:1] in (" ", "\t")
        if (item := _ITEM.fullmatch(line)) is not None and under:
            yield Line(number=number, marked=read_markup(_without_signs(item["words"])), kind=BULLET, headings=under)
        elif (key := _KEY.fullmatch(line.strip())) is not None:
            under = (key["label"],)
        elif (found := _FIELD.fullmatch(line.strip())) is not None:
            under = under if is_inner else ()
            yield _read_inner(number, found, under) if under else _read_field(number, found)


def _read_inner(number: int, field: re.Match[str], under: tuple[str, ...]) -> Line:
    return Line(number=number, marked=read_markup(field[0]), kind=PROSE, headings=under, label=field["label"])


def _read_field(number: int, field: re.Match[str]) -> Line:
    label = field["label"].casefold()
    words = _without_signs(field["words"])
    name = _OWN_TAGS.get(label) or head_labels().get(fold(label))
    if name == "title":
        return Line(number=number, marked=read_markup(words), kind=TITLE, label=label)
    if name in _TAGS:
        return Line(number=number, marked=read_markup(words), kind=TAG, label=name)
    return Line(number=number, marked=read_markup(field[0]), kind=PROSE, label=field["label"])


_TAGS = frozenset({"location", "salary", "type", "tag", "workplace"})


def _without_signs(words: str) -> str:
    """Return a value without the quotes around it and the comment behind it."""
    bare = words.strip()
    if bare[:1] in _QUOTES and (end := bare.find(bare[0], 1)) > 0 and not _COMMENT.sub("", bare[end + 1 :]).strip():
        return bare[1:end].strip()
    return _COMMENT.sub("", bare).strip()


def _to_document(head: list[Line], body: tuple[Line, ...]) -> Document:
    titles = sorted((line for line in head if line.kind is TITLE), key=lambda line: _rank(line.label))
    tags = [line for line in head if line.kind is TAG]
    named = [(head_labels().get(fold(line.label or "")), line) for line in head if line.kind is PROSE and not line.headings]
    company = next((_words(line) for name, line in named if name == "company"), None)
    links = (link for name, line in named if name == "link" for link in _links_of(line))
    others = [line for line in head if line.kind is PROSE and (line.headings or head_labels().get(fold(line.label or "")) not in _HELD)]
    title = replace(titles[0], label="title") if titles else None
    first = read_head(body) if title is None else None
    read = first.lines if first else tag_labels(body, {line.label or "" for line in tags})
    tags += [line for line in read if line.kind is TAG]
    body = tuple(line for line in read if line.kind is not TAG)
    return Document(
        title=title.text if title else first.title if first else None,
        company=spell_name(company, body) if company else None,
        link=next(links, None),
        location=" | ".join(line.text for line in tags if line.label == "location") or None,
        rules=("head by its labels", *(first.rules if first else ())),
        lines=(
            *((title,) if title else ()),
            *tags,
            *others,
            *(line for line in head if line.kind is BULLET),
            *body,
        ),
    )


_HELD = frozenset({"company", "link"})
_SINGLE = frozenset({"title", "company", "link"})


def _rank(label: str | None) -> int:
    """Return how exactly a label says that its value is a title: "roles" goes before "title", which may be that of a page."""
    return list(head_labels()).index(fold(label or ""))


def _links_of(line: Line) -> Iterator[str]:
    """Yield a labelled line's links; what is called no more than an address may be the firm's home."""
    is_address = fold(line.label or "") in ("url", "website", "site")
    return (link for link in find_links(line.marked.raw) if not (is_address and is_home(link)))


def spell_name(name: str, body: Iterable[Line]) -> str:
    """Return a company's name as the text spells it where it is written as an address is: "a-dock" for A Dock."""
    if not _SLUG.fullmatch(name):
        return name
    letters = [letter for letter in name if letter.isalnum()][:_LONGEST_NAME]
    pattern = re.compile(r"(?<![\w@./-])" + r"[ .&'’-]{0,2}".join(map(re.escape, letters)) + r"(?![\w@/-]|\.\w)", re.IGNORECASE)
    spelt = (found[0] for line in body for found in pattern.finditer(line.text))
    return next((each for each in spelt if each != each.lower()), name)


_LONGEST_NAME = 40


def _words(line: Line) -> str:
    return _without_signs(line.text.partition(":")[2])


FRONT_MATTER = Format(name="front matter", read=read_front_matter)
