"""A web page or JSON as schema.org describes it: its JobPosting, or the main text of an HTML page."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from bot.parsing.employer import find_company_name, not_names
from bot.parsing.formats import Format
from bot.parsing.formats.layouts import write_front_matter
from bot.text.clean import fold, fold_space
from bot.text.document import Document
from bot.text.hypertext import has_tags, parse_tree, write_lines
from bot.text.lexicon import read_lexicon
from bot.text.lines import read_lines
from bot.text.markup import to_link

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode
import json
from typing import Any

from bot.parsing.formats.json_fields import (
    Object,
    as_list,
    as_markup,
    as_number,
    as_object,
    as_words,
    each_words,
    name_country,
    read_data,
    read_json,
    walk_objects,
    write_day,
    write_pay,
    write_place,
)
from bot.text.hypertext import read_hypertext

# An HTML page: its main text, without what stands around it.

_BEGINNING = re.compile(r"\s{0,1000}<(?:!doctype|!--|\?xml|[a-zA-Z][\w-]{0,30}[\s/>])", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+")
_AROUND = frozenset({"nav", "footer", "header", "aside", "form"})
_MAIN = "main, [role=main], article, [itemprop=description]"
_ENOUGH = 300
"""Letters: a main part with fewer is a teaser, and the whole page is read."""

_MOST = 20
_LONGEST_TITLE = 200
_LONGEST_NAME = 60
_TAIL = re.compile(r"\s(?:careers?|jobs|karriere|job board|emplois?|carrières|empleos?|vagas)$", re.IGNORECASE)


def render_html(text: str) -> str | None:
    """
    Return a page's title, company and main text, or None for a text that is no HTML.

    >>> print(render_html("<title>Cook</title><nav>Home</nav><h1>Cook</h1><p>We cook.</p><footer>Terms</footer>"))
    ---
    title: Cook
    ---
    <BLANKLINE>
    We cook.
    >>> render_html("We use <b> and <i>.") is None
    True
    """
    if not _BEGINNING.match(text) or not has_tags(text):
        return None
    page = parse_tree(text)
    title = _find_title(page)
    body = _without_title(_main_text(page), title)
    return write_front_matter(
        [("title", title), ("company", _find_company(page, title, body)), ("link", _find_link(page))],
        body,
    )


def _main_text(page: "LexborHTMLParser") -> str:
    """Return the text of the part that is the page's own, or of the whole page where that is next to nothing."""
    kept = frozenset(_around_titles(page))

    def skip(node: "LexborNode") -> bool:
        return node.mem_id not in kept and _stands_around(node)

    whole = page.body or page.root
    main = page.css_first(_MAIN)
    for root in (main, whole):
        text = write_lines(root, skip) if root is not None else ""
        if sum(map(str.isalnum, text)) >= _ENOUGH:
            return text
    return text


def _around_titles(page: "LexborHTMLParser") -> Iterator[int]:
    """Yield the parts that a main heading stands in, which are kept whatever they are called."""
    seen: set[int] = set()
    for title in page.css("h1")[:_MOST]:
        node: LexborNode | None = title
        while node is not None and node.mem_id not in seen:
            seen.add(node.mem_id)
            yield node.mem_id
            node = node.parent


def _stands_around(node: "LexborNode") -> bool:
    if node.tag in _AROUND:
        return True
    attributes = node.attributes
    if not attributes or node.tag in ("html", "body", "main", "article"):
        return False
    if "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower():
        return True
    if (attributes.get("role") or "").lower() in _words_of("roles"):
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return any(word.lower() in _words_of("names") for word in _WORD.findall(named[:500]))


@cache
def _words_of(which: str) -> frozenset[str]:
    return frozenset(read_lexicon("page_parts")[which].split())


def _find_title(page: "LexborHTMLParser") -> str | None:
    headings = (fold_space(write_lines(node).lstrip("# ")) for node in page.css("h1")[:_MOST])
    heading = next((words for words in headings if 0 < len(words) <= _LONGEST_TITLE), None)
    title = page.css_first("title")
    return (
        heading
        or _meta(page, "og:title")
        or _meta(page, "title")
        or (fold_space(title.text())[:_LONGEST_TITLE] if title is not None else None)
    )


def _find_company(page: "LexborHTMLParser", title: str | None, body: str) -> str | None:
    """
    Return the name that the page gives its site, or sets beside the title, where the text calls the employer so.

    A job board's name is not the employer's.
    """
    if stated := _stated_employer(page):
        return stated
    names = [_TAIL.sub("", name).strip() for name in (*_beside_title(page, title), _meta(page, "og:site_name") or "")]
    name = next((name for name in names if _may_be_employer(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", body)), None)
    if name is None:
        return None
    found = find_company_name(Document(None, None, None, None, read_lines(body)))
    return name if found is None or fold(found) in fold(name) or fold(name) in fold(found) else found


def _stated_employer(page: "LexborHTMLParser") -> str | None:
    """Return the employer's name where the page marks it in schema.org's words."""
    for node in page.css(_EMPLOYER)[:_MOST]:
        words = fold_space(node.attributes.get("content") or node.text())
        if 0 < len(words) <= _LONGEST_NAME:
            return words
    return None


_EMPLOYER = '[itemprop="hiringOrganization"] [itemprop="name"], [itemprop="hiringOrganization"]'


def _beside_title(page: "LexborHTMLParser", title: str | None) -> Iterator[str]:
    """Yield what stands behind the title in the page's own: "Cook - Bistro | Jobs", "Cook at Bistro"."""
    node = page.css_first("title")
    whole = fold_space(node.text())[:_LONGEST_TITLE] if node is not None else ""
    if title and title != whole and whole.startswith(title):
        yield from (part.strip() for part in _BESIDE.split(whole[len(title) :]) if part.strip())


_BESIDE = re.compile(r"\s(?:[-–—|•·]|at|@|bei|chez)\s")


def _may_be_employer(name: str) -> bool:
    plain = "".join(filter(str.isalnum, fold(name).partition(".")[0]))
    return bool(plain) and len(name) <= _LONGEST_NAME and plain not in not_names("domains")


def _find_link(page: "LexborHTMLParser") -> str | None:
    canonical = page.css_first("link[rel=canonical]")
    address = canonical.attributes.get("href") if canonical is not None else None
    return to_link(address or "") or to_link(_meta(page, "og:url") or "")


def _meta(page: "LexborHTMLParser", name: str) -> str | None:
    node = page.css_first(", ".join(f'meta[{key}="{name}"]' for key in ("property", "name", "itemprop")))
    return fold_space(node.attributes.get("content") or "") or None if node is not None else None


def _without_title(body: str, title: str | None) -> str:
    """Leave out the heading that the title was read from: above everything it would head every section."""
    lines = body.split("\n")
    return "\n".join(line for line in lines if not line.startswith("# ") or fold_space(line.lstrip("# ")) != title).strip()


HTML = Format(name="HTML page", render=render_html)


# A text whose body alone is HTML, below lines of words.

_BLOCK = re.compile(r"^[ \t]{0,20}<(?:p|div|ul|ol|li|h[1-6]|section|article|table)\b[^<>]{0,2000}>", re.IGNORECASE | re.MULTILINE)
_BLOCK_END = re.compile(r"</(?:p|div|ul|ol|li|h[1-6]|section|article|td)>", re.IGNORECASE)
_LONGEST_HEAD, _LEAST_BLOCKS, _LEAST_SHARE = 1_500, 3, 0.6
"""Characters of the words above, blocks of the body, and the share of its lines that hold a tag: text between them would run together."""


def render_html_body(text: str) -> str | None:
    r"""
    Return the lines of a head and the text of the HTML below it, or None for a text of another kind.

    >>> print(render_html_body("Cook\nBistro\n\n<p>We cook.</p>\n<ul>\n<li>Knives</li>\n<li>Pans</li>\n</ul>"))
    Cook
    Bistro
    <BLANKLINE>
    We cook.
    <BLANKLINE>
    * Knives
    * Pans
    >>> render_html_body("We bake.\n<p>And cook.</p>") is None
    True
    """
    begun = _BLOCK.search(text, 0, _LONGEST_HEAD) if "<" in text else None
    if begun is None or not text[: begun.start()].strip() or has_tags(text[: begun.start()]):
        return None
    body = text[begun.start() :]
    lines = [line for line in body.splitlines() if line.strip()]
    if len(_BLOCK_END.findall(body)) < _LEAST_BLOCKS or sum(map(has_tags, lines)) < _LEAST_SHARE * len(lines):
        return None
    return f"{text[: begun.start()]}{read_hypertext(body)}"


HTML_BODY = Format(name="words above HTML", render=render_html_body)


_SCRIPT = re.compile(r"<script\b[^>]{0,300}\bld(?:\+|&#(?:x2b|43);|&plus;)json[^>]{0,300}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_WRAPPING = re.compile(r"^\s*(?://\s?)?(?:<!--|<!\[CDATA\[)|(?://\s?)?(?:-->|\]\]>)\s*$")
_KIND = re.compile(r"(?:.{0,60}[/:#])?JobPosting")
_MOST_SCRIPTS = 50
_INSIDE = frozenset({"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"})
_LEAST_LETTERS = 40
"""A posting with fewer letters in its description says more elsewhere on its page."""

_EMPLOYMENT = {
    "FULL_TIME": "Full-time",
    "PART_TIME": "Part-time",
    "CONTRACTOR": "Contract",
    "TEMPORARY": "Temporary",
    "INTERN": "Internship",
    "PER_DIEM": "Per diem",
    "VOLUNTEER": "Volunteer",
    "OTHER": None,
}
_SECTIONS = (
    ("Responsibilities", "responsibilities"),
    ("Requirements", "qualifications"),
    ("Skills", "skills"),
    ("Benefits", "jobBenefits"),
    ("Benefits", "incentiveCompensation"),
    ("Working hours", "workHours"),
)
"""Headings, and the fields that hold what stands below them where the description does not say it."""

_YEAR = 12


def render_json_ld(text: str) -> str | None:
    """
    Return a JobPosting's labelled values and description, or None if there is none, or several.

    >>> print(render_json_ld('{"@type": "JobPosting", "title": "Cook", "description": "<p>We cook."}'))
    ---
    title: Cook
    ---
    <BLANKLINE>
    We cook.
    >>> render_json_ld('{"@type": "Recipe"}') is None
    True
    """
    found = find_job_postings(text)
    if len(found) != 1:
        return None
    body = _write_body(found[0])
    if _is_page(text) and sum(map(str.isalnum, body)) < _LEAST_LETTERS:
        return None
    return write_front_matter(_head(found[0]), body)


def find_job_postings(text: str) -> list[Object]:
    """Return the JobPostings in a text or in the scripts of a page, in order; one that is there twice counts once."""
    return find_postings_of(list(_blocks(text, is_page=_is_page(text))))


def find_postings_of(data: Any) -> list[Object]:
    """Return the JobPostings in a JSON value, in order; one that is there twice counts once."""
    found = [node for node in walk_objects(data, inside=_INSIDE) if is_job_posting(node)]
    return found[:1] if all(node == found[0] for node in found) else list({json.dumps(node): node for node in found}.values())


def _is_page(text: str) -> bool:
    return text.lstrip().startswith("<")


def is_job_posting(node: Object) -> bool:
    """
    Tell whether a JSON object is a schema.org JobPosting.

    >>> is_job_posting({"@type": ["http://schema.org/JobPosting"]}), is_job_posting({"@type": "Job"})
    (True, False)
    """
    return any(isinstance(kind, str) and _KIND.fullmatch(kind) for kind in as_list(node.get("@type")))


def _blocks(text: str, *, is_page: bool) -> Iterator[Any]:
    """Yield the JSON of a text, or of each script of a page."""
    if not is_page:
        yield read_data(text)
        return
    at = 0
    for _ in range(_MOST_SCRIPTS):
        script = _SCRIPT.search(text, at)
        end = _SCRIPT_END.search(text, script.end()) if script else None
        if script is None or end is None:
            return
        at = end.end()
        yield read_json(_WRAPPING.sub("", text[script.end() : end.start()]))


def _head(node: Object) -> Iterator[tuple[str, str | None]]:
    yield "title", as_words(node.get("title")) or as_words(node.get("name"))
    yield "company", as_words(node.get("hiringOrganization"))
    yield "link", next((link for link in map(to_link, _addresses(node)) if link), None)
    yield from _places(node)
    for key in ("baseSalary", "estimatedSalary"):
        yield from (("salary", pay) for each in as_list(node.get(key)) if (pay := _write_salary(each, node)))
    kinds = [_EMPLOYMENT.get(kind.upper().replace("-", "_"), kind) for kind in each_words(node.get("employmentType"))]
    yield "employment type", ", ".join(kind for kind in kinds if kind)
    yield "experience", _write_experience(node.get("experienceRequirements"))
    degrees = as_list(node.get("educationRequirements"))
    yield "education", ", ".join(as_words(as_object(each).get("credentialCategory")) or as_words(each) or "" for each in degrees)
    yield "date posted", write_day(node.get("datePosted"))
    yield "application deadline", as_words(node.get("validThrough"))


def _addresses(node: Object) -> Iterator[str]:
    for key in ("url", "@id", "sameAs", "mainEntityOfPage"):
        value = node.get(key)
        yield from (each for each in as_list(value) if isinstance(each, str))
    yield from (each for each in as_list(as_object(node.get("applicationContact")).get("url")) if isinstance(each, str))


def _places(node: Object) -> Iterator[tuple[str, str | None]]:
    """Yield where the work is, whether it is remote, and from where one may apply."""
    places = list(dict.fromkeys(place for each in as_list(node.get("jobLocation")) if (place := write_place(each))))
    areas = [name_country(words) for words in each_words(node.get("applicantLocationRequirements"))]
    is_remote = any(kind.upper() == "TELECOMMUTE" for kind in each_words(node.get("jobLocationType")))
    # For remote work the place is the office that it belongs to; where one may live is said beside it.
    yield from (("location", place) for place in (areas if is_remote and areas else places))
    yield "workplace", "Remote" if is_remote else None
    if areas and not is_remote:
        yield from (("location", area) for area in areas)
    if is_remote and areas:
        yield "office", " | ".join(places)


def _write_salary(value: Any, node: Object) -> str | None:
    if isinstance(value, str) and as_number(value) is None:
        return as_words(value)
    amount = as_object(value)
    inner = as_object(amount.get("value"))
    scalar = amount.get("value") if not inner else inner.get("value")
    if isinstance(scalar, str) and as_number(scalar) is None:
        return as_words(scalar)
    fields = {**amount, **inner}
    exact = scalar if scalar is not None else value if not amount else amount.get("median")
    return write_pay(
        fields.get("minValue", exact),
        fields.get("maxValue", exact),
        currency=amount.get("currency") or inner.get("currency") or node.get("salaryCurrency"),
        per=fields.get("unitText") or fields.get("unitCode") or amount.get("duration"),
    )


def _write_experience(value: Any) -> str | None:
    months = as_number(as_object(value).get("monthsOfExperience"))
    if months is None:
        return as_words(value)
    return f"at least {months / _YEAR:g} years of experience" if months >= _YEAR else f"at least {months:g} months of experience"


def _write_body(node: Object) -> str:
    body = read_hypertext(_without_escapes(as_markup(node.get("description"))))
    said = _letters(body)
    for heading, key in _SECTIONS:
        values = [read_hypertext(each) if isinstance(each, str) else as_words(each) or "" for each in as_list(node.get(key))]
        new = [words for words in values if words and _letters(words) not in said]
        if new:
            below = new[0] if len(values) == 1 else "\n".join(f"* {' '.join(words.split())}" for words in new)
            body = f"{body}\n\n## {heading}\n\n{below}"
    return body.strip()


def _without_escapes(markup: str) -> str:
    r"""
    Return markup in which line breaks that were escaped twice are line breaks; a single backslash is a path's.

    >>> _without_escapes(r"<p>We cook.</p>\n\n<b>You</b>")
    '<p>We cook.</p>\n\n<b>You</b>'
    """
    return markup.replace("\\r\\n", "\n").replace("\\n\\n", "\n\n").replace(">\\n", ">\n") if "\\n" in markup else markup


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


JSON_LD = Format(name="schema.org JSON-LD", render=render_json_ld)
