"""HTML as text: headings, lists and paragraphs become lines such as markdown has, and everything else is left out."""

import html
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.text.clean import fold_space
from bot.text.lexicon import read_lexicon
from bot.text.line_writer import LineWriter

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

Skip = Callable[["LexborNode"], bool]

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_HAS_TAGS = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s[^<>]{0,2000})?/?|!--)>?")
_HAS_ESCAPED_TAGS = re.compile(r"&lt;/?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s|/?&gt;)")
_ENDED_BY_THE_NEXT = frozenset({"p", "li", "dd", "dt", "br", "img", "hr", "meta"})
"""Tags that are seldom closed, and never nest in themselves."""

_DEEPEST = 10_000
"""Open tags: real pages have some hundred; the parser's time grows with their square, at 10,000 to a tenth of a second."""

_PARTS = read_lexicon("page_parts")
_NOT_TEXT = frozenset(_PARTS["not_text"].split())
_BLOCKS = frozenset(_PARTS["blocks"].split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu"})
_LONGEST_TEXT = 3_000_000
"""Characters that are read out of one page; a posting has 50,000 at most."""


def has_tags(text: str) -> bool:
    """
    Tell whether a text has HTML tags in it.

    >>> has_tags("<p class='x'>We bake"), has_tags("pay < 5 and age > 3")
    (True, False)
    """
    return _HAS_TAGS.search(text) is not None


def read_hypertext(markup: str) -> str:
    r"""
    Return the text of HTML, of HTML whose tags are escaped, or of plain text, as lines in the way of markdown.

    >>> read_hypertext("<h2>You</h2><ul><li>bake <b>bread</b><li>sell &amp; smile</ul>")
    '## You\n\n* bake **bread**\n* sell & smile'
    >>> read_hypertext("&lt;p&gt;We &amp;amp; you&lt;/p&gt;"), read_hypertext("Plain\n* text")
    ('We & you', 'Plain\n* text')
    """
    if _HAS_ESCAPED_TAGS.search(markup) and not has_tags(markup):
        markup = html.unescape(markup)
    if not has_tags(markup):
        return html.unescape(markup).strip()
    root = parse_tree(markup).root
    return write_lines(root) if root is not None else ""


def read_words(markup: str) -> str:
    r"""
    Return the words of one value, a title or a name, on one line.

    >>> read_words("Cook &amp; <b>Baker</b>\n(night)")
    'Cook & Baker (night)'
    """
    return fold_space(read_hypertext(markup).replace("**", "")) if "<" in markup or "&" in markup else fold_space(markup)


def parse_tree(markup: str) -> "LexborHTMLParser":
    """Parse HTML of any kind, up to where its tags are nested deeper than any page's."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(_cut_where_too_deep(markup))


def write_lines(root: "LexborNode", skip: Skip | None = None) -> str:
    """Return the text below a node, without what `skip` tells to leave out."""
    writer = LineWriter()
    for node, is_end in _walk(root, skip):
        if writer.length > _LONGEST_TEXT:
            break
        tag = node.tag or ""
        if tag == "-text":
            writer.add(node.text_content or "")
        elif is_end:
            _end(writer, tag, node)
        else:
            _begin(writer, tag)
    return writer.text


def _cut_where_too_deep(markup: str) -> str:
    if markup.count("<") <= _DEEPEST:
        return markup
    open_tags: dict[str, int] = {}
    depth = 0
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        if name in _ENDED_BY_THE_NEXT:
            continue
        if not tag[1]:
            open_tags[name] = open_tags.get(name, 0) + 1
            depth += 1
        elif open_tags.get(name):
            open_tags[name] -= 1
            depth -= 1
        if depth > _DEEPEST:
            return markup[: tag.start()]
    return markup


def _walk(root: "LexborNode", skip: Skip | None) -> Iterator[tuple["LexborNode", bool]]:
    """Yield each text and element in order, and each element again at its end; without recursion, for pages may be deep."""
    waiting = [(root, False)]
    while waiting:
        node, is_end = waiting.pop()
        tag = node.tag or ""
        if is_end or tag == "-text":
            yield node, is_end
            continue
        if tag in _NOT_TEXT or (tag.startswith("-") and tag != "-document") or (skip is not None and skip(node)):
            continue
        yield node, False
        waiting.append((node, True))
        waiting += [(child, False) for child in reversed(list(node.iter(include_text=True)))]


def _begin(writer: LineWriter, tag: str) -> None:
    if tag in _HEADINGS:
        writer.begin_heading(_HEADINGS[tag])
    elif tag == "li":
        writer.begin_item()
    elif tag == "br":
        writer.break_line()
    elif tag in ("b", "strong", "a"):
        writer.begin_span()
    elif tag in _LISTS:
        writer.begin_list()
    elif tag in _BLOCKS:
        writer.end_paragraph()
    elif tag in ("tr", "dt"):
        writer.end_line()


def _end(writer: LineWriter, tag: str, node: "LexborNode") -> None:
    if tag in _HEADINGS:
        writer.end_heading()
    elif tag in ("b", "strong"):
        writer.end_bold()
    elif tag == "a":
        writer.end_link(node.attributes.get("href") or "")
    elif tag in _LISTS:
        writer.end_list()
    elif tag in _BLOCKS:
        writer.end_paragraph()
    elif tag in ("td", "th"):
        writer.separate(" | ")
    elif tag == "dt":
        writer.separate(": ")
    elif tag in ("li", "tr", "dd"):
        writer.end_line()
