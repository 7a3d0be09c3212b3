"""Tries again what Discord did not take for reasons of its own, with growing pauses, for as long as there is a use in it."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TypeVar

import aiohttp
import discord

Sent = TypeVar("Sent")

UNREACHED = (OSError, aiohttp.ClientError)
"""What is raised where Discord is not reached, or the connection breaks off: only some of aiohttp's errors are OSErrors."""

_LOG = logging.getLogger(__name__)
_PAUSES = (0.3, 2.0, 8.0, 30.0)
"""Seconds between tries: discord.py has tried five times itself before each but for limits that its Via header does not explain."""

_LONGEST_NAMED = 900.0
_TOO_MANY, _SERVER_TROUBLE = 429, 500


def growing_pauses(first: float, longest: float) -> Iterator[float]:
    """Yield seconds without end: twice as many each time, up to the longest, and a part of them by chance, so that not all come at once."""
    pause = first
    while True:
        yield pause * random.uniform(0.75, 1.0)  # noqa: S311 -- nothing secret
        pause = min(pause * 2, longest)


def is_passing(error: Exception) -> bool:
    """Tell whether another try may do better: after limits, Discord's own errors, and where it was not reached."""
    if isinstance(error, discord.HTTPException):
        return error.status == _TOO_MANY or error.status >= _SERVER_TROUBLE
    return isinstance(error, UNREACHED) and not isinstance(error, aiohttp.InvalidURL)


async def persist(
    send: Callable[[], Awaitable[Sent]], pauses: Iterable[float] = _PAUSES, *, until: float | None = None, weight: int = logging.INFO
) -> Sent:
    """
    Send until it is taken, or no pause is left, or the loop's clock comes to `until`; errors that do not pass are raised at once.

    How long Discord asks to wait is waited for. `weight` is the level that a failure is logged with.
    """
    for pause in pauses:
        try:
            return await send()
        except Exception as error:
            wait = named_pause(error) or pause
            if not is_passing(error) or (until is not None and asyncio.get_running_loop().time() + wait >= until):
                raise
            _LOG.log(weight, "%s; trying again in %.1f seconds", _reason(error), wait)
            await asyncio.sleep(wait)
    return await send()


def named_pause(error: Exception) -> float | None:
    """Return the seconds that Discord asks to wait, within reason."""
    headers = error.response.headers if isinstance(error, discord.HTTPException) else None
    try:
        return min(float((headers or {}).get("Retry-After", "")), _LONGEST_NAMED)
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, discord.HTTPException):
        return f"Discord answered {error.status}"
    return f"Discord cannot be reached ({type(error).__name__}), check the network and DISCORD_API_URL if it lasts"
