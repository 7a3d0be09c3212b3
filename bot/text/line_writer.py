"""Writes lines in the way of markdown: headings, nested items, bold words, links."""

import re

from bot.text.clean import fold_space
from bot.text.links import to_link

_SPACE = re.compile(r"\s+")
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
        words = _SPACE.sub(" ", words)
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
