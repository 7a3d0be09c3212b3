"""HTML as text: headings, lists and paragraphs become lines such as markdown has, and everything else is left out."""

import html
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.text.clean import fold_space
from bot.text.lexicon import read_lexicon
from bot.text.markup import to_link

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


# Writes lines in the way of markdown: headings, nested items, bold words, links.

_SPACE_LINE_WRITER = re.compile(r"\s+")
_DEEPEST_ITEM = 8
_LONGEST_WORDS = 300
"""Characters of a link's words or of bold words; what is longer is written without the marks."""

_SEPARATORS = (" | ", ": ")


class LineWriter:
    r"""
    Takes words and marks in order, and gives the text.

    >>> writer = LineWriter()
    >>> writer.begin_heading(2); writer.add("What  you"); writer.add(" bake"); writer.end_heading(); writer.add("Bread")
    >>> writer.text
    '## What you bake\n\nBread'
    """

    def __init__(self) -> None:
        self.length = 0
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._prefix = ""
        self._lists = 0
        self._spans: list[tuple[int, int]] = []
        self._in_heading = False

    @property
    def text(self) -> str:
        """What was written so far."""
        self.end_line()
        return "\n".join(self._lines).strip()

    def add(self, words: str) -> None:
        """Add words to the line; white space of any kind is one space."""
        words = _SPACE_LINE_WRITER.sub(" ", words)
        if words.isspace() and (not self._pieces or self._pieces[-1].endswith(" ")):
            return
        self._put(words)
        self.length += len(words)

    def break_line(self) -> None:
        """Go on in the next line; within a heading in the same one."""
        if self._in_heading:
            self.add(" ")
        else:
            self.end_line()

    def end_line(self) -> None:
        """End the line where it has words in it."""
        words = fold_space("".join(self._pieces))
        for separator in _SEPARATORS:
            words = words.removesuffix(separator.rstrip()).rstrip() if separator in self._pieces else words
        self._pieces.clear()
        if words:
            self._lines.append(self._prefix + words)
            self._prefix = ""

    def end_paragraph(self) -> None:
        """End the line and leave one blank, within a list none."""
        self.end_line()
        if self._lines and self._lines[-1] and not self._lists and not self._prefix:
            self._lines.append("")

    def begin_heading(self, level: int) -> None:
        """Begin a heading of a level from 1 to 6."""
        self.end_paragraph()
        self._prefix = "#" * level + " "
        self._in_heading = True

    def end_heading(self) -> None:
        """End it."""
        self._in_heading = False
        self.end_line()
        self._prefix = ""
        self.end_paragraph()

    def begin_list(self) -> None:
        """Begin a list, perhaps within another one."""
        self.end_paragraph()
        self._lists += 1

    def end_list(self) -> None:
        """End it."""
        self.end_line()
        self._prefix = ""
        self._lists = max(0, self._lists - 1)
        self.end_paragraph()

    def begin_item(self) -> None:
        """Begin an item of the list."""
        self.end_line()
        self._prefix = "  " * min(max(0, self._lists - 1), _DEEPEST_ITEM) + "* "

    def separate(self, sign: str) -> None:
        """Set a sign between what stands in the line and what follows in it: a table's cells, a term and its words."""
        before = next((words for words in reversed(self._pieces) if not words.isspace()), "").rstrip()
        if before:
            self._put(" " if before.endswith((sign.strip(), ":")) else sign)

    def begin_span(self) -> None:
        """Begin words that are bold or linked."""
        self._spans.append((len(self._lines), len(self._pieces)))

    def end_bold(self) -> None:
        """End bold words; those that go over a line's end stay as they are."""
        before, words, behind = self._take_span()
        marked = f"**{words}**" if words and not self._in_heading and "*" not in words else words
        self._put(f"{before}{marked}{behind}")

    def end_link(self, target: str) -> None:
        """End linked words; only whole http(s) addresses are kept."""
        before, words, behind = self._take_span()
        link = to_link(target)
        is_plain = words and link and words != link and not self._in_heading and not set("()<> ") & set(link) and not set("[]") & set(words)
        self._put(f"{before}[{words}]({link}){behind}" if is_plain else f"{before}{words}{behind}")

    def _take_span(self) -> tuple[str, str, str]:
        """Take the span's words off the line, with the spaces around them; nothing where the line was ended or they are many."""
        line, at = self._spans.pop() if self._spans else (-1, 0)
        if line != len(self._lines) or at >= len(self._pieces) or not self._is_short(at):
            return "", "", ""
        words = "".join(self._pieces[at:])
        core = words.strip()
        del self._pieces[at:]
        if not core:
            self._put(words)
            return "", "", ""
        return words[: len(words) - len(words.lstrip())], core, words[len(words.rstrip()) :]

    def _is_short(self, at: int) -> bool:
        """Tell whether the pieces from `at` on hold few words; a page of spans within spans is not read through for each."""
        length = 0
        for place in range(at, len(self._pieces)):
            length += len(self._pieces[place])
            if length > _LONGEST_WORDS:
                return False
        return True

    def _put(self, words: str) -> None:
        if words:
            self._pieces.append(words)


Skip = Callable[["LexborNode"], bool]

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_HAS_TAGS = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s[^<>]{0,2000})?/?|!--)>?")
_HAS_ESCAPED_TAGS = re.compile(r"&lt;/?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s|/?&gt;)")
_ENDED_BY_THE_NEXT = frozenset({"p", "li", "dd", "dt", "br", "img", "hr", "meta"})
"""Tags that are seldom closed, and never nest in themselves."""

_DEEPEST = 10_000
"""Open tags: real pages have some hundred; the parser's time grows with their square, at 10,000 to a tenth of a second."""

_MOST_ATTRIBUTES = 300
"""Of one tag: real ones have some twenty; the parser's time grows with the square of their number, at 20,000 to a second."""

_SPACE = r"[\t\n\f\r ]"
_ATTRIBUTE = (
    rf"[\t\n\f\r /]*+[^\t\n\f\r />][^\t\n\f\r />=]*+"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\t\n\f\r >\"'][^\t\n\f\r >]*+)?+)?+"
)
"""As HTML's own rules part them; nothing is ever taken back, so that the time is linear."""

_BEGUN_TAG = re.compile(r"<[a-zA-Z][^\t\n\f\r />]*+")
_ATTRIBUTES = re.compile(rf"(?:{_ATTRIBUTE}){{0,{_MOST_ATTRIBUTES}}}+")
_ONE_MORE = re.compile(_ATTRIBUTE)
_MERGED = ("<html", "<body")
"""Tags whose attributes all come to one element, however often they stand."""

_MOST_OVERLAP = 5
"""Times its length that a text is looked through for tags within tags: of real pages it is less than once."""

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
    """Parse HTML of any kind, up to where its tags are nested deeper, or have more attributes, than any page's."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(_cut_where_too_deep(_cut_where_too_laden(markup)))


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


def _cut_where_too_laden(markup: str) -> str:
    """Return markup up to the first tag with far too many attributes, whatever text, script or quoted value that may stand in."""
    merged = looked_at = 0
    for tag in _BEGUN_TAG.finditer(markup):
        attributes = _ATTRIBUTES.match(markup, tag.end())
        assert attributes is not None  # noqa: S101 -- tells the type checker that a tag may have none
        looked_at += len(attributes[0])
        merged += len(_ONE_MORE.findall(attributes[0])) if tag[0].lower() in _MERGED else 0
        is_laden = merged > _MOST_ATTRIBUTES or _ONE_MORE.match(markup, attributes.end()) is not None
        if is_laden or looked_at > _MOST_OVERLAP * len(markup):
            return markup[: tag.start()]
    return markup


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
