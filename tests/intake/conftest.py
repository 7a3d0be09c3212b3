from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders_intake import CODEC

from bot.storage.store import Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store.open(f"sqlite:///{tmp_path / 'kept.db'}", CODEC) as opened:
        yield opened
