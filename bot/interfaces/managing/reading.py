"""What somebody wants to add, read: pasted texts, files and addresses, to one posting that is looked at, or to several."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import UnreadablePosting
from bot.intake.source import Excess, Refusal, Source
from bot.intake.uploads import read_uploads
from bot.intake.web.rules import WebRules
from bot.intake.web.urls import read_url
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.form import Fetch, fetch_nothing

NOTHING_GIVEN = "There is nothing to read; give the posting's text, a file or an address"


@dataclass(frozen=True)
class Asked:
    """What is to be read."""

    texts: tuple[Source, ...] = ()
    fetch: Fetch = fetch_nothing
    """Fetches the files."""

    urls: tuple[str, ...] = ()


async def read_asked(errand: Errand, asked: Asked) -> list[Source | Refusal]:
    """
    Return what was found, the refused with it.

    Raises UnreadablePosting where nothing was given, where a bound is broken, and for the one refusal of what holds nothing else.
    """
    uploads = await asked.fetch()
    found: list[Source | Refusal] = [*asked.texts, *(await read_uploads(uploads) if uploads else ())]
    for url in asked.urls:
        found += await read_url(url, WebRules(allow_private=errand.tools.may_read_private))
    _check(found)
    return found


def sources_in(found: Sequence[Source | Refusal]) -> list[Source]:
    """Return what can be read as postings."""
    return [one for one in found if isinstance(one, Source)]


def refusals_in(found: Sequence[Source | Refusal]) -> list[Refusal]:
    """Return what cannot."""
    return [one for one in found if isinstance(one, Refusal)]


def _check(found: Sequence[Source | Refusal]) -> None:
    if not found:
        raise UnreadablePosting(NOTHING_GIVEN)
    excess = next((one for one in found if isinstance(one, Excess)), None)
    if excess is not None:
        raise UnreadablePosting(f"{excess.reason}. Nothing was kept")
    if isinstance(found[0], Refusal) and len(found) == 1:
        raise UnreadablePosting(found[0].reason)
