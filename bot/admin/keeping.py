"""Keeping a proposal, in each of the ways in which it can be kept or cannot be any more; removing, bringing back, undoing."""

import asyncio

from bot.admin.context import AdminContext
from bot.admin.finding import (
    NoSuchPosting,
    describe,
    find_current,
    find_removed,
    name_actor,
    name_kept,
    name_posting,
    timestamp,
)
from bot.admin.history import render_changes
from bot.admin.proposals import CANCELLED, GONE, get_open, show_proposal
from bot.domain.errors import RolecallError
from bot.domain.posting import Action, ActionKind, HeadField, KeptPosting, Posting, Proposal
from bot.intake.corrections import rebase, without_carried, words_before
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card, Control, Look, Tone, escaped_within
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
    posting = without_carried(proposal.posting, current.posting) if current else proposal.posting
    posting = await _with_own_source(context, posting)
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
        return Card(say(told, context.person.locale, number=str(kept.id)), tone=Tone.ASKING)
    locale, name = context.person.locale, name_kept(current)
    show = show_control(kept.id, locale)
    if kept.outcome is Outcome.UNCHANGED:
        return Card(say("Nothing changed: {name} says this already.", locale, name=name), rows=((show,),))
    kind = actions[0].kind if actions else ActionKind.ADDED
    notice = await context.services.locale_of(context.scope)
    announced = say(ANNOUNCED.get(kind, ANNOUNCED[ActionKind.UPDATED]), notice, name=name, who=name_actor(context.actor))
    await context.services.announce(context.scope, Card(announced, rows=((show_control(kept.id, notice),),)))
    undo = Control(say("Undo", locale), press=ButtonId(ButtonAction.UNDO, posting=kept.id, revision=kept.revision))
    return Card(say(KEPT.get(kind, KEPT[ActionKind.UPDATED]), locale, name=name), rows=((undo, show),))


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
    locale = context.person.locale
    if current is None:
        told = "This was kept already, as #{number}, and was removed since."
        return Card(say(told, locale, number=str(proposal.kept_as)), tone=Tone.ASKING)
    told = say("This was kept already, as {name}.", locale, name=name_kept(current))
    return Card(told, tone=Tone.ASKING, rows=((show_control(current.id, locale),),))


async def _changed_card(context: AdminContext, proposal: Proposal) -> Card:
    """Say who changed the posting since the preview was made and what is there now, and offer to look again."""
    number = proposal.revises or 0
    actions = await context.store.list_actions(scopes=context.scopes, posting=number, limit=1)
    current = await context.store.get(number, scopes=context.scopes)
    name = name_kept(current) if current else f"#{number}"
    locale = context.person.locale
    again = Control(say("Look again", locale), press=ButtonId(ButtonAction.LOOK_AGAIN, proposal=proposal.id))
    dropped = Control(say("Cancel", locale), press=ButtonId(ButtonAction.CANCEL, proposal=proposal.id))
    last = actions[0] if actions else None
    values = {"who": name_actor(last.by), "date": timestamp(last.at)} if last else {}
    told = MEANWHILE.get(last.kind, CHANGED) if last else "Nothing was kept: {name} was changed since you looked."
    blocks = [say(told, locale, name=name, **values)]
    if current is not None:
        base = await _base_of(context, proposal)
        changes = await _render_changes(context, base, current.posting, longest=_LONGEST_CHANGES)
        blocks += [say("What changed:", locale), *changes, say("Look again to see your posting against that.", locale)]
    else:
        blocks.append(say("Look again to add your posting as a new one.", locale))
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
    kept = await _revision_of(context, proposal.revises or 0, proposal.base)
    return kept.posting if kept else None


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
    return _removal_card(await find_current(context, typed), context.person.locale)


async def ask_to_remove_pressed(context: AdminContext, button: ButtonId) -> Card:
    """Ask whether to remove the posting of a button."""
    kept = await context.store.get(button.posting, scopes=context.scopes)
    return _removal_card(kept, context.person.locale) if kept else await _gone_card(context, button.posting)


async def remove(context: AdminContext, button: ButtonId) -> Card:
    """Remove the posting of a button, if it still is what was shown there."""
    kept = await context.store.get(button.posting, scopes=context.scopes)
    if kept is not None and button.revision not in (0, kept.revision):
        return _removal_card(kept, context.person.locale, has_changed=True)
    if kept is None or not await context.store.remove(kept.id, scopes=context.scopes, by=context.actor):
        return await _gone_card(context, button.posting)
    await _announce(context, "{name} was removed by {who}.", name=name_kept(kept), who=name_actor(context.actor))
    told = say("Removed: {name}.", context.person.locale, name=name_kept(kept))
    return _done_card(told, undo=ButtonId(ButtonAction.RESTORE, posting=kept.id), locale=context.person.locale)


async def leave(context: AdminContext, _button: ButtonId) -> Card:
    """Do nothing after all."""
    return Card(say("It stays as it is.", context.person.locale), is_personal=True)


async def restore_typed(context: AdminContext, typed: str) -> Card:
    """Bring back the removed posting that is meant; raises NoSuchPosting."""
    listed = await find_removed(context, typed)
    return await restore(context, ButtonId(ButtonAction.RESTORE, posting=listed.id))


async def ask_to_restore(context: AdminContext, button: ButtonId) -> Card:
    """Show what would change if an older revision were brought back, and ask whether to."""
    wanted = await _revision_of(context, button.posting, button.revision)
    if wanted is None:
        raise NoSuchPosting
    current, locale = await context.store.get(button.posting, scopes=context.scopes), context.person.locale
    if current is None:
        told = [say("It is removed at the moment.", locale), describe(wanted, locale)]
    else:
        changes = await _render_changes(context, current.posting, wanted.posting, longest=2_500)
        told = [say("{name} would change like this:", locale, name=name_kept(current)), *changes]
    yes = Control(
        say("Bring it back", locale), press=ButtonId(ButtonAction.RESTORE, posting=wanted.id, revision=wanted.revision), look=Look.GOOD
    )
    title = say("Bring back revision {number}?", locale, number=str(wanted.revision))
    return _question_card("\n".join(told), yes, title=title, locale=locale)


async def restore(context: AdminContext, button: ButtonId) -> Card:
    """Bring back a removed posting, or the revision that the button names."""
    before = await context.store.get(button.posting, scopes=context.scopes)
    if before is not None and await _says_the_same(context, before, button.revision):
        told = say("{name} is here and says that already; nothing was changed.", context.person.locale, name=name_kept(before))
        return Card(told, tone=Tone.ASKING, is_personal=True)
    restored = await context.store.restore(button.posting, scopes=context.scopes, by=context.actor, revision=button.revision or None)
    if restored is None:
        raise NoSuchPosting
    if restored.id != button.posting:
        told = say("Its words are here already, as {name}; nothing was changed.", context.person.locale, name=name_kept(restored))
        return Card(told, tone=Tone.ASKING, is_personal=True)
    values = {"name": name_kept(restored), "who": name_actor(context.actor), "number": str(button.revision)}
    announced = "Revision {number} of {name} was brought back by {who}." if button.revision else "{name} was brought back by {who}."
    await _announce(context, announced, **values)
    told = say(
        "Brought back: revision {number} of {name}." if button.revision else "Brought back: {name}.", context.person.locale, **values
    )
    back = ButtonId(ButtonAction.UNDO, posting=restored.id, revision=restored.revision)
    return _done_card(say(told, context.person.locale, **values), undo=back, locale=context.person.locale)


async def undo(context: AdminContext, button: ButtonId) -> Card:
    """Remove what was added, or bring back the revision before, if the button's revision is still the current one."""
    actions = await context.store.list_actions(scopes=context.scopes, posting=button.posting, limit=_MOST_ACTIONS)
    led_to = next((action for action in actions if action.after == button.revision), None)
    if led_to is None:
        raise RolecallError("There is nothing to undo here; /posting history shows what was done")
    if actions[0] is not led_to:
        told = "#{number} was changed since, by {name}; /posting history shows what can be brought back"
        raise RolecallError(told, number=str(button.posting), name=actions[0].by.name)
    if led_to.before is None:
        name, again = await _undo_adding(context, led_to), ButtonId(ButtonAction.RESTORE, posting=led_to.posting)
        announced = "Undone by {who}: {name} is removed again."
        told = "Undone: {name} is removed again."
    else:
        name = await _undo_change(context, led_to, revision=led_to.before)
        announced = "Undone by {who}: {name} says again what it said before."
        told = "Undone: {name} says again what it said before."
        again = ButtonId(ButtonAction.RESTORE, posting=led_to.posting, revision=led_to.after or 0)
    await _announce(context, announced, who=name_actor(context.actor), name=name)
    locale = context.person.locale
    return Card(say(told, locale, name=name), rows=((Control(say("Redo", locale), press=again),),))


async def _undo_adding(context: AdminContext, led_to: Action) -> str:
    if not await context.store.remove(led_to.posting, scopes=context.scopes, by=context.actor):
        raise RolecallError("#{number} is removed already", number=str(led_to.posting))
    return name_posting(led_to.posting, led_to.company, title=led_to.title)


async def _undo_change(context: AdminContext, led_to: Action, *, revision: int) -> str:
    restored = await context.store.restore(led_to.posting, scopes=context.scopes, by=context.actor, revision=revision)
    if restored is None or restored.id != led_to.posting:
        told = "#{number} cannot be brought back to what it was; /posting history shows what can"
        raise RolecallError(told, number=str(led_to.posting))
    return name_kept(restored)


async def _says_the_same(context: AdminContext, current: KeptPosting, revision: int) -> bool:
    """Tell whether a revision would change nothing, as one that two people bring back at once."""
    if not revision:
        return True
    wanted = await _revision_of(context, current.id, revision)
    return wanted is not None and wanted.posting == current.posting


async def _revision_of(context: AdminContext, number: int, revision: int | None) -> KeptPosting | None:
    found = await context.store.history(number, scopes=context.scopes, among=[revision] if revision else [])
    return found[0].kept if found else None


async def _render_changes(context: AdminContext, before: Posting | None, after: Posting, *, longest: int) -> list[str]:
    return await asyncio.to_thread(render_changes, before, after, locale=context.asker.locale, longest=longest)


def _removal_card(kept: KeptPosting, locale: str, *, has_changed: bool = False) -> Card:
    yes = Control(say("Remove", locale), press=ButtonId(ButtonAction.REMOVE, posting=kept.id, revision=kept.revision), look=Look.DANGER)
    heads = filter(None, (kept.posting.location, kept.posting.link))
    lines = [describe(kept, locale), *(escaped_within(words, _LONGEST_PLACE) for words in heads)]
    if corrections := kept.posting.corrections:
        names = dict.fromkeys(name_actor(correction.by) for correction in corrections)
        told = "1 correction by {names}" if len(corrections) == 1 else "{number} corrections by {names}"
        lines.append(say(told, locale, number=len(corrections), names=", ".join(names)))
    lines.append("\n" + say("Nobody is answered from it then. It can be brought back with `/posting restore`.", locale))
    before = say("It has changed since you were asked. Look again:", locale) + "\n\n" if has_changed else ""
    return _question_card(before + "\n".join(lines), yes, title=say("Remove this posting?", locale), locale=locale)


def _question_card(body: str, yes: Control, *, title: str, locale: str) -> Card:
    no = Control(say("Leave it", locale), press=ButtonId(ButtonAction.LEAVE))
    return Card(body, title=title, tone=Tone.ASKING, rows=((yes, no),), is_personal=True)


def _done_card(told: str, *, undo: ButtonId, locale: str) -> Card:
    history = Control(say("History", locale), press=ButtonId(ButtonAction.HISTORY, posting=undo.posting))
    return Card(told, rows=((Control(say("Undo", locale), press=undo), history),), is_personal=True)


async def _gone_card(context: AdminContext, number: int) -> Card:
    """Say that somebody else removed it, with a button to undo that; of a posting that is none of theirs nothing is known."""
    revisions = await context.store.history(number, scopes=context.scopes)
    if not revisions:
        raise NoSuchPosting
    undo = Control(say("Undo", context.person.locale), press=ButtonId(ButtonAction.RESTORE, posting=number))
    told = say("{name} is removed already.", context.person.locale, name=name_kept(revisions[-1].kept))
    return Card(told, tone=Tone.ASKING, rows=((undo,),), is_personal=True)


async def _announce(context: AdminContext, message: str, **values: object) -> None:
    """Tell the channel for notices a sentence of the catalogue."""
    told = say(message, await context.services.locale_of(context.scope), **values)
    await context.services.announce(context.scope, Card(begin_large(told)))
