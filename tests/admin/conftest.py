from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders_keeping import Scene, on_scene


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """Mia, who manages a server with the postings of a bakery."""
    async with on_scene(tmp_path) as scene:
        yield scene


@pytest.fixture
async def empty_scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """Mia, who manages a server without postings."""
    async with on_scene(tmp_path, {}) as scene:
        yield scene
