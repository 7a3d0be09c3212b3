"""`parse`: what is read in each posting file, as a page or as JSON; nothing is kept."""

from argparse import Namespace
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import Any

from bot.cli import complain
from bot.cli.ask import error_as_json, posting_as_json
from bot.cli.terminal import BLANK, Paragraph, open_console, quote_paragraphs, rendered_paragraphs, show, writing_to
from bot.domain.answer import count_of
from bot.domain.errors import RolecallError, UnreadablePosting
from bot.domain.facts import Fact
from bot.domain.posting import Posting, company_and_title
from bot.intake.files import read_stream, refuse
from bot.intake.reading import read_posting
from bot.intake.sources import Refusal, Source
from bot.parsing.parse import read_document
from bot.presentation.answer_card import bare_letters
from bot.presentation.failures import describe, harmless
from bot.text.clean import fold_space
from bot.text.document import Line, LineKind
from bot.text.headings import read_section_kind
from bot.text.items import explain_lines
from bot.text.lexicon import data_directory
from bot.topics import TOPICS
from bot.topics.topic import Topic


def run_parse(arguments: Namespace) -> int:
    """Show every posting that can be read, also behind one that cannot."""
    status = 0
    for found in _read_all(arguments.files):
        status |= isinstance(found, Refusal)
        if arguments.json:
            print(error_as_json(found.source, found.reason) if isinstance(found, Refusal) else posting_as_json(found), flush=True)  # noqa: T201
        elif isinstance(found, Refusal):
            complain(found.reason)
        else:
            show(open_console(), [*posting_page(found), BLANK])
    return status


def _read_all(files: Iterable[str]) -> Iterator[Posting | Refusal]:
    """Yield what is in files, and why one could not be read on, whatever went wrong."""
    for file in files:
        try:
            yield from read_posting_file(file)
        except Exception as error:  # noqa: BLE001 - the outermost handler of a file
            yield Refusal(file, describe(error, met_with=file))


# One file, whatever its format, and each posting in it.


def read_posting_file(file: str) -> Iterator[Posting | Refusal]:
    """Yield each posting of a file, or why it is none; UnreadablePosting says in one line why the file holds none."""
    if Path(file).is_dir():
        raise UnreadablePosting(f"{file} is a folder, and parse reads single files; name the files in it, or add them all with import")
    try:
        with Path(file).open("rb") as stream:
            found = read_stream(file, stream)
            first = tuple(islice(found, 2))
            is_single = len(first) == 1
            for each in chain(first, found):
                yield _read(replace(each, name=file) if is_single and isinstance(each, Source) else each)
    except (OSError, ValueError) as error:  # ValueError for a name that no file can have
        raise UnreadablePosting(refuse(file, error).reason) from None


def _read(found: Source | Refusal) -> Posting | Refusal:
    if isinstance(found, Refusal):
        return found
    try:
        return read_posting(replace(found, is_vouched_for=True))
    except UnreadablePosting as error:
        return Refusal(found.name, str(error))


# A posting as a page: its head, what was read on each topic with its quotes, and what it does not say.

_INDENT = "  "


def posting_page(posting: Posting) -> Iterator[Paragraph]:
    """Yield the page."""
    yield Paragraph(company_and_title(posting.company, posting.title), style="bold")
    if posting.location:
        yield Paragraph(posting.location)
    if posting.link:
        yield Paragraph(posting.link, style="dim", link=posting.link)
    yield Paragraph(f"read from {posting.source}", style="dim")
    for topic in TOPICS:
        facts = topic.facts_in(posting)
        if facts:
            rendered = topic.render_in("en", facts)
            yield BLANK
            yield Paragraph(topic.label, style="bold cyan")
            yield from rendered_paragraphs(rendered, indent=_INDENT)
            yield from quote_paragraphs((fact.quote for fact in facts), rendered, indent=_INDENT * 2)
    if silent := [topic.label for topic in TOPICS if not topic.facts_in(posting)]:
        yield BLANK
        yield Paragraph(", ".join(silent), first="The posting does not say: ", rest=_INDENT, style="dim")


# `report`: each line of posting files beside what was found in it, as a page for the browser; nothing is kept.


def run_report(arguments: Namespace) -> int:
    """Report on every posting that can be read, also behind one that cannot."""
    output = arguments.output
    if output and any(output.exists() and "\0" not in file and Path(file).exists() and output.samefile(file) for file in arguments.files):
        raise RolecallError(f"{output} is the posting itself and would be lost; name another file behind --output")
    found = list(_read_all(arguments.files))
    for one in found:
        if isinstance(one, Refusal):
            complain(one.reason)
    postings = [one for one in found if isinstance(one, Posting)]
    if postings:
        with writing_to(output, may_replace=arguments.overwrite) as write:
            for piece in write_report(postings):
                write(piece)
        if output:
            print(f"report written to {harmless(str(output))}")  # noqa: T201
    return 0 if len(postings) == len(found) else 1


# A posting's lines beside what was found in each: which facts quote it, and which lines nothing used.

_MOST_PLACES = 50
"""Places of one quote that are looked at for the heading that it stands under."""

_LONG_ENOUGH_TO_KNOW = 40
"""Characters: a line this long that stood before is the same passage, which is read once."""


class Use(StrEnum):
    """What became of a line."""

    USED = "used"
    UNUSED = "unused"
    HEADING = "heading"
    REPEATED = "repeated"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was found in a line."""

    label: str
    """The topic's label, a field of the head, or "Section"."""

    value: str
    """What was understood; empty where it is the line itself."""

    place: int
    """The topic's place in TOPICS, -1 for what is no topic's."""


@dataclass(slots=True)
class ReportLine:
    """One line of the posting."""

    number: int
    text: str
    use: Use
    marks: list[Mark] = field(default_factory=list)


def read_report_lines(posting: Posting) -> list[ReportLine]:
    r"""
    Return every line of a posting's text with what was found in it.

    >>> posting = Posting(source="a", title="Cook", company=None, link=None, location=None, text="# Cook\n\nWe cook.")
    >>> [(line.number, line.use.value, [mark.label for mark in line.marks]) for line in read_report_lines(posting)]
    [(1, 'used', ['Title']), (2, 'blank', []), (3, 'unused', ['Read as'])]
    """
    places = _Places(posting.text)
    lines = _bare_lines(posting, places)
    for label, value in (("Title", posting.title), ("Company", posting.company), ("Location", posting.location), ("Link", posting.link)):
        for number in places.find(value, heading=None)[:1]:
            lines[number].marks.append(Mark(label, value or "", place=-1))
            lines[number].use = Use.HEADING if lines[number].use is Use.HEADING else Use.USED
    for place, topic in enumerate(TOPICS):
        for fact in topic.facts_in(posting):
            _add_fact(lines, places.find(fact.quote.text, heading=fact.quote.heading), _to_mark(topic, fact, place=place))
    for known, read in explain_lines(places.document):
        if 0 < known.number <= len(lines):
            lines[known.number - 1].marks.append(Mark("Read as", read, place=-1))
    return lines


def _add_fact(lines: list[ReportLine], numbers: list[int], mark: Mark) -> None:
    """Set the mark beside the first line that the quote stands in, and count all of them as used."""
    for number in numbers:
        if lines[number].use is not Use.HEADING:
            lines[number].use = Use.USED
    if numbers and mark not in lines[numbers[0]].marks:
        lines[numbers[0]].marks.append(mark)


def _to_mark(topic: Topic[Any], fact: Fact[Any], *, place: int) -> Mark:
    value = str(fact.value) if isinstance(fact.value, str) else topic.render_in("en", (fact,)).sentence
    return Mark(topic.label, "" if bare_letters(value) == bare_letters(fact.quote.text) else value, place)


def _bare_lines(posting: Posting, places: "_Places") -> list[ReportLine]:
    seen: set[str] = set()
    lines = [ReportLine(number, text, Use.UNUSED) for number, text in enumerate(posting.text.split("\n"), 1)]
    for line in lines:
        words = fold_space(line.text).casefold()
        if not any(map(str.isalnum, words)):
            line.use = Use.BLANK
        elif (known := places.known.get(line.number)) and known.kind is LineKind.HEADING:
            line.use = Use.HEADING
            kind = read_section_kind(known.text)
            line.marks += [Mark("Section", kind.value, place=-1)] if kind else []
        elif words in seen and len(words) >= _LONG_ENOUGH_TO_KNOW:
            line.use = Use.REPEATED
        seen.add(words)
    return lines


class _Places:
    """Finds the lines that words stand in, white space folded."""

    def __init__(self, text: str) -> None:
        self.document = read_document(text)
        self.known: dict[int, Line] = {line.number: line for line in self.document.lines}
        self._numbers = sorted(self.known)
        folded = [fold_space(line) for line in text.split("\n")]
        self._starts = list(accumulate((len(line) + 1 if line else 0 for line in folded), initial=0))
        self._text = " ".join(filter(None, folded))

    def find(self, words: str | None, *, heading: str | None) -> list[int]:
        """Return the lines, counted from 0, of the first place of words, under their heading where they are there; nothing for none."""
        sought = fold_space(words or "")
        found = list(self._find_all(sought)) if sought else []
        under = [at for at in found if self._heading_at(at) == heading]
        return [line for at in (under or found)[:1] for line in range(self._line_at(at), self._line_at(at + len(sought) - 1) + 1)]

    def _find_all(self, sought: str) -> Iterator[int]:
        at = -1
        for _ in range(_MOST_PLACES):
            at = self._text.find(sought, at + 1)
            if at < 0:
                return
            yield at

    def _line_at(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _heading_at(self, at: int) -> str | None:
        before = bisect_right(self._numbers, self._line_at(at) + 1) - 1
        return self.known[self._numbers[before]].heading if before >= 0 else None


# Postings as one HTML page that needs nothing else: each line beside what was found in it.

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_COLOURS = 360
"""Degrees of the circle of colours, shared out among the topics."""

_DEEPEST = 12
_NOTES = {Use.REPEATED: "said above, read once"}


def write_report(postings: Sequence[Posting]) -> Iterator[str]:
    """Yield the page, piece by piece."""
    style = (data_directory() / "report.css").read_text("utf-8")
    title = f"What was read in {harmless(postings[0].source)}" if len(postings) == 1 else f"What was read in {len(postings)} postings"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
    if len(postings) > 1:
        entries = "".join(f'<li><a href="#p{place}">{_text(_name(posting))}</a></li>' for place, posting in enumerate(postings))
        yield f"<nav><h1>{escape(title)}</h1><ol>{entries}</ol></nav>\n"
    for place, posting in enumerate(postings):
        yield from _write_posting(posting, f"p{place}")
    yield "</body>\n</html>\n"


def _write_posting(posting: Posting, anchor: str) -> Iterator[str]:
    lines = read_report_lines(posting)
    yield f'<main id="{anchor}">\n<header>\n<h1>{_text(posting.title or "Untitled")}</h1>\n<dl>\n'
    for label, value in (("Company", posting.company), ("Location", posting.location), ("Source", posting.source)):
        yield f"<div><dt>{label}</dt><dd>{_text(value) if value else _SILENT}</dd></div>\n"
    link = f'<a href="{escape(posting.link)}" rel="noopener noreferrer nofollow">{_text(posting.link)}</a>' if posting.link else _SILENT
    yield f"<div><dt>Link</dt><dd>{link}</dd></div>\n</dl>\n"
    if rules := read_document(posting.text).rules:
        yield f'<p class="note">How the head was read: {_text("; ".join(rules))}.</p>\n'
    yield f'{_summary(posting, lines)}</header>\n<div class="key">{_KEY}</div>\n<table>\n'
    yield '<thead><tr><th scope="col">Line</th><th scope="col">The posting</th><th scope="col">What was found</th></tr></thead>\n<tbody>\n'
    yield from map(_row, lines)
    yield "</tbody>\n</table>\n</main>\n"


def _summary(posting: Posting, lines: Sequence[ReportLine]) -> str:
    uses = Counter(line.use for line in lines)
    says = uses[Use.USED] + uses[Use.UNUSED]
    count = sum(map(len, posting.facts.values()))
    found = [(place, topic.label, len(topic.facts_in(posting))) for place, topic in enumerate(TOPICS)]
    chips = "".join(f'<li style="--hue:{_hue(place)}">{escape(label)} <b>{number}</b></li>' for place, label, number in found if number)
    silent = ", ".join(escape(label) for _, label, number in found if not number)
    told = f"{count_of(count, 'fact')}; {uses[Use.USED]:,} of {says:,} lines used, {uses[Use.UNUSED]:,} not."
    rest = f"<p>The posting does not say: {silent}.</p>" if silent else ""
    return f'<p><strong>{told}</strong></p>\n<ul class="chips">{chips}</ul>\n{rest}\n'


def _row(line: ReportLine) -> str:
    indent = min(len(line.text) - len(line.text.lstrip()), _DEEPEST)
    style = f' style="padding-left:calc(.7rem + {indent}ch)"' if indent else ""
    note = f'<span class="note">{_NOTES[line.use]}</span>' if line.use in _NOTES else ""
    marks = "".join(map(_mark, line.marks)) + note
    return f'<tr class="{line.use}"><th scope="row">{line.number}</th><td dir="auto"{style}>{_text(line.text)}</td><td>{marks}</td></tr>\n'


def _mark(mark: Mark) -> str:
    hue = f' style="--hue:{_hue(mark.place)}"' if mark.place >= 0 else ""
    kind = "fact" if mark.place >= 0 else "head"
    return f'<span class="{kind}"{hue}><b>{escape(mark.label)}</b>{f" <i>{_text(mark.value)}</i>" if mark.value else ""}</span>'


def _hue(place: int) -> int:
    return place * _COLOURS // len(TOPICS)


def _name(posting: Posting) -> str:
    return company_and_title(posting.company, posting.title, otherwise=posting.source)


def _text(words: str) -> str:
    """Return words of a posting as they are shown: nothing in them is markup, turns the direction or is invisible."""
    return escape(harmless(words))


_SILENT = '<span class="note">not stated</span>'
_KEY = (
    '<span class="used">a fact rests on it</span> <span class="heading">heading</span> '
    '<span class="unused">nothing used it</span> <span class="repeated">said before</span>'
)
