"""The admin of the try-out may set up the server, and owns the bot in the direct messages; the member may neither."""

from pathlib import Path

import pytest
import simcord
from builders_answering import open_assistant, read_bundled
from builders_discord import SETTINGS, text_of
from simcord import MemberActor, UserHandle

from bot.discord.client import build_client
from bot.presentation.opening import Opened
from bot.tryout.simulation import set_stage


@pytest.mark.parametrize("is_direct", [False, True])
async def test_the_admin_owns_the_bot(is_direct: bool, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, read_bundled()) as opened:
        client = build_client(Opened(*opened), SETTINGS)
        async with simcord.run(client, shard_count=1) as env:
            stage = await set_stage(env, client, company="Flex", is_direct=is_direct)
            assert client.owners == {stage.viewers[-1].id}
            assert stage.viewers[-1].name == "ada"
            assert stage.channel.last_message is not None
            assert "$" in text_of(stage.channel.last_message)


async def test_the_admin_sets_up_the_server_and_the_member_does_not(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, read_bundled()) as opened:
        client = build_client(Opened(*opened), SETTINGS)
        async with simcord.run(client, shard_count=1) as env:
            stage = await set_stage(env, client, company=None, is_direct=False)
            mia, ada = stage.viewers
            assert not isinstance(mia, UserHandle)
            assert isinstance(ada, MemberActor)
            assert "Saved." in text_of(await ada.slash(stage.channel, "settings", answers="asker", language="de"))
            assert "settings" not in mia.available_commands(stage.channel)
            assert (await mia.slash(stage.channel, "salary", company="flex")).ephemeral
