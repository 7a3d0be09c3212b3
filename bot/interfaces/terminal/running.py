"""Runs what is asynchronous from commands that read their input line by line."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import TypeVar

Resource = TypeVar("Resource")


@contextmanager
def opened(opening: AbstractAsyncContextManager[Resource]) -> Iterator[tuple[Resource, asyncio.Runner]]:
    """
    Open something and give it with the runner for its coroutines; close it at the end.

    Between two coroutines no event loop runs, so that Ctrl-C while a line is awaited ends the command at once.
    """
    with asyncio.Runner() as runner:
        resource = runner.run(_enter(opening))
        try:
            yield resource, runner
        finally:
            runner.run(_leave(opening))


async def _enter(opening: AbstractAsyncContextManager[Resource]) -> Resource:
    return await opening.__aenter__()


async def _leave(opening: AbstractAsyncContextManager[Resource]) -> None:
    await opening.__aexit__(None, None, None)
