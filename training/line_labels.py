"""What the lines of postings are, as far as their headings and plain wording tell: what `training.lines` learns from."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tomli

from bot.domain.errors import RolecallError
from bot.parsing.employer import find_company_name
from bot.parsing.parse import read_document, render_markup
from bot.text.clean import fold, repair
from bot.text.document import BULLET, Document, Line
from bot.text.headings import SectionKind
from bot.text.items import read_items_by_rules
from bot.text.lexicon import data_directory, split_words
from bot.text.line_model import LineClass, ModelLine, model_lines
from bot.text.sections import LISTED, Section, split_sections
from bot.text.wording import is_about_pay, is_legal

CLASS_OF = {
    SectionKind.REQUIREMENTS: LineClass.REQUIREMENT,
    SectionKind.PREFERRED: LineClass.PREFERRED,
    SectionKind.RESPONSIBILITIES: LineClass.DUTY,
    SectionKind.BENEFITS: LineClass.BENEFIT,
}
"""What the lines under a heading are: in lists, its items."""

_WHOLE_SECTION = {
    SectionKind.COMPANY: LineClass.COMPANY,
    SectionKind.LEGAL: LineClass.LEGAL,
    SectionKind.PROCESS: LineClass.APPLY,
    SectionKind.ROLE: LineClass.NONE,
    SectionKind.STACK: LineClass.NONE,
    SectionKind.OTHER: LineClass.NONE,
    SectionKind.WHY: LineClass.COMPANY,
}
"""What the lines under other headings are where their own words say nothing else."""

_READ_AS_LISTS = LISTED | {SectionKind.WHY, SectionKind.ROLE, SectionKind.PAY}
"""Headings under which the bot's rules find items: their own lists, and those that reasons to join or the job in general hold."""

_LONG = 700
"""Characters of a paragraph that says several things at once."""


@dataclass(frozen=True, slots=True)
class LabelledPosting:
    """A posting's lines as the model reads them, with what each is where that is known."""

    path: str
    source: str
    """The company, or the file where it is unknown: postings of one company share their passages."""

    title: str
    numbers: tuple[int, ...]
    """Where each line stands in the file, counted from 1."""

    lines: tuple[ModelLine, ...]
    labels: tuple[LineClass | None, ...]


def read_postings(folder: Path, paths: Iterable[Path]) -> Iterator[LabelledPosting]:
    """Yield the postings of files, those left out that cannot be read as one."""
    for path in paths:
        posting = read_posting(path, path.relative_to(folder).as_posix())
        if posting is not None and len(posting.lines) > 1:
            yield posting


def read_posting(path: Path, name: str) -> LabelledPosting | None:
    """Return a file's posting, or None if it is none."""
    raw = path.read_text("utf-8", "replace")
    if path.suffix == ".json":
        raw = json.dumps(json.loads(raw), ensure_ascii=False)
    text = repair(raw)
    try:
        document = read_document(render_markup(text) or text)
    except RolecallError:
        return None
    company = document.company or find_company_name(document)
    source = fold(company) if company else name
    told = dict(_labels(document))
    lines = model_lines(document)
    labels = tuple(told.get(id(line)) for line in document.statements)
    return LabelledPosting(name, source, document.title or "", tuple(line.number for line in document.statements), lines, labels)


def without_headings(lines: Sequence[ModelLine], *, with_sections: bool) -> tuple[ModelLine, ...]:
    """Return the lines as where no heading is known; `with_sections` still tells where one stood."""
    return tuple(line._replace(heading="", section=line.section if with_sections else 0) for line in lines)


def _labels(document: Document) -> Iterator[tuple[int, LineClass]]:
    items = {id(item.line): CLASS_OF[item.kind] for item in read_items_by_rules(document)}
    for at, section in enumerate(split_sections(document)):
        for line in section.lines:
            label = _label_of(line, section, items.get(id(line)), is_first=at == 0)
            if label is not None:
                yield id(line), label


def _label_of(line: Line, section: Section, item: LineClass | None, *, is_first: bool) -> LineClass | None:
    """Return what a line is: by plain wording, then as an item under a heading that tells, then by its section."""
    worded = _by_wording(line)
    if line.text.lstrip().startswith("#"):
        return LineClass.NONE
    if item is not None and section.kind in _READ_AS_LISTS:
        return worded if worded in {LineClass.PAY, LineClass.LEGAL} else item
    if worded is not None:
        return worded
    if section.kind in _WHOLE_SECTION:
        return _WHOLE_SECTION[section.kind]
    if section.kind is None and line.kind is not BULLET:
        return LineClass.COMPANY if _holds("company", line.text[:_LONG]) else LineClass.NONE if is_first else None
    return None


def _by_wording(line: Line) -> LineClass | None:
    text = line.text[:_LONG]
    if _holds("legal", text) or is_legal(split_words(text)):
        return LineClass.LEGAL
    if _holds("money", text) and not _holds("not_pay", text) and (_holds("pay", text) or is_about_pay(split_words(text))):
        return LineClass.PAY
    if _holds("apply", text):
        return LineClass.APPLY
    return LineClass.PLACE if _holds("place", text) else None


def _holds(cue: str, text: str) -> bool:
    return _cues()[cue].search(text) is not None


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """The wordings in data/lines/cues.toml."""
    written = tomli.loads((data_directory() / "lines" / "cues.toml").read_text("utf-8"))
    return {name: re.compile("|".join(wordings), re.IGNORECASE) for name, wordings in written.items()}
