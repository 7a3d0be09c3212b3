"""Postings and facts for the tests of storage."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.fact import Fact, Quote
from bot.domain.pay import Pay, Period
from bot.domain.posting import EVERYONE, Posting
from bot.domain.qualification import Experience
from bot.domain.search import SearchKey
from bot.storage.address import read_address
from bot.storage.codec import FindKeys, codec_of
from bot.storage.engine import for_writing, open_engine

ALL = (EVERYONE,)

ADAPTERS: dict[str, TypeAdapter[Any]] = {
    "pay": TypeAdapter(Pay),
    "experience": TypeAdapter(Experience),
    "requirements": TypeAdapter(str),
    "skills": TypeAdapter(tuple[str, ...]),
}
KEYS: dict[str, FindKeys] = {
    "pay": lambda pay: [SearchKey(f"{pay.currency}/{pay.per.value}", pay.minimum, pay.maximum)],
    "experience": lambda experience: [SearchKey("years", experience.years, experience.years)],
    "skills": lambda names: [SearchKey(name.lower()) for name in names],
}
CODEC = codec_of(ADAPTERS, KEYS)

HOURLY = Pay(minimum=31.5, maximum=40, currency="CAD", per=Period.HOUR)


def build_fact(value: Any, quote: str = "its own words", *, heading: str | None = None) -> Fact[Any]:
    return Fact(value=value, quote=Quote(text=quote, heading=heading))


def build_posting(
    text: str = "We bake bread at night.", *, facts: Mapping[str, tuple[Fact[Any], ...]] | None = None, **changed: Any
) -> Posting:
    content = {"source": "baker.md", "title": "Baker", "company": "Crust & Crumb", "link": None, "location": "Toronto", **changed}
    return Posting(text=text, facts=facts or {}, **content)


def build_postings(number: int, *, start: int = 0) -> list[Posting]:
    return [
        build_posting(f"Posting number {count}.", source=f"{count}.md", facts={"requirements": (build_fact(f"skill {count}"),)})
        for count in range(start, start + number)
    ]


@asynccontextmanager
async def connecting(url: str) -> AsyncIterator[AsyncConnection]:
    """Reach a database past the Store, in one transaction."""
    engine = open_engine(read_address(url))
    try:
        async with for_writing(engine).begin() as connection:
            yield connection
    finally:
        await engine.dispose()
