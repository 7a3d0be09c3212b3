"""An upload, a board or a message that holds several postings: how many, which, what was refused, and a button that keeps them all."""

from collections.abc import Iterator, Sequence

from bot.domain.errors import RolecallError, UnreadablePosting
from bot.intake.source import Refusal, Source
from bot.intake.uploads import read_to_propose
from bot.interfaces.chat.answer_card import posting_name
from bot.interfaces.chat.card import Card, Control, Look, Tone
from bot.interfaces.chat.escaping import escaped_within
from bot.interfaces.chat.notices import as_sentence
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.importing import keep_sources
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb
from bot.interfaces.managing.reading import refusals_in, sources_in

_MOST_NAMED = 5
_MOST_REFUSED = 5
_LONGEST_REASON = 250
_MOST_READ = 20_000
"""Characters of a text that is read to name it; longer ones are called by their source."""

_HOW = "Nothing is kept yet. What is wrong in one can be put right afterwards, with `/posting edit`."
GONE = "These postings do not wait any more: they are forgotten after 15 minutes, and when I am restarted. Upload them again."
_KEPT = "These postings were kept already; /posting list shows what there is"


async def show_several(errand: Errand, found: Sequence[Source | Refusal]) -> Card:
    """Say what several sources hold, and let them wait; nothing is kept yet."""
    names, unreadable = await _name_first(errand, sources_in(found))
    refused = [*refusals_in(found), *unreadable]
    count = len(found) - len(refused)
    if not count:
        return Card("\n".join(_tell_refused(refused)).strip(), title="Nothing of this can be read", tone=Tone.ASKING)
    lines = [_HOW, *(f"- {name}" for name in names), *_tell_more(count - len(names)), *_tell_refused(refused)]
    waiting = errand.tools.uploads.put(tuple(found), scope=errand.scope)
    label = f"Keep all {count:,}" if count > 1 else "Keep it"
    keep = Control(label, press=ManagingPress(ManagingVerb.ADD_ALL, proposal=waiting), look=Look.GOOD)
    dropped = Control("Cancel", press=ManagingPress(ManagingVerb.DROP_ALL, proposal=waiting))
    return Card("\n".join(lines), title=f"{count:,} posting{'s' if count > 1 else ''}", tone=Tone.ASKING, rows=((keep, dropped),))


async def add_all(errand: Errand, press: ManagingPress) -> Card:
    """Keep what waits."""
    waiting = errand.tools.uploads.get(press.proposal, scope=errand.scope)
    if waiting is None:
        raise RolecallError(GONE)
    if not waiting:
        raise RolecallError(_KEPT)
    card = await keep_sources(errand, waiting)
    errand.tools.uploads.put((), scope=errand.scope, name=press.proposal)
    return card


async def drop_all(errand: Errand, press: ManagingPress) -> Card:
    """Forget what waits."""
    errand.tools.uploads.drop(press.proposal, scope=errand.scope)
    return Card("Cancelled; nothing was kept.", tone=Tone.SILENT)


async def _name_first(errand: Errand, sources: Sequence[Source]) -> tuple[list[str], list[Refusal]]:
    """Return what the first postings are called, and which of those sources turned out to hold none."""
    names: list[str] = []
    unreadable: list[Refusal] = []
    for source in sources[:_MOST_NAMED]:
        try:
            names.append(await _name(errand, source))
        except UnreadablePosting as error:
            unreadable.append(Refusal(source.name, str(error)))
    return names, unreadable


async def _name(errand: Errand, source: Source) -> str:
    """Return a posting's company and role, or where it stands if it is long; raises UnreadablePosting for none."""
    if len(source.text) > _MOST_READ:
        return escaped_within(source.name, _LONGEST_REASON)
    posting = await read_to_propose(source, by=errand.actor)
    return escaped_within(posting_name(posting.company, posting.title), _LONGEST_REASON)


def _tell_more(more: int) -> Iterator[str]:
    if more > 0:
        yield f"… and {more:,} more"


def _tell_refused(refused: Sequence[Refusal]) -> Iterator[str]:
    if refused:
        yield f"\n**Not read: {len(refused):,}**"
        yield from (f"- {escaped_within(as_sentence(refusal.reason), _LONGEST_REASON)}" for refusal in refused[:_MOST_REFUSED])
    if len(refused) > _MOST_REFUSED:
        yield f"… and {len(refused) - _MOST_REFUSED:,} more"
