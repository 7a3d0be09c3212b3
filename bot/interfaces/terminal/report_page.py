"""Postings as one HTML page that needs nothing else: each line beside what was found in it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from bot.domain.posting import Posting
from bot.interfaces.terminal.plain_text import harmless
from bot.interfaces.terminal.report_lines import Mark, ReportLine, Use, read_report_lines
from bot.interfaces.terminal.report_style import STYLE
from bot.topics import TOPICS

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_COLOURS = 360
"""Degrees of the circle of colours, shared out among the topics."""

_DEEPEST = 12
_NOTES = {Use.REPEATED: "said above, read once"}


def write_report(postings: Sequence[Posting]) -> Iterator[str]:
    """Yield the page, piece by piece."""
    title = f"What was read in {harmless(postings[0].source)}" if len(postings) == 1 else f"What was read in {len(postings)} postings"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
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
    yield f"<div><dt>Link</dt><dd>{_link(posting.link) if posting.link else _SILENT}</dd></div>\n</dl>\n"
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
    told = f"{count:,} fact{'' if count == 1 else 's'}; {uses[Use.USED]:,} of {says:,} lines used, {uses[Use.UNUSED]:,} not."
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
    return " · ".join(filter(None, (posting.company, posting.title))) or posting.source


def _link(link: str) -> str:
    return f'<a href="{escape(link)}" rel="noopener noreferrer nofollow">{_text(link)}</a>'


def _text(words: str) -> str:
    """Return words of a posting as they are shown: nothing in them is markup, turns the direction or is invisible."""
    return escape(harmless(words))


_SILENT = '<span class="note">not stated</span>'
_KEY = (
    '<span class="used">a fact rests on it</span> <span class="heading">heading</span> '
    '<span class="unused">nothing used it</span> <span class="repeated">said before</span>'
)
