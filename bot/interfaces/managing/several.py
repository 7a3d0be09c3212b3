"""An upload, a board or a message that holds several postings: how many, which, what was refused, and a button that keeps them all."""

from collections.abc import Iterator, Sequence

from bot.domain.errors import RolecallError, UnreadablePosting
from bot.intake.source import Refusal, Source
from bot.intake.uploads import read_to_propose
from bot.interfaces.chat.answer_card import posting_name
from bot.interfaces.chat.card import Card, Control, Look, Tone
from bot.interfaces.chat.escaping import escaped_within
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.importing import keep_sources
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb
from bot.interfaces.managing.reading import refusals_in, sources_in

_MOST_NAMED = 5
_MOST_REFUSED = 5
_LONGEST_REASON = 250
_MOST_READ = 20_000
"""Characters of a text that is read to name it; longer ones are called by their source."""

GONE = "These postings do not wait any more: they are forgotten after 15 minutes, and when I am restarted. Upload them again."
_KEPT = "These postings were kept already; /posting list shows what there is"


async def show_several(errand: Errand, found: Sequence[Source | Refusal]) -> Card:
    """Say what several sources hold, and let them wait; nothing is kept yet."""
    sources, refused = sources_in(found), refusals_in(found)
    lines = [*[f"- {await _name(errand, source)}" for source in sources[:_MOST_NAMED]], *_tell_more(sources), *_tell_refused(refused)]
    if not sources:
        return Card("\n".join(lines), title="Nothing of this can be read", tone=Tone.ASKING)
    waiting = errand.tools.uploads.put(tuple(found), scope=errand.scope)
    keep = Control(f"Keep all {len(sources):,}", press=ManagingPress(ManagingVerb.ADD_ALL, proposal=waiting), look=Look.GOOD)
    dropped = Control("Cancel", press=ManagingPress(ManagingVerb.DROP_ALL, proposal=waiting))
    return Card("\n".join(lines), title=f"{len(sources):,} postings", tone=Tone.ASKING, rows=((keep, dropped),))


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


async def _name(errand: Errand, source: Source) -> str:
    """Return a posting's company and role, or else where it stands."""
    if len(source.text) <= _MOST_READ:
        try:
            posting = await read_to_propose(source, by=errand.actor)
            return escaped_within(posting_name(posting.company, posting.title), _LONGEST_REASON)
        except UnreadablePosting as error:
            return escaped_within(str(error), _LONGEST_REASON)
    return escaped_within(source.name, _LONGEST_REASON)


def _tell_more(sources: Sequence[Source]) -> Iterator[str]:
    if len(sources) > _MOST_NAMED:
        yield f"… and {len(sources) - _MOST_NAMED:,} more"


def _tell_refused(refused: Sequence[Refusal]) -> Iterator[str]:
    if refused:
        yield f"\n**Not read: {len(refused):,}**"
        yield from (f"- {escaped_within(refusal.reason, _LONGEST_REASON)}" for refusal in refused[:_MOST_REFUSED])
    if len(refused) > _MOST_REFUSED:
        yield f"… and {len(refused) - _MOST_REFUSED:,} more"
