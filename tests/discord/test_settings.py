"""`/settings`: who may use it, and what it changes in answers."""

import asyncio
from dataclasses import dataclass
from typing import Any

import discord
import pytest
from builders_discord import Stage, shown, text_of
from simcord import MemberActor

from bot.discord import sending
from bot.domain.posting import ServerSettings

_MANAGES = discord.Permissions(manage_guild=True)


@dataclass
class Council:
    """Olga manages the server; Rolf has a role that she may name; Mia and Ada are members."""

    stage: Stage
    olga: MemberActor
    rolf: MemberActor

    @classmethod
    def of(cls, stage: Stage) -> "Council":
        ruling = stage.guild.create_role("Ruling", permissions=_MANAGES)
        helping = stage.guild.create_role("Helping")
        olga, rolf = (
            stage.guild.add_member(stage.env.create_user(name), roles=[role]) for name, role in (("olga", ruling), ("rolf", helping))
        )
        return cls(stage, olga, rolf)

    async def set(self, by: MemberActor | None = None, **options: Any) -> Any:
        return await (by or self.olga).slash(self.stage.channel, "settings", **options)

    async def settings(self) -> ServerSettings:
        return await self.stage.opened.store.servers.get(str(self.stage.guild.id))

    def allow(self, *members: MemberActor) -> None:
        """Let Discord show the command to members without the right, as a server's owner may."""
        command = self.stage.env.backend.commands[None]["settings", 1]
        self.stage.guild.set_command_permissions(int(command["id"]), dict.fromkeys(members, True))


@pytest.fixture
def council(stage: Stage) -> Council:
    return Council.of(stage)


async def test_without_options_it_shows_what_is_set_to_the_one_who_asks(stage: Stage) -> None:
    answer = await Council.of(stage).set()
    assert answer.ephemeral
    assert "How I behave in this server" in text_of(answer)


async def test_discord_offers_it_to_those_who_manage_the_server_and_in_servers_only(stage: Stage, council: Council) -> None:
    assert "settings" in council.olga.available_commands(stage.channel)
    for member in (stage.mia, council.rolf):
        assert "settings" not in member.available_commands(stage.channel)
    assert "settings" not in council.olga.user.available_commands()


async def test_the_bot_refuses_whom_discord_lets_through(stage: Stage, council: Council) -> None:
    stage.client.owners = frozenset({stage.mia.id})
    await council.set(admin_role=stage.guild.roles["Helping"])
    council.allow(stage.mia, council.rolf)
    for member in (stage.mia, council.rolf):
        for options in ({}, {"answers": "asker"}, {"reset": "everything"}, {"admin_role": stage.guild.roles["Helping"]}):
            answer = await council.set(member, **options)
            assert "Only members with the permission Manage Server" in text_of(answer)
            assert answer.ephemeral
    assert (await council.settings()).is_hidden is False


async def test_settings_are_there_after_a_restart(stage: Stage, council: Council) -> None:
    await council.set(admin_role=stage.guild.roles["Helping"], answers="asker", notices=stage.channel, language="de")
    await stage.restart()
    told = text_of(await council.set())
    for part in (stage.guild.roles["Helping"].mention, stage.channel.mention, "Deutsch", "only the one who asks"):
        assert part in told


async def test_hidden_answers_are_seen_by_the_one_who_asks_and_mentions_by_all(stage: Stage, council: Council) -> None:
    for set_to, is_hidden in (("asker", True), ("all", False)):
        await council.set(answers=set_to)
        asked = await stage.mia.slash(stage.channel, "salary", company="flex")
        assert asked.ephemeral is is_hidden
        assert (await stage.mia.slash(stage.channel, "ask", question="what does flex pay?")).ephemeral is is_hidden
        opened = await stage.mia.click(shown(asked), label="More")
        assert shown(opened).id == shown(asked).id
    await council.set(answers="asker")
    assert stage.client.user is not None
    await stage.mia.send(stage.channel, f"<@{stage.client.user.id}> what does flex pay?")
    assert "$209,000" in text_of(stage.said_last())


async def test_another_servers_answers_and_direct_messages_stay_as_they_are(stage: Stage) -> None:
    await Council.of(stage).set(answers="asker", language="de")
    other = stage.env.create_guild("Elsewhere")
    channel, mia = other.create_text_channel("talk"), other.add_member(stage.mia.user)
    there = await mia.slash(channel, "salary", company="nomad health")
    assert not there.ephemeral
    assert "$135,000" in text_of(there)
    assert "$135,000" in text_of(await stage.direct("what does nomad health pay?"))


async def test_amounts_and_countries_are_written_in_the_servers_language(stage: Stage, council: Council) -> None:
    await council.set(language="Deutsch")
    paid = await stage.mia.slash(stage.channel, "salary", company="nomad health")
    assert "135.000 $" in text_of(paid)
    assert "Kenia" in text_of(await stage.mia.slash(stage.channel, "countries", company="wikimedia", country="Kenya"))
    assert stage.client.user is not None
    await stage.mia.send(stage.channel, f"<@{stage.client.user.id}> was zahlt nomad health?")
    assert "135.000 $" in text_of(stage.said_last())
    await council.set(language="as each reader has it")
    assert "$135,000" in text_of(await stage.mia.slash(stage.channel, "salary", company="nomad health"))


async def test_languages_are_offered_while_one_is_typed(stage: Stage, council: Council) -> None:
    assert await council.olga.autocomplete(stage.channel, "settings", "language", "germ") == [{"name": "Deutsch", "value": "de"}]
    assert "no language called" in text_of(await council.set(language="Elvish"))


@pytest.mark.parametrize(
    ("denied", "told"),
    [
        ({"send_messages": False}, "Send Messages"),
        ({"view_channel": False}, "View Channel"),
        ({"send_messages": False, "embed_links": False}, "Send Messages, Embed Links"),
    ],
)
async def test_a_channel_where_the_bot_may_not_write_is_refused(denied: dict[str, bool], told: str, stage: Stage, council: Council) -> None:
    me = stage.client.user
    assert me is not None
    closed = stage.guild.create_text_channel("closed", overwrites={me: discord.PermissionOverwrite(**denied)})
    assert told in text_of(await council.set(notices=closed, answers="asker"))
    assert await council.settings() == ServerSettings(is_welcomed=True)
    await council.set(notices=stage.channel)
    assert (await council.settings()).notices_channel == stage.channel.id


async def test_as_long_as_it_is_not_known_who_may_see_answers_nothing_is_shown_to_others(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Council.of(stage).set(answers="asker")
    known = stage.client.servers.get

    async def slowly(server: int | None) -> ServerSettings:
        await asyncio.sleep(0.1)
        return await known(server)

    monkeypatch.setattr(sending, "_SLOW", 0.01)
    monkeypatch.setattr(stage.client.servers, "get", slowly)
    answer = await stage.mia.slash(stage.channel, "salary", company="flex")
    assert answer.ephemeral
    assert "$209,000" in text_of(answer)
