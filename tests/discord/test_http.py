"""Interactions over HTTP: what is signed is answered as the gateway's are, by any worker, also while others die or are renewed."""

import asyncio
import inspect
import io
import json
import os
import signal
import socket
import sys
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import sqlalchemy as sa
from builders_answering import make_database, posting_text, read_bundled
from builders_http import MANAGE_SERVER, SERVER, Served, SigningDiscord, Told, free_port, new_schema, serving, signing_discord
from builders_storage import connecting
from command_line import run_command
from discord.http import Route
from discord.state import ConnectionState
from discord.webhook.async_ import AsyncWebhookAdapter
from pydantic import SecretStr
from small_discord import TOKEN

from bot.discord import http
from bot.discord.http import LONGEST_BODY, OLDEST, Worker, listen, read_public_key, run_worker, serve
from bot.domain.errors import SettingsError
from bot.presentation.chat_service import open_store
from bot.settings import Settings
from bot.storage.store import Store
from bot.storage.tables import memo

Send = Callable[[dict[str, Any]], Any]


def _settings(here: SigningDiscord, **more: Any) -> Settings:
    return Settings.model_construct(discord_token=SecretStr(TOKEN), discord_api_url=f"{here.url}/api/v10", **more)


@asynccontextmanager
async def _working(here: SigningDiscord, url: str, number: int = 0, **settings: Any) -> AsyncIterator[int]:
    """Run a worker in this process, and give its port."""
    listener, is_ready = listen("127.0.0.1", 0), asyncio.Event()
    port: int = listener.getsockname()[1]
    running = asyncio.create_task(run_worker(Worker(listener, number, is_ready.set), url, settings=_settings(here, **settings)))
    coming = asyncio.create_task(is_ready.wait())
    try:
        await asyncio.wait([coming, running], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        yield port
    finally:
        coming.cancel()
        running.cancel()
        await asyncio.wait({running})


@pytest.fixture
async def here(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SigningDiscord]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(http, "_LINGERING", 0.0)
    async with signing_discord() as opened:
        yield opened


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """A connection for each request: none is kept that a worker may close while it is used."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as opened:
        yield opened


@pytest.fixture
async def send(here: SigningDiscord, session: aiohttp.ClientSession, tmp_path: Path) -> AsyncIterator[Send]:
    """Sends an interaction to a worker with the bundled postings."""
    async with _working(here, await make_database(tmp_path / "run.db", read_bundled())) as port:
        yield lambda interaction: here.send(session, port, interaction)


@pytest.fixture
async def shared() -> AsyncIterator[str]:
    """A PostgreSQL database with the bundled postings, which several processes may share."""
    try:
        async with new_schema() as url:
            yield url
    except OSError:
        pytest.skip("PostgreSQL does not answer")


def test_discord_py_still_has_what_is_relied_on() -> None:
    parser = inspect.getsource(ConnectionState.parse_interaction_create)
    assert list(inspect.signature(ConnectionState.parse_interaction_create).parameters) == ["self", "data"]
    for used in ("_command_tree._from_interaction(interaction)", "dispatch_view(", "self.dispatch('interaction', interaction)"):
        assert used in parser
    assert list(inspect.signature(AsyncWebhookAdapter.request).parameters)[:3] == ["self", "route", "session"]
    assert "'/interactions/{webhook_id}/{webhook_token}/callback'" in inspect.getsource(AsyncWebhookAdapter.create_interaction_response)
    assert "adapter = async_context.get()" in inspect.getsource(discord.InteractionResponse.send_message)
    assert "_roles" in discord.Member.__slots__


# What is Discord's.


async def _post(session: aiohttp.ClientSession, port: int, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    async with session.post(f"http://127.0.0.1:{port}/", data=body, headers=headers) as response:
        return response.status, await response.text()


async def test_only_what_discord_has_signed_lately_is_taken(here: SigningDiscord, session: aiohttp.ClientSession, tmp_path: Path) -> None:
    async with _working(here, await make_database(tmp_path / "run.db", read_bundled())) as port:
        ping, command = b'{"type": 1}', json.dumps(here.command("salary", company="flex")).encode()
        status, said = await _post(session, port, ping, here.sign(ping))
        assert (status, json.loads(said)) == (200, {"type": 1})
        for seconds in (OLDEST - 5, 5 - OLDEST):
            assert (await _post(session, port, ping, here.sign(ping, ago=seconds)))[0] == 200
        signed = here.sign(command)
        signature, stamp = signed["X-Signature-Ed25519"], signed["X-Signature-Timestamp"]
        refused: list[dict[str, str]] = [
            {},
            {"X-Signature-Ed25519": signature},
            {"X-Signature-Timestamp": stamp},
            here.sign(ping),
            SigningDiscord().sign(command),
            signed | {"X-Signature-Timestamp": str(int(stamp) - 1)},
            *[signed | {"X-Signature-Ed25519": wrong} for wrong in ("", "zz", "00", signature[:-2], signature + "00", "ü")],
            *[signed | {"X-Signature-Timestamp": wrong} for wrong in ("", "now", "-1", "1e9", "٣", "9" * 400)],
            here.sign(command, ago=OLDEST + 5),
            here.sign(command, ago=-OLDEST - 5),
        ]
        for headers in refused:
            assert (await _post(session, port, command, headers))[0] == 401, headers
        assert here.callbacks == {}
        long = b'{"type": 1, "x": "' + b"x" * LONGEST_BODY + b'"}'
        assert (await _post(session, port, long, here.sign(long)))[0] == 413
        async with session.get(f"http://127.0.0.1:{port}/") as response:
            assert response.status == 405


async def test_what_is_signed_and_makes_no_sense_is_refused_and_the_next_is_answered(
    here: SigningDiscord, session: aiohttp.ClientSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(http, "_FIRST_ANSWER", 0.5)
    async with _working(here, await make_database(tmp_path / "run.db", read_bundled())) as port:
        for body in (b"", b"no json", b"[]", b"{}", b'"x"', b"\xff", b'{"type": 2}', b'{"type": 3, "data": {}}', b"[" * 50_000):
            assert (await _post(session, port, body, here.sign(body)))[0] == 400, body[:20]
        empty = [here.interaction(kind, {}) for kind in (2, 3, 4, 5, 77)]
        assert {(await here.send(session, port, one)).status for one in empty} <= {202, 400, 504}
        assert "$" in (await here.send(session, port, here.command("salary", company="flex"))).text
    assert not [one for one in caplog.records if "never retrieved" in one.getMessage()]


# Each kind of interaction.


async def test_a_command_is_answered(here: SigningDiscord, send: Send) -> None:
    told: Told = await send(here.command("salary", company="nomad"))
    assert told.status == 202
    assert "$135,000" in told.text
    assert "Yes, from Kenya" in (await send(here.command("countries", company="wikimedia", country="Kenya", server=SERVER))).text
    assert "Rolecall" in (await send(here.command("about"))).text


async def test_what_is_typed_is_completed(here: SigningDiscord, send: Send) -> None:
    told: Told = await send(here.typing("salary", "company", "nomd"))
    assert told.answer == {"type": 8, "data": {"choices": [{"name": "Nomad Health", "value": "Nomad Health"}]}}


async def test_buttons_and_forms_are_answered(here: SigningDiscord, send: Send) -> None:
    told: Told = await send(here.command("salary", company="nomad"))
    assert (await send(here.press(told, told.button("more")))).answer["type"] == 7
    assert (await send(here.press(told, told.button("ask")))).answer["type"] == 4
    form: Told = await send(here.press(told, told.button("report")))
    assert form.answer["type"] == 9
    sent: Told = await send(here.submit(form.answer["data"]["custom_id"], {"comment": "that was last year"}, message=told.message))
    assert "Thank you" in sent.text


async def test_a_server_is_known_by_what_the_interaction_carries(here: SigningDiscord, send: Send) -> None:
    paste: Told = await send(here.command("posting_add", server=SERVER, permissions=MANAGE_SERVER))
    assert paste.answer["type"] == 9
    assert "Only members" in (await send(here.command("posting_add", server=SERVER))).text
    settings: dict[str, Any] = {"server": SERVER, "permissions": MANAGE_SERVER}
    role = {"id": "55", "name": "Boss", "color": 0, "colors": {"primary_color": 0}, "hoist": False, "position": 1, "permissions": "0"}
    resolved = {"roles": {"55": role | {"managed": False, "mentionable": False, "flags": 0}}}
    change = here.command("settings", **settings, resolved=resolved)
    change["data"]["options"] = [{"name": "admin_role", "type": 8, "value": "55"}]
    assert "<@&55>" in (await send(change)).text
    assert (await send(here.command("posting_add", server=SERVER, roles=["55"]))).answer["type"] == 9
    assert "Only members" in (await send(here.command("posting_add", server=SERVER, roles=["56"]))).text
    elsewhere = here.command("posting_add", server=SERVER, permissions=MANAGE_SERVER)
    elsewhere["authorizing_integration_owners"] = {"1": "7"}
    assert "Postings are managed in a server" in (await send(elsewhere)).text


async def test_what_the_bot_may_do_in_a_channel_is_asked_of_discord(here: SigningDiscord, send: Send) -> None:
    here.members.add(f"guilds/{SERVER}/members/9")
    form: Told = await send(here.command("setup", server=SERVER, permissions=MANAGE_SERVER))
    chosen = here.submit(form.answer["data"]["custom_id"], {}, server=SERVER, permissions=MANAGE_SERVER)
    chosen["data"]["components"] = [{"type": 18, "id": 1, "component": {"type": 8, "id": 2, "custom_id": "channel", "values": ["4"]}}]
    assert "<#4>" in (await send(chosen)).text
    assert '"id": 4' in json.dumps((await send(here.command("setup", server=SERVER, permissions=MANAGE_SERVER))).answer)
    chosen = chosen | {"id": str(int(chosen["id"]) + 99), "token": f"t{int(chosen['id']) + 99}"}
    here.members.clear()
    assert "I lack View Channel" in (await send(chosen)).text


async def test_a_member_sees_their_servers_postings_in_direct_messages(
    here: SigningDiscord, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    url = await make_database(tmp_path / "run.db", read_bundled(), scope=SERVER)
    here.members.add(f"guilds/{SERVER}/members/7")
    async with _working(here, url) as port:
        assert "$135,000" in (await here.send(session, port, here.command("salary", company="nomad", by=7))).text
        assert "no posting" in (await here.send(session, port, here.command("salary", company="nomad", by=8))).text


# What is slow, late or too much.


async def test_an_answer_that_discord_is_slow_to_take_is_confirmed_when_it_has_it(here: SigningDiscord, send: Send) -> None:
    here.holds = asyncio.Event()
    asking = asyncio.create_task(send(here.command("salary", company="nomad")))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(asking), 0.3)
    here.holds.set()
    assert (await asking).status == 202


async def test_what_cannot_be_answered_in_time_is_not_confirmed(here: SigningDiscord, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_FIRST_ANSWER", 0.05)
    here.holds = asyncio.Event()
    assert (await send(here.command("salary", company="nomad"))).status == 504
    here.holds.set()


async def test_an_interaction_that_comes_twice_is_answered_once(here: SigningDiscord, send: Send) -> None:
    asked = here.command("salary", company="nomad")
    first, second = await send(asked), await send(asked)
    assert (first.status, second.status) == (202, 202)
    assert "$135,000" in second.text


# Several processes.


async def test_a_follow_up_is_understood_by_another_worker(here: SigningDiscord, session: aiohttp.ClientSession, shared: str) -> None:
    async with _working(here, shared) as first, _working(here, shared, number=1) as second:
        ports = (first, second)
        assert "$209,000" in (await here.send(session, first, here.command("ask", question="what does flex pay in new york?"))).text
        assert "$188,000" in (await here.send(session, second, here.command("ask", question="and in texas?"))).text
        # Both know it now; what one hears later the other goes on with too, and nobody else does.
        for round_ in range(4):
            asked, other = ports[round_ % 2], ports[1 - round_ % 2]
            company = ("nomad health", "pachama")[round_ % 2]
            await here.send(session, asked, here.command("ask", question=f"what does {company} pay?"))
            await asyncio.sleep(0.5)  # nobody types sooner than the others hear of it
            told = await here.send(session, other, here.command("ask", question="which degree do they want?"))
            assert company.split()[0] in told.text.lower()
        stranger = await here.send(session, second, here.command("ask", question="and in texas?", by=8))
        assert "### [Flex" not in stranger.text


async def test_privacy_deletes_what_all_workers_remember(here: SigningDiscord, session: aiohttp.ClientSession, shared: str) -> None:
    async with (
        _working(here, shared) as first,
        _working(here, shared, number=1) as second,
        open_store(shared) as store,
    ):
        await here.send(session, first, here.command("ask", question="what does flex pay?", server=SERVER))
        await here.send(session, second, here.command("ask", question="and in texas?", server=SERVER))
        await here.send(session, second, here.command("ask", question="what does nomad pay?", by=8))
        assert await _remembered(store, "7") == {"conversation", "membership"}
        privacy = await here.send(session, first, here.command("privacy"))
        assert "Flex" in privacy.text
        await here.send(session, first, here.press(privacy, privacy.button("forget")))
        assert await _remembered(store, "7") == set()
        assert await _remembered(store, "8") == {"conversation"}
        for port in (first, second):
            assert "### [Flex" not in (await here.send(session, port, here.command("ask", question="and in texas?", server=SERVER))).text


async def _remembered(store: Store, person: str) -> set[str]:
    kinds = ("conversation", "membership", "told", "typed", "asked", "upload", "board", "draft")
    return {kind for kind in kinds if await store.remembered.of_person(kind, person)}


async def test_postings_that_wait_are_kept_by_another_worker_once(
    here: SigningDiscord, session: aiohttp.ClientSession, shared: str
) -> None:
    rights: dict[str, Any] = {"server": SERVER, "permissions": MANAGE_SERVER}
    async with _working(here, shared) as first, _working(here, shared, number=1) as second, open_store(shared) as store:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name in ("Oven", "Mill"):
                archive.writestr(f"{name}.md", posting_text(name, body="The salary is $90,000 a year."))
        uploaded = await here.settled(await here.send(session, first, here.upload("bakers.zip", packed.getvalue(), **rights)))
        keep = here.press(uploaded, uploaded.button("addall"), **rights)
        assert "Import finished" in (await here.settled(await here.send(session, second, keep))).text
        again = here.press(uploaded, uploaded.button("addall"), **rights)
        assert "kept already" in (await here.settled(await here.send(session, first, again))).text
        assert await store.count(scopes={SERVER}) == 2


async def test_what_is_told_for_a_fit_is_known_to_another_worker(here: SigningDiscord, session: aiohttp.ClientSession, shared: str) -> None:
    async with _working(here, shared) as first, _working(here, shared, number=1) as second:
        asked = await here.send(session, first, here.command("fit", company="flex"))
        form = await here.send(session, first, here.press(asked, asked.button("tell")))
        sent = here.submit(form.answer["data"]["custom_id"], {"country": "Texas", "years": "4"}, message=asked.message)
        assert "Flex" in (await here.send(session, second, sent)).text
        assert "Texas" in (await here.send(session, first, here.command("privacy"))).text


async def test_the_first_worker_alone_registers_the_commands(here: SigningDiscord, shared: str) -> None:
    async with _working(here, shared, number=1):
        assert not here.registered
    async with _working(here, shared):
        assert here.registered
    async with _working(here, shared):
        pass
    assert [one for one in here.asked if one.startswith("PUT")] == ["PUT applications/9/commands"]


async def _ask_on(here: SigningDiscord, session: aiohttp.ClientSession, served: Served, *, until: asyncio.Event) -> list[Told]:
    """Ask eight at a time until something is done, each its own question; the processes that start meanwhile need the machine too."""
    told: list[Told] = []

    async def ask_on(person: int) -> None:
        while not until.is_set():
            told.append(await here.send(session, served.port, here.command("salary", company="nomad", by=1000 + person)))
            await asyncio.sleep(0.1)

    await asyncio.gather(*map(ask_on, range(8)))
    return told


async def _check(here: SigningDiscord, told: list[Told]) -> None:
    """Check that each was answered once, a deferred one in the end, or that who asked knows that it was not."""
    assert [one.status for one in told if one.status not in {202, -1}] == []
    taken = [one for one in told if one.status == 202]
    assert [one for one in taken if len(one.callbacks) != 1] == []
    assert [one for one in [await here.settled(one) for one in taken] if "$135,000" not in one.text] == []
    assert here.refused == []


async def test_a_worker_that_dies_takes_no_question_with_it_unseen(
    here: SigningDiscord, session: aiohttp.ClientSession, shared: str, tmp_path: Path
) -> None:
    async with serving(here, shared, workers=2, log=tmp_path / "serve.log") as served:
        done = asyncio.Event()
        asking = asyncio.create_task(_ask_on(here, session, served, until=done))
        for deaths in (1, 2):
            os.kill(served.workers()[0], signal.SIGKILL)
            await served.until_logged("taking interactions", 2 + deaths)
        done.set()
        told = await asking
        await _check(here, told)
        assert len([one for one in told if one.status == -1]) <= 16
        for broken in [one for one in told if one.status == -1 and not one.callbacks]:
            assert (await here.send(session, served.port, broken.interaction)).status == 202


@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is counted in /proc")
async def test_connections_that_come_at_once_are_shared_by_all_workers(here: SigningDiscord, shared: str, tmp_path: Path) -> None:
    async with serving(here, shared, workers=2, log=tmp_path / "serve.log") as served:
        before = [_count_held(one) for one in served.workers()]
        opened = await asyncio.gather(*(asyncio.open_connection("127.0.0.1", served.port) for _ in range(24)))
        async with asyncio.timeout(10):
            while sum(taken := [_count_held(one) - had for one, had in zip(served.workers(), before, strict=True)]) < len(opened):  # noqa: ASYNC110 -- /proc tells nobody
                await asyncio.sleep(0.01)
        assert min(taken) >= len(opened) // 6
        for _, writer in opened:
            writer.close()


def _count_held(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


async def test_workers_that_are_renewed_lose_no_question(
    here: SigningDiscord, session: aiohttp.ClientSession, shared: str, tmp_path: Path
) -> None:
    async with serving(here, shared, workers=2, log=tmp_path / "serve.log") as served:
        before, done = set(served.workers()), asyncio.Event()
        asking = asyncio.create_task(_ask_on(here, session, served, until=done))
        served.process.send_signal(signal.SIGHUP)
        await served.until_logged("taking interactions", 4)
        done.set()
        told = await asking
        assert {one.status for one in told} == {202}
        await _check(here, told)
        assert not before & set(served.workers())


async def test_a_new_process_takes_over_from_an_old_one(
    here: SigningDiscord, session: aiohttp.ClientSession, shared: str, tmp_path: Path
) -> None:
    async with serving(here, shared, log=tmp_path / "old.log") as old:
        done = asyncio.Event()
        asking = asyncio.create_task(_ask_on(here, session, old, until=done))
        async with serving(here, shared, log=tmp_path / "new.log", port=old.port):
            assert await old.end() == 0
            done.set()
            told = await asking
            assert (await here.send(session, old.port, here.command("salary", company="nomad"))).status == 202
    await _check(here, told)


async def test_workers_do_not_outlive_the_process_that_watches_them(
    here: SigningDiscord, session: aiohttp.ClientSession, shared: str, tmp_path: Path
) -> None:
    async with serving(here, shared, workers=2, log=tmp_path / "serve.log") as served:
        served.process.kill()
        await served.process.wait()
        async with asyncio.timeout(20):
            while (await here.send(session, served.port, here.command("salary", company="nomad"))).status != 0:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def test_a_worker_that_is_to_end_is_not_ready_at_once_and_answers_what_is_under_way(
    here: SigningDiscord, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    health = free_port()
    url = await make_database(tmp_path / "run.db", read_bundled())
    async with serving(here, url, log=tmp_path / "serve.log", HEALTH_PORT=str(health)) as served:
        async with session.get(f"http://127.0.0.1:{health}/readyz") as ready:
            assert (ready.status, await ready.json()) == (200, {"discord": True, "database": True, "schema": True})
        here.holds = asyncio.Event()
        asking = asyncio.create_task(here.send(session, served.port, here.command("salary", company="nomad")))
        await asyncio.sleep(0.2)
        served.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(5):
            while True:
                async with session.get(f"http://127.0.0.1:{health}/readyz") as ready:
                    if ready.status == 503:
                        assert not (await ready.json())["discord"]
                        break
                await asyncio.sleep(0.01)
        here.holds.set()
        assert (await asking).status == 202
        assert await served.process.wait() == 0


# What keeps it from starting.


async def test_what_cannot_be_is_told_in_one_line(here: SigningDiscord, tmp_path: Path) -> None:
    place, url = ("127.0.0.1", 0), f"sqlite:///{tmp_path / 'x.db'}"
    with pytest.raises(SettingsError, match="DISCORD_TOKEN is not set"):
        await serve(url, Settings.model_construct(), place=place, workers=1)
    with pytest.raises(SettingsError, match="several workers need PostgreSQL"):
        await serve(url, _settings(here), place=place, workers=2)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SettingsError, match="nothing can listen at"):
        await serve(url, _settings(here), place=taken.getsockname(), workers=1)
    for wrong in ("00", "x" * 64, "é"):
        with pytest.raises(SettingsError, match="DISCORD_PUBLIC_KEY is no public key"):
            read_public_key(wrong)


@pytest.mark.usefixtures("empty_folder")
@pytest.mark.parametrize("given", [("--workers", "0"), ("--workers", "x"), ("--port", "0")])
def test_options_that_make_no_sense_are_told(given: tuple[str, str]) -> None:
    assert run_command("serve", *given).status == 2


async def test_workers_that_cannot_start_end_all(here: SigningDiscord, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="a worker could not start"):
        async with serving(here, f"postgresql://nobody@127.0.0.1:{free_port()}/x", workers=2, log=tmp_path / "serve.log"):
            pass


async def _promised_in_vain(here: SigningDiscord, session: aiohttp.ClientSession, served: Served) -> Told:
    """Have a worker promise an answer, and kill it before it gives it."""
    here.holds_files = asyncio.Event()
    made = here.upload("baker.md", posting_text("Acme", "Baker").encode(), server=SERVER, permissions=MANAGE_SERVER)
    told = await here.send(session, served.port, {**made, "locale": "de"})
    assert told.answer["type"] == 5
    await asyncio.sleep(0.3)  # it is written down beside what is answered
    for one in served.workers() or [served.process.pid]:
        os.kill(one, signal.SIGKILL)
    return told


async def _said_later(here: SigningDiscord, told: Told) -> str:
    async with asyncio.timeout(30):
        while not here.later.get(told.interaction["id"]):  # noqa: ASYNC110 -- a list tells nobody
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.2)
    (said,) = here.later[told.interaction["id"]]
    return json.dumps(said, ensure_ascii=False)


async def test_who_was_promised_an_answer_by_a_process_that_died_is_told_by_the_next_one(
    here: SigningDiscord, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    url = await make_database(tmp_path / "run.db", read_bundled())
    async with serving(here, url, log=tmp_path / "first.log") as served:
        told = await _promised_in_vain(here, session, served)
    async with serving(here, url, log=tmp_path / "second.log"):
        assert "frag noch einmal" in await _said_later(here, told)


async def test_who_was_promised_an_answer_by_a_worker_that_died_is_told_by_another(
    here: SigningDiscord, session: aiohttp.ClientSession, shared: str, tmp_path: Path
) -> None:
    async with _working(here, shared), serving(here, shared, log=tmp_path / "serve.log") as served:
        told = await _promised_in_vain(here, session, served)
        assert not here.later.get(told.interaction["id"])
        async with connecting(shared) as connection:  # as if it had been dead for long
            await connection.execute(sa.update(memo).where(memo.c.kind == "process").values(until=datetime.now(UTC)))
        assert "frag noch einmal" in await _said_later(here, told)


async def test_who_has_their_answer_is_not_told_that_it_was_interrupted(
    here: SigningDiscord, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    url = await make_database(tmp_path / "run.db", read_bundled())
    async with serving(here, url, log=tmp_path / "first.log") as served:
        told = await _promised_in_vain(here, session, served)
    here.later[told.interaction["id"]] = []  # as if it had been answered just before the process died
    async with serving(here, url, log=tmp_path / "second.log", LOG_LEVEL="info") as second:
        await second.until_logged("has its answer")
    assert here.later[told.interaction["id"]] == []
