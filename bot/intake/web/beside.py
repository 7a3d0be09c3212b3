"""Pages read beside the event loop: short ones in a thread, all others in a process of their own."""

import asyncio
import traceback
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import TypeAlias
from weakref import WeakKeyDictionary

from bot.domain.errors import UnreadablePosting
from bot.intake.failures import refuse_failure
from bot.intake.process_limits import time_limit
from bot.intake.processes import Processes, open_processes
from bot.intake.reading import Failure
from bot.intake.source import Refusal, Source
from bot.intake.web.addresses import Unread
from bot.intake.web.fetching import Page

Reader: TypeAlias = Callable[[Page, str], list[Source | Refusal]]
"""Takes a page and its name; a function that other processes find by its name too."""

_SHORT = 20_000
"""Bytes that are read in some ms. In a thread a page of 200,000 holds the event loop for 40 ms, and one of 5 MB for 100 to 200."""

_SECONDS = 20.0
"""A page of 5 MB takes one."""

_AT_ONCE = 2
"""Pages that are read at the same time; others wait, so that many at once do not fill the memory."""

_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def read_beside(read: Reader, page: Page, *, name: str) -> list[Source | Refusal]:
    """
    Return what a reader finds on a page, whatever the page does to it: the process may hang, eat memory or crash.

    Raises UnreadablePosting as the reader does.
    """
    if len(page.body) <= _SHORT:
        return _take(await asyncio.to_thread(_try, read, page, name=name))
    turn = _TURNS.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
    async with turn, open_processes(1) as process:
        if not await _starts(process):
            return _take(await asyncio.to_thread(_try, read, page, name=name))
        try:
            return _take(await process.call(_try_in_process, read, page, name=name, seconds=_SECONDS))
        except BrokenProcessPool:
            raise Unread("takes more time or memory to read than any posting; paste the posting's text") from None


async def _starts(process: Processes) -> bool:
    """Tell whether this system or program can have processes."""
    try:
        await process.call(_begin)
    except (BrokenProcessPool, OSError):
        return False
    return True


def _begin() -> None:
    """Do nothing: that it can be called shows that the process has started."""


def _try_in_process(read: Reader, page: Page, *, name: str, seconds: float) -> list[Source | Refusal] | Failure:
    with time_limit(seconds):
        return _try(read, page, name=name)


def _try(read: Reader, page: Page, *, name: str) -> list[Source | Refusal] | Failure:
    try:
        return read(page, name)
    except UnreadablePosting:
        raise
    except MemoryError:
        raise Unread("takes more memory to read than any posting; paste the posting's text") from None
    except Exception:  # noqa: BLE001  the outermost handler of a page: what somebody else's site made trip must not end a conversation
        return Failure(name, traceback.format_exc())


def _take(found: list[Source | Refusal] | Failure) -> list[Source | Refusal]:
    return [refuse_failure(found)] if isinstance(found, Failure) else found
