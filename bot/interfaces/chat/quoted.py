"""The posting's own words below an answer, as blocks of markdown."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from bot.domain.answer import Answer
from bot.domain.fact import Quote
from bot.interfaces.chat.escaping import cut, escaped, escaped_within, readable
from bot.text.markup import strip_markup

_MOST = 5
_LONGEST = 900
_LONGEST_HEADING = 150


def quote_blocks(answer: Answer) -> Iterator[str]:
    """Yield a block for each quote that says more than the answer, the last one under a heading with the heading."""
    told = [text for telling in (answer.telling, *answer.further) for text in (telling.sentence, *telling.items)]
    left = list(_not_yet_told(answer.quotes, told))
    shown = left[:_MOST]
    for quote, after in zip_longest(shown, shown[1:]):
        block = f"> {escaped(cut(readable(strip_markup(quote.text)), _LONGEST))}"
        is_last = after is None or after.heading != quote.heading
        yield f"{block}\n> {place_line(quote.heading)}" if quote.heading and is_last else block
    if len(left) > _MOST:
        yield f"> … and {len(left) - _MOST} more passages"
    headings = list(dict.fromkeys(quote.heading for quote in answer.quotes if quote.heading))
    if not left and headings:
        yield f"\n{place_line(headings[0])}"


def place_line(heading: str) -> str:
    r"""
    Say where something was said.

    >>> place_line("**What we offer:**")
    '*— under “What we offer”*'
    """
    words = strip_markup(heading).strip("# ").rstrip(":")
    return f"*— under “{escaped_within(words, _LONGEST_HEADING)}”*"


def _not_yet_told(quotes: Iterable[Quote], told: Iterable[str]) -> Iterator[Quote]:
    """Leave out what stands in the answer word for word, and what was quoted before."""
    seen = {_letters(words) for words in told}
    for quote in quotes:
        if (key := _letters(quote.text)) and key not in seen:
            seen.add(key)
            yield quote


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, strip_markup(text).casefold()))
