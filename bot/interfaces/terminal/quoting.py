"""How the posting's own words are shown beside what was read in them."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Quote
from bot.interfaces.terminal.page import Paragraph
from bot.text.markup import strip_markup

_MOST = 5
"""Quotes on one page; more would bury the answer."""


def telling_paragraphs(telling: Telling, *, indent: str = "") -> Iterator[Paragraph]:
    """Yield what is told: the sentence, then its list."""
    yield Paragraph(telling.sentence, first=indent, rest=indent)
    for item in telling.items:
        yield Paragraph(item, first=f"{indent}• ", rest=f"{indent}  ")


def quote_paragraphs(quotes: Iterable[Quote], telling: Telling, *, indent: str = "") -> Iterator[Paragraph]:
    """Yield the quotes that say more than what was told already, each below the heading that it stands under."""
    left = _not_yet_told(quotes, telling)
    heading: str | None = None
    for quote in left[:_MOST]:
        if quote.heading and quote.heading != heading:
            yield Paragraph(f"under {_as_label(quote.heading)}", style="dim", first=indent, rest=indent)
        heading = quote.heading
        yield Paragraph(strip_markup(quote.text), style="dim", first=f"{indent}> ", rest=f"{indent}> ")
    if len(left) > _MOST:
        yield Paragraph(f"... and {len(left) - _MOST} more", style="dim", first=indent, rest=indent)


def _not_yet_told(quotes: Iterable[Quote], telling: Telling) -> Sequence[Quote]:
    """Leave out what stands in the telling word for word, and what was quoted before."""
    seen = {_letters(words) for words in (telling.sentence, *telling.items)}
    return [quote for quote in quotes if (key := _letters(quote.text)) not in seen and not seen.add(key)]  # type: ignore[func-returns-value]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, strip_markup(text).casefold()))


def _as_label(heading: str) -> str:
    return f"{strip_markup(heading).strip().rstrip(':')}:"
