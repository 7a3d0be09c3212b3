"""Somebody who manages a server's postings, without Discord."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from builders_answering import open_assistant, posting_text

from bot.admin.context import AdminContext, ServerCache, Services
from bot.answering.assistant import Assistant
from bot.domain.person import Person
from bot.domain.posting import KeptPosting
from bot.parsing.parse import parse_posting
from bot.presentation.buttons import ButtonId
from bot.presentation.card import Card
from bot.storage.store import Store

SERVER = 7
SCOPE = str(SERVER)
OTHER_SCOPE = "8"
MIA = Person(id=1, channel=1, server=SERVER, name="mia", may_manage_server=True)

BAKERY = {
    "baker.md": posting_text("Acme", "Baker", "We pay $20 an hour.\n\nYou will bake bread at night for the whole town."),
    "cook.md": posting_text("Acme", "Cook", "We pay $25 an hour.\n\nYou will cook lunch for the office every day."),
    "clerk.md": posting_text("Brook & Vale", "Clerk", "We pay $30 an hour.\n\nYou will file letters all day long."),
}


@dataclass
class Scene:
    """What a test acts with."""

    context: AdminContext
    announced: list[Card] = field(default_factory=list)
    shown: list[Card] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.context.store

    @property
    def assistant(self) -> Assistant:
        return self.context.services.assistant

    def elsewhere(self, scope: str) -> AdminContext:
        """The same person's context in another scope."""
        return replace(self.context, scope=scope)

    async def number_of(self, title: str, *, scope: str = SCOPE) -> int:
        """The number of the current posting of that title."""
        return next(one.id for one in await self.store.list_postings(scopes={scope}) if one.title == title)

    async def get(self, number: int) -> KeptPosting | None:
        return await self.store.get(number, scopes=self.context.scopes)

    async def keep(self, text: str, source: str = "new.md", *, scope: str = SCOPE) -> int:
        """Keep a text as mia, and return its posting's number."""
        (kept,) = await self.store.keep([parse_posting(text, source)], scope=scope, by=self.context.actor)
        return kept.id


@asynccontextmanager
async def on_scene(folder: Path, texts: dict[str, str] | None = None, *, scope: str = SCOPE) -> AsyncIterator[Scene]:
    """A server's postings, and mia who may manage them."""
    async with open_assistant(folder, BAKERY if texts is None else texts, scope=scope) as (store, assistant):
        announced: list[Card] = []
        shown: list[Card] = []

        async def announce(_scope: str, card: Card) -> None:
            announced.append(card)

        async def show(card: Card) -> None:
            shown.append(card)

        services = Services(store, assistant, ServerCache(store), announce)
        yield Scene(AdminContext(services, MIA, scope, show), announced, shown)


def presses_of(card: Card) -> dict[str, Any]:
    """What the buttons below a card mean, by their labels."""
    return {control.label: control.press for row in card.rows for control in row}


def press_of(card: Card, label: str) -> ButtonId:
    button = presses_of(card)[label]
    assert isinstance(button, ButtonId)
    return button


def read_of(card: Card) -> str:
    """Everything that is read on a card."""
    return "\n".join(filter(None, (card.title, card.body, card.footer)))
