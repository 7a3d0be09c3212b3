"""A posting that somebody looks at before it is kept: proposed, shown in pages, cancelled."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.admin.context import AdminContext
from bot.admin.finding import NoSuchPosting, find_current, name_kept, timestamp
from bot.domain.administration import Proposal, ProposalState
from bot.domain.answer import Answer, Rendered, State
from bot.domain.errors import RolecallError
from bot.domain.facts import Fact
from bot.domain.posting import Correction, HeadField, KeptPosting, Posting
from bot.intake.importing import find_likely_duplicate
from bot.presentation.answer_card import posting_name, quote_blocks
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import (
    LONGEST_TITLE,
    Card,
    Control,
    Look,
    Row,
    Tone,
    cut,
    cut_page,
    escaped,
    escaped_within,
    lay_out,
    paged,
    readable,
    showable_link,
)
from bot.storage.corrections import apply_corrections
from bot.storage.records import Sameness, Settlement
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
    """
    Yield what is shown of a posting before it is kept, each block short enough for a page.

    Of a posting with thousands of facts this takes a while, so that an event loop leaves it to a thread.
    """
    corrected = {correction.field: correction for correction in posting.corrections}
    yield from _head_lines(posting, corrected)
    silent = [topic.label.lower() for topic in TOPICS if not topic.facts_in(posting) and topic.name not in corrected]
    if silent:
        yield f"Not said: {', '.join(silent)}."
    for topic in TOPICS:
        facts, correction = topic.facts_in(posting), corrected.get(topic.name)
        if facts:
            yield from _topic_blocks(topic, facts, locale=locale)
        elif correction is not None:
            yield f"\n**{topic.label}**: nothing"
        if correction is not None:
            yield _mark(correction, holds=not correction.facts or facts == correction.facts)


def _head_lines(posting: Posting, corrected: Mapping[str, Correction]) -> Iterator[str]:
    for field in _HEAD:
        words: str | None = getattr(posting, field.attribute)
        mark = f" {_mark(corrected[field])}" if field in corrected else ""
        if words or mark:
            yield f"{field.attribute.capitalize()}: {escaped_within(words or '', _LONGEST_HEAD) or 'none'}{mark}"
    yield f"Source: {escaped_within(posting.source, _LONGEST_HEAD)}"
    missing = [field.attribute for field in (HeadField.COMPANY, HeadField.TITLE) if not getattr(posting, field.attribute)]
    if missing:
        yield f"**No {' and no '.join(missing)} was found: add it with Correct**, so that people can ask about the posting."


def _topic_blocks(topic: Topic[Any], facts: tuple[Fact[Any], ...], *, locale: str) -> Iterator[str]:
    shown = facts[:_MOST_SHOWN]
    rendered = topic.render_in(locale, facts)
    yield f"\n**{topic.label}**: {escaped(cut(readable(rendered.sentence), _LONGEST))}"
    items = rendered.items[:_MOST_SHOWN]
    yield from (f"- {line}" for item in items if (line := escaped(cut(readable(item), _LONGEST))))
    if len(rendered.items) > len(items):
        yield f"- … and {len(rendered.items) - len(items):,} more"
    quotes = tuple(fact.quote for fact in shown)
    told = Rendered(sentence=rendered.sentence, items=items)
    yield from quote_blocks(Answer(question="", state=State.ANSWERED, topic=topic.name, rendered=told, quotes=quotes))


def _mark(correction: Correction, *, holds: bool = True) -> str:
    who = escaped_within(correction.by.name, _LONGEST_NAME) or "somebody"
    if holds:
        return f"✎ *corrected by {who}*"
    return f"✎ *what {who} put right rests: this text does not have its words*"


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
    return ProposalMatch(
        revised=revised,
        has_its_words=how is Sameness.SAME_WORDS,
        may_stand_alone=how is Sameness.SAME_IDENTITY and not _have_same_link(proposal, revised),
    )


def render_match(match: ProposalMatch) -> str:
    """Say what Keep would do."""
    if match.revised is not None:
        name = f"{name_kept(match.revised)}, read {timestamp(match.revised.read_at)}"
        number = match.revised.id
        if match.has_its_words:
            return f"This text is here as {name}: *Correct* what is wrong, then *Keep* it."
        alone = "; *Keep as a new one* makes it a posting of its own" if match.may_stand_alone else ""
        return f"Keep updates {name}{alone}. Its earlier text stays in the history of #{number}."
    if match.like is not None:
        like = f"{name_kept(match.like)}, read {timestamp(match.like.read_at)}"
        return f"It is much like {like}. *Keep as update* puts this text in its place, *Keep* adds it as a posting of its own."
    return "Nothing is kept yet: *Keep* it if this is what it says, or *Correct* it first."


def keep_controls(proposal: Proposal, match: ProposalMatch) -> Iterator[Control]:
    """Yield the buttons that keep it."""
    yield Control("Keep", press=ButtonId(ButtonAction.KEEP, proposal=proposal.id), look=Look.GOOD)
    if match.like is not None:
        update = ButtonId(ButtonAction.KEEP_AS_UPDATE, proposal=proposal.id, posting=match.like.id, revision=match.like.revision)
        yield Control("Keep as update", press=update)
    if match.may_stand_alone:
        yield Control("Keep as a new one", press=ButtonId(ButtonAction.KEEP_AS_NEW, proposal=proposal.id))


def _have_same_link(proposal: Proposal, revised: KeptPosting | None) -> bool:
    link = proposal.posting.link
    return link is not None and revised is not None and link == revised.posting.link


async def _find_like(context: AdminContext, posting: Posting) -> KeptPosting | None:
    if not posting.company:
        return None
    candidates = await context.services.assistant.postings_like(posting.company, context.asker)
    return await asyncio.to_thread(find_likely_duplicate, posting, candidates)


_MOST_LINES = 40
"""Blocks on a page: most are one line."""

GONE = "This preview is not here any more: it belongs to another server, or is too old. Add the posting again."
CANCELLED = "This was cancelled and nothing was kept; add the posting again if you want it after all"
_KEPT = "This posting was kept already; /posting edit changes it, and /posting remove takes it out"


async def propose(context: AdminContext, posting: Posting, *, note: str = "") -> Card:
    """
    Store a posting that was read and show it; nothing is kept yet. `note` is harmless markdown to be shown above it, once.

    Where one of its words, or of its link or name, is there, it becomes that one's next revision, with what people put right there; so does
    one of its words that was removed.
    """
    same = await context.store.find_same(posting, scope=context.scope)
    current = await context.store.get(same.id, scopes=context.scopes) if same else None
    gone = await context.store.find_removed(posting, scope=context.scope) if current is None else None
    if gone is not None:
        note = "\n".join(filter(None, (note, f"Keep brings back #{gone.id}, which was removed, with what was put right there.")))
    if (there := current or gone) is not None:
        posting = await asyncio.to_thread(apply_corrections, posting, there.posting.corrections)
    return await _put(context, posting, current, note=note)


async def edit(context: AdminContext, typed: str) -> Card:
    """Show a kept posting that is meant, to be put right; raises NoSuchPosting."""
    return await _propose_edit(context, await find_current(context, typed))


async def edit_pressed(context: AdminContext, button: ButtonId) -> Card:
    """Show the posting of a button; raises NoSuchPosting."""
    kept = await context.store.get(button.posting, scopes=context.scopes)
    if kept is None:
        raise NoSuchPosting("There is no such posting here any more; /posting list shows what there is")
    return await _propose_edit(context, kept)


async def _propose_edit(context: AdminContext, kept: KeptPosting) -> Card:
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
    return Card("Cancelled; nothing was kept.", tone=Tone.SILENT)


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
    blocks = await asyncio.to_thread(lambda: list(preview_blocks(proposal.posting, context.asker.locale)))
    pages = lay_out([*filter(None, (note, render_match(match) + "\n")), *blocks], most=_MOST_LINES)
    part = cut_page(pages, page, on_page=1)
    posting = proposal.posting
    card = Card(
        body="\n".join(part.items[0]).strip(),
        title=escaped_within(posting_name(posting.company, posting.title), LONGEST_TITLE),
        link=showable_link(posting.link),
        tone=Tone.ASKING,
        rows=(_row(proposal, match),),
    )
    return paged(card, part, turn=ButtonId(ButtonAction.LOOK, proposal=proposal.id))


async def _put(context: AdminContext, posting: Posting, revised: KeptPosting | None, *, note: str = "") -> Card:
    proposal = await context.store.proposals.put(
        posting,
        scope=context.scope,
        by=context.actor,
        revises=revised.id if revised else None,
        base=revised.revision if revised else None,
    )
    return await show_proposal(context, proposal, note=note)


def _row(proposal: Proposal, match: ProposalMatch) -> Row:
    return (
        *keep_controls(proposal, match),
        Control("Correct …", press=ButtonId(ButtonAction.CORRECT, proposal=proposal.id)),
        Control("Cancel", press=ButtonId(ButtonAction.CANCEL, proposal=proposal.id)),
    )
