"""Keeping a proposal, in each of the ways in which it can be kept or cannot be any more; removing, bringing back, undoing."""

import asyncio
from dataclasses import replace

from bot.admin.context import AdminContext
from bot.admin.finding import (
    NoSuchPosting,
    describe,
    find_current,
    find_removed,
    name_actor,
    name_kept,
    name_posting,
)
from bot.admin.history import render_changes
from bot.admin.proposals import CANCELLED, GONE, get_open, show_proposal
from bot.domain.errors import RolecallError
from bot.domain.posting import ActionKind, HeadField, KeptPosting, Posting, Proposal
from bot.intake.corrections import rebase, without_carried, words_before
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card, Control, Look, Tone, escaped_within, timestamp
from bot.presentation.notices import asking_card
from bot.storage.corrections import apply_corrections
from bot.storage.records import Kept, Outcome, Sameness, Settlement
from bot.text.clean import begin_large
from bot.text.translations import say

_LONGEST_CHANGES = 1_500
_MOST_OF_A_NAME = 50


async def keep(context: AdminContext, button: ButtonId) -> Card:
    """Keep a proposal, or say why it cannot be kept any more."""
    settled = await context.store.proposals.keep(button.proposal, scopes=context.scopes, by=context.actor)
    if settled is None:
        raise RolecallError(GONE)
    match settled.how:
        case Settlement.KEPT if settled.kept is not None:
            return await _kept_card(context, settled.kept)
        case Settlement.KEPT_BEFORE:
            return await _kept_before_card(context, settled.proposal)
        case Settlement.CHANGED_MEANWHILE:
            return await _changed_card(context, settled.proposal)
    raise RolecallError(CANCELLED)


async def keep_as_update(context: AdminContext, button: ButtonId) -> Card:
    """Keep a proposal as the next revision of the posting that is named, with what people put right there."""
    proposal = await get_open(context, button.proposal)
    current = await context.store.get(button.posting, scopes=context.scopes)
    posting = proposal.posting
    if current:
        # Without a link of its own it goes on under that one's, by which its next update is found.
        came = posting.model_copy(update={"link": words_before(current.posting, HeadField.LINK)})
        has_link = posting.link is not None or posting.correction_of(HeadField.LINK) is not None
        posting = await asyncio.to_thread(apply_corrections, posting if has_link else came, current.posting.corrections)
    await context.store.proposals.change(proposal.id, posting, scopes=context.scopes, revises=button.posting, base=button.revision)
    return await keep(context, button)


async def keep_as_new(context: AdminContext, button: ButtonId) -> Card:
    """Keep a proposal as a posting of its own, although one of its source, company and title is there."""
    proposal = await get_open(context, button.proposal)
    current = await context.store.get(proposal.revises or 0, scopes=context.scopes)
    posting = await _with_own_source(context, without_carried(proposal.posting, current.posting) if current else proposal.posting)
    await context.store.proposals.change(proposal.id, posting, scopes=context.scopes, revises=None, base=None)
    return await keep(context, button)


async def look_again(context: AdminContext, button: ButtonId) -> Card:
    """Show a proposal against what is kept now, after somebody changed that."""
    proposal = await get_open(context, button.proposal)
    current = await context.store.get(proposal.revises or 0, scopes=context.scopes)
    if current is None:
        changed = await context.store.proposals.change(proposal.id, proposal.posting, scopes=context.scopes, revises=None, base=None)
    else:
        base = await _base_of(context, proposal)
        posting = await asyncio.to_thread(rebase, proposal.posting, base or current.posting, current=current.posting)
        changed = await context.store.proposals.change(proposal.id, posting, scopes=context.scopes, base=current.revision)
    return await show_proposal(context, changed or await get_open(context, button.proposal))


async def _kept_card(context: AdminContext, kept: Kept) -> Card:
    """Say what became of it, here and where notices go."""
    current = await context.store.get(kept.id, scopes=context.scopes)
    actions = await context.store.list_actions(scopes=context.scopes, posting=kept.id, limit=1)
    if current is None:
        told = "Kept as #{number}, and removed by somebody a moment later."
        return Card(context.say(told, number=str(kept.id)), tone=Tone.ASKING)
    name, show = name_kept(current), show_control(kept.id, context.locale)
    if kept.outcome is Outcome.UNCHANGED:
        return Card(context.say("Nothing changed: {name} says this already.", name=name), rows=((show,),))
    kind = actions[0].kind if actions else ActionKind.ADDED
    notice = await context.services.servers.locale_of(context.scope)
    announced = say(ANNOUNCED.get(kind, ANNOUNCED[ActionKind.UPDATED]), notice, name=name, who=name_actor(context.actor))
    await context.services.announce(context.scope, Card(announced, rows=((show_control(kept.id, notice),),)))
    undo = Control(context.say("Undo"), press=ButtonId(ButtonAction.UNDO, posting=kept.id, revision=kept.revision))
    return Card(context.say(KEPT.get(kind, KEPT[ActionKind.UPDATED]), name=name), rows=((undo, show),))


KEPT = {
    ActionKind.ADDED: "Kept as {name}.",
    ActionKind.UPDATED: "Updated: {name}.",
    ActionKind.CORRECTED: "Corrected: {name}.",
    ActionKind.RESTORED: "Brought back: {name}.",
}
ANNOUNCED = {
    ActionKind.ADDED: "New posting: {name}, by {who}.",
    ActionKind.UPDATED: "Updated: {name}, by {who}.",
    ActionKind.CORRECTED: "Corrected: {name}, by {who}.",
    ActionKind.RESTORED: "Brought back: {name}, by {who}.",
}
"""What is said of what was kept, to who did it and in the channel for notices."""


def show_control(number: int, locale: str) -> Control:
    """Return the button that shows what a posting is about, to whoever presses it."""
    return Control(say("Show it", locale), press=ButtonId(ButtonAction.ASK, posting=number))


async def _kept_before_card(context: AdminContext, proposal: Proposal) -> Card:
    """Say as what it was kept; pressed twice, or by two people at once."""
    current = await context.store.get(proposal.kept_as or 0, scopes=context.scopes)
    if current is None:
        told = "This was kept already, as #{number}, and was removed since."
        return Card(context.say(told, number=str(proposal.kept_as)), tone=Tone.ASKING)
    told = context.say("This was kept already, as {name}.", name=name_kept(current))
    return Card(told, tone=Tone.ASKING, rows=((show_control(current.id, context.locale),),))


async def _changed_card(context: AdminContext, proposal: Proposal) -> Card:
    """Say who changed the posting since the preview was made and what is there now, and offer to look again."""
    number = proposal.revises or 0
    actions = await context.store.list_actions(scopes=context.scopes, posting=number, limit=1)
    current = await context.store.get(number, scopes=context.scopes)
    name = name_kept(current) if current else f"#{number}"
    again = Control(context.say("Look again"), press=ButtonId(ButtonAction.LOOK_AGAIN, proposal=proposal.id))
    dropped = Control(context.say("Cancel"), press=ButtonId(ButtonAction.CANCEL, proposal=proposal.id))
    last = actions[0] if actions else None
    values = {"who": name_actor(last.by), "date": timestamp(last.at)} if last else {}
    told = MEANWHILE.get(last.kind, CHANGED) if last else "Nothing was kept: {name} was changed since you looked."
    blocks = [context.say(told, name=name, **values)]
    if current is not None:
        base = await _base_of(context, proposal)
        changes = await _render_changes(context, base, current.posting, longest=_LONGEST_CHANGES)
        blocks += [context.say("What changed:"), *changes, context.say("Look again to see your posting against that.")]
    else:
        blocks.append(context.say("Look again to add your posting as a new one."))
    return Card("\n".join(blocks), tone=Tone.ASKING, rows=((again, dropped),))


CHANGED = "Nothing was kept: {name} was changed by {who} ({date}) since you looked."
MEANWHILE = {
    ActionKind.UPDATED: "Nothing was kept: {name} was updated by {who} ({date}) since you looked.",
    ActionKind.CORRECTED: "Nothing was kept: {name} was corrected by {who} ({date}) since you looked.",
    ActionKind.REMOVED: "Nothing was kept: {name} was removed by {who} ({date}) since you looked.",
    ActionKind.RESTORED: "Nothing was kept: {name} was brought back by {who} ({date}) since you looked.",
}


async def _base_of(context: AdminContext, proposal: Proposal) -> Posting | None:
    """Return what the posting said that the proposal was made from."""
    base = await _revision_of(context, proposal.revises or 0, proposal.base)
    return base.posting if base else None


async def _with_own_source(context: AdminContext, posting: Posting) -> Posting:
    """Return the posting with a number behind its source, so that it is not taken for one of that name."""
    renamed = posting
    for number in range(2, _MOST_OF_A_NAME):
        renamed = posting.model_copy(update={"source": f"{posting.source} ({number})"})
        same = await context.store.find_same(renamed, scope=context.scope)
        if same is None or same.how is Sameness.SAME_WORDS:
            break
    return renamed


# Removing a posting after asking, and bringing it or an older revision of it back; each can be undone by a button.

_LONGEST_PLACE = 300
_MOST_ACTIONS = 50
"""An older one was not done a moment ago."""


async def ask_to_remove(context: AdminContext, typed: str) -> Card:
    """Show the posting that is meant and ask whether to remove it; raises NoSuchPosting."""
    return _removal_card(context, await find_current(context, typed))


async def ask_to_remove_pressed(context: AdminContext, button: ButtonId) -> Card:
    """Ask whether to remove the posting of a button."""
    kept = await context.store.get(button.posting, scopes=context.scopes)
    return _removal_card(context, kept) if kept else await _gone_card(context, button.posting)


async def remove(context: AdminContext, button: ButtonId) -> Card:
    """Remove the posting of a button, if it still is what was shown there."""
    kept = await context.store.get(button.posting, scopes=context.scopes)
    if kept is not None and button.revision not in (0, kept.revision):
        return _removal_card(context, kept, has_changed=True)
    if kept is None or not await context.store.remove(kept.id, scopes=context.scopes, by=context.actor):
        return await _gone_card(context, button.posting)
    await _announce(context, "{name} was removed by {who}.", name=name_kept(kept), who=name_actor(context.actor))
    told = context.say("Removed: {name}.", name=name_kept(kept))
    return _done_card(context, told, undo=ButtonId(ButtonAction.RESTORE, posting=kept.id))


async def leave(context: AdminContext, _button: ButtonId) -> Card:
    """Do nothing after all."""
    return Card(context.say("It stays as it is."), is_personal=True)


async def restore_typed(context: AdminContext, typed: str) -> Card:
    """Bring back the removed posting that is meant; raises NoSuchPosting."""
    listed = await find_removed(context, typed)
    return await restore(context, ButtonId(ButtonAction.RESTORE, posting=listed.id))


async def ask_to_restore(context: AdminContext, button: ButtonId) -> Card:
    """Show what would change if an older revision were brought back, and ask whether to."""
    wanted = await _revision_of(context, button.posting, button.revision)
    if wanted is None:
        raise NoSuchPosting
    current = await context.store.get(button.posting, scopes=context.scopes)
    if current is None:
        told = [context.say("It is removed at the moment."), describe(wanted, context.locale)]
    else:
        changes = await _render_changes(context, current.posting, wanted.posting, longest=2_500)
        told = [context.say("{name} would change like this:", name=name_kept(current)), *changes]
    press = ButtonId(ButtonAction.RESTORE, posting=wanted.id, revision=wanted.revision)
    yes = Control(context.say("Bring it back"), press=press, look=Look.GOOD)
    title = context.say("Bring back revision {number}?", number=str(wanted.revision))
    return _question_card(context, "\n".join(told), yes=yes, title=title)


async def restore(context: AdminContext, button: ButtonId) -> Card:
    """Bring back a removed posting, or the revision that the button names."""
    before = await context.store.get(button.posting, scopes=context.scopes)
    wanted = await _revision_of(context, button.posting, button.revision) if before and button.revision else None
    # Two people may bring back the same at once.
    if before is not None and (not button.revision or (wanted is not None and wanted.posting == before.posting)):
        return asking_card(context.say("{name} is here and says that already; nothing was changed.", name=name_kept(before)))
    restored = await context.store.restore(button.posting, scopes=context.scopes, by=context.actor, revision=button.revision or None)
    if restored is None:
        raise NoSuchPosting
    if restored.id != button.posting:
        return asking_card(context.say("Its words are here already, as {name}; nothing was changed.", name=name_kept(restored)))
    values = {"name": name_kept(restored), "who": name_actor(context.actor), "number": str(button.revision)}
    announced = "Revision {number} of {name} was brought back by {who}." if button.revision else "{name} was brought back by {who}."
    await _announce(context, announced, **values)
    told = context.say("Brought back: revision {number} of {name}." if button.revision else "Brought back: {name}.", **values)
    return _done_card(context, told, undo=ButtonId(ButtonAction.UNDO, posting=restored.id, revision=restored.revision))


async def undo(context: AdminContext, button: ButtonId) -> Card:
    """Remove what was added, or bring back the revision before, if the button's revision is still the current one."""
    actions = await context.store.list_actions(scopes=context.scopes, posting=button.posting, limit=_MOST_ACTIONS)
    led_to = next((action for action in actions if action.after == button.revision), None)
    if led_to is None:
        raise RolecallError("There is nothing to undo here; /posting history shows what was done")
    if actions[0] is not led_to:
        told = "#{number} was changed since, by {name}; /posting history shows what can be brought back"
        raise RolecallError(told, number=str(button.posting), name=actions[0].by.name)
    again = ButtonId(ButtonAction.RESTORE, posting=led_to.posting)
    if led_to.before is None:
        if not await context.store.remove(led_to.posting, scopes=context.scopes, by=context.actor):
            raise RolecallError("#{number} is removed already", number=str(led_to.posting))
        name = name_posting(led_to.posting, led_to.company, title=led_to.title)
        announced = "Undone by {who}: {name} is removed again."
        told = "Undone: {name} is removed again."
    else:
        restored = await context.store.restore(led_to.posting, scopes=context.scopes, by=context.actor, revision=led_to.before)
        if restored is None or restored.id != led_to.posting:
            told = "#{number} cannot be brought back to what it was; /posting history shows what can"
            raise RolecallError(told, number=str(led_to.posting))
        name = name_kept(restored)
        announced = "Undone by {who}: {name} says again what it said before."
        told = "Undone: {name} says again what it said before."
        again = replace(again, revision=led_to.after or 0)
    await _announce(context, announced, who=name_actor(context.actor), name=name)
    return Card(context.say(told, name=name), rows=((Control(context.say("Redo"), press=again),),))


async def _revision_of(context: AdminContext, number: int, revision: int | None) -> KeptPosting | None:
    found = await context.store.history(number, scopes=context.scopes, among=[revision] if revision else [])
    return found[0].kept if found else None


async def _render_changes(context: AdminContext, before: Posting | None, after: Posting, *, longest: int) -> list[str]:
    return await asyncio.to_thread(render_changes, before, after, locale=context.locale, longest=longest)


def _removal_card(context: AdminContext, kept: KeptPosting, *, has_changed: bool = False) -> Card:
    press = ButtonId(ButtonAction.REMOVE, posting=kept.id, revision=kept.revision)
    lines = [context.say("It has changed since you were asked. Look again:") + "\n"] if has_changed else []
    lines.append(describe(kept, context.locale))
    lines += [escaped_within(words, _LONGEST_PLACE) for words in (kept.posting.location, kept.posting.link) if words]
    if corrections := kept.posting.corrections:
        names = dict.fromkeys(name_actor(correction.by) for correction in corrections)
        told = "1 correction by {names}" if len(corrections) == 1 else "{number} corrections by {names}"
        lines.append(context.say(told, number=len(corrections), names=", ".join(names)))
    lines.append("\n" + context.say("Nobody is answered from it then. It can be brought back with `/posting restore`."))
    yes = Control(context.say("Remove"), press=press, look=Look.DANGER)
    return _question_card(context, "\n".join(lines), yes=yes, title=context.say("Remove this posting?"))


def _question_card(context: AdminContext, body: str, *, yes: Control, title: str) -> Card:
    no = Control(context.say("Leave it"), press=ButtonId(ButtonAction.LEAVE))
    return Card(body, title=title, tone=Tone.ASKING, rows=((yes, no),), is_personal=True)


def _done_card(context: AdminContext, told: str, *, undo: ButtonId) -> Card:
    history = Control(context.say("History"), press=ButtonId(ButtonAction.HISTORY, posting=undo.posting))
    return Card(told, rows=((Control(context.say("Undo"), press=undo), history),), is_personal=True)


async def _gone_card(context: AdminContext, number: int) -> Card:
    """Say that somebody else removed it, with a button to undo that; of a posting that is none of theirs nothing is known."""
    revisions = await context.store.history(number, scopes=context.scopes)
    if not revisions:
        raise NoSuchPosting
    undo = Control(context.say("Undo"), press=ButtonId(ButtonAction.RESTORE, posting=number))
    told = context.say("{name} is removed already.", name=name_kept(revisions[-1].kept))
    return Card(told, tone=Tone.ASKING, rows=((undo,),), is_personal=True)


async def _announce(context: AdminContext, message: str, **values: object) -> None:
    """Tell the channel for notices a sentence of the catalogue."""
    told = say(message, await context.services.servers.locale_of(context.scope), **values)
    await context.services.announce(context.scope, Card(begin_large(told)))
