"""The bot stays through outages and whatever Discord sends, over real sockets."""

import asyncio
import inspect
import json
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from builders_answering import make_database, read_bundled
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.shard import Shard
from pydantic import SecretStr
from small_discord import TOKEN, SmallDiscord, small_discord

from bot.discord import gateway, sending
from bot.discord.client import run_bot
from bot.discord.gateway import MaybeMade, SteadyClient, growing_pauses, persist
from bot.discord.sending import fetch_uploads, show_meanwhile
from bot.domain.errors import UnreadablePosting
from bot.domain.person import Person
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card
from bot.presentation.chat_service import ChatService
from bot.settings import Settings

Started = Callable[..., AbstractAsyncContextManager["asyncio.Future[None]"]]
_INVALID_SESSION = json.dumps({"op": 9, "d": False, "s": None, "t": None})


def _event(name: str, **data: Any) -> str:
    return json.dumps({"op": 0, "s": 3, "t": name, "d": data})


_PERSON = {"id": "7", "username": "mia", "discriminator": "0", "avatar": None, "global_name": None}
_INTERACTION = {
    "id": "5", "application_id": "9", "token": "t", "version": 1, "channel_id": "4", "channel": {"id": "4", "type": 1}, "user": _PERSON,
    "entitlements": [], "attachment_size_limit": 1000, "authorizing_integration_owners": {}, "context": 1, "locale": "en-US",
}  # fmt: skip
_MESSAGE: dict[str, Any] = {
    "id": "6", "channel_id": "4", "content": "hello", "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "type": 0,
    "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": False,
    "flags": 0,
}  # fmt: skip
_GROUP: dict[str, Any] = {"context": 2, "channel": {"id": "4", "type": 3, "name": "friends", "icon": None, "recipients": []}}
_BROKEN = [
    _event("MESSAGE_CREATE", **_MESSAGE),
    _event("MESSAGE_CREATE"),
    _event("GUILD_CREATE", id="1"),
    _event("NOBODY_KNOWS_THIS", x=1),
    _event("INTERACTION_CREATE"),
    *[_event("INTERACTION_CREATE", **_INTERACTION, type=kind, data={}) for kind in (2, 3, 4, 5, 77)],
    _event("INTERACTION_CREATE", **_INTERACTION, type=3, data={"component_type": 99, "custom_id": "rolecall:ask:1:pay::0:7"}),
]


@pytest.fixture
async def here() -> AsyncIterator[SmallDiscord]:
    async with small_discord() as here:
        yield here


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Started:
    """Runs the bot in this process, with short pauses, while something is looked at."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(gateway, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(gateway, "_LONGEST_PAUSE", 0.1)
    monkeypatch.setattr(gateway, "_LET_IN_SECONDS", 0.0)

    @asynccontextmanager
    async def run(here: SmallDiscord, gateway: str | None = None, **more: Any) -> AsyncIterator["asyncio.Future[None]"]:
        settings = Settings.model_construct(
            discord_token=SecretStr(TOKEN), discord_api_url=f"{here.url}/api/v10", discord_gateway_url=gateway, bot_owner_ids="7", **more
        )
        database = await make_database(tmp_path / "run.db", read_bundled())
        running = asyncio.ensure_future(run_bot(database, settings))
        try:
            yield running
        finally:
            running.cancel()
            await asyncio.wait({running})
        if not running.cancelled():
            running.result()

    return run


async def _come_in(here: SmallDiscord, running: "asyncio.Future[None]") -> str:
    """Wait until the bot comes in, or ends."""
    coming: asyncio.Future[Any] = asyncio.ensure_future(here.came_in.get())
    await asyncio.wait([coming, running], return_when=asyncio.FIRST_COMPLETED)
    if not coming.done():
        coming.cancel()
        running.result()
    return str(await coming)


async def test_discord_py_still_has_the_private_names_that_are_relied_on() -> None:
    client = gateway.SteadyClient(intents=discord.Intents(guilds=True))
    await client._async_setup_hook()  # noqa: SLF001 -- so are all of these
    assert isinstance(vars(client)["_AutoShardedClient__shards"], dict)
    assert isinstance(vars(client)["_AutoShardedClient__queue"], asyncio.PriorityQueue)
    assert "INTERACTION_CREATE" in client._connection.parsers  # noqa: SLF001
    assert {"_cancel_task", "worker", "launch"} <= vars(Shard).keys()
    assert "self._dispatch" in inspect.getsource(Shard.__init__)
    assert {"_from_interaction", "_call", "_dispatch_error"} <= vars(discord.app_commands.CommandTree).keys()
    assert {"poll_event", "from_client", "close"} <= vars(DiscordWebSocket).keys()
    assert "_state" in discord.Interaction.__slots__
    assert "launch_shards" in vars(discord.AutoShardedClient)
    assert {"path", "BASE"} <= {*vars(Route("GET", "/")), *vars(Route)}


async def test_connections_that_are_closed_before_a_word_are_made_again(here: SmallDiscord, started: Started) -> None:
    here.sent = [1001, 1001, [_event("RESUMED"), "no json"], 1001, 1001, 1000]
    async with started(here) as running:
        assert await _come_in(here, running) == "new"
        await _come_in(here, running)
    assert len(here.gateways) > 6


@pytest.mark.parametrize("frame", ["no json", "[]", "5", '{"op": 7, "d": null}', '{"op": 10, "d": {}}', _event("READY")])
async def test_a_frame_that_makes_no_sense_is_answered_with_another_connection(frame: str, here: SmallDiscord, started: Started) -> None:
    here.sent = [[frame]]
    async with started(here) as running:
        assert [await _come_in(here, running), await _come_in(here, running)] == ["new", "again"]


async def test_an_event_that_makes_no_sense_is_left_out(here: SmallDiscord, started: Started, caplog: pytest.LogCaptureFixture) -> None:
    loop_complaints: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: loop_complaints.append(context))
    here.sent = [_BROKEN]
    async with started(here) as running:
        await _come_in(here, running)
        async with asyncio.timeout(10):
            while caplog.text.count("is left out: INTERACTION_CREATE") < 3:  # noqa: ASYNC110 -- a log tells nobody
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        assert caplog.text.count("is left out: MESSAGE_CREATE") == 1
        assert "Ignoring exception" not in caplog.text
        assert here.came_in.empty()
    assert not loop_complaints


async def test_the_settings_gateway_holds_after_a_lost_session(here: SmallDiscord, started: Started) -> None:
    here.sent = [[_INVALID_SESSION], ["no json"], [_INVALID_SESSION]]
    async with started(here, f"{here.url.replace('http', 'ws')}/other") as running:
        assert [await _come_in(here, running) for _ in range(4)] == ["new", "new", "again", "new"]
    assert here.gateways == ["/other"] * 4


async def test_the_named_gateway_holds_after_a_lost_session(here: SmallDiscord, started: Started) -> None:
    here.sent = [[_INVALID_SESSION], ["no json"], [_INVALID_SESSION]]
    async with started(here) as running:
        assert [await _come_in(here, running) for _ in range(4)] == ["new", "new", "again", "new"]
    assert here.gateways == ["/named", "/named", "/resumed", "/named"]


async def test_a_process_brings_in_its_own_shards_and_no_others(here: SmallDiscord, started: Started) -> None:
    async with started(here, shards="1-2/4") as running:
        assert [await _come_in(here, running), await _come_in(here, running)] == ["new", "new"]
    assert here.shards == [[1, 4], [2, 4]]
    assert here.gateways == ["/named", "/named"]


async def test_shards_that_discord_takes_one_after_the_other_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "_LET_IN_SECONDS", 0.05)
    client = gateway.SteadyClient(intents=discord.Intents(guilds=True))
    await client._async_setup_hook()  # noqa: SLF001 -- as when it is started
    entered: list[int] = []
    turns = asyncio.Lock()

    async def enter(number: int) -> None:
        async with turns:
            entered.append(number)

    async with asyncio.timeout(10):
        await asyncio.gather(*(client.have_turn(number, lambda number=number: enter(number)) for number in (0, 1)))  # type: ignore[misc]
    assert entered == [0, 1]
    assert client._just_let_in  # noqa: SLF001 -- the turn that ends later
    await client.close()
    assert not client._just_let_in  # noqa: SLF001


@pytest.mark.parametrize("answered", [0, 1, 2, 3])
@pytest.mark.parametrize("status", [429, 503])
async def test_a_start_waits_for_discord(status: int, answered: int, here: SmallDiscord, started: Started) -> None:
    here.troubles = {answered: status}
    async with started(here) as running:
        assert await _come_in(here, running) == "new"
    asked = [path for path, _ in here.requests]
    assert any(one == other for one, other in pairwise(asked))


_PAGE = "<!doctype html><title>Sign in to this network</title>"


@pytest.mark.parametrize("answered", [0, 1, 2, 3])
@pytest.mark.parametrize("page", [("text/html", _PAGE), ("application/json", _PAGE), ("application/json", '{"message": "Welcome"}')])
async def test_what_somebody_else_answers_is_waited_for_and_told(
    page: tuple[str, str], answered: int, here: SmallDiscord, started: Started, caplog: pytest.LogCaptureFixture
) -> None:
    here.pages = {answered: page}
    async with started(here) as running:
        assert await _come_in(here, running) == "new"
    assert "Discord cannot be reached (NotDiscord), check the network and DISCORD_API_URL if it lasts" in caplog.text


def _asked(here: SmallDiscord, ending: str) -> list[Any]:
    return [json.loads(body) for path, body in here.requests if path.endswith(ending)]


async def _until_asked(here: SmallDiscord, ending: str, times: int) -> list[Any]:
    async with asyncio.timeout(15):
        while len(_asked(here, ending)) < times:  # noqa: ASYNC110 -- a list tells nobody
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)
    return _asked(here, ending)


async def _until_requested(here: SmallDiscord) -> None:
    async with asyncio.timeout(10):
        while not here.requests:  # noqa: ASYNC110 -- a list tells nobody
            await asyncio.sleep(0.02)


def _command(name: str, **more: Any) -> str:
    return _event("INTERACTION_CREATE", **_INTERACTION | {"type": 2, "data": {"id": "1", "name": name, "type": 1}} | more)


async def test_a_message_whose_confirmation_is_lost_is_known_by_its_nonce_when_it_comes_again(here: SmallDiscord, started: Started) -> None:
    here.sent = [[_event("MESSAGE_CREATE", **_MESSAGE, author=_PERSON)]]
    here.breaking = {"/messages": 2}
    async with started(here):
        sent = await _until_asked(here, "/messages", 3)
    assert len(sent) == 3
    assert len({one["nonce"] for one in sent}) == 1
    assert all(one["enforce_nonce"] for one in sent)


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_thread_that_may_have_been_made_is_not_made_again(status: int, here: SmallDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    async with SteadyClient(intents=discord.Intents.none()) as client:
        monkeypatch.setattr(Route, "BASE", f"{here.url}/api/v10")
        await client.login(TOKEN)
        here.troubles = {len(here.requests): status}
        with pytest.raises(MaybeMade):
            await client.http.request(Route("POST", "/channels/{channel_id}/threads", channel_id=1))
        assert [path for path, _ in here.requests].count("channels/1/threads") == 1


async def test_a_first_answer_that_is_broken_off_is_given_again(here: SmallDiscord, started: Started) -> None:
    here.sent = [[_command("help")]]
    here.breaking = {"/callback": 2}
    async with started(here):
        answers = await _until_asked(here, "/callback", 3)
        assert not _asked(here, "webhooks/9/t")
    assert [one["type"] for one in answers] == [4, 4, 4]


async def test_a_form_that_is_broken_off_is_opened_again(here: SmallDiscord, started: Started) -> None:
    add = {"id": "1", "name": "posting", "type": 1, "options": [{"name": "add", "type": 1, "options": []}]}
    here.sent = [[_command("posting", data=add)]]
    here.breaking = {"/callback": 2}
    async with started(here):
        answers = await _until_asked(here, "/callback", 3)
    assert [one["type"] for one in answers] == [9, 9, 9]


async def test_a_hidden_answer_that_is_not_taken_in_time_becomes_a_follow_up_for_the_same_person(
    here: SmallDiscord, started: Started
) -> None:
    here.sent = [[_command("help", **_GROUP)]]
    here.breaking = {"/callback": 1000, "webhooks/9/t": 1}
    async with started(here):
        told = await _until_asked(here, "webhooks/9/t", 2)
        tries = len(_asked(here, "/callback"))
        await asyncio.sleep(0.5)
        assert len(_asked(here, "/callback")) == tries
    assert {one["flags"] & 64 for one in told} == {64}
    assert "What you can ask" in str(told[1]["components"])


@pytest.mark.parametrize(("owner", "answered", "flags"), [(7, 7, 0), (8, 4, 64)])
async def test_in_a_group_message_only_the_owner_turns_a_card(
    owner: int, answered: int, flags: int, here: SmallDiscord, started: Started
) -> None:
    number = ButtonId(ButtonAction.LIST, owner=owner).id
    button = {"type": 2, "custom_id": number, "label": "Next", "style": 2}
    card = _MESSAGE | {"author": _PERSON, "components": [{"type": 1, "components": [button]}]}
    here.sent = [[_command("", type=3, data={"component_type": 2, "custom_id": number}, message=card, **_GROUP)]]
    async with started(here):
        answers = await _until_asked(here, "/callback", 1)
    assert [one["type"] for one in answers] == [answered]
    assert answers[0]["data"].get("flags", 0) & 64 == flags


@pytest.mark.parametrize(
    "data", [{"component_type": 3, "custom_id": "rolecall:x", "values": ["1"]}, {"component_type": 2, "custom_id": "x"}]
)
async def test_a_button_or_menu_that_nobody_knows_is_told_to_be_old(data: dict[str, Any], here: SmallDiscord, started: Started) -> None:
    here.sent = [[_command("", type=3, data=data, message=_MESSAGE | {"author": _PERSON})]]
    async with started(here):
        answers = await _until_asked(here, "/callback", 1)
    assert "another version of me" in str(answers[0]["data"]["components"])


async def test_a_question_that_waits_for_another_of_the_same_person_is_deferred_and_then_answered(
    here: SmallDiscord, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_answer, under_way, asked = asyncio.Event(), [], "what does acme pay?"
    really_say = ChatService._say  # noqa: SLF001 -- what is asked before, to get warm, is answered as ever

    async def say(service: ChatService, text: str, person: Person, about: int | None = None) -> Card:
        if text != asked:
            return await really_say(service, text, person, about)
        under_way.append(text)
        await may_answer.wait()
        return Card(text)

    options = [{"name": "question", "type": 3, "value": asked}]
    here.sent = [[_command("", data={"id": "1", "name": "ask", "type": 1, "options": options})] * 2]
    monkeypatch.setattr(ChatService, "_say", say)
    async with started(here):
        await _until_requested(here)
        first = await _until_asked(here, "/callback", 2)
        assert len(under_way) == 1
        may_answer.set()
        await _until_asked(here, "messages/@original", 2)
    assert [one["type"] for one in first] == [5, 5]


async def test_what_can_be_brought_to_nobody_is_counted_and_logged(
    here: SmallDiscord, started: Started, caplog: pytest.LogCaptureFixture
) -> None:
    here.sent = [[_command("help")]]
    here.refused = {"/callback", "webhooks/9/t", "/messages"}
    async with started(here), asyncio.timeout(15):
        while "an answer could be brought to nobody" not in caplog.text:  # noqa: ASYNC110 -- a log tells nobody
            await asyncio.sleep(0.02)


async def test_what_came_up_too_late_is_answered_all_the_same_and_logged_once(
    here: SmallDiscord, started: Started, caplog: pytest.LogCaptureFixture
) -> None:
    here.sent = [[_command("help")]]  # its id tells that it was asked years ago
    async with started(here):
        assert len(await _until_asked(here, "/callback", 1)) == 1
    assert caplog.text.count("may be answered too late for Discord") == 1


async def test_nothing_is_tried_any_more_once_discord_would_not_take_it(
    here: SmallDiscord, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def help_slowly(_chat: ChatService, _person: Person) -> Card:
        await asyncio.sleep(0.3)
        return Card("You can ask.")

    monkeypatch.setattr(ChatService, "help", help_slowly)
    monkeypatch.setattr(sending, "_SLOW", 0.1)
    monkeypatch.setattr(sending, "_LIFE", 0.8)
    monkeypatch.setattr(sending, "_FIRST_PAUSE", 0.1)
    here.sent = [[_command("help")]]
    here.breaking = {"messages/@original": 1000, "webhooks/9/t": 1000}
    async with started(here):
        assert len(await _until_asked(here, "channels/4/messages", 1)) == 1
        tried = len(here.requests)
        await asyncio.sleep(0.5)
        assert len(here.requests) == tried
    edits = [path for path, _ in here.requests if path.endswith("@original")]
    assert 2 <= len(edits) <= 8


async def test_what_is_sent_until_a_time_is_not_sent_after_it() -> None:
    tries: list[float] = []
    clock = asyncio.get_running_loop().time

    async def send() -> None:
        tries.append(clock())
        raise aiohttp.ClientConnectionError

    until = clock() + 0.2
    with pytest.raises(aiohttp.ClientConnectionError):
        await persist(send, [0.05] * 100, until=until)
    assert len(tries) > 1
    assert tries[-1] < until


async def test_of_many_at_once_a_few_are_worked_on_and_all_are_answered(
    here: SmallDiscord, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way: list[int] = []
    most: list[int] = []
    are_enough = asyncio.Event()

    async def help_slowly(_chat: ChatService, _person: Person) -> Card:
        under_way.append(1)
        most.append(len(under_way))
        if len(under_way) == 16:
            await asyncio.sleep(0.1)  # in which more would come
            are_enough.set()
        await are_enough.wait()
        under_way.pop()
        return Card("You can ask.")

    monkeypatch.setattr(ChatService, "help", help_slowly)
    here.sent = [[_command("help")] * 40]
    async with started(here):
        assert len(await _until_asked(here, "/callback", 40)) == 40
    assert max(most) == 16


async def test_on_sigterm_nothing_more_is_taken_in_and_what_is_under_way_is_answered(here: SmallDiscord, started: Started) -> None:
    here.sent = [[_event("MESSAGE_CREATE", **_MESSAGE, author=_PERSON)]]
    here.holds_messages = True
    async with started(here) as running:
        await _until_asked(here, "/messages", 1)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait({running}, timeout=10)
    assert running.result() is None
    assert here.has_left.is_set()
    assert len(_asked(here, "/messages")) == 1


async def test_what_is_not_worked_out_before_the_end_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with SteadyClient(intents=discord.Intents.none()) as client:
        client.last_words = 0.01
        unfinished = asyncio.create_task(asyncio.Event().wait())
        client.note_work(unfinished)
    unfinished.cancel()
    assert "an answer could be brought to nobody: the bot had to end before it was worked out" in caplog.text


async def test_on_sigterm_a_start_that_waits_for_discord_ends(here: SmallDiscord, started: Started) -> None:
    here.troubles = dict.fromkeys(range(1000), 503)
    async with started(here) as running:
        await _until_requested(here)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait({running}, timeout=10)
    assert running.result() is None


def test_pauses_grow_to_the_longest() -> None:
    pauses = [pause for pause, _ in zip(growing_pauses(1.0, 8.0), range(6), strict=False)]
    assert all(0.75 * whole <= pause <= whole for pause, whole in zip(pauses, (1, 2, 4, 8, 8, 8), strict=True))


# A connection to Discord that breaks off is no fault of ours: it is tried again, told, or left, as what it was for wants it.


BROKEN_OFF = [aiohttp.ServerDisconnectedError(), aiohttp.ClientPayloadError("broke off"), ConnectionResetError()]


async def _take(_made: object) -> None:
    """Take anything."""


def _breaking_off(error: Exception) -> Any:
    async def break_off(*_: object, **__: object) -> None:
        raise error

    response = SimpleNamespace(is_done=lambda: False, defer=break_off, send_message=break_off)

    asked = {"id": 5, "token": "t", "user": SimpleNamespace(id=7), "locale": discord.Locale.german, "guild_id": 1}
    asked["client"] = SimpleNamespace(deferrals=SimpleNamespace(note=_take))
    return SimpleNamespace(**asked, response=response, edit_original_response=break_off, read=break_off, size=1, filename="a.md")


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
