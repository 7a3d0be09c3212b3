"""The bot introduces itself once to a server, is set up there in one form, and says what it is."""

from pathlib import Path

import discord
import pytest
from builders_answering import read_bundled
from builders_discord import SETTINGS, Stage, buttons_of, on_stage, shown, text_of
from builders_managing import Managed, form_of, labels_of, on_managed_stage

from bot.discord.client import RolecallClient
from bot.discord.commands import invite_link
from bot.discord.messages import welcome
from bot.domain.posting import ServerSettings


async def _come_in(managed: Managed) -> None:
    """Come to the server for the first time."""
    guild = managed.stage.client.get_guild(managed.stage.guild.id)
    assert guild is not None
    await managed.stage.client.servers.put(guild.id, ServerSettings())
    await welcome(guild, managed.stage.client)
    await managed.stage.env.settle()


async def test_a_new_server_is_told_what_can_be_asked_and_how_postings_are_added(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {}) as stage:
        guild = stage.env.create_guild("New here")
        channel = guild.create_text_channel("general")
        await stage.env.settle()
        told = text_of(stage.said_last(channel))
        assert "Hello, I am Rolecall" in told
        assert "/salary" in told
        assert "/posting add" in told
        assert "/setup" in told
        assert all(f"`/{name}`" in told for name in ("search", "compare", "fit"))
        assert "Add five examples" in labels_of(stage.said_last(channel))


async def test_a_server_is_welcomed_once_also_after_a_restart_and_settings_put_back(managed: Managed) -> None:
    await _come_in(managed)
    first = managed.stage.said_last()
    await managed.rita.slash(managed.channel, "settings", reset="everything")
    await managed.stage.restart()
    guild = managed.stage.client.get_guild(managed.stage.guild.id)
    assert guild is not None
    await welcome(guild, managed.stage.client)
    assert "Hello" in text_of(first)
    assert managed.stage.said_last().id == first.id


async def test_the_welcome_goes_where_the_bot_may_write_and_is_in_the_servers_language(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {}) as stage:
        assert stage.client.user is not None
        silent = discord.PermissionOverwrite(send_messages=False)
        guild = stage.env.create_guild("Neu hier")
        closed = guild.create_text_channel("rules", overwrites={stage.client.user: silent})
        channel = guild.create_text_channel("allgemein")
        joined = stage.client.get_guild(guild.id)
        assert joined is not None
        joined.preferred_locale = discord.Locale.german
        await welcome(joined, stage.client)
        assert closed.last_message is None
        assert "Hallo, ich bin Rolecall" in text_of(stage.said_last(channel))


async def test_managers_add_the_examples_and_take_them_away_members_do_not(managed: Managed) -> None:
    await _come_in(managed)
    hello = managed.stage.said_last()
    assert "Only members" in text_of(await managed.mia.click(hello, label="Add five examples"))
    added = await managed.rita.click(hello, label="Add five examples")
    assert len(await managed.kept()) == 5
    assert "$209,000" in text_of(await managed.mia.slash(managed.channel, "salary", company="flex"))
    await managed.press(added, "Take the examples away")
    assert await managed.kept() == []


async def test_where_the_examples_are_for_everyone_none_is_offered(tmp_path: Path) -> None:
    async with on_managed_stage(tmp_path, read_bundled()) as managed:
        await _come_in(managed)
        assert "Hello" in text_of(managed.stage.said_last())
        assert labels_of(managed.stage.said_last()) == []


async def test_setup_sets_role_language_and_channel_and_leads_on_to_the_first_posting(managed: Managed) -> None:
    role, news = managed.stage.guild.create_role("Keepers"), managed.stage.guild.create_text_channel("news")
    form = await managed.rita.slash(managed.channel, "setup")
    assert len(form_of(form)) == 4
    done = await managed.rita.submit_modal(form, {"role": [role], "language": ["de"], "channel": [news], "answers": ["asker"]})
    settings = await managed.stage.client.servers.get(managed.stage.guild.id)
    assert (settings.admin_role, settings.language, settings.notices_channel, settings.is_hidden) == (role.id, "de", news.id, True)
    assert "first posting" in text_of(done)
    opened = await managed.press(done, "Add a posting")
    assert "The posting's text" in form_of(opened)
    again = form_of(await managed.rita.slash(managed.channel, "setup"))
    assert any(part.get("default_values") for part in again.values())


async def test_a_channel_where_the_bot_may_not_write_is_refused_in_setup(managed: Managed) -> None:
    assert managed.stage.client.user is not None
    silent = discord.PermissionOverwrite(send_messages=False)
    closed = managed.stage.guild.create_text_channel("closed", overwrites={managed.stage.client.user: silent})
    form = await managed.rita.slash(managed.channel, "setup")
    told = await managed.rita.submit_modal(form, {"channel": [closed]})
    assert "Send Messages" in text_of(told)
    assert (await managed.stage.client.servers.get(managed.stage.guild.id)).notices_channel is None


async def test_about_tells_version_postings_and_that_all_is_well(stage: Stage) -> None:
    about = await stage.mia.slash(stage.channel, "about")
    told = text_of(about)
    assert about.ephemeral
    assert "Version 0." in told
    assert "5 postings here" in told
    assert "In this server since" in told
    assert "Running since" in told
    assert "database answers" in told
    assert "What is kept about you" in text_of(await stage.mia.click(shown(about), label="What is kept about you"))


async def test_about_leads_to_the_source_where_it_is_known(tmp_path: Path) -> None:
    source = "https://code.example/rolecall"
    async with on_stage(tmp_path, settings=SETTINGS.model_copy(update={"source_url": source})) as stage:
        assert buttons_of(await stage.mia.slash(stage.channel, "about"))["Source code"]["url"] == source


async def test_who_runs_the_bot_is_told_how_to_invite_it(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    caplog.clear()
    await stage.env.restart_bot(RolecallClient(stage.opened, SETTINGS))
    (line,) = (one for one in caplog.messages if "invite" in one)
    assert invite_link(stage.env.backend.application_id) in line
    assert "permissions=" in line


@pytest.mark.parametrize("command", ["posting add", "setup", "settings"])
async def test_commands_for_managers_are_not_shown_to_members(command: str, managed: Managed) -> None:
    assert command.split(maxsplit=1)[0] in {name.split()[0] for name in managed.rita.available_commands(managed.channel)}
    assert command.split(maxsplit=1)[0] not in {name.split()[0] for name in managed.stage.ada.available_commands(managed.channel)}
