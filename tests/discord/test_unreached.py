"""A connection to Discord that breaks off is no fault of ours: it is tried again, told, or left, as what it was for wants it."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from bot.discord.persisting import persist
from bot.discord.sending import fetch_uploads, show_meanwhile
from bot.domain.errors import UnreadablePosting
from bot.presentation.card import Card

BROKEN_OFF = [aiohttp.ServerDisconnectedError(), aiohttp.ClientPayloadError("broke off"), ConnectionResetError()]


def _breaking_off(error: Exception) -> Any:
    async def break_off(*_: object, **__: object) -> None:
        raise error

    response = SimpleNamespace(is_done=lambda: False, defer=break_off, send_message=break_off)
    return SimpleNamespace(response=response, edit_original_response=break_off, guild_id=1, read=break_off, size=1, filename="a.md")


@pytest.mark.parametrize("error", BROKEN_OFF)
async def test_what_is_sent_is_sent_again(error: Exception) -> None:
    errors = [error]

    async def send() -> str:
        if errors:
            raise errors.pop()
        return "sent"

    assert await persist(send, (0.0,)) == "sent"


@pytest.mark.parametrize("error", BROKEN_OFF)
async def test_how_far_long_work_is_may_stay_unseen(error: Exception) -> None:
    await show_meanwhile(_breaking_off(error), Card("5 of 20"), in_place=False, hidden=True)


@pytest.mark.parametrize("error", BROKEN_OFF)
async def test_a_file_that_breaks_off_is_refused_in_one_line(error: Exception) -> None:
    with pytest.raises(UnreadablePosting, match=r"^a\.md could not be fetched from Discord \(.*\); attach it again$"):
        await fetch_uploads([_breaking_off(error)])
