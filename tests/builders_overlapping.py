"""People on the simulated Discord who do not wait for each other."""

import asyncio
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simcord import Env
from simcord._settlement import _run_due_virtual_callbacks


@contextmanager
def overlapping(env: Env) -> Iterator[None]:
    """Whatever is done in here is begun and not waited for; `env.settle()` behind it waits for all of it."""
    settle = env._settle_internal  # noqa: SLF001 -- simcord does one thing after the other, and offers no other way

    async def do_not_wait(*, dispatch: str | None = None, **_options: Any) -> None:
        """Let the next one begin at once; where simcord moves its clock, ring the bot's timers that are due."""
        if dispatch is None:
            _run_due_virtual_callbacks(env._settlement_state(), math.inf)  # noqa: SLF001
            await asyncio.sleep(0)

    env._settle_internal = do_not_wait  # type: ignore[method-assign]  # noqa: SLF001
    try:
        yield
    finally:
        env._settle_internal = settle  # type: ignore[method-assign]  # noqa: SLF001
