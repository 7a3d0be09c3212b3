"""An HTML page: its main text, without what stands around it."""

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
    return heading or _meta(page, "og:title") or (fold_space(title.text())[:_LONGEST_TITLE] if title is not None else None)


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
    node = page.css_first(f'meta[property="{name}"], meta[name="{name}"]')
    return fold_space(node.attributes.get("content") or "") or None if node is not None else None


def _without_title(body: str, title: str | None) -> str:
    """Leave out the heading that the title was read from: above everything it would head every section."""
    lines = body.split("\n")
    return "\n".join(line for line in lines if not line.startswith("# ") or fold_space(line.lstrip("# ")) != title).strip()


HTML = Format(name="HTML page", render=render_html)
