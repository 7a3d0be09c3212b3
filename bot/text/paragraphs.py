"""Paragraphs that are items: where a section has no bullets, beside them, or in any place by their own words."""

import re
import unicodedata
from collections.abc import Iterator

from bot.text.alternation import holds_any
from bot.text.document import PROSE, Line
from bot.text.item_wording import asks_something, count_offers, is_about_pay, is_closing, is_legal, is_offer, read_wording
from bot.text.list_kind import LEAST_LIST, PAYING, SHARE, fits_kind
from bot.text.phrases import split_words
from bot.text.section_kind import BENEFITS, REQUIREMENTS, RESPONSIBILITIES, TRAITS, SectionKind, is_section_name, read_section_kind
from bot.text.sections import LISTED, Section

LABEL_WORDS = 3
"""A bullet of so few words with a colon behind them is a label."""

LONG_PARAGRAPH = 180
"""Characters: a paragraph that is longer than this may be talk around a list, so its wording must speak for it."""

_HASHTAGS = re.compile(r"#\S+(?:\s+#\S+)*$")
_AND_MORE = re.compile(r"\W{0,3}(?:and|plus)?\s?(?:so |much |many |lots |a lot )?more\W{0,3}$", re.IGNORECASE)
_OFFER_CUES = ("dental", "medical", "vision", "401", "insurance", "paid", "leave")
"""A sentence that lists benefits holds one of these words; most paragraphs hold none and are passed by."""

_DUTY = re.compile(
    r"(?:^|[.!?]\s{1,2})(?:(?:as|in|for|on|with) [^.!?]{2,120}?,? )?(?:you(?:['’]ll| will)"
    r"(?! (?:be (?:an? )?part|be (?:joining|able|just|reporting)|join|report|have|get (?!to)|need|love|find|receive|also have|enjoy)\b)"
    r"|you are responsible for|we expect you to|your (?:primary|main) (?:focus|responsibilit)|your day begins"
    r"|responsibilities (?:will )?include\b)",
    re.IGNORECASE,
)
_TALKED_AROUND = frozenset({RESPONSIBILITIES, BENEFITS})
"""Lists that come with paragraphs of the same wording: what the team does, how pay is set."""

_TALK = 400
"""Characters of a paragraph under benefits for which it must name one more of them."""

_TO_ANYONE = frozenset({"we", "our", "as", "at", "in", "the"})
"""A paragraph that begins so tells what the employer looks for: an item where it names years or a degree."""

_DANGLING = frozenset({"with", "in", "including", "of", "for"})


def says_something(text: str) -> bool:
    """Tell whether a line is more than a label, a hashtag, signs or "and more"."""
    words = text.split(None, LABEL_WORDS + 1)
    if len(words) <= LABEL_WORDS and (
        text.rstrip("*_ ").endswith(":") or (words and words[-1].casefold() in _DANGLING) or _AND_MORE.match(text)
    ):
        return False
    return any(map(str.isalnum, text)) and (text.lstrip()[0] != "#" or _HASHTAGS.match(text.strip()) is None)


def list_lines(section: Section) -> list[Line]:
    """Return a section's bullets; where paragraphs stand for them, as under pay and reasons to join, those if they are short."""
    bullets = [line for line in section.bullets if says_something(line.text)]
    if bullets or section.kind not in PAYING:
        return bullets
    lines = [line for line in section.lines if len(line.text) <= 2 * LONG_PARAGRAPH and _is_of_list(line)]
    short = sum(len(line.text) <= LONG_PARAGRAPH for line in lines)
    return lines if short > LEAST_LIST and short >= SHARE * len(section.lines) else []


def _is_of_list(line: Line) -> bool:
    return says_something(line.text) and not is_closing(split_words(line.text))


def find_duties(section: Section) -> list[Line]:
    """Return the paragraphs of a description of the job that say what one will do."""
    return [line for line in section.lines if _DUTY.search(line.text)]


def prose_items(section: Section, headed: frozenset[SectionKind | None]) -> Iterator[Line]:
    """Yield the paragraphs of a listed section that are items: all where it has no bullets, up to its closing words."""
    beside = section.has_bullets or not section.own
    for line in section.lines:
        if line.kind is not PROSE or not says_something(line.text):
            continue
        words = split_words(line.text)
        if is_closing(words) or (is_about_pay(words) and not is_offer(words)):
            beside = True
        elif _stands_beside(section.kind, line) if beside else _stands_alone(section.kind, line, words, headed):
            yield line


def _stands_beside(kind: SectionKind | None, line: Line) -> bool:
    """Tell whether a paragraph beside bullets is one of them: it begins with a picture, or is a short one of their wording."""
    if unicodedata.category(line.text.lstrip()[0]) == "So":
        return True
    return kind not in _TALKED_AROUND and len(line.text) <= LONG_PARAGRAPH and fits_kind(kind, read_wording(line.text))


def _stands_alone(kind: SectionKind | None, line: Line, words: list[str], headed: frozenset[SectionKind | None]) -> bool:
    """Tell whether a paragraph where no bullets are is an item: a short one is, a long one by its wording."""
    of_anyone = words[0] in _TO_ANYONE
    if kind is RESPONSIBILITIES and kind in headed:
        return read_wording(line.text) is kind and len(line.text) <= LONG_PARAGRAPH
    if len(line.text) <= LONG_PARAGRAPH and not (of_anyone and kind is REQUIREMENTS):
        return True
    if kind is BENEFITS:
        return count_offers(words) >= LEAST_LIST + len(line.text) // _TALK
    return kind is RESPONSIBILITIES or asks_something(words, of_anyone=of_anyone) or line.marked.raw.startswith("**")


def kind_of_stray(line: Line) -> SectionKind | None:
    """Return what a paragraph in any place is: `Requirements: ...` by its label, a sentence that lists benefits by its wording."""
    if line.label is not None and is_section_name(line.label):
        kind = read_section_kind(line.label)
        if kind is TRAITS and asks_something(split_words(line.text), of_anyone=True):
            return REQUIREMENTS
        return kind if kind in LISTED else None
    if line.kind is not PROSE:
        return None
    if not holds_any(line.text, _OFFER_CUES):
        return None
    words = split_words(line.text)
    return BENEFITS if is_offer(words) and not is_legal(words) else None
