"""What the lines of postings are, as far as their headings and plain wording tell: what `training.lines` learns from."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import RolecallError
from bot.parsing.heading import find_company_name
from bot.parsing.parse import read_document, render_markup
from bot.text.clean import fold, fold_space, repair
from bot.text.document import BULLET, HEADING, Document, Line
from bot.text.item_wording import is_about_pay, is_legal
from bot.text.items import read_items
from bot.text.line_model import LineClass, ModelLine
from bot.text.phrases import split_words
from bot.text.section_kind import SectionKind
from bot.text.sections import LISTED, Section, split_sections

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

_LEGAL = re.compile(
    r"equal[- ](?:employment[- ])?opportunit|without regard to|regardless of (?:race|age|gender|your)|reasonable (?:accommodation|adjustment)|discriminat|privacy (?:policy|notice)"
    r"|background check|e-verify|affirmative action|protected veteran|recruitment (?:fraud|scam|agenc)|drug[- ]free|fair chance|all qualified applicants"
    r"|protected (?:by law|class|characteristic)|chancengleichheit|unabhängig von|datenschutz|schwerbehind|égalité des chances|handicap\b|discrimin|rgpd|dsgvo|gdpr"
    r"|igualdad de oportunidades|sin distinción|diskriminier|igualdade de oportunidades|lgpd|independentemente d[eao] (?:raça|gênero|idade)",
    re.IGNORECASE,
)
_APPLY = re.compile(
    r"\b(?:apply (?:now|today|here|online|via|through|by|at|using|directly)|to apply|click (?:here|to|the)|send (?:us |me |your |an? )(?:\w+ ){0,4}(?:cv|resume|résumé|portfolio|email|application)"
    r"|(?:email|e-mail) (?:us|me|your)|submit (?:your|an?) |cover letter|application (?:deadline|process|form|closes)|closing date|interview process|hiring process"
    r"|bewirb dich|bewerbung|bewerben sie|postulez|envoyez|candidature|lettre de motivation|enviar? (?:tu|su|seu|el|o) (?:cv|curr[ií]c)|env[ií]a(?:nos)? |inscríbete|postula|candidate-se|envie )",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥₹]\s?\d|R\$\s?\d|\d\s?[€£]|\b(?:USD|EUR|GBP|CAD|AUD|BRL|CHF|INR|MXN)\s?\d|\d[\d.,]*\s?(?:USD|EUR|GBP|CAD|AUD|BRL|CHF|INR|MXN)\b",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"\b(?:salar|pay\b|pay range|compensation|hourly|per (?:hour|year|annum|month|week|day)|annual|wage|base|rate|ote\b|gehalt|vergütung|brutto|stunde|rémunération|brut|par an|tjm|sueldo|bruto|remunera|mensual|mensal|faixa)"
    r"|/\s?(?:hr|hour|yr|year|mo|month|day)\b|\d\s?k\b",
    re.IGNORECASE,
)
_NO_PAY = re.compile(
    r"stipend|reimburs|allowance|401|budget|bonus of|raised|funding|revenue|billion|million|arr\b|referral|up to \$\d{1,4}\b(?!,)|match",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^\W*(?:(?:job |work |primary |office )?locations?|standort|arbeitsort|einsatzort|lieu|localisation|ubicación|lugar|localização|local|workplace|where)\s?:\s*\S"
    r"|^\W*(?:(?:100 ?% |fully |full |hybrid |onsite |on-site )?remote|hybrid|onsite|on-site)\b.{0,60}$"
    r"|\b(?:must|need to|should|required to|have to) (?:be |live |reside |work )?(?:located|based|resid\w+|live|in the) "
    r"|\b(?:this|the) (?:role|position|job) (?:is|can be|will be) (?:\w+ ){0,3}(?:remote|hybrid|on-?site|based|located)|\bdays? (?:a|per) week in (?:the|our) office"
    r"|\b(?:open to|accept) (?:candidates|applicants|applications) (?:\w+ ){0,2}(?:in|from|located|based)|\btime ?zones?\b.{0,40}\b(?:overlap|within|hours|utc|gmt|est|cet)"
    r"|\btélétravail\b.{0,60}$|\bhome[- ]?office\b.{0,40}$|\bteletrabajo\b.{0,40}$|\b(?:trabalho|trabajo|modalidad|modelo) (?:100 ?% )?(?:remot|híbrid|presencial)",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"^\W*(?:we are|we're|we’re|our (?:mission|vision|company|customers|team of)|founded|headquartered|established|wir sind|nous sommes|somos|notre mission|unsere mission|about us)\b"
    r"|\b(?:is (?:a|an|the|one of the) (?:\w+[ -]){0,5}(?:company|startup|leader|provider|platform|firm|agency|organization|organisation|bank|fintech|business|manufacturer|retailer|consultancy|nonprofit|non-profit)"
    r"|our mission is|was founded|founded in|series [a-e]\b|headquartered in|backed by)",
    re.IGNORECASE,
)
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


def model_lines(document: Document) -> tuple[ModelLine, ...]:
    """Return the lines of a document that say something as the model reads them."""
    found, section, path = [], 0, None
    for line in document.body:
        if line.kind is HEADING or line.headings != path:
            section += line.kind is HEADING or path is not None
            path = line.headings if line.kind is not HEADING else None
        if line.kind is not HEADING:
            heading = fold_space(line.heading or "")
            found.append(ModelLine(line.text, is_bullet=line.kind is BULLET, heading=heading, depth=line.depth, section=section))
    return tuple(found)


def without_headings(lines: Sequence[ModelLine], *, with_sections: bool) -> tuple[ModelLine, ...]:
    """Return the lines as where no heading is known; `with_sections` still tells where one stood."""
    return tuple(line._replace(heading="", section=line.section if with_sections else 0) for line in lines)


def _labels(document: Document) -> Iterator[tuple[int, LineClass]]:
    items = {id(item.line): CLASS_OF[item.kind] for item in read_items(document)}
    for at, section in enumerate(split_sections(document)):
        for line in section.lines:
            label = _label_of(line, section, items.get(id(line)), is_first=at == 0)
            if label is not None:
                yield id(line), label


def _label_of(line: Line, section: Section, item: LineClass | None, *, is_first: bool) -> LineClass | None:
    """Return what a line is: by plain wording, then as an item under a heading that tells, then by a heading that tells of all its lines."""
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
        return LineClass.COMPANY if _COMPANY.search(line.text[:_LONG]) else LineClass.NONE if is_first else None
    return None


def _by_wording(line: Line) -> LineClass | None:
    text = line.text[:_LONG]
    if _LEGAL.search(text) or is_legal(split_words(text)):
        return LineClass.LEGAL
    if _MONEY.search(text) and not _NO_PAY.search(text) and (_PAY.search(text) or is_about_pay(split_words(text))):
        return LineClass.PAY
    if _APPLY.search(text):
        return LineClass.APPLY
    return LineClass.PLACE if _PLACE.search(text) else None
