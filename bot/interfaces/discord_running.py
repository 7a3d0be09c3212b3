"""Connects to Discord and stays there until it is told to end."""

import asyncio
import gc
import signal
from contextlib import suppress

import aiohttp
import discord
from discord.http import Route

from bot.domain.errors import ServiceError, SettingsError
from bot.interfaces.discord_client import RolecallClient, build_client
from bot.interfaces.opening import open_for_answers
from bot.settings import Settings

_WHERE_TOKENS_ARE = "https://discord.com/developers/applications"
_NO_TOKEN = f"DISCORD_TOKEN is not set; copy the bot's token from {_WHERE_TOKENS_ARE} into .env or the environment"
_WRONG_TOKEN = f"Discord does not accept DISCORD_TOKEN; copy the bot's token again from {_WHERE_TOKENS_ARE}"
_NO_PRIVILEGE = "Discord refuses an intent; in the developer portal, the bot needs no privileged one: check that it is not suspended"
_REFUSED_AT_GATEWAY = 4004
_FRESH_FOR = 1.0
"""Seconds that what `import` adds beside the running bot may take to be seen; a look at the database takes as long as an answer."""

_COLLECTED_AFTER = (5_000, 20, 100)
"""
New objects, looks at those, and looks at older ones, after which the garbage collector looks further.

With Python's own (700, 10, 10), a busy bot looked through everything that it remembers (500 postings and 2,000 answers: 200,000 objects)
every ten seconds, and each look held up all answers for 150 to 400 ms. Garbage of some 20 MB may wait for it now.
"""


async def run_bot(database_url: str, settings: Settings) -> None:
    """
    Answer on Discord until SIGTERM or Ctrl-C.

    Raises SettingsError for a missing or wrong token, and ServiceError where Discord cannot be used; each is one line.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise SettingsError(_NO_TOKEN)
    # It never speaks: what voice needs is rightly not installed, and nobody has to be told.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    Route.BASE = settings.discord_api_url.rstrip("/")
    async with open_for_answers(database_url, fresh_for=_FRESH_FOR) as opened:
        client = build_client(opened, settings)
        await client.desk.warm_up()
        settle_memory()
        await _stay(client, token)


def settle_memory() -> None:
    """
    Keep the garbage collector from holding up answers.

    What is loaded by now stays for good, and is left out of what it looks through. The rest it looks through seldom as a whole.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


async def _stay(client: RolecallClient, token: str) -> None:
    """Run the client, and tell in one line why it could not."""
    with suppress(NotImplementedError):  # Windows has no such handlers; there Ctrl-C ends it
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, _close_soon, client)
    try:
        async with client:
            await client.start(token)
    except discord.LoginFailure:
        raise SettingsError(_WRONG_TOKEN) from None
    except discord.PrivilegedIntentsRequired:
        raise ServiceError(_NO_PRIVILEGE) from None
    except discord.ConnectionClosed as error:
        if error.code == _REFUSED_AT_GATEWAY:
            raise SettingsError(_WRONG_TOKEN) from None
        raise ServiceError(f"Discord closed the connection for good (code {error.code}); try again later") from None
    except discord.GatewayNotFound:
        raise ServiceError("Discord's API names no gateway; try again later, or set DISCORD_GATEWAY_URL") from None
    except discord.HTTPException as error:
        raise ServiceError(f"Discord refuses to let the bot in (HTTP {error.status}); try again later") from None
    except (aiohttp.ClientError, OSError) as error:
        raise ServiceError(f"{Route.BASE} cannot be reached ({type(error).__name__}); check the network and DISCORD_API_URL") from None


def _close_soon(client: RolecallClient) -> None:
    _ENDING.append(asyncio.ensure_future(client.close()))


_ENDING: list[asyncio.Future[None]] = []
"""Keeps the task from being collected before it is done."""
