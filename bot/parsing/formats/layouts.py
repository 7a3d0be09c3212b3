"""The layouts of postings in markdown that have heads of their own: the job board's, and the definition's."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.parsing.employer import to_name
from bot.parsing.first_line import LONGEST_TITLE, PIPE, is_employer, read_sentence, strip_signs, to_line
from bot.parsing.formats import Format
from bot.parsing.formats.json_fields import find_spelt, to_letters
from bot.parsing.head import read_head, tag_labels
from bot.parsing.pieces import Piece, head_labels, is_company_like, is_role, legal_forms, read_piece, split_pieces, tokens_of
from bot.text.clean import fold, fold_space
from bot.text.document import BULLET, PROSE, TAG, TITLE, Document, Line, LineKind
from bot.text.gazetteer import form_of
from bot.text.lines import read_lines
from bot.text.markup import MarkedText, find_links, read_markup, strip_markup, to_link
from bot.topics.apply import is_home

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
            below = read_lines(words, first_number=number)
            lines.append(Line(number=number, marked=read_markup(name), kind=LineKind.HEADING))
            lines += [replace(line, headings=(name, *line.headings)) for line in below]
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


DEFINITION = Format(name="definition", read=read_definition)


# The front-matter layout: labelled lines between two lines `---`, then markdown. What markup holds is written in it.

_FENCE = re.compile(r"\s{0,20}---[ \t]{0,20}\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]{0,20}$", re.MULTILINE)
_FIELD = re.compile(r"(?P<label>[^\W\d_][\w /'’()-]{0,40}?)[ \t]{0,5}:[ \t]{1,5}(?P<words>\S.{0,3000})")
_LONGEST_HEAD = 60
"""Lines; what goes on longer is no head."""

_LONGEST_VALUE = 2000
_OWN_TAGS = {"employment type": "type", "workplace": "workplace"}
"""Labels whose values are tags here, besides those of any head."""

_COMMENT = re.compile(r"\s+#(?:\s.*)?$")
_KEY = re.compile(r"(?P<label>[^\W\d_][\w /'’()-]{0,40}?)[ \t]{0,5}:[ \t]*$")
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


def write_sections(parts: Iterable[tuple[str | None, str]]) -> str:
    """Return texts below each other, each under its heading where it has one; what has no words is left out."""
    return "\n\n".join(f"## {heading}\n\n{text}" if heading else text for heading, text in parts if text)


def write_sources(written: str, raw: str) -> str:
    r"""
    Return what was written in this layout with the data's own words behind each salary and place that it does not spell so.

    >>> raw = '{"title": "Cook", "pay": {"min": 30000, "max": 35000, "per": "year"}}'
    >>> write_sources("---\ntitle: Cook\nsalary: 30,000 - 35,000 per year\n---\n", raw).split("\n")[2]
    'salary: 30,000 - 35,000 per year #= min: 30000, max: 35000, per: year'
    """
    head, end, body = written.partition("\n---\n")
    lines = head.split("\n")
    for at, line in enumerate(lines):
        label, _, words = line.partition(": ")
        if label in ("salary", "location") and words not in raw and (own := _find_source(label, words, raw)):
            lines[at] = f"{line}{_SOURCE}{own}"
    return "\n".join(lines) + end + body


_SOURCE = " #= "
_LONGEST_SOURCE = 200
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _find_source(label: str, words: str, raw: str) -> str | None:
    """Return the part of the data that holds a value's figures, or a place's names, each as a value of its own."""
    pieces = [each.replace(",", "").removesuffix(".00") for each in _FIGURE.findall(words)] if label == "salary" else words.split(", ")
    start, stop = -1, 0
    for piece in pieces:
        forms = "|".join(map(re.escape, (piece, *_codes_of(piece))))
        value = re.compile(rf'(?<=[:>\[, "])(?:{forms})(?:(?:00)?(?:\.\d{{0,2}})?)(?=\s?["<,\]}}])')
        values = value.finditer(raw, max(0, start - _LONGEST_SOURCE))
        found = next((each for each in values if start < 0 or each.end() - start <= _LONGEST_SOURCE), None)
        if found is not None:
            start, stop = min(start, found.start()) if start >= 0 else found.start(), max(stop, found.end())
    if start < 0:
        return None
    opens, closes = raw.rfind("{", 0, start) + 1, raw.find("}", stop)
    if not 0 < closes - opens <= _LONGEST_SOURCE:
        opens, closes = max(raw.rfind(sign, 0, start) for sign in "{,>") + 1, stop
    return fold_space(raw[opens:closes].replace('"', "").replace("\\n", " ")).strip()


def _codes_of(place: str) -> list[str]:
    return [code for code, name in form_of("en").territories.items() if name == place and len(code) == 2]  # noqa: PLR2004


def _read_fields(written: Iterable[str], first: int) -> Iterator[Line]:
    """Yield the head's lines: those of a key that has several values, or values of its own, stand under it."""
    under: tuple[str, ...] = ()
    for number, line in _unfolded(written, first):
        is_inner = line[:1] in (" ", "\t")
        if (item := _ITEM.fullmatch(line)) is not None and under:
            yield Line(number=number, marked=read_markup(_without_signs(item["words"])), kind=BULLET, headings=under)
        elif (key := _KEY.fullmatch(line.strip())) is not None:
            under = (key["label"],)
        elif (found := _FIELD.fullmatch(line.strip())) is not None:
            under = under if is_inner else ()
            yield _read_inner(number, found, under) if under else _read_field(number, found)


def _unfolded(written: Iterable[str], first: int) -> Iterator[tuple[int, str]]:
    """Yield the head's lines with their numbers, a value that goes on in indented lines as one."""
    held: tuple[int, str] | None = None
    for number, line in enumerate(written, first):
        bare = line.strip()
        goes_on = (
            line[:1].isspace() and bare and not any(shape.fullmatch(each) for shape, each in ((_ITEM, line), (_KEY, bare), (_FIELD, bare)))
        )
        if held is not None and goes_on and not held[1][:1].isspace() and _FIELD.fullmatch(held[1].strip()):
            held = held[0], f"{held[1].rstrip()} {bare}"
            continue
        if held is not None:
            yield held
        held = number, line
    if held is not None:
        yield held


def _read_inner(number: int, field: re.Match[str], under: tuple[str, ...]) -> Line:
    return Line(number=number, marked=read_markup(field[0]), kind=PROSE, headings=under, label=field["label"], is_field=True)


def _read_field(number: int, field: re.Match[str]) -> Line:
    label = field["label"].casefold()
    words = _without_signs(field["words"])
    name = _OWN_TAGS.get(label) or head_labels().get(fold(label))
    if name == "title":
        return Line(number=number, marked=read_markup(words), kind=TITLE, label=label)
    if name in _TAGS_FRONT_MATTER:
        words, _, own = words.partition(_SOURCE)
        if own:
            size = len(words)
            return Line(number, MarkedText(own, words, starts=(0,) * size, ends=(len(own),) * size), TAG, label=name)
        return Line(number=number, marked=read_markup(words), kind=TAG, label=name)
    return _read_inner(number, field, ())


_TAGS_FRONT_MATTER = frozenset({"location", "salary", "type", "tag", "workplace"})


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
    company = next((_words(line) for name, line in named if name == "company"), None) or _who_seeks(titles)
    links = (link for name, line in named if name == "link" for link in _links_of(line))
    others = [line for line in head if line.kind is PROSE and (line.headings or head_labels().get(fold(line.label or "")) not in _HELD)]
    title, *beside = _part_dots(replace(titles[0], label="title")) if titles else (None,)
    tags += beside
    first = read_head(body) if title is None else None
    read = first.lines if first else tag_labels(body, {line.label or "" for line in tags})
    row = _read_row(read, has_place=any(line.label == "location" for line in tags)) if first is None else None
    if row is not None:
        company, read = company or row[0], row[1]
    tags += [line for line in read if line.kind is TAG]
    body = tuple(line for line in read if line.kind is not TAG)
    return Document(
        title=title.text if title else first.title if first else None,
        company=spell_name(company, body) if company else None,
        link=next(links, None),
        location=" | ".join(line.text for line in tags if line.label == "location") or None,
        rules=("head by its labels", *(first.rules if first else ()), *(("place by the row below its title",) if row else ())),
        lines=(
            *((title,) if title else ()),
            *tags,
            *others,
            *(line for line in head if line.kind is BULLET),
            *body,
        ),
    )


def _who_seeks(titles: Sequence[Line]) -> str | None:
    """Return the company of a title that says that it hires: "title: l'Atelier recrute : un cuisinier" beside "roles: Cuisinier"."""
    read = (read_sentence([replace(line, kind=PROSE, label=None)], {}) for line in titles)
    named = next((one.company for one in read if one is not None and one.company), None)
    return _ELIDED.sub("", named) if named else None


_ELIDED = re.compile(r"^[lL]['’](?=[A-ZÀ-Ý])")


def _part_dots(title: Line) -> Iterator[Line]:
    """Yield a title, and as tags the places and kinds of contract that stand behind it with dots between: "Cook · Lyon"."""
    pieces = [piece for piece in split_pieces(title.text, _DOT) if piece.strip()]
    kinds = [read_piece(piece.strip()) for piece in pieces[1:]]
    if not kinds or not is_role(pieces[0]) or not set(kinds) <= set(_ROW_LABELS):
        yield title
        return
    yield to_line(title, pieces[0], label="title")
    yield from (to_line(title, piece, label=_ROW_LABELS[kind]) for piece, kind in zip(pieces[1:], kinds, strict=True))


def _read_row(body: tuple[Line, ...], *, has_place: bool) -> tuple[str | None, tuple[Line, ...]] | None:
    """Read a row of pieces below a title, as pages have it: "Acme · Lyon, France · Full-time"; None where no place is among them."""
    line = body[0] if body and body[0].kind is PROSE and not body[0].label and len(body[0].text) <= LONGEST_TITLE else None
    pieces = [piece for piece in split_pieces(line.text, PIPE) if piece.strip()] if line else []
    kinds = [read_piece(strip_signs(piece)) for piece in pieces]
    if line is None or has_place or len(pieces) < 2 or Piece.PLACE not in kinds or not set(kinds) <= _IN_ROW:  # noqa: PLR2004
        return None
    tags = tuple(to_line(line, piece, label=_ROW_LABELS.get(kind, "tag")) for piece, kind in zip(pieces, kinds, strict=True))
    name = strip_signs(pieces[0])
    is_name = kinds[0] is Piece.OTHER and is_company_like(name) and to_name(name) is not None
    is_sure = is_name and (is_employer(name, body) or not legal_forms().isdisjoint(tokens_of(name)[-1:]))
    return name if is_sure else None, (*tags[is_sure:], *body[1:])


_DOT = re.compile(r"\s+[·•]\s+")
_ROW_LABELS = {Piece.PLACE: "location", Piece.CONTRACT: "type", Piece.PAY: "salary"}
_IN_ROW = frozenset({*_ROW_LABELS, Piece.OTHER, Piece.TOOLS})
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
    return find_spelt(to_letters(name), "\n".join(line.text for line in body)) or name


def _words(line: Line) -> str:
    return _without_signs(line.text.partition(":")[2])


FRONT_MATTER = Format(name="front matter", read=read_front_matter)
