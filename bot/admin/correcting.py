"""Correcting a proposal: buttons for the groups of its fields, a form for each, and what was sent with one."""

import asyncio
from collections.abc import Iterator, Mapping

from bot.admin.context import AdminContext
from bot.admin.forms import Form, SubmittedForm, TextField, give_back, typed_files
from bot.admin.previews import get_open, show_proposal
from bot.domain.errors import RolecallError, Uncorrectable
from bot.domain.posting import Posting
from bot.intake.corrections import correct
from bot.intake.form_text import FORM_GROUPS, FormField, FormGroup, form_pages
from bot.presentation.answer_card import posting_name
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import BUTTONS_IN_ROW, LONGEST_LABEL, LONGEST_TITLE, Card, Control, Row, Tone, cut, escaped_within, in_rows

_GROUPS_ON_PAGE = 4 * BUTTONS_IN_ROW
"""Buttons; below them is a row that leads on and back."""

_LONGEST_COMPLAINT = 300
_MOST_COMPLAINTS = 11
_HOW = (
    "What do you want to put right? Each button opens a form with what was found."
    " Behind a value, after the sign |, stand the posting's own words for it; an empty box says that the posting does not say."
)


async def show_groups(context: AdminContext, button: ButtonId) -> Card:
    """Show a button for each form that a proposal can be corrected with."""
    proposal = await get_open(context, button.proposal)
    forms = await asyncio.to_thread(lambda: list(_forms_of(proposal.posting)))
    start = button.page * _GROUPS_ON_PAGE if button.page * _GROUPS_ON_PAGE < len(forms) else 0
    controls = [_form_control(button.proposal, group, number=number, pages=pages) for group, number, pages in forms]
    rows = in_rows(controls[start : start + _GROUPS_ON_PAGE])
    return Card(
        _HOW,
        title=_title_of(proposal.posting),
        tone=Tone.ASKING,
        rows=(*rows, _below(button, has_more=start + _GROUPS_ON_PAGE < len(forms))),
    )


async def open_form(context: AdminContext, button: ButtonId) -> Form:
    """Return the form of a group of fields, with what was typed there a moment ago and could not be taken."""
    proposal = await get_open(context, button.proposal)
    group = _find_group(button)
    pages = await asyncio.to_thread(form_pages, proposal.posting, group)
    boxes = pages[min(button.page, len(pages) - 1)]
    drafted = context.services.drafts.get(_draft_name(context, button), scope=context.scope) or {}
    sent = ButtonId(ButtonAction.TYPED, proposal=button.proposal, group=button.group, page=button.page)
    return Form(sent, title=group.label, fields=tuple(_to_text_field(box, drafted) for box in boxes))


async def take_corrections(context: AdminContext, filled: SubmittedForm) -> Card:
    """Correct a proposal with what was typed and show it again, or say what is wrong and give back what was typed."""
    try:
        return await _correct(context, filled.button, filled.texts)
    except Uncorrectable as error:
        context.services.drafts.put(dict(filled.texts), scope=context.scope, name=_draft_name(context, filled.button))
        return _complaints_card(error, filled.button, filled.texts)
    except RolecallError as error:
        return give_back(error, filled)


async def _correct(context: AdminContext, button: ButtonId, texts: Mapping[str, str]) -> Card:
    proposal = await get_open(context, button.proposal)
    posting = await asyncio.to_thread(correct, proposal.posting, texts, by=context.actor, at=context.services.clock())
    changed = await context.store.proposals.change(proposal.id, posting, scopes=context.scopes)
    context.services.drafts.drop(_draft_name(context, button), scope=context.scope)
    return await show_proposal(context, changed or await get_open(context, button.proposal))


def _complaints_card(error: Uncorrectable, button: ButtonId, texts: Mapping[str, str]) -> Card:
    lines = [f"- {escaped_within(complaint, _LONGEST_COMPLAINT)}" for complaint in error.complaints[:_MOST_COMPLAINTS]]
    if len(error.complaints) > _MOST_COMPLAINTS:
        lines.append(f"… and {len(error.complaints) - _MOST_COMPLAINTS} more")
    again = ButtonId(ButtonAction.OPEN_FORM, proposal=button.proposal, group=button.group, page=button.page)
    back = ButtonId(ButtonAction.LOOK, proposal=button.proposal)
    return Card(
        "\n".join((*lines, "\nWhat you typed is in the form when you open it again, and in the file.")),
        title="Nothing was corrected",
        tone=Tone.ASKING,
        rows=((Control("Open the form again", press=again), Control("◀ Preview", press=back)),),
        files=typed_files(texts),
    )


def _title_of(posting: Posting) -> str:
    return escaped_within(f"Correct: {posting_name(posting.company, posting.title)}", LONGEST_TITLE)


def _forms_of(posting: Posting) -> Iterator[tuple[FormGroup, int, int]]:
    """Yield the forms: which group, which page of it, and how many it has."""
    for group in FORM_GROUPS:
        pages = len(form_pages(posting, group))
        yield from ((group, number, pages) for number in range(pages))


def _form_control(proposal: str, group: FormGroup, *, number: int, pages: int) -> Control:
    label = f"{cut(group.label, LONGEST_LABEL - 20)} {number + 1} of {pages}" if pages > 1 else group.label
    return Control(label, press=ButtonId(ButtonAction.OPEN_FORM, proposal=proposal, group=group.name, page=number))


def _below(button: ButtonId, *, has_more: bool) -> Row:
    back = Control("◀ Preview", press=ButtonId(ButtonAction.LOOK, proposal=button.proposal))
    more = ButtonId(ButtonAction.CORRECT, proposal=button.proposal, page=button.page + 1)
    first = ButtonId(ButtonAction.CORRECT, proposal=button.proposal)
    turning = [Control("More ▶", press=more)] if has_more else [Control("First ones", press=first)] if button.page else []
    return (back, *turning)


def _find_group(button: ButtonId) -> FormGroup:
    group = next((group for group in FORM_GROUPS if group.name == button.group), None)
    if group is None:
        raise RolecallError("This form is from another version of me; open the posting again")
    return group


def _to_text_field(box: FormField, drafted: Mapping[str, str]) -> TextField:
    return TextField(box.id, box.label, text=drafted.get(box.id, box.text), hint=box.hint, is_long=box.is_long)


def _draft_name(context: AdminContext, button: ButtonId) -> str:
    return f"{button.proposal}:{button.group}:{button.page}:{context.actor.id}"
