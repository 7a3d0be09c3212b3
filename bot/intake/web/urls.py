"""An address in, the postings behind it out: the one door for whoever adds a posting by its address."""

import asyncio
from functools import partial

from yarl import URL

from bot.domain.errors import UnreadablePosting
from bot.intake.source import Refusal, Source, to_label
from bot.intake.web.addresses import Unread, check_url
from bot.intake.web.beside import read_beside
from bot.intake.web.boards import Place, find_place
from bot.intake.web.fetching import fetch_page
from bot.intake.web.pages import read_board, read_page
from bot.intake.web.rules import WebRules


async def read_url(url: str, rules: WebRules) -> list[Source | Refusal]:
    """
    Return the posting behind an address, several for a board's list, or the one line that says why it is not read.

    A source is called by its address. A posting on a known board is read from the board's public JSON, and where that does not have it
    from its page. Nothing is raised for whatever a site does. It takes 10 seconds at most, and then one or two to read what came.
    """
    visit = _Visit(to_label(url.strip().strip("<>")), rules)
    try:
        return await visit.read(check_url(url.strip().strip("<>"), allow_private=rules.allow_private))
    except Unread as error:
        return [Refusal(visit.name, f"{visit.name} {error}")]
    except UnreadablePosting as error:
        return [Refusal(visit.name, str(error))]
    except TimeoutError:
        told = f"took longer than {rules.most_seconds:g} seconds; try again later, or paste the posting's text"
        return [Refusal(visit.name, f"{visit.name} {told}")]


class _Visit:
    """Reads one address within one span of time."""

    def __init__(self, name: str, rules: WebRules) -> None:
        self.name = name
        self._rules = rules
        self._end = asyncio.get_running_loop().time() + rules.most_seconds

    async def read(self, url: URL) -> list[Source | Refusal]:
        """Return what is behind a checked address."""
        place = find_place(url, self._rules.boards)
        if place and (found := await self._read_board(place, url)):
            return found
        async with asyncio.timeout_at(self._end):
            page = await fetch_page(url, self._rules)
        moved = find_place(page.url, self._rules.boards) if page.url != url else None
        # A closed job often leads to the list of all others, which nobody asked for.
        if moved and moved.spot.job and (found := await self._read_board(moved, page.url)):
            return found
        return await read_beside(read_page, page, name=self.name)

    async def _read_board(self, place: Place, url: URL) -> list[Source | Refusal]:
        """Return what a board's JSON says of a place; nothing where it does not have the job, and its page may."""
        try:
            address = check_url(place.address, allow_private=self._rules.allow_private)
            async with asyncio.timeout_at(self._end):
                page = await fetch_page(address, self._rules)
            return await read_beside(partial(read_board, place=place, url=url), page, name=self.name)
        except UnreadablePosting:
            if place.spot.job is None:
                raise
            return []
