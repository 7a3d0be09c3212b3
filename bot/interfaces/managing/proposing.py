"""A posting that somebody looks at before it is kept: proposed, shown in pages, cancelled."""

import asyncio

from bot.domain.errors import RolecallError
from bot.domain.posting import KeptPosting, Posting
from bot.domain.proposal import Proposal, ProposalState
from bot.interfaces.chat.answer_card import posting_name
from bot.interfaces.chat.card import LONGEST_TITLE, Card, Control, Row, Tone, turning_row
from bot.interfaces.chat.escaping import escaped_within, showable_link
from bot.interfaces.chat.pages import lay_out
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb
from bot.interfaces.managing.preview import preview_blocks
from bot.interfaces.managing.prospect import Prospect, keep_controls, look_ahead, tell_prospect
from bot.storage.correcting import apply_corrections
from bot.storage.records import Settlement

_MOST_LINES = 40
"""Blocks on a page: most are one line."""

GONE = "This preview is not here any more: it belongs to another server, or is over 30 days old. Add the posting again."
CANCELLED = "This was cancelled and nothing was kept; add the posting again if you want it after all"
_KEPT = "This posting was kept already; /posting edit changes it, and /posting remove takes it out"


async def propose(errand: Errand, posting: Posting, *, note: str = "") -> Card:
    """
    Store a posting that was read and show it; nothing is kept yet. `note` is harmless markdown to be shown above it, once.

    Where one of its words, or of its link or name, is there, it becomes that one's next revision, with what people put right there; so does
    one of its words that was removed.
    """
    same = await errand.store.find_same(posting, scope=errand.scope)
    current = await errand.store.get(same.id, scopes=errand.scopes) if same else None
    gone = await errand.store.find_removed(posting, scope=errand.scope) if current is None else None
    if gone is not None:
        note = "\n".join(filter(None, (note, f"Keep brings back #{gone.id}, which was removed, with what was put right there.")))
    if (there := current or gone) is not None:
        posting = await asyncio.to_thread(apply_corrections, posting, there.posting.corrections)
    return await _put(errand, posting, current, note=note)


async def propose_edit(errand: Errand, kept: KeptPosting) -> Card:
    """Show a posting that is kept, to be corrected."""
    return await _put(errand, kept.posting, kept)


async def look(errand: Errand, press: ManagingPress) -> Card:
    """Show a page of a proposal's preview."""
    return await show_proposal(errand, await get_open(errand, press.proposal), page=press.page)


async def cancel(errand: Errand, press: ManagingPress) -> Card:
    """Drop a proposal."""
    settled = await errand.store.proposals.cancel(press.proposal, scopes=errand.scopes)
    if settled is None:
        raise RolecallError(GONE)
    if settled.how is Settlement.KEPT_BEFORE:
        raise RolecallError(_KEPT)
    return Card("Cancelled; nothing was kept.", tone=Tone.SILENT)


async def get_open(errand: Errand, number: str) -> Proposal:
    """Return a proposal that is neither kept nor cancelled; RolecallError says in one line what became of any other."""
    proposal = await errand.store.proposals.get(number, scopes=errand.scopes)
    if proposal is None:
        raise RolecallError(GONE)
    if proposal.state is not ProposalState.OPEN:
        raise RolecallError(_KEPT if proposal.state is ProposalState.KEPT else CANCELLED)
    return proposal


async def show_proposal(errand: Errand, proposal: Proposal, *, page: int = 0, note: str = "") -> Card:
    """Return the card of one page of a preview; a page that there is not becomes the last one."""
    prospect = await look_ahead(errand, proposal)
    blocks = await asyncio.to_thread(lambda: list(preview_blocks(proposal.posting, errand.asker.locale)))
    pages = lay_out([*filter(None, (note, tell_prospect(prospect) + "\n")), *blocks], most=_MOST_LINES)
    number = min(page, len(pages) - 1)
    posting = proposal.posting
    return Card(
        body="\n".join(pages[number]).strip(),
        title=escaped_within(posting_name(posting.company, posting.title), LONGEST_TITLE),
        link=showable_link(posting.link),
        footer=f"Page {number + 1} of {len(pages)}" if len(pages) > 1 else None,
        tone=Tone.ASKING,
        rows=(
            _row(proposal, prospect),
            *turning_row(number, len(pages), press_to=lambda to: ManagingPress(ManagingVerb.LOOK, proposal=proposal.id, page=to)),
        ),
    )


async def _put(errand: Errand, posting: Posting, revised: KeptPosting | None, *, note: str = "") -> Card:
    proposal = await errand.store.proposals.put(
        posting,
        scope=errand.scope,
        by=errand.actor,
        revises=revised.id if revised else None,
        base=revised.revision if revised else None,
    )
    return await show_proposal(errand, proposal, note=note)


def _row(proposal: Proposal, prospect: Prospect) -> Row:
    return (
        *keep_controls(proposal, prospect),
        Control("Correct …", press=ManagingPress(ManagingVerb.CORRECT, proposal=proposal.id)),
        Control("Cancel", press=ManagingPress(ManagingVerb.CANCEL, proposal=proposal.id)),
    )
