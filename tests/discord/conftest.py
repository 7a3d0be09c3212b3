from collections.abc import AsyncIterator, Generator
from pathlib import Path
from typing import Any

import pytest
from builders_discord import Stage, started_stage
from builders_managing import Managed, manage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A server with two members, and the bundled postings."""
    async with started_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
async def managed(tmp_path: Path) -> AsyncIterator[Managed]:
    """A server with managers, and no postings."""
    async with started_stage(tmp_path, {}) as stage:
        yield manage(stage)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None, Any, Any]:
    """Have the clock of the simulation count in the test: what a fixture sets counts in the fixture's own context only."""
    stages = [one for one in (getattr(given, "stage", given) for given in item.funcargs.values()) if isinstance(one, Stage)]
    if not stages:
        return (yield)
    with stages[0].env.time_context():
        return (yield)
