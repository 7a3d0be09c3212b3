"""An answer as a card: whose posting, the figures, the list, the posting's own words, and what to ask next."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from bot.answering.answers import EMPTY
from bot.domain.answer import Answer, Listing, PostingReference, Rendered, State
from bot.domain.facts import Quote
from bot.domain.posting import Evidence, Openness, OtherPosting, Sighting, company_and_title
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import (
    LONGEST_LABEL,
    LONGEST_TITLE,
    MOST_LINES,
    MOST_ROWS,
    Card,
    Control,
    Entry,
    Part,
    Row,
    Tone,
    country_lines,
    cut,
    cut_page,
    escaped,
    escaped_within,
    in_rows,
    lay_out,
    linked,
    paged,
    readable,
    showable_link,
    text_blocks,
    timestamp,
    units,
)
from bot.text.clean import fold
from bot.text.markup import strip_markup
from bot.text.translations import language_of, name_command, read_named_command, say, say_each
from bot.topics import BY_NAME, OTHER, TOPICS
from bot.topics.apply import APPLY

# The buttons below an answer: the next questions, further pages, what may have been meant.

_FIRST = tuple(topic.name for topic in TOPICS if topic.is_next)
_MOST_NEXT = 3
"""Next questions, beside a button for the others."""


def posting_of(answer: Answer) -> PostingReference | None:
    """Return the posting that an answer is about; None where it is about none, or about several companies'."""
    is_told = answer.state in (State.ANSWERED, State.NOT_STATED) and answer.listing is None and answer.is_about_one
    return answer.postings[0] if is_told else None


def topic_rows(answer: Answer, about: PostingReference, *, owner: int, is_open: bool) -> tuple[Row, ...]:
    """Return the next questions that the posting says something on, with `is_open` all of them; then how to apply, and to report."""
    current = answer.topic if not answer.question and answer.country is None else None
    link = showable_link(about.link)
    names = [name for name in (*_FIRST, *BY_NAME) if name in answer.stated and name not in (current, APPLY.name)]
    names = sorted(dict.fromkeys(names), key=lambda name: name == answer.topic)  # words may have asked for a part of what it tells
    shown = names if is_open or len(names) <= _MOST_NEXT + 1 else names[:_MOST_NEXT]
    controls = [Control(say(BY_NAME[name].label, answer.language), press=_ask(about, name, owner)) for name in shown]
    if len(shown) < len(names):
        more = ButtonId(ButtonAction.MORE, posting=about.id, topic=answer.topic, country=answer.country, owner=owner)
        controls.append(Control(say("More", answer.language), press=more))
    label = say(APPLY.label, answer.language)
    apply = [Control(f"{label} ↗", link=link)] if link else []
    if not link and APPLY.name in answer.stated and current != APPLY.name:
        apply = [Control(label, press=_ask(about, APPLY.name, owner))]
    fit = [Control(say("Does it fit me?", answer.language), press=ButtonId(ButtonAction.FIT, posting=about.id, owner=owner))]
    fit = fit if answer.stated else []  # else it is what was told
    whole = whole_control(about, answer.language, owner=owner)
    watch = Control(say("Watch", answer.language), press=ButtonId(ButtonAction.WATCH, posting=about.id, owner=owner))
    return (*in_rows(controls, MOST_ROWS - 2), (*apply, whole, *fit, watch, report_control(answer, owner=owner, posting=about.id)))


def whole_control(about: PostingReference, language: str, *, owner: int) -> Control:
    """Return the button that shows a posting's whole text to who presses it."""
    return Control(say("Whole posting", language), press=ButtonId(ButtonAction.WHOLE, posting=about.id, owner=owner))


def report_control(answer: Answer, *, owner: int, posting: int = 0) -> Control:
    """Return the button that says that an answer is not right."""
    button = ButtonId(ButtonAction.REPORT, posting=posting, topic=answer.topic, country=answer.country, owner=owner)
    return Control(say("Not right?", answer.language), press=button)


def _ask(about: PostingReference, name: str | None, owner: int) -> ButtonId:
    return ButtonId(ButtonAction.ASK, posting=about.id, topic=name, owner=owner)


_EMPTY = (EMPTY, "There are no postings here yet.")


def choice_rows(answer: Answer, owner: int) -> tuple[Row, ...]:
    """Return a button for each posting that may have been meant, which answers in place, or that was found, which answers beside."""
    action, topic = (ButtonAction.ASK, None) if answer.state is State.ANSWERED else (ButtonAction.PICK, answer.topic)
    choices = answer.postings or answer.suggested
    repeated = Counter(labels := [_choice_label(answer, posting) for posting in choices])
    controls = [
        Control(
            label if repeated[label] == 1 else f"{cut(label, LONGEST_LABEL - 22)} #{posting.id}",
            press=ButtonId(action, posting=posting.id, topic=topic, country=answer.country, owner=owner),
        )
        for label, posting in zip(labels, choices, strict=True)
    ]
    is_empty = any(say(one, answer.language) in answer.text for one in _EMPTY)
    last = [] if is_empty or answer.state is State.TALK else [report_control(answer, owner=owner)]
    if answer.suggested and not answer.nearest:
        last.insert(0, Control(say("Compare", answer.language), press=ButtonId(ButtonAction.COMPARE, owner=owner)))
    has_others = not is_empty and bool(answer.further or answer.nearest or not answer.company)
    if answer.state is State.NO_SUCH_COMPANY and has_others:
        last.insert(0, Control(say("All postings", answer.language), press=ButtonId(ButtonAction.LIST, owner=owner)))
    return (*in_rows(controls, MOST_ROWS - 2), *in_rows(last))


def listing_card(answer: Answer, listing: Listing, *, card: Card, owner: int) -> Card:
    """Return a list's card: each posting of the page with a button that opens it, then what else can be done with them."""
    hits = len(answer.postings)
    opens = [Control(say("Open", answer.language), press=_ask(posting, None, owner)) for posting in answer.postings]
    told = ((escaped_within(hit.sentence, _LONGEST_NAME), _items(hit, _LONGEST_SAID, language=answer.language)) for hit in answer.further)
    smalls = (render_elsewhere(one.sighting, answer.language, company=one.company) for one in answer.postings)
    bodies = [
        "\n".join((f"**{name}**", *lines, *([f"-# {small}"] if small else ())))
        for (name, lines), small in zip(islice(told, hits), smalls, strict=True)
    ]
    turned = say("Page {page} of {pages}", answer.language, page=listing.page + 1, pages=listing.pages)  # said in the footer
    beside = [told for told in answer.further[hits:] if told.sentence != turned]
    head = [f"**{escaped(answer.rendered.sentence)}**"]
    head += [line for told in beside for line in (escaped(told.sentence), *_items(told, _LONGEST_SAID, language=answer.language))]
    page, more = ButtonId(ButtonAction.PAGE, owner=owner), []
    if hits > 1 and not listing.is_silent:
        more.append(Control(say("Compare", answer.language), press=replace(page, action=ButtonAction.COMPARE, page=listing.page)))
    if listing.is_silent:
        more.append(Control(say("Those that fit", answer.language), press=page))
    elif listing.silent:
        more.append(Control(say("Those that do not say", answer.language), press=replace(page, action=ButtonAction.SILENT)))
    more.append(Control(say("Watch", answer.language), press=replace(page, action=ButtonAction.WATCH)))
    more.append(report_control(answer, owner=owner))
    entries = tuple(Entry(body, control) for body, control in zip(bodies, opens, strict=True))
    beyond = [Control(_choice_label(answer, posting), press=_ask(posting, None, owner)) for posting in listing.beyond]
    return replace(card, body="\n".join(head), entries=entries, rows=(*in_rows(beyond, 1), tuple(more)) if listing.total else ())


_LONGEST_SAID = 170


def _choice_label(answer: Answer, posting: PostingReference) -> str:
    """Name the company where companies are to choose from, and the role where it takes one to tell postings apart."""
    company, title = readable(posting.company or ""), readable(posting.title or "")
    choices = answer.postings or answer.suggested
    own = sum(other.company == posting.company for other in choices)
    are_companies = bool(answer.nearest) or answer.state is State.ANSWERED or own < len(choices)
    words = [company] if are_companies and own == 1 else [company, title] if are_companies else [title]
    return cut(": ".join(filter(None, words)) or say("A posting without a title", answer.language), LONGEST_LABEL)


# The posting's own words below an answer, as blocks of markdown.

_MOST_QUOTES = 5
_LONGEST = 900
_LONGEST_HEADING = 150


def quote_blocks(answer: Answer, *, longest: int = _LONGEST) -> Iterator[str]:
    """Yield a block for each quote that says more than the answer, the first one under a heading with the heading above it."""
    told = [text for rendered in (answer.rendered, *answer.further) for text in (rendered.sentence, *rendered.items)]
    left = list(not_yet_told(answer.quotes, told))
    above, gap = None, "\n" if answer.rendered.items or answer.further else ""
    for quote in headed_last(left[:_MOST_QUOTES]):
        heading = f"{gap}-# {_heading_words(quote.heading)}\n" if quote.heading and quote.heading != above else ""
        above, gap = quote.heading, "\n"  # without an empty line the heading would go on what stands before it
        yield f"{heading}> {escaped(cut(readable(strip_markup(quote.text)), longest))}"
    if len(left) > _MOST_QUOTES:
        yield f"> {say('… and {number} more.', answer.language, number=len(left) - _MOST_QUOTES)}"
    headings = list(dict.fromkeys(quote.heading for quote in answer.quotes if quote.heading))
    if not left and headings:
        yield place_line(headings[0], answer.language)


def headed_last(quotes: Iterable[Quote]) -> list[Quote]:
    """Return quotes with those first that stand under no heading: behind another one they would stand under its."""
    return sorted(quotes, key=lambda quote: quote.heading is not None)


def place_line(heading: str, language: str = "en") -> str:
    r"""
    Say where something was said that is not quoted again.

    >>> place_line("**What we offer:**")
    '-# — under “What we offer”'
    """
    return f"-# {say('— under “{heading}”', language, heading=_heading_words(heading))}"


def _heading_words(heading: str) -> str:
    return escaped_within(strip_markup(heading).strip("# ").rstrip(":"), _LONGEST_HEADING)


def not_yet_told(quotes: Iterable[Quote], told: Iterable[str]) -> Iterator[Quote]:
    """Leave out what stands in the answer word for word, and what was quoted before."""
    seen = {bare_letters(words) for words in told}
    for quote in quotes:
        if (key := bare_letters(quote.text)) and key not in seen:
            seen.add(key)
            yield quote


def bare_letters(text: str) -> str:
    """Return the letters and digits of a text, without its markup: by these two are compared."""
    return "".join(filter(str.isalnum, strip_markup(text).casefold()))


# Its lines, and what stands around them.

_LONGEST_FIGURE, _LONGEST_BOLD = 60, 160
_LONGEST_REPEATED = 160
"""Characters of a quote that lists the countries which stand above it already."""

_LONGEST_SENTENCE = 1200
_LONGEST_ITEM = 600
_TOGETHER = 5
"""Items that no page parts from each other: what those that are compared say to one thing."""

_LONGEST_CHOICE = 160
_LONGEST_ECHO = 300
_LONGEST_NAME = 80
_TONES = {State.ANSWERED: Tone.ANSWER, State.NOT_STATED: Tone.SILENT}
_ECHO = re.compile(r"(?:[^“„«·]{1,40} · )?(?:“(.{1,400})”|„(.{1,400})“|«\s?(.{1,400}?)\s?»)", re.DOTALL)
"""The number of the page stands before it, in any language."""


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
    if about and answer.whole:
        return _whole_card(answer, about, view)
    blocks = list(_blocks(answer, view))
    page = cut_page(lay_out(blocks), view.page, on_page=1)
    listing = answer.listing
    if listing is not None:
        page = Part([tuple(blocks)], listing.page, listing.pages)
    body, note = "\n".join(page.items[0]), None
    if about:
        read = render_read(about.read_at, about.sighting, language=answer.language, style="D")
        read = " · ".join(filter(None, (read, render_elsewhere(about.sighting, answer.language, company=about.company))))
        by = answer.corrected_by and escaped_within(answer.corrected_by.name, _LONGEST_NAME)
        note = f"{read} · {say('corrected by {name}', answer.language, name=by)}" if by else read
    elif closed := render_closed(answer):
        note = escaped_within(closed, _LONGEST_CHOICE)
    echo = readable(answer.question)
    card = Card(
        body=body or "…",
        title=escaped_within(posting_name(about.company, about.title, locale=answer.language), LONGEST_TITLE) if about else None,
        link=showable_link(about.link) if about else None,
        note=note,
        footer=write_echo(echo, answer.language),  # the buttons below know the question in free words by it after a restart
        tone=_TONES.get(answer.state, Tone.ASKING),
        rows=topic_rows(answer, about, owner=view.owner, is_open=view.is_open) if about else choice_rows(answer, view.owner),
        is_personal=answer.state in (State.NO_SUCH_COMPANY, State.NOT_UNDERSTOOD) or bool(answer.nearest) or answer.is_own,
    )
    number = about.id if about else 0
    turn = ButtonId(ButtonAction.PAGE, posting=number, topic=answer.topic, country=answer.country, owner=view.owner)
    if listing is not None:
        turn = ButtonId(ButtonAction.SILENT if listing.is_silent else ButtonAction.PAGE, owner=view.owner)
        card = listing_card(answer, listing, card=card, owner=view.owner)
    return paged(card, page, turn=turn, locale=answer.language)


def _whole_card(answer: Answer, about: PostingReference, view: View) -> Card:
    """Return the card of a page of a posting's text, for who asked for it alone; others are shown a button that leads to it."""
    page = cut_page(lay_out(text_blocks(answer.whole), most=MOST_LINES), view.page, on_page=1)
    note = render_read(about.read_at, about.sighting, language=answer.language, style="D")
    title = escaped_within(posting_name(about.company, about.title, locale=answer.language), LONGEST_TITLE)
    card = Card("\n".join(page.items[0]) or "…", title=title, link=showable_link(about.link), note=note, is_personal=True)
    turn = ButtonId(ButtonAction.LEAF, posting=about.id, owner=view.owner)
    told = say("A whole posting is long: the button shows it to you alone.", answer.language)
    instead = replace(card, body=told, rows=((whole_control(about, answer.language, owner=view.owner),),))
    return replace(paged(card, page, turn=turn, locale=answer.language), in_public=instead)


def render_read(read_at: datetime, sighting: Sighting, *, language: str, style: str) -> str:
    """Say when a posting was read and whether it is still open, with dates as Discord writes them; `style` is that of the first."""
    read = say("Posting read {date}", language, date=timestamp(read_at, style))
    seen = render_sighting(sighting, language, date=lambda at: timestamp(at, "R"))
    return f"{read} · {seen}" if seen else read


def render_sighting(sighting: Sighting, language: str, *, date: Callable[[datetime], str]) -> str:
    """
    Say whether a posting is still open, and since when that is known; empty where nobody has looked.

    >>> render_sighting(Sighting(openness="open", by="board", seen_at=datetime(2031, 5, 4)), "en", date=lambda at: f"{at:%Y-%m-%d}")
    'seen open 2031-05-04'
    """
    match sighting.openness:
        case Openness.OPEN if sighting.seen_at:
            return say("seen open {date}", language, date=date(sighting.seen_at))
        case Openness.CLOSED if sighting.at:
            why = say(WHY_CLOSED.get(sighting.by or Evidence.BOARD, WHY_CLOSED[Evidence.BOARD]), language)
            return say("closed: {why}, found {date}", language, why=why, date=date(sighting.at))
        case Openness.UNKNOWN if sighting.seen_at:
            return say("last seen open {date}, not known since", language, date=date(sighting.seen_at))
        case Openness.UNKNOWN:
            return say("not known whether it is still open", language)
        case _:
            return ""


_MOST_ELSEWHERE = 3


def render_elsewhere(sighting: Sighting, language: str, *, company: str | None, is_plain: bool = False) -> str:
    """
    Say where else a posting's job stands, and that it is posted anew; empty where neither is known. Markdown, or plain words.

    >>> also_at = (OtherPosting(id=7, company="Hays", link=None),)
    >>> render_elsewhere(Sighting(also_at=also_at), "en", company="Flex", is_plain=True)
    'also at Hays'
    """
    told = []
    if sighting.earlier_at:
        date = f"{sighting.earlier_at:%Y-%m-%d}" if is_plain else timestamp(sighting.earlier_at, "D")
        told.append(say("reposted, the earlier posting was read {date}", language, date=date))
    if names := [_name_other(other, company, is_plain=is_plain) for other in sighting.also_at]:
        more = len(names) - _MOST_ELSEWHERE
        names = list(dict.fromkeys(names))[:_MOST_ELSEWHERE]
        names += [say("… and {number} more.", language, number=more).rstrip(".")] if more > 0 else []
        told.append(say("also at {names}", language, names=", ".join(names)))
    return " · ".join(told)


def _name_other(other: OtherPosting, company: str | None, *, is_plain: bool) -> str:
    """Name another posting of a job by its company, or by its site where that is the same, with its link."""
    link = showable_link(other.link)
    own = readable(other.company or "")
    name = own if own and fold(own) != fold(readable(company or "")) else readable(urlsplit(link).hostname or "") if link else ""
    name = cut(name or own or f"#{other.id}", _LONGEST_NAME)
    if is_plain:
        return name if not link or name == own else f"{name} ({link})"
    return linked(escaped_within(name, _LONGEST_NAME), link)


WHY_CLOSED = {
    Evidence.WORDS: "its page says so",
    Evidence.DATE: "its closing date is past",
    Evidence.GONE: "its page is gone",
    Evidence.BOARD: "it is no longer on its board",
}
"""How it was found that a posting is closed."""


def render_closed(answer: Answer) -> str:
    """Say which of several postings are closed; empty where none is known to be."""
    closed = [
        posting_name(one.company, one.title, locale=answer.language) for one in answer.postings if one.sighting.openness is Openness.CLOSED
    ]
    return say("Closed: {names}", answer.language, names=say_each(dict.fromkeys(closed), locale=answer.language)) if closed else ""


def write_echo(question: str, locale: str) -> str | None:
    """
    Return how a card's footer repeats a question, commands as the locale has them; None where nothing was asked in words.

    >>> write_echo("/search role: baker", "de"), write_echo("was zahlt es?", "fr"), write_echo("", "en")
    ('„/suche rolle: baker“', '« was zahlt es? »', None)
    """
    return say("“{words}”", locale, words=cut(name_command(readable(question), locale), _LONGEST_ECHO)) if question else None


def question_in(footer: str | None) -> str:
    """
    Return the question that a card's footer repeats, empty where it repeats none; a command in English.

    >>> question_in("Seite 1 von 3 · „was zahlt es?“"), question_in("« /chercher poste: baker »"), question_in("Page 1 of 3")
    ('was zahlt es?', '/search role: baker', '')
    """
    match = _ECHO.fullmatch(footer or "")
    return read_named_command(next(filter(None, match.groups()))) if match else ""


def posting_name(company: str | None, title: str | None, *, locale: str = "en") -> str:
    """
    Return what a posting is called, on one line and not escaped; one without any name is said to be so in the locale's language.

    >>> posting_name("Acme", "Baker"), posting_name("\u200b", None)
    ('Acme · Baker', 'A posting without a title')
    """
    return company_and_title(readable(company or ""), readable(title or ""), otherwise=say("A posting without a title", locale))


def _blocks(answer: Answer, view: View) -> Iterator[str]:
    is_about = posting_of(answer) is not None
    sentence = escaped(cut(readable(answer.rendered.sentence), _LONGEST_SENTENCE))
    if sentence and answer.topic != OTHER and answer.state is State.ANSWERED:
        yield _stressed(sentence)
    else:
        yield f"-# {sentence}" if sentence and answer.state is State.NOT_STATED else sentence
    locale = view.locale if language_of(view.locale) == answer.language else answer.language  # the message may be in another language
    countries = list(country_lines(answer.eligibility, locale)) if answer.eligibility else []
    if countries:
        yield from (f"- {line}" for line in countries)
    else:
        yield from _items(answer.rendered, _LONGEST_ITEM if is_about else _LONGEST_CHOICE, language=answer.language)
    for rendered in answer.further:
        line = escaped(cut(readable(rendered.sentence), _LONGEST_SENTENCE))
        head = f"-# {line}" if _is_silence(rendered.sentence, answer.language) else f"\n**{line}**"
        items = list(_items(rendered, _LONGEST_ITEM, language=answer.language))
        yield from ["\n".join((head, *items))] if len(items) <= _TOGETHER else (head, *items)
    if is_about:  # of several companies' words nobody could tell whose they are
        yield from quote_blocks(answer, longest=_LONGEST_REPEATED if len(countries) > 1 else _LONGEST)


def _stressed(sentence: str) -> str:
    """Return what is read first: a figure large, a short sentence bold."""
    length = units(sentence)
    return (
        f"## {sentence}"
        if length <= _LONGEST_FIGURE and not sentence.endswith(":")
        else f"**{sentence}**"
        if length <= _LONGEST_BOLD
        else sentence
    )


def _items(rendered: Rendered, longest: int, *, language: str) -> Iterator[str]:
    for item in rendered.items:
        if line := escaped(cut(readable(item), longest)):
            yield f"-# {line}" if _is_silence(item, language) else f"- {line}"


def _is_silence(said: str, language: str) -> bool:
    """Tell whether a line only says what the posting does not."""
    return any(said.endswith(say(topic.silence, language)) for topic in TOPICS) or said.startswith(
        say("Not stated: {topics}.", language).partition("{")[0]
    )
