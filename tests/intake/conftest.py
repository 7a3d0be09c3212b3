from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders_answering import make_database
from builders_intake import CODEC
from builders_web import Site, open_site

from bot.storage.store import Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store.open(await make_database(tmp_path / "kept.db"), CODEC) as opened:
        yield opened


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with open_site() as opened_site:
        yield opened_site
