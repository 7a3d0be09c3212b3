"""Removing a posting after asking, and bringing it or an older revision of it back; each can be undone by a button."""

import asyncio
from collections.abc import Iterator

from bot.domain.posting import KeptPosting
from bot.interfaces.chat.card import Card, Control, Look, Row, Tone
from bot.interfaces.chat.escaping import escaped_within
from bot.interfaces.managing.change_lines import change_lines
from bot.interfaces.managing.differences import compare
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.finding import NoSuchPosting, find_current, find_removed
from bot.interfaces.managing.naming import describe, name_actor, name_kept, name_posting
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb

LEFT = Card("It stays as it is.", is_personal=True)
_LONGEST_CHANGES = 2_500
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
    changes = "\n".join(change_lines(differences, longest=_LONGEST_CHANGES)) if current else describe(wanted)
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
        yield f"{count} correction{'' if count == 1 else 's'} by {', '.join(names)}"


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
