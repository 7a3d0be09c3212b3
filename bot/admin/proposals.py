"""A posting before it is kept: a preview of what was understood, and the forms to correct it with."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from bot.admin.context import AdminContext
from bot.admin.finding import NoSuchPosting, find_current, name_kept, name_topics
from bot.admin.history import HEAD_LABELS
from bot.domain.answer import Answer, Rendered, State
from bot.domain.errors import RolecallError, Uncorrectable
from bot.domain.facts import Fact
from bot.domain.posting import Correction, HeadField, KeptPosting, Posting, Proposal, ProposalState
from bot.intake.corrections import correct
from bot.intake.form_text import FORM_GROUPS, FormField, FormGroup, form_pages
from bot.intake.importing import find_likely_duplicate, word_bands
from bot.intake.reading import Upload
from bot.presentation.answer_card import posting_name, quote_blocks
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import (
    BUTTONS_IN_ROW,
    LONGEST_LABEL,
    LONGEST_TITLE,
    Card,
    CardFile,
    Control,
    Form,
    Look,
    TextField,
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
    timestamp,
)
from bot.presentation.notices import as_sentence, render_error
from bot.storage.corrections import apply_corrections
from bot.storage.records import Sameness, Settlement
from bot.text.translations import cut_items, retell, say, say_of
from bot.topics import TOPICS
from bot.topics.topic import Topic

# What was understood of a posting, as blocks of markdown: its head, topic by topic with the posting's words, and what it does not say.

_MOST_SHOWN = 60
"""Statements of one topic; the longest of 1,500 real lists has 46 items."""

_LONGEST = 600
_LONGEST_HEAD = 300
_LONGEST_NAME = 60
_HEAD = (HeadField.TITLE, HeadField.COMPANY, HeadField.LOCATION, HeadField.LINK)


def preview_blocks(posting: Posting, locale: str) -> Iterator[str]:
    """Yield what is shown of a posting before it is kept, each block short enough for a page; an event loop leaves it to a thread."""
    corrected = {correction.field: correction for correction in posting.corrections}
    yield from _head_lines(posting, corrected, locale=locale)
    silent = [topic for topic in TOPICS if not topic.facts_in(posting) and topic.name not in corrected]
    if silent:
        yield say("Not stated: {topics}.", locale, topics=name_topics(silent, locale))
    for topic in TOPICS:
        facts, correction = topic.facts_in(posting), corrected.get(topic.name)
        if facts:
            yield from _topic_blocks(topic, facts, locale=locale)
        elif correction is not None:
            yield "\n" + say_of(f"**{say(topic.label, locale)}**", say("nothing", locale), locale=locale)
        if correction is not None:
            yield _mark(correction, locale, holds=not correction.facts or facts == correction.facts)


def _head_lines(posting: Posting, corrected: Mapping[str, Correction], *, locale: str) -> Iterator[str]:
    for head in _HEAD:
        words: str | None = getattr(posting, head.attribute)
        mark = f" {_mark(corrected[head], locale)}" if head in corrected else ""
        if words or mark:
            told = escaped_within(words or "", _LONGEST_HEAD) or say("none", locale)
            yield say_of(say(HEAD_LABELS[head], locale), f"{told}{mark}", locale=locale)
    yield say_of(say("Source", locale), escaped_within(posting.source, _LONGEST_HEAD), locale=locale)
    if not posting.company and not posting.title:
        yield say("**No company and no title was found: add them with Correct**, so that people can ask about the posting.", locale)
    elif not posting.company:
        yield say("**No company was found: add it with Correct**, so that people can ask about the posting.", locale)
    elif not posting.title:
        yield say("**No title was found: add it with Correct**, so that people can ask about the posting.", locale)


def _topic_blocks(topic: Topic[Any], facts: tuple[Fact[Any], ...], *, locale: str) -> Iterator[str]:
    shown = facts[:_MOST_SHOWN]
    rendered = topic.render_in(locale, facts)
    sentence = escaped(cut(readable(rendered.sentence), _LONGEST))
    yield "\n" + say_of(f"**{say(topic.label, locale)}**", sentence, locale=locale)
    items = rendered.items[:_MOST_SHOWN]
    yield from (f"- {line}" for item in items if (line := escaped(cut(readable(item), _LONGEST))))
    if len(rendered.items) > len(items):
        yield f"- {say('… and {number} more.', locale, number=len(rendered.items) - len(items))}"
    quotes = tuple(fact.quote for fact in shown)
    told = Rendered(sentence=rendered.sentence, items=items)
    yield from quote_blocks(Answer(question="", state=State.ANSWERED, topic=topic.name, rendered=told, quotes=quotes))


def _mark(correction: Correction, locale: str, *, holds: bool = True) -> str:
    who = escaped_within(correction.by.name, _LONGEST_NAME) or say("somebody", locale)
    told = "corrected by {name}" if holds else "what {name} put right rests: this text does not have its words"
    return f"✎ *{say(told, locale, name=who)}*"


# What keeping a proposal would come to: a posting of its own, or the next revision of one that is there.


@dataclass(frozen=True)
class ProposalMatch:
    """What a proposal has to do with the postings that are there."""

    revised: KeptPosting | None = None
    """The posting that it becomes a revision of."""

    has_its_words: bool = False
    """The words are those that the revised posting has already."""

    may_stand_alone: bool = False
    """It revises that posting for its source, company and title only, so that another one of that name may be meant."""

    like: KeptPosting | None = None
    """One that it may be a repetition of, where it is to be a posting of its own."""


async def find_match(context: AdminContext, proposal: Proposal) -> ProposalMatch:
    """Return what keeping a proposal would come to, as things are now."""
    if proposal.revises is None:
        return ProposalMatch(like=await _find_like(context, proposal.posting))
    revised = await context.store.get(proposal.revises, scopes=context.scopes)
    same = await context.store.find_same(proposal.posting, scope=context.scope)
    how = same.how if same is not None and same.id == proposal.revises else None
    link = proposal.posting.link
    has_its_link = link is not None and revised is not None and link == revised.posting.link
    return ProposalMatch(
        revised=revised,
        has_its_words=how is Sameness.SAME_WORDS,
        may_stand_alone=how is Sameness.SAME_IDENTITY and not has_its_link,
    )


def _render_match(match: ProposalMatch, locale: str) -> str:
    """Say what Keep would do."""
    there = match.revised or match.like
    if there is None:
        return say("Nothing is kept yet: *Keep* it if this is what it says, or *Correct* it first.", locale)
    told = (
        "It is much like {name}, read {date}. *Keep as update* puts this text in its place, *Keep* adds it as a posting of its own."
        if match.revised is None
        else "This text is here as {name}, read {date}: *Correct* what is wrong, then *Keep* it."
        if match.has_its_words
        else "Keep updates {name}, read {date}; *Keep as a new one* makes it a posting of its own."
        " Its earlier text stays in the history of #{number}."
        if match.may_stand_alone
        else "Keep updates {name}, read {date}. Its earlier text stays in the history of #{number}."
    )
    return say(told, locale, name=name_kept(there), date=timestamp(there.read_at), number=str(there.id))


def _controls(proposal: Proposal, match: ProposalMatch, *, locale: str) -> Iterator[Control]:
    yield Control(say("Keep", locale), press=ButtonId(ButtonAction.KEEP, proposal=proposal.id), look=Look.GOOD)
    if match.like is not None:
        update = ButtonId(ButtonAction.KEEP_AS_UPDATE, proposal=proposal.id, posting=match.like.id, revision=match.like.revision)
        yield Control(say("Keep as update", locale), press=update)
    if match.may_stand_alone:
        yield Control(say("Keep as a new one", locale), press=ButtonId(ButtonAction.KEEP_AS_NEW, proposal=proposal.id))
    yield Control(say("Correct …", locale), press=ButtonId(ButtonAction.CORRECT, proposal=proposal.id))
    yield Control(say("Cancel", locale), press=ButtonId(ButtonAction.CANCEL, proposal=proposal.id))


async def _find_like(context: AdminContext, posting: Posting) -> KeptPosting | None:
    bands = await asyncio.to_thread(word_bands, posting.text)
    alike = await context.store.same_jobs.find_candidates(bands, scopes=context.scopes)
    candidates = await context.services.assistant.postings_like(posting.company, context.asker) if posting.company else ()
    known = {each.id for each in candidates}
    more = await context.store.get_many([number for number, _ in alike if number not in known], scopes=context.scopes)
    return await asyncio.to_thread(find_likely_duplicate, posting, (*candidates, *more))


_MOST_LINES = 40
"""Blocks on a page: most are one line."""

GONE = "This preview is not here any more: it belongs to another server, or is too old. Add the posting again."
CANCELLED = "This was cancelled and nothing was kept; add the posting again if you want it after all"
_KEPT = "This posting was kept already; /posting edit changes it, and /posting remove takes it out"


async def propose(context: AdminContext, posting: Posting, *, note: str = "") -> Card:
    """
    Store a posting that was read and show it below the `note`, harmless markdown; nothing is kept yet.

    Where one of its words, or of its link or name, is there, it becomes that one's next revision, with what people put right there; so does
    one of its words that was removed.
    """
    same = await context.store.find_same(posting, scope=context.scope)
    current = await context.store.get(same.id, scopes=context.scopes) if same else None
    gone = await context.store.find_removed(posting, scope=context.scope) if current is None else None
    if gone is not None:
        told = "Keep brings back #{number}, which was removed, with what was put right there."
        note = "\n".join(filter(None, (note, context.say(told, number=str(gone.id)))))
    if (there := current or gone) is not None:
        posting = await asyncio.to_thread(apply_corrections, posting, there.posting.corrections)
    return await _put(context, posting, current, note=note)


async def edit(context: AdminContext, typed: str) -> Card:
    """Show a kept posting that is meant, to be put right; raises NoSuchPosting."""
    kept = await find_current(context, typed)
    return await _put(context, kept.posting, kept)


async def edit_pressed(context: AdminContext, button: ButtonId) -> Card:
    """Show the posting of a button; raises NoSuchPosting."""
    kept = await context.store.get(button.posting, scopes=context.scopes)
    if kept is None:
        raise NoSuchPosting("There is no such posting here any more; /posting list shows what there is")
    return await _put(context, kept.posting, kept)


async def look(context: AdminContext, button: ButtonId) -> Card:
    """Show a page of a proposal's preview."""
    return await show_proposal(context, await get_open(context, button.proposal), page=button.page)


async def cancel(context: AdminContext, button: ButtonId) -> Card:
    """Drop a proposal."""
    settled = await context.store.proposals.cancel(button.proposal, scopes=context.scopes)
    if settled is None:
        raise RolecallError(GONE)
    if settled.how is Settlement.KEPT_BEFORE:
        raise RolecallError(_KEPT)
    return Card(context.say("Cancelled; nothing was kept."), tone=Tone.SILENT)


async def get_open(context: AdminContext, number: str) -> Proposal:
    """Return a proposal that is neither kept nor cancelled; RolecallError says in one line what became of any other."""
    proposal = await context.store.proposals.get(number, scopes=context.scopes)
    if proposal is None:
        raise RolecallError(GONE)
    if proposal.state is not ProposalState.OPEN:
        raise RolecallError(_KEPT if proposal.state is ProposalState.KEPT else CANCELLED)
    return proposal


async def show_proposal(context: AdminContext, proposal: Proposal, *, page: int = 0, note: str = "") -> Card:
    """Return the card of one page of a preview; a page that there is not becomes the last one."""
    match = await find_match(context, proposal)
    blocks = await asyncio.to_thread(lambda: list(preview_blocks(proposal.posting, context.locale)))
    pages = lay_out([*filter(None, (note, _render_match(match, context.locale) + "\n")), *blocks], most=_MOST_LINES)
    part = cut_page(pages, page, on_page=1)
    posting = proposal.posting
    card = Card(
        body="\n".join(part.items[0]).strip(),
        title=escaped_within(posting_name(posting.company, posting.title, locale=context.locale), LONGEST_TITLE),
        link=showable_link(posting.link),
        tone=Tone.ASKING,
        rows=(tuple(_controls(proposal, match, locale=context.locale)),),
    )
    return paged(card, part, turn=ButtonId(ButtonAction.LOOK, proposal=proposal.id), locale=context.locale)


async def _put(context: AdminContext, posting: Posting, revised: KeptPosting | None, *, note: str = "") -> Card:
    proposal = await context.store.proposals.put(
        posting,
        scope=context.scope,
        by=context.actor,
        revises=revised.id if revised else None,
        base=revised.revision if revised else None,
    )
    return await show_proposal(context, proposal, note=note)


# Correcting a proposal: buttons for the groups of its fields, a form for each, and what was sent with one.

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


def give_back(error: RolecallError, filled: SubmittedForm, *, locale: str) -> Card:
    """Return the card that says what was wrong, with a file of what was typed."""
    files = typed_files(filled.texts)
    also = "\n" + say("What you typed is in the file.", locale) if files else ""
    return Card(
        f"{escaped_within(as_sentence(render_error(error, locale)), _LONGEST_REASON_GIVEN_BACK)}{also}",
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
    named = [(name.partition(":")[0].removeprefix("head_").replace("_", " "), text) for name, text in texts.items() if text.strip()]
    boxes = [f"[{name.capitalize()}]\n{text}\n" for name, text in named]
    return (CardFile("typed.txt", "\n".join(boxes).encode("utf-8", "replace")),) if boxes else ()


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
    controls = []
    for group, number, pages in forms[start : start + _GROUPS_ON_PAGE]:
        label = _name_part(f"{group.label} {number + 1} of {pages}" if pages > 1 else group.label, context.locale)
        opened = ButtonId(ButtonAction.OPEN_FORM, proposal=button.proposal, group=group.name, page=number)
        controls.append(Control(cut(label, LONGEST_LABEL), press=opened))
    below = [Control(context.say("◀ Preview"), press=ButtonId(ButtonAction.LOOK, proposal=button.proposal))]
    first = ButtonId(ButtonAction.CORRECT, proposal=button.proposal)
    if start + _GROUPS_ON_PAGE < len(forms):
        below.append(Control(context.say("More ▶"), press=replace(first, page=button.page + 1)))
    elif button.page:
        below.append(Control(context.say("First ones"), press=first))
    name = posting_name(proposal.posting.company, proposal.posting.title, locale=context.locale)
    title = escaped_within(context.say("Correct: {name}", name=name), LONGEST_TITLE)
    return Card(context.say(_HOW), title=title, tone=Tone.ASKING, rows=(*in_rows(controls), tuple(below)))


async def open_form(context: AdminContext, button: ButtonId) -> Form:
    """Return the form of a group of fields, with what was typed there a moment ago and could not be taken."""
    proposal = await get_open(context, button.proposal)
    group = next((group for group in FORM_GROUPS if group.name == button.group), None)
    if group is None:
        raise RolecallError("This form is from another version of me; open the posting again")
    pages = await asyncio.to_thread(form_pages, proposal.posting, group)
    boxes = pages[min(button.page, len(pages) - 1)]
    drafted = await context.services.drafts.find(_draft_name(context, button), scope=context.scope) or {}
    sent = ButtonId(ButtonAction.TYPED, proposal=button.proposal, group=button.group, page=button.page)
    fields = tuple(_to_text_field(box, drafted, context.locale) for box in boxes)
    return Form(sent, title=retell(group.label, context.locale), fields=fields)


async def take_corrections(context: AdminContext, filled: SubmittedForm) -> Card:
    """Correct a proposal with what was typed and show it again, or say what is wrong and give back what was typed."""
    draft = _draft_name(context, filled.button)
    try:
        proposal = await get_open(context, filled.button.proposal)
        posting = await asyncio.to_thread(correct, proposal.posting, filled.texts, by=context.actor, at=context.services.clock())
        changed = await context.store.proposals.change(proposal.id, posting, scopes=context.scopes)
        await context.services.drafts.forget(draft, scope=context.scope)
        return await show_proposal(context, changed or await get_open(context, filled.button.proposal))
    except Uncorrectable as error:
        await context.services.drafts.keep(dict(filled.texts), scope=context.scope, by=context.person.id, name=draft)
        return _complaints_card(error, filled, locale=context.locale)
    except RolecallError as error:
        return give_back(error, filled, locale=context.locale)


def _complaints_card(error: Uncorrectable, filled: SubmittedForm, *, locale: str) -> Card:
    button = filled.button
    told = [f"- {escaped_within(retell(complaint, locale), _LONGEST_COMPLAINT)}" for complaint in error.complaints]
    lines = cut_items(told, _MOST_COMPLAINTS, locale=locale)
    again = replace(button, action=ButtonAction.OPEN_FORM)
    back = ButtonId(ButtonAction.LOOK, proposal=button.proposal)
    return Card(
        "\n".join((*lines, f"\n{say('What you typed is in the form when you open it again, and in the file.', locale)}")),
        title=say("Nothing was corrected", locale),
        tone=Tone.ASKING,
        rows=((Control(say("Open the form again", locale), press=again), Control(say("◀ Preview", locale), press=back)),),
        files=typed_files(filled.texts),
    )


def _forms_of(posting: Posting) -> Iterator[tuple[FormGroup, int, int]]:
    """Yield the forms: which group, which page of it, and how many it has."""
    for group in FORM_GROUPS:
        pages = len(form_pages(posting, group))
        yield from ((group, number, pages) for number in range(pages))


_PART = re.compile(r"(.+) (\d+) of (\d+)")


def _name_part(label: str, locale: str) -> str:
    """Return what a box or a form is called in the reader's language; one of several parts says which."""
    if (found := _PART.fullmatch(label)) is None:
        return retell(label, locale)
    return say("{label} {number} of {total}", locale, label=retell(found[1], locale), number=int(found[2]), total=int(found[3]))


def _to_text_field(box: FormField, drafted: Mapping[str, str], locale: str) -> TextField:
    """Return a box; its hint is an example of what is typed there, which is English everywhere, or says when it is left empty."""
    label, hint = _name_part(box.label, locale), retell(box.hint, locale)
    return TextField(box.id, label, text=drafted.get(box.id, box.text), hint=hint, is_long=box.is_long)


def _draft_name(context: AdminContext, button: ButtonId) -> str:
    return f"{button.proposal}:{button.group}:{button.page}:{context.actor.id}"
