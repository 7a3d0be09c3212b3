"""Keeping a proposal, in each of the ways in which it can be kept or cannot be any more."""

import asyncio
from collections.abc import Collection, Iterator

from bot.admin.buttons import ManagingPress, ManagingVerb
from bot.admin.context import Errand
from bot.admin.finding import KIND_WORDS, NoSuchPosting, describe, find_current, find_removed, moment, name_actor, name_kept, name_posting
from bot.admin.history import change_lines, compare
from bot.admin.previews import CANCELLED, GONE, get_open, show_proposal
from bot.domain.administration import Action, ActionKind, Proposal
from bot.domain.answer import count_of
from bot.domain.errors import RolecallError
from bot.domain.posting import HEAD_FIELDS, Correction, HeadField, KeptPosting, Posting
from bot.intake.corrections import words_before
from bot.presentation.buttons import Press, Verb
from bot.presentation.card import Card, Control, Look, Row, Tone, escaped_within
from bot.storage.corrections import apply_corrections
from bot.storage.records import Kept, Outcome, Sameness, Settlement

# A proposal set against what is kept now: what people put right there, and what was put right in the preview, both hold.


def rebase(proposed: Posting, base: Posting, *, current: Posting) -> Posting:
    """
    Return what to propose in a proposal's place, now that the posting that it revises is no longer the `base` that it was made from.

    Of a posting that was to be corrected only, the words become the current ones.
    """
    carried = {_key(correction) for correction in base.corrections}
    own = [correction for correction in proposed.corrections if _key(correction) not in carried]
    dropped = {correction.field for correction in base.corrections} - {correction.field for correction in proposed.corrections}
    if proposed.text == base.text:
        return apply_corrections(undo(current, dropped | {correction.field for correction in own}), own)
    kept_on = [correction for correction in current.corrections if correction.field not in dropped]
    return apply_corrections(without_carried(proposed, base), kept_on)


def without_carried(proposed: Posting, base: Posting) -> Posting:
    """Return a proposal without the corrections that it took over from the posting that it revises."""
    carried = {_key(correction) for correction in base.corrections}
    return undo(proposed, {correction.field for correction in proposed.corrections if _key(correction) in carried})


def undo(posting: Posting, fields: Collection[str]) -> Posting:
    """Return a posting with what was read in these fields, where somebody had put them right."""
    facts, head = dict(posting.facts), {}
    for correction in posting.corrections:
        if correction.field not in fields:
            continue
        if correction.field in HEAD_FIELDS:
            head[HeadField(correction.field).attribute] = correction.read_words
            continue
        shown = () if correction.facts else facts.get(correction.field, ())
        facts.pop(correction.field, None)
        if read := (*correction.read, *(fact for fact in shown if fact not in correction.read)):
            facts[correction.field] = read
    left = tuple(correction for correction in posting.corrections if correction.field not in fields)
    return posting.model_copy(update={**head, "facts": facts, "corrections": left})


def _key(correction: Correction) -> tuple[object, ...]:
    """Return what tells a correction from others, wherever it was taken over to."""
    return (correction.field, correction.by.id, correction.at)


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
    kind = actions[0].kind if actions else ActionKind.ADDED
    undo = Control("Undo", press=ManagingPress(ManagingVerb.UNDO, posting=kept.id, revision=kept.revision))
    new = kind is ActionKind.ADDED
    await errand.tools.announce(errand.scope, notice_card(current, "New posting" if new else KIND_WORDS[kind].capitalize(), errand=errand))
    told = f"Kept as {name}." if new else f"{KIND_WORDS[kind].capitalize()}: {name}."
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
    return f"was {KIND_WORDS[actions[0].kind]} by {name_actor(actions[0].by)} ({moment(actions[0].at)})"


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


# Removing a posting after asking, and bringing it or an older revision of it back; each can be undone by a button.

LEFT = Card("It stays as it is.", is_personal=True)
_LONGEST_CHANGES_UNDONE = 2_500
_LONGEST_PLACE = 300


async def ask_to_remove(errand: Errand, typed: str) -> Card:
    """Show the posting that is meant and ask whether to remove it; raises NoSuchPosting."""
    return _removal_card(await find_current(errand, typed))


async def ask_to_remove_pressed(errand: Errand, press: ManagingPress) -> Card:
    """Ask whether to remove the posting of a button."""
    kept = await errand.store.get(press.posting, scopes=errand.scopes)
    return _removal_card(kept) if kept else await _gone(errand, press.posting)


async def remove(errand: Errand, press: ManagingPress) -> Card:
    """Remove the posting of a button, if it still is what was shown there."""
    kept = await errand.store.get(press.posting, scopes=errand.scopes)
    if kept is None:
        return await _gone(errand, press.posting)
    if press.revision and kept.revision != press.revision:
        return _removal_card(kept, before="It has changed since you were asked. Look again:\n\n")
    if not await errand.store.remove(kept.id, scopes=errand.scopes, by=errand.actor):
        return await _gone(errand, press.posting)
    await _announce(errand, f"{name_kept(kept)} was removed by {name_actor(errand.actor)}.")
    return _done(f"Removed: {name_kept(kept)}.", undo=ManagingPress(ManagingVerb.RESTORE, posting=kept.id))


async def leave(_errand: Errand, _press: ManagingPress) -> Card:
    """Do nothing after all."""
    return LEFT


async def restore_typed(errand: Errand, typed: str) -> Card:
    """Bring back the removed posting that is meant; raises NoSuchPosting."""
    listed = await find_removed(errand, typed)
    return await restore(errand, ManagingPress(ManagingVerb.RESTORE, posting=listed.id))


async def ask_to_restore(errand: Errand, press: ManagingPress) -> Card:
    """Show what would change if an older revision were brought back, and ask whether to."""
    revisions = {one.kept.revision: one.kept for one in await errand.store.history(press.posting, scopes=errand.scopes)}
    wanted = revisions.get(press.revision)
    if wanted is None:
        return _nothing_there()
    current = await errand.store.get(press.posting, scopes=errand.scopes)
    before = current.posting if current else None
    differences = await asyncio.to_thread(compare, before, wanted.posting, locale=errand.asker.locale)
    changes = "\n".join(change_lines(differences, longest=_LONGEST_CHANGES_UNDONE)) if current else describe(wanted)
    yes = Control("Bring it back", press=ManagingPress(ManagingVerb.RESTORE, posting=wanted.id, revision=wanted.revision), look=Look.GOOD)
    told = f"{name_kept(current)} would change like this:" if current else "It is removed at the moment."
    body = f"{told}\n{changes or '> What is told stays the same'}"
    return Card(body, title=f"Bring back revision {wanted.revision}?", tone=Tone.ASKING, rows=(_yes_or_no(yes),), is_personal=True)


async def restore(errand: Errand, press: ManagingPress) -> Card:
    """Bring back a removed posting, or the revision that the button names."""
    before = await errand.store.get(press.posting, scopes=errand.scopes)
    if before is not None and await _says_the_same(errand, before, press.revision):
        return _as_before(before)
    restored = await errand.store.restore(press.posting, scopes=errand.scopes, by=errand.actor, revision=press.revision or None)
    if restored is None:
        return _nothing_there()
    if restored.id != press.posting:
        return Card(f"Its words are here already, as {name_kept(restored)}; nothing was changed.", tone=Tone.ASKING, is_personal=True)
    which = f"revision {press.revision} of " if press.revision else ""
    await _announce(errand, f"{which}{name_kept(restored)} was brought back by {name_actor(errand.actor)}.")
    undo = ManagingPress(ManagingVerb.UNDO, posting=restored.id, revision=restored.revision)
    return _done(f"Brought back: {which}{name_kept(restored)}.", undo=undo)


async def _says_the_same(errand: Errand, current: KeptPosting, revision: int) -> bool:
    """Tell whether a revision would change nothing, as one that two people bring back at once."""
    if not revision:
        return True
    revisions = await errand.store.history(current.id, scopes=errand.scopes)
    return any(one.kept.revision == revision and one.kept.posting == current.posting for one in revisions)


def _removal_card(kept: KeptPosting, before: str = "") -> Card:
    yes = Control("Remove", press=ManagingPress(ManagingVerb.REMOVE, posting=kept.id, revision=kept.revision), look=Look.DANGER)
    after = "Nobody is answered from it then. It can be brought back with `/posting restore`."
    lines = (describe(kept), *(escaped_within(words, _LONGEST_PLACE) for words in (kept.posting.location, kept.posting.link) if words))
    body = "\n".join((*lines, *_corrections(kept)))
    return Card(f"{before}{body}\n\n{after}", title="Remove this posting?", tone=Tone.ASKING, rows=(_yes_or_no(yes),), is_personal=True)


def _corrections(kept: KeptPosting) -> Iterator[str]:
    count, names = len(kept.posting.corrections), dict.fromkeys(name_actor(correction.by) for correction in kept.posting.corrections)
    if count:
        yield f"{count_of(count, 'correction')} by {', '.join(names)}"


def _yes_or_no(yes: Control) -> Row:
    return (yes, Control("Leave it", press=ManagingPress(ManagingVerb.LEAVE)))


def _done(told: str, *, undo: ManagingPress) -> Card:
    history = ManagingPress(ManagingVerb.HISTORY, posting=undo.posting)
    return Card(told, rows=((Control("Undo", press=undo), Control("History", press=history)),), is_personal=True)


def _as_before(kept: KeptPosting) -> Card:
    return Card(f"{name_kept(kept)} is here and says that already; nothing was changed.", tone=Tone.ASKING, is_personal=True)


async def _gone(errand: Errand, number: int) -> Card:
    """Say that somebody else removed it, with a button to undo that; of a posting that is none of theirs nothing is known."""
    revisions = await errand.store.history(number, scopes=errand.scopes)
    if not revisions:
        return _nothing_there()
    last = revisions[-1].kept
    undo = Control("Undo", press=ManagingPress(ManagingVerb.RESTORE, posting=number))
    named = name_posting(number, last.posting.company, title=last.posting.title)
    return Card(f"{named} is removed already.", tone=Tone.ASKING, rows=((undo,),), is_personal=True)


def _nothing_there() -> Card:
    raise NoSuchPosting("There is no such posting here; /posting list shows what there is")


async def _announce(errand: Errand, told: str) -> None:
    await errand.tools.announce(errand.scope, Card(f"{told[:1].upper()}{told[1:]}"))
