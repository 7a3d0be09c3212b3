"""One Assistant over the bundled postings for the tests that only ask."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders_answering import open_assistant, read_bundled

from bot.answering.assistant import Assistant


@pytest.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Assistant]:
    async with open_assistant(tmp_path, read_bundled()) as (_, assistant):
        yield assistant
