"""What keeping a proposal would come to: a posting of its own, or the next revision of one that is there."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.posting import KeptPosting, Posting
from bot.domain.proposal import Proposal
from bot.intake.duplicates import find_likely_duplicate
from bot.interfaces.chat.card import Control, Look
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.naming import moment, name_kept
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb
from bot.storage.records import Sameness


@dataclass(frozen=True)
class Prospect:
    """What a proposal has to do with the postings that are there."""

    revised: KeptPosting | None = None
    """The posting that it becomes a revision of."""

    has_its_words: bool = False
    """The words are those that the revised posting has already."""

    may_stand_alone: bool = False
    """It revises that posting for its source, company and title only, so that another one of that name may be meant."""

    like: KeptPosting | None = None
    """One that it may be a repetition of, where it is to be a posting of its own."""


async def look_ahead(errand: Errand, proposal: Proposal) -> Prospect:
    """Return what keeping a proposal would come to, as things are now."""
    if proposal.revises is None:
        return Prospect(like=await _find_like(errand, proposal.posting))
    revised = await errand.store.get(proposal.revises, scopes=errand.scopes)
    same = await errand.store.find_same(proposal.posting, scope=errand.scope)
    how = same.how if same is not None and same.id == proposal.revises else None
    return Prospect(
        revised=revised,
        has_its_words=how is Sameness.SAME_WORDS,
        may_stand_alone=how is Sameness.SAME_IDENTITY and not _have_same_link(proposal, revised),
    )


def tell_prospect(prospect: Prospect) -> str:
    """Say what Keep would do."""
    if prospect.revised is not None:
        name = f"{name_kept(prospect.revised)}, read {moment(prospect.revised.read_at)}"
        number = prospect.revised.id
        if prospect.has_its_words:
            return f"This text is here as {name}: *Correct* what is wrong, then *Keep* it."
        alone = "; *Keep as a new one* makes it a posting of its own" if prospect.may_stand_alone else ""
        return f"Keep updates {name}{alone}. Its earlier text stays in the history of #{number}."
    if prospect.like is not None:
        like = f"{name_kept(prospect.like)}, read {moment(prospect.like.read_at)}"
        return f"It is much like {like}. *Keep as update* puts this text in its place, *Keep* adds it as a posting of its own."
    return "Nothing is kept yet: *Keep* it if this is what it says, or *Correct* it first."


def keep_controls(proposal: Proposal, prospect: Prospect) -> Iterator[Control]:
    """Yield the buttons that keep it."""
    yield Control("Keep", press=ManagingPress(ManagingVerb.KEEP, proposal=proposal.id), look=Look.GOOD)
    if prospect.like is not None:
        update = ManagingPress(ManagingVerb.KEEP_AS_UPDATE, proposal=proposal.id, posting=prospect.like.id, revision=prospect.like.revision)
        yield Control("Keep as update", press=update)
    if prospect.may_stand_alone:
        yield Control("Keep as a new one", press=ManagingPress(ManagingVerb.KEEP_AS_NEW, proposal=proposal.id))


def _have_same_link(proposal: Proposal, revised: KeptPosting | None) -> bool:
    link = proposal.posting.link
    return link is not None and revised is not None and link == revised.posting.link


async def _find_like(errand: Errand, posting: Posting) -> KeptPosting | None:
    if not posting.company:
        return None
    candidates = await errand.tools.assistant.postings_like(posting.company, errand.asker)
    return await asyncio.to_thread(find_likely_duplicate, posting, candidates)
