"""In a direct message a person sees everyone's postings and those of the servers where they are a member now."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from builders_answering import make_database, posting_text
from builders_clock import Clock
from builders_discord import Stage, buttons_of, rows_of, shown, started_stage, text_of
from simcord import ChannelHandle, GuildHandle, MemberActor

from bot.admin.context import ServerCache
from bot.answering.assistant import Assistant
from bot.discord.members import Members
from bot.parsing.parse import parse_posting
from bot.presentation.chat_service import Opened, open_store
from bot.presentation.people import REMEMBERED_FOR, Memberships

_QUARTER = int(REMEMBERED_FOR)


def _posting(company: str, pay: str, role: str = "Baker") -> Any:
    body = f"We pay {pay} a year in Texas.\n\nRequirements:\n" + "\n".join(f"- {role} work of kind {n}" for n in range(20))
    return parse_posting(posting_text(company, role, body), f"{company}.md")


@dataclass
class Town:
    """Two servers with a posting of their own each: Mia is in both, Ada in the first one."""

    stage: Stage
    other: GuildHandle
    other_channel: ChannelHandle
    mia_there: MemberActor

    async def ask(self, company: str) -> str:
        return text_of(await self.stage.direct(f"what does {company} pay?"))

    async def offered(self) -> list[str]:
        choices = await self.stage.mia.user.autocomplete("salary", "company", "")
        return [choice["value"] for choice in choices]

    def leave(self) -> None:
        self.other.remove_member(self.mia_there)

    def asked(self) -> int:
        """How often Discord was asked who is a member."""
        return sum("/members/" in entry.path for entry in self.stage.env.http_requests)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with started_stage(tmp_path, {"open.md": posting_text("Open Mill", "Miller", "We pay $50,000 a year for milling.")}) as stage:
        other = stage.env.create_guild("Weavers")
        town = Town(stage, other, other.create_text_channel("looms"), other.add_member(stage.mia.user))
        await stage.opened.store.keep([_posting("Crust Works", "$60,000")], scope=str(stage.guild.id))
        await stage.opened.store.keep([_posting("Loom Hall", "$70,000", "Weaver")], scope=str(other.id))
        yield town


async def test_each_server_shows_its_own_and_everyones(town: Town) -> None:
    here, there = town.stage.channel, town.other_channel
    for member, channel, seen, unseen in ((town.stage.mia, here, "Crust", "Loom"), (town.mia_there, there, "Loom", "Crust")):
        listed = text_of(await member.slash(channel, "postings"))
        assert "Open Mill" in listed
        assert seen in listed
        assert unseen not in listed
        for company in ("Loom Hall", "Crust Works"):
            told = text_of(await member.slash(channel, "salary", company=company))
            assert ("a year" in told) is (seen in company)


async def test_a_direct_message_is_answered_from_all_servers_of_the_person(town: Town) -> None:
    assert "$60,000" in await town.ask("Crust Works")
    assert "$70,000" in await town.ask("Loom Hall")
    assert "$50,000" in await town.ask("Open Mill")
    await town.stage.ada.send_dm("what does Crust Works pay?")
    assert "$60,000" in text_of(town.stage.said_last(town.stage.ada.user.dm_channel))
    await town.stage.ada.send_dm("what does Loom Hall pay?")
    assert "$70,000" not in text_of(town.stage.said_last(town.stage.ada.user.dm_channel))


async def test_commands_and_lists_in_direct_messages_are_of_all_servers_too(town: Town) -> None:
    mia = town.stage.mia.user
    assert "$70,000" in text_of(await mia.slash("salary", company="Loom Hall"))
    assert "3 postings" in text_of(await mia.slash("postings"))
    assert "$70,000" in text_of(await mia.slash("ask", question="what does loom hall pay?"))
    compared = text_of(await mia.slash("ask", question="compare crust works and loom hall"))
    assert "$60,000" in compared
    assert "$70,000" in compared


async def test_a_membership_is_asked_for_once_in_a_quarter_of_an_hour(town: Town) -> None:
    for now in (0, 1, _QUARTER - 1):
        town.stage.clock.now = now
        await town.ask("Loom Hall")
    assert town.asked() == 2
    town.stage.clock.now = _QUARTER
    await town.ask("Loom Hall")
    assert town.asked() == 4


async def test_only_servers_with_postings_of_their_own_are_asked_about(town: Town) -> None:
    town.stage.env.create_guild("Nothing here")
    (own,) = await town.stage.opened.store.list_postings(scopes={str(town.other.id)})
    await town.stage.opened.store.remove(own.id, scopes={str(town.other.id)})
    await town.ask("Crust Works")
    assert town.asked() == 1


async def test_who_uses_the_bot_in_a_server_is_known_as_its_member(town: Town) -> None:
    await town.stage.mia.slash(town.stage.channel, "help")
    await town.mia_there.slash(town.other_channel, "help")
    assert "$70,000" in await town.ask("Loom Hall")
    assert town.asked() == 0


async def test_who_left_sees_nothing_more_after_a_quarter_of_an_hour(town: Town) -> None:
    assert "$70,000" in await town.ask("Loom Hall")
    assert "Loom Hall" in await town.offered()
    town.leave()
    town.stage.clock.now = _QUARTER - 1
    assert "$70,000" in await town.ask("Loom Hall")
    town.stage.clock.now = _QUARTER
    assert "There is no posting" in await town.ask("Loom Hall")
    assert "Loom Hall" not in await town.offered()
    assert "Loom" not in text_of(await town.stage.mia.user.slash("postings"))
    assert "Loom" not in text_of(await town.stage.mia.user.slash("privacy"))


async def test_follow_ups_of_who_left_lead_nowhere(town: Town) -> None:
    await town.ask("Loom Hall")
    town.leave()
    town.stage.clock.now = _QUARTER
    told = text_of(await town.stage.direct("and in texas?"))
    assert "$70,000" not in told
    assert "Loom" not in told


@pytest.mark.parametrize("with_restart", [False, True])
async def test_buttons_and_pages_of_who_left_show_nothing(with_restart: bool, town: Town) -> None:
    mia = town.stage.mia.user
    page = await mia.slash("requirements", company="Loom Hall")
    plain = await town.stage.direct("what does Loom Hall pay?")
    assert "Weaver" in text_of(page)
    town.leave()
    town.stage.clock.now = _QUARTER
    if with_restart:
        await town.stage.restart()
    for message, label in ((shown(page), "Pay"), (shown(page), "Next ▶"), (plain, "Requirements"), (plain, "About the company")):
        pressed = await mia.click(message, label=label)
        assert "no longer here" in text_of(pressed)


async def test_buttons_in_direct_messages_work_as_long_as_one_is_a_member(town: Town) -> None:
    page = await town.stage.mia.user.slash("requirements", company="Loom Hall")
    await town.stage.restart()
    assert "Page 2 of" in text_of(await town.stage.mia.user.click(shown(page), label="Next ▶"))


async def test_a_button_from_a_server_does_not_work_in_another(town: Town) -> None:
    there = await town.mia_there.slash(town.other_channel, "salary", company="Loom Hall")
    here = await town.stage.mia.slash(town.stage.channel, "salary", company="Crust Works")
    message = town.stage.env.backend.get_message(town.stage.channel.id, shown(here).id)
    rows_of(message)[0]["components"][0]["custom_id"] = buttons_of(there)["About the company"]["custom_id"]
    assert "no longer here" in text_of(await town.stage.mia.click(shown(here), label=next(iter(buttons_of(here)))))


async def test_completion_does_not_wait_and_asks_beside(town: Town) -> None:
    assert await town.offered() == ["Open Mill"]
    assert set(await town.offered()) == {"Open Mill", "Crust Works", "Loom Hall"}
    assert town.asked() == 2


async def test_a_server_that_the_bot_left_ends_at_once(town: Town) -> None:
    assert "$70,000" in await town.ask("Loom Hall")
    town.stage.env.backend.remove_guild(town.other.id)
    await town.stage.env.settle()
    assert "There is no posting" in await town.ask("Loom Hall")
    assert "$60,000" in await town.ask("Crust Works")


@pytest.mark.parametrize("status", [403, 404])
async def test_who_is_no_member_is_remembered_as_that(status: int, town: Town) -> None:
    town.stage.env.inject_error("GET", f"/guilds/{town.other.id}/members/*", status=status, times=1)
    assert "There is no posting" in await town.ask("Loom Hall")
    assert "There is no posting" in await town.ask("Loom Hall")
    assert "$60,000" in await town.ask("Crust Works")
    town.stage.clock.now = _QUARTER
    assert "$70,000" in await town.ask("Loom Hall")


@pytest.mark.parametrize("status", [500, 503])
async def test_where_discord_does_not_say_it_is_asked_again(status: int, town: Town) -> None:
    town.stage.env.inject_error("GET", f"/guilds/{town.other.id}/members/*", status=status, times=1)
    assert "There is no posting" in await town.ask("Loom Hall")
    assert "$70,000" in await town.ask("Loom Hall")


async def test_what_is_remembered_of_ones_servers_can_be_deleted(town: Town) -> None:
    await town.ask("Loom Hall")
    told = await town.stage.mia.user.slash("privacy")
    assert "15 minutes" in text_of(told)
    await town.stage.mia.user.click(shown(told), label="Forget it now")
    town.leave()
    assert "There is no posting" in await town.ask("Loom Hall")


@dataclass
class FakeServer:
    """A server whose members Discord tells as the test says."""

    id: int
    answer: asyncio.Event | Exception | None = None
    asked: list[int] = field(default_factory=list)

    async def fetch_member(self, person: int) -> None:
        self.asked.append(person)
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is not None:
            await self.answer.wait()


@dataclass
class FakeClient:
    """The client as far as who is where goes."""

    servers: ServerCache
    there: dict[int, FakeServer]
    owners: frozenset[int] = frozenset()
    shard_ids: list[int] | None = None
    shard_count: int | None = None
    http: Any = None
    is_over_http: bool = False

    @property
    def guilds(self) -> list[FakeServer]:
        return list(self.there.values())

    def get_guild(self, number: int) -> FakeServer | None:
        return self.there.get(number)


@asynccontextmanager
async def asking(folder: Path, *servers: FakeServer) -> AsyncIterator[tuple[Members, FakeClient]]:
    """Members of servers that have a posting each."""
    async with open_store(await make_database(folder / "members.db")) as store:
        for server in servers:
            await store.keep([_posting(f"Company {server.id}", "$60,000")], scope=str(server.id))
        client: Any = FakeClient(ServerCache(store), {server.id: server for server in servers})
        members = Members(client, Opened(store, Assistant(store)), memberships=Memberships(Clock()), servers=client.servers)
        yield members, client
        members.stop()


async def _seen_by(members: Members, client: FakeClient, *, patience: float = 0.01, server: int | None = None, **where: bool) -> set[str]:
    interaction: Any = SimpleNamespace(
        client=client,
        guild_id=server,
        channel_id=3,
        user=SimpleNamespace(id=7, display_name="mia"),
        permissions=discord.Permissions.none(),
        locale=discord.Locale.german,
        context=discord.app_commands.AppCommandContext(**where),
    )
    return set((await members.person_of(interaction, patience=patience)).asker.scopes)


async def test_what_discord_has_not_said_in_time_counts_for_the_next_question(tmp_path: Path) -> None:
    slow = FakeServer(1, asyncio.Event())
    async with asking(tmp_path, slow, FakeServer(2)) as (members, client):
        assert await _seen_by(members, client, dm_channel=True) == {"everyone", "2"}
        assert await _seen_by(members, client, dm_channel=True) == {"everyone", "2"}
        assert isinstance(slow.answer, asyncio.Event)
        slow.answer.set()
        assert await _seen_by(members, client, patience=5, dm_channel=True) == {"everyone", "1", "2"}
        assert slow.asked == [7]


async def test_a_server_that_another_process_has_is_asked_about_too(tmp_path: Path) -> None:
    asked: list[tuple[int, int]] = []

    async def get_member(server: int, person: int) -> None:
        asked.append((server, person))
        if server == elsewhere + 1:
            response: Any = SimpleNamespace(status=404, reason="Not Found")
            raise discord.NotFound(response, "Unknown Guild")

    elsewhere = 1 << 22
    async with asking(tmp_path, FakeServer(2), FakeServer(3), FakeServer(elsewhere), FakeServer(elsewhere + 1)) as (members, client):
        client.there = {2: client.there[2]}
        client.shard_ids, client.shard_count, client.http = [0], 2, SimpleNamespace(get_member=get_member)
        assert await _seen_by(members, client, patience=5, dm_channel=True) == {"everyone", "2", str(elsewhere)}
    assert sorted(asked) == [(elsewhere, 7), (elsewhere + 1, 7)]


async def test_a_server_that_is_left_while_discord_is_asked_is_not_seen(tmp_path: Path) -> None:
    slow = FakeServer(1, asyncio.Event())
    async with asking(tmp_path, slow) as (members, client):
        await _seen_by(members, client, dm_channel=True)
        del client.there[1]
        members.forget_server(1)
        assert isinstance(slow.answer, asyncio.Event)
        slow.answer.set()
        assert await _seen_by(members, client, patience=5, dm_channel=True) == {"everyone"}
        client.there[1] = slow
        slow.answer = discord.DiscordException("no")
        assert await _seen_by(members, client, patience=5, dm_channel=True) == {"everyone"}


async def test_a_server_that_is_left_while_another_is_asked_about_is_not_seen(tmp_path: Path) -> None:
    slow = FakeServer(2, asyncio.Event())
    async with asking(tmp_path, FakeServer(1), slow) as (members, client):
        assert await _seen_by(members, client, dm_channel=True) == {"everyone", "1"}
        question = asyncio.create_task(_seen_by(members, client, patience=5, dm_channel=True))
        await asyncio.sleep(0.01)
        del client.there[1]
        assert isinstance(slow.answer, asyncio.Event)
        slow.answer.set()
        assert await question == {"everyone", "2"}


async def test_a_server_that_the_bot_comes_back_to_is_asked_about_again(tmp_path: Path) -> None:
    server = FakeServer(1)
    async with asking(tmp_path, server) as (members, client):
        assert await _seen_by(members, client, patience=5, dm_channel=True) == {"everyone", "1"}
        members.forget_server(1)
        server.answer = OSError("gone")
        assert await _seen_by(members, client, patience=5, dm_channel=True) == {"everyone"}


@pytest.mark.parametrize("where", [{"private_channel": True}, {}, {"guild": True}], ids=["group", "unknown", "server without the bot"])
async def test_where_others_read_along_only_everyones_postings_are_seen(where: dict[str, bool], tmp_path: Path) -> None:
    server = FakeServer(1)
    async with asking(tmp_path, server) as (members, client):
        assert await _seen_by(members, client, server=99 if "guild" in where else None, **where) == {"everyone"}
        assert server.asked == []


async def test_few_are_asked_at_once_and_all_in_the_end(tmp_path: Path) -> None:
    gate = asyncio.Event()
    servers = [FakeServer(number, gate) for number in range(1, 31)]
    async with asking(tmp_path, *servers) as (members, client):
        await _seen_by(members, client, dm_channel=True)
        assert 0 < sum(len(server.asked) for server in servers) <= 4
        gate.set()
        assert len(await _seen_by(members, client, patience=5, dm_channel=True)) == 31
        assert all(server.asked == [7] for server in servers)


async def test_an_error_is_no_membership_and_is_not_remembered(tmp_path: Path) -> None:
    server = FakeServer(1, OSError("gone"))
    async with asking(tmp_path, server) as (members, client):
        assert await _seen_by(members, client, patience=5, dm_channel=True) == {"everyone"}
        server.answer = None
        assert await _seen_by(members, client, patience=5, dm_channel=True) == {"everyone", "1"}
