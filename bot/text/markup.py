"""Inline markdown taken off a text, with the way back to the words as they stood."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bot.text.lexicon import compile_later

_MARKS = compile_later(
    r"""
    (?P<escape>\\(?=[!-/:-@\[-`{-~]))                                           # \*  \-  \.
    |(?P<link>!?\[(?P<words>[^\[\]\n]{0,400})\]\(<?(?P<target>[^()\s<>]{0,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?)>?
        (?:\s{1,3}"[^"\n]{0,200}")?\))                                          # [words](target "title")
    |(?P<emphasis>(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|_{2,3}(?!\w)          # _so_, and stray ones; never snake_case
        |\*{2,6}|(?<!\s)\*(?!\s)|(?<=\s)\*(?=\S)|(?<=\S)\*(?=\s|$)|^\*(?=\S)
        |~~|`{1,3})
    """,
    re.VERBOSE,
)
_MAY_MARK = compile_later(r"[*_`\[\\~!]")
_ANY_MARK = "*_`[\\~"


class MarkedText(NamedTuple):
    """A text without its inline marks, and where each of its characters stood."""

    raw: str
    plain: str
    starts: Sequence[int] | None
    """For each character of plain, where it begins in raw, opening marks included; None where nothing was marked."""

    ends: Sequence[int] | None
    """For each character of plain, where it ends in raw, closing marks included."""

    def words_between(self, start: int, end: int) -> str:
        """Return the raw words of plain[start:end], with the marks around them."""
        if self.starts is None or self.ends is None:
            return self.raw[start:end]
        return self.raw[self.starts[start] : self.ends[end - 1]] if start < end else ""


def read_markup(raw: str) -> MarkedText:
    r"""
    Take the inline marks off one line; an address keeps all its characters.

    >>> read_markup(r"**Pay:** up to 5\+ [days](http://x.org)").plain
    'Pay: up to 5+ days'
    >>> read_markup("snake_case and 3 * 4").plain
    'snake_case and 3 * 4'
    >>> read_markup("_See_ https://x.example/_jobs_/a*b*c").plain
    'See https://x.example/_jobs_/a*b*c'
    """
    if "：" in raw:
        return _narrow_colons(raw)
    if not any(map(raw.__contains__, _ANY_MARK)):
        return MarkedText(raw, raw, None, None)
    reader = _Reader(raw)
    reader.read(0, len(raw))
    return MarkedText(raw, "".join(reader.plain), reader.starts, reader.ends)


def _narrow_colons(raw: str) -> MarkedText:
    """Read a full-width colon as one with a space behind it, which labels end with."""
    marked = read_markup(raw.replace("：", "\0"))
    places = [at for at, sign in enumerate(marked.plain) for _ in range(2 if sign == "\0" else 1)]
    starts, ends = marked.starts or range(len(raw)), marked.ends or range(1, len(raw) + 1)
    plain = marked.plain.replace("\0", ": ")
    return MarkedText(raw, plain, tuple(starts[at] for at in places), tuple(ends[at] for at in places))


def strip_markup(raw: str) -> str:
    """
    Return the text without inline marks.

    >>> strip_markup("_Nice_ **to** have")
    'Nice to have'
    """
    return read_markup(raw).plain


class _Reader:
    """Takes the marks off a raw text, character by character where there are any."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.plain: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._addresses = list(find_link_spans(raw))

    def read(self, at: int, stop: int) -> None:
        """Append raw[at:stop] without its marks; links are read inside once."""
        opening = at
        while at < stop:
            found = self._find_mark(at, stop)
            until = found.start() if found else stop
            mark = _MARKS.match(self.raw, until, stop) if found else None
            self._append(at, until if mark or not found else until + 1, opening=opening)
            if mark is None:
                at = opening = until + 1 if found else stop
                continue
            opening = min(opening, until) if at == until else until
            at = mark.end()
            if self._close(mark, stop, opening=opening):
                opening = at

    def _find_mark(self, at: int, stop: int) -> re.Match[str] | None:
        """Return the next sign that may be a mark and is none of an address's own."""
        found = _MAY_MARK.search(self.raw, at, stop)
        while found is not None and self._addresses:
            start, end = self._addresses[0]
            if found.start() < start:
                break
            if found.start() < end:
                found = _MAY_MARK.search(self.raw, end, stop)
            else:
                self._addresses.pop(0)
        return found

    def _append(self, at: int, until: int, *, opening: int) -> None:
        """Append raw[at:until]; the marks before it, from `opening` on, belong to its first character."""
        if at < until:
            self.plain.append(self.raw[at:until])
            self.starts.append(opening)
            self.starts.extend(range(at + 1, until))
            self.ends.extend(range(at + 1, until + 1))

    def _close(self, mark: re.Match[str], stop: int, *, opening: int) -> bool:
        """Read a link's words, or give a closing mark to the character before it; False for a mark that opens something."""
        if mark["link"] is not None:
            before = len(self.starts)
            self.read(mark.start("words"), mark.end("words"))
            if len(self.starts) > before:
                self.starts[before] = opening
                self.ends[-1] = mark.end()
            return True
        if mark["emphasis"] is not None and self.plain and _closes(self.raw, mark, stop):
            self.ends[-1] = mark.end()
            return True
        return False


def _closes(raw: str, mark: re.Match[str], stop: int) -> bool:
    """Tell whether an emphasis mark ends something: no space before it, and a space, a sign or nothing after it."""
    before = raw[mark.start() - 1] if mark.start() else " "
    after = raw[mark.end()] if mark.end() < stop else " "
    return not before.isspace() and not after.isalnum()


# Addresses in postings: hostile until checked.

_LINK = compile_later(r"https?://(?:[^\s<>\"'`()\[\]{}]|\([^\s<>\"'`()\[\]{}]{0,200}\)){3,2000}", re.IGNORECASE)
_MARKS_WITHIN = 400
"""Characters before an address in which the mark that ends behind it was opened."""

_LONGEST = 2000
_INVITATION = compile_later(
    r"(?<![a-z0-9-])discord(?=(?:\.(?:gg|gift|new)|(?:app)?\.com(?::\d{0,5})?/{1,5}(?:invite|gifts|template))(?![a-z0-9-]))", re.IGNORECASE
)
"""Addresses that a chat makes a card to join a server of, with or without a scheme."""

_MADE_A_LINK = compile_later(
    r"(?P<web>https?://[^\s<>()\[\]`|]{1,400})|(?P<scheme>(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}:)(?=//)", re.IGNORECASE
)
_NOTHING = "\u200b"
"""Is not seen, and makes of an address words."""


def to_link(written: str) -> str | None:
    """
    Return an http(s) address as written, or None for anything else.

    >>> to_link("https://jobs.example/1")
    'https://jobs.example/1'
    >>> to_link("javascript:alert(1)") is None
    True
    """
    address = written.strip().strip("<>")
    if len(address) > _LONGEST or not address.isprintable() or re.search(r"\s", address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in {"http", "https"} and parts.hostname else None


class LinkSpan(NamedTuple):
    """Where an address stands in a text."""

    start: int
    end: int


def find_link_spans(text: str) -> Iterator[LinkSpan]:
    """Yield where the http(s) addresses stand, in order, without a sign that ends a sentence and without marks that were opened before."""
    if "://" not in text:
        return
    for found in _LINK.finditer(text):
        start = found.start()
        yield LinkSpan(start, start + len(_without_end(found[0], text[max(0, start - _MARKS_WITHIN) : start])))


def find_links(text: str) -> Iterator[str]:
    """
    Yield the http(s) addresses in a text, in order, without the sign that ends a sentence.

    >>> list(find_links("Apply at https://jobs.example/1. **Or https://jobs.example/a_b_**"))
    ['https://jobs.example/1', 'https://jobs.example/a_b_']
    """
    found = (to_link(text[start:end]) for start, end in find_link_spans(text))
    return (link for link in found if link)


def is_invitation(address: str) -> bool:
    """
    Tell whether an address leads into a Discord server or to a gift, and not to a page.

    >>> is_invitation("https://discord.gg/abc"), is_invitation("https://discord.com/invite/abc"), is_invitation("https://discord.com/jobs")
    (True, True, False)
    """
    return any(_INVITATION.search(spelt) for spelt in (address, unquote(address)))


def break_links(text: str) -> str:
    r"""
    Return a text in which a chat makes links of http(s) addresses only, and of none that invites: a sign that is not seen parts the others.

    >>> break_links("steam://run/1 or https://a.example/1")
    'steam:\u200b//run/1 or https://a.example/1'
    >>> break_links("discord.gg/abc, https://discord.gg/abc")
    'discord\u200b.gg/abc, https:\u200b//discord\u200b.gg/abc'
    """
    broken = _MADE_A_LINK.sub(_break_link, text) if "://" in text else text
    return _INVITATION.sub(rf"\g<0>{_NOTHING}", broken)


def _break_link(found: re.Match[str]) -> str:
    if found["scheme"] is not None:
        return f"{found['scheme']}{_NOTHING}"
    return found["web"].replace("://", f":{_NOTHING}//") if is_invitation(found["web"]) else found["web"]


def _without_end(address: str, before: str) -> str:
    """Return an address without the signs behind it: those that end a sentence, and marks that close what was opened before it."""
    while address and (address[-1] in ".,;:!?" or (address[-1] in "*_~" and _is_open(address[-1], before))):
        address = address[:-1]
    return address


def _is_open(mark: str, before: str) -> bool:
    """Tell whether a mark was opened and not closed again: the runs of its sign are odd in number."""
    return len(re.findall(rf"[{mark}]+", before)) % 2 == 1
