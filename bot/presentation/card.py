"""A message as plain values: a card, and the controls below it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from textwrap import wrap
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar
from urllib.parse import urlsplit

from bot.domain.facts import Area, Eligibility
from bot.domain.query import Place
from bot.presentation.buttons import ButtonId
from bot.presentation.failures import harmless
from bot.text.clean import begin_large
from bot.text.gazetteer import form_of
from bot.text.markup import break_links, is_invitation, strip_markup
from bot.text.translations import say
from bot.topics.countries import name_area

LONGEST_TITLE = 256
LONGEST_BODY = 2500
LONGEST_FOOTER = 700
LONGEST_LABEL = 80
"""Characters, as Discord counts them: a button takes so many, and all texts of a message with a title's link 4,000."""

BUTTONS_IN_ROW = 5
MOST_ROWS = 5


class Tone(StrEnum):
    """What kind of message it is; shown by its colour."""

    ANSWER = "answer"
    SILENT = "silent"
    """The posting does not say."""

    ASKING = "asking"
    """Something is missing or went wrong."""


class Look(StrEnum):
    """What a button looks like."""

    PLAIN = "plain"
    GOOD = "good"
    """It does what one has come for."""

    DANGER = "danger"
    """It takes something away."""


@dataclass(frozen=True)
class Control:
    """A button: it is pressed, or leads to an address."""

    label: str
    press: ButtonId | None = None
    link: str | None = None
    is_current: bool = False
    """What it leads to is shown already."""

    look: Look = Look.PLAIN


@dataclass(frozen=True)
class CardFile:
    """A file below a message."""

    name: str
    data: bytes
    description: str = ""
    """What a picture shows, for those who do not see it; a file with one is shown in the message."""


Row = tuple[Control, ...]


@dataclass(frozen=True)
class Entry:
    """One of a list: what is read of it, and what leads to it."""

    body: str
    """Markdown that is harmless."""

    control: Control


@dataclass(frozen=True)
class Card:
    """One message: markdown that is harmless, cut to what a chat takes."""

    body: str
    title: str | None = None
    link: str | None = None
    note: str | None = None
    """In small letters below the rest: markdown that is harmless."""

    footer: str | None = None
    tone: Tone = Tone.ANSWER
    rows: tuple[Row, ...] = ()
    is_personal: bool = False
    """It concerns the one who asked and nobody else."""

    is_aside: bool = False
    """What it answers stays as it is: it is shown beside that, even where a button would answer in place."""

    in_public: "Card | None" = None
    """What stands for it where everybody would read it and it is for one to read."""

    entries: tuple[Entry, ...] = ()
    """Below the body, each with its button beside it."""

    files: tuple[CardFile, ...] = ()


# A form that a person fills in, as plain values.

LONGEST_FORM_TITLE, LONGEST_FORM_LABEL, LONGEST_HINT, LONGEST_TEXT = 45, 45, 100, 4000
"""Characters that Discord takes in a form's title, a field's label, its description and its text."""

MOST_FIELDS = 5


@dataclass(frozen=True)
class TextField:
    """A box to type in."""

    id: str
    label: str
    text: str = ""
    """What stands in it at first."""

    hint: str = ""
    is_long: bool = False
    """Several lines."""


@dataclass(frozen=True)
class FileField:
    """A place to put files."""

    id: str
    label: str
    hint: str = ""
    most: int = 1


@dataclass(frozen=True)
class CheckField:
    """A box to tick."""

    id: str
    label: str
    hint: str = ""


class ChoiceKind(StrEnum):
    """What is chosen."""

    WORD = "word"
    ROLE = "role"
    CHANNEL = "channel"


@dataclass(frozen=True)
class ChoiceField:
    """A list to choose one of, or none."""

    id: str
    label: str
    kind: ChoiceKind
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Words, as they are shown and as they are sent."""

    chosen: str = ""
    """What is chosen at first: a word, or the id of a role or channel; empty for none."""


Field: TypeAlias = TextField | FileField | CheckField | ChoiceField


@dataclass(frozen=True)
class Form:
    """A form; it is shown as the first answer to a command or a button."""

    button: ButtonId
    """What sending it means."""

    title: str
    fields: tuple[Field, ...]
    """At most five."""


def in_rows(controls: list[Control], most: int = MOST_ROWS) -> tuple[Row, ...]:
    """
    Put controls in rows of five, as many as there is room for.

    >>> [len(row) for row in in_rows([Control("x")] * 7)]
    [5, 2]
    """
    return tuple(tuple(controls[start : start + BUTTONS_IN_ROW]) for start in range(0, len(controls), BUTTONS_IN_ROW))[:most]


Item = TypeVar("Item")


class Part(NamedTuple, Generic[Item]):
    """What stands on one page of a list."""

    items: Sequence[Item]
    number: int
    """Of the page, from 0."""

    pages: int


def cut_page(items: Sequence[Item], page: int, *, on_page: int) -> Part[Item]:
    """
    Return a page of a list; one that there is not becomes the last one, and there is always a first.

    >>> cut_page("abcdefg", 9, on_page=3)
    Part(items='g', number=2, pages=3)
    """
    pages = max(1, -(-len(items) // on_page))
    number = min(page, pages - 1)
    return Part(items[number * on_page : (number + 1) * on_page], number, pages)


def paged(card: Card, part: Part[Any], *, turn: ButtonId, locale: str) -> Card:
    """Return a card as one page of several: with its number, and with two buttons that lead to the pages beside it, never to the same."""
    if part.pages == 1:
        return card
    back, on = max(part.number - 1, 0), min(part.number + 1, part.pages - 1)
    row = (
        Control(say("◀ Back", locale), press=replace(turn, page=back), is_current=part.number == 0),
        Control(say("Next ▶", locale), press=replace(turn, page=on), is_current=part.number + 1 == part.pages),
    )
    page = say("Page {page} of {pages}", locale, page=part.number + 1, pages=part.pages)
    footer = " · ".join(filter(None, (page, card.footer)))
    return replace(card, footer=footer, rows=(*card.rows[: MOST_ROWS - 1], row))


# Text from outside, made harmless for a chat that reads markdown and mentions.

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u2800\u3164\uffa0]|[\U000e0000-\U000e0fff]|[\ufe00-\ufe0e]"
)
"""Characters that show nothing, or fill space as if they were letters; joiners stay, because scripts and emoji need them."""

_MARKS_PILED_UP = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f\u0483-\u0489]{1,500}"
)
_ADDRESS = re.compile(r"(https?://[^\s<>()\[\]`|]{1,400})")
_MARKDOWN = re.compile(r"[\\*_~|`\[\]<>]")
_ESCAPE = re.compile(r"\\([\\*_~|`\[\]<>#+.)-])")
_AT_START = re.compile(r"^(?=(?:[#\-+]|\d{1,9}[.)])(?:\s|$)|-?#)")
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_NUMBERED = re.compile(r"^\\(\d{1,9})([.)])")
_LONGEST_LINK = 512
"""Characters that a link button takes."""

_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,10}[a-z0-9-]{2,63}", re.IGNORECASE)
_LINK_CHARACTERS = re.compile(r"[!-~]+")


def readable(text: str) -> str:
    r"""
    Return the text on one line, without what shows nothing or turns the direction of what follows.

    >>> readable("a \u200b\u202e clerk\n who  files")
    'a clerk who files'
    """
    return " ".join(_MARKS_PILED_UP.sub(r"\1", _INVISIBLE.sub("", harmless(text))).split())


def escaped(text: str) -> str:
    r"""
    Return the text on one line as it is meant to be read: no markdown, no masked link, no mention; addresses of pages stay as they are.

    >>> escaped("[**free** money](https://x.example/a_b) @everyone")
    '\\[\\*\\*free\\*\\* money\\](https://x.example/a_b) @\u200beveryone'
    """
    parts = _ADDRESS.split(break_links(readable(text)))
    parts[::2] = (_MARKDOWN.sub(r"\\\g<0>", part) for part in parts[::2])
    line = _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\\", "".join(parts)))
    return _EVERYBODY.sub("@\u200b", line)


def unescaped(text: str) -> str:
    r"""
    Return what an escaped line was written as.

    >>> unescaped(escaped("what about C* @everyone?"))
    'what about C* @everyone?'
    """
    return _ESCAPE.sub(r"\1", text).replace("\u200b", "")


def units(text: str) -> int:
    """
    Return how long a text is as Discord counts: in UTF-16, where an emoji counts twice.

    >>> units("abc"), units("🥐"), units("naïve 工")
    (3, 2, 7)
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, most: int) -> str:
    """
    Return as much of the text's beginning as fits, as Discord counts.

    >>> clip("abcdef", 4), clip("🥐🥐🥐", 3)
    ('abcd', '🥐')
    """
    if units(text) <= most:
        return text
    head = text[:most]
    while (over := units(head) - most) > 0:
        head = head[: -max(1, over // 2)]
    return head


def cut(text: str, most: int) -> str:
    """
    Return the text, or as many of its words as fit, with an ellipsis; it is counted as Discord does.

    >>> cut("a clerk who files", 12), cut("short", 12), cut("abcdefgh", 4)
    ('a clerk who…', 'short', 'abc…')
    """
    if units(text) <= most:
        return text
    head = clip(text, most - 1)
    words = head.rpartition(" ")[0] if " " in head and text[len(head)] != " " else head
    return f"{words.rstrip() or head}…"


def escaped_within(text: str, most: int) -> str:
    r"""
    Return the escaped text, cut so that it fits with its escapes.

    >>> escaped_within("*" * 30, 11)
    '\\*\\*\\*\\*\\*…'
    """
    plain = readable(text)
    length = most
    while (over := units(line := escaped(cut(plain, max(1, length)))) - most) > 0:
        length -= max(1, over // 2)
    return line


def showable_link(link: str | None) -> str | None:
    """
    Return an address that can be a button, None for any other.

    >>> showable_link("https://jobs.example/1"), showable_link("javascript:alert(1)"), showable_link("https://x y.example")
    ('https://jobs.example/1', None, None)
    """
    if link is None or len(link) > _LONGEST_LINK or not _LINK_CHARACTERS.fullmatch(link):
        return None
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return None
    is_plain = parts.scheme in ("http", "https") and parts.username is None and _HOST.fullmatch(host) is not None
    return link if is_plain and not is_invitation(link) else None


def linked(label: str, link: str | None) -> str:
    """Return a label that leads to an address, where that is short and safe enough to stand in markdown."""
    return f"[{label}]({link})" if link and len(link) <= _LONGEST_IN_TEXT and not {"(", ")"} & set(link) else label


_LONGEST_IN_TEXT = 200


def timestamp(at: datetime, style: str = "f") -> str:
    """Return a moment as each reader's Discord writes it: with the time of day, or in the style `d` or `D` as a short or long date."""
    return f"<t:{int(at.timestamp())}:{style}>"


# Countries with their flags.

_FIRST_LETTER = 0x1F1E6
_SHORT = 8
"""So many stand one on a line; more stand side by side."""

_SIDE_BY_SIDE = 3
_EUROPEAN = (Area.EU, Area.EEA)


def flag_of(code: str) -> str:
    """
    Return a country's flag by its ISO 3166-1 alpha-2 code.

    >>> flag_of("KE")
    '🇰🇪'
    """
    return "".join(chr(_FIRST_LETTER + ord(letter) - ord("A")) for letter in code)


def country_lines(eligibility: Eligibility, locale: str) -> Iterator[str]:
    """
    Yield the countries and areas that a posting lists, named as the locale does.

    >>> list(country_lines(Eligibility(scope="listed", countries=("KE", "DE")), "de"))
    ['🇰🇪 Kenia', '🇩🇪 Deutschland']
    """
    listed = (
        *(Place(typed="", area=area) for area in eligibility.areas),
        *(Place(typed="", country=code) for code in eligibility.countries),
    )
    places = [name_place(place, locale) for place in listed]
    step = 1 if len(places) <= _SHORT else _SIDE_BY_SIDE
    yield from (" · ".join(places[start : start + step]) for start in range(0, len(places), step))


def name_place(place: Place, locale: str) -> str:
    """
    Return a country, a part of one or an area behind its flag, named as the locale does.

    >>> name_place(Place(typed="", country="DE"), "fr"), name_place(Place(typed="Texas", country="US", state="TX"), "fr")
    ('🇩🇪 Allemagne', '🇺🇸 Texas')
    """
    if place.area:
        return f"{flag_of('EU') if place.area in _EUROPEAN else '🌍'} {begin_large(name_area(place.area, locale))}"
    code = place.country or ""
    return f"{flag_of(code)} {place.typed if place.state else form_of(locale).territories.get(code, code)}"


# Lays blocks of text out in pages; a block is never cut.

LONGEST_PAGE = 1800
"""Characters as Discord counts them: what is read without much scrolling; a chat takes 4,096."""

MOST_BLOCKS = 15


def lay_out(blocks: Iterable[str], *, longest: int = LONGEST_PAGE, most: int = MOST_BLOCKS) -> tuple[tuple[str, ...], ...]:
    """
    Return the pages, each as many blocks as fit; a block that is longer than a page has one for itself.

    There is always a page, if an empty one.

    >>> lay_out(["aaa", "bbb", "cc"], longest=8)
    (('aaa', 'bbb'), ('cc',))
    """
    pages: list[list[str]] = [[]]
    length = 0
    for block in blocks:
        if pages[-1] and (length + units(block) + 1 > longest or len(pages[-1]) == most):
            pages.append([])
            length = 0
        pages[-1].append(block)
        length += units(block) + 1
    return tuple(map(tuple, pages))


# A posting's whole text as such blocks.

MOST_LINES, _LONGEST_LINE = 60, 600
_HEADING, _ITEM = re.compile(r"#{1,6}\s+(?=\S)"), re.compile(r"[-*•+]\s(?=\S)")


def text_blocks(text: str) -> Iterator[str]:
    r"""
    Yield a posting's text as lines of harmless markdown, a long line in parts, with bold headings.

    One empty line stands for several.

    >>> list(text_blocks("## Pay\n\n\n$5 an *hour*\n- tea"))
    ['**Pay**', '', '$5 an hour', '- tea']
    """
    is_blank = True
    for raw in text.splitlines():
        words = readable(strip_markup(raw.strip()))
        if not words and not is_blank:
            yield ""
        heading = _HEADING.match(words)
        for part in wrap(words.removeprefix(heading[0]) if heading else words, _LONGEST_LINE):
            yield f"**{escaped(part)}**" if heading else f"- {escaped(part[2:])}" if _ITEM.match(part) else escaped(part)
        is_blank = not words
