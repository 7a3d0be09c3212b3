"""What is here to be managed, what was removed, what members asked in vain and what they reported: lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from bot.admin.context import AdminContext, Services, utc_now
from bot.admin.finding import NoSuchPosting, name_actor, name_kept, name_posting, name_topics
from bot.admin.proposals import SubmittedForm
from bot.domain.answer import CountedQuestion, State
from bot.domain.person import EVERYONE, Person
from bot.domain.posting import KeptPosting, Report
from bot.domain.query import Question, TargetKind
from bot.presentation.answer_card import posting_name
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import (
    LONGEST_TITLE,
    Card,
    CheckField,
    Control,
    Form,
    Part,
    Row,
    TextField,
    Tone,
    clip,
    cut_page,
    escaped_within,
    paged,
    timestamp,
    unescaped,
)
from bot.presentation.notices import asking_card
from bot.text.gazetteer import name_country
from bot.text.translations import say
from bot.topics import BY_NAME, OTHER

# Answers that somebody holds to be wrong: the form that says so, and the list in which managers look at them.

_LONGEST_QUESTION, _LONGEST_SAID, _LONGEST_COMMENT, _LONGEST_NAME = 400, 1500, 800, 80


async def report_form(button: ButtonId, person: Person) -> Form:
    """Return the form in which somebody says what is wrong."""
    locale = person.locale
    seen = say("Those who manage the postings here see the question, the answer and this.", locale)
    comment = TextField("comment", say("What is wrong?", locale), hint=seen, is_long=True)
    named = CheckField("named", say("Tell them my name", locale), hint=say("Otherwise nobody learns who reported it.", locale))
    return Form(replace(button, action=ButtonAction.REPORTED), title=say("Not right?", locale), fields=(comment, named))


async def take_report(services: Services, filled: SubmittedForm, *, person: Person, question: str, said: str) -> Card:
    """Bring what was asked and said (in markdown of ours), by whomever, to those who manage the postings."""
    if services.reports.count(person.id):
        return asking_card(say("That is a lot at once; please report the rest in ten minutes.", person.locale))
    button = filled.button
    kept = await services.store.get(button.posting, scopes=person.asker.scopes) if button.posting else None
    is_told = kept is not None or not person.member_of  # elsewhere it may tell of several servers' postings
    said = unescaped(said) or await _answer_again(services, button, person)
    claim = Report(
        id="new",
        # Elsewhere than in a server those are told who can correct the posting, so that no other server hears.
        scope=str(person.server) if person.server is not None else kept.scope if kept else EVERYONE,
        posting=kept.id if kept else None,
        topic=button.topic,
        country=button.country,
        question=clip(question, _LONGEST_QUESTION) if is_told else "",
        said=clip(said, _LONGEST_SAID) if is_told else "",
        comment=clip(filled.texts.get("comment", "").strip(), _LONGEST_COMMENT),
        by=person.as_actor() if filled.chosen.get("named") else None,
        at=utc_now(),
    )
    if await services.store.reports.put(claim):
        told = say("An answer was reported as not right; `/posting list` shows it.", await services.servers.locale_of(claim.scope))
        await services.announce(claim.scope, Card(told, tone=Tone.ASKING))
    return Card(say("Thank you. Those who manage the postings here will look at it.", person.locale), is_personal=True)


async def _answer_again(services: Services, button: ButtonId, person: Person) -> str:
    """Return what is said to a button's topic now, where the message itself did not come with the form."""
    if not (button.posting and button.topic in BY_NAME):
        return ""
    country = name_country(button.country) if button.country else None
    asker = person.asker.model_copy(update={"conversation": None})
    return (await services.assistant.answer(Question(topic=button.topic, posting=button.posting, country=country), asker)).text


# The list, a report a page.


async def _report_lines(context: AdminContext, one: Report) -> list[str]:
    kept = await context.store.get(one.posting or 0, scopes={context.scope, EVERYONE})
    label = "**{label}:** {told}"
    asked = f"“{escaped_within(one.question, _LONGEST_QUESTION)}”" if one.question else _name_topic(one, context.locale)
    lines = [f"**{escaped_within(posting_name(kept.posting.company, kept.posting.title), LONGEST_TITLE)}**"] if kept else []
    lines.append(context.say(label, label=context.say("Asked"), told=asked))
    lines.append(context.say(label, label=context.say("Answered"), told="").rstrip())
    lines += [f"> {escaped_within(line, _LONGEST_SAID)}" for line in one.said.splitlines() if line.strip()] or ["> …"]
    if one.comment:
        comment = f"“{escaped_within(one.comment, _LONGEST_COMMENT)}”"
        lines.append(context.say(label, label=context.say("What is wrong"), told=comment))
    by = escaped_within(one.by.name, _LONGEST_NAME) if one.by else context.say("not named")
    times = f" · {one.times}×" if one.times > 1 else ""
    lines.append(f"-# {by} · {timestamp(one.at, 'd')}{times}")
    if kept and kept.scope != context.scope:
        lines.append(f"-# {context.say('This posting is for everyone; only the owners of the bot can correct it.')}")
    return lines


def _name_topic(one: Report, locale: str) -> str:
    topic = say(BY_NAME[one.topic].label, locale) if one.topic in BY_NAME else "…"
    return f"{topic} · {name_country(one.country, locale)}" if one.country else topic


async def _report_row(context: AdminContext, one: Report) -> Row:
    own = await context.store.get(one.posting or 0, scopes=context.scopes)
    correct = [Control(context.say("Correct the posting"), press=ButtonId(ButtonAction.EDIT, posting=own.id))] if own else []
    return (*correct, Control(context.say("Close the report"), press=ButtonId(ButtonAction.CLOSE_REPORT, proposal=one.id)))


ON_PAGE = 10
_LONGEST_COMPANY, _LONGEST_LISTED_COMPANY = 150, 80
REASONS = {
    State.NO_SUCH_COMPANY: "no such posting",
    State.NOT_STATED: "the posting does not say",
    State.NOT_UNDERSTOOD: "not understood",
}


class ListKind(StrEnum):
    """What is listed; written into buttons."""

    CURRENT = "current"
    REMOVED = "removed"
    GAPS = "gaps"
    """What members asked and nothing here could answer."""

    REPORTED = "reported"
    """Answers that somebody holds to be wrong."""


TABS = {ListKind.CURRENT: "Postings", ListKind.REMOVED: "Removed", ListKind.GAPS: "Asked in vain", ListKind.REPORTED: "Reported"}
EMPTY = {
    ListKind.CURRENT: "There are no postings here yet; `/posting add` adds one, `/posting import` many.",
    ListKind.REMOVED: "No posting was removed.",
    ListKind.GAPS: "Nothing was asked in vain yet.",
    ListKind.REPORTED: "No answer is reported as not right.",
}


async def show_list(context: AdminContext, kind: ListKind, *, company: str | None = None) -> Card:
    """Show the first page of a list, of one company's postings where it is named; raises NoSuchPosting for a company that is not here."""
    of_company = await _find_company(context, company) if company and kind is ListKind.CURRENT else 0
    return await _show(context, ButtonId(ButtonAction.LIST_MANAGED, posting=of_company, group=kind.value))


async def turn_list(context: AdminContext, button: ButtonId) -> Card:
    """Show the page of a button."""
    return await _show(context, button if button.group in {*ListKind} else replace(button, group=ListKind.CURRENT.value))


async def _show(context: AdminContext, turn: ButtonId) -> Card:
    """Show a page of a list: which one is the button's group, the posting one of the company that it is narrowed to."""
    shows = {ListKind.GAPS: _show_gaps, ListKind.REPORTED: _show_reports, ListKind.REMOVED: _show_removed, ListKind.CURRENT: _show_current}
    return await shows[ListKind(turn.group)](context, turn)


async def _show_current(context: AdminContext, turn: ButtonId) -> Card:
    """Show a page of the postings, the newest first, without reading the others."""
    company = await _company_of(context, turn.posting)
    chosen = await context.services.assistant.ids_like(company, context.asker) if company else None
    count = len(chosen) if chosen is not None else await context.store.count(scopes=context.scopes)
    part = cut_page(range(count) if chosen is None else chosen, turn.page, on_page=ON_PAGE)
    if chosen is None:
        part = part._replace(items=await context.store.newest(scopes=context.scopes, limit=ON_PAGE, skip=part.number * ON_PAGE))
    kept = await context.store.get_many(part.items, scopes=context.scopes)
    lines = [await _current_line(context, one) for one in kept] or [context.say(EMPTY[ListKind(turn.group)])]
    whose = escaped_within(kept[0].posting.company or "", _LONGEST_COMPANY) if company and kept else ""
    if not count:
        told = "Postings that you can manage"
    elif whose:
        told = "1 posting of {company} that you can manage" if count == 1 else "{number} postings of {company} that you can manage"
    else:
        told = "1 posting that you can manage" if count == 1 else "{number} postings that you can manage"
    title = context.say(told, number=count, company=whose)
    return _list_card(context, turn, part=part, lines=[*lines, *await _render_those_for_everyone(context)], title=title)


async def _show_removed(context: AdminContext, turn: ButtonId) -> Card:
    removed = await context.store.list_removed(scopes=context.scopes)
    part = cut_page(removed, turn.page, on_page=ON_PAGE)
    named = ((name_posting(one.id, one.company, title=one.title), timestamp(one.read_at, "d")) for one in part.items)
    lines = [f"- {name} · {context.say('read {date}', date=date)}" for name, date in named]
    if not lines:
        return _list_card(context, turn, part=part, lines=[], title=context.say("Removed postings"))
    told = "1 removed posting" if len(removed) == 1 else "{number} removed postings, the last one first"
    lines.append("\n" + context.say("`/posting restore` brings one back."))
    return _list_card(context, turn, part=part, lines=lines, title=context.say(told, number=len(removed)))


async def _show_gaps(context: AdminContext, turn: ButtonId) -> Card:
    await context.services.assistant.write_gaps()
    part = cut_page(await context.store.gaps.list_gaps(scopes=context.scopes), turn.page, on_page=ON_PAGE)
    lines = [unanswered_line(one, locale=context.locale) for one in part.items]
    return _list_card(context, turn, part=part, lines=lines, title=context.say("What was asked in vain"))


async def _show_reports(context: AdminContext, turn: ButtonId) -> Card:
    part = cut_page(await context.store.reports.list_reports(scopes=context.scopes), turn.page, on_page=1)
    lines = [line for one in part.items for line in await _report_lines(context, one)]
    told = "Reported answers" if not lines else "1 reported answer" if part.pages == 1 else "{number} reported answers"
    card = _list_card(context, turn, part=part, lines=lines, title=context.say(told, number=part.pages))
    return replace(card, rows=(*[await _report_row(context, one) for one in part.items], *card.rows))


async def close_report(context: AdminContext, button: ButtonId) -> Card:
    """Close a report and show those that are left; one that somebody else closed is gone already."""
    await context.store.reports.close(button.proposal, scopes=context.scopes)
    return await _show_reports(context, replace(button, group=ListKind.REPORTED.value))


def _list_card(context: AdminContext, turn: ButtonId, *, part: Part[Any], lines: Sequence[str], title: str) -> Card:
    """Return a page, with buttons for the others and for the other lists."""
    body = "\n".join(lines) or context.say(EMPTY[ListKind(turn.group)])
    card = Card(body, title=title, tone=Tone.ANSWER if part.items else Tone.ASKING, is_personal=True)
    # The revision says nothing and keeps these ids apart from those of the other lists.
    turn = ButtonId(ButtonAction.LIST_MANAGED, posting=turn.posting, revision=1, group=turn.group)
    tabs = tuple(
        Control(context.say(label), press=ButtonId(ButtonAction.LIST_MANAGED, group=kind.value), is_current=kind == turn.group)
        for kind, label in TABS.items()
    )
    card = paged(card, part, turn=turn, locale=context.locale)
    return replace(card, rows=(*card.rows, tabs))


async def _current_line(context: AdminContext, kept: KeptPosting) -> str:
    """Return a line that says which posting it is, when it was read, who changed it last and whether people put it right."""
    actions = await context.store.list_actions(scopes=context.scopes, posting=kept.id, limit=1)
    parts = [name_kept(kept), context.say("read {date}", date=timestamp(kept.read_at, "d"))]
    parts += [context.say("by {name}", name=name_actor(actions[0].by))] if actions else []
    parts += [context.say("corrected")] if kept.posting.corrections else []
    return f"- {' · '.join(parts)}"


def unanswered_line(counted: CountedQuestion, *, locale: str) -> str:
    """
    Return a line that says what was asked how often, and why nothing could be answered.

    >>> from datetime import UTC, datetime
    >>> from bot.domain.answer import UnansweredQuestion
    >>> asked = UnansweredQuestion("pay", "initech", State.NO_SUCH_COMPANY)
    >>> unanswered_line(CountedQuestion(asked, 12, datetime(2026, 5, 1, tzinfo=UTC)), locale="en")
    '- **12 times**: pay of “initech”: no such posting (last <t:1777593600:d>)'
    """
    question = counted.question
    times = say("1 time" if counted.times == 1 else "{number} times", locale, number=counted.times)
    topic = say("a free question" if question.topic == OTHER else "a question", locale)
    if question.topic in BY_NAME:
        topic = name_topics([BY_NAME[question.topic]], locale)
    if question.company:
        name = escaped_within(question.company, _LONGEST_LISTED_COMPANY)
        topic = say("{topic} of “{company}”", locale, topic=topic, company=name)
    why = say(REASONS.get(question.reason, question.reason), locale)
    return f"- **{times}**: {say('{topic}: {why} (last {date})', locale, topic=topic, why=why, date=timestamp(counted.last_at, 'd'))}"


async def _find_company(context: AdminContext, typed: str) -> int:
    target = await context.services.assistant.match_posting(typed, context.asker)
    if target.kind is not TargetKind.FOUND or not target.company:
        raise NoSuchPosting(
            "There is no company “{typed}” among the postings that can be managed here; /posting list shows them all", typed=typed
        )
    return target.postings[0]


async def _company_of(context: AdminContext, number: int) -> str:
    """Return the name of a posting's company, also of one that was removed since; empty for none."""
    kept = await context.store.get(number, scopes=context.scopes) if number else None
    if number and kept is None:
        revisions = await context.store.history(number, scopes=context.scopes)
        kept = revisions[-1].kept if revisions else None
    return (kept.posting.company or "") if kept else ""


async def _render_those_for_everyone(context: AdminContext) -> list[str]:
    """Say in a server how many postings for everyone its members see besides."""
    if context.scope == EVERYONE:
        return []
    count = await context.store.count(scopes={EVERYONE})
    told = (
        "Members also see 1 posting for everyone; only the bot's owners manage it."
        if count == 1
        else "Members also see {number} postings for everyone; only the bot's owners manage those."
    )
    return ["\n" + context.say(told, number=count)]
