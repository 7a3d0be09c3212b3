"""Keeping a proposal, in each of the ways in which it can be kept or cannot be any more."""

import asyncio

from bot.domain.action import Action, Deed
from bot.domain.correction import HeadField
from bot.domain.errors import RolecallError
from bot.domain.posting import KeptPosting, Posting
from bot.domain.proposal import Proposal
from bot.intake.read_before import words_before
from bot.interfaces.chat.card import Card, Control, Tone
from bot.interfaces.chat.presses import Press, Verb
from bot.interfaces.managing.change_lines import change_lines
from bot.interfaces.managing.differences import compare
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.naming import DEEDS, moment, name_actor, name_kept
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb
from bot.interfaces.managing.proposing import CANCELLED, GONE, get_open, show_proposal
from bot.interfaces.managing.rebasing import rebase, without_carried
from bot.storage.correcting import apply_corrections
from bot.storage.records import Kept, Outcome, Sameness, Settlement

_LONGEST_CHANGES = 1_500
_MOST_OF_A_NAME = 50


async def keep(errand: Errand, press: ManagingPress) -> Card:
    """Keep a proposal, or say why it cannot be kept any more."""
    settled = await errand.store.proposals.keep(press.proposal, scopes=errand.scopes, by=errand.actor)
    if settled is None:
        raise RolecallError(GONE)
    match settled.how:
        case Settlement.KEPT if settled.kept is not None:
            return await _kept_card(errand, settled.kept)
        case Settlement.KEPT_BEFORE:
            return await _kept_before_card(errand, settled.proposal)
        case Settlement.CHANGED_MEANWHILE:
            return await _changed_card(errand, settled.proposal)
    raise RolecallError(CANCELLED)


async def keep_as_update(errand: Errand, press: ManagingPress) -> Card:
    """Keep a proposal as the next revision of the posting that is named, with what people put right there."""
    proposal = await get_open(errand, press.proposal)
    current = await errand.store.get(press.posting, scopes=errand.scopes)
    posting = proposal.posting
    if current:
        # Without a link of its own it goes on under that one's, by which its next update is found.
        came = posting.model_copy(update={"link": words_before(current.posting, HeadField.LINK)})
        has_link = posting.link is not None or posting.correction_of(HeadField.LINK) is not None
        posting = await asyncio.to_thread(apply_corrections, posting if has_link else came, current.posting.corrections)
    await errand.store.proposals.change(proposal.id, posting, scopes=errand.scopes, revises=press.posting, base=press.revision)
    return await keep(errand, press)


async def keep_as_new(errand: Errand, press: ManagingPress) -> Card:
    """Keep a proposal as a posting of its own, although one of its source, company and title is there."""
    proposal = await get_open(errand, press.proposal)
    current = await errand.store.get(proposal.revises or 0, scopes=errand.scopes)
    posting = without_carried(proposal.posting, current.posting) if current else proposal.posting
    posting = await _with_own_source(errand, posting)
    await errand.store.proposals.change(proposal.id, posting, scopes=errand.scopes, revises=None, base=None)
    return await keep(errand, press)


async def look_again(errand: Errand, press: ManagingPress) -> Card:
    """Show a proposal against what is kept now, after somebody changed that."""
    proposal = await get_open(errand, press.proposal)
    current = await errand.store.get(proposal.revises or 0, scopes=errand.scopes)
    if current is None:
        changed = await errand.store.proposals.change(proposal.id, proposal.posting, scopes=errand.scopes, revises=None, base=None)
    else:
        base = await _read_revision(errand, proposal)
        posting = await asyncio.to_thread(rebase, proposal.posting, base or current.posting, current=current.posting)
        changed = await errand.store.proposals.change(proposal.id, posting, scopes=errand.scopes, base=current.revision)
    return await show_proposal(errand, changed or await get_open(errand, press.proposal))


async def _kept_card(errand: Errand, kept: Kept) -> Card:
    """Say what became of it, here and where notices go."""
    current = await errand.store.get(kept.id, scopes=errand.scopes)
    actions = await errand.store.list_actions(scopes=errand.scopes, posting=kept.id, limit=1)
    if current is None:
        return Card(f"Kept as #{kept.id}, and removed by somebody a moment later.", tone=Tone.ASKING)
    name, show = name_kept(current), show_control(kept.id)
    if kept.outcome is Outcome.UNCHANGED:
        return Card(f"Nothing changed: {name} says this already.", rows=((show,),))
    deed = actions[0].deed if actions else Deed.ADDED
    undo = Control("Undo", press=ManagingPress(ManagingVerb.UNDO, posting=kept.id, revision=kept.revision))
    new = deed is Deed.ADDED
    await errand.tools.announce(errand.scope, notice_card(current, "New posting" if new else DEEDS[deed].capitalize(), errand=errand))
    told = f"Kept as {name}." if new else f"{DEEDS[deed].capitalize()}: {name}."
    return Card(told, rows=((undo, show),))


def notice_card(kept: KeptPosting, what: str, *, errand: Errand) -> Card:
    """Return what a server's channel for notices is told of a posting: what happened, and by whom."""
    return Card(f"{what}: {name_kept(kept)}, by {name_actor(errand.actor)}.", rows=((show_control(kept.id),),))


def show_control(number: int) -> Control:
    """Return the button that shows what a posting is about, to whoever presses it."""
    return Control("Show it", press=Press(Verb.ASK, posting=number))


async def _kept_before_card(errand: Errand, proposal: Proposal) -> Card:
    """Say as what it was kept; pressed twice, or by two people at once."""
    current = await errand.store.get(proposal.kept_as or 0, scopes=errand.scopes)
    if current is None:
        return Card(f"This was kept already, as #{proposal.kept_as}, and was removed since.", tone=Tone.ASKING)
    return Card(f"This was kept already, as {name_kept(current)}.", tone=Tone.ASKING, rows=((show_control(current.id),),))


async def _changed_card(errand: Errand, proposal: Proposal) -> Card:
    """Say who changed the posting since the preview was made and what is there now, and offer to look again."""
    number = proposal.revises or 0
    actions = await errand.store.list_actions(scopes=errand.scopes, posting=number, limit=1)
    current = await errand.store.get(number, scopes=errand.scopes)
    name = name_kept(current) if current else f"#{number}"
    again = Control("Look again", press=ManagingPress(ManagingVerb.LOOK_AGAIN, proposal=proposal.id))
    dropped = Control("Cancel", press=ManagingPress(ManagingVerb.CANCEL, proposal=proposal.id))
    blocks = [f"Nothing was kept: {name} {_tell_last(actions)} since you looked."]
    if current is not None:
        blocks += ["What changed:", *await _tell_changes(errand, proposal, current), "Look again to see your posting against that."]
    else:
        blocks.append("Look again to add your posting as a new one.")
    return Card("\n".join(blocks), tone=Tone.ASKING, rows=((again, dropped),))


def _tell_last(actions: list[Action]) -> str:
    if not actions:
        return "was changed"
    return f"was {DEEDS[actions[0].deed]} by {name_actor(actions[0].by)} ({moment(actions[0].at)})"


async def _tell_changes(errand: Errand, proposal: Proposal, current: KeptPosting) -> list[str]:
    base = await _read_revision(errand, proposal)
    differences = await asyncio.to_thread(compare, base, current.posting, locale=errand.asker.locale)
    return change_lines(differences, longest=_LONGEST_CHANGES) or ["> What is told stayed the same"]


async def _read_revision(errand: Errand, proposal: Proposal) -> Posting | None:
    """Return what the posting said that the proposal was made from."""
    revisions = await errand.store.history(proposal.revises or 0, scopes=errand.scopes)
    return next((one.kept.posting for one in revisions if one.kept.revision == proposal.base), None)


async def _with_own_source(errand: Errand, posting: Posting) -> Posting:
    """Return the posting with a number behind its source, so that it is not taken for one of that name."""
    renamed = posting
    for number in range(2, _MOST_OF_A_NAME):
        renamed = posting.model_copy(update={"source": f"{posting.source} ({number})"})
        same = await errand.store.find_same(renamed, scope=errand.scope)
        if same is None or same.how is Sameness.SAME_WORDS:
            break
    return renamed
