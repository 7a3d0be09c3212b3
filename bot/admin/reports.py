"""Answers that somebody holds to be wrong: the form that says so, and the list in which managers look at them."""

from dataclasses import dataclass, replace

from bot.admin.context import AdminContext, Services, utc_now
from bot.admin.correcting import SubmittedForm
from bot.admin.finding import timestamp
from bot.domain.administration import Report
from bot.domain.person import EVERYONE, Person
from bot.domain.posting import KeptPosting
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
    escaped_within,
    unescaped,
)
from bot.text.gazetteer import name_country
from bot.text.translations import say
from bot.topics import BY_NAME

_LONGEST_QUESTION, _LONGEST_SAID, _LONGEST_COMMENT, _LONGEST_NAME = 400, 1500, 800, 80


@dataclass(frozen=True)
class Shown:
    """What the message shows that is reported: whoever reports it may have been asked or shown it by another."""

    question: str
    said: str
    """Markdown of ours."""


async def report_form(button: ButtonId, person: Person) -> Form:
    """Return the form in which somebody says what is wrong."""
    locale = person.locale
    return Form(
        replace(button, action=ButtonAction.REPORTED),
        title=say("Not right?", locale),
        fields=(
            TextField(
                "comment",
                say("What is wrong?", locale),
                hint=say("Those who manage the postings here see the question, the answer and this.", locale),
                is_long=True,
            ),
            CheckField("named", say("Tell them my name", locale), hint=say("Otherwise nobody learns who reported it.", locale)),
        ),
    )


async def take_report(services: Services, filled: SubmittedForm, person: Person, *, shown: Shown) -> Card:
    """Bring what was asked and said to those who manage the postings."""
    if not services.reports.admits(person.id):
        return Card(say("That is a lot at once; please report the rest in ten minutes.", person.locale), tone=Tone.ASKING, is_personal=True)
    button = filled.button
    kept = await services.store.get(button.posting, scopes=person.asker.scopes) if button.posting else None
    is_told = kept is not None or not person.member_of  # elsewhere it may tell of several servers' postings
    claim = Report(
        id="new",
        scope=_scope_for(person, kept),
        posting=kept.id if kept else None,
        topic=button.topic,
        country=button.country,
        question=clip(shown.question, _LONGEST_QUESTION) if is_told else "",
        said=clip(unescaped(shown.said), _LONGEST_SAID) if is_told else "",
        comment=clip(filled.texts.get("comment", "").strip(), _LONGEST_COMMENT),
        by=person.as_actor() if filled.chosen.get("named") else None,
        at=utc_now(),
    )
    if await services.store.reports.put(claim):
        await services.announce(claim.scope, Card("An answer was reported as not right: `/posting list show:reported`", tone=Tone.ASKING))
    return Card(say("Thank you. Those who manage the postings here will look at it.", person.locale), is_personal=True)


def _scope_for(person: Person, kept: KeptPosting | None) -> str:
    """Return whose managers are told: in a server its own; elsewhere those who can correct the posting, so that no other server hears."""
    if person.server is not None:
        return str(person.server)
    return kept.scope if kept else EVERYONE


# The list, a report a page.


async def report_lines(context: AdminContext, one: Report) -> list[str]:
    """Return what there is to read about a report."""
    locale = context.person.locale
    kept = await context.store.get(one.posting or 0, scopes={context.scope, EVERYONE})
    name = f"**{escaped_within(posting_name(kept.posting.company, kept.posting.title), LONGEST_TITLE)}**" if kept else ""
    lines = [name, f"**{say('Asked', locale)}:** {_render_question(one, locale)}", f"**{say('Answered', locale)}:**"]
    lines += [f"> {escaped_within(line, _LONGEST_SAID)}" for line in one.said.splitlines() if line.strip()] or ["> …"]
    if one.comment:
        lines.append(f"**{say('What is wrong', locale)}:** “{escaped_within(one.comment, _LONGEST_COMMENT)}”")
    by = escaped_within(one.by.name, _LONGEST_NAME) if one.by else say("not named", locale)
    times = f" · {one.times}×" if one.times > 1 else ""
    lines.append(f"-# {by} · {timestamp(one.at, 'd')}{times}")
    if kept and kept.scope != context.scope:
        lines.append(f"-# {say('This posting is for everyone; only the owners of the bot can correct it.', locale)}")
    return list(filter(None, lines))


async def report_row(context: AdminContext, one: Report) -> Row:
    """Return the buttons below a report."""
    locale = context.person.locale
    own = await context.store.get(one.posting or 0, scopes=context.scopes)
    correct = [Control(say("Correct the posting", locale), press=ButtonId(ButtonAction.EDIT, posting=own.id))] if own else []
    return (*correct, Control(say("Close the report", locale), press=ButtonId(ButtonAction.CLOSE_REPORT, proposal=one.id)))


def _render_question(one: Report, locale: str) -> str:
    if one.question:
        return f"“{escaped_within(one.question, _LONGEST_QUESTION)}”"
    topic = say(BY_NAME[one.topic].label, locale) if one.topic in BY_NAME else "…"
    return f"{topic} · {name_country(one.country, locale)}" if one.country else topic


async def list_reports(context: AdminContext, page: int) -> tuple[Part[Report], list[str], tuple[Row, ...]]:
    """Return a page of the open reports, with what is read there and the buttons below."""
    found = await context.store.reports.list_reports(scopes=context.scopes)
    number = min(page, max(len(found) - 1, 0))
    if not found:
        return Part((), 0, 1), [], ()
    one = found[number]
    return Part([one], number, len(found)), await report_lines(context, one), (await report_row(context, one),)
