"""Correcting a proposal: buttons for the groups of its fields, a form for each, and what was sent with one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.admin.context import AdminContext
from bot.admin.previews import get_open, show_proposal
from bot.domain.errors import RolecallError, Uncorrectable
from bot.domain.posting import Posting
from bot.intake.corrections import correct
from bot.intake.form_text import FORM_GROUPS, FormField, FormGroup, form_pages
from bot.intake.reading import Upload
from bot.presentation.answer_card import posting_name
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import (
    BUTTONS_IN_ROW,
    LONGEST_LABEL,
    LONGEST_TITLE,
    Card,
    CardFile,
    Control,
    Form,
    Row,
    TextField,
    Tone,
    cut,
    escaped_within,
    in_rows,
)
from bot.presentation.notices import as_sentence

# What was sent with a form.

Fetch: TypeAlias = Callable[[], Awaitable[Sequence[Upload]]]
"""Fetches what was attached, once it is clear that the person may do what they want; raises UnreadablePosting."""


async def fetch_nothing() -> Sequence[Upload]:
    """Return no files."""
    return ()


@dataclass(frozen=True)
class SubmittedForm:
    """What was sent with a form."""

    button: ButtonId
    """What sending it means."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """By the ids of the fields; whoever sends it may have left some out or made some up."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    """By the ids of the fields, what is chosen, and "true" for a ticked box; what is not is left out."""

    fetch: Fetch = fetch_nothing


# What somebody typed, given back where it could not be taken, so that it is not lost.

_LONGEST_REASON_GIVEN_BACK = 1_000


def give_back(error: RolecallError, filled: SubmittedForm) -> Card:
    """Return the card that says what was wrong, with a file of what was typed."""
    files = typed_files(filled.texts)
    also = "\nWhat you typed is in the file." if files else ""
    return Card(
        f"{escaped_within(as_sentence(str(error)), _LONGEST_REASON_GIVEN_BACK)}{also}",
        tone=Tone.ASKING,
        files=files,
        is_personal=True,
        is_aside=True,
    )


def typed_files(texts: Mapping[str, str]) -> tuple[CardFile, ...]:
    r"""
    Return what was typed as a file to copy it from; none where nothing was.

    >>> typed_files({"head_title:0:0123abcd": "Cook", "visa": " "})[0].data
    b'[Title]\nCook\n'
    """
    boxes = [f"[{_name_box(name)}]\n{text}\n" for name, text in texts.items() if text.strip()]
    return (CardFile("typed.txt", "\n".join(boxes).encode("utf-8", "replace")),) if boxes else ()


def _name_box(box: str) -> str:
    """Return what a box is for, read from its id."""
    return box.partition(":")[0].removeprefix("head_").replace("_", " ").capitalize()


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
