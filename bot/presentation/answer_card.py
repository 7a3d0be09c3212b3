"""An answer as a card: whose posting, the figures, the list, the posting's own words, and what to ask next."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from cachetools import LRUCache

from bot.answering.search import ON_PAGE
from bot.domain.answer import Answer, Listing, PostingReference, Rendered, State
from bot.domain.facts import Area, Eligibility, Quote
from bot.domain.posting import company_and_title
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import (
    LONGEST_LABEL,
    LONGEST_TITLE,
    MOST_ROWS,
    Card,
    Control,
    Part,
    Row,
    Tone,
    cut,
    cut_page,
    escaped,
    escaped_within,
    in_rows,
    lay_out,
    paged,
    readable,
    showable_link,
    units,
)
from bot.text.gazetteer import form_of
from bot.text.markup import strip_markup
from bot.text.translations import say
from bot.topics import BY_NAME, OTHER, TOPICS
from bot.topics.apply import APPLY
from bot.topics.countries import name_area

# The buttons below an answer: the next questions, further pages, what may have been meant.

_FIRST = tuple(topic.name for topic in TOPICS if topic.is_next)


def posting_of(answer: Answer) -> PostingReference | None:
    """Return the posting that an answer is about; None where it is about none, or about several companies'."""
    is_told = answer.state in (State.ANSWERED, State.NOT_STATED) and answer.listing is None and answer.is_about_one_company
    return answer.postings[0] if is_told else None


def topic_rows(answer: Answer, about: PostingReference, *, owner: int, is_open: bool) -> tuple[Row, ...]:
    """Return the topics that are asked about most, and with `is_open` all the others in rows of their own."""
    current = answer.topic if not answer.question and answer.country is None else None
    first = [_topic_control(about, name, owner, current=current, language=answer.language) for name in _FIRST]
    more = ButtonId(ButtonAction.MORE, posting=about.id, topic=answer.topic, country=answer.country, owner=owner)
    first.append(Control(say("More", answer.language), press=more, is_current=is_open))
    if link := showable_link(about.link):
        first.append(Control(f"{say(APPLY.label, answer.language)} ↗", link=link))
    else:
        first.append(_topic_control(about, APPLY.name, owner, current=current, language=answer.language))
    shown = _FIRST if link else (*_FIRST, APPLY.name)
    others = [
        _topic_control(about, topic.name, owner, current=current, language=answer.language) for topic in TOPICS if topic.name not in shown
    ]
    fit = ButtonId(ButtonAction.FIT, posting=about.id, owner=owner)
    others.append(Control(say("Does it fit me?", answer.language), press=fit))
    return (tuple(first), *(in_rows(others, MOST_ROWS - 1) if is_open else ()))


def choice_rows(answer: Answer, owner: int) -> tuple[Row, ...]:
    """Return a button for each posting that may have been meant, which answers in place, or that was found, which answers beside."""
    action, topic = (ButtonAction.ASK, None) if answer.state is State.ANSWERED else (ButtonAction.PICK, answer.topic)
    choices = answer.postings or answer.suggested
    labels = [_choice_label(answer, posting) for posting in choices]
    repeated = Counter(labels)
    controls = [
        Control(
            label if repeated[label] == 1 else f"{cut(label, LONGEST_LABEL - 22)} #{posting.id}",
            press=ButtonId(action, posting=posting.id, topic=topic, country=answer.country, owner=owner),
        )
        for label, posting in zip(labels, choices, strict=True)
    ]
    return in_rows(controls)


def listing_rows(answer: Answer, listing: Listing, *, owner: int) -> tuple[Row, ...]:
    """Return a button that opens each posting of a list's page, and others that compare them and show what leaves it open."""
    first = listing.page * ON_PAGE + 1
    names = [readable(posting.company or posting.title or "") for posting in answer.postings]
    opens = [
        Control(cut(f"{number} {name}", _LONGEST_OPEN), press=ButtonId(ButtonAction.ASK, posting=posting.id, owner=owner))
        for number, (name, posting) in enumerate(zip(names, answer.postings, strict=True), first)
    ]
    page, language = ButtonId(ButtonAction.PAGE, owner=owner), answer.language
    more = []
    if len(answer.postings) > 1 and not listing.is_silent:
        more.append(Control(say("Compare", language), press=replace(page, action=ButtonAction.COMPARE, page=listing.page)))
    if listing.is_silent:
        more.append(Control(say("Those that fit", language), press=page))
    elif listing.silent:
        more.append(Control(say("Those that do not say", language), press=replace(page, action=ButtonAction.SILENT)))
    return tuple(filter(None, (tuple(opens), tuple(more))))


_LONGEST_OPEN = 24


def _choice_label(answer: Answer, posting: PostingReference) -> str:
    """Name the company where companies are to choose from, and the role where it takes one to tell postings apart."""
    company, title = readable(posting.company or ""), readable(posting.title or "")
    own = [other for other in answer.postings or answer.suggested if other.company == posting.company]
    are_companies = bool(answer.nearest) or answer.state is State.ANSWERED
    words = [company] if are_companies and len(own) == 1 else [company, title] if are_companies else [title]
    return cut(": ".join(filter(None, words)) or "A posting without a title", LONGEST_LABEL)


def _topic_control(about: PostingReference, name: str, owner: int, *, current: str | None, language: str) -> Control:
    button = ButtonId(ButtonAction.ASK, posting=about.id, topic=name, owner=owner)
    return Control(say(BY_NAME[name].label, language), press=button, is_current=name == current)


# The posting's own words below an answer, as blocks of markdown.

_MOST_QUOTES = 5
_LONGEST = 900
_LONGEST_HEADING = 150


def quote_blocks(answer: Answer) -> Iterator[str]:
    """Yield a block for each quote that says more than the answer, the last one under a heading with the heading."""
    told = [text for rendered in (answer.rendered, *answer.further) for text in (rendered.sentence, *rendered.items)]
    left = list(_not_yet_rendered(answer.quotes, told))
    shown = left[:_MOST_QUOTES]
    for quote, after in zip_longest(shown, shown[1:]):
        block = f"> {escaped(cut(readable(strip_markup(quote.text)), _LONGEST))}"
        is_last = after is None or after.heading != quote.heading
        yield f"{block}\n> {place_line(quote.heading, answer.language)}" if quote.heading and is_last else block
    if len(left) > _MOST_QUOTES:
        yield f"> {say('… and {number} more.', answer.language, number=len(left) - _MOST_QUOTES)}"
    headings = list(dict.fromkeys(quote.heading for quote in answer.quotes if quote.heading))
    if not left and headings:
        yield f"\n{place_line(headings[0], answer.language)}"


def place_line(heading: str, language: str = "en") -> str:
    r"""
    Say where something was said.

    >>> place_line("**What we offer:**")
    '*— under “What we offer”*'
    """
    words = strip_markup(heading).strip("# ").rstrip(":")
    return f"*{say('— under “{heading}”', language, heading=escaped_within(words, _LONGEST_HEADING))}*"


def _not_yet_rendered(quotes: Iterable[Quote], told: Iterable[str]) -> Iterator[Quote]:
    """Leave out what stands in the answer word for word, and what was quoted before."""
    seen = {_letters(words) for words in told}
    for quote in quotes:
        if (key := _letters(quote.text)) and key not in seen:
            seen.add(key)
            yield quote


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, strip_markup(text).casefold()))


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
    territories = form_of(locale).territories
    places = [f"{flag_of('EU') if area in _EUROPEAN else '🌍'} {_capital(name_area(area, locale))}" for area in eligibility.areas]
    places += [f"{flag_of(code)} {territories.get(code, code)}" for code in eligibility.countries]
    yield from places if len(places) <= _SHORT else _side_by_side(places)


def _side_by_side(places: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(places), _SIDE_BY_SIDE):
        yield " · ".join(places[start : start + _SIDE_BY_SIDE])


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


_LONGEST_BOLD = 160
_LONGEST_SENTENCE = 1200
_LONGEST_ITEM = 600
_LONGEST_CHOICE = 160
_LONGEST_ECHO = 300
_LONGEST_NAME = 80
_TONES = {State.ANSWERED: Tone.ANSWER, State.NOT_STATED: Tone.SILENT}
_ECHO = re.compile(r"(?:Page \d{1,4} of \d{1,4} · )?“(.{1,400})”", re.DOTALL)


@dataclass(frozen=True)
class View:
    """How an answer is looked at."""

    owner: int
    """Whose question it was."""

    page: int = 0
    locale: str = "en"
    is_open: bool = False
    """All topics are shown below it."""


def answer_card(answer: Answer, view: View) -> Card:
    """Return the card of one page of an answer; a page that there is not becomes the last one."""
    about = posting_of(answer)
    blocks = list(_blocks(answer, view))
    page = cut_page(lay_out(blocks), view.page, on_page=1)
    listing = answer.listing
    if listing is not None:
        page = Part([tuple(blocks)], listing.page, listing.pages)
    body = "\n".join(page.items[0])
    if about:
        corrected = f" · corrected by {escaped_within(answer.corrected_by.name, _LONGEST_NAME)}" if answer.corrected_by else ""
        read = say("Posting read {date}", answer.language, date=f"<t:{int(about.read_at.timestamp())}:D>")
        body += f"\n\n*{read}{corrected}*"
    echo = cut(readable(answer.question), _LONGEST_ECHO)
    card = Card(
        body=body or "…",
        title=escaped_within(posting_name(about.company, about.title), LONGEST_TITLE) if about else None,
        link=showable_link(about.link) if about else None,
        footer=f"“{echo}”" if echo else None,  # the buttons below know the question in free words by it after a restart
        tone=_TONES.get(answer.state, Tone.ASKING),
        rows=topic_rows(answer, about, owner=view.owner, is_open=view.is_open) if about else choice_rows(answer, view.owner),
        is_personal=answer.state in (State.NO_SUCH_COMPANY, State.NOT_UNDERSTOOD) or bool(answer.nearest),
    )
    number = about.id if about else 0
    turn = ButtonId(ButtonAction.PAGE, posting=number, topic=answer.topic, country=answer.country, owner=view.owner)
    if listing is not None:
        turn = ButtonId(ButtonAction.SILENT if listing.is_silent else ButtonAction.PAGE, owner=view.owner)
        card = replace(card, rows=listing_rows(answer, listing, owner=view.owner))
    return paged(card, page, turn=turn)


def question_in(footer: str | None) -> str:
    """
    Return the question that a card's footer repeats, empty where it repeats none.

    >>> question_in("Page 1 of 3 · “what does it pay?”"), question_in("Page 1 of 3")
    ('what does it pay?', '')
    """
    match = _ECHO.fullmatch(footer or "")
    return match[1] if match else ""


def posting_name(company: str | None, title: str | None) -> str:
    """
    Return what a posting is called, on one line and not escaped.

    >>> posting_name("Acme", "Baker"), posting_name("\u200b", None)
    ('Acme · Baker', 'A posting without a title')
    """
    return company_and_title(readable(company or ""), readable(title or ""))


def _blocks(answer: Answer, view: View) -> Iterator[str]:
    is_about = posting_of(answer) is not None
    sentence = escaped(cut(readable(answer.rendered.sentence), _LONGEST_SENTENCE))
    is_figure = answer.state in _TONES and units(sentence) <= _LONGEST_BOLD and answer.topic != OTHER
    yield f"**{sentence}**" if is_figure and sentence else sentence
    if answer.eligibility and (lines := list(country_lines(answer.eligibility, view.locale))):
        yield from (f"- {line}" for line in lines)
    else:
        yield from _items(answer.rendered, _LONGEST_ITEM if is_about else _LONGEST_CHOICE)
    for rendered in answer.further:
        yield f"\n**{escaped(cut(readable(rendered.sentence), _LONGEST_SENTENCE))}**"
        yield from _items(rendered, _LONGEST_ITEM)
    if is_about:  # of several companies' words nobody could tell whose they are
        yield from quote_blocks(answer)


def _items(rendered: Rendered, longest: int) -> Iterator[str]:
    for item in rendered.items:
        if line := escaped(cut(readable(item), longest)):
            yield f"- {line}"


_MOST_CARDS = 2000


class CardCache:
    """
    Lays an answer out once for each way it is looked at.

    The Assistant gives the same object for a question that it answered before: that is what a card is found by, which is held here
    for as long as its card, so that no other object can have its identity.
    """

    def __init__(self) -> None:
        self._cards: LRUCache[tuple[int, View], tuple[Answer, Card]] = LRUCache(_MOST_CARDS)

    def card_of(self, answer: Answer, view: View) -> Card:
        """Return the answer's card."""
        known = self._cards.get((id(answer), view))
        if known is None:
            known = self._cards[id(answer), view] = (answer, answer_card(answer, view))
        return known[1]
